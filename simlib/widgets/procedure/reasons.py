"""The drawer of lesson 07: why a suit gets this document, this day, this money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from simlib.figures.board import COURT, spoken
from simlib.figures.procedure import Told, months_said, ordinary_said, paid_said
from simlib.figures.procedure.names import lesson, regime_name
from simlib.figures.procedure.told import LOST, ORDINARY, document_of
from simlib.figures.suits import document_name, engine
from simlib.law.regime import regime_for
from simlib.procedure import REGIMES, VARIANTS
from simlib.procedure.admission import BARS
from simlib.procedure.amount import unheld
from simlib.procedure.criminal import criminal_line
from simlib.procedure.proof import SOME
from simlib.text import amount, date, percent, words
from simlib.widgets.markup import articles, tag
from simlib.widgets.procedure.found import Found
from simlib.widgets.procedure.scenes import AGAIN, DOCUMENT, MONEY, MONTHS
from simlib.widgets.procedure.sums import left_sum

if TYPE_CHECKING:
    import datetime

    from simlib.procedure import Ground, Step

# conditions of a suit, and what speaks for trying it apart: no reason against it
NEUTRAL = (
    "direct_interest", "definite_defendant", "definite_claim", "civil_matter",
    "others_than_suspect",
)  # fmt: skip
OPENING = "procedure.opening_days"
KEYS = (DOCUMENT, AGAIN, MONTHS, MONEY)
WON = "judgment"
LARGE = "ordinary-"  # before the column of which the large number is the ordinary line
AGAIN_CITES = {
    "new": ("civil-procedure-interpretation:212",),
    "after_change": ("civil-procedure-interpretation:212",),
    "barred": ("civil-procedure-interpretation:247",),
    "resumes": ("civil-procedure-law:153",),
}


def can_ask(selected: Sequence[str]) -> bool:
    """A cell of the board, or its large number."""
    if len(selected) != 3 or selected[2]:
        return False
    return selected[0] in (*REGIMES, COURT) and selected[1].removeprefix(LARGE) in KEYS


def reason(found: Found, awarded_fen: int, selected: Sequence[str], lang: str) -> tuple[str, str]:
    """Title and HTML of why a cell says what it says."""
    row, asked, _ = selected
    key = asked.removeprefix(LARGE)
    if row == COURT:
        return _court(awarded_fen, key, lang)
    told = found[row]
    column = lesson(f"board.column.{key}", lang)
    value = ordinary_said(told, key, lang) if asked != key else _value(told, key, lang)
    name = lesson("board.bar_name", lang, row=regime_name(row, lang), column=column)
    lines, cites = {DOCUMENT: _document, AGAIN: _again, MONTHS: _months, MONEY: _money}[key](
        found, told, lang
    )
    folded = _folded(cites, found, lang, told.line.used_on if key in (MONTHS, MONEY) else {})
    return _say("title", lang, value=value, name=name), _steps(lines) + folded


def _value(told: Told, key: str, lang: str) -> str:
    if key == DOCUMENT:
        return document_name(told.document, lang)
    if key == AGAIN:
        return lesson(f"again.{told.again}", lang)
    return months_said(told.months, lang) if key == MONTHS else paid_said(told.paid, lang)


# ---------------------------------------------------------------- the document


def _document(found: Found, told: Told, lang: str) -> tuple[list[str], tuple[str, ...]]:
    """From the stage of the criminal case to the grounds, then the document, in all three lines."""
    answered = next(s.ends for s in told.line.steps if s.state == "filing")
    stage = criminal_line(found.case, ORDINARY, found.switches).stage(answered or found.sue_on)
    lines = [_say("regime", lang, row=regime_name(told.schedule.regime, lang),
                  about=engine(f"regimes.{told.schedule.regime}.about", lang))]  # fmt: skip
    if answered:
        lines.append(_say("stage", lang, day=date(answered, lang), stage=_stage(stage, lang)))
    deciding, aside = _weighed(told)
    lines += [_ground(ground, lang) for ground in deciding] or [_say("no_ground", lang)]
    if aside:
        names = [engine(f"grounds.{ground.key}.name", lang) for ground in aside]
        lines.append(_say("aside", lang, list=lesson("board.comma", lang).join(names)))
    lines.append(_say("document", lang, name=document_name(told.document, lang),
                      about=engine(f"documents.{told.document}.about", lang)))  # fmt: skip
    if told.document == WON and told.line.proved == SOME:
        lines.append(_say("share", lang))
    lines.append(_three(told, lang))
    cites = [c for ground in deciding for c in ground.cites]
    return lines, (*cites, *told.schedule.citations[:3])


def _weighed(told: Told) -> tuple[list[Ground], list[Ground]]:
    """The grounds that decide under this regime, and those that hold and count for nothing here."""
    first, bars = told.line.admissions[0], BARS[told.schedule.regime]
    holding = [g for g in first.grounds if g.holds and g.key not in NEUTRAL]
    deciding = [g for g in holding if g.key in bars or (first.stays and g.key == "prejudicial")]
    return deciding, [g for g in holding if g not in deciding]


def _stage(stage: str, lang: str) -> str:
    return engine("stages.none", lang) if stage == "none" else engine(f"states.{stage}", lang)


def _ground(ground: Ground, lang: str) -> str:
    basis = words("terms", f"bases.{ground.basis}", lang)
    key = "ground_contested" if ground.contested else "ground"
    name, about = (engine(f"grounds.{ground.key}.{part}", lang) for part in ("name", "about"))
    return _say(key, lang, name=name, basis=basis, about=about)


def _three(told: Told, lang: str) -> str:
    """What the suit gets in each of the three lines."""
    named = [
        _say("variant", lang, variant=engine(f"variants.{name}", lang),
             said=document_name(document_of(told.schedule.lines[name]), lang))
        for name in VARIANTS
    ]  # fmt: skip
    return _say("three", lang, list=lesson("board.comma", lang).join(named))


def _again(_: Found, told: Told, lang: str) -> tuple[list[str], tuple[str, ...]]:
    said = (
        engine(f"refile.{told.again}", lang) if told.again != "resumes" else _say("resumes", lang)
    )
    lines = [_say("was", lang, name=document_name(told.document, lang)), said]
    if told.document == LOST:
        lines.append(_say("later_judgment", lang))
    return lines, AGAIN_CITES[told.again]


# ---------------------------------------------------------------- the day


def _months(found: Found, told: Told, lang: str) -> tuple[list[str], tuple[str, ...]]:
    """The civil track of the ordinary line, step by step, then the other two."""
    steps = [s for s in told.line.steps if s.track == "civil"]
    lines = [_say("from", lang, day=date(told.acted_on, lang))]
    lines += [_step(step, lang) for step in steps if step.state != "enforcement"]
    for name in VARIANTS:
        on = told.schedule.lines[name].judged_on
        said = date(on, lang) if on else lesson("board.no_day", lang)
        lines.append(_say("ends", lang, variant=engine(f"variants.{name}", lang), day=said,
                          about=engine(f"variants_about.{name}", lang),
                          document=engine(f"documents.{told.schedule.lines[name].document}.name",
                                          lang)))  # fmt: skip
    lines += [*_without_limit(found, told, lang), _say("bounds", lang)]
    return lines, tuple(told.line.used_on)


def _without_limit(found: Found, told: Told, lang: str) -> list[str]:
    """The days of the step for which the law names no limit, if this line has it."""
    if all(entry["key"] != OPENING for entry in told.schedule.assumptions):
        return []
    days = regime_for(found.case).parameter(OPENING)
    ends = {name: f"{value:g}" for name, value in
            (("low", days.low), ("usual", days.value), ("high", days.high))}  # fmt: skip
    return [_say("opening", lang, **ends)]


def _step(step: Step, lang: str) -> str:
    source = engine(f"sources.{step.rests_on}", lang)
    state = engine(f"states.{step.state}", lang)
    if step.ends is None:
        return _say("no_end", lang, state=state, source=source)
    return _say("step", lang, state=state, day=date(step.ends, lang), source=source)


# ---------------------------------------------------------------- the money


def _money(found: Found, told: Told, lang: str) -> tuple[list[str], tuple[str, ...]]:
    """What was proved, what the law gives, what is left of his means, and what is paid."""
    line = told.line
    lines = [_say("ended", lang, document=engine(f"documents.{line.document}.name", lang))]
    if line.enforced_on:
        lines.append(_say("enforced", lang, day=date(line.enforced_on, lang)))
    lines += [_means(found, told, lang), left_sum(found, told, lang)]
    if line.enforced_on and told.paid:
        lines.append(_say("paid", lang, amount=paid_said(told.paid, lang)))
    else:
        lines.append(_say("nothing", lang))
    lines += [
        _say("ends_money", lang, variant=engine(f"variants.{name}", lang),
             paid=paid_said(told.paid_fen[name], lang))
        for name in VARIANTS
    ]  # fmt: skip
    lines.append(_say("leak", lang))
    return lines, ("civil-procedure-law:104", "civil-procedure-law:247")


def _means(found: Found, told: Told, lang: str) -> str:
    """What he has left: a share is gone with each month until it is frozen."""
    left = told.left_fen[ORDINARY]
    rate = percent(found.rate, lang)
    if left is None:
        return _say("means_unknown", lang)
    failed = unheld(told.line)
    key = f"means_{failed}" if failed else "means_frozen" if told.frozen[ORDINARY] else "means"
    return _say(key, lang, rate=rate, left=amount(left, lang))


def _court(awarded_fen: int, key: str, lang: str) -> tuple[str, str]:
    said = spoken(awarded_fen, lang)
    value = {
        DOCUMENT: document_name("judgment", lang),
        MONEY: lesson("board.unpublished", lang),
        MONTHS: lesson("board.unpublished", lang),
        AGAIN: lesson("board.unpublished", lang),
    }[key]
    column = lesson(f"board.column.{key}", lang)
    name = lesson("board.bar_name", lang, row=lesson("board.court", lang), column=column)
    lines = _say("court", lang, amount=said).split("\n")
    return _say("title", lang, value=value, name=name), _steps(lines)


def _steps(lines: Iterable[str]) -> str:
    inner = "".join(tag("li", escape(line)) for line in lines if line)
    return tag("ol", inner, class_="stage-steps")


def _folded(
    cites: Iterable[str], found: Found, lang: str, days: Mapping[str, datetime.date | None]
) -> str:
    """The articles, each once, behind a line."""
    summary = tag("summary", escape(_say("articles", lang)))
    listed = articles(tuple(dict.fromkeys(cites)), found.case, lang, days)
    return tag("details", summary + listed)


def _say(key: str, lang: str, **values: object) -> str:
    return lesson(f"reasons.{key}", lang, **values)
