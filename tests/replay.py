"""Reckon a trace again from its leaves, by rules written anew: what a reader could do by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from simlib.interval import Interval
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


BY_MEASURE = ("share", "score", "limit", "gain", "enlarged", "after_knowledge", "court_share",
              "chance", "realloc")  # fmt: skip


def _values(node: Trace) -> dict:
    return {child.key: child.value for child in node.children}


def _weights(nodes: Sequence[Trace]) -> list[Fraction]:
    """Weights in billionths, finer where a court's parts leave little to several principals.

    If all are 0, those who have a share are equal, and the others have none.
    """
    weights = [exact(w.value) for w in nodes]
    if not any("court" in (n.rule or "") for n in nodes):
        weights = [
            Fraction(half_up(w * 10**9 / kept), 10**9) * kept
            for w, kept in zip(weights, map(_kept, nodes), strict=True)
        ]
    if any(weights):
        return weights
    return [_kept(n) if n.rule != "weight.none" else Fraction(0) for n in nodes]


def _kept(node: Trace) -> Fraction:
    """What own fault leaves of a weight where it lets off the negligent alone."""
    less = node.rule == "weight.less-own-fault"
    return 1 - exact(node.children[1].value) if less else Fraction(1)


def _split(node: Trace) -> int:
    amount, weights = node.children[0], node.children[1].children
    own = [w.party for w in weights].index(node.party)
    return largest_remainder(amount.value, _weights(weights), own)


def _exposure(node: Trace) -> int:
    v, measure = _values(node), node.rule.removeprefix("exposure.")
    v["claim"] = v.get("owed", v.get("claim", 0))
    amount = {
        "claim": lambda: v["claim"],
        "released": lambda: 0,
        "enlarged": lambda: v["enlarged"],
        "after_knowledge": lambda: v["after_knowledge"],
        "court_share": lambda: v["by_court"],
        "chance": lambda: v["chance_owed"],
        "realloc": lambda: v["reallocated"],
        "hybrid": lambda: v["joint_part"] + v["several_part"] if "joint_part" in v else v["claim"],
        "threshold": lambda: _by_threshold(node, v),
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
    if measure in ("claim", "rest", "proof") and "damages" in v:  # less own fault, for him alone
        amount = min(amount, v["damages"] - v.get("before", 0))
    if measure in BY_MEASURE:
        amount -= v.get("before", 0)
    if "answers_for" in v:
        amount = min(amount, v["answers_for"] - v.get("before", 0))
    return max(0, min(amount, v["claim"]))


def _by_threshold(node: Trace, v: dict) -> int:
    share = next((c for c in node.children if c.key == "share"), None)
    if share is None:  # a principal who answers for the whole
        return v["claim"]
    nodes = share.children[0].children
    weights = [exact(w.value) for w in nodes]
    own = weights[[w.party for w in nodes].index(node.party)]
    reached = own >= exact(v["theta"]) * sum(weights)
    return v["claim"] if reached else v["part"] - v.get("before", 0)


def _share(node: Trace) -> float:
    nodes = node.children[0].children
    weights = _weights(nodes)
    own = [w.party for w in nodes].index(node.party)
    return float(weights[own] / sum(weights)) if sum(weights) else 0.0


def _outer(node: Trace) -> int:
    """The most he could be held to had nobody paid: what his form measures, up to all damages."""
    v, measure = _values(node), node.rule.removeprefix("outer_limit.")
    amount = {
        "claim": lambda: v["damages"],
        "rest": lambda: v["damages"],
        "share": lambda: v["part"],
        "score": lambda: v["part"],
        "limit": lambda: v["limited"],
        "limited_rest": lambda: v["limited"],
        "gain": lambda: v["gains"],
        "enlarged": lambda: v["enlarged"],
        "after_knowledge": lambda: v["after_knowledge"],
        "court_share": lambda: v["by_court"],
        "chance": lambda: v["chance_owed"],
        "proof": lambda: v["damages"] if v["proved"] else 0,
        "threshold": lambda: _by_threshold(node, {"claim": v["damages"]} | v),
        "nothing": lambda: 0,
        "realloc": lambda: max(v["part"], v["reallocated"]),
    }[measure]()
    caps = [v[key] for key in ("answers_for", "damages_less_released", "damages") if key in v]
    return max(0, min([amount, *caps]))


def _carried(node: Trace) -> int:
    """What he pays of all burdens if all who are jointly liable pay together."""
    burdens, weights, able, *alone = node.children
    owes = {a.party: a.value for a in alone}
    own = [min(b.value, owes.get(b.party, 0)) for b in burdens.children]
    most = [n.value - mine for n, mine in zip(able.children, own, strict=True)]
    first = [
        max(0, min(sum(c.value for c in b.children if c.key == "taken_over"), cap))
        for b, cap in zip(burdens.children, most, strict=True)
    ]
    total = burdens.value - sum(own) - sum(first)
    room = [max(0, cap - mine) for cap, mine in zip(most, first, strict=True)]
    place = [w.party for w in weights.children].index(node.party)
    shares = _weights(weights.children)
    return own[place] + first[place] + _fill(min(total, sum(room)), room, shares)[place]


def _capped(node: Trace) -> int:
    v = _values(node)
    purse = v.get("available", v.get("assets"))
    return v["exposure"] if purse is None else min(v["exposure"], purse)


def _mean(node: Trace, half: bool) -> float:
    cause, fault, causes, faults = (exact(c.value) for c in node.children)
    c, f = (x / whole if whole else Fraction(1) for x, whole in ((cause, causes), (fault, faults)))
    return float((c + f) / 2) if half else float(c * f) ** 0.5


def _purse(node: Trace) -> int | None:
    values = [c.value for c in node.children]
    return None if None in values else sum(values)


def _filled(node: Trace) -> int:
    """His part when all bear by share, none beyond his purse, the claimant with her own fault."""
    whole, weights, own, purses = node.children
    shares = [exact(w.value) / exact(weights.value) for w in weights.children]
    shares = [_billionth(s * (1 - exact(own.value))) for s in shares] + [_billionth(own.value)]
    gone = [any(c.key == "released" for c in p.children) for p in purses.children]
    shares = [Fraction(0) if g else s for g, s in zip([*gone, False], shares, strict=True)]
    caps = [
        0 if g else whole.value if p.value is None else p.value
        for p, g in zip(purses.children, gone, strict=True)
    ] + [whole.value]
    place = [w.party for w in weights.children].index(node.party)
    return _fill(whole.value, caps, shares)[place]


def _billionth(number: object) -> Fraction:
    return Fraction(half_up(exact(number) * 10**9), 10**9)


def _fill(total: int, caps: list[int], shares: list[Fraction]) -> list[int]:
    """Largest remainder, again and again, each cap once it is reached."""
    paid: list[int | None] = [None] * len(caps)
    while True:
        left = total - sum(p for p in paid if p is not None)
        active = [i for i, p in enumerate(paid) if p is None and shares[i]]
        whole = sum(shares[i] for i in active)
        full = [i for i in active if left * shares[i] >= caps[i] * whole]
        for i in full:
            paid[i] = caps[i]
        if not full:
            break
    for place, i in enumerate(active):
        paid[i] = largest_remainder(left, [shares[k] for k in active], place)
    idle = [i for i, p in enumerate(paid) if p is None]
    left = max(0, total - sum(p for p in paid if p is not None))
    rest = _fill(left, [caps[i] for i in idle], [Fraction(1)] * len(idle)) if idle else []
    for i, part in zip(idle, rest, strict=True):
        paid[i] = part
    return paid


def _ruled(node: Trace) -> Fraction:
    """The part of the loss a court left to him."""
    return next(exact(n.value) for n in node.walk() if n.key == "court_share")


def _able_to(node: Trace) -> int:
    """What he has and paid before, up to his outer limit."""
    v = _values(node)
    purse = v.get("available", v.get("assets"))
    caps = [v["outer_limit"]] if "outer_limit" in v else []
    return min([*caps, *([] if purse is None else [purse + v.get("before", 0)])])


def _in_proportion(node: Trace) -> int:
    """His assets by what he owes here over that and what he owes others."""
    assets, here, *others = (c.value for c in node.children)
    whole = here + sum(others)
    return min(here, half_up(Fraction(assets * here, whole))) if whole else 0


def _orders_part(assets: int, orders: int, civil: int) -> int:
    """What of his assets falls to orders of restitution beside judgments of equal rank."""
    whole = orders + civil
    return assets - (min(civil, half_up(Fraction(assets * civil, whole))) if whole else 0)


def _in_two(node: Trace) -> int:
    economic, other, weights = node.children
    values = _weights(weights.children)
    own = [w.party for w in weights.children].index(node.party)
    return sum(largest_remainder(kind.value, values, own) for kind in (economic, other))


def _several_part(node: Trace) -> int:
    other, weights, *before = node.children
    values = _weights(weights.children)
    own = [w.party for w in weights.children].index(node.party)
    return max(0, largest_remainder(other.value, values, own) - sum(b.value for b in before))


def _additive(node: Trace) -> float:
    v = {c.key: c.value for c in node.children} | {
        (c.source or "").removeprefix("parameter:"): c.value for c in node.children if c.source
    }
    lifted = v["gamma"] + (1 - v["gamma"]) * v["gain"]
    scores = {"gain": lifted, "risk": v["risk"], "cause": v["causal_force"]}
    return sum(v[f"weight.{name}"] * score for name, score in scores.items())


def _z(node: Trace) -> float:
    """The score of the three dimensions, first among the steps of a share by the model."""
    return node.children[0].value


def _of_a_pool(node: Trace) -> int:
    """His part of a pool in proportion, nobody above a limit: of three groups by victim."""
    pool, parts, limits = node.children
    caps = [c.value for c in limits.children]
    shares = [exact(c.value) for c in parts.children]
    place = [c.party for c in parts.children].index(node.party)
    return _fill(min(pool.value, sum(caps)), caps, shares)[place]


def _by_loss(node: Trace) -> int:
    """His part of a pool in proportion to open losses."""
    pool, losses = node.children
    caps = [c.value for c in losses.children]
    place = [c.party for c in losses.children].index(node.party)
    return _fill(min(pool.value, sum(caps)), caps, [exact(c) for c in caps])[place]


def _directly(node: Trace) -> int:
    """What is his, up to his open loss."""
    _, parts, limits = node.children
    place = [c.party for c in parts.children].index(node.party)
    return min(parts.children[place].value, limits.children[place].value)


def _sum(node: Trace) -> int:
    """All below together."""
    return sum(c.value for c in node.children)


def _less(node: Trace) -> int:
    """What the others below leave of the first."""
    return max(0, node.children[0].value - sum(c.value for c in node.children[1:]))


def _of_piece(node: Trace) -> int:
    """What is due of one piece: of all that is due, by size."""
    damages, sizes, own = node.children
    place = next(n for n, size in enumerate(sizes.children) if size is own)
    return largest_remainder(damages.value, [Fraction(c.value) for c in sizes.children], place)


def _over_pieces(nodes: Sequence[Trace], whole: int) -> float:
    """A share of all: of each piece the share in it, by what is due of it."""
    pairs = zip(nodes[::2], nodes[1::2], strict=True)
    return float(sum(exact(s.value) * d.value for s, d in pairs) / whole) if whole else 0.0


# Rules that are reckoned alike, whatever they are about.
FAMILIES = {
    "weight.none part.none burden.second-line burden.not-held paid.not-sued": lambda n: 0,
    "by_court.share-of-loss caused.share limited.share-of-damages": lambda n: half_up(
        n.children[0].value * exact(n.children[1].value)
    ),
    "after_knowledge.whole after_knowledge.piece burden.part burden.outside carried.burden": (
        lambda n: n.children[0].value
    ),
    "damages.whole-loss": lambda n: n.children[0].value,
    "after_knowledge.less-own-fault enlarged.less-own-fault damages.less-own-fault "
    "due.less-own-fault": lambda n: half_up(n.children[0].value * (1 - exact(n.children[1].value))),
    "burden.limited paid.up-to-room part.up-to-damages": lambda n: min(c.value for c in n.children),
    "cut_off pool.less-others joint_part.left economic.rest restitution.open": lambda n: (
        n.children[0].value - n.children[1].value
    ),
    "cut_off_all burdens_together added.sum principals_paid": _sum,
    "burden.taken-over received.sum recovered.sum": _sum,
    "carried.together carried.alone": _carried,
    "loss_open.less owed.less-released owed.less-before loss_left": _less,
    "given_up.part available.less-restitution short": _less,
    "returned.in-proportion returned.by-inflow room.shared": _of_a_pool,
    "purse.sum available.added": _purse,
    "split paid.split": _split,
    "available.with-ward order.others": lambda n: min(
        n.children[0].value, sum(c.value for c in n.children[1:])
    ),
    "share.gate share.exempt": lambda n: 0.0,
    "exemption.all-shown exemption.not-all": lambda n: all(c.value is True for c in n.children),
}
RULES = {rule: alike for rules, alike in FAMILIES.items() for rule in rules.split()} | {
    "weight.court": lambda n: float(
        min(Fraction(1), _ruled(n.children[0]) / (1 - exact(n.children[1].value)))
    ),
    "able_to": lambda n: _able_to(n),
    "returned.by-loss": _by_loss,
    "returned.directly": _directly,
    "restituted.least": lambda n: max(0, min(c.value for c in n.children)),
    "weight.less-own-fault": lambda n: (
        exact(n.children[0].value) * (1 - exact(n.children[1].value))
    ),
    "weights.sum": lambda n: float(sum(exact(c.value) for c in n.children)),
    "weight.mean": lambda n: _mean(n, half=True),
    "weight.geometric": lambda n: _mean(n, half=False),
    "weight.gain": lambda n: float(
        ((n.children[0].value or 0) + n.children[1].value) * exact(n.children[2].value)
    ),
    "gains.swiss": lambda n: max(c.value for c in n.children),
    "reallocated.filled": _filled,
    "several_part": _several_part,
    "part.two-losses": _in_two,
    "burden.released": lambda n: min(n.children[1].value, sum(c.value for c in n.children[2:])),
    "score.additive": _additive,
    "claim.less-recovered": lambda n: max(0, n.children[0].value - n.children[1].value),
    "share.of-weights": _share,
    "weight.product": lambda n: float(exact(n.children[0].value) * exact(n.children[1].value)),
    "paid.up-to-cap": _capped,
    "to_share": lambda n: n.children[0].value - sum(c.value for c in n.children[1:]),
    "proved.each-element": lambda n: all(c.value >= n.children[-1].value for c in n.children[:-1]),
    "available.in-proportion": _in_proportion,
    "orders.in-proportion": lambda n: _orders_part(*(c.value for c in n.children)),
    "order.beside": lambda n: n.children[0].value - n.children[-1].value,
    "damages.of-piece": lambda n: _of_piece(n),
    "share.of-pieces": lambda n: _over_pieces(n.children[1:], n.children[0].value),
    "share.of-own-pieces": lambda n: _over_pieces(
        n.children, sum(c.value for c in n.children[1::2])
    ),
    "enlarged.whole": lambda n: n.children[0].value,
    "available.less-pieces": _less,
    "by_court.at-most-due": lambda n: min(c.value for c in n.children),
    "owed.at-most-open": lambda n: min(c.value for c in n.children),
    "carried.less-before": _less,
    "short.nobody-claims": lambda n: 0,
    "pieces.sum": _sum,
    "factor.traced": lambda n: float(Fraction(n.children[0].value, n.children[1].value)),
    "share.capped": lambda n: min(n.children[-1].value, n.children[-2].value * _z(n) / 0.5),
    "share.uncapped": lambda n: min(1.0, n.children[-2].value * _z(n) / 0.5),
    "share.capped-score": lambda n: min(n.children[-1].value, _z(n)),
    "share.uncapped-score": lambda n: min(1.0, _z(n)),
    "share.direct": lambda n: min(
        1.0, max(n.children[-1].value, n.children[-2].value * _z(n) / 0.5)
    ),
    "share.direct-score": lambda n: min(1.0, max(n.children[-1].value, _z(n))),
}


def value_open(node: Trace) -> bool:
    """Whether a step is open: an interval is bounded, not reckoned."""
    return isinstance(node.value, Interval)


def rule_of(rule: str) -> Callable[[Trace], object] | None:
    """The rule that a step names, written anew; None for one that is not reckoned here."""
    if rule.startswith("exposure."):
        return _exposure
    if rule.startswith("outer_limit.") and rule != "outer_limit.hybrid":
        return _outer
    return RULES.get(rule)


def differences(trace: Trace) -> list[tuple[Trace, object]]:
    """The steps that do not follow from the steps below them, and what would."""
    found = []
    for node in trace.walk():
        rule = rule_of(node.rule or "")
        if rule is None:
            continue
        if value_open(node) or any(value_open(c) for c in node.children):
            continue
        value = rule(node)
        if value is None and node.value is None:
            continue
        if abs(value - node.value) > (1e-9 if isinstance(value, float) else 0):
            found.append((node, value))
    return found


def unfounded(trace: Trace) -> list[Trace]:
    """Leaves that name no source."""
    return [n for n in trace.walk() if not n.children and n.source is None]
