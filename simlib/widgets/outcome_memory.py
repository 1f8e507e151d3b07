"""What the engine said of a setting, remembered: undo, scenes and tasks come back to it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.lessons.outcome import Solved

Decided: TypeAlias = "tuple[Case, Solved]"  # the case as it is set up, and its outcomes
Made = TypeVar("Made")


class Remembered(Generic[Made]):
    """What was made last, by what it was made on; the longest unasked goes first.

    Parameters
    ----------
    most
        how many are kept; a kernel has one lab, and little room
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._known: OrderedDict[tuple[object, ...], Made] = OrderedDict()

    def get(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """Return what is known under the key, or make it; what fails is not remembered."""
        if key not in self._known:
            self._known[key] = make()
            if len(self._known) > self.most:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]

    def forget(self) -> None:
        """Forget all: what is let go later, one by one, would be copied into a fork first."""
        self._known.clear()


class Last:
    """The outcomes of the last case: a choice beside its facts asks the engine nothing."""

    def __init__(self) -> None:
        self._known: Decided | None = None

    def of(self, case: Case, decide: Callable[[], Solved]) -> Solved:
        """Return what is known of the case, or decide it."""
        if self._known is None or self._known[0] != case:
            self._known = case, decide()
        return self._known[1]


VIEWS: Remembered[Decided] = Remembered(32)  # the decisions of all labs of a process
