"""Imports point left, and the front door is light."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import simlib

ROOT = Path(simlib.__file__).resolve().parent.parent
HEAVY = ("plotly", "ipywidgets", "IPython", "anywidget", "voila", "pydantic", "scipy", "numpy")


def test_every_import_contract_holds(tmp_path):
    """The contracts of pyproject.toml, checked as a developer checks them."""
    tool = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    done = subprocess.run(
        [tool, str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_importing_simlib_loads_nothing_heavy():
    """`import simlib` brings in no figure, widget, server or model library."""
    code = "import sys, simlib; print([name for name in sys.argv[1:] if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code, *HEAVY], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_public_names_are_listed_sorted_and_importable():
    """`__all__` is sorted, without doubles, and every name in it can be had."""
    assert simlib.__all__ == sorted(set(simlib.__all__))
    assert all(getattr(simlib, name) is not None for name in simlib.__all__)
