"""The drawer of lesson 08: why a row says this day, this chance, this money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from simlib.evidence import PLACES
from simlib.evidence.piece import best
from simlib.evidence.request import cited
from simlib.figures.board import spoken
from simlib.figures.evidence import Stored, Suit, Told, said
from simlib.figures.evidence.names import lesson, row_name
from simlib.figures.people import short_names
from simlib.figures.suits import document_name, engine
from simlib.procedure import REGIMES
from simlib.text import date, percent, topic_words, words
from simlib.widgets.evidence.digests import Lines, match, read
from simlib.widgets.evidence.found import Found
from simlib.widgets.evidence.scenes import (
    AFTER,
    ANSWERED,
    ASKED,
    CHANCE,
    CHAT,
    DEPOSITS,
    KINDS,
    LEFT,
    MATCH,
    MONEY,
    PROVES,
    TRUTH,
    UNTIL,
)
from simlib.widgets.markup import articles, tag

if TYPE_CHECKING:
    from simlib.evidence.evidence_timeline import Outcome
    from simlib.evidence.request import Stage
    from simlib.evidence.survival_of_piece import Kept

OF_PIECE = (UNTIL, ANSWERED, CHANCE, PROVES)
OF_SUIT = (ASKED, LEFT, MONEY)
OF_STORED = (MATCH, AFTER, TRUTH)


def can_ask(selected: Sequence[str]) -> bool:
    """A cell of the board, or its large number."""
    if len(selected) != 3 or selected[2]:
        return False
    row, column, _ = selected
    return (
        (row in (*KINDS, *PLACES) and column in OF_PIECE)
        or (row in REGIMES and column in OF_SUIT)
        or (row in DEPOSITS and column in OF_STORED)
    )


def reason(found: Found, selected: Sequence[str], lang: str) -> tuple[str, str]:
    """Title and HTML of why a cell says what it says."""
    row, column, _ = selected
    told = found[row]
    name = lesson("board.bar_name", lang, row=row_name(row, lang),
                  column=lesson(f"board.column.{column}", lang))  # fmt: skip
    say = {
        UNTIL: _until, ANSWERED: _answered, CHANCE: _chance, PROVES: _proves,
        ASKED: _asked, LEFT: _left, MONEY: _money,
        MATCH: match, AFTER: read, TRUTH: read,
    }[column]  # fmt: skip
    lines, cites = say(found, told, lang)
    title = _say("title", lang, value=said(told, column, lang), name=name)
    return title, _steps(lines) + _folded(cites, found, lang)


def still(knob: str, row: str, told: Any, lang: str) -> str:
    """Why a row did not move with a knob."""
    words_of = topic_words("evidence_lesson", lang)["still"]
    if knob == "preserve" and not isinstance(told, Stored) and told.lifted:
        return str(words_of["lifted"])
    if isinstance(told, Suit):
        return str(words_of.get(f"suit_{knob}", words_of["suit"]))
    if isinstance(told, Stored):
        return str(words_of["stored"])
    if told.own:
        return str(words_of["own"])
    return str(words_of.get(f"{row}_{knob}", words_of.get(knob, words_of["piece"])))


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
        lines.append(_say("no_law", lang))
    elif clock.least.length:
        unit = lesson(f"reasons.unit.{clock.least.unit}", lang)
        lines.append(_say("least", lang, n=clock.least.length, unit=unit))
    if clock.lapses_on:
        lines.append(_say("lapses", lang, day=date(clock.lapses_on, lang), n=clock.days))
    if found.held["beyond"] and clock.least_on:  # nothing is kept beyond a period there is not
        lines.append(_say("beyond", lang, n=int(found.held["beyond"])))
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
    lines += [_say(f"reply.{told.manner.reply}", lang), _say("court_asks", lang)]
    return [*lines, *_secret(told.kept, lang)], cited(told.kept.steps)


def _chance(found: Found, told: Told, lang: str) -> Lines:
    """The clock, the stages, and what they come to."""
    lines = _clock(found, told.kept, lang)
    lines += [*_stages(told.kept, lang), *_thirty(told, lang)]
    lines += [
        _say("way", lang, by=lesson(f"reasons.by.{way.by}", lang),
             chance=percent(way.chance, lang, digits=2))
        for way in told.kept.ways
        if way.by != "own"
    ]  # fmt: skip
    if told.late and told.kept.secured_by is None:
        lines.append(_say("late", lang))
    if told.kept.piece.kind.deleted:
        lines.append(_say("deleted", lang, n=int(found.held["delete"])))
    lines += _secret(told.kept, lang)
    cites = (*told.kept.clock.cites, *cited(told.kept.steps))
    return [*lines, _say("assumed", lang)], cites


def _proves(found: Found, told: Told, lang: str) -> Lines:
    grade = told.kept.piece.proves
    about = "chat" if told.own and grade == "enough" else told.kind  # a copy of the helper's chat
    lines = [lesson(f"proves_about.{about}", lang), _say(f"proves.{grade}", lang)]
    return [*lines, _say("proves_assumed", lang)], ("evidence-rules:93",)


def _stages(kept: Kept, lang: str) -> list[str]:
    return [_stage(step, lang) for step in kept.steps]


def _thirty(told: Told | Suit, lang: str) -> list[str]:
    """Return what the law has of preservation before a suit, and what is taken to follow."""
    kept = told.chat if isinstance(told, Suit) else told.kept
    keys = {step.key for step in kept.steps}
    listed = {
        "thirty": "preserved" in keys,
        "thirty_day": "preserved" in keys and isinstance(told, Told),
        "thirty_refused": "lifted_refused" in keys,
        "lifted": told.lifted,
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
    lines.append(_say("left", lang, chance=said(suit, LEFT, lang)))
    lines += _secret(kept, lang)
    return [*lines, _say("assumed", lang)], (*kept.clock.cites, *cited(kept.steps))


def _money(found: Found, suit: Suit, lang: str) -> Lines:
    """Each way it may come out, by its chance, and the mean."""
    lines = [_outcome(each, lang) for each in suit.trail.outcomes]
    if any(_judged(each) for each in suit.trail.outcomes):
        lines.append(_say("judged", lang))
    lines.append(_say("mean", lang, paid=said(suit, MONEY, lang)))
    lines += _thirty(suit, lang)
    if all(party.assets_fen is None for party in found.case.parties if party.sued):
        lines.append(_say("means_unknown", lang))
    cites = tuple(c for c in suit.trail.citations if not c.startswith("criminal"))
    return [*lines, _say("assumed", lang)], cites


def _judged(each: Outcome) -> bool:
    """Whether the criminal case proves what her own pieces do not."""
    return each.proved is not None and best(each.at_trial, each.proved) != each.at_trial


def _outcome(each: Outcome, lang: str) -> str:
    """Write one outcome: its chance, what is proved, the document and the money."""
    proved = each.proved
    return _say(
        "outcome",
        lang,
        chance=percent(each.chance, lang, digits=1),
        proved=lesson(f"proves.{proved}", lang) if proved else lesson("board.waits", lang),
        document=document_name(each.schedule.lines["ordinary"].document, lang),
        paid=spoken(each.received, lang),
    )


def _steps(lines: Iterable[str]) -> str:
    inner = "".join(tag("li", escape(line)) for line in lines if line)
    return tag("ol", inner, class_="stage-steps")


def _folded(cites: Iterable[str], found: Found, lang: str) -> str:
    """The articles, each once, behind a line; nothing where there are none."""
    listed = articles(tuple(dict.fromkeys(cites)), found.case, lang)
    if not listed:
        return ""
    return tag("details", tag("summary", escape(_say("articles", lang))) + listed)


def _say(key: str, lang: str, **values: object) -> str:
    return lesson(f"reasons.{key}", lang, **values)
