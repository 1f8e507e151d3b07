"""Four indices side by side: the same chain, four answers; theory that no court applies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from simlib.causation import INDICES
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.markup import bold
from simlib.figures.people import short_names
from simlib.figures.style import FONT, GRID, INDEX, INK, Spec, layout
from simlib.lessons.causation.names import engine, phrase, share_words

if TYPE_CHECKING:
    from simlib.case.model import Case

Values: TypeAlias = Mapping[str, Mapping[str, float]]  # index → party → value

# colour and shape: told apart by either
SHAPES = {
    "shapley": "circle",
    "banzhaf": "square",
    "responsibility": "diamond",
    "minimal_sets": "triangle-up",
}
MARKS = {index: (INDEX[index], shape) for index, shape in SHAPES.items()}
ROW_PX, LETTER_PX, SMALL_PX = 82, 13, 11


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
            font={"family": FONT, "size": LETTER_PX, "color": INK},
            meta={"phone": {"font": {"family": FONT, "size": SMALL_PX, "color": INK}}},
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
    columns = [phrase("indices.who", lang), *(engine(f"indices.{k}.name", lang) for k in INDICES)]
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
        return phrase("indices.nothing", lang) + engine("indices.note", lang)
    party = max(spread, key=lambda p: (max(spread[p]) - min(spread[p]), max(spread[p]) < 1))
    ends = {"low": min(spread[party]), "high": max(spread[party])}
    shares = {key: share_words(value, lang) for key, value in ends.items()}
    sentence = phrase("indices.sentence", lang, who=names[party], **shares)
    return sentence + engine("indices.note", lang)
