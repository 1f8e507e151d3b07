"""What a decision starts from: who is liable, the claim, and what was paid before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simlib import causation, fault
from simlib.errors import NoRule
from simlib.law.authority import authority
from simlib.liability.assets import means_of
from simlib.liability.numbers import F, N, OneCase
from simlib.liability.pieces import came_to, capped, part_field
from simlib.liability.reasoned_value import Reasoned, reasoned
from simlib.liability.records import Claim, Debtor, ReasonedClaim
from simlib.money import exact
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.interval import ShareRange
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.numbers import Stated
    from simlib.liability.records import Facts
    from simlib.money import Fen, Share

    Spot = tuple[str, int, str]  # where a file states an amount: table, row, field
    Payment = tuple[str, Fen, Spot]  # who paid, how much, and where the file says so


def debtors(
    case: Case, regime: Regime, own_fault: Share, substitute: bool, rules: Rules
) -> list[Debtor]:
    """Return every party but victims whose fault and causal force are not 0.

    Parameters
    ----------
    own_fault
        the victim's
    substitute
        whether guardians and employers stand in for those they answer for, as the law has it
    rules
        of them `tracing`, by which the claimant's money is followed through others' accounts,
        `flow_cap`, which says whom it binds, and `after_restitution`, the rank of the judgment

    Raises
    ------
    NoRule
        for a minor without a guardian, or for one who would have to answer twice
    """
    liable, stated = [], OneCase(case, rules)
    for party, blame, cause in liable_parties(case, regime):
        payer = _payer(case, party) if substitute else party
        grade = reasoned(fault.grade(party, regime))
        debtor = Debtor(
            party,
            payer,
            party.role == "principal",
            payer.sued,
            party.released or payer.released,
            means_of(stated, party, payer),
            None,
            grade,
            blame,
            cause,
        )
        liable.append(replace(debtor, own_part=own_part(stated, debtor, own_fault)))
    ids = [d.id for d in liable]
    twice = next((d for d in liable if ids.count(d.id) > 1), None)
    if twice:
        raise NoRule("auto-answers-twice", party=twice.id)
    return liable


def own_part(facts: Stated[N, F], debtor: Debtor, own_fault: F) -> N | None:
    """Return what caps one who answers for a part of the loss, if that is not cut into pieces.

    That part less her own fault as it counts against him [fen]; None if nothing caps it, or nobody
    knows the part.
    """
    party, grade = debtor.party, debtor.grade.value
    if facts.rules["pieces"] != "off" or debtor.principal:
        return None
    against = own_fault_against(debtor, facts, own_fault)
    if party.role == "helper":
        came = facts.flow(came_to, party) if capped(grade, facts.rules) else None
        return None if came is None else facts.numbers.less(facts.constant(came), against)
    field = part_field(debtor)
    if grade == "concert" or getattr(party, field) is None:
        return None
    return facts.numbers.less(facts.of(party, field), against)


def own_fault_against(debtor: Debtor, facts: Stated[N, F] | Facts[N, F], own_fault: F) -> F:
    """Return the claimant's own fault as it counts against one debtor.

    Who acted on purpose is not let off because she was careless: the rule `victim_fault`.
    """
    if facts.rules["victim_fault"] == "negligent" and not debtor.negligent:
        return facts.no_fraction
    return own_fault


def due(debtor: Debtor, facts: Facts[N, F], amount: N) -> N:
    """Return what a debtor answers for of an amount measured on the damages.

    Where own fault lets off the negligent alone, the damages are the whole loss, and it is taken
    off here, halves of a fen upwards; elsewhere it is off the damages already, or does not count.
    """
    if facts.rules["victim_fault"] == "negligent" and debtor.negligent:
        return facts.numbers.less(amount, facts.claim.own_fault)
    return amount


def by_court(debtor: Debtor, facts: Facts[N, F], share: F) -> N:
    """Return a court's share of the loss, at most what a debtor answers for of the damages."""
    asked = facts.numbers.times(facts.claim.loss_fen, share)
    return facts.numbers.minimum(asked, due(debtor, facts, facts.claim.damages_fen))


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


def claim(case: Case, rules: Rules) -> ReasonedClaim:
    """Return the claim in one case, with its reasons."""
    facts = OneCase(case, rules)
    sums, back = reckoned(facts), recovered(case)
    fault_ = Reasoned(sums.own_fault, lambda: _own_fault_step(facts, sums.own_fault))
    if rules["deduction"] == "restitution_first":
        loss = Reasoned(sums.loss_fen, lambda: _loss_left(case, sums.loss_fen, back))
        damages = Reasoned(
            sums.damages_fen,
            lambda: _after_restitution(case, sums.damages_fen, back, fault_, rules),
        )
    else:
        loss = Reasoned(sums.loss_fen, lambda: _loss(case))
        damages = Reasoned(
            sums.damages_fen, lambda: _less_own_fault(case, sums.damages_fen, fault_, rules)
        )
    open_ = Reasoned(sums.fen, lambda: _open(case, sums.fen, damages, back, rules))
    amounts = (sums.damages_fen, sums.recovered_fen, sums.fen, exact(sums.own_fault), sums.loss_fen)
    return ReasonedClaim(*amounts, damages, back, open_, fault_, loss)


def reckoned(facts: Stated[N, F]) -> Claim[N, F]:
    """Compute damages, recovery and the open claim, of one case or of many.

    1. the victim's own fault reduces the loss (1173), halves of a fen upwards, if it counts for
       all; where it lets off the negligent alone, what each of them answers for (`due`)
    2. completed returns and restitution are subtracted, never below 0
    With `deduction = restitution_first` the order is turned, and the recovery counts no further.
    """
    numbers, loss, own = facts.numbers, facts.fact("loss_fen"), _own_fault(facts)
    paid = numbers.total([fen for _, fen, _ in payments(facts)], facts.constant(0))
    back = facts.fact("recovered_fen") + paid
    if facts.rules["deduction"] == "restitution_first":
        loss = numbers.above_zero(loss - back)
        damages = numbers.less(loss, own) if facts.rules["victim_fault"] == "on" else loss
        return Claim(damages, back, damages, own, loss)
    damages = numbers.less(loss, own) if facts.rules["victim_fault"] == "on" else loss
    return Claim(damages, back, numbers.above_zero(damages - back), own, loss)


def _own_fault(facts: Stated[N, F]) -> F:
    claimant = facts.case.party(facts.case.claimant)
    if claimant.fault is None or facts.rules["victim_fault"] == "off":
        return facts.no_fraction
    return facts.fraction(claimant, "fault")


def payments(facts: Stated[N, F]) -> Iterator[tuple[str, N, Spot]]:
    """Yield what came back: who paid, how much [fen], and where the file says so.

    Of restitution only what was paid counts, never what was ordered.
    """
    case = facts.case
    spots: list[tuple[str, Spot]] = []
    spots += [(r.payer, ("recoveries", n, "amount_fen")) for n, r in enumerate(case.recoveries)]
    spots += [
        (c.party, ("criminal", n, "restitution_paid_fen")) for n, c in enumerate(case.criminal)
    ]
    spots += [
        (r.party, ("reparations", n, "paid_fen"))
        for n, r in enumerate(case.reparations)
        if r.victim == case.claimant
    ]
    for payer, spot in spots:
        yield payer, facts.fact(*spot), spot


def paid_before(facts: Stated[N, F]) -> tuple[dict[str, N], N]:
    """What each party already paid on this loss, and what nobody is known to have paid [fen].

    The latter counts as paid by the principals, by their shares.
    """
    before: dict[str, N] = {}
    if facts.rules["deduction"] == "restitution_first":
        return before, facts.constant(0)
    known = {p.id for p in facts.case.parties if p.role != "victim"}
    anonymous = facts.fact("recovered_fen")
    for payer, amount, _ in payments(facts):
        if payer in known:
            before[payer] = before[payer] + amount if payer in before else amount
        else:
            anonymous = anonymous + amount
    return before, anonymous


def paid_by(before: Mapping[str, N], debtors: Sequence[Debtor], none: N) -> list[N]:
    """Return what each debtor, or whom he answers for, is known to have paid already [fen]."""
    paid = []
    for debtor in debtors:
        mine = [before[id] for id in {debtor.party.id, debtor.id} if id in before]
        paid.append(sum(mine, none))
    return paid


# ---------------------------------------------------------------- reasons


def _loss(case: Case) -> Trace[Fen]:
    return Trace("loss", case.loss_fen, "fen", source="case:loss_fen")


def _loss_left(case: Case, fen: Fen, recovered: Reasoned[Fen]) -> Trace[Fen]:
    return Trace("loss_left", fen, "fen", "loss_left", (_loss(case), recovered.step))


def _apart(rules: Rules, own: Reasoned[Share]) -> bool:
    """Tell whether own fault is taken off what each negligent debtor owes, not off the damages."""
    return bool(own.value) and rules["victim_fault"] == "negligent"


def _after_restitution(
    case: Case, fen: Fen, recovered: Reasoned[Fen], own: Reasoned[Share], rules: Rules
) -> Trace[Fen]:
    if _apart(rules, own):
        left = (_loss(case), recovered.step)
        return Trace("damages", fen, "fen", "damages.after-restitution-whole", left)
    rests, rule = (_loss(case), recovered.step, own.step), "damages.after-restitution"
    return Trace("damages", fen, "fen", rule, rests, cites=_own_fault_cites(case, own))


def _less_own_fault(case: Case, fen: Fen, own: Reasoned[Share], rules: Rules) -> Trace[Fen]:
    if _apart(rules, own):
        return Trace("damages", fen, "fen", "damages.whole-loss", (_loss(case),))
    rests, cites = (_loss(case), own.step), _own_fault_cites(case, own)
    return Trace("damages", fen, "fen", "damages.less-own-fault", rests, cites=cites)


def _own_fault_cites(case: Case, own: Reasoned[Share]) -> tuple[str, ...]:
    return authority("own_fault", case) if own.value else ()


def _own_fault_step(facts: OneCase, own: Share) -> Trace[Share]:
    claimant = facts.case.party(facts.case.claimant)
    where, stated = f"case:parties.{claimant.id}.fault", claimant.fault or 0
    if stated and facts.rules["victim_fault"] == "off":
        leaf = Trace("victim_fault_stated", stated, "weight", source=where)
        return Trace("victim_fault", own, "weight", "victim_fault.off", (leaf,))
    return Trace("victim_fault", stated, "weight", source=where)


def _open(
    case: Case, fen: Fen, damages: Reasoned[Fen], recovered: Reasoned[Fen], rules: Rules
) -> Trace[Fen]:
    if rules["deduction"] == "restitution_first":
        return Trace("claim", fen, "fen", "claim.damages", (damages.step,))
    rests = (damages.step, recovered.step)
    cites = authority("payment", case) if recovered.value else ()
    return Trace("claim", fen, "fen", "claim.less-recovered", rests, cites=cites)


def recovered(case: Case) -> Reasoned[Fen]:
    """Return all that came back to the claimant, whoever paid it [fen]."""
    paid = list(payments(OneCase(case)))
    whole = case.recovered_fen + sum(fen for _, fen, _ in paid)

    def write() -> Trace[Fen]:
        source = "case:recovered_fen"
        leaves = [Trace("recovered_fen", case.recovered_fen, "fen", source=source)]
        ordered = 0
        for payer, fen, (table, row, field) in paid:
            source = f"case:{table}[{row}].{field}"
            if table == "recoveries":
                leaves.append(Trace(f"recovery_{row}", fen, "fen", source=source))
            elif fen:
                key = f"restitution_{ordered}"
                leaves.append(Trace(key, fen, "fen", source=source, party=payer))
                ordered += 1
        return Trace("recovered", whole, "fen", "recovered.sum", tuple(leaves))

    return Reasoned(whole, write)
