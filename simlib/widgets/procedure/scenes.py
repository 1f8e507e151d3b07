"""The five scenes of lesson 07; each main knob of each moves a mark of a row in sight."""

from __future__ import annotations

from simlib.figures.board import COURT
from simlib.procedure import REGIMES
from simlib.widgets.stage.scene import StageScene

FIRST = "2024-lu-0302-5690"
LAW, PARALLEL = "stay_if_prejudicial", "parallel"
DOCUMENT, AGAIN, MONTHS, MONEY = "document", "again", "months", "money"
COLUMNS = {  # scene → the columns of its board
    "investigation": (DOCUMENT, MONTHS),
    "at_large": (DOCUMENT, MONTHS),
    "early": (DOCUMENT, AGAIN, MONTHS),
    "after": (DOCUMENT, MONTHS),
    "assets": (DOCUMENT, MONEY),
}
SPOKEN = {"early": PARALLEL}  # scene → the regime of its large number, if not the law in force
PICTURED = ("investigation", "at_large", "early")  # with five rows there is no room for tracks
NEVER: dict[str, object] = {"chosen.caught": None}
SOME: dict[str, object] = {"chosen.proof": "some"}
ENOUGH: dict[str, object] = {"chosen.proof": "enough"}
EARLY: dict[str, object] = {"chosen.sue": 1}
LATE: dict[str, object] = {"chosen.sue": 12}
FULL: dict[str, object] = {"chosen.disposition": "full"}
AFTER: dict[str, object] = {"chosen.sue": 18, "chosen.effective": 12}
MEANS: dict[str, object] = {"zhang.assets_fen": 2_500_000, "chosen.sue": 1, "chosen.leak": 5}
FROZEN: dict[str, object] = {"chosen.preserve": 0}

SCENES = (
    StageScene(
        "investigation",
        knobs=("sue", "caught", "proof"),
        rows=REGIMES,
        column=MONTHS,
        columns=COLUMNS["investigation"],
        position="found",
    ),
    StageScene(
        "at_large",
        knobs=("proof", "caught", "sue"),
        rows=REGIMES,
        column=MONTHS,
        columns=COLUMNS["at_large"],
        position="found",
        changes={**EARLY, **NEVER},
        turn=SOME,
        covered=REGIMES,
    ),
    StageScene(
        "early",
        knobs=("proof", "sue", "caught"),
        rows=REGIMES,
        column=MONTHS,
        columns=COLUMNS["early"],
        position="found",
        changes=EARLY,
        turn=ENOUGH,
        covered=(PARALLEL,),
    ),
    StageScene(
        "after",
        knobs=("disposition", "sue", "effective"),
        rows=(*REGIMES, COURT),
        column=MONTHS,
        columns=COLUMNS["after"],
        position="found",
        changes=AFTER,
        turn=FULL,
        covered=REGIMES,
    ),
    StageScene(
        "assets",
        knobs=("preserve", "leak", "sue"),
        rows=(*REGIMES, COURT),
        column=MONEY,
        columns=COLUMNS["assets"],
        position="found",
        changes=MEANS,
        turn=FROZEN,
    ),
)
