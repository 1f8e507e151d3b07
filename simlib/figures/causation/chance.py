"""The chance of recovery lost after the fact: a band within what was passed on, never a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.causation.names import engine, said
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.markup import bold
from simlib.figures.people import color_of, short_names
from simlib.figures.style import FONT, GRID, INK, PAPER, layout
from simlib.interval import high_end, low_end
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation import Chance

LETTER_PX, SMALL_PX = 13, 11


def draw_chance(case: Case, found: Chance, lang: str = "zh") -> Drawing:
    """The band of one party; an empty chart where the question is not asked of him."""
    who = short_names(case, lang)[found.party]
    columns = tuple(said(f"chance.{name}", lang) for name in ("who", "layer", "passed", "band"))
    asks = f"{found.party}|lost_chance|{found.party}"
    depth = "—" if found.layer is None else said("chance.depth", lang, n=found.layer)
    if found.refusal:
        told = said(f"chance.refused.{found.refusal}", lang)
        row = (Cell(who), Cell(depth), Cell("—"), Cell(told, asks))
        return Drawing({"data": [], "layout": {}}, columns, (row,), told)
    passed = next(step.value for step in found.trace.children if step.key == "passed_on")
    row = (
        Cell(who),
        Cell(depth),
        Cell.of_money(passed, lang),
        Cell.of_money(found.interval, lang, asks),
    )
    ends = {"low": amount(found.interval.low, lang), "high": amount(found.interval.high, lang)}
    text = engine("chance.band", lang, passed=amount(passed, lang), **ends)
    figure = _figure(case, found, high_end(passed), lang)
    return Drawing(figure, columns, (row,), said("chance.sentence", lang, who=who) + text)


def _figure(case: Case, found: Chance, passed: int, lang: str) -> dict:
    low, high = low_end(found.interval), high_end(found.interval)
    band = f"{amount(low, lang)} – {amount(high, lang)}"
    return {
        "data": [
            _bar(0, passed, {"color": PAPER, "line": {"color": GRID, "width": 2}}, ""),
            _bar(low, high - low, _striped(color_of(case, found.party)), band),
        ],
        "layout": layout(
            104,
            barmode="overlay",
            showlegend=False,
            margin={"l": 8, "r": 8, "t": 26, "b": 26},
            font={"family": FONT, "size": LETTER_PX, "color": INK},
            meta={"phone": {"font": {"family": FONT, "size": SMALL_PX, "color": INK}}},
            annotations=[
                {
                    "text": bold(band), "x": low, "y": 0.42, "xanchor": "left",
                    "yanchor": "bottom", "showarrow": False,
                },
            ],
            xaxis={
                "range": [0, passed * 1.02], "tickvals": [0, passed], "zeroline": False,
                "ticktext": ["0", said("chance.all_passed", lang, passed=amount(passed, lang))],
                "ticklabelposition": "outside left", "fixedrange": True, "showgrid": False,
            },
            yaxis={"visible": False, "range": [-0.5, 0.7], "fixedrange": True},
        ),
    }  # fmt: skip


def _bar(base: float, length: float, marker: dict, name: str) -> dict:
    return {
        "type": "bar", "orientation": "h", "y": [0], "base": [base], "x": [length], "width": 0.7,
        "marker": marker, "name": name, "hoverinfo": "skip",
    }  # fmt: skip


def _striped(color: str) -> dict:
    """Hatched: nobody measured it."""
    pattern = {"shape": "/", "fgcolor": PAPER, "bgcolor": color, "size": 8, "solidity": 0.25}
    return {"color": color, "pattern": pattern}
