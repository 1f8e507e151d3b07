"""The methods of tracing, and what each rests on. None of them decides liability."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MethodLaw:
    """What a method rests on: a basis (one of `law.citation.BASES`) and what it cites."""

    basis: str
    cites: tuple[str, ...] = ()


_LAW = {
    "fifo": MethodLaw("foreign law"),
    "lifo": MethodLaw("foreign law"),
    "lowest_balance": MethodLaw("foreign law"),
    "pro_rata": MethodLaw("conference minutes"),
    "poison": MethodLaw("teaching assumption"),
    "timestamp": MethodLaw("conference minutes"),
}
METHODS = tuple(_LAW)


def method_law(method: str) -> MethodLaw:
    """What a method of `METHODS` rests on."""
    return _LAW[method]
