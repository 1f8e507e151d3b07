"""What a change is to bring about: an amount, proof, a cap that no longer binds, another mode."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np

from simlib.interval import Number, Quantity, high_end, low_end
from simlib.uncertainty.grid import at_ends, reckon
from simlib.uncertainty.mode_at_inputs import label, labels
from simlib.uncertainty.question import PARAMETER, Question

RELATIONS = {
    "at_most": operator.le, "below": operator.lt, "at_least": operator.ge, "above": operator.gt,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A result to be reached.

    Attributes
    ----------
    key
        `at_most`, `below`, `at_least`, `above`, `proved`, `uncapped` or `mode_is`
    output, level
        for the first four the number meant, as for `sweep`, and what it is compared with
    party, mode
        for the others whose; for `mode_is` the mode
    """

    key: str
    output: str = "received_fen"
    level: float = 0
    party: str = ""
    mode: str = ""

    @property
    def end(self) -> str:
        """The end of the result that must reach it where facts are unknown: the harder one."""
        return "high" if self.key in ("at_most", "below", "uncapped") else "low"

    def of(self, question: Question) -> Question:
        """Return the question whose answer tells whether it is reached."""
        if self.key == "proved":
            return replace(question, mode="all_or_nothing", output=f"{self.party}.exposure_fen")
        if self.party:
            return replace(question, output=f"{self.party}.share")
        return replace(question, output=self.output)

    def holds(self, question: Question, axes: Sequence[Mapping[str, np.ndarray]]) -> np.ndarray:
        """Tell whether it is reached at every combination of the axes' values."""
        question = self.of(question)
        if self.key == "mode_is":
            z, names = labels(question, axes, self.party, "mode")
            same: np.ndarray = z == (names.index(self.mode) if self.mode in names else -1)
            return same
        results = reckon(question, axes, self.end)
        if self.key == "uncapped":
            free, other = _without_cap(question, axes, self.party)
            unchanged: np.ndarray = results == reckon(free, other, self.end)
            return unchanged
        return self._compare(results)

    def reached(self, question: Question, by_decide: bool = False) -> bool:
        """Whether it is reached where the case stands; by `decide` itself, if that is asked for."""
        question = self.of(question)
        end: Callable[[Quantity], Number] = high_end if self.end == "high" else low_end
        if self.key == "mode_is":
            return label(question, self.party, "mode") == self.mode
        number = end(question.value() if by_decide else at_ends(question))
        if self.key == "uncapped":
            free, _ = _without_cap(question, (), self.party)
            return bool(number == end(free.value() if by_decide else at_ends(free)))
        return bool(self._compare(number))

    @overload
    def _compare(self, result: Number) -> bool: ...

    @overload
    def _compare(self, result: np.ndarray) -> np.ndarray: ...

    def _compare(self, result: Number | np.ndarray) -> bool | np.ndarray:
        related: bool | np.ndarray = (
            result > 0 if self.key == "proved" else RELATIONS[self.key](result, self.level)
        )
        return related


def _without_cap(
    question: Question, axes: Sequence[Mapping[str, np.ndarray]], party: str
) -> tuple[Question, list[dict[str, np.ndarray]]]:
    """Return the same with the cap out of reach: if nothing differs, it does not bind."""
    key = f"{PARAMETER}cap.{question.case.party(party).act}"
    other = [{k: np.ones(len(v)) if k == key else v for k, v in axis.items()} for axis in axes]
    return question.given({key: 1.0}), other


def at_most(fen: int, output: str = "received_fen") -> Target:
    """Aim at no more than `fen`."""
    return Target("at_most", output, fen)


def below(fen: int, output: str = "received_fen") -> Target:
    """Aim at less than `fen`."""
    return Target("below", output, fen)


def at_least(fen: int, output: str = "received_fen") -> Target:
    """Aim at no less than `fen`."""
    return Target("at_least", output, fen)


def above(fen: int, output: str = "received_fen") -> Target:
    """Aim at more than `fen`."""
    return Target("above", output, fen)


def proved(party: str) -> Target:
    """Aim at proof of every element of a party's liability, by the standard of this course."""
    return Target("proved", party=party)


def uncapped(party: str) -> Target:
    """Aim at a share that the model's cap does not bind, or no longer does."""
    return Target("uncapped", party=party)


def mode_is(party: str, mode: str) -> Target:
    """Aim at a party's answering in this mode."""
    return Target("mode_is", party=party, mode=mode)
