"""The threat model: each line of SECURITY.md names a test, and the test is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = [
    line for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines() if line.startswith("|")
]


def test_each_line_names_a_test_that_is_there():
    """Every row but the heads has one test at its end, and none is named in vain."""
    rows = [line for line in LINES if not line.startswith(("|---", "| 攻击或过失"))]
    named = [re.search(r"\| `(tests/[\w/]+\.py)::(test_\w+)` \|$", row) for row in rows]
    assert len(rows) > 30
    assert [row for row, found in zip(rows, named, strict=True) if not found] == []
    tests = [found.groups() for found in named]
    assert [name for file, name in tests if name not in _tests_in(ROOT / file)] == []
    assert len(set(tests)) == len(tests)


def _tests_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
