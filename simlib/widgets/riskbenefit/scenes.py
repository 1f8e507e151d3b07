"""The five scenes of lesson 05; each main knob of each moves a mark of a row in sight."""

from __future__ import annotations

from simlib.widgets.riskbenefit.forms import PARAMETER
from simlib.widgets.riskbenefit.knobs import ASSUMED
from simlib.widgets.stage.scene import StageScene

FIRST, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"
STEPS = ("gain", "risk", "cause", "base", "share")
# what the position `assumed` of the case fills in
FILL: dict[str, object] = {
    "zhang.foresight": 0.9, "zhang.control": 0.6, "zhang.indispensability": 0.8, "zhang.push": 0.6,
}  # fmt: skip
LOWER: dict[str, object] = {f"chosen.{PARAMETER}base.payment": 0.1}
ACCOUNT: dict[str, object] = {"zhang.act": "account"}
CARELESS: dict[str, object] = {"zhang.grade": "slight", "zhang.fault": None}
MULTIPLIED: dict[str, object] = {"chosen.aggregator": "multiplicative"}

SCENES = (
    StageScene(
        "start",
        knobs=("filled", "gain_direct_fen", "base"),
        rows=STEPS,
        column="value",
        columns=("value", "whence"),
        position="found",
        turn=FILL,
    ),
    StageScene(
        "base",
        knobs=("base", "gain_direct_fen", "push"),
        rows=STEPS,
        column="value",
        columns=("value", "whence"),
        position=ASSUMED,
        turn=LOWER,
    ),
    StageScene(
        "act",
        knobs=("act", "direct", "base"),
        rows=("court", "law", "risk", "base", "share"),
        column="value",
        columns=("value", "whence"),
        position=ASSUMED,
        turn=ACCOUNT,
    ),
    StageScene(
        "grade",
        knobs=("grade", "foresight", "base"),
        rows=("law", "risk", "base", "share"),
        column="value",
        columns=("value", "whence"),
        position=ASSUMED,
        turn=CARELESS,
    ),
    StageScene(
        "twin",
        knobs=("aggregator", "base", "push"),
        rows=("court", "score", "base", "share"),
        column="value",
        columns=("value", "whence"),
        position=ASSUMED,
        turn=MULTIPLIED,
        case_id=TWIN,
        party="long",
    ),
)
