"""A tile: some thousand columns of one pattern, with what varies among them as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from simlib.liability.batch.numbers import pick
from simlib.liability.setting import prepare

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.liability.setting import Setting

Spot = tuple[str | int, ...]  # where a fact stands: ("parties", 1, "fault")


class Tile:
    """Columns that differ in numbers only: who is liable, and in what form, is the same in all.

    Attributes
    ----------
    setting
        the scalar engine's setting of one of the columns; what does not vary is read from it
    shape
        lengths of the tile's axes; one for `decide_many`, one a path for `sweep`
    """

    def __init__(
        self,
        setting: Setting,
        paths: Mapping[str, Spot],
        varying: Mapping[str, np.ndarray],
        shape: tuple[int, ...],
    ) -> None:
        self.setting = setting
        self.shape = shape
        self._varying = varying
        self._facts = {paths[path]: values for path, values in varying.items()}
        self._spots = frozenset(self._facts)
        self._rows = {party.id: row for row, party in enumerate(setting.case.parties)}
        self._settings: dict[tuple, Setting] = {}

    def constant(self, number: float) -> np.ndarray:
        """A number that is the same in every column."""
        return np.array(number, ndmin=len(self.shape))

    def fact(self, *spot: str | int) -> np.ndarray:
        """A number of the case: what varies as an array, any other as a constant."""
        if spot not in self._facts:
            value: object = self.setting.case
            for step in spot:
                value = value[step] if isinstance(step, int) else getattr(value, step)
            self._facts[spot] = self.constant(value)
        return self._facts[spot]

    def of(self, party: Party, *field: str) -> np.ndarray:
        """A number of a party."""
        return self.fact("parties", self._rows[party.id], *field)

    def varies(self, party: Party, field: str) -> bool:
        """Whether a fact of a party is one of those that vary."""
        return ("parties", self._rows[party.id], field) in self._spots

    def column(self, index: tuple) -> dict[str, float]:
        """The values of one column, by path."""
        return {path: pick(values, index) for path, values in self._varying.items()}

    def scalar(self, index: tuple) -> Setting:
        """The scalar engine's setting of one column."""
        if index not in self._settings:
            made = self.setting
            case = made.case.set(self.column(index))
            self._settings[index] = prepare(case, made.mode, made.rules, made.regime)
        return self._settings[index]
