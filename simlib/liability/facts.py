"""What a decision starts from: who is liable, the claim, and what was paid before."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib import causation, chain, fault
from simlib.errors import NoRule
from simlib.law.authority import authority
from simlib.law.rule import word
from simlib.liability.purse import Purse, reach, sharing
from simlib.liability.reasoned import Reasoned, reasoned
from simlib.liability.restitution_orders import restored
from simlib.money import exact, half_up
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.interval import ShareRange
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.money import Fen, Share


KNOWING = ("knowing", "concert")  # grades from which 1169 makes a helper jointly liable


@dataclass(frozen=True, slots=True)
class Debtor:
    """A liable party: what the solver needs of him, in fen and flags.

    `party` did the act; `payer` answers for it: himself, or his guardian or employer. `assets`
    are those this claim can reach, by itself or beside others' restitution that ranks with it:
    `purses` are then each person's assets and that restitution.
    """

    party: Party
    payer: Party
    principal: bool
    sued: bool
    released: bool
    assets: Fen | None
    flow_cap: Fen | None
    grade: Reasoned[str]
    fault: Reasoned[ShareRange]
    cause: Reasoned[ShareRange]
    purses: tuple[Purse, ...] = ()

    @property
    def id(self) -> str:
        """The id of who answers."""
        return self.payer.id

    @property
    def knowing(self) -> bool:
        """Whether he knew, or acted in concert."""
        return self.grade.value in KNOWING

    @property
    def cleared(self) -> Fen | None:
        """What is left of his assets once others' restitution is served; None is unlimited."""
        return sum(purse.cleared for purse in self.purses) if self.purses else self.assets

    def collectable(self, owed: Fen) -> Fen:
        """Return what can be collected of an amount he owes here [fen]."""
        if self.purses:
            return min(owed, sum(purse.part_of(owed) for purse in self.purses))
        return owed if self.assets is None else min(owed, self.assets)

    def able_to(self, before: Fen, most: Fen) -> Fen:
        """Return what he has and paid `before`, up to the `most` he could be held to [fen]."""
        return min(most, before + self.collectable(max(0, most - before)))


@dataclass(frozen=True, slots=True)
class Claim:
    """The claim: damages D, what was recovered, what is still owed, each with its reasons.

    Attributes
    ----------
    damages, recovered, open
        D, what came back, and what is left of D [fen]
    fault
        the victim's own fault as it counts, as written
    own_fault
        the same exactly
    loss
        the loss that own fault is taken from [fen]
    """

    damages: Reasoned[Fen]
    recovered: Reasoned[Fen]
    open: Reasoned[Fen]
    fault: Reasoned[Share]
    own_fault: Fraction
    loss: Reasoned[Fen]

    @property
    def loss_fen(self) -> Fen:
        """The loss that own fault is taken from [fen]."""
        return self.loss.value

    @property
    def damages_fen(self) -> Fen:
        """D, the damages before any recovery [fen]."""
        return self.damages.value

    @property
    def recovered_fen(self) -> Fen:
        """What came back already [fen]."""
        return self.recovered.value

    @property
    def fen(self) -> Fen:
        """What is still owed [fen]."""
        return self.open.value


def debtors(
    case: Case, regime: Regime, kept: Fraction, substitute: bool, rules: Rules
) -> list[Debtor]:
    """Return every party but victims whose fault and causal force are not 0.

    Parameters
    ----------
    kept
        1 − the victim's own fault
    substitute
        whether guardians and employers stand in for those they answer for, as the law has it
    rules
        of them `tracing`, by which the claimant's money is followed through others' accounts,
        `flow_cap`, which says whom it caps, and `after_restitution`, the rank of the judgment

    Raises
    ------
    NoRule
        for a minor without a guardian, or for one who would have to answer twice
    """
    liable = []
    for party, blame, cause in liable_parties(case, regime):
        payer = _payer(case, party) if substitute else party
        grade = reasoned(fault.grade(party, regime))
        liable.append(
            Debtor(
                party,
                payer,
                party.role == "principal",
                payer.sued,
                party.released or payer.released,
                reach(case, party, payer, rules),
                _flow_cap(case, party, kept, rules) if capped(grade.value, rules) else None,
                grade,
                blame,
                cause,
                sharing(case, party, payer, rules),
            )
        )
    ids = [d.id for d in liable]
    twice = next((d for d in liable if ids.count(d.id) > 1), None)
    if twice:
        raise NoRule("auto-answers-twice", party=twice.id)
    return liable


def capped(grade: str, rules: Rules) -> bool:
    """Tell whether what came into his accounts caps what a helper of this grade answers for."""
    free = {"below_concert": ("concert",), "always": (), "below_knowing": KNOWING}
    return grade not in free[word(rules, "flow_cap")]


def _flow_cap(case: Case, party: Party, kept: Fraction, rules: Rules) -> Fen | None:
    return chain.flow_cap(case, party, kept, word(rules, "tracing"))


def _payer(case: Case, party: Party) -> Party:
    if party.answered_by:
        return case.party(party.answered_by)
    if party.minor:
        raise NoRule("auto-no-guardian", party=party.id)
    return party


def liable_parties(
    case: Case, regime: Regime
) -> list[tuple[Party, Reasoned[ShareRange], Reasoned[ShareRange]]]:
    """Return every party but victims whose fault and causal force are not 0, with both."""
    weighed = [
        (p, reasoned(fault.weight(p, regime)), reasoned(causation.causal_force(p, regime)))
        for p in case.parties
        if p.role != "victim"
    ]
    return [(p, blame, cause) for p, blame, cause in weighed if blame.value != 0 != cause.value]


def claim(case: Case, rules: Rules) -> Claim:
    """Compute damages, recovery and the open claim.

    1. the victim's own fault reduces the loss (1173), halves of a fen upwards
    2. completed returns and restitution are subtracted, never below 0
    With `deduction = restitution_first` the order is turned, and the recovery counts no further.
    """
    own, back = _own_fault(case, rules), recovered(case)
    kept = 1 - exact(own.value)
    if rules["deduction"] == "restitution_first":
        base = max(0, case.loss_fen - back.value)
        loss = Reasoned(base, lambda: _loss_left(case, base, back))
        fen = half_up(base * kept)
        damages = Reasoned(fen, lambda: _after_restitution(case, fen, back, own))
        open_ = Reasoned(fen, lambda: Trace("claim", fen, "fen", "claim.damages", (damages.step,)))
        return Claim(damages, back, open_, own, 1 - kept, loss)
    fen = half_up(case.loss_fen * kept)
    damages = Reasoned(fen, lambda: _less_own_fault(case, fen, own))
    left = max(0, fen - back.value)
    open_ = Reasoned(left, lambda: _less_recovered(case, left, damages, back))
    loss = Reasoned(case.loss_fen, lambda: _loss(case))
    return Claim(damages, back, open_, own, 1 - kept, loss)


def _loss(case: Case) -> Trace[Fen]:
    return Trace("loss", case.loss_fen, "fen", source="case:loss_fen")


def _loss_left(case: Case, fen: Fen, recovered: Reasoned[Fen]) -> Trace[Fen]:
    return Trace("loss_left", fen, "fen", "loss_left", (_loss(case), recovered.step))


def _after_restitution(
    case: Case, fen: Fen, recovered: Reasoned[Fen], own: Reasoned[Share]
) -> Trace[Fen]:
    rests, rule = (_loss(case), recovered.step, own.step), "damages.after-restitution"
    return Trace("damages", fen, "fen", rule, rests, cites=_own_fault_cites(case, own))


def _less_own_fault(case: Case, fen: Fen, own: Reasoned[Share]) -> Trace[Fen]:
    rests, cites = (_loss(case), own.step), _own_fault_cites(case, own)
    return Trace("damages", fen, "fen", "damages.less-own-fault", rests, cites=cites)


def _less_recovered(
    case: Case, fen: Fen, damages: Reasoned[Fen], recovered: Reasoned[Fen]
) -> Trace[Fen]:
    rests = (damages.step, recovered.step)
    cites = authority("payment", case) if recovered.value else ()
    return Trace("claim", fen, "fen", "claim.less-recovered", rests, cites=cites)


def _own_fault_cites(case: Case, own: Reasoned[Share]) -> tuple[str, ...]:
    return authority("own_fault", case) if own.value else ()


def _own_fault(case: Case, rules: Rules) -> Reasoned[Share]:
    where = f"case:parties.{case.claimant}.fault"
    stated = case.party(case.claimant).fault or 0
    if stated and rules["victim_fault"] == "off":
        leaf = Trace("victim_fault_stated", stated, "weight", source=where)
        return Reasoned(0, lambda: Trace("victim_fault", 0, "weight", "victim_fault.off", (leaf,)))
    return Reasoned(stated, lambda: Trace("victim_fault", stated, "weight", source=where))


def recovered(case: Case) -> Reasoned[Fen]:
    """Return all that came back to the claimant, whoever paid it [fen]."""
    back: list[tuple[str, Fen, str, str | None]] = [
        ("recovered_fen", case.recovered_fen, "recovered_fen", None)
    ]
    back += [
        (f"recovery_{i}", r.amount_fen, f"recoveries[{i}].amount_fen", None)
        for i, r in enumerate(case.recoveries)
    ]
    back += [
        (f"restitution_{i}", paid, where, party)
        for i, (party, paid, where) in enumerate(restored(case))
    ]
    whole = sum(fen for _, fen, _, _ in back)

    def write() -> Trace[Fen]:
        leaves = tuple(
            Trace(key, fen, "fen", source=f"case:{where}", party=party)
            for key, fen, where, party in back
        )
        return Trace("recovered", whole, "fen", "recovered.sum", leaves)

    return Reasoned(whole, write)


def paid_before(case: Case, rules: Rules) -> tuple[dict[str, int], int]:
    """What each party already paid on this loss, and what nobody is known to have paid [fen].

    The latter counts as paid by the principals, by their shares.
    """
    before: dict[str, int] = {}
    if rules["deduction"] == "restitution_first":
        return before, 0
    known = {p.id for p in case.parties if p.role != "victim"}
    anonymous = case.recovered_fen
    payments = [(r.payer, r.amount_fen) for r in case.recoveries]
    payments += [(party, paid) for party, paid, _ in restored(case)]
    for payer, amount in payments:
        if payer in known:
            before[payer] = before.get(payer, 0) + amount
        else:
            anonymous += amount
    return before, anonymous
