"""The law in force for each grade of fault that was not found out, and what that leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from simlib.case.checks import GRADES
from simlib.errors import SimlibError
from simlib.interval import high_end, hull, low_end
from simlib.liability import decide
from simlib.widgets.supposed_grades import open_grades

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.liability import Outcome

MODE = "auto"
ENDS = ("none", "concert")
MOST = 8  # of so many people each is set against the rest


@dataclass(frozen=True)
class Branch:
    """One way in which the open grades may be: id → grade, the case so, its outcome."""

    grades: Mapping[str, str]
    case: Case
    outcome: Outcome

    def fen(self, key: str, party: str) -> FenRange:
        """Return an amount of a party, or without party what is received [fen]."""
        if not party:
            return self.outcome.received_fen
        amount: FenRange = getattr(self.outcome.parties[party], f"{key}_fen")
        return amount


class Branches:
    """All of them; at least one, or `refused` says why the law in force gives no result.

    Attributes
    ----------
    all
        in the order of the grades
    """

    def __init__(self, case: Case) -> None:
        self.open = open_grades(case)
        self.all: list[Branch] = []
        self.refused: SimlibError | None = None
        for grades in self._ways():
            supposed = case.set({f"{id}.grade": grade for id, grade in grades.items()})
            try:
                self.all.append(Branch(grades, supposed, decide(supposed, MODE)))
            except SimlibError as error:
                self.refused = error

    def _ways(self) -> Iterator[dict[str, str]]:
        """Yield the grades to be supposed: of several people all alike, and each against the rest.

        An amount moves one way with a grade, its own or another's, so these hold the ends.
        """
        if not self.open:
            yield {}
            return
        for grade in GRADES:
            yield dict.fromkeys(self.open, grade)
        if 1 < len(self.open) <= MOST:
            for id, (mine, theirs) in product(self.open, (ENDS, ENDS[::-1])):
                yield {**dict.fromkeys(self.open, theirs), id: mine}

    def fen(self, key: str, party: str = "") -> FenRange:
        """Return an amount over all of them [fen]."""
        return hull([branch.fen(key, party) for branch in self.all])

    def least(self, key: str, party: str = "") -> Branch:
        """Return the branch in which an amount can be smallest."""
        return min(self.all, key=lambda branch: low_end(branch.fen(key, party)))

    def most(self, key: str, party: str = "") -> Branch:
        """Return the branch in which an amount can be largest."""
        return max(self.all, key=lambda branch: high_end(branch.fen(key, party)))

    def ends(self, key: str, party: str = "") -> tuple[Branch, Branch]:
        """Return both; an end that every branch reaches is that of the other end's branch."""
        least, most = self.least(key, party), self.most(key, party)
        low, high = low_end(least.fen(key, party)), high_end(most.fen(key, party))
        if all(low_end(branch.fen(key, party)) == low for branch in self.all):
            return most, most
        if all(high_end(branch.fen(key, party)) == high for branch in self.all):
            return least, least
        return least, most
