"""How fast many time lines are, beside SimPy; prints ratios, asserts equality.

python -m tests.bench.procedure [LINES]

Both run in one process, in turn; times are user CPU. SimPy gets its uniform numbers and the plan
ready made; ours counts everything.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from simlib import load_case
from simlib.procedure import REGIMES
from simlib.procedure.sampled_durations import DOCUMENTS, DRAWN, NEVER, Spread, spread
from simlib.procedure.stage_durations import plan
from tests.timelines import TimeLine, lucky

SAMPLE, ROUNDS = 500, 5  # lines SimPy runs, and how often
CASES = ("2024-lu-0302-5690", "fix-1")


def main() -> None:
    """Every regime, on a case that ended and on one that nobody solved."""
    count = int(float(sys.argv[1])) if len(sys.argv) > 1 else 100_000
    print(f"{count} lines a regime; SimPy runs {SAMPLE} of them")
    ratios = []
    for name in CASES:
        for regime in REGIMES:
            ours, theirs = beside(name, regime, count)
            ratios.append(theirs / ours)
            print(
                f"{name:18} {regime:20} {ours / count * 1e9:6.0f} ns a line, "
                f"SimPy {theirs / count * 1e6:6.1f} us: {theirs / ours:6.0f} times"
            )
    print(f"median {statistics.median(ratios):.0f} times, least {min(ratios):.0f}")


def beside(name: str, regime: str, count: int) -> tuple[float, float]:
    """Seconds of user time for `count` lines of each, best of the rounds, run in turn."""
    case = load_case(name)
    made = plan(case, regime, None, None)
    luck = lucky(DRAWN, SAMPLE, 0)
    rows = [{key: column[n] for key, column in luck.items()} for n in range(SAMPLE)]
    check(spread(case, regime, SAMPLE), [TimeLine(made, row) for row in rows])
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: spread(case, regime, count)))
        theirs.append(timed(lambda: [TimeLine(made, row) for row in rows]))
    return min(ours), min(theirs) / SAMPLE * count


def check(found: Spread, lines: list[TimeLine]) -> None:
    """Both give the same days and documents."""
    days = np.where(found.enforced >= NEVER, math.inf, found.enforced)
    assert [line.enforced for line in lines] == days.tolist()
    assert [line.document for line in lines] == [DOCUMENTS[code] for code in found.document]


def timed(work: Callable[[], object]) -> float:
    """Seconds of user time."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
