"""All or nothing, by proof."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.law.authority import authority
from simlib.liability.assumption import Assumption, teaching
from simlib.liability.forms.base import FLAG, Bounds, Form, whole_claim_of, whole_owed, whole_rests
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Debtor, Facts, Setting, Solution, Writer
    from simlib.liability.solve import Point, WholePoint

ELEMENTS = ("act", "damage", "fault", "causation")
STANDARD = "proof.standard"


class Proof(Form):
    """He owes the whole claim if each element of his liability is proved, else nothing."""

    measure = "proof"
    unit = FLAG

    def shares_in(self, measured: FenRange) -> bool:
        """Return whether he is liable at all: each element is proved."""
        return bool(measured)

    def measured(self, facts: Facts[N, F], debtor: Debtor) -> N | None:
        """Return 1 if each element is proved, else 0."""
        proved = facts.proved(debtor.party, ELEMENTS[0])
        for element in ELEMENTS[1:]:
            proved = facts.numbers.minimum(proved, facts.proved(debtor.party, element))
        return proved

    def measured_step(
        self, low: AtEnd, high: AtEnd, debtor: Debtor, value: FenRange
    ) -> Trace[FenRange]:
        """Write each degree of proof and the standard."""
        proof = debtor.party.proof
        where = f"case:parties.{debtor.party.id}.proof"
        leaves = tuple(
            Trace(
                f"proof_{name}",
                getattr(proof, name) if proof else 1,
                "probability",
                source=f"{where}.{name}",
            )
            for name in ELEMENTS
        )
        needed = low.regime.value(STANDARD)
        standard = Trace("standard", needed, "probability", source=f"parameter:{STANDARD}")
        return Trace(
            "proved",
            bool(value),
            "flag",
            "proved.each-element",
            (*leaves, standard),
            party=debtor.id,
            cites=authority("proof", low.case),
        )

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return all that is owed if all is proved, else 0."""
        return here.facts.numbers.where(here.measured[i], whole_owed(here, i), here.constant(0))

    def jointly(self, here: WholePoint, i: int) -> bool:
        """Return whether all is proved against him."""
        return self.joint and bool(here.measured[i])

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return the ends of all that is owed, if all is proved."""
        return whole_claim_of(setting, solution, i) if setting.amount(i) else (0, 0)

    def rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return whether all is proved, and what own fault leaves if it counts for him alone."""
        return *super().rests(reasons, i), *whole_rests(reasons, i)

    def assumed_of_mode(self, setting: Setting) -> Iterator[Assumption]:
        """Yield that proof decides on the whole, and what the file does not state of it."""
        yield teaching("proof.whole", None)
        for debtor in setting.debtors:
            if debtor.party.proof is None and not debtor.principal:
                yield teaching("proof.absent", 1, debtor.id)
