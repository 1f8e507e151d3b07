"""Where modes come apart: what the victim receives, against one party's means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from simlib.explain import faced
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.panels import separators
from simlib.figures.people import short_names
from simlib.figures.style import ANSWER, CURVES, FONT, GRID, INK, Spec, layout, tint
from simlib.interval import FenRange, Interval, high_end, low_end
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case

HEIGHT_PX, LOW_PX, LEGEND_PX, NOTE_PX, LETTER_PX = 400, 84, 22, 23, 13
# told apart by dash and by their names at the line as well as by colour
DASHES = ("solid", "dash", "dashdot", "dot", "longdash", "longdashdot")
LINES = tuple(zip(CURVES, DASHES, strict=True))
TABLE_ROWS = 9
AT = "@"  # before the means [fen] that a cell of the table asks to be set


Mark: TypeAlias = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class Curve:
    """What the victim receives under a mode, at each of the means in question [fen].

    `face` has to stand beside the mode's name.
    """

    mode: str
    received: tuple[FenRange, ...]
    face: str = ""

    def name(self, lang: str) -> str:
        """Return the mode's name with what has to stand beside it."""
        return faced(words("modes", f"{self.mode}.name", lang), self.face, lang)


def draw_parting(
    case: Case,
    party: str,
    means_fen: Sequence[int],
    curves: Sequence[Curve],
    now_fen: int | None,
    guess_fen: int | None = None,
    parted_fen: int | None = None,
    lang: str = "zh",
) -> Drawing:
    """Draw what some modes give over one party's means.

    Parameters
    ----------
    means_fen
        the means of `party`, rising [fen]
    curves
        a curve a mode, of the same length; equal curves are drawn as one, with both names
    now_fen
        where the reader stands; None: means without limit
    guess_fen
        where the reader said the first two modes would part
    parted_fen
        where they do part: the last means at which they are equal; None: they never do
    """
    groups, names = _equal(curves), short_names(case, lang)
    title = words("liability", "parting.means", lang, who=names[party])
    marks = _marks(means_fen[-1], now_fen, guess_fen, parted_fen, lang)
    lines = [t for n, group in enumerate(groups) for t in _line(n, group, means_fen, lang)]
    figure: Spec = {
        "data": [*lines, *_points(groups, means_fen, now_fen)],
        "layout": _layout(title, means_fen[-1], _top(curves), marks, len(groups), lang),
    }
    return Drawing(
        figure,
        (title, *(_named(group, lang) for group in groups)),
        tuple(_rows(means_fen, groups, (now_fen, parted_fen), lang)),
        _sentence(curves, party, names, parted_fen, lang),
    )


def _top(curves: Sequence[Curve]) -> float:
    return max([*(high_end(value) for curve in curves for value in curve.received), 1])


def _layout(
    title: str, most: int, top: float, marks: Sequence[Mark], groups: int, lang: str
) -> Spec:
    axis = {
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "exponentformat": "none",
        "nticks": 6,
    }
    up = _titled(words("liability", "parting.received", lang))
    return layout(
        HEIGHT_PX,
        shapes=_shapes(marks),
        annotations=[_note(mark, most, n) for n, mark in enumerate(marks)],
        margin={"l": 8, "r": 12, "t": 76, "b": LOW_PX},
        legend={"orientation": "h", "x": 0, "yref": "container", "y": 0, "yanchor": "bottom"},
        separators=separators(lang),
        font={"family": FONT, "size": LETTER_PX, "color": INK},
        meta={"phone": _phone(groups)},
        xaxis=axis | {"title": _titled(title), "range": [0, most / 100]},
        yaxis=axis | {"title": up, "range": [0, top * 1.08 / 100]},
    )


def _titled(text: str) -> Spec:
    return {"text": text, "standoff": 6}


def _phone(groups: int) -> Spec:
    """Lay out a narrow screen: the legend takes one line a curve."""
    low = 60 + LEGEND_PX * groups
    return {"margin": {"l": 4, "r": 8, "t": 76, "b": low}, "height": HEIGHT_PX + low - LOW_PX}


def _equal(curves: Sequence[Curve]) -> list[list[Curve]]:
    groups: list[list[Curve]] = []
    for curve in curves:
        same = next((g for g in groups if g[0].received == curve.received), None)
        if same is None:
            groups.append([curve])
        else:
            same.append(curve)
    return groups


def _named(group: Sequence[Curve], lang: str) -> str:
    return words("liability", "parting.same", lang).join(curve.name(lang) for curve in group)


def _line(n: int, group: list[Curve], means_fen: Sequence[int], lang: str) -> list[Spec]:
    color, dash = LINES[n % len(LINES)]
    received = group[0].received
    x = [fen / 100 for fen in means_fen]
    stroke: Spec = {"color": color, "dash": dash, "width": 3 if n == 0 else 2.5}
    line: Spec = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": [high_end(v) / 100 for v in received],
        "name": _named(group, lang),
        "line": stroke,
        "hovertemplate": "%{x} → %{y}",
    }
    if not any(isinstance(v, Interval) for v in received):
        return [line]
    floor = line | {
        "y": [low_end(v) / 100 for v in received],
        "showlegend": False,
        "line": stroke | {"width": 1},
    }
    return [floor, line | {"fill": "tonexty", "fillcolor": tint(color, 0.15)}]


def _points(groups: list[list[Curve]], means_fen: Sequence[int], now: int | None) -> list[Spec]:
    """Put a dot on each curve where the reader stands."""
    if now is None or now not in means_fen:
        return []
    n = means_fen.index(now)
    ends = [
        (k, end)
        for k, group in enumerate(groups)
        for end in {low_end(group[0].received[n]), high_end(group[0].received[n])}
    ]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [now / 100] * len(ends),
            "y": [end / 100 for _, end in ends],
            "marker": {"size": 11, "color": [LINES[k % len(LINES)][0] for k, _ in ends]},
            "showlegend": False,
            "hoverinfo": "y",
        }
    ]


def _marks(
    most: int, now: int | None, guess: int | None, parted: int | None, lang: str
) -> list[Mark]:
    """Return the vertical lines: place [fen], colour, dash, words; the lowest words first.

    Where the reader stands is drawn at the end of the axis if it lies beyond.
    """
    wanted = [("parted", parted, INK, "dot"), ("guess", guess, ANSWER, "dash")]
    marks = [
        (at, color, dash, _mark_words(key, at, lang))
        for key, at, color, dash in wanted
        if at is not None
    ]
    place = most if now is None else min(now, most)
    return [*marks, (place, INK, "solid", _mark_words("now", now, lang))]


def _mark_words(key: str, at: int | None, lang: str) -> str:
    if at is None:
        return words("liability", "parting.now_unlimited", lang)
    return words("liability", f"parting.{key}", lang, amount=amount(at, lang))


def _shapes(marks: Sequence[Mark]) -> list[Spec]:
    return [
        {
            "type": "line",
            "x0": at / 100,
            "x1": at / 100,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": color, "width": 2, "dash": dash},
        }
        for at, color, dash, _ in marks
    ]


def _note(mark: tuple[int, str, str, str], most: int, n: int) -> Spec:
    """Write the words of a vertical line, each at its own height so that none overlap."""
    at, color, _, text = mark
    return {
        "x": at / 100,
        "y": 1,
        "yref": "paper",
        "yshift": 2 + NOTE_PX * n,
        "yanchor": "bottom",
        "xanchor": "right" if 2 * at > most else "left",
        "showarrow": False,
        "text": text,
        "font": {"color": color},
    }


def _rows(
    means_fen: Sequence[int], groups: list[list[Curve]], special: tuple[int | None, ...], lang: str
) -> list[tuple[Cell, ...]]:
    """Return evenly spaced rows, and those where something happens.

    A number asks for its reasons; elsewhere than at the present place it first takes one there.
    """
    last = len(means_fen) - 1
    even = {round(last * k / (TABLE_ROWS - 1)) for k in range(TABLE_ROWS)}
    wanted = [n for n, fen in enumerate(means_fen) if n in even or fen in special]
    return [
        (
            Cell(amount(means_fen[n], lang)),
            *(
                Cell(
                    amount(group[0].received[n], lang),
                    f"{group[0].mode}|received|"
                    + ("" if means_fen[n] == special[0] else f"{AT}{means_fen[n]}"),
                )
                for group in groups
            ),
        )
        for n in wanted
    ]


def _sentence(
    curves: Sequence[Curve],
    party: str,
    names: Mapping[str, str],
    parted: int | None,
    lang: str,
) -> str:
    if len(curves) < 2:
        return words("liability", "parting.one", lang)
    first, second = (curve.name(lang) for curve in curves[:2])
    who = {"first": first, "second": second, "who": names[party]}
    if parted is None:
        same = curves[0].received == curves[1].received
        return words("liability", "parting.never" if same else "parting.at_once", lang, **who)
    return words("liability", "parting.at", lang, amount=amount(parted, lang), **who)
