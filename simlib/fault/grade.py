"""The grade of fault the law knows, and the weight some theories ask for, as a file states them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import WeightRange, hull
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.law.regime import Regime

GRADES = ("none", "slight", "gross", "knowing", "concert")
BANDS = {"gross": "bands.gross", "knowing": "bands.knowing", "concert": "bands.concert"}


def grade_of(weight: float, regime: Regime) -> str:
    """Return the grade of a fault given as a number in [0, 1]: none at 0, concert only at the
    top."""
    if weight == 0:
        return "none"
    reached = [g for g, key in BANDS.items() if weight >= regime.value(key)]
    return reached[-1] if reached else "slight"


def band(grade: str, regime: Regime) -> tuple[float, float]:
    """Return the weights a grade allows, as closed ends in [0, 1]."""
    top = regime.value("bands.concert")
    floors = {"none": 0.0, "slight": 0.0} | {g: regime.value(k) for g, k in BANDS.items()}
    ceilings = {"none": 0.0, "slight": floors["gross"], "gross": floors["knowing"], "knowing": top}
    return floors[grade], ceilings.get(grade, top)


def grade(party: Party, regime: Regime) -> Trace[str]:
    """Return a party's grade of fault: stated, else read off his weight."""
    where = f"case:parties.{party.id}"
    if party.grade is not None:
        return Trace("grade", party.grade, "grade", source=f"{where}.grade", party=party.id)
    number = _number(party, regime)
    reached = grade_of(number.value, regime)
    return Trace("grade", reached, "grade", "grade.bands", (number,), party=party.id)


def weight(party: Party, regime: Regime) -> Trace[WeightRange]:
    """Return a party's fault as a number in [0, 1]; an interval if only the grade is known."""
    if party.fault is not None or party.grade is None:
        return _number(party, regime)
    value = hull(band(party.grade, regime))
    source = f"case:parties.{party.id}.grade"
    stated = Trace("grade", party.grade, "grade", source=source, party=party.id)
    return Trace("fault", value, "weight", "fault.band", (stated,), party=party.id)


def _number(party: Party, regime: Regime) -> Trace[float]:
    """Return the weight the file states, or the one principals have by default.

    Raises
    ------
    ValueError
        if it states none and he is no principal: a case that was checked has a grade then
    """
    where = f"case:parties.{party.id}"
    if party.fault is not None:
        return Trace("fault", party.fault, "weight", source=f"{where}.fault", party=party.id)
    if party.role != "principal":
        raise ValueError(f"{where} has neither fault nor grade")
    key = "default.principal_fault"
    return Trace("fault", regime.value(key), "weight", source=f"parameter:{key}", party=party.id)
