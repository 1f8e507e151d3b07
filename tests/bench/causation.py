"""Shapley values of 20 players beside a Python loop and the packages there are; prints ratios.

python -m tests.bench.causation        (packages: pip install '.[bench]'; a missing one is left out)

One process, a ready table of 2²⁰ random values for all, answers asserted equal before anything is
timed, the runs interleaved, medians of processor time. numba compiles before the clock starts.
"""

from __future__ import annotations

import statistics
import time
import tracemalloc
import warnings
from collections.abc import Callable
from importlib import import_module
from math import factorial

import numpy as np

from simlib.causation import acts_shapley, banzhaf, chain_shapley, shapley, weighted_shapley

PLAYERS = 20
ROUNDS = {"simlib": 15, "shapley-numba": 15, "shap": 3, "shapiq": 1, "Python loop": 1}
Solver = Callable[[], np.ndarray]


def main() -> None:
    """The peers at 20 players, then what else the room can do."""
    table = np.random.default_rng(20).random(1 << PLAYERS)
    table[0] = 0
    seconds = race(solvers(table, PLAYERS))
    for name, spent in seconds.items():
        ratio = spent / seconds["simlib"]
        print(f"{PLAYERS} players  {name:14} {spent * 1e3:10.2f} ms  {ratio:8.1f} × simlib")
    tracemalloc.start()
    shapley(PLAYERS, lambda masks: masks * 1.5, batched=True)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    print(f"{PLAYERS} players, a batched function: peak {peak:.1f} MiB (its table would be 8)")
    others(table)


def solvers(table: np.ndarray, n: int) -> dict[str, Solver]:
    """Every way there is here to the same numbers."""
    found: dict[str, Solver] = {"simlib": lambda: np.array(shapley(n, table))}
    for name, make in (("shapley-numba", by_numba), ("shap", by_shap), ("shapiq", by_shapiq)):
        try:
            found[name] = make(table, n)
        except ImportError:
            print(f"{name} is not installed: left out")
    found["Python loop"] = lambda: by_loop(table, n)
    return found


def race(runs: dict[str, Solver]) -> dict[str, float]:
    """Median processor seconds of each, after all have given the same answer."""
    expected = runs["simlib"]()
    for name, run in runs.items():
        if ROUNDS[name] > 1:
            np.testing.assert_allclose(run(), expected, rtol=0, atol=1e-10, err_msg=name)
    spent: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(max(ROUNDS.values())):
        for name, run in runs.items():
            if turn < ROUNDS[name]:
                start = time.process_time()
                answer = run()
                spent[name].append(time.process_time() - start)
                np.testing.assert_allclose(answer, expected, rtol=0, atol=1e-10, err_msg=name)
    return {name: statistics.median(times) for name, times in spent.items()}


def by_loop(table: np.ndarray, n: int) -> np.ndarray:
    """The formula as it stands, in plain Python."""
    value = table.tolist()
    weights = [factorial(t) * factorial(n - 1 - t) / factorial(n) for t in range(n)]
    shares = [0.0] * n
    for mask in range(1 << n):
        weight, here = weights[mask.bit_count() - (mask == (1 << n) - 1)], value[mask]
        for i in range(n):
            if not mask >> i & 1:
                shares[i] += weight * (value[mask | 1 << i] - here)
    return np.array(shares)


def by_numba(table: np.ndarray, n: int) -> Solver:
    """shapley-numba on the same table, compiled."""
    numba, package = import_module("numba"), import_module("shapley_numba")

    @package.numba_game([("table", numba.float64[:])])
    class Table:
        def __init__(self, table):
            self.table = table

        def value(self, subset):
            mask = 0
            for i in range(len(subset)):
                mask |= subset[i] << i
            return self.table[mask]

    game = Table(table)
    return lambda: package.shapley.shapley(game, n)


def by_shap(table: np.ndarray, n: int) -> Solver:
    """shap's exact explainer: the model reads the table, absent features are 0."""
    shap = import_module("shap")
    powers = 1 << np.arange(n)

    def run() -> np.ndarray:
        explainer = shap.explainers.Exact(
            lambda rows: table[rows.astype(np.int64) @ powers], np.zeros((1, n))
        )
        return explainer(np.ones((1, n)), max_evals=1 << n, silent=True).values[0]

    return run


def by_shapiq(table: np.ndarray, n: int) -> Solver:
    """shapiq's exact computer."""
    exact = import_module("shapiq.game_theory.exact")
    powers = 1 << np.arange(n)

    def run() -> np.ndarray:
        computer = exact.ExactComputer(lambda rows: table[rows @ powers], n_players=n)
        return computer("SV").get_n_order_values(1)

    return run


def others(table: np.ndarray) -> None:
    """Closed forms, other indices and 24 players, in milliseconds."""

    def most(masks: np.ndarray) -> np.ndarray:
        return np.bitwise_count(masks) > 12

    runs = {
        "chain of 20 losses": lambda: chain_shapley(range(1, 21)),
        "principal and 3 kinds of act": lambda: acts_shapley(1, (2, 3, 1)),
        "weighted, 20 players": lambda: weighted_shapley(20, table, range(1, 21)),
        "Banzhaf, 24 players": lambda: banzhaf(24, most, batched=True),
        "Shapley, 24 players": lambda: shapley(24, most, batched=True),
    }
    for name, run in runs.items():
        times = []
        for _ in range(5):
            start = time.perf_counter()
            run()
            times.append(time.perf_counter() - start)
        print(f"{name:30} {statistics.median(times) * 1e3:10.3f} ms")


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the peers' own
        main()
