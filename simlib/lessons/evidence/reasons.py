"""Why a row of lesson 08 says this day, this chance, this money: the steps of its drawer."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, TypeAlias

from simlib.evidence import delay_of, digest
from simlib.evidence.attributes import OPEN
from simlib.evidence.piece import best
from simlib.evidence.request import cited
from simlib.figures.board import spoken
from simlib.figures.names_of_people import short_names
from simlib.figures.suit_words import absent_cites, absent_words, document_name, engine
from simlib.interval import Interval
from simlib.lessons.evidence.names import lesson, row_name
from simlib.lessons.evidence.outcomes import CHAT, Suit, Told
from simlib.lessons.outcome import Reason
from simlib.procedure.proof import SOME
from simlib.text import date, percent, topic_words, words

if TYPE_CHECKING:
    from simlib.evidence.evidence_timeline import Outcome
    from simlib.evidence.request import Stage
    from simlib.evidence.survival_of_piece import Kept
    from simlib.lessons.evidence.deposit import Stored
    from simlib.lessons.evidence.outcomes import Found
    from simlib.lessons.outcome import Say

Lines: TypeAlias = tuple[list[str], tuple[str, ...]]  # the steps, and the articles under them
ALONE = ("evidence-rules:90(1)",)  # what may be no basis of a finding alone
USUAL = "today"  # answers without a limit
DEPOSIT = "evidence_deposit"  # words of the rules on deposited data


def reason(found: Found, row: str, column: str, say: Say) -> Reason:
    """The steps behind a cell, with their articles."""
    say_of: dict[str, Callable[[Found, Any, str], Lines]] = {
        "until": _until, "answered": _answered, "chance": _chance, "proves": _proves,
        "asked": _asked, "left": _left, "money": _money,
        "match": _match, "after": _read, "truth": _read,
    }  # fmt: skip
    lines, cites = say_of[column](found, found[row], say.lang)
    ends = _money_ends(found[row], say.lang) if column == "money" else ""
    return Reason(lines, cites, _days(found[row]), found.case, ends)


def _days(told: Any) -> dict[str, datetime.date | None]:
    """Return each article with the day of the step that uses it: it is shown as it was then."""
    if isinstance(told, Suit):
        return told.trail.used_on
    return told.kept.used_on if isinstance(told, Told) else {}


# ---------------------------------------------------------------- a piece


def _until(found: Found, told: Told, lang: str) -> Lines:
    """Who keeps it, from when, and for how long a law makes him."""
    return _clock(found, told.kept, lang), told.kept.clock.cites


def _clock(found: Found, kept: Kept, lang: str) -> list[str]:
    """Return the lines of a clock."""
    piece, clock = kept.piece, kept.clock
    key = "assumed" if piece.source == "assumed" else "stated"
    lines = [_say(f"keeper.{key}", lang, row=row_name(piece.kind.id, lang),
                  holder=_holder(found, piece.holder, lang))]  # fmt: skip
    if piece.own:
        return [*lines, _say("own", lang)]
    if clock.begins:
        lines.append(_say("begins", lang, day=date(clock.begins, lang)))
    if clock.least is None:
        lines.append(_say("no_law" if piece.kind.id == CHAT else "unbound", lang))
    elif clock.least.length:
        unit = lesson(f"reasons.unit.{clock.least.unit}", lang)
        lines.append(_say("least", lang, n=clock.least.length, unit=unit))
    if clock.breached and clock.own_on:
        lines.append(_say("breached", lang, holder=_holder(found, piece.holder, lang),
                          n=clock.days_to(clock.own_on)))  # fmt: skip
    if clock.lapses_on:
        since = (clock.lapses_on - found.case.acted_on).days  # as on the board
        lines.append(_say("lapses", lang, day=date(clock.lapses_on, lang), n=since))
        if clock.days != since:
            lines.append(_say("other_day", lang, n=clock.days))
    if found.held["beyond"] and clock.least_on:  # nothing is kept beyond a period there is not
        lines.append(_say("beyond", lang, n=int(found.held["beyond"])))
    if clock.must_on:
        key = "must" if clock.must_on == clock.least_on else "must_paper"  # a law's, or proposed
        lines.append(_say(key, lang, day=date(clock.must_on, lang)))
        if breach := int(found.held["breach"]):
            lines.append(_say("breach", lang, n=breach))
    if found.levers:
        lines.append(_say("levers_kept" if found.levers.kept else "levers_not", lang,
                          n=found.levers.mandatory_months))  # fmt: skip
    return lines


def _holder(found: Found, holder: str, lang: str) -> str:
    known = topic_words("evidence_lesson", lang)["holders"]
    return str(known.get(holder) or short_names(found.case, lang).get(holder, holder))


def _answered(found: Found, told: Told, lang: str) -> Lines:
    """Every stage of the request."""
    if told.own:
        return [_say("own", lang)], ()
    lines = [*_stages(told.kept, lang), *_thirty(told, lang)]
    lines += [_reply(told.manner.reply, lang), _say("court_asks", lang)]
    return [*lines, *_secret(told.kept, lang)], cited(told.kept.steps)


def _reply(reply: str, lang: str) -> str:
    """How long an answer takes: as usual, with its spread, or by a limit of the paper."""
    if reply != USUAL:
        return _say(f"reply.{reply}", lang)
    delay = delay_of(reply)
    spread = math.exp(delay.sigma * NormalDist().inv_cdf(0.9))
    ends = {"early": round(delay.days / spread), "late": round(delay.days * spread)}
    return _say(f"reply.{reply}", lang, median=f"{delay.days:g}", **ends)


def _chance(found: Found, told: Told, lang: str) -> Lines:
    """The clock, the stages, and what they come to."""
    lines = _clock(found, told.kept, lang)
    lines += [*_stages(told.kept, lang), *_thirty(told, lang)]
    lines += [] if told.own else [_reply(told.manner.reply, lang)]
    lines += [
        _say("way", lang, by=lesson(f"reasons.by.{way.by}", lang),
             chance=percent(way.chance, lang, digits=2))
        for way in told.kept.ways
        if way.by != "own"
    ]  # fmt: skip
    if told.late and told.kept.secured_by is None:
        lines.append(_say("late", lang))
    if told.kept.piece.kind.deleted and told.kept.clock.must_on is None:
        lines.append(_say("deleted", lang, n=int(found.held["delete"])))
    lines += _secret(told.kept, lang)
    cites = (*told.kept.clock.cites, *cited(told.kept.steps))
    return [*lines, _say("assumed", lang)], cites


def _proves(found: Found, told: Told, lang: str) -> Lines:
    grade = told.kept.piece.proves
    about = "chat" if told.own and grade == "enough" else told.kind  # a copy of the helper's chat
    lines = [lesson(f"proves_about.{about}", lang), _say(f"proves.{grade}", lang)]
    if not told.own and grade != told.kept.piece.kind.proves:
        lines.append(_say("proves_less" if grade == SOME else "proves_nothing", lang))
    return [*lines, _say("proves_assumed", lang)], ("evidence-rules:93",)


def _stages(kept: Kept, lang: str) -> list[str]:
    return [_stage(step, lang) for step in kept.steps if step.key != "breach"]  # by its clock


def _thirty(told: Told | Suit, lang: str) -> list[str]:
    """Return what the law has of preservation before a suit, and what is taken to follow."""
    kept = told.chat if isinstance(told, Suit) else told.kept
    keys = {step.key for step in kept.steps}
    listed = {
        "thirty": "preserved" in keys,
        "thirty_day": "preserved" in keys and isinstance(told, Told),
        "thirty_refused": "lifted_refused" in keys,
        "lifted": told.lifted,
        "released": told.released and not told.lifted,
    }
    return [_say(key, lang) for key, holds in listed.items() if holds]


def _secret(kept: Kept, lang: str) -> list[str]:
    """Return that it is disputed whether a civil court may fetch what others wrote each other."""
    asked = kept.piece.kind.id == CHAT and not kept.piece.own and kept.steps
    return [_say("secrecy", lang)] if asked else []


def _stage(step: Stage, lang: str) -> str:
    """Write one stage with its day and of what kind its authority is."""
    basis = words("terms", f"bases.{step.basis}", lang)
    name = lesson(f"stages.{step.key}", lang)
    if step.on is None:
        return _say("stage_open", lang, name=name, basis=basis)
    return _say("stage", lang, name=name, day=date(step.on, lang), basis=basis)


# ---------------------------------------------------------------- a suit


def _asked(found: Found, suit: Suit, lang: str) -> Lines:
    """When the suit is registered, which is when the court asks."""
    lines = [engine(f"regimes.{suit.trail.regime}.about", lang)]
    lines.append(_say("sued", lang, day=date(found.sue_on, lang)))
    if suit.trail.asked_on is None:
        lines.append(_say("never", lang))
    else:
        lines.append(_say("registered", lang, day=date(suit.trail.asked_on, lang)))
    return [*lines, _say("court_asks", lang)], ("civil-procedure-law:67", "civil-procedure-law:70")


def _left(found: Found, suit: Suit, lang: str) -> Lines:
    """The clock of the chats, what happens to them, and the chance that they are there."""
    kept = suit.chat
    lines = _clock(found, kept, lang)
    lines += [*_stages(kept, lang), *_thirty(suit, lang)]
    lines.append(_say("left", lang, chance=spoken(suit.chance, lang, "percent")))
    lines += _secret(kept, lang)
    return [*lines, _say("assumed", lang)], (*kept.clock.cites, *cited(kept.steps))


def _money(found: Found, suit: Suit, lang: str) -> Lines:
    """Each way it may come out, by its chance, and the mean."""
    lines = [_outcome(each, lang) for each in suit.trail.outcomes]
    lines += absent_words(suit.line, lang)
    if any(_judged(each) for each in suit.trail.outcomes):
        lines.append(_say("judged", lang))
    lines.append(_say("mean", lang, paid=spoken(suit.paid, lang)))
    lines += _thirty(suit, lang)
    if all(party.assets_fen is None for party in found.case.parties if party.sued):
        lines.append(_say("means_unknown", lang))
    cites = tuple(c for c in suit.trail.citations if not c.startswith("criminal"))
    cites = (*absent_cites(suit.line), *cites)
    return [*lines, _say("assumed", lang)], cites


def _money_ends(suit: Suit, lang: str) -> str:
    """Which outcomes bring a range, so that the mean of all is one; nothing of a number."""
    if not isinstance(suit.paid, Interval):
        return ""
    open_ = [
        _say("range_of", lang, chance=percent(each.chance, lang, digits=1),
             paid=spoken(each.received, lang))
        for each in suit.trail.outcomes if isinstance(each.received, Interval)
    ]  # fmt: skip
    return _say("range", lang, list=lesson("clocks.comma", lang).join(dict.fromkeys(open_)))


def _judged(each: Outcome) -> bool:
    """Whether the criminal case proves what her own pieces do not."""
    return each.proved is not None and best(each.at_trial, each.proved) != each.at_trial


def _outcome(each: Outcome, lang: str) -> str:
    """Write one outcome: its chance, what is proved, the document and the money."""
    proved = each.proved
    paid = spoken(each.received, lang)
    if len(each.instalments) > 1:
        first, *rests = (
            _say("instalment", lang, day=date(on, lang), paid=spoken(fen, lang))
            for on, fen in each.instalments
        )
        later = lesson("clocks.comma", lang).join(rests)
        paid = _say("in_turn", lang, first=first, rest=later, paid=paid)
    return _say(
        "outcome",
        lang,
        chance=percent(each.chance, lang, digits=1),
        proved=lesson(f"proves.{proved}", lang) if proved else lesson("board.waits", lang),
        document=document_name(each.schedule.lines["ordinary"].document, lang),
        paid=paid,
    )


# ---------------------------------------------------------------- a deposit


def _match(_: Found, stored: Stored, lang: str) -> Lines:
    """Both digests, and what their being alike says."""
    lines = [_say(f"stored.{stored.row}", lang)]
    if stored.deposited is not None:
        lines.append(_say("deposited", lang, digest=digest(stored.deposited).hex()))
    lines.append(_say("handed", lang, digest=digest(stored.handed).hex()))
    return [*lines, _say("hash_says", lang)], ("online-litigation-rules:16",)


def _read(found: Found, stored: Stored, lang: str) -> Lines:
    """The rules in order, what follows, and which layers the deposit says something of."""
    reading = stored.reading
    lines = [_say(f"stored.{stored.row}", lang)]
    if stored.row in ("forged", "altered"):
        lines.append(_say(f"{stored.row}_says", lang))
    if found.held["objection"] == "none":
        lines.append(_say("silent", lang))
    given = dict.fromkeys(each.key for each in reading.reasons)  # each once
    for key in given:
        half = key == "burden" and reading.after == "presumed"
        lines.append(_say("half", lang) if half else words(DEPOSIT, f"reasons.{key}", lang))
    bears = stored.answer and reading.before == "none"  # else the rule of before has said it
    lines += [_offered(found.held["explains"], lang)] if bears else []
    lines += _concluded(stored, lang)
    cites = (*reading.cites, *(ALONE if bears else ()))
    return [*lines, *_layers(stored, lang)], tuple(dict.fromkeys(cites))


def _offered(explains: str, lang: str) -> str:
    """Say that what she can tell of a piece counts without any presumption."""
    if explains == "creation":
        return words(DEPOSIT, "reasons.made-on-chain", lang)
    return _say(f"bare_{explains}", lang)


def _layers(stored: Stored, lang: str) -> list[str]:
    """Return of which layers the deposit says something; of the others it is silent."""
    layers = stored.reading.layers
    listed = [
        _say(f"layer.{name}_{layer.state}", lang)
        for name, layer in layers.items()
        if layer.state != OPEN
    ]
    return [_say("layers", lang, list=lesson("clocks.comma", lang).join(listed))] if listed else []


def _concluded(stored: Stored, lang: str) -> list[str]:
    """Return what follows of the time since the deposit, if there was one, and of the truth."""
    reading = stored.reading
    unproved = stored.verdict == "unproved"
    outcome = words(DEPOSIT, f"outcomes.{reading.outcome}", lang)
    truth = lesson(f"truth.{stored.verdict}", lang) if unproved else outcome
    after = words(DEPOSIT, f"after.{reading.after}", lang)
    key = "outcome_is" if stored.lines else "outcome_only"
    lines = [_say("unproved", lang)] if unproved else []
    return [*lines, _say(key, lang, **({"after": after} if stored.lines else {}), truth=truth)]


def _say(key: str, lang: str, **values: object) -> str:
    return lesson(f"reasons.{key}", lang, **values)
