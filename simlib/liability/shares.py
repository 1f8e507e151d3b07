"""Internal shares: how much of the loss each party finally bears, as weights in billionths."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING

from simlib.interval import Interval, high_end, low_end
from simlib.money import exact, weight
from simlib.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.liability.facts import Debtor

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
    if rule == "equal":
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


def weight_traces(rule: str, debtors: Sequence[Debtor]) -> list[Trace]:
    """Each debtor's weight as a step of reasoning; an interval where it is open."""
    if rule == "stated":
        return [
            Trace("weight", d.party.share, "share", source=f"case:parties.{d.id}.share", party=d.id)
            for d in debtors
        ]
    if rule == "equal":
        return [
            Trace(
                "weight",
                1,
                "share",
                "weight.equal",
                party=d.id,
                cites=SHARE_CITES,
                source="citation:civil-code:178",
            )
            for d in debtors
        ]
    return [
        Trace(
            "weight",
            value,
            "share",
            f"weight.{rule}",
            _rests_on(rule, d, debtors),
            party=d.id,
            cites=SHARE_CITES,
        )
        for d, value in zip(debtors, _weight_values(rule, debtors), strict=True)
    ]


def _rests_on(rule: str, debtor: Debtor, debtors: Sequence[Debtor]) -> tuple[Trace, ...]:
    if rule == "product":
        return debtor.cause, debtor.fault
    return tuple(n for d in debtors for n in (d.cause, d.fault))


def _weight_values(rule: str, debtors: Sequence[Debtor]) -> list:
    """Each weight with its own facts at one end and the others' at the opposite end."""
    ends = [
        [(end(d.cause.value), end(d.fault.value)) for d in debtors] for end in (low_end, high_end)
    ]
    values = []
    for i in range(len(debtors)):
        low, high = (
            _units_of(rule, [own[i] if j == i else other[j] for j in range(len(debtors))])[i]
            for own, other in ((ends[0], ends[1]), (ends[1], ends[0]))
        )
        low, high = min(low, high) / 10**9, max(low, high) / 10**9
        values.append(low if low == high else Interval(low, high))
    return values


def _units_of(rule: str, pairs: list[tuple[float, float]]) -> list[int]:
    return units(rule, [c for c, _ in pairs], [f for _, f in pairs])
