"""The scripts of the new pages: their types by TypeScript's compiler, their sums by node."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.node

JAVASCRIPT = Path(__file__).resolve().parent / "javascript"
ROOT = JAVASCRIPT.parents[1]
SUMS = sorted(JAVASCRIPT.glob("*.test.mjs"))


def run(*command: str) -> str:
    """What a program says; it must end well."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def checked() -> set[str]:
    """The files of ours that TypeScript looks at."""
    said = run("tsc", "--project", str(JAVASCRIPT), "--listFiles")
    files = (Path(line) for line in said.splitlines())
    return {str(file.relative_to(ROOT)) for file in files if file.is_relative_to(ROOT)}


def test_the_scripts_of_the_new_pages_have_the_types_they_say():
    """`tsc --checkJs --strict` finds nothing; the stage, the bet and the page are among them."""
    stage = {str(path.relative_to(ROOT)) for path in ROOT.glob("simlib/widgets/static/stage*.js")}
    page = {f"simlib/server/template/static/{name}.js" for name in ("lesson", "home")}
    assert stage | page | {"simlib/widgets/static/bet.js"} <= checked()
    assert len(stage) > 1


@pytest.mark.parametrize("sums", SUMS, ids=lambda path: path.name.partition(".")[0])
def test_sums_of_the_scripts(sums):
    """`node --test`: functions that need no page."""
    run("node", "--test", str(sums))


def test_there_are_sums():
    """No test is lost by a name."""
    assert SUMS


PAGES = sorted(path.name for path in JAVASCRIPT.glob("*.page.mjs"))


@pytest.fixture(scope="module")
def said():
    """What was wrong in each page of tests, all of them in one browser."""
    return json.loads(run(sys.executable, str(JAVASCRIPT / "pages.py"), *PAGES))


@pytest.mark.parametrize("file", PAGES, ids=lambda name: name.partition(".")[0])
def test_views_of_the_scripts(file, said):
    """What is drawn, heard and sent, in a page without a server."""
    assert said[file]["count"] > 0
    assert said[file]["wrong"] == {}, "\n".join(said[file]["wrong"].values())
