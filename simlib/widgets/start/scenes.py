"""The five scenes of lesson 00; each main knob of each moves a mark of a row in sight."""

from __future__ import annotations

from simlib.widgets.stage.scene import StageScene

FIRST, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"
COUNT = ("dismissed", "ruling", "judgment", "heard")
SAMPLE = ("cited", "chance", "picked")
FIVE = ("document", "merits", "fee", "appeal", "again")
FILES, SHARE, ENDING = "files", "share", "ending"  # the column whose numbers stand on each board
ALL_JUDGMENTS: dict[str, object] = {"chosen.rulings": 0}
ALL_RULINGS: dict[str, object] = {"chosen.rulings": 36}
REJECTED: dict[str, object] = {"chosen.ending": "dismiss_suit"}
DISMISSED: dict[str, object] = {"chosen.ending": "dismiss_claim"}
GRANTED: dict[str, object] = {"chosen.ending": "support"}
AT_RANDOM: dict[str, object] = {"chosen.sample": "random"}

SCENES = (
    StageScene("number", knobs=("rulings", "heard"), rows=COUNT, column=FILES, position="found"),
    StageScene(
        "paper",
        knobs=("rulings", "heard"),
        rows=COUNT,
        column=FILES,
        position="found",
        changes=ALL_JUDGMENTS,
        turn=ALL_RULINGS,
    ),
    StageScene(
        "sorting",
        knobs=("ending", "beside"),
        rows=FIVE,
        column=ENDING,
        columns=("beside", ENDING),
        position="found",
        changes=REJECTED,
        turn=DISMISSED,
    ),
    StageScene(
        "again",
        knobs=("ending", "fact"),
        rows=("document", "merits", "again"),
        column=ENDING,
        position="found",
        changes=DISMISSED,
        turn=REJECTED,
    ),
    StageScene(
        "data",
        knobs=("sample", "size", "level"),
        rows=SAMPLE,
        column=SHARE,
        position="found",
        turn=AT_RANDOM,
    ),
)
