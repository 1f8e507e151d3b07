"""Internal shares: how much of the loss each party finally bears, as weights in billionths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial, reduce
from math import sqrt
from operator import add
from typing import TYPE_CHECKING

from simlib import causation, chain, riskbenefit
from simlib.interval import Interval, high_end, hull, low_end
from simlib.law.authority import authority
from simlib.law.rule import word
from simlib.liability.numbers import WHOLE, F, N
from simlib.liability.reasoned_value import Reasoned
from simlib.money import WEIGHT_UNITS, exact
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import Number, Quantity, WeightRange
    from simlib.law.rule import Rules
    from simlib.liability.numbers import Join, Numbers
    from simlib.liability.records import Debtor
    from simlib.money import Share, Units, Weight

    Pair = tuple[Weight, Weight]  # causal force, fault

FIXED = ("stated", "equal", "shapley")  # weights that no unknown fact moves
BOUNDLESS = 10**9  # times the loss: more than any unknown gain need be to take the whole share


def chosen_rule(debtors: Sequence[Debtor], rules: Rules, undeterminable: bool) -> str:
    """Return the rule that measures the shares; `stated` where the case states them all.

    Equal shares are a finding (难以确定责任大小的，平均承担): `undeterminable`. An unknown weight
    is none, and leaves the shares open, unless the rule `unknown_shares` takes it for one. `auto`
    weighs causal force × fault.
    """
    if debtors and all(d.party.share is not None for d in debtors):
        return "stated"
    rule = "product" if rules["share"] == "auto" else word(rules, "share")
    if undeterminable or (rules["unknown_shares"] == "equal" and _open(rule, debtors)):
        return "equal"
    return rule


def _open(rule: str, debtors: Sequence[Debtor]) -> bool:
    """Tell whether a rule weighs a fact that nobody knows."""
    if rule == "gain":
        return any(d.party.gain_direct_fen is None for d in debtors)
    weighed = (n.value for d in debtors for n in (d.cause, d.fault))
    return rule not in FIXED and any(isinstance(value, Interval) for value in weighed)


MEANS: dict[str, Join] = {
    "mean": lambda one, other, root: (one + other) / 2,
    "geometric": lambda one, other, root: root(one * other),
}


def units(rule: str, causes: Sequence[F], faults: Sequence[F], numbers: Numbers[N, F]) -> list[N]:
    """Return weights in billionths by `product`, `mean` or `geometric`, of one case or many.

    The means are of what each causal force and each fault is of the sum of them all.

    Parameters
    ----------
    causes, faults
        causal force and fault, one a party, in [0, 1]
    """
    if not causes:
        return []
    if rule == "product":
        return [numbers.product(cause, fault) for cause, fault in zip(causes, faults, strict=True)]
    return list(numbers.joined(MEANS[rule], causes, faults))


def give_rest(
    units: list[N],
    heads: Sequence[int],
    weights: Sequence[N],
    fine: int,
    numbers: Numbers[N, F],
    alone: bool = False,
) -> None:
    """Give the principals what the others' shares leave of the whole, of one case or many.

    Parameters
    ----------
    units
        everybody's share in billionths, the principals' 0; afterwards in `fine` parts of these
    heads, weights
        places of the principals, and what they divide the rest by
    alone
        whether nobody else answers: then nothing is left over, and these are their shares
    """
    if alone:
        for i, weight in zip(heads, weights, strict=True):
            units[i] = weight
        return
    rest = fine * numbers.above_zero(WEIGHT_UNITS - reduce(add, units))
    units[:] = [fine * unit for unit in units]
    for i, part in zip(heads, numbers.split(rest, weights) if heads else [], strict=True):
        units[i] = part


def root(debtor: Debtor) -> Quantity:
    """Return √(cause·fault) of a debtor, unscaled."""
    ends = [sqrt(end(debtor.cause.value) * end(debtor.fault.value)) for end in (low_end, high_end)]
    return hull(ends)


def root_split(debtor: Debtor, value: Number) -> Pair:
    """Return a cause and a fault with a given √ of their product, both as far between their ends.

    Inside the ends both are c + t·(C − c), f + t·(F − f): a quadratic equation for t.
    """
    ends = root(debtor)
    low = low_end(debtor.cause.value), low_end(debtor.fault.value)
    high = high_end(debtor.cause.value), high_end(debtor.fault.value)
    if value in (low_end(ends), high_end(ends)):
        return low if value == low_end(ends) else high
    wide = float(high[0] - low[0]), float(high[1] - low[1])
    a, b = wide[0] * wide[1], low[0] * wide[1] + low[1] * wide[0]
    c = low[0] * low[1] - value * value
    t = (sqrt(b * b - 4 * a * c) - b) / (2 * a) if a else -c / b
    t = min(1.0, max(0.0, t))
    return low[0] + t * wide[0], low[1] + t * wide[1]


def weights(
    rule: str, debtors: Sequence[Debtor], case: Case, tracing: str
) -> list[Reasoned[WeightRange]]:
    """Return each debtor's weight with its reasons; an interval where it is open."""
    if rule == "stated":
        return [_stated(d, d.party.share) for d in debtors if d.party.share is not None]
    if rule == "equal":
        return [_equal(d, case) for d in debtors]
    if rule == "shapley":
        return _shapley(debtors)
    if rule == "gain":
        return [_gain(d, case, tracing) for d in debtors]
    return _weighed(rule, debtors, authority("share", case))


def _stated(debtor: Debtor, share: Share) -> Reasoned[WeightRange]:
    source = f"case:parties.{debtor.party.id}.share"
    return Reasoned(share, lambda: Trace("weight", share, "share", source=source, party=debtor.id))


def _equal(debtor: Debtor, case: Case) -> Reasoned[WeightRange]:
    def write() -> Trace[WeightRange]:
        (source,), cites = authority("inside", case), authority("share", case)
        return Trace(
            "weight", 1, "share", "weight.equal",
            source=f"citation:{source}", party=debtor.id, cites=cites,
        )  # fmt: skip

    return Reasoned(1, write)


def _weighed(
    rule: str, debtors: Sequence[Debtor], cites: tuple[str, ...]
) -> list[Reasoned[WeightRange]]:
    """Return weights by causal force and fault: own facts, and their sums where these count too."""
    sums: list[Trace] = []  # written once, with the first step that rests on them

    def write(debtor: Debtor, value: WeightRange) -> Trace[WeightRange]:
        if rule != "product" and not sums:
            sums.extend(_sums(debtors))
        rests = (debtor.cause.step, debtor.fault.step, *sums)
        return Trace(
            "weight", value, "share", f"weight.{rule}", rests, party=debtor.id, cites=cites
        )

    return [
        Reasoned(value, partial(write, debtor, value))
        for debtor, value in zip(debtors, _weight_values(rule, debtors), strict=True)
    ]


def _sums(debtors: Sequence[Debtor]) -> Iterator[Trace]:
    for key, facts in (
        ("causes", [d.cause for d in debtors]),
        ("faults", [d.fault for d in debtors]),
    ):
        value, rests = _sum([each.value for each in facts]), tuple(each.step for each in facts)
        yield Trace(key, value, "weight", "weights.sum", rests)


def _shapley(debtors: Sequence[Debtor]) -> list[Reasoned[WeightRange]]:
    """Shares in the game the roles make: a principal, and one of each kind of help there is."""
    kinds = [_kind(d) for d in debtors]
    helping = [k for k in dict.fromkeys(kinds) if k != "principal"]
    counts = [kinds.count(kind) for kind in helping]
    heads, members = causation.acts_shapley(kinds.count("principal"), counts)
    values = {"principal": heads, **dict(zip(helping, members, strict=True))}

    def write(debtor: Debtor, kind: str) -> Trace[WeightRange]:
        rests, rule = (_role(debtor, kind),), "weight.shapley"
        return Trace("weight", values[kind], "share", rule, rests, party=debtor.id)

    return [
        Reasoned(values[kind], partial(write, debtor, kind))
        for debtor, kind in zip(debtors, kinds, strict=True)
    ]


def _kind(debtor: Debtor) -> str:
    role, act = debtor.party.role, debtor.party.act
    return act if role == "helper" and act else role


def _role(debtor: Debtor, kind: str) -> Trace:
    field = "act" if debtor.party.role == "helper" else "role"
    return Trace("kind", kind, "kind", source=f"case:parties.{debtor.party.id}.{field}")


def _gain(debtor: Debtor, case: Case, tracing: str) -> Reasoned[WeightRange]:
    """Return what he earned on the claimant's money; any amount where nobody found it."""
    party = debtor.party
    factor = chain.gain_factor(case, party.id, tracing)
    gains = (party.gain_direct_fen or 0) + party.gain_indirect_fen
    known: Weight = gains if factor is None else gains * factor
    value: WeightRange = known
    if party.gain_direct_fen is None and factor != 0:
        value = Interval(known, known + case.loss_fen * BOUNDLESS)
    return Reasoned(value, lambda: _gain_step(debtor, case, value, factor, tracing))


def _gain_step(
    debtor: Debtor, case: Case, value: WeightRange, factor: Fraction | None, tracing: str
) -> Trace[WeightRange]:
    where, party = f"case:parties.{debtor.party.id}", debtor.party
    children = (
        Trace("gain_direct", party.gain_direct_fen, "fen", source=f"{where}.gain_direct_fen"),
        Trace("gain_indirect", party.gain_indirect_fen, "fen", source=f"{where}.gain_indirect_fen"),
        riskbenefit.factor_trace(case, party.id, factor, tracing),
    )
    return Trace("weight", value, "weight", "weight.gain", children, party=debtor.id)


def _sum(values: Sequence[WeightRange]) -> WeightRange:
    low, high = sum(exact(low_end(v)) for v in values), sum(exact(high_end(v)) for v in values)
    return Fraction(low) if low == high else Interval(float(low), float(high))


def _weight_values(rule: str, debtors: Sequence[Debtor]) -> list[WeightRange]:
    """Return each weight with its own facts at one end and the others' at the opposite end."""
    lows, highs = (
        [(end(d.cause.value), end(d.fault.value)) for d in debtors] for end in (low_end, high_end)
    )
    if rule == "product" or lows == highs:  # the others' facts move nothing
        return [
            _between(low, high)
            for low, high in zip(_units_of(rule, lows), _units_of(rule, highs), strict=True)
        ]
    values = []
    for i in range(len(debtors)):
        ends = [
            _units_of(rule, [*other[:i], own[i], *other[i + 1 :]])[i]
            for own, other in ((lows, highs), (highs, lows))
        ]
        values.append(_between(min(ends), max(ends)))
    return values


def _between(low: Units, high: Units) -> WeightRange:
    return hull([low / WEIGHT_UNITS, high / WEIGHT_UNITS])


def _units_of(rule: str, pairs: Sequence[tuple[Weight, Weight]]) -> list[Units]:
    return units(rule, [c for c, _ in pairs], [f for _, f in pairs], WHOLE)
