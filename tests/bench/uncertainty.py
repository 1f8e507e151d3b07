"""How fast the picture of what decides is, beside a Python loop; and its ranking beside SALib.

python -m tests.bench.uncertainty

The case is the one of lesson 05 (docket 5690, the teaching setting, risk and benefit): a map of
200 × 200 cells and a tornado have 50 ms together. Everything runs in one process, equality is
asserted first; times are the median of user CPU. SALib comes with the `bench` extra.
"""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable

import numpy as np

from simlib import load_case
from simlib.case.model import Case
from simlib.interval import low_end
from simlib.liability.batch import decide_many
from simlib.uncertainty import Bar, Map, at_most, decision_map, needed, tornado
from simlib.uncertainty.question import Question, question_of

CELLS = 400  # of a map that the loop reckons
RUNS = 30
LIMIT = 0.050  # seconds for map and tornado
MAPS = (("zhang.push", "zhang.gain_direct_fen"), ("zhang.push", "parameter:gamma"),
        ("zhang.foresight", "parameter:weight.cause"))  # fmt: skip
VARIED = {
    "zhang.indispensability": 0.8, "zhang.push": 0.6, "zhang.foresight": 0.9, "zhang.control": 0.6,
    "zhang.gain_direct_fen": 50_000, "zhang.gain_indirect_fen": 20_000,
}  # fmt: skip


def main() -> None:
    """Maps, tornado, both together, the smallest change; then the ranking."""
    case = load_case("2024-lu-0302-5690").at("assumed")
    question = question_of(case, "risk_benefit", "received_fen", None, None)
    print(f"{'':44}{'ms':>8}{'loop, ms':>12}{'ratio':>9}")
    for x, y in MAPS:
        found, loop = equal_map(question, decision_map(case, x, y))
        line(f"map {x} × {y}", median(lambda x=x, y=y: decision_map(case, x, y)), loop)
    line("tornado", median(lambda: tornado(case)), equal_bars(question, tornado(case)))
    both = median(lambda: (decision_map(case, *MAPS[1]), tornado(case)))
    line("map and tornado", both)
    line("one lever", median(lambda: needed(case, at_most(500_000), ["zhang.push"])))
    pair = ["zhang.push", "zhang.foresight"]
    line("two levers", median(lambda: needed(case, at_most(500_000), pair)))
    assert both <= LIMIT, f"{both * 1e3:.1f} ms"
    ranking(case.set({k: VARIED[k] for k in list(VARIED)[4:]}))


def equal_map(question: Question, found: Map) -> tuple[Map, float]:
    """Random cells decided one by one: the same; seconds such a loop would take for all cells."""
    rng = np.random.default_rng(5)
    cells = list(zip(*(rng.integers(0, n, CELLS) for n in found.z.shape), strict=True))
    there = [
        {found.x.key: found.x.values[i].item(), found.y.key: found.y.values[j].item()}
        for j, i in cells
    ]
    start = time.process_time()
    values = [low_end(question.given(each).value()) for each in there]
    spent = time.process_time() - start
    assert values == [found.z[cell].item() for cell in cells]
    return found, spent * found.z.size / CELLS


def equal_bars(question: Question, bars: tuple[Bar, ...]) -> float:
    """Every end of every bar decided on its own: the same; seconds that takes."""
    inputs = [
        (b, place, value)
        for b in bars
        for place, value in ((b.low_input, b.low_value), (b.high_input, b.high_value))
        if place != float("inf")
    ]
    start = time.process_time()
    values = [question.given({b.key: place}).value() for b, place, _ in inputs]
    spent = time.process_time() - start
    assert values == [value for *_, value in inputs]
    return spent


def median(run: Callable) -> float:
    """Median seconds of CPU of a call, after one to warm up."""
    run()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times)


def line(name: str, ours: float, loop: float | None = None) -> None:
    """One line of the table."""
    beside = "" if loop is None else f"{loop * 1e3:12.0f}{loop / ours:8.0f}×"
    print(f"{name:44}{ours * 1e3:8.1f}{beside}")


def ranking(case: Case) -> None:
    """The bars' order beside first-order Sobol indices over the same ± 20 %, by SALib."""
    bars = tornado(case, facts=list(VARIED), parameters=())
    widths = {b.key: b.width for b in bars}
    if importlib.util.find_spec("SALib") is None:
        print("no SALib: ranking not compared")
        return
    indices = sobol(case, {b.key: (b.low_input, b.high_input) for b in bars})
    ranked = sorted(indices, key=lambda key: -indices[key])
    print(f"\n{'lever':28}{'width, yuan':>14}{'S1 (SALib)':>13}")
    for key in ranked:
        print(f"{key:28}{widths[key] / 100:14.2f}{indices[key]:13.4f}")
    order = [widths[key] for key in ranked]
    assert all(a >= 0.98 * b for a, b in zip(order, order[1:], strict=False)), order


def sobol(case: Case, ends: dict[str, tuple]) -> dict[str, float]:
    """First-order indices of what the claimant receives, by SALib's sampler and analysis."""
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampler

    problem = {
        "num_vars": len(ends),
        "names": list(ends),
        "bounds": [list(e) for e in ends.values()],
    }
    drawn = sampler.sample(problem, 2**13, calc_second_order=False, seed=5)
    columns = {
        key: drawn[:, i].round().astype(np.int64) if key.endswith("_fen") else drawn[:, i]
        for i, key in enumerate(ends)
    }
    found = decide_many(case, columns, "risk_benefit")["received_fen"]
    indices = analysis.analyze(problem, found.astype(float), calc_second_order=False, seed=5)
    return dict(zip(ends, indices["S1"].tolist(), strict=True))


if __name__ == "__main__":
    main()
