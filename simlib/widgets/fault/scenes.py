"""The five scenes of lesson 02; each main knob of each moves a mark of a row in sight."""

from __future__ import annotations

from simlib.fault import BURDENS, REVIEWS
from simlib.figures.fault.names import name_of
from simlib.widgets.fault.knobs import ABSENT
from simlib.widgets.stage.scene import StageScene

FIRST = "hypo-knowledge"
FORMAL, REAL = REVIEWS
PROVED, INFERRED, PRESUMED = (name_of(burden, REAL) for burden in BURDENS)
ROWS = (PROVED, INFERRED, PRESUMED, name_of(BURDENS[1], FORMAL), name_of(BURDENS[2], FORMAL))
ADVERT, STORY, PRICE = "file:e-advert", "file:e-story", "file:e-price"
SAID = ("grade", "exposure")  # the columns that a class is shown
UNCLEAR = "unclear"  # the scene that also says who bears what stays unclear
JUDGED: dict[str, object] = {
    "criminal[0].status": "effective",
    "criminal[0].finds": ["knowing", "act"],
    "criminal[0].finds_fen": None,
}
FOUND: dict[str, object] = {"e-advert.original": True}
CONTRARY: dict[str, object] = {"chosen.rebuttal": "contrary"}


def out(piece: str) -> dict[str, object]:
    """The facts that take a piece of evidence out of the file."""
    return {f"{piece}.{name}": value for name, value in ABSENT.items()}


SCENES = (
    StageScene(
        "start",
        knobs=("rebuttal", ADVERT, PRICE),
        rows=ROWS,
        columns=SAID,
        position="base",
    ),
    StageScene(
        UNCLEAR,
        knobs=(STORY, ADVERT, "rebuttal"),
        rows=ROWS[:3],
        columns=("grade", "bearer", "exposure"),
        position="base",
        changes=out("e-advert"),
        turn=out("e-story"),
    ),
    StageScene(
        "advert",
        knobs=(ADVERT, "rebuttal", PRICE),
        rows=ROWS,
        columns=SAID,
        position="base",
        turn=FOUND,
    ),
    StageScene(
        "reading",
        knobs=("rebuttal", ADVERT, "standard"),
        rows=ROWS,
        columns=SAID,
        position="base",
        turn=CONTRARY,
    ),
    StageScene(
        "criminal",
        knobs=("verdict:0", "rebuttal", ADVERT),
        rows=ROWS,
        columns=SAID,
        position="base",
        turn=JUDGED,
    ),
)
