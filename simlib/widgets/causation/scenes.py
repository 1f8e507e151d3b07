"""The five scenes of lesson 03; each main knob of each moves a mark of a row in sight."""

from __future__ import annotations

from simlib.widgets.stage.scene import StageScene

FIRST = "hypo-chain"
GAO, DU, LUO = "gao", "du", "luo"
ROWS = (GAO, DU, "tao", LUO, "shi")
COLUMNS = ("but_for", "ness", "furthering", "passed")
SWITCHES = ("switch:1", "switch:2", "switch:3")  # Gao's card, Du's card, the posts
PROMISE = f"promise:{LUO}"
GAO_OFF: dict[str, object] = {"chosen.act:lend-1": False}
DU_OFF: dict[str, object] = {"chosen.act:lend-2": False}
PROMISED: dict[str, object] = {"luo.grade": "concert", "luo.fault": None}

SCENES = (
    StageScene(
        "start", knobs=SWITCHES, rows=ROWS, column="passed", columns=COLUMNS, position="base"
    ),
    StageScene(
        "both",
        knobs=SWITCHES,
        rows=ROWS,
        column="passed",
        columns=COLUMNS,
        position="base",
        turn=GAO_OFF | DU_OFF,
    ),
    StageScene(
        "substitute",
        knobs=SWITCHES,
        rows=ROWS,
        column="passed",
        columns=COLUMNS,
        position="base",
        turn=DU_OFF,
    ),
    StageScene(
        "reserve",
        knobs=SWITCHES,
        rows=ROWS,
        column="passed",
        columns=COLUMNS,
        position="one-card",
    ),
    StageScene(
        "promise",
        knobs=(PROMISE, "switch:1", "switch:3"),
        rows=(LUO, GAO, DU, "tao", "shi"),
        column="passed",
        columns=COLUMNS,
        position="base",
        turn=PROMISED,
    ),
)
