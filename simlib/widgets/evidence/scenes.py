"""The five scenes of lesson 08; each main knob of each moves a mark of a row in sight."""

from __future__ import annotations

from simlib.evidence.request import PLACES
from simlib.procedure import REGIMES
from simlib.widgets.stage.scene import StageScene

FIRST = "2024-lu-0302-5690"
LAW, PARALLEL = "stay_if_prejudicial", "parallel"
CHAT, LOG, BANK, SCREENSHOT = KINDS = ("chat", "log", "bank-records", "screenshot")
UNTIL, ANSWERED, CHANCE, PROVES = "until", "answered", "chance", "proves"
ASKED, LEFT, MONEY = "asked", "left", "money"
MATCH, AFTER, TRUTH = "match", "after", "truth"
DEPOSITS = ("same", "altered", "forged", "bare")
COLUMNS = {  # scene → the columns of its board
    "holders": (UNTIL, PROVES, CHANCE),
    "late": (UNTIL, ANSWERED, CHANCE),
    "wait": (ASKED, LEFT, MONEY),
    "hash": (MATCH, AFTER, TRUTH),
    "far": (ANSWERED, CHANCE),
}
SPOKEN = {  # scene → the row of its large number
    "holders": CHAT, "late": LOG, "wait": LAW, "hash": "forged", "far": "province",
}  # fmt: skip
LATE: dict[str, object] = {"chosen.ask": 187}
FAST: dict[str, object] = {"chosen.reply": "platform_48h"}
MEANS: dict[str, object] = {
    "zhang.assets_fen": 2_500_000, "chosen.sue": 6, "chosen.caught": 6, "chosen.delete": 0,
}  # fmt: skip
PRESERVED: dict[str, object] = {"chosen.preserve": 160}  # less than thirty days before the suit
CONTESTED: dict[str, object] = {"chosen.objection": "after"}
FORGED: dict[str, object] = {"chosen.objection": "before"}
FAR: dict[str, object] = {"chosen.ask": 150}

SCENES = (
    StageScene(
        "holders",
        knobs=("ask", "reply", "preserve"),
        rows=KINDS,
        column=CHANCE,
        columns=COLUMNS["holders"],
        position="found",
        turn=LATE,
        covered=(CHAT, LOG),
    ),
    StageScene(
        "late",
        knobs=("reply", "ask", "preserve"),
        rows=KINDS,
        column=CHANCE,
        columns=COLUMNS["late"],
        position="found",
        changes=LATE,
        turn=FAST,
        covered=(CHAT, LOG),
    ),
    StageScene(
        "wait",
        knobs=("preserve", "sue", "caught"),
        rows=REGIMES,
        column=MONEY,
        columns=COLUMNS["wait"],
        position="found",
        changes=MEANS,
        turn=PRESERVED,
        covered=REGIMES,
    ),
    StageScene(
        "hash",
        knobs=("objection", "explains", "complies"),
        rows=DEPOSITS,
        column=TRUTH,
        columns=COLUMNS["hash"],
        position="found",
        changes=CONTESTED,
        turn=FORGED,
        covered=("forged",),
    ),
    StageScene(
        "far",
        knobs=("reply", "ask", "preserve"),
        rows=PLACES,
        column=CHANCE,
        columns=COLUMNS["far"],
        position="found",
        changes=FAR,
        turn=FAST,
        covered=PLACES,
    ),
)
