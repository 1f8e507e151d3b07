"""What a contributor relies on: API pages, checks before tests, a workflow, a changelog."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import yaml

import simlib

ROOT = Path(__file__).resolve().parent.parent
CLASSIFIERS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
WORKFLOW = ROOT / ".github" / "workflows" / "test.yml"
CI = ROOT / ".ci" / "run"
KINDS = ["Added", "Changed", "Fixed", "Security"]  # in this order


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The API pages, built as `make docs` builds them, which `.ci/run` does before the tests."""
    folder = tmp_path_factory.mktemp("api")
    command = [sys.executable, "binder/api.py", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.night
def test_api_pages_show_every_public_name(pages):
    """Every name of the front door and of each room's `__all__` has its entry."""
    assert missing(pages / "simlib.html", simlib.__all__) == []
    for page in (pages / "simlib").rglob("*.html"):
        name = ".".join(page.relative_to(pages).with_suffix("").parts)
        assert missing(page, getattr(import_module(name), "__all__", ())) == [], name


def missing(page: Path, names) -> list[str]:
    """Names without an entry on a page."""
    text = page.read_text("utf-8")
    return [name for name in names if f'id="{name}"' not in text]


@pytest.mark.night
def test_api_pages_load_nothing_from_another_host(pages):
    """Scripts, styles, fonts and images come with the pages."""
    loads = re.compile(r"<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)=\"(?:https?:)?//|"
                       r"@import|url\(['\"]?(?:https?:)?//")  # fmt: skip
    for page in pages.rglob("*.html"):
        assert not loads.search(page.read_text("utf-8")), page.name


def test_workflow_runs_every_python_promised():
    """The forge's workflow parses and tests the versions that the classifiers name."""
    job = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["test"]
    promised = re.findall(r"Python :: (3\.\d+)$", "\n".join(CLASSIFIERS), re.M)
    assert job["strategy"]["matrix"]["python"] == promised
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]


def test_ci_checks_before_it_tests():
    """Style, imports, types and API pages come first; the last line printed is pytest's."""
    steps = re.findall(r"make --silent ([a-z ]+)", CI.read_text("utf-8"))
    order = " ".join(steps).split()
    assert order == ["lint", "docs", "types", "test"]
    assert CI.read_text("utf-8").splitlines()[-1] == "exec make --silent test"


@pytest.mark.parametrize("path", [WORKFLOW, CI, ROOT / "Makefile"], ids=lambda path: path.name)
def test_no_package_index_is_named(path):
    """Packages come from whatever index the machine is set up with."""
    assert not re.findall(r"https?://(?!127\.0\.0\.1)|index-url|\bpypi\b", path.read_text("utf-8"))


def test_changelog_is_by_version_and_kind():
    """Each version is dated or unreleased; below it stand the kinds of change, in order."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"(?m)^## (.+)$", text)
    assert versions
    for version, part in zip(versions, re.split(r"(?m)^## .+$", text)[1:], strict=True):
        assert re.fullmatch(r"\[Unreleased\]|\[[\d.]+\] - \d{4}-\d\d-\d\d", version), version
        kinds = re.findall(r"(?m)^### (.+)$", part)
        assert kinds
        assert kinds == [kind for kind in KINDS if kind in kinds]
