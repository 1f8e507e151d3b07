"""Columns the arrays cannot take, decided one by one by the scalar engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from simlib.errors import SweepError
from simlib.interval import Interval
from simlib.liability.unknowns import solve
from simlib.trace import CASE, Trace

if TYPE_CHECKING:
    from simlib.liability.batch.block import Tile
    from simlib.liability.setting import Setting
    from simlib.liability.solve import Solution


def singly(tile: Tile, names: Mapping[str, tuple[str | None, str]]) -> dict[str, np.ndarray]:
    """Return every output of a tile, column after column.

    Raises
    ------
    SweepError
        if one of them is an interval: it names the facts nobody knows
    """
    results = {name: np.empty(tile.shape, object) for name in names}
    for index in np.ndindex(tile.shape):
        setting = tile.scalar(index)
        solution = solve(setting)
        for name, of in names.items():
            value = _value(setting, solution, *of)
            if isinstance(value, Interval):
                facts = ", ".join(open_facts(setting))
                raise SweepError("sweep-open", output=name, facts=facts)
            results[name][index] = value
    return results


def _value(setting: Setting, solution: Solution, party: str | None, name: str) -> object:
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
    return list(dict.fromkeys(path for root in roots for path in _open(root)))


def _open(node: Trace) -> Iterator[str]:
    """Paths of the open facts below a step; a step none of whose parts is open is one itself."""
    if not isinstance(node.value, Interval) and node.value is not None:
        return
    below = [path for child in node.children for path in _open(child)]
    if below:
        yield from below
    elif node.source and node.source.startswith(CASE):
        yield node.source.removeprefix(CASE).removeprefix("parties.")
    elif node.party:
        yield f"{node.party}.{node.key}"
