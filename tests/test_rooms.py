"""`tests/rooms.toml` tells of each room which tests are its own, for `make quick ROOM=<room>`."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import rooms

SIMLIB = Path(__file__).resolve().parent.parent / "simlib"
DATA = {"texts", "__init__", "__main__", "__pycache__", "py"}  # words, and the front door


def test_every_room_has_its_tests():
    """Each module and folder of simlib is a room of the map, and each other name is `course`."""
    names = {path.stem for path in SIMLIB.iterdir() if path.suffix in ("", ".py")} - DATA
    known = rooms.rooms()
    assert sorted(names - known.keys()) == [], "write the room's tests into tests/rooms.toml"
    assert sorted(known.keys() - names) == ["course"]


def test_every_pattern_finds_a_file():
    """A file that was renamed is renamed in the map."""
    listed = tomllib.loads((rooms.TESTS / "rooms.toml").read_text("utf-8"))
    patterns = {each for room in listed.values() for each in room}
    assert [each for each in sorted(patterns) if not any(rooms.TESTS.glob(each))] == []


def test_every_test_file_belongs_to_a_room():
    """A file in no room would be run by `make test` alone, long after the change that breaks it."""
    there = set(rooms.TESTS.rglob("test_*.py"))
    held = {path for files in rooms.rooms().values() for path in files}
    assert sorted(str(path.relative_to(rooms.TESTS)) for path in there - held) == [], (
        "name these files in tests/rooms.toml: under the room that each asks, or under `course`"
    )


@pytest.mark.parametrize("room", ["", "statement"])
def test_files_of_a_room_are_told_without_the_browsers(room):
    """As the Makefile asks for them."""
    asked = [sys.executable, "tests/rooms.py", *([room] if room else [])]
    done = subprocess.run(asked, cwd=SIMLIB.parent, capture_output=True, text=True, check=True)
    named = done.stdout.split()
    assert "tests/test_statement.py" in named
    assert ("tests/test_law.py" in named) is (not room)
    assert not [name for name in named if name.startswith("tests/browser/")]


def test_an_unknown_room_is_refused_by_name():
    """With the rooms there are."""
    with pytest.raises(SystemExit, match=r"no such room: sttement\..*statement"):
        rooms.quick("sttement")
