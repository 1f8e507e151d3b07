"""Exposure and collection: how much may be taken from each, and who really pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from reference.after import asked as asked_of
from reference.after import burdens, carried, recourse
from reference.amounts import fill, half_up, number, split
from reference.answering import answered
from reference.debt import Debt, by_share, given_up, owe
from reference.facts import Facts, Who, collectable, need, own_fault, read
from reference.group import DISMISSED, Open, divide, outsiders
from reference.pieces import divided
from reference.routes import forms_of
from reference.shares import discretion

NOTHING = {"share": Fraction(0), "exposure_fen": 0, "paid_fen": 0, "burden_fen": 0,
           "carried_fen": 0, "short_fen": 0, "recourse": []}  # fmt: skip
FIRST, SECOND, LAST = 0, 1, 2
ORDER = {"partial_joint": SECOND, "benefit_cap": SECOND, "risk_benefit_joint": SECOND,
         "guardian": SECOND, "supplementary": LAST, "joint_after_exhaustion": LAST}  # fmt: skip


def at_head(who: Who) -> bool:
    """Whether he is a fraudster himself, not one's guardian."""
    return who.principal and not who.guards


def turn(debt: Debt, who: Who) -> int:
    """When he pays: principals and whoever owes without a limit first, a mere reserve last."""
    return FIRST if at_head(who) else ORDER.get(debt.forms[who.id], FIRST)


def exposure(debt: Debt, who: Who, paid: dict) -> int:
    """How much the claimant may take from him, once those whose turn was before have `paid`.

    A supplementary debtor stands behind the principals alone, not behind other helpers.
    """
    amount = 0 if who.released else uncapped(debt, who)
    heads = sum(paid.get(w.id, 0) for w in debt.facts.liable if w.principal)
    left = debt.owed
    if turn(debt, who) == LAST:
        left -= heads if debt.forms[who.id] == "supplementary" else sum(paid.values())
    return max(0, min(amount, left))


def uncapped(debt: Debt, who: Who) -> int:
    """What he answers for, less what he himself already paid of it; the claim caps it last."""
    form, before, cap = debt.forms[who.id], debt.before[who.id], own_part(debt, who)
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
    amount, cap = min(debt.d, measure(debt, who)), own_part(debt, who)
    return amount if cap is None else min(amount, cap)


def own_part(debt: Debt, who: Who) -> int | None:
    """(1 − v) of the part of the loss he answers for, where nothing is cut; None: no cap."""
    most = debt.facts.most.get(who.id)
    return None if most is None else half_up(debt.facts.remains(who) * most)


def measure(debt: Debt, who: Who) -> int:
    """What his form of liability amounts to, as a part of D; of a negligent party (1 − v) of it."""
    form, facts = debt.forms[who.id], debt.facts
    if form in DISMISSED:
        return 0
    if form in ("guardian", "partial_joint", "supplementary") and not at_head(who):
        # of a guardian 1169(2): as far as he failed in his duty
        return facts.let_off(who, half_up(need(who.limit, who.id, "limit") * debt.d))
    if form in ("joint", "joint_after_exhaustion", "all_or_nothing", "enlarged", "known"):
        return facts.let_off(who, debt.d)
    if who.principal and not by_share(debt, who):
        return debt.d
    if form == "discretionary":
        return discretion(who, debt.base, facts.let_off(who, debt.d))
    if form in ("several", "risk_benefit_joint", "reallocation"):
        return debt.due[who.id]  # of reallocation his own part: insolvency moves no burden
    if form == "benefit_cap":
        return capped_by_benefit(debt, who)
    assert form == "hybrid", form
    alone = owed_alone(debt)  # of the rest, what she gave up with a released party goes
    gone = sum(debt.part[w.id] - alone[w.id] for w in debt.facts.liable if w.released)
    return debt_in_two(debt)[1] - gone + alone[who.id]


def weights_of(debt: Debt) -> list[Fraction]:
    """The weights, whole billionths already, as they are handed on."""
    return [Fraction(w, 10**9) for w in debt.weights.values()]


def capped_by_benefit(debt: Debt, who: Who) -> int:
    """His gains, at most D; the Swiss rule takes the damage due to his part if that is more.

    His gains are one sum, split over his pieces by size.
    """
    facts, gains = debt.facts, half_up(who.gains)
    if who.id in facts.sizes:
        sizes, which = facts.sizes[who.id]
        gains = split(gains, sizes)[which]
    own = min(facts.let_off(who, debt.d), gains)
    if facts.rules["benefit"] == "own":
        return own
    caused = half_up(need(who.cause, who.id, "causal_force") * debt.d)
    return max(own, facts.let_off(who, caused))


def respread(debt: Debt) -> dict:
    """Parts after what others cannot pay is spread again, the victim's own part included.

    Who was released neither leaves his part to the others nor takes a part of theirs.
    """
    facts = debt.facts
    still = [w for w in facts.liable if not w.released]
    total = debt.base - sum(debt.part[w.id] for w in facts.liable if w.released)
    can = [total if w.assets is None else left_of(debt, w) + debt.before[w.id] for w in still]
    weights = [debt.share(w.id) * (1 - facts.v) for w in still]
    parts = fill(total, [*can, total], [*weights, facts.v])
    return {w.id: part for w, part in zip(still, parts[:-1], strict=True)}


def left_of(debt: Debt, who: Who) -> int:
    """What he still has after the pieces before this one."""
    return max(0, who.assets - debt.spent.get(who.id, (0, 0))[1])


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
    alone = min(alone, debt.d)
    return alone, debt.d - alone


def able(debt: Debt, who: Who, owed: int) -> int:
    """What he can pay of an amount after the pieces before this one."""
    return collectable(debt.facts.rules, who, owed, debt.spent.get(who.id, (0, 0)))


def pay(debt: Debt, group: list[Who], most: dict, total: int) -> dict:
    """What those of a group who are sued pay together, each at most what he can."""
    group = [w for w in group if w.sued]
    # Weights are whole billionths already: hand them on as such.
    weights = [Fraction(debt.weights[w.id], 10**9) for w in group]
    caps = [most[w.id] for w in group]
    return dict(zip([w.id for w in group], fill(total, caps, weights), strict=True))


def collect(debt: Debt) -> tuple[dict, dict, dict]:
    """Exposures, payments and what was asked, those whose turn is first before the others."""
    liable, e, paid, asked = debt.facts.liable, {}, {}, {}
    for now in (FIRST, SECOND, LAST):
        group = [w for w in liable if turn(debt, w) == now]
        had = sum(paid.values())
        e |= {w.id: exposure(debt, w, paid) for w in group}
        left, still = debt.owed - had, {w.id: e[w.id] for w in group}
        if now == SECOND:  # collection does not change what was adjudged
            heads = [w.id for w in liable if w.principal]
            p = sum(paid.get(i, 0) + debt.before[i] for i in heads)
            still = {w.id: after_part(debt, w, p) for w in group}
            if debt.facts.rules["caps"] == "nested":
                left = min(left, max([still[w.id] for w in group if w.sued], default=0))
        asked |= still
        can = {w.id: able(debt, w, still[w.id]) for w in group}
        paid |= in_two(debt, group, can) if debt.mode == "hybrid" else pay(debt, group, can, left)
    return e, paid, asked


def in_two(debt: Debt, group: list[Who], can: dict) -> dict:
    """Hybrid: first each what he owes alone, a principal all of it; then all together the rest."""
    alone, together = halves(debt)
    open_alone = sum(alone[w.id] for w in group if not w.released)
    caps = {w.id: alone[w.id] if by_share(debt, w) or not w.principal else open_alone
            for w in group}  # fmt: skip
    first = pay(debt, group, {i: min(caps[i], can[i]) for i in can}, min(open_alone, debt.owed))
    left = min(together, debt.owed - sum(first.values()))
    then = pay(debt, group, {i: can[i] - first.get(i, 0) for i in can}, left)
    return {i: first[i] + then[i] for i in first}


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
    """The whole answer for known facts: each piece decided as if it were the whole, then added up.

    Under a rule of shares by parts, what is asked and what is paid add up from piece to piece.
    """
    facts, wards = answered(facts) if mode == "auto" else (facts, [])
    facts, outside, failed = divide(own_fault(facts, mode), mode)
    pieces = divided(facts, outside)
    done = decided(pieces, mode, auto, direct)
    claim, owed = sum(d.claim for d, _, _ in done), sum(d.owed for d, _, _ in done)
    left = [d.owed - sum(paid.values()) for d, _, paid in done]
    late, received = {}, [0] * len(done)
    if outside:
        kept = sum(d.d - sum(d.due[w.id] for w in given_up(d)) for d, _, _ in done)
        still = [Open(piece, x, b) for (piece, _, b), x in zip(pieces, left, strict=True)]
        late, received = outsiders(facts, outside, kept, owed, still)
    left = [x - y for x, y in zip(left, received, strict=True)]
    total = sum(received) + sum(sum(paid.values()) for _, _, paid in done)
    carry = carrying(done)
    rows = [rows_of(*found, c, bool(x)) for found, c, x in zip(done, carry, left, strict=True)]
    parties = added(facts, rows, [d for d, _, _ in done], owed > total)
    named = whole_forms(facts, mode, auto, direct)
    parties = {w.id: parties.get(w.id, {"mode": named[w.id]} | NOTHING) for w in facts.liable}
    dismissed = {"mode": "dismiss_claim" if mode == "auto" else mode} | NOTHING
    parties |= late | dict.fromkeys([w.id for w in failed], dismissed)
    parties |= dict.fromkeys(wards, {"mode": "answered_for"} | NOTHING)
    return {"claim_fen": claim, "received_fen": total, "unrecovered_fen": claim - total,
            "parties": parties}  # fmt: skip


def decided(
    pieces: list, mode: str, auto: Mapping | None, direct: Mapping | None
) -> list[tuple[Debt, dict, dict]]:
    """Debt, exposures and payments piece by piece; assets are used up in their order."""
    done, spent = [], {}
    for _, facts, _ in pieces:
        debt = owe(facts, mode, forms_of(facts, mode, auto, direct), spent)
        e, now, asked = collect(debt)
        paid = {w.id: now.get(w.id, 0) for w in facts.liable}
        done.append((debt, e, paid))
        spent = more(spent, asked, paid)
    return done


def more(spent: dict, asked: dict, gave: dict) -> dict:
    """What was asked of each so far, and what each gave."""
    old = {i: spent.get(i, (0, 0)) for i in gave}
    return spent | {i: (old[i][0] + asked.get(i, 0), old[i][1] + gave[i]) for i in gave}


def carrying(done: list[tuple[Debt, dict, dict]]) -> list[tuple[dict, dict]]:
    """Burdens and what is carried, piece by piece; assets are used up in their order here too.

    What was paid before uses up none.
    """
    found, used = [], {}
    for debt, _, _ in done:
        liable = debt.facts.liable
        most = {w.id: outward(debt, w) for w in liable}
        burden, moved = burdens(debt, most)
        debt = replace(debt, used=used)
        carry = carried(debt, most, burden, moved, owed_alone(debt))
        found.append((burden, carry))
        gave = {i: max(0, x - debt.before[i]) for i, x in carry.items()}
        asks = {w.id: max(gave[w.id], asked_of(debt, w, most[w.id])) for w in liable}
        used = more(used, asks, gave)
    return found


def rows_of(debt: Debt, e: dict, paid: dict, borne: tuple[dict, dict], still: bool) -> dict:
    """The rows of the group in one piece; `still`: something of it is open."""
    burden, carry = borne
    had = {i: paid[i] + debt.before[i] for i in paid}
    claims = recourse(debt, burden, carry, had)
    named_by = {i for each in claims.values() for i, _, _ in each}
    return {
        w.id: {"mode": named(debt, w), "share": debt.share(w.id), "exposure_fen": e[w.id],
               "paid_fen": paid[w.id], "burden_fen": burden[w.id], "carried_fen": carry[w.id],
               "short_fen": max(0, burden[w.id] - had[w.id]) if still or w.id in named_by else 0,
               "recourse": claims[w.id]}
        for w in debt.facts.liable
    }  # fmt: skip


SUMS = ("exposure_fen", "paid_fen", "burden_fen", "carried_fen", "short_fen")


def added(facts: Facts, rows: list[dict], debts: list[Debt], behind: bool) -> dict:
    """Each one's figures over his pieces; `behind`: the claimant is not satisfied yet (519(2)).

    Shares count by D, where that is nothing by the size of a piece. Who is jointly liable for one
    of his pieces is listed as such.
    """
    out, d = {}, [debt.d for debt in debts]
    d = d if any(d) else [debt.facts.loss for debt in debts]
    for who in (w.id for w in facts.liable):
        his = [(row[who], x) for row, x in zip(rows, d, strict=True) if who in row]
        if not his:
            continue
        modes = [row["mode"] for row, _ in his]
        claims: dict = {}
        for row, _ in his:
            for against, fen, kind in row["recourse"]:
                claims[against, kind] = claims.get((against, kind), 0) + fen
        out[who] = {
            "mode": "joint" if "joint" in modes else modes[0],
            "share": Fraction(sum(row["share"] * x for row, x in his), sum(d)),
            **{k: sum(row[k] for row, _ in his) for k in SUMS},
            "recourse": [{"against": i, "fen": x, "subordinate": behind, "kind": kind}
                         for (i, kind), x in claims.items()],
        }  # fmt: skip
    return out


def whole_forms(facts: Facts, mode: str, auto: Mapping | None, direct: Mapping | None) -> dict:
    """The form of liability of each: for who has no piece, and so a share of 0 at a threshold."""
    if mode == "threshold":
        least = number(facts.rules["threshold"])
        return {w.id: "several" if least > 0 else "joint" for w in facts.liable}
    if mode not in ("auto", "zhou2024"):
        return {w.id: mode for w in facts.liable}
    return {i: public(form) for i, form in forms_of(facts, mode, auto, direct).items()}


def owed_alone(debt: Debt) -> dict:
    """What each bears by himself though he is jointly liable: of hybrid, the non-economic part."""
    if debt.mode != "hybrid":
        return dict.fromkeys(debt.part, 0)
    return dict(zip(debt.part, split(debt_in_two(debt)[0], weights_of(debt)), strict=True))


def named(debt: Debt, who: Who) -> str:
    """The name of the form that holds for him."""
    if debt.mode not in ("auto", "zhou2024", "threshold"):
        return debt.mode
    return public(debt.forms[who.id])


def public(form: str) -> str:
    """The name of a form as the contract has it."""
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
