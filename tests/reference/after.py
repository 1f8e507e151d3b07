"""What remains among the group: who bears how much, who carries it, and who may ask whom."""

from __future__ import annotations

from fractions import Fraction

from reference.amounts import fill, split
from reference.debt import Debt, by_share, given_up, liable_jointly, second_line
from reference.facts import Who, collectable


def burdens(debt: Debt, most: dict) -> tuple[dict, dict]:
    """Each one's share of D, at most what he could be held to (`most`); and what that moved.

    Of a negligent party's share it is what her own fault leaves. All that is cut off falls on the
    principals by their shares, each up to his own outer limit; on nobody where they go by share.
    Where guardians alone stand in the principals' place, those who owe the whole take their part of
    it (12(1)). Nobody bears anything where the suit or the claim is dismissed; who was released
    bears what he paid of his part.
    """
    nobody = dict.fromkeys(debt.part, 0)
    if debt.mode in ("dismiss_suit", "dismiss_claim"):
        return nobody, nobody
    kept, cut = {}, 0
    for w in debt.facts.liable:
        if w in given_up(debt):
            kept[w.id] = min(debt.due[w.id], debt.before[w.id])
            cut += debt.part[w.id] - debt.due[w.id]
            continue
        kept[w.id] = 0 if second_line(debt, w) else min(debt.due[w.id], most[w.id])
        cut += debt.part[w.id] - kept[w.id]
    heads = heirs(debt)
    room = [most[i] - kept[i] for i in heads]
    shares = [Fraction(debt.weights[i], 10**9) for i in heads]
    moved = nobody | dict(zip(heads, fill(cut, room, shares), strict=True))
    return {i: x + moved[i] for i, x in kept.items()}, moved


def heirs(debt: Debt) -> list[str]:
    """On whom falls what others do not bear: principals who do not go by share.

    Where guardians alone stand in their place, also who owes the whole, or all since he knew.
    """
    still = [w for w in debt.facts.liable if not w.released]
    heads = [w.id for w in still if w.principal and not by_share(debt, w)]
    if not heads or any(debt.forms[i] != "guardian" for i in heads):
        return heads
    return [w.id for w in still if w.id in heads or debt.forms[w.id] in ("joint", "known")]


def carried(debt: Debt, most: dict, burden: dict, moved: dict, alone: dict) -> dict:
    """What each would pay of the burdens if those jointly liable paid them together.

    Each as far as his assets, what he paid before included, and his outer limit go; `alone` is what
    each owes by himself and carries anyhow. Who can pay his burden carries it if all can; otherwise
    a principal first carries what others' limits moved to him.
    """
    group = [w for w in debt.facts.liable if liable_jointly(debt, w)]
    own = {w.id: min(burden[w.id], alone[w.id]) for w in group}
    can = {w.id: able(debt, w, most[w.id]) - own[w.id] for w in group}
    owed = {i: burden[i] - own[i] for i in own}
    if all(can[i] >= owed[i] for i in owed):
        return burden
    first = {i: max(0, min(moved[i], can[i])) for i in owed}
    more = fill(
        sum(owed.values()) - sum(first.values()),
        [max(0, can[i] - first[i]) for i in owed],
        [exactly(debt, w) for w in group],
    )
    return burden | {i: own[i] + first[i] + x for i, x in zip(owed, more, strict=True)}


def exactly(debt: Debt, who: Who) -> Fraction:
    """His weight in what is carried, (1 − v) of it if he was negligent, without any rounding."""
    left = 1 - debt.facts.careless
    return debt.weights[who.id] * left.denominator * (left if who.negligent else 1)


def able(debt: Debt, who: Who, most: int) -> int:
    """How much he can pay of the whole debt: what he has and what he already paid.

    What a release takes off the debt (520(2)) nobody can be held to. Beside others' restitution his
    part is reckoned on what can still be asked of him, as when he pays; what others leave is more.
    """
    asks, gave = debt.used.get(who.id, (0, 0))
    more = collectable(debt.facts.rules, who, asked(debt, who, most), (asks, gave))
    if who.assets is not None:
        more = max(more, who.assets - gave)
    else:
        more = held(debt, most)
    return min(held(debt, most), debt.before[who.id] + more)


def held(debt: Debt, most: int) -> int:
    """His outer limit, less what a release takes off the debt."""
    left = debt.d - sum(debt.due[w.id] for w in given_up(debt))
    return min(most, max(0, left))


def asked(debt: Debt, who: Who, most: int) -> int:
    """What can still be asked of him: beyond what he paid before, and of what is open at all."""
    return max(0, min(held(debt, most) - debt.before[who.id], debt.owed))


def recourse(debt: Debt, burden: dict, carry: dict, had: dict) -> dict:
    """Each one's claims as (against, fen, kind); `had` is what each paid, now and before."""
    out: dict = {i: [] for i in had}
    shared(debt, carry, had, out)
    insolvent(debt, burden, carry, had, out)
    heads = [w.id for w in debt.facts.liable if w.principal]
    shares = [Fraction(debt.weights[i], 10**9) for i in heads]
    for w in debt.facts.liable:
        if second_line(debt, w):
            add(out, w.id, heads, split(had[w.id], shares), "whole")
    return out


def rounds(debt: Debt) -> list[tuple[list[str], list[str]]]:
    """Who asks whom, one round after another; who answers in second line has no part in it.

    A principal comes after all others and only against other principals, unless the rule lets him.
    """
    pool = [w for w in debt.facts.liable if not second_line(debt, w)]
    everybody, heads = [w.id for w in pool], [w.id for w in pool if w.principal]
    if debt.facts.rules["principal_recourse"] == "by_share":
        return [(everybody, everybody)]
    return [([w.id for w in pool if not w.principal], everybody), (heads, heads)]


def shared(debt: Debt, carry: dict, had: dict, out: dict) -> None:
    """What all paid above what they carry, against those who are short of it."""
    short = {i: max(0, carry[i] - had[i]) for i in had}
    for creditors, debtors in rounds(debt):
        over = [max(0, had[i] - carry[i]) for i in creditors]
        total = min(sum(over), sum(short[i] for i in debtors))
        for i, amount in zip(creditors, split(total, over), strict=True):
            take(out, i, amount, debtors, short, "share")


def insolvent(debt: Debt, burden: dict, carry: dict, had: dict, out: dict) -> None:
    """What each paid of what others bear and cannot carry (519(3)), against these."""
    less = {i: max(0, burden[i] - carry[i]) for i in burden}
    for creditors, debtors in rounds(debt):
        for i in creditors:
            amount = max(0, min(had[i], carry[i]) - burden[i])
            take(out, i, amount, debtors, less, "insolvent")


def take(out: dict, who: str, amount: int, names: list[str], left: dict, kind: str) -> None:
    """Give him a claim against the named, split by what is left of each, and lower what is left."""
    amount = min(amount, sum(left[i] for i in names))
    parts = split(amount, [left[i] for i in names])
    add(out, who, names, parts, kind)
    for i, x in zip(names, parts, strict=True):
        left[i] -= x


def add(out: dict, who: str, names: list[str], parts: list[int], kind: str) -> None:
    """Note his claims that are more than nothing."""
    out[who] += [(i, x, kind) for i, x in zip(names, parts, strict=True) if x]
