"""Why a row stands still: the knob that was moved does not enter this procedure, or not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.fault import Finding

FORMAL = "formal"


def still_key(group: str, finding: Finding) -> str:
    """Which words say why moving a knob of `group` changed nothing in this procedure.

    Returns
    -------
    str
        a key under `still` in `texts/*/fault_lesson.toml`
    """
    if finding.locked:
        return "locked"
    if group == "rebuttal":
        return "rebuttal-same" if finding.infers else "rebuttal-unused"
    if group == "standard":
        return "standard-defendant" if finding.burden == "presumed_fault" else "standard-same"
    if group == "criminal":
        return "document"
    if finding.review == FORMAL:
        return "form"
    return "defendant" if finding.burden == "presumed_fault" else "gravest"


def stood(before: Mapping[str, Finding], now: Mapping[str, Finding]) -> list[str]:
    """The procedures that give the same grade as before."""
    return [name for name, f in now.items() if name in before and before[name].grade == f.grade]
