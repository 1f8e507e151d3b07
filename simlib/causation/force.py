"""Causal force (原因力): how much a party's act did to the loss."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from simlib.interval import Interval, WeightRange, high_end, hull, low_end
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.law.regime import Regime

UNKNOWN = Interval(0.0, 1.0)


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
        pair = (("indispensability", party.indispensability), ("push", party.push))
        parts = tuple(_part(name, value, f"{where}.{name}") for name, value in pair)
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


def _part(name: str, value: float | None, source: str) -> Trace[WeightRange]:
    return Trace(name, UNKNOWN if value is None else value, "weight", source=source)


def _mean(parts: tuple[Trace[WeightRange], ...]) -> WeightRange:
    return hull([sqrt(end(parts[0].value) * end(parts[1].value)) for end in (low_end, high_end)])
