"""In which mode a party answers, or his grade, wherever inputs may be put."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simlib import fault
from simlib.law.modes import mode_law
from simlib.uncertainty.grid import reckon
from simlib.uncertainty.question import PARAMETER, Question, Stand, lever


def labels(
    question: Question, axes: Sequence[Mapping[str, np.ndarray]], party: str, field: str
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return a party's mode or grade at every combination of the axes' values, as numbers of names.

    The combinations are sorted by all that a grade is read off; one of each sort is decided.
    """
    shape = [len(next(iter(axis.values()))) for axis in axes]
    sorts = np.zeros([1] * len(shape), np.int64)
    for sign in _signs(question, axes, party):
        sorts = 2 * sorts + sign
    numbers, first, back = np.unique(
        np.broadcast_to(sorts, shape), return_index=True, return_inverse=True
    )
    names: dict[str, int] = {}
    of = np.empty(len(numbers), np.int64)
    for n, place in enumerate(first):
        index = np.unravel_index(place, shape)
        at = {k: _plain(v[i]) for axis, i in zip(axes, index, strict=True) for k, v in axis.items()}
        of[n] = names.setdefault(label(question.given(at), party, field), len(names))
    return of[back].reshape(shape), tuple(names)


def label(question: Question, party: str, field: str) -> str:
    """Return a party's mode or grade, as the engine gives it."""
    if field == "grade":
        return fault.grade(question.case.party(party), question.regime).value
    return question.outcome().parties[party].mode


def _plain(value: Stand | np.generic) -> Stand:
    return value.item() if isinstance(value, np.generic) else value


def _signs(
    question: Question, axes: Sequence[Mapping[str, np.ndarray]], party: str
) -> list[np.ndarray]:
    """What a party's grade and mode hang on: his fault against each band, and whether any force."""
    inputs = _Inputs(question, axes)
    weight = inputs.array(f"{party}.fault")
    signs = [weight == 0]
    for key in fault.BANDS.values():
        signs.append(weight >= inputs.array(PARAMETER + key))
    for name in ("causal_force", "indispensability", "push"):
        signs.append(inputs.array(f"{party}.{name}") == 0)
    if mode_law(question.mode).measure == "threshold":
        signs.append(reckon(question, axes) >= inputs.array("rule:threshold"))
    return [*signs, *inputs.words()]


class _Inputs:
    """Inputs as arrays over all axes: those that vary, and the others as they stand."""

    def __init__(self, question: Question, axes: Sequence[Mapping[str, np.ndarray]]) -> None:
        self.question, self.axes = question, axes

    def array(self, key: str) -> np.ndarray:
        """Return one input; nan where it is unknown."""
        for number, axis in enumerate(self.axes):
            if key in axis:
                shape = [1] * len(self.axes)
                shape[number] = -1
                return np.asarray(axis[key]).reshape(shape)
        now = lever(self.question, key).now
        return np.full([1] * len(self.axes), np.nan if now is None else now)

    def words(self) -> list[np.ndarray]:
        """Return a sign for each value of inputs that are no numbers: grades and flags."""
        signs = []
        for axis in self.axes:
            for key in axis:
                array = self.array(key)
                if array.dtype.kind not in "iuf":
                    signs += [array == value for value in np.unique(array)]
        return signs
