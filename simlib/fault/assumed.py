"""What a finding of fault assumes: neither the law nor the evidence settles it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.fault.weighing import Judged, concert_if_ordinary
from simlib.law.citation import BINDING, article, article_day, article_for, in_force
from simlib.trace import Assumption

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.fault.weigh import Scales

DOCTRINE, PROPOSAL, TEACHING = "doctrine", "reform proposal", "teaching assumption"


def assumed(
    scales: Scales, judged: tuple[Judged, ...], grades: tuple[str, str], cites: tuple[str, ...]
) -> Iterator[Assumption]:
    """Yield each assumption once: its key, value and basis, and `party` where it is one's.

    Parameters
    ----------
    grades
        the grade found, and the one on the other reading of 足以反驳
    """
    who: Assumption = {"party": scales.party.id}
    counting = [j for j in judged if j.left != "none"]
    if counting:
        yield {"key": "fault.grade-rule", "value": grades[0], "basis": TEACHING}
    yield from _of_readings(scales, grades, who)
    yield from _of_items(counting, scales.case, who)
    yield from _of_procedure(scales, judged, who)
    for cite in cites:
        yield from _dated(cite, scales.case)


def _of_readings(scales: Scales, grades: tuple[str, str], who: Assumption) -> Iterator[Assumption]:
    """Yield what is open in doctrine: 足以反驳, and the degree of proof of concert and of fraud."""
    if scales.way.infers:
        yield {"key": "rule.rebuttal", "value": scales.way.rebuttal, "basis": DOCTRINE}
        if grades[0] != grades[1]:
            key = "fault.other-reading"
            yield {"key": key, "value": grades[1], "basis": DOCTRINE, **who}
    concert = concert_if_ordinary(scales)
    if concert is not None:
        other = "concert" if concert else grades[0]
        yield {"key": "fault.concert-standard", "value": other, "basis": DOCTRINE, **who}


def _of_procedure(
    scales: Scales, judged: tuple[Judged, ...], who: Assumption
) -> Iterator[Assumption]:
    way = scales.way
    if way.burden == "presumed_fault":
        yield {"key": "fault.no-statutory-basis", "value": "civil-code:1165(2)", "basis": PROPOSAL}
    if way.standard == "higher":
        yield {"key": "fault.higher-standard", "value": "paper:proof-standard", "basis": TEACHING}
    if way.review == "formal":
        cited = "civil-procedure-interpretation:105"
        yield {"key": "fault.formal-review", "value": cited, "basis": TEACHING}
    if any(e.assumed and e.effect == "locked" for e in scales.effects):
        yield {"key": "fault.finds-by-charge", "value": None, "basis": TEACHING, **who}
    if any(e.element == "knowing" and e.effect == "public-document" for e in scales.effects):
        yield {"key": "fault.public-record", "value": None, "basis": TEACHING, **who}
    if scales.defence[0]:
        yield {"key": "fault.defence-rule", "value": scales.defence[0], "basis": TEACHING, **who}
    if scales.inferences:
        yield {"key": "fault.patterns", "value": len(scales.inferences), "basis": TEACHING}
    if _contrary_shown(scales, judged):
        yield {"key": "fault.overturn-step", "value": None, "basis": TEACHING}


def _contrary_shown(scales: Scales, judged: tuple[Judged, ...]) -> bool:
    """Tell whether the contrary is proved of what only 足以推翻 answers here."""
    finds = any(e.element == "knowing" and e.effect == "locked" for e in scales.effects)
    locked = finds and scales.hits("knowledge", "fault")[0] == "rebut"
    return locked or any(j.needed == "overturn" and j.hit == "rebut" for j in judged)


def _of_items(counting: list[Judged], case: Case, who: Assumption) -> Iterator[Assumption]:
    groups = {j.group for j in counting}
    if groups & {"bx-11", "opinion-2025"}:
        yield {"key": "fault.criminal-items", "value": None, "basis": TEACHING}
    if "paper" in groups:
        yield {"key": "fault.paper-items", "value": "paper:checklist", "basis": PROPOSAL}
    if any(j.left != j.grade for j in counting):
        yield {"key": "fault.knowledge-rebutted", "value": "gross", "basis": TEACHING, **who}
    for judged in counting:
        if not article_for(judged.cite, case).verified:
            yield {"key": "fault.not-verified", "value": judged.cite, "basis": TEACHING}


def _dated(cite: str, case: Case) -> Iterator[Assumption]:
    """Yield a binding article that was not in force on the day of the case that counts for it."""
    day = article_day(cite, case)
    basis = article(cite, day).basis
    if basis in BINDING and not in_force(cite, day):
        yield {"key": "misfit.not-in-force", "value": cite, "basis": basis}
