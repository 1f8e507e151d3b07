"""Arrays over paths of a case: read, named and checked as `case.set` does with single values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from simlib.case.change import locate
from simlib.case.fields import MOST_FEN
from simlib.chain import accounts_of
from simlib.chain.listed import paid
from simlib.errors import SweepError

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability.batch.block import Spot

FRACTIONS = (
    "fault", "causal_force", "indispensability", "push", "foresight", "control", "limit", "share",
    "court_share",
)  # fmt: skip
AMOUNTS = (
    "gain_direct_fen", "gain_indirect_fen", "assets_fen", "enlarged_fen", "after_knowledge_fen",
)  # fmt: skip
NUMBERS = {
    "parties": (*FRACTIONS, *AMOUNTS),
    "criminal": ("restitution_paid_fen", "restitution_others_fen"),
    "recoveries": ("amount_fen",),
}
BOUND = ("loss_fen", "loss_noneconomic_fen")  # transfers, if any are listed, add up to these
UNBINDING = ("claimant", "accounts", "transfers")


class Columns:
    """What varies: along each axis some paths, with one value a column each.

    Attributes
    ----------
    axes
        for each axis path → values
    spots
        path → where its fact stands
    varying
        spots whose numbers may vary within a tile → axis and path; each value of any other path is
        a case of its own
    """

    def __init__(self, case: Case, axes: Sequence[Mapping[str, object]]) -> None:
        if not axes or not all(axes):
            raise SweepError("sweep-nothing")
        self.case = case
        self.spots: dict[str, Spot] = {}
        for path in (path for axis in axes for path in axis):
            spot = locate(case, path)
            if spot in self.spots.values():
                raise SweepError("sweep-twice", path=path)
            self.spots[path] = spot
        self.axes = [{path: self._array(path, v) for path, v in axis.items()} for axis in axes]
        self.shape = tuple(_length(axis) for axis in self.axes)
        self.varying: dict[Spot, tuple[int, str]] = {}
        for number, axis in enumerate(self.axes):
            for path, tried in axis.items():
                if self._counts(path, tried):
                    self.varying[self.spots[path]] = number, path
                    axis[path] = self._checked(path, tried)

    def at(self, index: Sequence[int]) -> dict[str, object]:
        """Path → value in one column."""
        column = {}
        for axis, place in zip(self.axes, index, strict=True):
            for path, values in axis.items():
                value = values[place]
                column[path] = value.item() if isinstance(value, np.generic) else value
        return column

    def _array(self, path: str, values: object) -> np.ndarray:
        """The values along an axis: numbers, words or flags as such, a mixture as it stands."""
        if not isinstance(values, np.ndarray):
            if isinstance(values, Iterable) and not isinstance(values, str | Mapping):
                values = list(values)
                types = set(map(type, values))
                alike = types <= {int, float} or types in ({bool}, {str})
                values = np.array(values, dtype=None if alike or _numpy(types) else object)
            values = np.asarray(values)
        if values.ndim != 1 or not values.size:
            raise SweepError("sweep-shape", path=path, shape=values.shape)
        whole = values.dtype.kind == "f" and self._is_money(path)
        if whole and (np.abs(values) <= MOST_FEN).all() and (values == np.floor(values)).all():
            return values.astype(np.int64)
        return values

    def _is_money(self, path: str) -> bool:
        return str(self.spots[path][-1]).endswith("_fen")

    def _counts(self, path: str, values: np.ndarray) -> bool:
        """Tell whether a path's numbers can vary within a tile."""
        spot, others = self.spots[path], self.spots.values()
        if values.dtype.kind not in "iuf":
            return False
        if spot[0] in BOUND:
            return not self._loss_is_bound()
        if len(spot) == 4:
            return spot[2] == "proof" and spot[:3] not in others
        if len(spot) == 3:
            stated = spot[2] == "fault" and (*spot[:2], "grade") in others
            return spot[2] in NUMBERS.get(str(spot[0]), ()) and not stated
        return spot == ("recovered_fen",)

    def _loss_is_bound(self) -> bool:
        """Tell whether other facts have to agree with the loss: her transfers, or her own entry."""
        case, spots = self.case, self.spots.values()
        if any(s[0] in UNBINDING or (len(s) == 3 and s[2] == "loss_fen") for s in spots):
            return True
        hers = accounts_of(case, case.claimant)
        return paid(case, hers) is not None or case.party(case.claimant).loss_fen is not None

    def _checked(self, path: str, values: np.ndarray) -> np.ndarray:
        """Values as int64 or float64; one out of its range goes to `case.set`, which says why."""
        money, least = self._is_money(path), int(path == "loss_fen")
        wrong = ~((values >= least) & (values <= (MOST_FEN if money else 1)))  # nan is wrong, too
        if money and values.dtype.kind == "f":
            wrong |= values != np.floor(values)
        if wrong.any():
            self.case.set({path: values[np.argmax(wrong)]})
            raise SweepError("sweep-range", path=path, value=values[np.argmax(wrong)].item())
        return values.astype(np.int64 if money else np.float64, copy=False)


def _numpy(types: set[type]) -> bool:
    return len(types) == 1 and issubclass(next(iter(types)), np.generic)


def _length(axis: Mapping[str, np.ndarray]) -> int:
    lengths = {path: len(values) for path, values in axis.items()}
    first = next(iter(lengths.values()))
    for path, length in lengths.items():
        if length != first:
            raise SweepError("sweep-lengths", path=path, length=length, other=first)
    return first
