"""Pin what the course runs on (`binder/requirements.txt`) and what its tests add.

`make lock` runs this. pip itself resolves; nothing is installed, and no address is written down.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / "binder" / "requirements.txt"
TESTS = ROOT / "tests" / "requirements.txt"
HEAD = "# {what}. Written by `make lock` from pyproject.toml: do not edit.\n"


def main() -> None:
    """Resolve twice, the second time on top of the first, and write both files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needs = project["project"]["dependencies"]
    tests = project["project"]["optional-dependencies"]["test"]
    builds = project["build-system"]["requires"] + ["editables"]
    runtime = resolve(needs)
    write(RUNTIME, "What the course runs on", runtime)
    whole = resolve([*(f"{name}=={pin}" for name, pin in runtime.items()), *tests, *builds])
    more = {name: pin for name, pin in whole.items() if name not in runtime}
    write(TESTS, "What the tests and the build add to binder/requirements.txt", more)


def resolve(needs: list[str]) -> dict[str, str]:
    """Name → version of everything `needs` asks for, sorted."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed",
               "--report", "-", *needs]
    report = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    found = {item["metadata"]["name"].lower().replace("_", "-"): item["metadata"]["version"]
             for item in report["install"]}
    return dict(sorted(found.items()))


def write(path: Path, what: str, pins: dict[str, str]) -> None:
    """One `name==version` a line."""
    lines = [f"{name}=={pin}\n" for name, pin in pins.items()]
    path.write_text(HEAD.format(what=what) + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
