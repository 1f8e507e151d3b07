"""The pictures of lesson 02: the beam on its stage; below it the event log as a time line."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simlib.fault import verify
from simlib.fault.review import when
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.markup import BREAK, bold
from simlib.figures.style import GRID, INFERENCE, Spec, layout
from simlib.lessons.fault.beam import Beam
from simlib.lessons.fault.names import pieces

if TYPE_CHECKING:
    from simlib.case.model import Event
    from simlib.fault import Inference
    from simlib.figures.picture import Picture, Size
    from simlib.lessons.declaration import Scene
    from simlib.lessons.fault.outcomes import Proof
    from simlib.lessons.outcome import Say

CHINA = datetime.timezone(datetime.timedelta(hours=8))
ROW_PX, LANE = 46, 0.055
# what stands is solid; each state also has its dash and its word
DASHES = {"stands": "solid", "doubted": "dash", "rebutted": "dot"}
LINES = {state: (INFERENCE[state], dash) for state, dash in DASHES.items()}


def picture(found: Mapping[str, Proof], scene: Scene, size: Size, say: Say) -> Picture | None:
    """Draw the evidence on its beam; None where the file lists none."""
    return Beam(found, scene, size, say).picture()


def draw_log(proof: Proof, say: Say) -> Drawing:
    """Draw events in time, with a line through those that make each inference.

    Returns
    -------
    Drawing
        lanes of lettered lines on the left, the events with their times on the right; the table
        has an inference a row, with what would rebut it and what does
    """
    inferences = verify(proof.case, proof.party)
    events = sorted((e for e in proof.case.events if e.party == proof.party), key=when)
    rows = {event.id: n for n, event in enumerate(events)}
    figure: Spec = {
        "data": [_events(events, len(inferences), say), *_lanes(inferences, rows)],
        "layout": layout(
            8 + ROW_PX * max(len(events), 1),
            showlegend=False,
            margin={"l": 4, "r": 4, "t": 4, "b": 4},
            shapes=[_rule(n) for n in range(len(events))],
            xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
            yaxis={"range": [len(events) - 0.5, -0.6], "visible": False, "fixedrange": True},
        ),
    }
    columns = ("inference", "events", "supports", "rebut", "against", "state")
    by_id = {event.id: event for event in events}
    return Drawing(
        figure,
        tuple(say(f"log.{c}") for c in columns),
        tuple(_row(proof, n, run, by_id, say) for n, run in enumerate(inferences)),
        _sentence(events, inferences, say),
    )


def letter(n: int) -> str:
    """Return the letter of the n-th inference."""
    return chr(ord("A") + n)


def _events(events: Sequence[Event], lanes: int, say: Say) -> Spec:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [LANE * (lanes + 0.6)] * len(events),
        "y": list(range(len(events))),
        "text": [bold(moment(e, say)) + BREAK + _words(e, say) for e in events],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _words(event: Event, say: Say) -> str:
    return getattr(event.words, say.lang) if event.words else say(f"log.kind.{event.kind}")


def moment(event: Event, say: Say) -> str:
    """Write an event's day and time in China; the day alone where no time is known."""
    if event.at is None:
        assert event.on is not None  # the model requires a day or a time
        return say("log.day", month=event.on.month, day=event.on.day)
    at = event.at.astimezone(CHINA)
    return say("log.time", month=at.month, day=at.day, clock=f"{at:%H:%M}")


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
    proof: Proof, n: int, run: Inference, events: Mapping[str, Event], say: Say
) -> tuple[Cell, ...]:
    name = say(f"fault:inference.{run.id}.name")
    listed = say("table.stop").join(
        say("log.event", at=moment(events[id], say), words=_words(events[id], say))
        for id in run.events
    )
    return (
        Cell(say("log.lettered", letter=letter(n), name=name)),
        Cell(listed),
        Cell(say(f"fault:item.{run.item}.name")),
        Cell(say(f"fault:inference.{run.id}.rebut")),
        Cell(pieces(proof.case, run.rebutted_by, say)),
        Cell(say(f"fault:run.{run.state}"), f"{proof.row}|inference-{run.id}|"),
    )


def _sentence(events: Sequence[Event], inferences: Sequence[Inference], say: Say) -> str:
    if not events:
        return say("log.none")
    shaken = [run for run in inferences if run.state != "stands"]
    return say("log.sentence", events=len(events), runs=len(inferences), shaken=len(shaken))
