"""Tables of lesson 07: a line step by step, the limits of time, many drawn time lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.figures.suit_words import engine, step_name
from simlib.law.period import MONTH_DAYS, deadline_if_any
from simlib.law.period import deadlines as known
from simlib.lessons.procedure.pictures import lesson
from simlib.procedure import REGIMES
from simlib.procedure.sampled_durations import spread
from simlib.text import cite, date, percent, topic_words, words

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from simlib.law.period import Period
    from simlib.lessons.procedure.outcomes import Suit
    from simlib.procedure import Line, Step
    from simlib.procedure.sampled_durations import Spread

QUANTILES = (0.1, 0.5, 0.9)
LINES = 100_000  # drawn for the table of chances


def below(found: Mapping[str, Suit], chosen: Mapping[str, Any], lang: str) -> Drawing:
    """Show the table that is chosen: the steps of one line, the limits of time, many lines."""
    problem = found[REGIMES[0]].problem
    if chosen["view"] == "steps":
        return draw_steps(found[chosen["regime"]], chosen["variant"], lang)
    if chosen["view"] == "limits":
        return draw_limits(problem.sue_on, lang)
    drawn = {
        name: spread(problem.case, name, LINES, switches=problem.switches, sue_on=problem.sue_on)
        for name in REGIMES
    }
    return draw_chances(drawn, LINES, lang)


def draw_steps(told: Suit, variant: str, lang: str = "zh") -> Drawing:
    """Show every step of one time line: state, days, what its length comes from, articles.

    Each article bears the number it had on the day the step began.
    """
    line = told.schedule.lines[variant]
    keys = ("track", "state", "from", "to", "source", "law")
    columns = tuple(engine(f"report.column.{key}", lang) for key in keys)
    rows = tuple(_step(step, line, lang) for step in line.steps)
    sentence = lesson(
        "tables.steps",
        lang,
        regime=lesson(f"rows.{told.schedule.regime}.name", lang),
        variant=engine(f"variants.{variant}", lang),
        about=engine(f"variants_about.{variant}", lang),
    )
    return Drawing(NO_FIGURE, columns, rows, sentence)


def _step(step: Step, line: Line, lang: str) -> tuple[Cell, ...]:
    cited = engine("report.comma", lang).join(cite(c, lang, step.begins) for c in step.cites)
    return tuple(
        Cell(text)
        for text in (
            engine(f"tracks.{step.track}", lang),
            step_name(step, line.steps, lang),
            _day(step.begins, lang),
            _day(step.ends, lang),
            engine(f"sources.{step.rests_on}", lang),
            cited,
        )
    )


def _day(day: datetime.date | None, lang: str) -> str:
    return engine("days.no_end", lang) if day is None else date(day, lang)


def draw_limits(on: datetime.date, lang: str = "zh") -> Drawing:
    """Show the limits of time in force on a day, with extensions and articles."""
    columns = tuple(
        lesson(f"tables.limit.{key}", lang) for key in ("name", "length", "more", "law")
    )
    found = {key: deadline_if_any(key, on) for key in known()}
    rows = tuple(_limit(key, each, on, lang) for key, each in found.items() if each)
    return Drawing(NO_FIGURE, columns, rows, lesson("tables.limits", lang, day=date(on, lang)))


def _limit(key: str, limit: Period, on: datetime.date, lang: str) -> tuple[Cell, ...]:
    unit = lesson(f"tables.unit.{limit.unit}", lang)
    longer = lesson(f"tables.unit.{limit.more_unit or limit.unit}", lang)
    more = [
        lesson("tables.plus_listed" if n > len(limit.more) - limit.listed else "tables.plus",
               lang, n=length, unit=longer)
        for n, length in enumerate(limit.more, 1)
    ]  # fmt: skip
    if key in (longer_to := topic_words("procedure_lesson", lang)["tables"]["longer"]):
        more.append(longer_to[key])
    if limit.special:
        more.append(lesson("tables.special", lang))
    cited = engine("report.comma", lang).join(
        cite(c, lang, on) for c in (*limit.cites, *limit.listed_cites)
    )
    unread = "" if limit.verified else lesson("tables.unread", lang)
    return (
        Cell(topic_words("procedure", lang)["deadlines"][key]),
        Cell(lesson("tables.length", lang, n=limit.length, unit=unit) + unread),
        Cell(lesson("tables.comma", lang).join(more) or lesson("tables.none", lang)),
        Cell(cited),
    )


def draw_chances(spreads: Mapping[str, Spread], n: int, lang: str = "zh") -> Drawing:
    """Show quantiles of the day of judgment, of many drawn lines, and how many have none."""
    names = [lesson("lesson.row", lang)]
    names += [lesson("tables.quantile", lang, q=percent(q, lang)) for q in QUANTILES]
    names += [lesson(f"tables.{key}", lang) for key in ("never", "lost")]
    rows = tuple(_chance(name, spreads[name], lang) for name in REGIMES)
    return Drawing(NO_FIGURE, tuple(names), rows, lesson("tables.chances", lang, n=n))


def _chance(regime: str, spread: Spread, lang: str) -> tuple[Cell, ...]:
    days = [spread.quantile("judged", q) for q in QUANTILES]
    never = 1 - spread.ever("judged")
    lost = spread.documents.get("claim_dismissed", 0)
    told = [_months(day, lang) for day in days]
    told += [percent(share, lang, digits=1) for share in (never, lost)]
    return tuple(Cell(text) for text in (lesson(f"rows.{regime}.name", lang), *told))


def _months(days: float, lang: str) -> str:
    if math.isinf(days):
        return lesson("board.no_day", lang)
    return words("board", "name.amount.months", lang, amount=round(days / MONTH_DAYS))
