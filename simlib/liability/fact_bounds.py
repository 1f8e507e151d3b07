"""The facts of one case as forms read them, the unknown ones at their lower or upper ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, cast

from simlib import causation, chain
from simlib.interval import Number, at_ends, high_end, low_end
from simlib.law.authority import authority
from simlib.law.rule import word
from simlib.liability.facts import due, own_fault_against
from simlib.liability.numbers import WHOLE, Whole
from simlib.money import exact, half_up, split_units
from simlib.trace import Trace, V_co

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.interval import FenRange
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.records import Debtor, Means, ReasonedClaim
    from simlib.money import Fen, Share

GAINS, CAUSE, LIMIT, COURT_SHARE = "gains", "cause", "limit", "court_share"


@dataclass(frozen=True, slots=True)
class AtEnd:
    """One end of everything a case leaves open; see `simlib.liability.numbers.Facts`."""

    case: Case
    claim: ReasonedClaim
    rules: Rules
    regime: Regime
    high: bool
    numbers: ClassVar[Whole] = WHOLE
    in_piece: ClassVar[bool] = False
    no_fraction: ClassVar[Share] = 0

    def constant(self, number: int) -> int:
        """Return the number."""
        return number

    def means(self, debtor: Debtor) -> Means[Fen] | None:
        """Return what of his property the claim can reach."""
        return debtor.means

    def own_part(self, debtor: Debtor) -> Fen | None:
        """Return the most he answers for where the loss is taken as one piece all the same."""
        return debtor.own_part

    def fault_step(self, debtor: Debtor) -> Trace[Share]:
        """Return the claimant's own fault as it counts against one debtor, as a step."""
        step = self.claim.fault.step
        if own_fault_against(debtor, self, self.claim.own_fault) == self.claim.own_fault:
            return step
        rests = (step, debtor.grade.step)
        return Trace("victim_fault", 0, "weight", "victim_fault.on-purpose", rests)

    def due_step(self, debtor: Debtor, step: Trace[V_co]) -> Trace[V_co]:
        """Write what own fault leaves of an amount measured on the damages; itself, if all."""
        measured = cast("FenRange", step.value)  # only steps of amounts are asked about
        fen = at_ends(lambda amount: due(debtor, self, amount), measured)
        value = cast("V_co", fen)  # of the step's own kind: an amount
        if value == step.value:
            return step
        rests = (step, self.claim.fault.step)
        cites = authority("own_fault", self.case)
        return replace(step, value=value, rule="due.less-own-fault", children=rests, cites=cites)

    @property
    def tracing(self) -> str:
        """How the claimant's money is followed through others' accounts."""
        return word(self.rules, "tracing")

    def of_case(self, field: str) -> Fen:
        """Return an amount the case states."""
        stated: Fen = getattr(self.case, field)
        return stated

    def amount(self, party: Party, field: str) -> Fen:
        """Return an amount stated of a party: anything up to the loss, if it is not."""
        stated = getattr(party, field)
        return (self.case.loss_fen if self.high else 0) if stated is None else stated

    def fraction(self, party: Party, field: str) -> Share:
        """Return a fraction stated of a party: anything up to 1, if it is not."""
        stated = getattr(party, field)
        return float(self.high) if stated is None else stated

    def cause(self, debtor: Debtor) -> Share:
        """Return a debtor's causal force."""
        return (high_end if self.high else low_end)(debtor.cause.value)

    def gains(self, party: Party) -> Fen:
        """Return his apportioned gains: any up to the damages, if direct ones are not known."""
        if party.gain_direct_fen is None and self.high:
            return self.claim.damages_fen
        factor = chain.gain_factor(self.case, party.id, self.tracing)
        gains = (party.gain_direct_fen or 0) + party.gain_indirect_fen
        return gains if factor is None else self.numbers.apportioned(gains, factor)

    def lost_chance(self, party: Party, own_fault: Share) -> Fen:
        """Return an end of the lost chance of recovery, less her own fault; rounded once."""
        return half_up(self.chance(party) * (1 - exact(own_fault)))

    def chance(self, party: Party) -> Fraction:
        """Return an end of the lost chance before her own fault; of all she lost, if not known."""
        lost = causation.chance(self.case, party.id, self.regime, self.tracing)
        if lost.refusal == causation.NO_MONEY:
            most = max(self.regime.value(key) for key in causation.ENDS)
            return self.case.loss_fen * exact(most) * self.high
        return Fraction(lost.ends[self.high])

    def proved(self, party: Party, element: str) -> int:
        """Return 1 where an element is proved to the standard; one not spoken of is."""
        degree = getattr(party.proof, element) if party.proof else 1
        return int(degree >= self.regime.value("proof.standard"))


@dataclass(frozen=True, slots=True)
class Given(AtEnd):
    """The facts with one debtor's causal force and gains given."""

    cause_given: Share = 0
    gains_given: Fen = 0

    @classmethod
    def of(cls, facts: AtEnd, cause: Share, gains: Fen) -> Given:
        """Return facts with a causal force and gains given."""
        return cls(facts.case, facts.claim, facts.rules, facts.regime, facts.high, cause, gains)

    def cause(self, debtor: Debtor) -> Share:
        """Return the causal force given."""
        return self.cause_given

    def gains(self, party: Party) -> Fen:
        """Return the gains given."""
        return self.gains_given


@dataclass(frozen=True, slots=True)
class InPiece(AtEnd):
    """The facts as one piece of the loss is decided by.

    Attributes
    ----------
    gained
        party → the sizes of his pieces, over which his gains are divided, and which of them it is
    noneconomic_fen
        what of the loss that is not economic falls to it [fen]
    given
        (party, fact) → what stands for an unknown fact; gains are those on all his pieces
    """

    gained: Mapping[str, tuple[tuple[Fen, ...], int]] = field(default_factory=dict)
    noneconomic_fen: Fen = 0
    given: Mapping[tuple[str, str], Number] = field(default_factory=dict)
    in_piece: ClassVar[bool] = True

    def of_case(self, field: str) -> Fen:
        """Return an amount the case states; of the loss that is not economic this piece's part."""
        if field == "loss_noneconomic_fen":
            return self.noneconomic_fen
        return AtEnd.of_case(self, field)

    def gains(self, party: Party) -> Fen:
        """Return what of his gains falls to this piece."""
        whole = self.given.get((party.id, GAINS))
        if whole is None:
            if party.gain_direct_fen is None and self.high:
                return self.claim.damages_fen
            whole = AtEnd.gains(self, party)
        sizes, place = self.gained[party.id]
        return split_units(int(whole), sizes)[place]

    def fraction(self, party: Party, field: str) -> Share:
        """Return a fraction stated of a party, or what is given for it."""
        given = self.given.get((party.id, field))
        return AtEnd.fraction(self, party, field) if given is None else given

    def cause(self, debtor: Debtor) -> Share:
        """Return a debtor's causal force, or what is given for it."""
        given = self.given.get((debtor.party.id, CAUSE))
        return AtEnd.cause(self, debtor) if given is None else given
