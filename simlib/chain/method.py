"""The methods of tracing, and what each rests on. None of them decides liability."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MethodLaw:
    """What a method rests on: a basis (one of `law.citation.BASES`) and what it cites."""

    basis: str
    cites: tuple[str, ...] = ()


_FROZEN = "frozen-funds-rules:8"
_LAW = {
    "fifo": MethodLaw("foreign law", ("foreign-cases:clayton-1816",)),
    "lifo": MethodLaw("foreign law"),
    "lowest_balance": MethodLaw(
        "foreign law", ("foreign-cases:hallett-1880", "foreign-cases:roscoe-1915")
    ),
    "pro_rata": MethodLaw("conference minutes", (_FROZEN,)),
    "poison": MethodLaw("teaching assumption"),
    "timestamp": MethodLaw("conference minutes", (_FROZEN,)),
}
METHODS = tuple(_LAW)


def method_law(method: str) -> MethodLaw:
    """What a method of `METHODS` rests on."""
    return _LAW[method]
