"""Generated chains: seconds and peak memory by size, beside the same chain drawn in a loop.

python -m tests.bench.synthetic        (no packages needed)

Every size runs in a process of its own, so that its peak is its own; the loop draws a chain of the
same kind card by card in plain Python and is run at 10⁵ only. Printed, never asserted.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time

SIZES = (1_000, 100_000, 1_000_000, 10_000_000)
LOOP_SIZE = 100_000
ROUNDS = 3


def main() -> None:
    """Each size alone, then the loop."""
    for size in SIZES:
        line = [sys.executable, "-m", "tests.bench.synthetic", str(size)]
        print(subprocess.run(line, capture_output=True, text=True, check=True).stdout, end="")
    ours = min(clock(lambda: draw(LOOP_SIZE)) for _ in range(ROUNDS))
    loop = min(clock(lambda: by_loop(LOOP_SIZE)) for _ in range(ROUNDS))
    print(f"{LOOP_SIZE:>11,}  plain loop {loop:8.3f} s  {loop / ours:6.1f} × simlib")


def one(size: int) -> None:
    """Draw a chain and its statistics; the second draw is timed, as the first loads numpy."""
    from simlib.synthetic import statistics

    draw(10)
    before = memory()
    started = time.process_time()
    chain = draw(size)
    drawn = time.process_time()
    peak = memory()
    statistics(chain)
    told = time.process_time() - drawn
    print(
        f"{size:>11,}  draw {drawn - started:8.3f} s  peak {peak - before:6.0f} MiB  "
        f"statistics {told:7.3f} s"
    )


def draw(size: int) -> object:
    """A chain by the library."""
    import numpy as np

    from simlib.synthetic import generate

    return generate(size, rng=np.random.default_rng(1))


def by_loop(size: int) -> list[tuple]:
    """As many transfers over three layers, batch by batch: two come in, three go out."""
    chance = random.Random(1)
    flow = [(chance.random() * 86_400, chance.randrange(10**6)) for _ in range(size // 8)]
    made = []
    for layer in range(4):
        flow.sort()
        onwards = []
        for start in range(0, len(flow), 2):
            batch, card = flow[start : start + 2], chance.randrange(1 + len(flow) // 12)
            made += [(at, layer, card, fen) for at, fen in batch]
            total, at = sum(fen for _, fen in batch), batch[-1][0]
            weights = [0.6 + 0.8 * chance.random() for _ in range(3)]
            for weight in weights:
                later = at + chance.expovariate(1 / 480)
                onwards.append((later, int(total * weight / sum(weights))))
        flow = onwards
    made.sort()
    return made


def clock(run: object) -> float:
    """Processor seconds."""
    started = time.process_time()
    run()
    return time.process_time() - started


def memory() -> float:
    """The most this process has held so far [MiB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    one(int(sys.argv[1])) if len(sys.argv) > 1 else main()
