"""What remains among those liable: who bears how much, and who may ask whom."""

from __future__ import annotations

from fractions import Fraction

from reference.amounts import split
from reference.debt import Debt, liable_jointly


def burdens(debt: Debt, parts: tuple[int, int]) -> dict:
    """Each one's share of D: of what is owed alone as it is, of the rest after 519(3).

    There the shares of those without assets are spread, once, over the others jointly liable.
    Nobody bears anything where the suit or the claim is dismissed; who was released bears what he
    paid of his part.
    """
    if debt.mode in ("dismiss_suit", "dismiss_claim"):
        return dict.fromkeys(debt.part, 0)
    alone = split(parts[0], list(debt.weights.values()))
    jointly = borne_jointly(debt, parts[1])
    released = {w.id for w in debt.facts.liable if w.released}
    return {i: min(debt.part[i], debt.before[i]) if i in released else a + b
            for i, a, b in zip(debt.weights, alone, jointly, strict=True)}  # fmt: skip


def borne_jointly(debt: Debt, amount: int) -> list[int]:
    """An amount by the shares after 519(3).

    Beside a released debtor each has his own part, and the lost parts are split on their own: what
    the release took off the claim stays as it was.
    """
    if not any(w.released for w in debt.facts.liable):
        return split(amount, list(spread_again(debt).values()))
    parts = split(amount, list(debt.weights.values()))
    jointly = [liable_jointly(debt, w) and not w.released for w in debt.facts.liable]
    broke = [j and w.assets == 0 for j, w in zip(jointly, debt.facts.liable, strict=True)]
    able = [i for i, (j, b) in enumerate(zip(jointly, broke, strict=True)) if j and not b]
    if not able:
        return parts
    weights = list(debt.weights.values())
    falls = sum(p for p, b in zip(parts, broke, strict=True) if b)
    more = dict(zip(able, split(falls, [Fraction(weights[i], 10**9) for i in able]), strict=True))
    return [0 if broke[i] else part + more.get(i, 0) for i, part in enumerate(parts)]


def spread_again(debt: Debt) -> dict:
    """The shares after those of the penniless went to the others jointly liable."""
    jointly = [w for w in debt.facts.liable if liable_jointly(debt, w) and not w.released]
    broke, able = ([w.id for w in jointly if (w.assets == 0) is b] for b in (True, False))
    share = dict(debt.weights)
    if able:
        falls, base = (sum(share[i] for i in group) for group in (broke, able))
        # All times `base` (or their number, where all have share 0): the weights stay whole.
        scale = base or len(able)
        more = {i: falls * (share[i] if base else 1) for i in able}
        share = {i: w * scale for i, w in share.items()}
        share |= dict.fromkeys(broke, 0) | {i: share[i] + more[i] for i in able}
    return share


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
