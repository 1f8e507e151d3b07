"""The event log as a time line: events from top to bottom, and beside them what they let infer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simlib.fault.review import when
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.fault.names import engine, moment, phrase, pieces
from simlib.figures.markup import BREAK, bold
from simlib.figures.style import FONT, GRID, INFERENCE, INK, Spec, layout

if TYPE_CHECKING:
    from simlib.case.model import Case, Event
    from simlib.fault import Inference

ROW_PX, LANE, LETTER_PX = 46, 0.055, 13
# what stands is solid; each state also has its dash and its word
DASHES = {"stands": "solid", "doubted": "dash", "rebutted": "dot"}
LINES = {state: (INFERENCE[state], dash) for state, dash in DASHES.items()}


def draw_log(
    case: Case, party: str, inferences: Sequence[Inference], name: str, lang: str = "zh"
) -> Drawing:
    """Draw events in time, with a line through those that make each inference.

    Parameters
    ----------
    inferences
        what `fault.verify` found, as the case now stands
    name
        the procedure whose reasons a click asks for, `burden.review`

    Returns
    -------
    Drawing
        lanes of lettered lines on the left, the events with their times on the right; the table
        has an inference a row, with what would rebut it and what does
    """
    events = sorted((e for e in case.events if e.party == party), key=when)
    rows = {event.id: n for n, event in enumerate(events)}
    figure: Spec = {
        "data": [_events(events, len(inferences), lang), *_lanes(inferences, rows)],
        "layout": layout(
            8 + ROW_PX * max(len(events), 1),
            showlegend=False,
            margin={"l": 4, "r": 4, "t": 4, "b": 4},
            font={"family": FONT, "size": LETTER_PX, "color": INK},
            shapes=[_rule(n) for n in range(len(events))],
            xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
            yaxis={"range": [len(events) - 0.5, -0.6], "visible": False, "fixedrange": True},
        ),
    }
    columns = ("inference", "events", "supports", "rebut", "against", "state")
    by_id = {event.id: event for event in events}
    return Drawing(
        figure,
        tuple(phrase(f"log.{c}", lang) for c in columns),
        tuple(_row(case, n, run, by_id, name, lang) for n, run in enumerate(inferences)),
        _sentence(events, inferences, lang),
    )


def letter(n: int) -> str:
    """Return the letter of the n-th inference."""
    return chr(ord("A") + n)


def _events(events: Sequence[Event], lanes: int, lang: str) -> Spec:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [LANE * (lanes + 0.6)] * len(events),
        "y": list(range(len(events))),
        "text": [bold(moment(e, lang)) + BREAK + _words(e, lang) for e in events],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _words(event: Event, lang: str) -> str:
    return getattr(event.words, lang) if event.words else phrase(f"log.kind.{event.kind}", lang)


def _lanes(inferences: Sequence[Inference], rows: dict[str, int]) -> list[Spec]:
    return [_lane(n, run, rows) for n, run in enumerate(inferences)]


def _lane(n: int, run: Inference, rows: dict[str, int]) -> Spec:
    """Draw an inference as a line of points from its first event to its last."""
    color, dash = LINES[run.state]
    at = [rows[id] for id in run.events]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [LANE * (n + 0.5)] * len(at),
        "y": at,
        "text": [bold(letter(n)), *[""] * (len(at) - 1)],
        "textposition": "top center",
        "textfont": {"color": color},
        "line": {"color": color, "width": 2.5, "dash": dash},
        "marker": {"color": color, "size": 10},
        "hoverinfo": "skip",
    }


def _rule(n: int) -> Spec:
    return {
        "type": "line",
        "x0": 0,
        "x1": 1,
        "y0": n + 0.5,
        "y1": n + 0.5,
        "layer": "below",
        "line": {"color": GRID, "width": 1},
    }


def _row(
    case: Case, n: int, run: Inference, events: dict[str, Event], name: str, lang: str
) -> tuple[Cell, ...]:
    title = phrase(
        "log.lettered", lang, letter=letter(n), name=engine(f"inference.{run.id}.name", lang)
    )
    listed = phrase("table.stop", lang).join(
        phrase("log.event", lang, at=moment(events[id], lang), words=_words(events[id], lang))
        for id in run.events
    )
    return (
        Cell(title),
        Cell(listed),
        Cell(engine(f"item.{run.item}.name", lang)),
        Cell(engine(f"inference.{run.id}.rebut", lang)),
        Cell(pieces(case, run.rebutted_by, lang)),
        Cell(engine(f"run.{run.state}", lang), f"{name}|inference-{run.id}|"),
    )


def _sentence(events: Sequence[Event], inferences: Sequence[Inference], lang: str) -> str:
    if not events:
        return phrase("log.none", lang)
    shaken = [run for run in inferences if run.state != "stands"]
    return phrase(
        "log.sentence", lang, events=len(events), runs=len(inferences), shaken=len(shaken)
    )
