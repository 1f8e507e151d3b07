"""What the processes of a server hold and spend, read from /proc (Linux)."""

from __future__ import annotations

import os
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
QUIET_S, QUIET_SHARE = 0.5, 0.06  # idle: less than this share of one processor for so long


def tree(pid: int) -> list[int]:
    """A process and everything below it, however deep."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        fields = _stat(int(path.name))
        if fields and fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(int(path.name))
    found = [pid]
    for each in found:  # grows while it is walked
        found += children.get(each, [])
    return found


def kernels(pid: int) -> list[int]:
    """The kernels below a server: started by Jupyter, or forked and named `simlib …`."""
    return [each for each in tree(pid)[1:] if _is_kernel(each)]


def _is_kernel(pid: int) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        name = Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return False  # it ended while we looked
    return b"ipykernel" in command or name.startswith("simlib ")


def memory(pid: int) -> dict[str, float]:
    """What a process alone holds, and its fair share of all it uses [MB of 10⁶ bytes]."""
    held = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _, size = line.partition(":")
        held[name] = int(size.split()[0]) * 1024 / 1e6
    return {"private": held["Private_Clean"] + held["Private_Dirty"], "pss": held["Pss"]}


def processor(pid: int) -> float:
    """What a server and all below it have spent so far, those that have ended included [s]."""
    spent = 0
    for each in tree(pid):
        fields = _stat(each)
        if fields:
            spent += sum(int(field) for field in fields[11:15])
    return spent / TICKS


def settled(pid: int, patience: float = 20) -> float:
    """Wait until a server has nothing to do; the processor time it has spent by then [s]."""
    until = time.monotonic() + patience
    before = processor(pid)
    while time.monotonic() < until:
        time.sleep(QUIET_S)
        now = processor(pid)
        if now - before < QUIET_SHARE * QUIET_S:
            return now
        before = now
    return before


def _stat(pid: int) -> list[str]:
    """The fields of /proc/…/stat from the state on; empty if the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
