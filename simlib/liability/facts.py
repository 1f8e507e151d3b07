"""What a decision starts from: who is liable, the claim, and what was paid before."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib import causation, chain, fault
from simlib.errors import NoRule
from simlib.liability.titles import restored, served_first
from simlib.money import exact, half_up
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime


@dataclass(frozen=True, slots=True)
class Debtor:
    """A liable party: what the solver needs of him, in fen and flags.

    `party` did the act; `payer` answers for it: himself, or his guardian or employer. `assets`
    are those this claim can reach (`available`).
    """

    party: Party
    payer: Party
    principal: bool
    sued: bool
    released: bool
    assets: int | None
    flow_cap: int | None
    grade: Trace
    fault: Trace
    cause: Trace

    @property
    def id(self) -> str:
        """The id of who answers."""
        return self.payer.id


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


def debtors(
    case: Case, regime: Regime, kept: Fraction, substitute: bool, tracing: str
) -> list[Debtor]:
    """Every party but victims whose fault and causal force are not 0.

    Parameters
    ----------
    kept
        1 − the victim's own fault
    substitute
        whether guardians and employers stand in for those they answer for, as the law has it
    tracing
        the rule by which the claimant's money is followed through others' accounts

    Raises
    ------
    NoRule
        for a minor without a guardian, or for one who would have to answer twice
    """
    found = []
    for party, blame, cause in liable_parties(case, regime):
        payer = _payer(case, party) if substitute else party
        found.append(
            Debtor(
                party,
                payer,
                party.role == "principal",
                payer.sued,
                party.released or payer.released,
                _reach(case, party, payer),
                chain.flow_cap(case, party, kept, tracing),
                fault.grade(party, regime),
                blame,
                cause,
            )
        )
    ids = [d.id for d in found]
    twice = next((d for d in found if ids.count(d.id) > 1), None)
    if twice:
        raise NoRule("auto-answers-twice", party=twice.id)
    return found


def _payer(case: Case, party: Party) -> Party:
    if party.answered_by:
        return case.party(party.answered_by)
    if party.minor:
        raise NoRule("auto-no-guardian", party=party.id)
    return party


def _reach(case: Case, party: Party, payer: Party) -> int | None:
    """What this claim can reach: a minor's own property counts beside his guardian's (1188)."""
    own = available(case, payer)
    if party is payer or not party.minor:
        return own
    his = available(case, party)
    return None if own is None or his is None else own + his


def available(case: Case, party: Party) -> int | None:
    """A party's assets once other victims' restitution is served [fen]; None is unlimited.

    刑事裁判涉财产部分执行规定13: restitution to victims ranks before other civil debts, a fine
    after them, so that a fine takes nothing away here.
    """
    if party.assets_fen is None:
        return None
    return max(0, party.assets_fen - served_first(case, (party.id,)))


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
        Trace(f"restitution_{i}", paid, "fen", source=f"case:{where}", party=party)
        for i, (party, paid, where) in enumerate(restored(case))
    ]
    return Trace("recovered", sum(n.value for n in leaves), "fen", "recovered.sum", tuple(leaves))


def paid_before(case: Case, rules: dict) -> tuple[dict[str, int], int]:
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
