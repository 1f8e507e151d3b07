"""Columns sorted by what they have in common: each pattern is one case, one setting, many numbers.

Facts that change who is liable, or in what form, do not vary within a pattern.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Never

import numpy as np
from numpy.typing import NDArray

from simlib.fault import BANDS, GRADES
from simlib.liability import facts, route
from simlib.liability.facts import Debtor
from simlib.liability.forms.proof import STANDARD
from simlib.liability.reasoned import Reasoned

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.batch.columns import Columns

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

    1. each combination of values of what does not vary within a tile
    2. in each of these: whose fault or causal force is 0, and, under `auto`, who answers how
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
    """Number the values of each path that does not vary within a tile."""
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
    for path, tried in columns.axes[axis].items():
        spot = columns.spots[path]
        if spot not in columns.varying:
            continue
        values = tried if len(places) == len(tried) else tried[places]
        place = spot[1] if spot[0] == "parties" else None
        if not isinstance(place, int) or case.parties[place].role == "victim":
            continue
        party = case.parties[place]
        if spot[2] == "fault":
            labels.append(_by_grade(party, values, case, request))
        if spot[2] in ("causal_force", "indispensability", "push"):
            labels.append(_by_nothing(values))
        if spot[2] == "proof":
            standard = request.regime.value(STANDARD)
            labels.append((values >= standard).astype(np.uint8))
    return labels


def _by_nothing(values: np.ndarray) -> np.ndarray:
    """Label values by group: nonzero, zero, or one label per tiny value."""
    tiny = (values > 0) & (values < TINY)
    if not tiny.any():
        return (values == 0).astype(np.uint8)
    return np.where(tiny, 1 + np.cumsum(tiny), values == 0)


def _by_grade(party: Party, values: np.ndarray, case: Case, request: Request) -> np.ndarray:
    """Return what the grade read off a fault decides.

    Whether he is liable, whether what came into his accounts caps it, and, under `auto`, by which
    form.
    """
    grades = (values > 0).astype(np.uint8)
    for grade, key in BANDS.items():
        reached = np.uint8(GRADES.index(grade)) * (values >= request.regime.value(key))
        grades = np.maximum(grades, reached)
    grades[values == 0] = 0
    ways = _ways(party, case, request) if request.mode == "auto" else [1] * len(GRADES[1:])
    capped = [int(facts.capped(grade, request.rules)) for grade in GRADES[1:]]
    return np.array([0, *(2 * w + c for w, c in zip(ways, capped, strict=True))], np.uint8)[grades]


def _unasked() -> Never:
    raise AssertionError("no reasons are asked of a debtor who only stands for a grade")


def _ways(party: Party, case: Case, request: Request) -> list[int]:
    """Number the form he would answer in for each grade from slight upwards, from 1."""
    seen: dict[object, int] = {}
    ways = []
    for grade in GRADES[1:]:
        as_if = Debtor(
            party, party, party.role == "principal", party.sued, party.released, None, None,
            Reasoned(grade, _unasked), Reasoned(0, _unasked), Reasoned(0, _unasked),
        )  # fmt: skip
        (form,) = route.forms(case, request.mode, request.rules, request.regime, [as_if])
        ways.append(seen.setdefault(form, 1 + len(seen)))
    return ways
