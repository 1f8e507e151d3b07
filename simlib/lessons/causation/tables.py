"""What lesson 03 shows in charts below its stage: four indices, and the chance of recovery lost.

The indices are theory that no court applies; the chance is a band within what was passed on, never
a point.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from simlib.causation import INDICES
from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.figures.markup import bold
from simlib.figures.names_of_people import color_of, short_names
from simlib.figures.style import GRID, INDEX, PAPER, Spec, layout
from simlib.interval import FenRange, Interval, high_end
from simlib.lessons.causation.names import engine, lesson, share_words
from simlib.money import Fen
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation import Chance
    from simlib.trace import Value

Values: TypeAlias = Mapping[str, Mapping[str, float]]  # index → party → value

# colour and shape: told apart by either
SHAPES = {
    "shapley": "circle",
    "banzhaf": "square",
    "responsibility": "diamond",
    "minimal_sets": "triangle-up",
}
MARKS = {index: (INDEX[index], shape) for index, shape in SHAPES.items()}
ROW_PX = 82


def draw_indices(
    case: Case, values_of: Values, lang: str = "zh"
) -> Drawing:  # fmt: skip
    """Draw each party's four indices, one below the other.

    Parameters
    ----------
    values_of
        index → party → number in [0, 1], as `causation.indices` gives them
    """
    parties = list(values_of[INDICES[0]])
    names = short_names(case, lang)
    figure: Spec = {
        "data": [_marks(n, values_of[key], key, parties, lang) for n, key in enumerate(INDICES)],
        "layout": layout(
            ROW_PX * len(parties) + 90,
            margin={"l": 8, "r": 8, "t": 58, "b": 26},
            shapes=[_rule(n) for n in range(1, len(parties))],
            xaxis={
                "range": [-0.06, 1.16], "tickvals": [0, 0.5, 1], "ticktext": ["0", "1/2", "1"],
                "gridcolor": GRID, "zeroline": False, "fixedrange": True,
            },
            yaxis={
                "range": [len(parties) - 0.5, -0.5], "tickvals": list(range(len(parties))),
                "ticktext": [bold(names[p]) for p in parties], "showgrid": False,
                "zeroline": False, "fixedrange": True, "automargin": True,
            },
        ),
    }  # fmt: skip
    columns = [lesson("indices.who", lang), *(engine(f"indices.{k}.name", lang) for k in INDICES)]
    rows = tuple(_row(values_of, party, names[party], lang) for party in parties)
    return Drawing(figure, tuple(columns), rows, _sentence(values_of, names, lang))


def _marks(n: int, values: Mapping[str, float], key: str, parties: list[str], lang: str) -> Spec:
    color, symbol = MARKS[key]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": engine(f"indices.{key}.name", lang),
        "x": [values[p] for p in parties],
        "y": [m + (n - 1.5) * 0.21 for m in range(len(parties))],
        "text": [share_words(values[p], lang) for p in parties],
        "textposition": "middle right",
        "textfont": {"color": color},
        "marker": {"symbol": symbol, "size": 11, "color": color},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _rule(n: int) -> Spec:
    ends = {"x0": 0, "x1": 1, "xref": "paper", "y0": n - 0.5, "y1": n - 0.5}
    return {"type": "line", **ends, "line": {"color": GRID, "width": 1}}


def _row(values_of: Values, party: str, name: str, lang: str) -> tuple[Cell, ...]:
    cells = (Cell(share_words(values_of[k][party], lang), f"{party}|{k}|{party}") for k in INDICES)
    return (Cell(name, f"{party}||{party}"), *cells)


def _sentence(values_of: Values, names: dict[str, str], lang: str) -> str:
    """Name the party on whom the four indices disagree most."""
    spread = {p: [values_of[k][p] for k in INDICES] for p in values_of[INDICES[0]]}
    if not any(max(values) > 0 for values in spread.values()):
        return lesson("indices.nothing", lang) + engine("indices.note", lang)
    party = max(spread, key=lambda p: (max(spread[p]) - min(spread[p]), max(spread[p]) < 1))
    ends = {"low": min(spread[party]), "high": max(spread[party])}
    shares = {key: share_words(value, lang) for key, value in ends.items()}
    sentence = lesson("indices.sentence", lang, who=names[party], **shares)
    return sentence + engine("indices.note", lang)


# ---------------------------------------------------------------- the lost chance


def draw_chance(case: Case, chance: Chance, lang: str = "zh") -> Drawing:
    """Draw one party's band; an empty chart where a lost chance is not in question."""
    who = short_names(case, lang)[chance.party]
    columns = tuple(lesson(f"chance.{name}", lang) for name in ("who", "layer", "passed", "band"))
    asks = f"{chance.party}|lost_chance|{chance.party}"
    depth = "—" if chance.layer is None else lesson("chance.depth", lang, n=chance.layer)
    lost = chance.interval
    if chance.refusal or lost is None:
        text = lesson(f"chance.refused.{chance.refusal}", lang)
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
    return Drawing(figure, columns, (row,), lesson("chance.sentence", lang, who=who) + text)


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
            annotations=[
                {
                    "text": bold(band), "x": low, "y": 0.42, "xanchor": "left",
                    "yanchor": "bottom", "showarrow": False,
                },
            ],
            xaxis={
                "range": [0, passed * 1.02], "tickvals": [0, passed], "zeroline": False,
                "ticktext": ["0", lesson("chance.all_passed", lang, passed=amount(passed, lang))],
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
