"""The methods of tracing, and what each rests on (simlib/law/tracing.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from simlib.chain.purse import PURSES
from simlib.resources import table

METHODS = tuple(PURSES)


@dataclass(frozen=True, slots=True)
class MethodLaw:
    """What a method rests on: a basis (one of `law.citation.BASES`) and what it cites."""

    basis: str
    cites: tuple[str, ...] = ()


@cache
def method_law(method: str) -> MethodLaw:
    """Return what a method of `METHODS` rests on."""
    law = table("law", "tracing.toml")[method]
    return MethodLaw(law["basis"], tuple(law["cites"]))
