"""`python tests/rooms.py [room]`: the test files of a room, or all that need no browser."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

TESTS = Path(__file__).resolve().parent


def rooms() -> dict[str, list[Path]]:
    """Room → its test files, as `rooms.toml` has them."""
    listed = tomllib.loads((TESTS / "rooms.toml").read_text("utf-8"))
    return {
        room: sorted({path for each in patterns for path in TESTS.glob(each)})
        for room, patterns in listed.items()
        if room != "clock"
    }


def quick(room: str = "") -> list[Path]:
    """The room's files, or everybody's, without those of the browser."""
    known = rooms()
    if room and room not in known:
        sys.exit(f"没有「{room}」这一室 · no such room: {room}. ROOM={'|'.join(known)}")
    files = known[room] if room else {path for each in known.values() for path in each}
    return sorted(path for path in files if path.parent.name != "browser")


if __name__ == "__main__":
    print(*(path.relative_to(TESTS.parent) for path in quick(*sys.argv[1:2])))
