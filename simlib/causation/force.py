"""Causal force (原因力): how much a party's act did to the loss.

The rule stands here alone: stated, or the geometric mean of indispensability and push, or (of a
principal) a teaching default, or unknown. `causal_force` gives it with its reasons; `known_force`
asks whoever has the numbers, so that a batch reckons the same on arrays of trials.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from numbers import Real
from typing import TYPE_CHECKING, TypeVar

from simlib.interval import Interval, Number, WeightRange, high_end, hull, low_end
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.columns import FloatArray
    from simlib.case.model import Party
    from simlib.law.regime import Regime

UNKNOWN = Interval(0.0, 1.0)
PAIR = ("indispensability", "push")
Some = TypeVar("Some", Number, "FloatArray")  # a number, or an array of one for each trial


def causal_force(party: Party, regime: Regime) -> Trace[WeightRange]:
    """Return a party's causal force, in [0, 1]; an interval as far as it is unknown.

    Stated, or the geometric mean of indispensability and push, or (for a principal) the
    teaching default, or unknown.
    """
    where = f"case:parties.{party.id}"
    if party.causal_force is not None:
        source = f"{where}.causal_force"
        return Trace("causal_force", party.causal_force, "weight", source=source, party=party.id)
    if party.indispensability is not None or party.push is not None:
        parts = tuple(_part(name, getattr(party, name), f"{where}.{name}") for name in PAIR)
        return Trace(
            "causal_force",
            _mean(parts),
            "weight",
            "cause.geometric",
            parts,
            party=party.id,
            cites=("paper:causation",),
        )
    if party.role == "principal":
        key = "default.principal_cause"
        return Trace(
            "causal_force", regime.value(key), "weight", source=f"parameter:{key}", party=party.id
        )
    return Trace("causal_force", UNKNOWN, "weight", source=f"{where}.causal_force", party=party.id)


def known_force(party: Party, of: Callable[[Party, str], Some]) -> Some | None:
    """Return a party's causal force as the file fixes it; None where it fixes none or half of it.

    Parameters
    ----------
    of
        (party, name of a fact) → its number, or its numbers as an array
    """
    if party.causal_force is not None:
        return of(party, "causal_force")
    if party.indispensability is None or party.push is None:
        return None
    return geometric_mean(of(party, "indispensability"), of(party, "push"))


def force_facts(party: Party) -> tuple[str, ...]:
    """Return the names of the facts a party's causal force is reckoned from, stated or open."""
    pair = party.indispensability is not None or party.push is not None
    return PAIR if pair else ("causal_force",)


def geometric_mean(one: Some, other: Some) -> Some:
    """Return √(one · other), of arrays element by element."""
    product = one * other
    if isinstance(product, Real):
        return sqrt(product)
    import numpy as np

    root: Some = np.sqrt(product)
    return root


def _part(name: str, value: float | None, source: str) -> Trace[WeightRange]:
    return Trace(name, UNKNOWN if value is None else value, "weight", source=source)


def _mean(parts: tuple[Trace[WeightRange], ...]) -> WeightRange:
    return hull(
        [geometric_mean(*(end(part.value) for part in parts)) for end in (low_end, high_end)]
    )
