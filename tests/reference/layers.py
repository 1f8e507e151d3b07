"""Exposure and collection: how much may be taken from each, and who really pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from reference.after import burdens, recourse
from reference.amounts import fill, half_up, split
from reference.answering import answered
from reference.debt import Debt, owe
from reference.facts import Facts, Who, need, read
from reference.routes import forms_of

BY_SHARE_OR_PROOF = ("several", "reallocation", "all_or_nothing", "hybrid", "dismiss_suit",
                     "dismiss_claim")  # fmt: skip
ANSWERED_FOR = {"mode": "answered_for", "share": Fraction(0), "exposure_fen": 0, "paid_fen": 0,
                "burden_fen": 0, "short_fen": 0, "recourse": []}  # fmt: skip
FIRST, SECOND, LAST = 0, 1, 2
ORDER = {"partial_joint": SECOND, "benefit_cap": SECOND, "risk_benefit_joint": SECOND,
         "guardian": SECOND, "supplementary": LAST, "joint_after_exhaustion": LAST}  # fmt: skip


def turn(debt: Debt, who: Who) -> int:
    """When he pays: principals and whoever owes without a limit first, a mere reserve last."""
    at_head = who.principal and not who.guards
    return FIRST if at_head else ORDER.get(debt.forms[who.id], FIRST)


def exposure(debt: Debt, who: Who, paid: int) -> int:
    """How much the claimant may take from him, once those whose turn was before have `paid`."""
    if who.released:
        return 0
    amount, before = measure(debt, who), debt.before[who.id]
    if turn(debt, who) == LAST:
        amount = min(amount, debt.owed - paid)
    if who.flow is not None and who.role == "helper" and who.act in ("payment", "account"):
        amount = min(amount, half_up((1 - debt.facts.v) * who.flow) - before)
    return max(0, min(amount, debt.owed))


def measure(debt: Debt, who: Who) -> int:
    """What his form of liability amounts to, less what he himself already paid of it."""
    form, before = debt.forms[who.id], debt.before[who.id]
    if form in ("joint", "joint_after_exhaustion"):
        return debt.owed
    if form == "guardian":  # 1169(2): as far as he failed in his duty
        return half_up(need(who.limit, who.id, "limit") * debt.d) - before
    if who.principal and form not in BY_SHARE_OR_PROOF:
        return debt.owed
    if form == "all_or_nothing":
        return debt.owed if who.proved else 0
    if form in ("several", "risk_benefit_joint"):
        return debt.part[who.id] - before
    if form in ("partial_joint", "supplementary"):
        return half_up(need(who.limit, who.id, "limit") * debt.d) - before
    if form == "benefit_cap":
        return capped_by_benefit(debt, who) - before
    if form == "enlarged":
        more = need(who.enlarged, who.id, "enlarged_fen")
        return half_up((1 - debt.facts.v) * more) - before
    if form == "reallocation":
        return respread(debt)[who.id] - before
    if form == "hybrid":
        alone, together = halves(debt)
        return together + alone[who.id]
    assert form in ("dismiss_suit", "dismiss_claim"), form
    return 0


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
    most = [caps[w.id] if w.assets is None else min(w.assets, caps[w.id]) for w in group]
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
            rule = debt.facts.rules["partial_payment"]
            still = {i: after_part(rule, x, p, debt.d) for i, x in still.items()}
            if debt.facts.rules["caps"] == "nested":
                left = min(left, max([still[w.id] for w in group if w.sued], default=0))
        paid |= (
            in_two(debt, group, still) if debt.mode == "hybrid" else pay(debt, group, still, left)
        )
    return e, paid


def in_two(debt: Debt, group: list[Who], e: dict) -> dict:
    """Hybrid: first each what he owes alone, then all together the rest."""
    alone, together = halves(debt)
    first = pay(debt, group, {i: min(alone[i], e[i]) for i in e}, debt.owed)
    rest = [w if w.assets is None else less(w, first.get(w.id, 0)) for w in group]
    left = min(together, debt.owed - sum(first.values()))
    then = pay(debt, rest, {i: e[i] - first.get(i, 0) for i in e}, left)
    return {i: first[i] + then[i] for i in first}


def less(who: Who, fen: int) -> Who:
    """The same man, poorer."""
    return replace(who, assets=who.assets - fen)


def after_part(rule: str, e: int, p: int, d: int) -> int:
    """A helper's exposure after the principals paid `p`."""
    if rule == "outer" or d == 0:
        return e
    return max(0, e - p) if rule == "inner" else max(0, half_up(e * (1 - Fraction(p, d))))


def settle(
    facts: Facts, mode: str, auto: Mapping | None = None, direct: Mapping | None = None
) -> dict:
    """The whole answer for known facts."""
    facts, wards = answered(facts) if mode == "auto" else (facts, [])
    debt = owe(facts, mode, forms_of(facts, mode, auto, direct))
    e, now = collect(debt)
    paid = {w.id: now.get(w.id, 0) for w in facts.liable}
    burden = burdens(debt, debt_in_two(debt) if mode == "hybrid" else (0, debt.d))
    open_fen = debt.owed - sum(paid.values())
    gap = {i: burden[i] - paid[i] - debt.before[i] for i in burden}
    # Who was released bears his part as far as he paid it; only beyond it has he recourse.
    gap |= {w.id: min(0, debt.part[w.id] - debt.before[w.id]) for w in facts.liable if w.released}
    short = {i: max(0, x) for i, x in gap.items()}
    back = recourse({i: max(0, -x) for i, x in gap.items()}, short, open_fen > 0)
    parties = {
        w.id: {"mode": named(debt, w), "share": debt.share(w.id), "exposure_fen": e[w.id],
               "paid_fen": paid[w.id], "burden_fen": burden[w.id], "short_fen": short[w.id],
               "recourse": back[w.id]}
        for w in facts.liable
    } | dict.fromkeys(wards, ANSWERED_FOR)  # fmt: skip
    return {"claim_fen": debt.claim, "received_fen": sum(paid.values()),
            "unrecovered_fen": debt.claim - sum(paid.values()), "parties": parties}  # fmt: skip


def named(debt: Debt, who: Who) -> str:
    """The name of the form that holds for him."""
    if debt.mode not in ("auto", "zhou2024", "threshold"):
        return debt.mode
    form = debt.forms[who.id]
    return {"enlarged": "joint", "guardian": "partial_joint"}.get(form, form)


def reference(
    case: dict,
    mode: str,
    rules: dict | None = None,
    auto: Mapping | None = None,
    direct: Mapping | None = None,
) -> dict:
    """The answer for a case whose needed facts are all known; only the liable are listed."""
    return settle(read(case, rules), mode, auto, direct)
