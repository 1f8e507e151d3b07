"""How lesson 02 names grades, burdens and pieces of evidence, the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simlib import fault

if TYPE_CHECKING:
    from simlib.case.model import Case, Evidence
    from simlib.fault import Finding
    from simlib.lessons.outcome import Say


def graded_words(finding: Finding, say: Say) -> str:
    """Name a grade, and whether it is presumed or fixed by a judgment."""
    name, mark = say(f"terms:grades.{finding.grade}"), mark_of(finding)
    return name if mark == "found" else say(f"found.with_{mark}", grade=name)


def mark_of(finding: Finding) -> str:
    """Return how a grade was reached: `found`, `inferred` from other facts by a court that must be
    convinced, `presumed`, or `locked` by a judgment in force."""
    if finding.locked:
        return "locked"
    if not finding.presumed:
        return "found"
    return "inferred" if finding.burden == "plaintiff" else "presumed"


def burden_words(finding: Finding, say: Say) -> str:
    """Name a burden, and by which reading of 足以反驳 it is applied."""
    name = say(f"fault:burden.{finding.burden}.name")
    return say(f"found.reading_{finding.rebuttal}", burden=name) if finding.infers else name


def late_runs(case: Case, party: str) -> set[str]:
    """Return the ids of the inferences from what happened after the claimant had paid."""
    return {run.id for run in fault.verify(case, party) if fault.after_loss(case, run)}


def run_names(case: Case, party: str, ids: Iterable[str], say: Say) -> list[str]:
    """Name inferences, and which of them are from after the payment."""
    late, names = late_runs(case, party), {id: say(f"fault:inference.{id}.name") for id in ids}
    return [say("table.late", name=names[id]) if id in late else names[id] for id in names]


def piece(case: Case, id: str, say: Say) -> str:
    """Name a piece of evidence."""
    evidence = next((e for e in case.evidence if e.id == id), None)
    return called(evidence, say) if evidence else id


def called(evidence: Evidence, say: Say) -> str:
    """What readers call a piece of evidence."""
    return getattr(evidence.name, say.lang) if evidence.name else evidence.id


def pieces(case: Case, ids: Iterable[str], say: Say) -> str:
    """Name several pieces of evidence, or return a dash."""
    return say("table.between").join(piece(case, id, say) for id in ids) or "—"
