"""The five scenes of lesson 01; each main knob of each moves a mark of a row in sight."""

from __future__ import annotations

from simlib.widgets.stage.scene import StageScene

FIRST, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"
COURT = "court"  # the row of the last decision; earlier ones are `court:0`, …
ROWS = ("auto", "several", "risk_benefit", "all_or_nothing", "joint", "partial_joint",
        "supplementary", "benefit_cap", "discretionary")  # fmt: skip
GROSS: dict[str, object] = {"zhang.grade": "gross", "zhang.fault": None}
NO_GAIN: dict[str, object] = {"zhang.gain_direct_fen": 0}
SUED: dict[str, object] = {"principal.sued": True}
INSOLVENT: dict[str, object] = {"principal.assets_fen": 0}

SCENES = (
    StageScene(
        "start",
        knobs=("grade", "cause", "undeterminable"),
        rows=(COURT, "auto", "several", "risk_benefit", "all_or_nothing"),
        position="found",
    ),
    StageScene(
        "grade",
        knobs=("grade", "proof_fault", "undeterminable"),
        rows=(COURT, "auto", "several", "risk_benefit", "joint"),
        position="found",
        turn=GROSS,
    ),
    StageScene(
        "gain",
        knobs=("gain", "cause", "grade"),
        rows=("auto", "several", "risk_benefit", "benefit_cap"),
        position="found",
        turn=NO_GAIN,
    ),
    StageScene(
        "forms",
        knobs=("grade", "proof_fault", "principal_assets"),
        rows=("auto", "joint", "several", "all_or_nothing"),
        columns=("exposure", "received", "burden"),
        position="found",
        changes=SUED,
    ),
    StageScene(
        "insolvent",
        knobs=("principal_assets", "assets", "grade"),
        rows=("auto", "joint", "several", "risk_benefit"),
        column="received",
        columns=("received", "burden"),
        position="undeterminable",
        changes=SUED | INSOLVENT,
    ),
)


def is_court(row: str) -> bool:
    """Whether a row is a decision, the last or an earlier one."""
    name, _, place = row.partition(":")
    return name == COURT and (not place or place.isdecimal())
