"""Reckon a trace again from its leaves, by rules written anew: what a reader could do by hand."""

from __future__ import annotations

from fractions import Fraction

from simlib.trace import Trace


def exact(value: object) -> Fraction:
    """A number of a trace as the decimal it shows."""
    return Fraction(value) if isinstance(value, int | Fraction) else Fraction(repr(value))


def half_up(amount: Fraction) -> int:
    """Halves of a fen upwards."""
    return int((amount + Fraction(1, 2)) // 1)


def largest_remainder(total: int, weights: list[Fraction], own: int) -> int:
    """One part of a split by largest remainder, ties in order."""
    if not sum(weights):
        weights = [Fraction(1)] * len(weights)
    exact_parts = [total * w / sum(weights) for w in weights]
    left = total - sum(int(p) for p in exact_parts)
    order = sorted(range(len(weights)), key=lambda i: (-(exact_parts[i] % 1), i))
    return int(exact_parts[own]) + (own in order[:left])


def _values(node: Trace) -> dict:
    return {child.key: child.value for child in node.children}


def _split(node: Trace) -> int:
    amount, weights = node.children[0], node.children[1:]
    own = [w.party for w in weights].index(node.party)
    return largest_remainder(amount.value, [exact(w.value) for w in weights], own)


def _exposure(node: Trace) -> int:
    v, measure = _values(node), node.rule.removeprefix("exposure.")
    amount = {
        "claim": lambda: v["claim"],
        "share": lambda: v["part"],
        "score": lambda: v["part"],
        "limit": lambda: v["limited"],
        "gain": lambda: v["gains"],
        "nothing": lambda: 0,
        "rest": lambda: v["claim"] - v["principals_paid"],
        "limited_rest": lambda: min(
            v["limited"] - v.get("before", 0), v["claim"] - v["principals_paid"]
        ),
        "proof": lambda: v["claim"] if v["proved"] else 0,
    }[measure]()
    if measure in ("share", "score", "limit", "gain"):
        amount -= v.get("before", 0)
    if "flow_cap" in v:
        amount = min(amount, v["flow_cap"] - v.get("before", 0))
    return max(0, min(amount, v["claim"]))


def _share(node: Trace) -> float:
    weights = [exact(w.value) for w in node.children]
    own = [w.party for w in node.children].index(node.party)
    return float(weights[own] / sum(weights)) if sum(weights) else 1 / len(weights)


def _capped(node: Trace) -> int:
    v = _values(node)
    return v["exposure"] if v["assets"] is None else min(v["exposure"], v["assets"])


def _by_principals(node: Trace) -> int:
    claim, *pairs = node.children
    purses = [
        e.value if a.value is None else min(e.value, a.value)
        for e, a in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    return min(claim.value, sum(purses))


RULES = {
    "principals_paid": _by_principals,
    "received.sum": lambda n: sum(c.value for c in n.children),
    "damages.less-own-fault": lambda n: half_up(
        n.children[0].value * (1 - exact(n.children[1].value))
    ),
    "claim.less-recovered": lambda n: max(0, n.children[0].value - n.children[1].value),
    "recovered.sum": lambda n: sum(c.value for c in n.children),
    "split": _split,
    "split.respread": _split,
    "paid.split": _split,
    "share.of-weights": _share,
    "weight.product": lambda n: float(exact(n.children[0].value) * exact(n.children[1].value)),
    "limited.share-of-damages": lambda n: half_up(n.children[0].value * exact(n.children[1].value)),
    "paid.up-to-cap": _capped,
    "paid.not-sued": lambda n: 0,
    "to_share": lambda n: n.children[0].value - sum(c.value for c in n.children[1:]),
    "proved.each-element": lambda n: all(c.value >= n.children[-1].value for c in n.children[:-1]),
    "burden.dismissed": lambda n: 0,
    "short": lambda n: max(0, n.children[0].value - sum(c.value for c in n.children[1:])),
    "share.capped": lambda n: min(
        n.children[2].value, n.children[1].value * n.children[0].value / 0.5
    ),
}


def differences(trace: Trace) -> list[tuple[Trace, object]]:
    """The steps that do not follow from the steps below them, and what would."""
    found = []
    for node in trace.walk():
        rule = _exposure if (node.rule or "").startswith("exposure.") else RULES.get(node.rule)
        if rule is None:
            continue
        value = rule(node)
        if abs(value - node.value) > (1e-9 if isinstance(value, float) else 0):
            found.append((node, value))
    return found


def unfounded(trace: Trace) -> list[Trace]:
    """Leaves that name no source."""
    return [n for n in trace.walk() if not n.children and n.source is None]
