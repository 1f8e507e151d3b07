"""Exposure, collection, and what remains among those liable."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reference.amounts import fill, half_up, number, split, units
from reference.facts import Facts, Who, need, read
from reference.shares import risk_benefit_weights, weights_by_rule

BY_SHARE = ("several", "threshold", "reallocation")
NOT_DEFINED = ("hybrid", "zhou2024")


@dataclass(frozen=True)
class Debt:
    """The debt and everything that is fixed before anyone pays."""

    facts: Facts
    mode: str
    weights: dict
    d: int
    claim: int
    part: dict  # his part of D by share
    before: dict  # paid before, what has no payer included


def owe(facts: Facts, mode: str) -> Debt:
    """D, the claim, the shares and who is taken to have paid what before."""
    first = facts.rules["deduction"] == "restitution_first"
    base = max(0, facts.loss - facts.recovered) if first else facts.loss
    d = half_up((1 - facts.v) * base)
    weights = risk_benefit_weights(facts) if mode == "risk_benefit" else weights_by_rule(facts)
    ids = [w.id for w in facts.liable]
    before = {w.id: 0 if first else w.before for w in facts.liable}
    heads = [i for i, w in enumerate(facts.liable) if w.principal]
    if not first:
        for i, x in zip(heads, split(facts.no_payer, [weights[i] for i in heads]), strict=True):
            before[ids[i]] += x
    claim = d if first else max(0, d - facts.recovered)
    shares = dict(zip(ids, units(weights), strict=True))
    return Debt(facts, mode, shares, d, claim,
                dict(zip(ids, split(d, weights), strict=True)), before)  # fmt: skip


def own_mode(debt: Debt, who: Who) -> str:
    """The mode that holds for this party."""
    if debt.mode == "threshold":
        share = Fraction(debt.weights[who.id], sum(debt.weights.values()))
        return "joint" if share >= number(debt.facts.rules["threshold"]) else "several"
    if debt.mode == "risk_benefit":
        as_joint = debt.facts.rules["risk_benefit_as"] == "partial_joint"
        return "risk_benefit_joint" if as_joint else "several"
    if debt.mode != "auto":
        return debt.mode
    if who.role in ("platform", "operator"):
        raise NotImplementedError("the route of platforms and operators is not defined")
    if who.principal or who.grade in ("knowing", "concert"):
        return "joint"
    return debt.facts.rules["gross"] if who.grade == "gross" else "several"


def exposure(debt: Debt, who: Who, principals_pay: int) -> int:
    """How much the claimant may take from him."""
    mode, before = own_mode(debt, who), debt.before[who.id]
    if mode in ("dismiss_suit", "dismiss_claim") or (mode == "all_or_nothing" and not who.proved):
        return 0
    if mode in ("joint", "all_or_nothing") or (who.principal and mode not in BY_SHARE):
        amount = debt.claim
    elif mode in ("several", "risk_benefit_joint"):
        amount = debt.part[who.id] - before
    elif mode in ("partial_joint", "supplementary"):
        amount = half_up(need(who.limit, who.id, "limit") * debt.d) - before
    elif mode == "joint_after_exhaustion":
        amount = debt.claim
    elif mode == "benefit_cap" and debt.facts.rules["benefit"] == "own":
        amount = min(debt.d, half_up(who.gains)) - before
    elif mode == "reallocation":
        amount = respread(debt)[who.id] - before
    else:
        raise NotImplementedError(mode)
    if mode in ("supplementary", "joint_after_exhaustion") and not who.principal:
        amount = min(amount, debt.claim - principals_pay)
    if who.flow is not None and who.role == "helper" and who.act in ("payment", "account"):
        amount = min(amount, half_up((1 - debt.facts.v) * who.flow) - before)
    return max(0, min(amount, debt.claim))


def respread(debt: Debt) -> dict:
    """Parts after what others cannot pay is spread again, the victim's own part included."""
    facts = debt.facts
    first = facts.rules["deduction"] == "restitution_first"
    total = max(0, facts.loss - facts.recovered) if first else facts.loss
    can = [total if w.assets is None else w.assets + debt.before[w.id] for w in facts.liable]
    whole = sum(debt.weights.values())
    weights = [Fraction(debt.weights[w.id], whole) * (1 - facts.v) for w in facts.liable]
    parts = fill(total, [*can, total], [*weights, facts.v])
    return {w.id: part for w, part in zip(facts.liable, parts[:-1], strict=True)}


def pay(debt: Debt, group: list[Who], e: dict, total: int) -> dict:
    """What those of a group who are sued pay together."""
    group = [w for w in group if w.sued]
    caps = [e[w.id] if w.assets is None else min(w.assets, e[w.id]) for w in group]
    # Weights are whole billionths already: hand them on as such.
    weights = [Fraction(debt.weights[w.id], 10**9) for w in group]
    return dict(zip([w.id for w in group], fill(total, caps, weights), strict=True))


def collect(debt: Debt) -> tuple[dict, dict]:
    """Exposures and payments, principals first where the mode says so."""
    who, rules = debt.facts.liable, debt.facts.rules
    heads, rest = [w for w in who if w.principal], [w for w in who if not w.principal]
    limited = debt.mode in ("partial_joint", "benefit_cap") or (
        debt.mode == "risk_benefit" and rules["risk_benefit_as"] == "partial_joint")  # fmt: skip
    e = {w.id: exposure(debt, w, 0) for w in heads}
    if not limited and debt.mode not in ("supplementary", "joint_after_exhaustion"):
        e |= {w.id: exposure(debt, w, 0) for w in rest}
        return e, pay(debt, list(who), e, debt.claim)
    paid = pay(debt, heads, e, debt.claim)
    now, left = sum(paid.values()), debt.claim - sum(paid.values())
    e |= {w.id: exposure(debt, w, now) for w in rest}
    still = {w.id: e[w.id] for w in rest}  # collection does not change what was adjudged
    if limited:
        p = now + sum(debt.before[w.id] for w in heads)
        still = {i: after_part(rules["partial_payment"], x, p, debt.d) for i, x in still.items()}
        if rules["caps"] == "nested":
            left = min(left, max([still[w.id] for w in rest if w.sued], default=0))
    return e, paid | pay(debt, rest, still, left)


def after_part(rule: str, e: int, p: int, d: int) -> int:
    """A helper's exposure after the principals paid `p`."""
    if rule == "outer" or d == 0:
        return e
    return max(0, e - p) if rule == "inner" else max(0, half_up(e * (1 - Fraction(p, d))))


def jointly_liable(debt: Debt, who: Who) -> bool:
    """Whether he owes the same money as others, be it up to a limit."""
    mode = own_mode(debt, who)
    if mode == "all_or_nothing":
        return who.proved
    if mode == "supplementary":
        return who.principal
    return mode in ("joint", "joint_after_exhaustion", "partial_joint", "benefit_cap",
                    "risk_benefit_joint")  # fmt: skip


def burdens(debt: Debt) -> dict:
    """Each one's share of D, once the shares of those without assets are spread over the others.

    Only among the jointly liable; nobody bears anything where the suit or the claim is dismissed.
    """
    if debt.mode in ("dismiss_suit", "dismiss_claim"):
        return dict.fromkeys(debt.part, 0)
    jointly = [w for w in debt.facts.liable if jointly_liable(debt, w)]
    broke, able = ([w.id for w in jointly if (w.assets == 0) is b] for b in (True, False))
    share = dict(debt.weights)
    if able:
        falls, base = (sum(share[i] for i in group) for group in (broke, able))
        # All times `base` (or their number, where all have share 0): the weights stay whole.
        scale = base or len(able)
        more = {i: falls * (share[i] if base else 1) for i in able}
        share = {i: w * scale for i, w in share.items()}
        share |= dict.fromkeys(broke, 0) | {i: share[i] + more[i] for i in able}
    return dict(zip(share, split(debt.d, list(share.values())), strict=True))


def recourse(over: dict, short: dict, subordinate: bool) -> dict:
    """What each paid above his burden, spread over the others by what they are still short."""
    short, out = dict(short), {}
    for who, amount in over.items():
        others = [i for i in short if i != who]
        amount = min(amount, sum(short[i] for i in others))
        parts = split(amount, [short[i] for i in others])
        out[who] = [{"against": i, "fen": x, "subordinate": subordinate}
                    for i, x in zip(others, parts, strict=True) if x]  # fmt: skip
        for i, x in zip(others, parts, strict=True):
            short[i] -= x
    return out


def settle(facts: Facts, mode: str) -> dict:
    """The whole answer for known facts."""
    if mode in NOT_DEFINED:
        raise NotImplementedError(mode)
    debt = owe(facts, mode)
    e, now = collect(debt)
    paid = {w.id: now.get(w.id, 0) for w in facts.liable}
    burden = burdens(debt)
    gap = {i: burden[i] - paid[i] - debt.before[i] for i in burden}
    open_fen = debt.claim - sum(paid.values())
    short = {i: max(0, x) for i, x in gap.items()}
    back = recourse({i: max(0, -x) for i, x in gap.items()}, short, open_fen > 0)
    parties = {
        w.id: {"mode": own_mode(debt, w) if mode == "auto" else mode,
               "share": Fraction(debt.weights[w.id], sum(debt.weights.values())),
               "exposure_fen": e[w.id], "paid_fen": paid[w.id], "burden_fen": burden[w.id],
               "short_fen": short[w.id], "recourse": back[w.id]}
        for w in facts.liable
    }  # fmt: skip
    return {"claim_fen": debt.claim, "received_fen": sum(paid.values()),
            "unrecovered_fen": open_fen, "parties": parties}  # fmt: skip


def reference(case: dict, mode: str, rules: dict | None = None) -> dict:
    """The answer for a case whose needed facts are all known; only the liable are listed."""
    return settle(read(case, rules), mode)
