"""Weights of the liable: stated, by rule, or by risk and benefit."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from reference.amounts import half_up, number, power, root, split, units
from reference.facts import Facts, Who, need
from reference.games import shapley

# Teaching assumptions of the risk–benefit model: base, cap and risk created, by act of help.
ACTS = {
    "payment": (0.20, 0.30, 0.60), "tech": (0.25, 0.375, 0.70),
    "account": (0.10, 0.15, 0.35), "promotion": (0.10, 0.15, 0.30),
}  # fmt: skip
WEIGHTS = (0.25, 0.35, 0.40)  # of gain, risk, cause
GAMMA, G_HALF, LAMBDA, PI, FLOOR, P_MIN = 0.25, 0.05, 0.5, 0.3, 0.6, 0.4


def share_rule(facts: Facts) -> str:
    """The rule that holds for the group: stated shares first, then a finding that they are equal.

    What a report does not say is not what a court could not determine: an unknown weight makes
    equal shares only under `unknown_shares = equal`.
    """
    who, rule = facts.liable, facts.rules["share"]
    if all(w.share is not None for w in who):
        return "stated"  # which also holds where nobody is in the group
    if facts.undeterminable:
        return "equal"
    rule = "product" if rule == "auto" else rule
    weighed = {"gain": ("gain",), "equal": (), "shapley": ()}.get(rule, ("fault", "cause"))
    unknown = any(name in w.open for w in who for name in weighed)
    return "equal" if unknown and facts.rules["unknown_shares"] == "equal" else rule


def weights_by_rule(facts: Facts) -> list[Fraction]:
    """The weight of each liable party: as stated, else by the rule for shares."""
    who, rule = facts.liable, share_rule(facts)
    if rule == "stated":
        return stated(facts)
    if rule == "equal":
        return [Fraction(1)] * len(who)
    if rule == "gain":
        return [w.gains for w in who]
    if rule == "shapley":
        return shapley(who)
    c = [need(w.cause, w.id, "causal_force") for w in who]
    f = [need(w.fault, w.id, "fault") for w in who]
    if rule == "product":
        return [a * b for a, b in zip(c, f, strict=True)]
    if rule == "geometric":  # √(f̂ĉ), each of the sum of all
        of = (sum(c) or 1) * (sum(f) or 1)
        return [root(a * b / of) for a, b in zip(c, f, strict=True)]
    if rule == "mean":
        pairs = [(a / (sum(c) or 1), b / (sum(f) or 1)) for a, b in zip(c, f, strict=True)]
        return [(a + b) / 2 for a, b in pairs]
    raise NotImplementedError(rule)


def stated(facts: Facts) -> list[Fraction]:
    """Shares as stated, of the sum of those of who is held.

    In a piece a helper's holds as it is, the principals take the rest by theirs, also what belongs
    to a card none of her money reached; where no principal is held, helpers' hold among them.
    """
    who = facts.liable
    whole = [half_up(w.share * 10**9) for w in who]
    rest = facts.held - sum(x for w, x in zip(who, whole, strict=True) if not w.principal)
    left = iter(split(rest, [w.share for w in who if w.principal]))
    return [Fraction(next(left) if w.principal else x, 10**9)
            for w, x in zip(who, whole, strict=True)]  # fmt: skip


def score(
    who: Who, loss: int, aggregator: str = "geometric", off: tuple[str, ...] = ()
) -> Fraction:
    """The risk–benefit share after cap and direct floor, before the group step.

    `off` names what is switched off: the base (the score itself is the share), the cap, or the
    exemption of technical helpers.
    """
    if who.act is None:
        raise NotImplementedError("no act of help: base, cap and risk are not defined")
    if who.exempt and "exemption" not in off:
        return Fraction(0)
    base, cap, created = ACTS[who.act]
    card = who.act in ("payment", "account") and who.flow is not None
    behind = min(loss, who.flow) if card else loss
    gain = (need(who.gain, who.id, "gain_direct_fen") + number(LAMBDA) * who.indirect) * who.factor
    g = gain / behind if behind else Fraction(0)
    g = number(GAMMA) + (1 - number(GAMMA)) * g / (g + number(G_HALF))
    control = need(who.control, who.id, "control")
    control = 1 - (1 - control) * (1 - number(PI)) if who.professional else control
    foresight = need(who.foresight, who.id, "foresight")
    r = power(number(created), 0.4) * power(foresight, 0.3) * power(control, 0.3)
    c = need(who.cause, who.id, "causal_force")
    # The gate is passed by whoever is liable: an unknown cause may near 0, the floor still holds.
    s = join(aggregator, g, r, c) * (1 if "base" in off else 2 * number(base))
    most = Fraction(1) if who.direct or "cap" in off else number(cap)
    return min(most, max(s, number(FLOOR)) if who.direct else s)


def join(aggregator: str, *scores: Fraction) -> Fraction:
    """The three scores as one number."""
    if aggregator == "geometric":
        return round(prod(power(x, w) for x, w in zip(scores, WEIGHTS, strict=True)), 30)
    if aggregator == "additive":
        return sum(x * number(w) for x, w in zip(scores, WEIGHTS, strict=True))
    return prod(scores) * 4


def found_by_court(facts: Facts) -> list[Fraction]:
    """What a court left to each at its discretion, as a part of D; the principals' is the rest.

    It is a part of the loss, the claimant's own fault included, and takes the place of a share:
    over 1 − v, where that lets him off, it is his part of D, at most all of it, in whole
    billionths. More than all counts in proportion. Principals alone share as they always do.
    """
    if all(w.principal for w in facts.liable):
        return weights_by_rule(facts)
    s = {w.id: min(Fraction(1), need(w.court_share, w.id, "court_share") / facts.remains(w))
         for w in facts.liable if not w.principal}  # fmt: skip
    s = {i: Fraction(half_up(x * 10**9), 10**9) for i, x in s.items()}
    return with_principals(facts, s, 10**6)


def discretion(who: Who, base: int, most: int) -> int:
    """What a court left to him [fen], at most D, of a negligent party what her fault leaves of it.

    Who lets her bear 30 % herself cannot have him pay 90 %.
    """
    return min(most, half_up(need(who.court_share, who.id, "court_share") * base))


def with_principals(facts: Facts, s: dict, fine: int = 1) -> list[Fraction]:
    """Others' shares, given in billionths, and what they leave to the principals, by theirs.

    All `fine` times as large: however little is left, whole billionths then tell their shares.
    Stated shares are taken as written, not as the parts of a piece that they come to, and geometric
    means of cause and fault as they are, not of the sums of those of all.
    """
    who = facts.liable
    rule, own = share_rule(facts), weights_by_rule(facts)
    if rule == "stated":
        own = [w.share for w in who]
    elif rule == "geometric":
        own = [root(need(w.cause, w.id, "cause") * need(w.fault, w.id, "fault")) for w in who]
    shares = units([x for w, x in zip(who, own, strict=True) if w.principal])
    rest = fine * max(0, 10**9 - int(sum(s.values()) * 10**9))
    left = iter(split(rest, [Fraction(u, 10**9) for u in shares]))
    return [Fraction(next(left), 10**9) if w.principal else fine * s[w.id] for w in who]


def risk_benefit_weights(facts: Facts) -> list[Fraction]:
    """Helpers' scores after the group step; the principals' remainder by their shares.

    In whole billionths, so that the remainder is divided without a rest; where no helper is liable
    nothing is scored, and the shares stay as they are.
    """
    who, rule = facts.liable, facts.rules["aggregator"]
    if all(w.principal for w in who):
        return weights_by_rule(facts)
    off = tuple(x for x in ("base", "cap", "exemption") if facts.rules[f"rb_{x}"] == "off")
    s = {w.id: score(w, facts.whole, rule, off) for w in who if not w.principal}
    most = 1 - number(P_MIN)
    if sum(s.values()) > most:
        s = {i: x * most / sum(s.values()) for i, x in s.items()}
    total = 1 - sum(s.values())
    free = {w.id for w in who if w.direct or w.grade == "concert"}
    s = {i: x if i in free else min(x, total) for i, x in s.items()}
    s = {i: Fraction(half_up(x * 10**9), 10**9) for i, x in s.items()}
    return with_principals(facts, s)
