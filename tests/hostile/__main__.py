"""Run the hostile client: `python -m hostile` in `tests/`; exit 1 if anything went wrong."""

from __future__ import annotations

import argparse
import itertools
import sys
import time

from hostile.run import attack

parser = argparse.ArgumentParser(prog="hostile", description=__doc__)
parser.add_argument("--seed", type=int, default=int(time.time()), help="default: the time")
parser.add_argument("--frames", type=int, default=400)
parser.add_argument("--requests", type=int, default=400)
parser.add_argument("--links", type=int, default=600)
parser.add_argument("--opened", type=int, default=20, help="links opened on the server in earnest")
parser.add_argument("--files", type=int, default=400)
parser.add_argument("--from-number", type=int, default=0, help="to try one input again")

if __name__ == "__main__":
    asked = vars(parser.parse_args())
    seed, start = asked.pop("seed"), asked.pop("from_number")
    print(f"seed {seed}", flush=True)
    counts = {kind: itertools.islice(itertools.count(start), most) for kind, most in asked.items()}
    done, wrong, reports = attack(seed, counts)
    print(*(f"{number} {kind}" for kind, number in done.items()), sep="\n")
    print(*(f"reported by a lesson's program: {each}" for each in reports), sep="\n")
    print(*(f"WRONG {each}" for each in wrong), sep="\n")
    sys.exit(1 if wrong else 0)
