"""Pin what the course runs on (`binder/requirements.txt`) and what its tests add.

`make lock` runs this. pip itself resolves for the oldest Python that pyproject.toml promises, so
that every pin installs there; nothing is installed, and no address is written down.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / "binder" / "requirements.txt"
TESTS = ROOT / "tests" / "requirements.txt"
HEAD = "# {what}. Written by `make lock` from pyproject.toml: do not edit.\n"


def main() -> None:
    """Resolve twice, the second time on top of the first, and write both files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    oldest = oldest_python(project["project"]["requires-python"])
    needs = project["project"]["dependencies"]
    tests = project["project"]["optional-dependencies"]["test"]
    builds = project["build-system"]["requires"] + ["editables"]
    runtime = resolve(needs, oldest)
    write(RUNTIME, "What the course runs on", runtime)
    pinned = [f"{name}=={pin}" for name, pin in runtime.items()]
    whole = resolve([*pinned, *tests, *builds], oldest)
    more = {name: pin for name, pin in whole.items() if name not in runtime}
    write(TESTS, "What the tests and the build add to binder/requirements.txt", more)


def oldest_python(requires: str) -> str:
    """`>=3.11` → `3.11.0`: the oldest interpreter promised.

    Raises
    ------
    SystemExit
        This Python is of another minor version: pip reads markers such as `python_version` from
        the interpreter it runs on, not from the one it is asked to resolve for.
    """
    major, minor, patch = re.fullmatch(r">=(\d+)\.(\d+)(?:\.(\d+))?", requires).groups()
    if sys.version_info[:2] != (int(major), int(minor)):
        raise SystemExit(f"make lock needs Python {major}.{minor}: make clean, then "
                         f"make lock PYTHON=python{major}.{minor}")
    return f"{major}.{minor}.{patch or 0}"


def resolve(needs: list[str], python: str) -> dict[str, str]:
    """Name → version of everything `needs` asks for on that Python, sorted; wheels alone."""
    with tempfile.TemporaryDirectory() as nowhere:  # pip wants a place even for a dry run
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run",
                   "--ignore-installed", "--report", "-", "--python-version", python,
                   "--only-binary=:all:", "--target", nowhere, *needs]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    report = json.loads(done.stdout)
    found = {item["metadata"]["name"].lower().replace("_", "-"): item["metadata"]["version"]
             for item in report["install"]}
    return dict(sorted(found.items()))


def write(path: Path, what: str, pins: dict[str, str]) -> None:
    """One `name==version` a line."""
    lines = [f"{name}=={pin}\n" for name, pin in pins.items()]
    path.write_text(HEAD.format(what=what) + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
