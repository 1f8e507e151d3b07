"""How many more lessons this machine's memory has room for."""

from __future__ import annotations

from pathlib import Path

import psutil

EACH = 64 * 2**20  # bytes for one lesson: what it takes, and as much again for a large own case
SPARE = 256 * 2**20  # bytes that stay free for everything else
CGROUP = Path("/sys/fs/cgroup")
UNBOUNDED = 2**60


def places() -> int:
    """Return how many lessons could still be opened; 0 or less: none."""
    return (available() - SPARE) // EACH


def available() -> int:
    """Return the free memory, within this container's limit too [bytes]."""
    return min(psutil.virtual_memory().available, _left_in_container())


def _left_in_container() -> int:
    """Return what the control group's limit leaves (version 2 or 1), counting cache as free."""
    for most, used, stat, cache in (
        ("memory.max", "memory.current", "memory.stat", "inactive_file"),
        (
            "memory/memory.limit_in_bytes",
            "memory/memory.usage_in_bytes",
            "memory/memory.stat",
            "total_inactive_file",
        ),
    ):
        limit, taken = _number(CGROUP / most), _number(CGROUP / used)
        if limit is not None and taken is not None and limit < UNBOUNDED:
            return limit - taken + _counted(CGROUP / stat, cache)
    return UNBOUNDED


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):  # not there, or "max"
        return None


def _counted(path: Path, name: str) -> int:
    try:
        lines = dict(line.split() for line in path.read_text().splitlines())
        return int(lines.get(name, 0))
    except (OSError, ValueError):
        return 0
