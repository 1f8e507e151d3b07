"""Many decisions: patterns cut into blocks, each reckoned on arrays or, if need be, singly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from simlib.errors import SweepError, UnknownName
from simlib.interval import Interval
from simlib.law.modes import mode_law_for
from simlib.law.regime import Regime, checked_rules, regime_for
from simlib.liability.assigned_forms import shape_of
from simlib.liability.batch.arithmetic import Beyond
from simlib.liability.batch.block import Block, Flows
from simlib.liability.batch.by_piece import Pieces
from simlib.liability.batch.columns import Columns, Pattern, Request, check, patterns
from simlib.liability.batch.solve import Point
from simlib.liability.forms import ALL_MODES
from simlib.liability.setting import prepare
from simlib.liability.unknowns import solve
from simlib.trace import CASE, Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.rule import Rules
    from simlib.liability.records import Setting, Solution

Places = tuple[slice | np.ndarray, ...]  # along each axis

BLOCK = 2**14  # columns reckoned together: their arrays stay in the processor's cache
TOTALS = ("received_fen", "unrecovered_fen")
OF_PARTIES = {"paid_fen": "paid", "exposure_fen": "exposure", "share": "share"}


def decide_axes(
    case: Case,
    axes: Sequence[Mapping[str, object]],
    mode: str,
    outputs: Sequence[str],
    rules: Rules | None,
    regime: str | Regime | None,
    made: Callable[..., Block] = Block,
) -> dict[str, np.ndarray]:
    """Decide every column: output → array with one axis for each of `axes`.

    1. read and check names, arrays and rules
    2. sort the columns into patterns
    3. reckon each pattern in blocks, and put the answers in their places
    """
    request = _request(case, mode, rules, regime)
    names = {name: _named(case, name) for name in outputs}
    columns = Columns(case, axes)
    results = {
        name: np.empty(columns.shape, float if name.endswith(".share") else np.int64)
        for name in names
    }
    for pattern in patterns(columns, request):
        setting = prepare(pattern.case, request.mode, request.rules, request.regime)
        flows: Flows = {}
        for places in _blocks(pattern):
            block = made(setting, columns, places, flows)
            check(pattern.case, block)
            for name, values in _reckoned(block, names).items():
                results[name][_among(block.where)] = values
    return results


def _request(case: Case, mode: str, rules: Rules | None, regime: str | Regime | None) -> Request:
    if mode not in ALL_MODES:
        raise UnknownName.among("mode", mode, ALL_MODES)
    regime = regime_for(case, regime or mode_law_for(mode, case).regime)
    return Request(shape_of(mode, regime), checked_rules(rules or {}, regime), regime)


def _named(case: Case, output: str) -> tuple[str | None, str]:
    """Return an output as the party it is about, or None, and the name of its values."""
    party, dot, field = output.rpartition(".")
    ids = [p.id for p in case.parties if p.role != "victim"]
    if output in TOTALS or (dot and party in ids and field in OF_PARTIES):
        return party or None, OF_PARTIES.get(field, field)
    known = [*TOTALS, *(f"{id}.{name}" for id in ids for name in OF_PARTIES)]
    raise UnknownName.among("output", output, known)


def _blocks(pattern: Pattern) -> Iterator[tuple[np.ndarray, ...]]:
    """A pattern's places in blocks of at most `BLOCK` columns, the last axis kept whole longest."""
    room, cuts = BLOCK, []
    for places in reversed(pattern.places):
        size = max(1, min(len(places), room))
        room //= size
        cuts.append([places[i : i + size] for i in range(0, len(places), size)])
    return product(*reversed(cuts))


def _among(where: Places) -> tuple[slice | np.ndarray, ...]:
    """Where a block's answers go: slices as they are, other places by all their combinations."""
    if all(isinstance(w, slice) for w in where):
        return where
    return np.ix_(*(np.arange(w.start, w.stop) if isinstance(w, slice) else w for w in where))


def _reckoned(block: Block, names: Mapping[str, tuple[str | None, str]]) -> dict[str, np.ndarray]:
    if block.closed:
        try:
            cut = block.setting.pieces is not None
            point = Pieces(block) if cut else Point(block)
            if any(name != "share" for _, name in names.values()):
                point.pay()
            return {name: _value(point, *of) for name, of in names.items()}
        except Beyond:
            pass
    return singly(block, names)


def _value(point: Point | Pieces, party: str | None, name: str) -> np.ndarray:
    if party is None:
        whole: np.ndarray = getattr(point, name.removesuffix("_fen"))
        return whole
    ids = [d.id for d in point.setting.debtors]
    column: np.ndarray = getattr(point, name)[ids.index(party)] if party in ids else point.none
    return column


# ---------------------------------------------------------------- one by one


def singly(block: Block, names: Mapping[str, tuple[str | None, str]]) -> dict[str, np.ndarray]:
    """Return every output of a block, column after column.

    Raises
    ------
    SweepError
        if one of them is an interval: it names the facts nobody knows
    """
    results = {name: np.empty(block.shape, object) for name in names}
    for index in np.ndindex(block.shape):
        setting = block.scalar(index)
        solution = solve(setting)
        for name, of in names.items():
            value = _single_value(setting, solution, *of)
            if isinstance(value, Interval):
                facts = ", ".join(open_facts(setting))
                raise SweepError("sweep-open", output=name, facts=facts)
            results[name][index] = value
    return results


def _single_value(setting: Setting, solution: Solution, party: str | None, name: str) -> object:
    if name == "received_fen":
        return solution.received
    if name == "unrecovered_fen":
        received = solution.received
        return received if isinstance(received, Interval) else setting.claim.fen - received
    ids = [d.id for d in setting.debtors]
    return getattr(solution, name)[ids.index(party)] if party in ids else 0


def open_facts(setting: Setting) -> list[str]:
    """Return paths of the unknown facts that amounts under this setting may hang on, in order."""
    roots = [*setting.measure_steps(), *(w.step for w in setting.weights)]
    return list(dict.fromkeys(path for root in roots for path in _open_below(root)))


def _open_below(node: Trace) -> Iterator[str]:
    """Paths of the open facts below a step; a step none of whose parts is open is one itself."""
    if not isinstance(node.value, Interval) and node.value is not None:
        return
    below = [path for child in node.children for path in _open_below(child)]
    if below:
        yield from below
    elif node.source and node.source.startswith(CASE):
        yield node.source.removeprefix(CASE).removeprefix("parties.")
    elif node.party:
        yield f"{node.party}.{node.key}"
