"""Where forms come apart: what the victim receives over one party's means, and the exact place.

A few dozen single decisions, not a sweep: they take less time than loading numpy would, and a
reader's kernel stays small.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from simlib.explain import faced
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.names_of_people import short_names
from simlib.figures.panels import separators
from simlib.figures.style import ANSWER, CURVES, GRID, INK, Spec, layout, tint
from simlib.interval import FenRange, Interval, high_end, low_end
from simlib.lessons.outcome import Say
from simlib.liability import decide
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome
    from simlib.money import Fen

STEPS = 20
BENT = 1e-3  # slopes are 0 or 1 but for roundings to the fen
HEIGHT_PX, LOW_PX, LEGEND_PX, NOTE_PX = 400, 84, 22, 23
# told apart by dash and by their names at the line as well as by colour
DASHES = ("solid", "dash", "dashdot", "dot", "longdash", "longdashdot")
LINES = tuple(zip(CURVES, DASHES, strict=True))
TABLE_ROWS = 9
AT = "@"  # before the means [fen] that a cell of the table asks to be set
Mark: TypeAlias = tuple[int, str, str, str]  # place [fen], colour, dash, words


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


@dataclass(frozen=True, slots=True)
class Parting:
    """Curves of what the victim receives over one party's means [fen].

    Attributes
    ----------
    means_fen, curves
        the means, rising, and a curve a mode
    at_fen
        the most means at which the first two modes still give the same; None: they differ from
        the beginning, or never
    """

    means_fen: Sequence[int]
    curves: Sequence[Curve]
    at_fen: int | None

    def met(self, now_fen: int, outcomes: Mapping[str, Outcome]) -> Parting:
        """With the reader's own place among the means, as it was decided already."""
        means = sorted({*self.means_fen, now_fen})
        curves = []
        for curve in self.curves:
            known = dict(zip(self.means_fen, curve.received, strict=True))
            known[now_fen] = outcomes[curve.mode].received_fen
            curves.append(Curve(curve.mode, tuple(known[fen] for fen in means)))
        return Parting(means, curves, self.at_fen)


def parting(case: Case, party: str, modes: Sequence[str], rules: dict[str, Any]) -> Parting:
    """The curves of some modes over one party's means, from nothing to the loss.

    1. even steps
    2. where a curve bends, so that its corners are corners
    3. where the first two modes part, to the fen: at a bend, else by halving a step
    """
    columns: list[dict[int, FenRange]] = [{} for _ in modes]

    def read(n: int, fen: int) -> FenRange:
        if fen not in columns[n]:
            at = case.set({f"{party}.assets_fen": fen})
            columns[n][fen] = decide(at, modes[n], rules).received_fen
        return columns[n][fen]

    grid = [case.loss_fen * k // STEPS for k in range(STEPS + 1)]
    bends = [fen for n in range(len(modes)) for fen in _bends(grid, [read(n, fen) for fen in grid])]
    at = _parted(grid, bends, read) if len(modes) > 1 else None
    means = sorted({*grid, *bends, *([at] if at is not None else [])})
    curves = [Curve(m, tuple(read(n, fen) for fen in means)) for n, m in enumerate(modes)]
    return Parting(means, curves, at)


def _parted(
    grid: Sequence[int], bends: Sequence[int], read: Callable[[int, int], FenRange]
) -> int | None:
    def differ(fen: int) -> bool:
        return read(0, fen) != read(1, fen)

    first = next((n for n, fen in enumerate(grid) if differ(fen)), None)
    if not first:
        return None
    between = range(grid[first - 1], grid[first])
    likely = [fen for fen in (*bends, between[0]) if fen in between]
    found = next((fen for fen in likely if not differ(fen) and differ(fen + 1)), None)
    if found is not None:
        return found
    return between[0] + bisect_left(between, True, key=differ) - 1


def _bends(grid: Sequence[int], received: Sequence[FenRange]) -> Iterator[int]:
    """Yield inside which steps a broken line bends: where the lines on both sides of one meet."""
    values = [value for value in received if not isinstance(value, Interval)]
    if len(values) < len(received):
        return
    slopes = [(values[n + 1] - values[n]) / (grid[n + 1] - grid[n]) for n in range(len(grid) - 1)]
    for n in range(1, len(slopes) - 1):
        before, after = slopes[n - 1], slopes[n + 1]
        if abs(before - after) < BENT:
            continue
        gap = values[n + 1] - after * grid[n + 1] - values[n] + before * grid[n]
        meet = round(gap / (before - after))
        if grid[n] < meet < grid[n + 1]:
            yield meet


# ---------------------------------------------------------------- the drawing


def draw_parting(
    case: Case,
    party: str,
    found: Parting,
    now_fen: Fen | None,
    guess_fen: Fen | None = None,
    lang: str = "zh",
) -> Drawing:
    """Draw what some modes give over one party's means; equal curves as one, with both names.

    Parameters
    ----------
    now_fen
        where the reader stands; None: means without limit
    guess_fen
        where the reader said the first two modes would part
    """
    say, groups = Say("liability", lang), _equal(found.curves)
    title = say("parting.means", who=short_names(case, lang)[party])
    lines = [t for n, group in enumerate(groups) for t in _line(n, group, found.means_fen, say)]
    figure: Spec = {
        "data": [*lines, *_points(groups, found.means_fen, now_fen)],
        "layout": _layout(title, found, _marks(found, now_fen, guess_fen, say), len(groups), say),
    }
    return Drawing(
        figure,
        (title, *(_named(group, say) for group in groups)),
        tuple(_rows(found, groups, now_fen, lang)),
        _sentence(found, short_names(case, lang)[party], say),
    )


def _equal(curves: Sequence[Curve]) -> list[list[Curve]]:
    groups: dict[tuple[FenRange, ...], list[Curve]] = {}
    for curve in curves:
        groups.setdefault(curve.received, []).append(curve)
    return list(groups.values())


def _named(group: Sequence[Curve], say: Say) -> str:
    return say("parting.same").join(curve.name(say.lang) for curve in group)


def _layout(title: str, found: Parting, marks: Sequence[Mark], groups: int, say: Say) -> Spec:
    """Lay it out; on a narrow screen the legend takes one line a curve."""
    most, low = found.means_fen[-1], 60 + LEGEND_PX * groups
    top = max([*(high_end(value) for curve in found.curves for value in curve.received), 1])
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True, "automargin": True,
            "exponentformat": "none", "nticks": 6}  # fmt: skip
    phone = {"margin": {"l": 4, "r": 8, "t": 76, "b": low}, "height": HEIGHT_PX + low - LOW_PX}
    titles = [{"text": text, "standoff": 6} for text in (title, say("parting.received"))]
    return layout(
        HEIGHT_PX,
        shapes=[_shape(mark) for mark in marks],
        annotations=[_note(mark, most, n) for n, mark in enumerate(marks)],
        margin={"l": 8, "r": 12, "t": 76, "b": LOW_PX},
        legend={"orientation": "h", "x": 0, "yref": "container", "y": 0, "yanchor": "bottom"},
        separators=separators(say.lang),
        meta={"phone": phone},
        xaxis=axis | {"title": titles[0], "range": [0, most / 100]},
        yaxis=axis | {"title": titles[1], "range": [0, top * 1.08 / 100]},
    )


def _line(n: int, group: list[Curve], means_fen: Sequence[int], say: Say) -> list[Spec]:
    """Draw a curve; of a range both ends and the room between them."""
    color, dash = LINES[n % len(LINES)]
    received = group[0].received
    stroke: Spec = {"color": color, "dash": dash, "width": 3 if n == 0 else 2.5}
    line: Spec = {
        "type": "scatter",
        "mode": "lines",
        "x": [fen / 100 for fen in means_fen],
        "y": [high_end(v) / 100 for v in received],
        "name": _named(group, say),
        "line": stroke,
        "hovertemplate": "%{x} → %{y}",
    }
    if not any(isinstance(v, Interval) for v in received):
        return [line]
    lows = [low_end(v) / 100 for v in received]
    floor = line | {"y": lows, "showlegend": False, "line": stroke | {"width": 1}}
    return [floor, line | {"fill": "tonexty", "fillcolor": tint(color, 0.15)}]


def _points(groups: list[list[Curve]], means_fen: Sequence[int], now: int | None) -> list[Spec]:
    """Put a dot on each curve where the reader stands."""
    if now is None or now not in means_fen:
        return []
    here = [group[0].received[means_fen.index(now)] for group in groups]
    ends = [(k, end) for k, fen in enumerate(here) for end in {low_end(fen), high_end(fen)}]
    return [{
        "type": "scatter",
        "mode": "markers",
        "x": [now / 100] * len(ends),
        "y": [end / 100 for _, end in ends],
        "marker": {"size": 11, "color": [LINES[k % len(LINES)][0] for k, _ in ends]},
        "showlegend": False,
        "hoverinfo": "y",
    }]  # fmt: skip


def _marks(found: Parting, now: int | None, guess: int | None, say: Say) -> list[Mark]:
    """Return the vertical lines, the lowest words first.

    Where the reader stands is drawn at the end of the axis if it lies beyond.
    """
    wanted = (("parted", found.at_fen, INK, "dot"), ("guess", guess, ANSWER, "dash"))
    marks = [
        (at, color, dash, say(f"parting.{key}", amount=amount(at, say.lang)))
        for key, at, color, dash in wanted
        if at is not None
    ]
    most = found.means_fen[-1]
    if now is None:
        return [*marks, (most, INK, "solid", say("parting.now_unlimited"))]
    here = say("parting.now", amount=amount(now, say.lang))
    return [*marks, (min(now, most), INK, "solid", here)]


def _shape(mark: Mark) -> Spec:
    at, color, dash, _ = mark
    line = {"color": color, "width": 2, "dash": dash}
    return {"type": "line", "x0": at / 100, "x1": at / 100, "yref": "paper", "y0": 0, "y1": 1,
            "line": line}  # fmt: skip


def _note(mark: Mark, most: int, n: int) -> Spec:
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
    found: Parting, groups: list[list[Curve]], now: int | None, lang: str
) -> Iterator[tuple[Cell, ...]]:
    """Yield evenly spaced rows, and those where something happens.

    A number asks for its reasons; elsewhere than at the present place it first takes one there.
    """
    last = len(found.means_fen) - 1
    even = {round(last * k / (TABLE_ROWS - 1)) for k in range(TABLE_ROWS)}
    for n, fen in enumerate(found.means_fen):
        if n in even or fen in (now, found.at_fen):
            place = "" if fen == now else f"{AT}{fen}"
            cells = [
                Cell.of_money(group[0].received[n], lang, f"{group[0].mode}|received|{place}")
                for group in groups
            ]
            yield (Cell.of_money(fen, lang), *cells)


def _sentence(found: Parting, who: str, say: Say) -> str:
    if len(found.curves) < 2:
        return say("parting.one")
    first, second = found.curves[:2]
    named = {"first": first.name(say.lang), "second": second.name(say.lang), "who": who}
    if found.at_fen is not None:
        return say("parting.at", amount=amount(found.at_fen, say.lang), **named)
    return say("parting.never" if first.received == second.received else "parting.at_once", **named)
