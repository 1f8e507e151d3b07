"""Arrays over paths of a case: read, named and checked as `case.set` does with single values."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Never

import numpy as np
from numpy.typing import NDArray

from simlib import fault
from simlib.case.changed_case import locate
from simlib.case.checks import SLACK
from simlib.case.fields import MOST_FEN
from simlib.chain import accounts_of
from simlib.chain.account_summary import paid
from simlib.errors import SweepError
from simlib.fault import BANDS, GRADES
from simlib.liability import assigned_forms
from simlib.liability.forms.proof import STANDARD
from simlib.liability.pieces import part_kind, part_of
from simlib.liability.reasoned_value import Reasoned
from simlib.liability.records import KNOWING, Debtor

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.batch.block import Block, Spot

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
MOVING = ("loss_fen", "enlarged_fen", "after_knowledge_fen")  # amounts that may move the cut
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
        spots whose numbers may vary within a block → axis and path; each value of any other path is
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
        """Tell whether a path's numbers can vary within a block."""
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


# ---------------------------------------------------------------- patterns


TINY = 1e-150  # the product of two smaller ones may vanish
RADIX = 2**16  # numpy orders numbers below this by counting, not by comparing


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of every column: the mode, and the rules and regime it is decided by."""

    mode: str
    rules: Rules
    regime: Regime


@dataclass(frozen=True, slots=True)
class Pattern:
    """Columns that one case stands for: the places on each axis, and the case of the first."""

    places: tuple[np.ndarray, ...]
    case: Case


def patterns(columns: Columns, request: Request) -> Iterator[Pattern]:
    """Yield every pattern among the columns.

    1. each combination of values of what does not vary within a block
    2. in each of these: whose fault or causal force is 0, who answers how, and what cuts the loss
       into pieces
    """
    whole = [np.arange(n) for n in columns.shape]
    for places in _sorted(whole, [_by_value(columns, axis) for axis in range(len(whole))]):
        case = columns.case.set(columns.at([p[0] for p in places]))
        labels = [_labels(columns, axis, p, case, request) for axis, p in enumerate(places)]
        for finer in _sorted(places, labels):
            first = [p[0] for p in finer]
            same = all(a[0] == b[0] for a, b in zip(places, finer, strict=True))
            yield Pattern(finer, case if same else columns.case.set(columns.at(first)))


def _sorted(
    places: Sequence[np.ndarray], labels: Sequence[list[np.ndarray]]
) -> Iterator[tuple[np.ndarray, ...]]:
    """Yield every combination of places that have the same labels along each axis."""
    return product(*(_alike(p, each) for p, each in zip(places, labels, strict=True)))


def _alike(places: np.ndarray, labels: list[np.ndarray]) -> list[np.ndarray]:
    """The places, split into those that agree in every label; all in order of their first."""
    code: NDArray[np.integer] = np.zeros(len(places), np.uint16)
    most = 1
    for label in labels:
        count = int(label.max()) + 1
        if most * count > RADIX:
            code = np.unique(code, return_inverse=True)[1]
            most = int(code.max()) + 1
        code = code * np.min_scalar_type(most * count).type(count) + label
        most *= count
    if most == 1:
        return [places]
    order = np.argsort(code.astype(np.min_scalar_type(most)), kind="stable")
    starts = np.flatnonzero(np.diff(code[order])) + 1
    return sorted(np.split(places[order], starts), key=lambda alike: alike[0])


def _by_value(columns: Columns, axis: int) -> list[np.ndarray]:
    """Number the values of each path that does not vary within a block."""
    labels = []
    for path, values in columns.axes[axis].items():
        if columns.spots[path] not in columns.varying:
            labels.append(_numbered(values))
    return labels


def _numbered(values: np.ndarray) -> np.ndarray:
    """Return the number of each value; the same for equal ones."""
    if values.dtype.kind == "b":
        return values.astype(np.uint8)
    if values.dtype.kind != "O":
        return np.unique(values, return_inverse=True)[1]
    seen: dict[object, int] = {}
    return np.array([seen.setdefault(_key(value), len(seen)) for value in values.tolist()])


def _key(value: object) -> object:
    """Return a hashable key that tells True from 1 and equal tables apart by their text."""
    return type(value), value if isinstance(value, Hashable) else repr(value)


def _labels(
    columns: Columns, axis: int, places: np.ndarray, case: Case, request: Request
) -> list[np.ndarray]:
    labels = []
    claimant = case.party(case.claimant)
    hers = ("parties", case.parties.index(claimant), "fault")
    own_fault = bool(claimant.fault) or hers in columns.varying
    for path, tried in columns.axes[axis].items():
        spot = columns.spots[path]
        if spot not in columns.varying:
            continue
        values = tried if len(places) == len(tried) else tried[places]
        if spot[-1] in MOVING and moves_cut(columns, case, request):
            labels.append(_numbered(values))
        place = spot[1] if spot[0] == "parties" else None
        if not isinstance(place, int) or case.parties[place].role == "victim":
            continue
        party = case.parties[place]
        if spot[2] == "fault":
            labels.append(_by_grade(party, values, case, request, own_fault))
        if spot[2] in ("causal_force", "indispensability", "push"):
            labels.append(_by_nothing(values))
        if spot[2] == "proof":
            standard = request.regime.value(STANDARD)
            labels.append((values >= standard).astype(np.uint8))
    return labels


def moves_cut(columns: Columns, case: Case, request: Request) -> bool:
    """Tell whether anybody may answer for the last money she paid, so that amounts move the cut."""
    if request.rules["pieces"] == "off":
        return False
    for n, party in enumerate(case.parties):
        if party.role not in ("platform", "operator"):
            continue
        grade = fault.grade(party, request.regime).value
        if ("parties", n, "fault") in columns.varying:
            return True
        if part_of(case, _as_if(party, grade), request.rules, ()) is not None:
            return True
    return False


def _by_nothing(values: np.ndarray) -> np.ndarray:
    """Label values by group: nonzero, zero, or one label per tiny value."""
    tiny = (values > 0) & (values < TINY)
    if not tiny.any():
        zero: np.ndarray = (values == 0).astype(np.uint8)
        return zero
    return np.where(tiny, 1 + np.cumsum(tiny), values == 0)


def _by_grade(
    party: Party, values: np.ndarray, case: Case, request: Request, own_fault: bool
) -> np.ndarray:
    """Return what the grade read off a fault decides.

    Whether he is liable, for which part of the loss, where the claimant is at fault herself
    whether he acted on purpose, and by which form.
    """
    grades = (values > 0).astype(np.uint8)
    for grade, key in BANDS.items():
        reached = np.uint8(GRADES.index(grade)) * (values >= request.regime.value(key))
        grades = np.maximum(grades, reached)
    grades[values == 0] = 0
    ways = _ways(party, case, request)
    apart = own_fault and request.rules["victim_fault"] == "negligent"
    marks = [
        2 * part_kind(party, grade, request.rules) + (apart and grade in KNOWING)
        for grade in GRADES[1:]
    ]
    return np.array([0, *(8 * w + m for w, m in zip(ways, marks, strict=True))], np.uint8)[grades]


def _unasked() -> Never:
    raise AssertionError("no reasons are asked of a debtor who only stands for a grade")


def _as_if(party: Party, grade: str) -> Debtor:
    """Return a debtor who stands for a grade."""
    return Debtor(
        party, party, party.role == "principal", party.sued, party.released, None, None,
        Reasoned(grade, _unasked), Reasoned(0, _unasked), Reasoned(0, _unasked),
    )  # fmt: skip


def _ways(party: Party, case: Case, request: Request) -> list[int]:
    """Number the form he would answer in for each grade from slight upwards, from 1."""
    seen: dict[object, int] = {}
    ways = []
    for grade in GRADES[1:]:
        debtors = [_as_if(party, grade)]
        (form,) = assigned_forms.forms(case, request.mode, request.rules, request.regime, debtors)
        ways.append(seen.setdefault(form, 1 + len(seen)))
    return ways


# ---------------------------------------------------------------- checks


ROUNDING = 1e-12  # far more than a sum of 64 shares can be off


def check(case: Case, block: Block) -> None:
    """Let `case.set` refuse the first column it has to.

    Raises
    ------
    CaseError
        if the facts of a column are not a case
    """
    for suspect in _suspects(block):
        if not suspect.any():
            continue
        for index in np.argwhere(suspect):
            case.set(block.column(tuple(index.tolist())))


def _suspects(block: Block) -> Iterator[np.ndarray]:
    case, loss = block.setting.case, block.fact("loss_fen")
    yield block.fact("recovered_fen") > loss
    yield block.fact("loss_noneconomic_fen") > loss
    shares = []
    for party in case.parties:
        for name in ("enlarged_fen", "after_knowledge_fen"):
            if getattr(party, name) is not None:
                yield block.of(party, name) > loss
        if party.role == "victim" and party.fault is not None:
            yield block.of(party, "fault") == 1
        if party.share is not None:
            shares.append(block.of(party, "share"))
    if shares:
        yield np.abs(sum(shares) - 1) > float(SLACK) - ROUNDING
