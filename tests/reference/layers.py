"""Exposure and collection: how much may be taken from each, and who really pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from reference.after import burdens, carried, recourse
from reference.amounts import fill, half_up, number, split
from reference.answering import answered
from reference.debt import Debt, by_share, given_up, owe
from reference.facts import Facts, Who, collectable, need, read
from reference.group import divide, outsiders
from reference.routes import forms_of
from reference.shares import discretion

NOTHING = {"share": Fraction(0), "exposure_fen": 0, "paid_fen": 0, "burden_fen": 0,
           "carried_fen": 0, "short_fen": 0, "recourse": []}  # fmt: skip
DISMISSED = ("dismiss_suit", "dismiss_claim")
FIRST, SECOND, LAST = 0, 1, 2
ORDER = {"partial_joint": SECOND, "benefit_cap": SECOND, "risk_benefit_joint": SECOND,
         "guardian": SECOND, "supplementary": LAST, "joint_after_exhaustion": LAST}  # fmt: skip


def at_head(who: Who) -> bool:
    """Whether he is a fraudster himself, not one's guardian."""
    return who.principal and not who.guards


def turn(debt: Debt, who: Who) -> int:
    """When he pays: principals and whoever owes without a limit first, a mere reserve last."""
    return FIRST if at_head(who) else ORDER.get(debt.forms[who.id], FIRST)


def exposure(debt: Debt, who: Who, paid: int) -> int:
    """How much the claimant may take from him, once those whose turn was before have `paid`."""
    amount = 0 if who.released else uncapped(debt, who)
    left = debt.owed - paid if turn(debt, who) == LAST else debt.owed
    return max(0, min(amount, left))


def uncapped(debt: Debt, who: Who) -> int:
    """What he answers for, less what he himself already paid of it; the claim caps it last."""
    form, before, cap = debt.forms[who.id], debt.before[who.id], flow_cap(debt, who)
    if form == "reallocation":
        amount = respread(debt)[who.id] - before
    elif form == "hybrid" and (by_share(debt, who) or not who.principal):
        alone, together = halves(debt)
        amount = together + alone[who.id]
    else:
        amount = min(debt.d, measure(debt, who)) - before
    return max(0, amount if cap is None else min(amount, cap - before))


def outward(debt: Debt, who: Who) -> int:
    """His outer limit: what he could be held to outward had nobody paid anything."""
    amount, cap = min(debt.d, measure(debt, who)), flow_cap(debt, who)
    return amount if cap is None else min(amount, cap)


def flow_cap(debt: Debt, who: Who) -> int | None:
    """What of the claimant's money came into his accounts, her own fault off; None: no cap."""
    free = {"below_concert": ("concert",), "below_knowing": ("knowing", "concert"), "always": ()}
    if who.flow is None or who.role != "helper" or who.act not in ("payment", "account"):
        return None
    if who.grade in free[debt.facts.rules["flow_cap"]]:
        return None
    return half_up((1 - debt.facts.v) * who.flow)


def measure(debt: Debt, who: Who) -> int:
    """What his form of liability amounts to, as a part of D."""
    form = debt.forms[who.id]
    if form in DISMISSED:
        return 0
    if form in ("guardian", "partial_joint", "supplementary") and not at_head(who):
        # of a guardian 1169(2): as far as he failed in his duty
        return half_up(need(who.limit, who.id, "limit") * debt.d)
    if form in ("joint", "joint_after_exhaustion", "all_or_nothing"):
        return debt.d
    if who.principal and not by_share(debt, who):
        return debt.d
    if form == "discretionary":
        return discretion(who, debt.base, debt.d)
    if form in ("several", "risk_benefit_joint", "reallocation"):
        return debt.part[who.id]  # of reallocation his own part: insolvency moves no burden
    if form == "benefit_cap":
        return capped_by_benefit(debt, who)
    if form == "enlarged":
        return half_up((1 - debt.facts.v) * need(who.enlarged, who.id, "enlarged_fen"))
    if form == "known":
        return half_up((1 - debt.facts.v) * who.known)
    assert form == "hybrid", form
    alone = owed_alone(debt)  # of the rest, what she gave up with a released party goes
    gone = sum(debt.part[w.id] - alone[w.id] for w in debt.facts.liable if w.released)
    return debt_in_two(debt)[1] - gone + alone[who.id]


def weights_of(debt: Debt) -> list[Fraction]:
    """The weights, whole billionths already, as they are handed on."""
    return [Fraction(w, 10**9) for w in debt.weights.values()]


def capped_by_benefit(debt: Debt, who: Who) -> int:
    """His gains, at most D; the Swiss rule takes the damage due to his part if that is more."""
    own = min(debt.d, half_up(who.gains))
    if debt.facts.rules["benefit"] == "own":
        return own
    return max(own, half_up(need(who.cause, who.id, "causal_force") * debt.d))


def respread(debt: Debt) -> dict:
    """Parts after what others cannot pay is spread again, the victim's own part included.

    Who was released neither leaves his part to the others nor takes a part of theirs.
    """
    facts = debt.facts
    still = [w for w in facts.liable if not w.released]
    total = debt.base - sum(debt.part[w.id] for w in facts.liable if w.released)
    can = [total if w.assets is None else w.assets + debt.before[w.id] for w in still]
    weights = [debt.share(w.id) * (1 - facts.v) for w in still]
    parts = fill(total, [*can, total], [*weights, facts.v])
    return {w.id: part for w, part in zip(still, parts[:-1], strict=True)}


def halves(debt: Debt) -> tuple[dict, int]:
    """What each still owes alone of the non-economic loss, and what all still owe of the rest."""
    alone, rest = debt_in_two(debt)
    liable = debt.facts.liable
    ids = [w.id for w in liable]
    part = dict(zip(ids, split(alone, list(debt.weights.values())), strict=True))
    joint = dict(zip(ids, split(rest, list(debt.weights.values())), strict=True))
    left = {i: max(0, part[i] - debt.before[i]) for i in ids}
    beyond = {i: max(0, debt.before[i] - part[i]) for i in ids}
    waived = sum(max(0, joint[w.id] - beyond[w.id]) for w in liable if w.released)
    return left, max(0, rest - sum(beyond.values()) - debt.uncredited - waived)


def debt_in_two(debt: Debt) -> tuple[int, int]:
    """D as the part for non-economic loss, and the rest."""
    alone = half_up((1 - debt.facts.v) * min(debt.facts.noneconomic, debt.base))
    return alone, debt.d - alone


def pay(debt: Debt, group: list[Who], caps: dict, total: int) -> dict:
    """What those of a group who are sued pay together."""
    group = [w for w in group if w.sued]
    most = [collectable(debt.facts.rules, w, caps[w.id]) for w in group]
    # Weights are whole billionths already: hand them on as such.
    weights = [Fraction(debt.weights[w.id], 10**9) for w in group]
    return dict(zip([w.id for w in group], fill(total, most, weights), strict=True))


def collect(debt: Debt) -> tuple[dict, dict]:
    """Exposures and payments, those whose turn is first before the others."""
    liable, e, paid = debt.facts.liable, {}, {}
    for now in (FIRST, SECOND, LAST):
        group = [w for w in liable if turn(debt, w) == now]
        had = sum(paid.values())
        e |= {w.id: exposure(debt, w, had) for w in group}
        left, still = debt.owed - had, {w.id: e[w.id] for w in group}
        if now == SECOND:  # collection does not change what was adjudged
            heads = [w.id for w in liable if w.principal]
            p = sum(paid.get(i, 0) + debt.before[i] for i in heads)
            still = {w.id: after_part(debt, w, p) for w in group}
            if debt.facts.rules["caps"] == "nested":
                left = min(left, max([still[w.id] for w in group if w.sued], default=0))
        paid |= (
            in_two(debt, group, still) if debt.mode == "hybrid" else pay(debt, group, still, left)
        )
    return e, paid


def in_two(debt: Debt, group: list[Who], e: dict) -> dict:
    """Hybrid: first each what he owes alone, a principal all of it; then all together the rest."""
    alone, together = halves(debt)
    open_alone = sum(alone[w.id] for w in group if not w.released)
    caps = {w.id: alone[w.id] if by_share(debt, w) or not w.principal else open_alone
            for w in group}  # fmt: skip
    group = [only(w, collectable(debt.facts.rules, w, e[w.id])) for w in group]
    first = pay(debt, group, {i: min(caps[i], e[i]) for i in e}, min(open_alone, debt.owed))
    rest = [only(w, w.assets - first.get(w.id, 0)) for w in group]
    left = min(together, debt.owed - sum(first.values()))
    then = pay(debt, rest, {i: e[i] - first.get(i, 0) for i in e}, left)
    return {i: first[i] + then[i] for i in first}


def only(who: Who, fen: int) -> Who:
    """The same man, who has so much for this debt and owes nobody else."""
    return replace(who, assets=fen, purses=((fen, 0),))


def after_part(debt: Debt, who: Who, p: int) -> int:
    """What a helper still owes after the principals paid `p`; the claim caps it last."""
    e, rule = 0 if who.released else uncapped(debt, who), debt.facts.rules["partial_payment"]
    if rule == "inner":
        e = max(0, e - p)
    elif rule == "pro_rata" and debt.d:
        e = max(0, half_up(e * (1 - Fraction(p, debt.d))))
    return min(e, debt.owed)


def settle(
    facts: Facts, mode: str, auto: Mapping | None = None, direct: Mapping | None = None
) -> dict:
    """The whole answer for known facts."""
    facts, wards = answered(facts) if mode == "auto" else (facts, [])
    facts, outside, failed = divide(facts, mode)
    debt = owe(facts, mode, forms_of(facts, mode, auto, direct))
    e, now = collect(debt)
    paid = {w.id: now.get(w.id, 0) for w in facts.liable}
    kept = debt.d - sum(debt.part[w.id] for w in given_up(debt))
    late = outsiders(facts, outside, kept, debt.owed, debt.owed - sum(paid.values()))
    received = sum(paid.values()) + sum(row["paid_fen"] for row in late.values())
    parties = rows_of(debt, e, paid, debt.owed > received) | late
    dismissed = {"mode": "dismiss_claim" if mode == "auto" else mode} | NOTHING
    parties |= dict.fromkeys([w.id for w in failed], dismissed)
    parties |= dict.fromkeys(wards, {"mode": "answered_for"} | NOTHING)
    return {"claim_fen": debt.claim, "received_fen": received,
            "unrecovered_fen": debt.claim - received, "parties": parties}  # fmt: skip


def rows_of(debt: Debt, e: dict, paid: dict, behind: bool) -> dict:
    """The rows of the group; `behind`: the claimant is not satisfied yet (519(2))."""
    liable = debt.facts.liable
    most = {w.id: outward(debt, w) for w in liable}
    burden, moved = burdens(debt, most)
    carry = carried(debt, most, burden, moved, owed_alone(debt))
    had = {i: paid[i] + debt.before[i] for i in paid}
    claims = recourse(debt, burden, carry, had)
    return {
        w.id: {"mode": named(debt, w), "share": debt.share(w.id), "exposure_fen": e[w.id],
               "paid_fen": paid[w.id], "burden_fen": burden[w.id], "carried_fen": carry[w.id],
               "short_fen": max(0, burden[w.id] - had[w.id]),
               "recourse": [{"against": i, "fen": x, "subordinate": behind, "kind": kind}
                            for i, x, kind in claims[w.id]]}
        for w in liable
    }  # fmt: skip


def owed_alone(debt: Debt) -> dict:
    """What each bears by himself though he is jointly liable: of hybrid, the non-economic part."""
    if debt.mode != "hybrid":
        return dict.fromkeys(debt.part, 0)
    return dict(zip(debt.part, split(debt_in_two(debt)[0], weights_of(debt)), strict=True))


def named(debt: Debt, who: Who) -> str:
    """The name of the form that holds for him."""
    if debt.mode not in ("auto", "zhou2024", "threshold"):
        return debt.mode
    form = debt.forms[who.id]
    return {"enlarged": "joint", "known": "joint", "guardian": "partial_joint"}.get(form, form)


def reference(
    case: dict,
    mode: str,
    rules: dict | None = None,
    auto: Mapping | None = None,
    direct: Mapping | None = None,
    rho: float | None = None,
) -> dict:
    """The answer for a case whose needed facts are all known; only the liable are listed.

    `rho`: the chance that money passed on after the loss would have been got back.
    """
    return settle(read(case, rules, number(rho)), mode, auto, direct)


def references(
    case: dict, modes: Sequence[str], rules: dict | None = None, rho: float | None = None
) -> dict[str, dict]:
    """The answers under several modes, the facts read once."""
    facts = read(case, rules, number(rho))
    return {mode: settle(facts, mode) for mode in modes}
