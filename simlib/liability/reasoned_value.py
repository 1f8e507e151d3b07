"""A value an engine computes with, next to the step of reasoning that explains it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from simlib.trace import Trace, Value

V = TypeVar("V", bound="Value")
T_co = TypeVar("T_co", bound="Value", covariant=True)


class Reasoned(Generic[T_co]):
    """A value with its reasons; the step is written when it is first asked for, and once.

    Engines compute with `value` and never read a number back from `step`.
    """

    __slots__ = ("_step", "_write", "value")

    def __init__(self, value: T_co, write: Callable[[], Trace[T_co]]) -> None:
        self.value: T_co = value
        self._write = write
        self._step: Trace[T_co] | None = None

    @property
    def step(self) -> Trace[T_co]:
        """How the value came about."""
        if self._step is None:
            self._step = self._write()
        return self._step

    def __repr__(self) -> str:
        return f"Reasoned({self.value!r})"


def reasoned(step: Trace[V]) -> Reasoned[V]:
    """Return what a step of another engine reached, with the step itself as the reason."""
    return Reasoned(step.value, lambda: step)
