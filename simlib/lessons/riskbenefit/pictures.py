"""The drawings of lesson 05: its stage; what moves the share, ways of joining, what courts ordered.

Rows of bars stand on one scale from 0 to 1: words above each bar, a hatched band for what is open.
Everything is placed in pixels from the top, so that a phone needs no other layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.case import load_case
from simlib.deciding import lever_words
from simlib.figures.answered_part import within
from simlib.figures.drawing import Cell, Cells, Drawing
from simlib.figures.markup import BREAK, bold
from simlib.figures.panels import BAND, FILLED, Bar
from simlib.figures.style import (
    BASIS,
    GRID,
    INK,
    MOVED,
    PAPER,
    ROLES,
    RULING,
    Spec,
    layout,
    tint,
)
from simlib.interval import Interval, ShareRange, high_end, hull, low_end
from simlib.lessons.riskbenefit.corridor import corridor
from simlib.lessons.riskbenefit.knobs import facts_of
from simlib.lessons.riskbenefit.model import MODE, whole_yuan
from simlib.liability import decide
from simlib.money import Share
from simlib.riskbenefit import AGGREGATORS, model_keys
from simlib.text import amount, percent, words
from simlib.uncertainty import tornado

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.case.tables import Position
    from simlib.figures.picture import Picture, Size
    from simlib.interval import FenRange, Quantity
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.lessons.riskbenefit.model import Model
    from simlib.uncertainty import Bar as Moved

TOPIC = "riskbenefit_lab"
REAL = {"2024-lu-0302-5690": "zhang", "hengnan-hengyang": "long"}  # the paper's case, and its twin
LINE_PX, BAR_PX, PAD_PX, HEAD_PX, AXIS_PX = 19, 15, 13, 34, 46
POINT = "point"  # a kind of bar beside those of the panels
MOST = 12  # rows of what moves the share; the rest stand in the table
ROOM = 0.08  # of its scale, on both sides
KINDS = ("found", "supposed", "unknown", "parameter")


@dataclass(frozen=True, slots=True)
class Row:
    """Words (`<br>` where they break) over bars."""

    words: str
    bars: tuple[Bar, ...] = ()
    y: float = 0  # of the bar's middle, set when the rows are placed [px]


def bars_of(value: ShareRange, color: str) -> tuple[Bar, ...]:
    """Return a value as bars from 0: its certain part filled, its open part a band."""
    low, high = float(low_end(value)), float(high_end(value))
    certain = (Bar(0, low, color),) if low else ()
    return (*certain, Bar(low, high, color, BAND)) if isinstance(value, Interval) else certain


def rows_figure(
    rows: Sequence[Row], ends: tuple[float, float], title: str, now: ShareRange | None = None
) -> Spec:
    """Return the figure of rows on one scale.

    Parameters
    ----------
    ends
        first and last value of the scale
    title
        of the scale
    now
        a value with a line across all rows, if any
    """
    placed, tall = _placed(rows)
    shapes = [] if now is None else [_across(float(e), tall) for e in _ends(now)]
    traces = [_bars(placed), *_points(placed), _words(placed, ends[0])]
    return {
        "data": [t for t in traces if t["y"]],
        "layout": layout(
            tall + AXIS_PX,
            xaxis=_scale(ends, title),
            yaxis={"range": [tall, 0], "visible": False, "fixedrange": True},
            shapes=shapes,
            barmode="overlay",
            showlegend=False,
            margin={"l": 4, "r": 10, "t": 2, "b": AXIS_PX},
        ),
    }


def _ends(value: ShareRange) -> set[Share]:
    return {low_end(value), high_end(value)}


def _scale(ends: tuple[float, float], title: str) -> Spec:
    low, high = ends
    steps: Spec = {"dtick": 20} if high - low > 0.9 else {"nticks": 6}
    return steps | {
        "range": [low * 100, high * 100],
        "side": "bottom",
        "gridcolor": GRID,
        "zeroline": low == 0,
        "zerolinecolor": INK,
        "fixedrange": True,
        "title": {"text": title, "standoff": 4},
    }


def _placed(rows: Sequence[Row]) -> tuple[list[Row], int]:
    placed, top = [], 0
    for row in rows:
        lines = 1 + row.words.count(BREAK)
        if not row.bars:
            placed.append(replace(row, y=top + HEAD_PX - LINE_PX / 2))
            top += HEAD_PX
            continue
        placed.append(replace(row, y=top + LINE_PX * lines + BAR_PX / 2))
        top += LINE_PX * lines + BAR_PX + PAD_PX
    return placed, top


def _bars(rows: Sequence[Row]) -> Spec:
    drawn = [(row, bar) for row in rows for bar in row.bars if bar.kind != POINT]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [row.y for row, _ in drawn],
        "width": BAR_PX,
        "base": [round(bar.start * 100, 2) for _, bar in drawn],
        "x": [round((bar.end - bar.start) * 100, 2) for _, bar in drawn],
        "marker": {
            "color": [
                bar.color if bar.kind == FILLED else tint(bar.color, 0.1) for _, bar in drawn
            ],
            "line": {"color": [bar.color for _, bar in drawn], "width": 1.5},
            "pattern": {
                "shape": ["/" if bar.kind == BAND else "" for _, bar in drawn],
                "fgcolor": [bar.color for _, bar in drawn],
                "fillmode": "overlay",
                "bgcolor": PAPER,
                "fgopacity": 0.9,
                "size": 7,
            },
        },
        "hovertext": [row.words.replace(BREAK, " ") for row, _ in drawn],
        "hoverinfo": "text",
    }


def _points(rows: Sequence[Row]) -> list[Spec]:
    drawn = [(row, bar) for row in rows for bar in row.bars if bar.kind == POINT]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [round(bar.end * 100, 2) for _, bar in drawn],
            "y": [row.y for row, _ in drawn],
            "cliponaxis": False,
            "marker": {
                "symbol": "diamond",
                "size": 15,
                "color": [bar.color for _, bar in drawn],
                "line": {"color": PAPER, "width": 1},
            },
            "hovertext": [row.words.replace(BREAK, " ") for row, _ in drawn],
            "hoverinfo": "text",
        }
    ]


def _words(rows: Sequence[Row], low: float) -> Spec:
    def at(row: Row) -> float:
        lines = 1 + row.words.count(BREAK)
        return row.y if not row.bars else row.y - BAR_PX / 2 - LINE_PX * lines / 2

    return {
        "type": "scatter",
        "mode": "text",
        "x": [low * 100] * len(rows),
        "y": [at(row) for row in rows],
        "text": ["\u2009" + row.words.replace(BREAK, BREAK + "\u2009") for row in rows],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _across(at: float, tall: float) -> Spec:
    return {
        "type": "line",
        "x0": at * 100,
        "x1": at * 100,
        "y0": 0,
        "y1": tall,
        "layer": "below",
        "line": {"color": INK, "width": 1, "dash": "dot"},
    }


def picture(found: Model, scene: Scene, size: Size, say: Say) -> Picture:
    """Draw the stage of a scene: three corners, and the share in its corridor."""
    return corridor(found, scene, size, say)


# ---------------------------------------------------------------- what moves the share


def draw_tornado(at: Model, spread: float, lang: str = "zh") -> Drawing:
    """Draw each lever that moves the share as a bar between its ends, widest first.

    A fact is a filled bar, a value of the model a hatched one: most of them are the second. The
    share now is drawn as a line, as two where it is open.

    Parameters
    ----------
    spread
        part of a number it is moved by
    """
    facts = [f"{at.party}.{name}" for name in facts_of(at.person)]
    keys, output = model_keys(at.regime), f"{at.party}.share"
    found = tornado(at.case, output, MODE, at.rules, at.regime, facts, keys, spread)
    moved = [_of_part(bar, at.scale) for bar in found]
    live = [bar for bar in moved if not bar.dead]
    rows = [Row(_label(bar, at.case, lang), tuple(_moved_bars(bar))) for bar in live[:MOST]]
    ends = [v for row in rows for bar in row.bars for v in (bar.start, bar.end)]
    ends += [float(low_end(at.share)), float(high_end(at.share))]
    room = max(0.02, (max(ends) - min(ends)) * ROOM)
    scale = (max(0.0, min(ends) - room), min(1.0, max(ends) + room))
    figure = rows_figure(rows, scale, _say("share.axis", lang), at.share)
    columns = ("lever", "kind", "moved", "low", "high")
    named = tuple(_say(f"tornado.{c}", lang) for c in columns)
    table = tuple(_moved_cells(bar, at.case, lang) for bar in live)
    return Drawing(figure, named, table, _moved_sentence(live, at.case, spread, lang))


def _of_part(bar: Moved, scale: float) -> Moved:
    """Give shares of the whole loss as shares of what he answers for."""

    def scaled(value: Quantity) -> ShareRange:
        return hull([float(low_end(value)) * scale, float(high_end(value)) * scale])

    if scale == 1:
        return bar
    low, high = scaled(bar.low_value), scaled(bar.high_value)
    return replace(bar, low_value=low, high_value=high, now=scaled(bar.now))


def _moved_bars(bar: Moved) -> list[Bar]:
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
    kind = _say(f"kind.{kind_of(bar, case)}", lang)
    return _say("tornado.row", lang, lever=lever_words(bar.key, case, lang), kind=kind)


def _moved_cells(bar: Moved, case: Case, lang: str) -> Cells:
    return (
        Cell(lever_words(bar.key, case, lang)),
        Cell(_say(f"kind.{kind_of(bar, case)}", lang)),
        Cell(f"{_place(bar.low_input, bar, lang)} → {_place(bar.high_input, bar, lang)}"),
        Cell(percent(bar.low_value, lang)),
        Cell(percent(bar.high_value, lang)),
    )


def _place(value: float, bar: Moved, lang: str) -> str:
    if value == float("inf"):
        return _say("tornado.endless", lang)
    if bar.key.endswith("_fen"):
        return amount(round(value), lang)
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _moved_sentence(live: Sequence[Moved], case: Case, spread: float, lang: str) -> str:
    if not live:
        return _say("tornado.none", lang)
    between = _say("path.listed", lang)
    first = between.join(lever_words(bar.key, case, lang) for bar in live[:3])
    kinds = [kind_of(bar, case) for bar in live]
    counts = {kind: kinds.count(kind) for kind in KINDS}
    values = {"first": first, "count": len(live), "spread": percent(spread, lang)}
    return _say("tornado.sentence", lang, **values, **counts)


# ---------------------------------------------------------------- ways of joining


def draw_ways(at: Model, lang: str = "zh") -> Drawing:
    """Draw the helper's share under each way of joining, a band where facts are open."""
    ways = {way: at.by(way, at.party) for way in AGGREGATORS}
    rows = []
    for way, joined in ways.items():
        name, share = _say(f"way.{way}", lang), percent(joined.share, lang)
        text = _say("ways.row", lang, way=name, share=share)
        rows.append(Row(text, bars_of(joined.share, ROLES["helper"])))
    shares = [joined.share for joined in ways.values()]
    low, high = min(map(low_end, shares)), max(map(high_end, shares))
    values = {"who": getattr(at.person.name, lang), "low": percent(low, lang)}
    top = min(1.0, max(0.2, float(high) * 1.15))
    columns = ("ways.way", "ways.how", "ways.own", "ways.share", "path.amount")
    return Drawing(
        rows_figure(rows, (0, top), _say("share.axis", lang)),
        tuple(_say(column, lang) for column in columns),
        tuple(_way_cells(way, joined, lang) for way, joined in ways.items()),
        _say("ways.sentence", lang, high=percent(high, lang), **values),
    )


def _way_cells(way: str, joined: Model, lang: str) -> Cells:
    def asks(key: str) -> str:
        return f"{way}|{key}|{joined.party}"

    return (
        Cell(_say(f"way.{way}", lang)),
        Cell(_say(f"ways.{way}", lang)),
        Cell(percent(joined.assessment.share, lang), asks("model_share")),
        Cell(percent(joined.share, lang), asks("share")),
        Cell.of_money(joined.fen, lang, asks("exposure")),
    )


# ---------------------------------------------------------------- what courts ordered


def draw_courts(at: Model, lang: str = "zh") -> Drawing:
    """Draw the two real cases under the model as it is set: a band a position, a point a ruling.

    Never a distribution.
    """
    rows: list[Row] = []
    table: list[Cells] = []
    for name, party in REAL.items():
        case = load_case(name)
        short = getattr(case.title, lang).split("：")[0].split(":")[0].split("(70")[0]
        rows.append(Row(bold(short)))
        for position in _of_party(case, party):
            found = decide(case.at(position.id), MODE, at.rules, at.regime)
            of, fen = within(found, party), found.parties[party].exposure_fen
            title, share = getattr(position.title, lang), percent(of, lang)
            text = _say("courts.model", lang, position=title, share=share)
            rows.append(Row(text, bars_of(of, BASIS["reform proposal"])))
            table.append(_line(short, title, "assumed", share, fen, lang))
        for ruling in case.rulings:
            ordered = ruling.amount_fen
            assert ordered is not None  # the cases shown are those whose amounts were published
            part = ordered / case.loss_fen
            court, share = getattr(ruling.court, lang), percent(part, lang)
            text = _say("courts.court", lang, court=court, share=share)
            rows.append(Row(text, (Bar(part, part, RULING, POINT),)))
            table.append(_line(short, court, "ordered", share, ordered, lang))
    figure = rows_figure(rows, (0, 1.04), _say("share.axis", lang))
    columns = ("courts.case", "courts.what", "courts.kind", "ways.share", "path.amount")
    named = tuple(_say(column, lang) for column in columns)
    return Drawing(figure, named, tuple(table), _say("courts.sentence", lang))


def _of_party(case: Case, party: str) -> list[Position]:
    """List the case as told, and the positions that set facts of this party."""
    first, *others = case.positions
    return [first, *(p for p in others if any(key.startswith(f"{party}.") for key in p.set))]


def _line(case: str, what: str, kind: str, share: str, fen: FenRange, lang: str) -> Cells:
    named = _say(f"courts.{kind}", lang)
    return (Cell(case), Cell(what), Cell(named), Cell(share), Cell(amount(whole_yuan(fen), lang)))


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, key, lang, **values)
