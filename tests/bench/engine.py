"""How long a decision and an import take, beside an empty interpreter; prints, asserts nothing.

python -m tests.bench.engine
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from simlib import decide, load_case
from simlib.liability import COMPARED

IMPORT = "import time; t = time.perf_counter(); import simlib; print(time.perf_counter() - t)"


def main() -> None:
    """Median milliseconds for each mode of the real case, trace included; then the import."""
    case = load_case("2024-lu-0302-5690")
    for mode in COMPARED:
        times = []
        for _ in range(200):
            start = time.perf_counter()
            decide(case, mode)
            times.append(time.perf_counter() - start)
        print(f"decide {mode:16} {statistics.median(times) * 1e3:6.2f} ms")
    runs = [float(subprocess.check_output([sys.executable, "-c", IMPORT])) for _ in range(9)]
    print(f"import simlib           {statistics.median(runs) * 1e3:6.2f} ms")


if __name__ == "__main__":
    main()
