"""How fast queues of requests are, beside SimPy; prints ratios, asserts equality.

python -m tests.bench.evidence [RUNS]

Both run in one process, in turn; times are CPU time of the process. SimPy gets its random numbers
ready made; ours counts everything. `survivals` stands beside a mean taken request by request.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from simlib.evidence import Queue, answers, survivals
from simlib.evidence.office_queue import normal
from tests.desk import desk, lucky

DAYS, SAMPLE, ROUNDS = 60, 8, 7  # days a run, runs SimPy makes, how often
STAFF = (1, 2, 4, 8, 16, 32)
REQUESTS = 100_000


def main() -> None:
    """Offices of one to many people under the same load, then what is left of the pieces."""
    runs = int(float(sys.argv[1])) if len(sys.argv) > 1 else 8192
    normal()  # a table that is made once in a process
    print(f"{runs} runs an office; SimPy makes {SAMPLE} of them")
    middle = []
    for staff in STAFF:
        queue = Queue(per_day=6, staff=staff, service_median_days=0.125 * staff, service_sigma=0.5)
        ours, theirs = beside(queue, runs)
        ratios = [b / a for a, b in zip(ours, theirs, strict=True)]
        middle.append(statistics.median(ratios))
        print(
            f"staff {staff:2} load {queue.load:.2f} {statistics.median(ours) * 1e9:5.1f} ns a "
            f"request, SimPy {statistics.median(theirs) * 1e6:5.1f} us: {middle[-1]:5.0f} times "
            f"(from {min(ratios):.0f} to {max(ratios):.0f})"
        )
    print(f"median of all offices {statistics.median(middle):.0f} times")
    kept()


def beside(queue: Queue, runs: int) -> tuple[list[float], list[float]]:
    """Seconds of CPU time a request of each, round by round, run in turn."""
    count = answers(queue, DAYS, 1).delay.size
    work = list(zip(*lucky(queue, count, SAMPLE, 0), strict=True))
    expected = [desk(*run, queue.staff)[0] for run in work]
    assert answers(queue, DAYS, SAMPLE).delay.T.tolist() == expected
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: answers(queue, DAYS, runs)) / (count * runs))
        theirs.append(timed(lambda: [desk(*run, queue.staff) for run in work]) / (count * SAMPLE))
    return ours, theirs


def kept() -> None:
    """What is left of many pieces, beside the mean over all delays taken for each request."""
    delays = answers(Queue(20, 600, 20, 0.8), 50, 100).delay
    asked = np.random.default_rng(0).uniform(0, 200, REQUESTS)

    def each(days: np.ndarray) -> list[float]:
        ages = (delays + day for day in days)
        return [float(np.mean((age <= 180) * np.exp(-0.002 * age))) for age in ages]

    few, ratios = asked[:50], []
    assert np.allclose(survivals(few, 180, delays, 0.002), each(few), rtol=1e-12, atol=0)
    for _ in range(ROUNDS):
        ours = timed(lambda: survivals(asked, 180, delays, 0.002)) / asked.size
        ratios.append(timed(lambda: each(few)) / few.size / ours)
    print(
        f"survivals: {REQUESTS} requests, {delays.size} delays, {ours * 1e9:.0f} ns a request, "
        f"{statistics.median(ratios):.0f} times a mean for each"
    )


def timed(work: Callable[[], object]) -> float:
    """Seconds of CPU time."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
