"""What a time line assumes: neither law nor in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from simlib.law.regime import regime_for
from simlib.liability.assumption import Assumption, entry, teaching
from simlib.procedure.known_days import ASSUMED, entry_of, history
from simlib.procedure.proof import finds_knowledge

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.procedure.timeline import Line

ALWAYS = ("whole-limits", "holidays", "variants")


def assumptions(
    case: Case, switches: Mapping[str, str], lines: Mapping[str, Line], at_once: bool,
    appraisal_days: int | None,
) -> Iterator[Assumption]:  # fmt: skip
    """Yield each assumption once: `{"key", "value", "basis"}`.

    Parameters
    ----------
    at_once
        whether nobody said when she sues
    appraisal_days
        days of an appraisal; None for no appraisal
    """
    for key in ALWAYS:
        yield teaching(f"procedure.{key}", None)
    if appraisal_days is None:
        yield teaching("procedure.excluded", None)
    else:
        yield teaching("procedure.appraised", appraisal_days)
    if history(case)["reported"].source == ASSUMED:
        yield teaching("procedure.reported", str(case.acted_on))
    if at_once:
        yield teaching("procedure.at-once", None)
    states = {step.state for line in lines.values() for step in line.steps}
    if "at_large" in states:
        yield teaching("procedure.no-end", None)
    if "investigation" in states:
        yield teaching("procedure.arrest", None)
    if "reported" in states and "opened" not in history(case):
        yield teaching("procedure.opening_days", regime_for(case).value("procedure.opening_days"))
    if "enforcement" in states:
        months = regime_for(case).value("procedure.enforcement_months")
        yield teaching("procedure.enforcement_months", months)
    if "small" in states:
        yield teaching("procedure.wage_fen", regime_for(case).value("procedure.wage_fen"))
    criminal = entry_of(case)
    if criminal and criminal.finds is None and finds_knowledge(case):
        yield teaching("procedure.charge-finds", None, criminal.party)
    if criminal is None:
        yield teaching("procedure.would-find", None)
    if switches["proof"] == "file":
        yield teaching("procedure.proof-read-off", None)
    yield teaching("procedure.fraud-proved", None)
    if any(g.key == "restitution_whole" and g.holds for line in lines.values()
           for said in line.admissions for g in said.grounds):  # fmt: skip
        yield entry("procedure.restitution-bars", None, "doctrine")
    if "preserved" in states:
        yield teaching("procedure.refusal-lifts", None)
