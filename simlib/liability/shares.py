"""Internal shares: how much of the loss each party finally bears, as weights in billionths."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING

from simlib import chain, riskbenefit
from simlib.interval import Interval, high_end, low_end
from simlib.money import WEIGHT_UNITS, exact, weight
from simlib.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.case.model import Case
    from simlib.liability.facts import Debtor

FIXED = ("stated", "equal", "shapley")  # weights that no unknown fact moves
BOUNDLESS = 10**9  # times the loss: more than any unknown gain need be to take the whole share
SHARE_CITES = ("civil-code:178", "civil-code:1172")  # by size of responsibility, else equally


def chosen_rule(debtors: Sequence[Debtor], rules: dict) -> str:
    """The rule that measures the shares: `stated`, or the one asked for, with `auto` resolved.

    `auto` weighs causal force × fault where both are known for every liable party; otherwise the
    law's own default: 难以确定责任大小的，平均承担.
    """
    if debtors and all(d.party.share is not None for d in debtors):
        return "stated"
    if rules["share"] != "auto":
        return rules["share"]
    unknown = any(isinstance(n.value, Interval) for d in debtors for n in (d.cause, d.fault))
    return "equal" if unknown else "product"


def units(rule: str, causes: Sequence[float], faults: Sequence[float]) -> list[int]:
    """Weights in billionths by `product`, `mean`, `geometric` or `equal`.

    Parameters
    ----------
    causes, faults
        causal force and fault, one a party, in [0, 1]
    """
    if rule == "equal" or not causes:
        return [weight(1)] * len(causes)
    c, f = [exact(x) for x in causes], [exact(x) for x in faults]
    if rule == "product":
        return [weight(x * y) for x, y in zip(c, f, strict=True)]
    c_hat, f_hat = _normal(c), _normal(f)
    if rule == "mean":
        return [weight((x + y) / 2) for x, y in zip(c_hat, f_hat, strict=True)]
    return [weight(sqrt(x * y)) for x, y in zip(c_hat, f_hat, strict=True)]


def _normal(values: list[Fraction]) -> list[Fraction]:
    whole = sum(values)
    return [v / whole for v in values] if whole else [Fraction(1, len(values))] * len(values)


def weight_traces(rule: str, debtors: Sequence[Debtor], case: Case, tracing: str) -> list[Trace]:
    """Each debtor's weight as a step of reasoning; an interval where it is open."""
    if rule == "stated":
        return [
            Trace(
                "weight",
                d.party.share,
                "share",
                source=f"case:parties.{d.party.id}.share",
                party=d.id,
            )
            for d in debtors
        ]
    if rule == "equal":
        source = "citation:civil-code:178"
        return [
            Trace(
                "weight", 1, "share", "weight.equal", party=d.id, cites=SHARE_CITES, source=source
            )
            for d in debtors
        ]
    if rule == "shapley":
        return _shapley(debtors)
    if rule == "gain":
        return [_gain(d, case, tracing) for d in debtors]
    rests = _rests_on(rule, debtors)
    return [
        Trace("weight", value, "share", f"weight.{rule}", below, party=d.id, cites=SHARE_CITES)
        for d, value, below in zip(debtors, _weight_values(rule, debtors), rests, strict=True)
    ]


def _shapley(debtors: Sequence[Debtor]) -> list[Trace]:
    """Shares in the game the roles make: a principal, and one of each kind of help there is."""
    from simlib.causation import acts_shapley

    kinds = [_kind(d) for d in debtors]
    helping = [k for k in dict.fromkeys(kinds) if k != "principal"]
    heads, members = acts_shapley(kinds.count("principal"), [kinds.count(k) for k in helping])
    values = {"principal": heads, **dict(zip(helping, members, strict=True))}
    return [
        Trace("weight", values[k], "share", "weight.shapley", (_role(d, k),), party=d.id)
        for d, k in zip(debtors, kinds, strict=True)
    ]


def _kind(debtor: Debtor) -> str:
    role = debtor.party.role
    return debtor.party.act if role == "helper" else role


def _role(debtor: Debtor, kind: str) -> Trace:
    field = "act" if debtor.party.role == "helper" else "role"
    return Trace("kind", kind, "kind", source=f"case:parties.{debtor.party.id}.{field}")


def _gain(debtor: Debtor, case: Case, tracing: str) -> Trace:
    """What he earned on the claimant's money; any amount where nobody found it."""
    where, party = f"case:parties.{debtor.party.id}", debtor.party
    factor = chain.gain_factor(case, party.id, tracing)
    known = ((party.gain_direct_fen or 0) + party.gain_indirect_fen) * (
        1 if factor is None else factor
    )
    value = known
    if party.gain_direct_fen is None and factor != 0:
        value = Interval(known, known + case.loss_fen * BOUNDLESS)
    children = (
        Trace("gain_direct", party.gain_direct_fen, "fen", source=f"{where}.gain_direct_fen"),
        Trace("gain_indirect", party.gain_indirect_fen, "fen", source=f"{where}.gain_indirect_fen"),
        riskbenefit.factor_trace(case, party.id, factor, tracing),
    )
    return Trace("weight", value, "weight", "weight.gain", children, party=debtor.id)


def _rests_on(rule: str, debtors: Sequence[Debtor]) -> list[tuple[Trace, ...]]:
    """What each weight rests on: his own two facts, and their sums where these count too."""
    own = [(d.cause, d.fault) for d in debtors]
    if rule == "product":
        return own
    sums = tuple(
        Trace(key, _sum(nodes), "weight", "weights.sum", nodes)
        for key, nodes in (
            ("causes", tuple(d.cause for d in debtors)),
            ("faults", tuple(d.fault for d in debtors)),
        )
    )
    return [(*pair, *sums) for pair in own]


def _sum(nodes: Sequence[Trace]) -> Fraction | Interval:
    low, high = (sum(exact(end(n.value)) for n in nodes) for end in (low_end, high_end))
    return low if low == high else Interval(float(low), float(high))


def _weight_values(rule: str, debtors: Sequence[Debtor]) -> list:
    """Each weight with its own facts at one end and the others' at the opposite end."""
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


def _between(low: int, high: int) -> float | Interval:
    low, high = low / WEIGHT_UNITS, high / WEIGHT_UNITS
    return low if low == high else Interval(low, high)


def _units_of(rule: str, pairs: list[tuple[float, float]]) -> list[int]:
    return units(rule, [c for c, _ in pairs], [f for _, f in pairs])
