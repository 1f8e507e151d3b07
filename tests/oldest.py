"""The oldest Python that pyproject.toml promises, and the oldest of those that are here."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
ASK = "import ensurepip, sys, venv; print(*sys.version_info[:3])"


def promised() -> tuple[int, int, int]:
    """Its version: `>=3.11` promises 3.11.0."""
    required = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["requires-python"]
    numbers = [int(number) for number in re.findall(r"\d+", required)]
    return (*numbers, 0, 0)[:3]


@cache
def oldest_python() -> str:
    """An interpreter that can make environments; tests run on one, so there is one."""
    minor = "python{}.{}".format(*promised())
    system = [str(path) for path in map(Path, (f"/usr/bin/{minor}",)) if path.is_file()]
    candidates = {sys.executable, *system, *filter(None, [shutil.which(minor)])}
    return min(filter(_version, sorted(candidates)), key=_version)


@cache
def _version(python: str) -> tuple[int, ...]:
    """What an interpreter is; empty if it is too old, or makes no environments."""
    asked = subprocess.run([python, "-c", ASK], capture_output=True, text=True)
    version = tuple(int(number) for number in asked.stdout.split())
    return version if version >= promised() else ()
