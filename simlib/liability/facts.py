"""What a decision starts from: who is liable, the claim, and what was paid before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib import causation, chain, fault
from simlib.money import exact, half_up, split_units
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime


@dataclass(frozen=True, slots=True)
class Debtor:
    """A liable party: what the solver needs of him, in fen and flags."""

    party: Party
    principal: bool
    sued: bool
    assets: int | None
    flow_cap: int | None
    grade: Trace
    fault: Trace
    cause: Trace

    @property
    def id(self) -> str:
        """The party's id."""
        return self.party.id


@dataclass(frozen=True, slots=True)
class Claim:
    """The claim, as steps of reasoning: damages D, what was recovered, what is still owed."""

    damages: Trace
    recovered: Trace
    open: Trace

    @property
    def damages_fen(self) -> int:
        """D, the damages before any recovery [fen]."""
        return self.damages.value

    @property
    def fen(self) -> int:
        """What is still owed [fen]."""
        return self.open.value


def liable_parties(case: Case, regime: Regime) -> list[tuple[Party, Trace, Trace]]:
    """Every party but victims whose fault and causal force are not 0, with both as traces."""
    weighed = [
        (p, fault.weight(p, regime), causation.causal_force(p, regime))
        for p in case.parties
        if p.role != "victim"
    ]
    return [entry for entry in weighed if entry[1].value != 0 and entry[2].value != 0]


def claim(case: Case, rules: dict) -> Claim:
    """Damages, recovery and the open claim.

    1. the victim's own fault reduces the loss (1173), halves of a fen upwards
    2. completed returns and restitution are subtracted, never below 0
    With `deduction = restitution_first` the order is turned, and the recovery counts no further.
    """
    loss = Trace("loss", case.loss_fen, "fen", source="case:loss_fen")
    own = _victim_fault(case, rules)
    recovered = _recovered(case)
    kept = 1 - exact(own.value)
    if rules["deduction"] == "restitution_first":
        base = max(0, case.loss_fen - recovered.value)
        damages = Trace(
            "damages",
            half_up(base * kept),
            "fen",
            "damages.after-restitution",
            (loss, recovered, own),
            cites=_own_fault_cites(own),
        )
        return Claim(
            damages, recovered, Trace("claim", damages.value, "fen", "claim.damages", (damages,))
        )
    damages = Trace(
        "damages",
        half_up(case.loss_fen * kept),
        "fen",
        "damages.less-own-fault",
        (loss, own),
        cites=("civil-code:1184", *_own_fault_cites(own)),
    )
    owed = max(0, damages.value - recovered.value)
    return Claim(
        damages,
        recovered,
        Trace(
            "claim",
            owed,
            "fen",
            "claim.less-recovered",
            (damages, recovered),
            cites=("civil-code:520",) if recovered.value else (),
        ),
    )


def _own_fault_cites(own: Trace) -> tuple[str, ...]:
    return ("civil-code:1173",) if own.value else ()


def _victim_fault(case: Case, rules: dict) -> Trace:
    where = f"case:parties.{case.claimant}.fault"
    stated = case.party(case.claimant).fault or 0
    if stated and rules["victim_fault"] == "off":
        leaf = Trace("victim_fault_stated", stated, "weight", source=where)
        return Trace("victim_fault", 0, "weight", "victim_fault.off", (leaf,))
    return Trace("victim_fault", stated, "weight", source=where)


def _recovered(case: Case) -> Trace:
    leaves = [Trace("recovered_fen", case.recovered_fen, "fen", source="case:recovered_fen")]
    leaves += [
        Trace(f"recovery_{i}", r.amount_fen, "fen", source=f"case:recoveries[{i}].amount_fen")
        for i, r in enumerate(case.recoveries)
    ]
    leaves += [
        Trace(
            f"restitution_{i}",
            c.restitution_paid_fen,
            "fen",
            source=f"case:criminal[{i}].restitution_paid_fen",
            party=c.party,
        )
        for i, c in enumerate(case.criminal)
        if c.restitution_paid_fen
    ]
    return Trace("recovered", sum(n.value for n in leaves), "fen", "recovered.sum", tuple(leaves))


def paid_before(case: Case, rules: dict, principals: dict[str, int]) -> dict[str, int]:
    """What each party already paid on this loss [fen].

    Payments without a known payer count as paid by the principals, by their shares.

    Parameters
    ----------
    principals
        the liable principals' shares in billionths, by id
    """
    before: dict[str, int] = {}
    if rules["deduction"] == "restitution_first":
        return before
    known = {p.id for p in case.parties if p.role != "victim"}
    anonymous = case.recovered_fen
    payments = [(r.payer, r.amount_fen) for r in case.recoveries]
    payments += [(c.party, c.restitution_paid_fen or 0) for c in case.criminal]
    for payer, amount in payments:
        if payer in known:
            before[payer] = before.get(payer, 0) + amount
        else:
            anonymous += amount
    if principals:
        parts = split_units(anonymous, list(principals.values()))
        for payer, amount in zip(principals, parts, strict=True):
            before[payer] = before.get(payer, 0) + amount
    return before


def flow_cap(case: Case, party: Party, kept: object) -> int | None:
    """The most that a payment or account helper with an account in the file answers for [fen].

    (1 − the victim's fault) × the claimant's money that came into his accounts; None for others,
    and where the file does not tell.
    """
    has_account = any(account.holder == party.id for account in case.accounts)
    if party.act not in ("payment", "account") or not has_account:
        return None
    received = chain.came_through(case, party.id)
    return None if received is None else half_up(received * kept)
