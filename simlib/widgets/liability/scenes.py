"""The five scenes of lesson 04; each main knob of each moves a mark of a row in sight."""

from __future__ import annotations

from simlib.widgets.stage.scene import StageScene

FIRST = "fix-1"
ROWS = ("P", "A", "C", "victim")
MEANS = ("assets:C", "assets:P")
SEVERAL: dict[str, object] = {"chosen.mode": "several"}
PARTIAL: dict[str, object] = {"chosen.mode": "partial_joint"}
RICH: dict[str, object] = {"P.assets_fen": None, "A.assets_fen": None, "C.assets_fen": None}
RELEASED: dict[str, object] = {"A.released": True}
INNER: dict[str, object] = {"chosen.partial_payment": "inner"}

SCENES = (
    StageScene(
        "start",
        knobs=("mode", *MEANS),
        rows=ROWS,
        column="paid",
        columns=("exposure", "burden", "paid"),
        position="base",
    ),
    StageScene(
        "solvent",
        knobs=("mode", *MEANS),
        rows=ROWS,
        column="paid",
        columns=("exposure", "paid"),
        position="base",
        changes=RICH,
        turn=SEVERAL,
    ),
    StageScene(
        "recourse",
        knobs=("mode", "sued:A", "assets:C"),
        rows=ROWS,
        column="paid",
        columns=("burden", "paid"),
        position="c-alone",
    ),
    StageScene(
        "release",
        knobs=("released:A", "mode", "assets:C"),
        rows=ROWS,
        column="paid",
        columns=("exposure", "paid"),
        position="base",
        turn=RELEASED,
    ),
    StageScene(
        "caps",
        knobs=("partial_payment", "mode", "assets:P"),
        rows=ROWS,
        column="paid",
        columns=("exposure", "paid"),
        position="principal-12000",
        changes=PARTIAL,
        turn=INNER,
    ),
)
