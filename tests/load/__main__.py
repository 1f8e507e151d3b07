"""Let a class work: `python -m load` in `tests/`; exit 1 if anything failed or was lost."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter

from load import table
from load.meter import Meter
from load.run import machine, run

MOST_TOLD = 30  # failures and losses; of the others it is said how many

parser = argparse.ArgumentParser(prog="load", description=__doc__)
parser.add_argument("--students", type=int, default=60)
parser.add_argument("--minutes", type=float, default=10)
parser.add_argument("--seed", type=int, default=0, help="the same students do the same")
parser.add_argument("--pace", type=float, default=1.0, help="thinking times are multiplied by it")


def told(meter: Meter) -> list[str]:
    """What went wrong, each once with how often it did."""
    found = Counter([f"ERROR {each}" for each in meter.errors])
    found.update(f"LOST {each}" for each in meter.lost)
    lines = [f"{each} ({count} times)" for each, count in found.most_common(MOST_TOLD)]
    rest = len(found) - len(lines)
    return [*lines, *([f"and {rest} others"] if rest else [])]


def main() -> int:
    """Run, print, write; the exit code."""
    asked = parser.parse_args()
    where, load = machine(), [os.getloadavg()[0]]
    print(f"{asked.students} students, {asked.minutes:g} minutes, seed {asked.seed}", flush=True)
    begun = time.strftime("%Y-%m-%d %H:%M")
    taken = run(asked.students, 60 * asked.minutes, seed=asked.seed, pace=asked.pace)
    load.append(os.getloadavg()[0])
    print(table.show(taken))
    print(f"{begun}; " + ", ".join(f"{name} {value}" for name, value in where.items())
          + f"; load before and after {load[0]:.1f}, {load[1]:.1f}")  # fmt: skip
    for line in told(taken.meter):
        print(line)
    print(table.save(taken, machine=where, begun=begun, load=load, **vars(asked)))
    return 0 if taken.meter.is_well else 1


if __name__ == "__main__":
    sys.exit(main())
