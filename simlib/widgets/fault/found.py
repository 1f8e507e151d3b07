"""What six procedures make of one file, and what each grade leads to; each reckoned once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.errors import SimlibError
from simlib.figures.fault.names import name_of
from simlib.liability import decide

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.fault import Finding
    from simlib.interval import FenRange
    from simlib.law.rule import Rules
    from simlib.liability import Outcome

NAMES = tuple(name_of(burden, review) for burden in fault.BURDENS for review in fault.REVIEWS)


@dataclass(frozen=True, slots=True)
class Told:
    """A grade of fault as one procedure finds it, and the liability that follows."""

    finding: Finding
    outcome: Outcome | None

    def to_json(self) -> dict[str, Any]:
        """Both as plain data; no outcome where the law in force gives none."""
        plain = asdict(self.finding) | {"trace": self.finding.trace.to_json()}
        return {"finding": plain, "outcome": self.outcome and self.outcome.to_json()}


class Found(Mapping[str, Told]):
    """`burden.review` → what it finds, and the liability under the law in force.

    Attributes
    ----------
    case, party
        the file as it stands, and whose fault is in question
    """

    def __init__(self, case: Case, party: str, standard: str, rebuttal: str = "doubt") -> None:
        self.case, self.party = case, party
        rules: Rules = {"rebuttal": rebuttal}
        self.findings = {
            name_of(burden, review): fault.find(
                case, party, burden, review, standard=standard, rules=rules
            )
            for burden in fault.BURDENS
            for review in fault.REVIEWS
        }
        found = self.findings.values()
        grades = dict.fromkeys(grade for f in found for grade in (f.grade, f.otherwise))
        self.cases = {grade: graded(case, party, grade) for grade in grades}
        self.outcomes = {grade: _decided(at) for grade, at in self.cases.items()}

    @property
    def owed(self) -> dict[str, FenRange | None]:
        """Grade → what may be claimed of the helper [fen]; None: the law in force has no answer."""
        return {grade: self._of(outcome) for grade, outcome in self.outcomes.items()}

    def owed_at(self, grade: str) -> FenRange | None:
        """What may be claimed of him with any grade, whether a procedure finds it or not [fen]."""
        if grade in self.outcomes:
            return self._of(self.outcomes[grade])
        return self._of(_decided(graded(self.case, self.party, grade)))

    def _of(self, outcome: Outcome | None) -> FenRange | None:
        return None if outcome is None else outcome.parties[self.party].exposure_fen

    def __getitem__(self, name: str) -> Told:
        """What one procedure finds."""
        finding = self.findings[name]
        return Told(finding, self.outcomes[finding.grade])

    def __iter__(self) -> Iterator[str]:
        """The six procedures, the plaintiff's burden first."""
        return iter(NAMES)

    def __len__(self) -> int:
        """Six."""
        return len(NAMES)


def graded(case: Case, party: str, grade: str) -> Case:
    """The case with this grade of fault."""
    return case.set({f"{party}.grade": grade, f"{party}.fault": None})


def _decided(case: Case) -> Outcome | None:
    try:
        return decide(case, "auto")
    except SimlibError:  # acted before the Civil Code, or facts the law in force needs are missing
        return None
