"""What moves the share, widest first: a bar a lever, for each end of a share that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.deciding import lever_words
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.riskbenefit.rows import BAND, FILLED, Bar, Row, rows_figure
from simlib.figures.style import MOVED
from simlib.interval import Interval, high_end, low_end
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.case.model import Case
    from simlib.interval import ShareRange
    from simlib.uncertainty import Bar as Moved

MOST = 12  # rows; the rest stand in the table
KINDS = ("found", "supposed", "unknown", "parameter")
ROOM = 0.08  # of the scale, on both sides


def draw_tornado(
    case: Case, moved: Sequence[Moved], share: ShareRange, spread: float, lang: str = "zh"
) -> Drawing:
    """Draw each lever that moves the share as a bar between its two ends.

    A fact is a filled bar, a value of the model a hatched one: most of them are the second.

    Parameters
    ----------
    share
        the share now, drawn as a line; two where it is open
    spread
        part of a number it was moved by
    """
    live = [bar for bar in moved if not bar.dead]
    rows = [Row(_label(bar, case, lang), tuple(_bars(bar))) for bar in live[:MOST]]
    ends = [v for row in rows for bar in row.bars for v in (bar.start, bar.end)]
    ends += [float(low_end(share)), float(high_end(share))]
    room = max(0.02, (max(ends) - min(ends)) * ROOM)
    scale = (max(0.0, min(ends) - room), min(1.0, max(ends) + room))
    title = words("riskbenefit_lab", "share.axis", lang)
    figure = rows_figure(rows, scale, title, share)
    columns = ("lever", "kind", "moved", "low", "high")
    named = tuple(words("riskbenefit_lab", f"tornado.{c}", lang) for c in columns)
    table = tuple(_cells(bar, case, lang) for bar in live)
    return Drawing(figure, named, table, _sentence(live, case, spread, lang))


def _bars(bar: Moved) -> list[Bar]:
    color, kind = MOVED[bar.kind], FILLED if bar.kind == "fact" else BAND
    values = [bar.low_value, bar.high_value]
    values += [] if bar.unknown else [bar.now]
    ends = [[float(low_end(v)) for v in values]]
    if any(isinstance(v, Interval) for v in values):
        ends.append([float(high_end(v)) for v in values])
    return [Bar(min(e), max(e), color, kind) for e in ends if max(e) > min(e)]


def kind_of(bar: Moved, case: Case) -> str:
    """Classify a lever: a value of the model, or a fact found, supposed or unknown."""
    if bar.kind == "parameter":
        return "parameter"
    if bar.unknown:
        return "unknown"
    party, _, field = bar.key.rpartition(".")
    owner = next((p for p in case.parties if p.id == party), case)
    return "found" if owner.kinds.get(field) == "found" else "supposed"


def _label(bar: Moved, case: Case, lang: str) -> str:
    kind = words("riskbenefit_lab", f"kind.{kind_of(bar, case)}", lang)
    return words("riskbenefit_lab", "tornado.row", lang,
                 lever=lever_words(bar.key, case, lang), kind=kind)  # fmt: skip


def _cells(bar: Moved, case: Case, lang: str) -> tuple[Cell, ...]:
    return (
        Cell(lever_words(bar.key, case, lang)),
        Cell(words("riskbenefit_lab", f"kind.{kind_of(bar, case)}", lang)),
        Cell(f"{_place(bar.low_input, bar, lang)} → {_place(bar.high_input, bar, lang)}"),
        Cell(percent(bar.low_value, lang)),
        Cell(percent(bar.high_value, lang)),
    )


def _place(value: float, bar: Moved, lang: str) -> str:
    if value == float("inf"):
        return words("riskbenefit_lab", "tornado.endless", lang)
    if bar.key.endswith("_fen"):
        return amount(round(value), lang)
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _sentence(live: Sequence[Moved], case: Case, spread: float, lang: str) -> str:
    if not live:
        return words("riskbenefit_lab", "tornado.none", lang)
    between = words("riskbenefit_lab", "path.listed", lang)
    first = between.join(lever_words(bar.key, case, lang) for bar in live[:3])
    kinds = [kind_of(bar, case) for bar in live]
    counts = {kind: kinds.count(kind) for kind in KINDS}
    return words("riskbenefit_lab", "tornado.sentence", lang, first=first, count=len(live),
                 spread=percent(spread, lang), **counts)  # fmt: skip
