"""Undo and redo: what a reader did, as a bounded list of whole states."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from typing import Any

MOST = 100  # steps that can be taken back; a state is a few hundred bytes


class History:
    """States in the order in which a reader made them, and which of them is shown.

    A new state cuts off what was undone. States made by one stroke (a drag of one slider) are one
    step.

    Parameters
    ----------
    first
        the state before which nothing can be undone
    most
        how many steps can be undone

    Examples
    --------
    >>> history = History("opened")
    >>> history.record("a"), history.record("b"), history.undo(), history.undo(), history.redo()
    (None, None, 'a', 'opened', 'a')
    """

    def __init__(self, first: object, most: int = MOST) -> None:
        self._past: deque[Any] = deque(maxlen=most)
        self.start(first)

    def start(self, first: object) -> None:
        """Forget everything; `first` is what is shown now."""
        self.now = first
        self._stroke: Hashable = None
        self._past.clear()
        self._ahead: list[object] = []

    def held(self) -> tuple[Any, ...]:
        """All of it, for `hold` to bring back."""
        return self.now, self._stroke, tuple(self._past), tuple(self._ahead)

    def hold(self, held: tuple[Any, ...]) -> None:
        """Be again as when `held` was asked for."""
        self.now, self._stroke, past, ahead = held
        self._past.clear()
        self._past.extend(past)
        self._ahead = list(ahead)

    def record(self, state: object, stroke: Hashable = None) -> None:
        """The reader has come to `state`.

        Parameters
        ----------
        stroke
            what he did it with: the same stroke twice in a row is one step; None: a step of its own
        """
        goes_on = stroke is not None and stroke == self._stroke
        if state == self.now:
            return
        if not goes_on:
            self._past.append(self.now)
        self.now, self._stroke = state, stroke
        self._ahead.clear()
        if goes_on and self._past and self._past[-1] == state:  # dragged back to where it began
            self._past.pop()
            self._stroke = None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to take again."""
        return bool(self._ahead)

    def undo(self) -> object:
        """Take one step back; the state then shown (the present one if there is none before)."""
        return self._step(self._past, self._ahead)

    def redo(self) -> object:
        """Take again what was undone last; the state then shown."""
        return self._step(self._ahead, self._past)

    def _step(self, source: deque[Any] | list[object], target: deque[Any] | list[object]) -> object:
        if source:
            target.append(self.now)
            self.now = source.pop()
            self._stroke = None
        return self.now
