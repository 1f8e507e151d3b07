"""The chance of recovery lost after the fact: a band within what was passed on, never a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.figures.markup import bold
from simlib.figures.people import color_of, short_names
from simlib.figures.style import FONT, GRID, INK, PAPER, Spec, layout
from simlib.interval import FenRange, Interval, high_end
from simlib.lessons.causation.names import engine, phrase
from simlib.money import Fen
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation import Chance
    from simlib.trace import Value

LETTER_PX, SMALL_PX = 13, 11


def draw_chance(case: Case, chance: Chance, lang: str = "zh") -> Drawing:
    """Draw one party's band; an empty chart where a lost chance is not in question."""
    who = short_names(case, lang)[chance.party]
    columns = tuple(phrase(f"chance.{name}", lang) for name in ("who", "layer", "passed", "band"))
    asks = f"{chance.party}|lost_chance|{chance.party}"
    depth = "—" if chance.layer is None else phrase("chance.depth", lang, n=chance.layer)
    lost = chance.interval
    if chance.refusal or lost is None:
        text = phrase(f"chance.refused.{chance.refusal}", lang)
        row = (Cell(who), Cell(depth), Cell("—"), Cell(text, asks))
        return Drawing(NO_FIGURE, columns, (row,), text)
    passed = next(_fen(step.value) for step in chance.trace.children if step.key == "passed_on")
    row = (
        Cell(who),
        Cell(depth),
        Cell.of_money(passed, lang),
        Cell.of_money(lost, lang, asks),
    )
    ends = {"low": amount(lost.low, lang), "high": amount(lost.high, lang)}
    text = engine("chance.band", lang, passed=amount(passed, lang), **ends)
    figure = _figure(color_of(case, chance.party), lost, high_end(passed), lang)
    return Drawing(figure, columns, (row,), phrase("chance.sentence", lang, who=who) + text)


def _fen(value: Value) -> FenRange:
    """Return the amount that a step of the reasons reached."""
    if isinstance(value, int):
        return value
    if isinstance(value, Interval):
        return Interval(int(value.low), int(value.high))
    raise TypeError(f"not an amount: {value!r}")


def _figure(color: str, lost: Interval[Fen], passed: Fen, lang: str) -> Spec:
    low, high = lost.low, lost.high
    band = f"{amount(low, lang)} – {amount(high, lang)}"
    return {
        "data": [
            _bar(0, passed, {"color": PAPER, "line": {"color": GRID, "width": 2}}, ""),
            _bar(low, high - low, _striped(color), band),
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
                "ticktext": ["0", phrase("chance.all_passed", lang, passed=amount(passed, lang))],
                "ticklabelposition": "outside left", "fixedrange": True, "showgrid": False,
            },
            yaxis={"visible": False, "range": [-0.5, 0.7], "fixedrange": True},
        ),
    }  # fmt: skip


def _bar(base: float, length: float, marker: Spec, name: str) -> Spec:
    return {
        "type": "bar", "orientation": "h", "y": [0], "base": [base], "x": [length], "width": 0.7,
        "marker": marker, "name": name, "hoverinfo": "skip",
    }  # fmt: skip


def _striped(color: str) -> Spec:
    """Return a hatched fill, for what nobody measured."""
    pattern = {"shape": "/", "fgcolor": PAPER, "bgcolor": color, "size": 8, "solidity": 0.25}
    return {"color": color, "pattern": pattern}
