"""Types: what the checker is told, what escapes it, and that lazy rooms show what they hold."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
from untyped import SIMLIB, holes, holes_of, table

PROJECT = tomllib.loads((SIMLIB.parent / "pyproject.toml").read_text("utf-8"))
CONTRACTS = {one["name"]: one for one in PROJECT["tool"]["importlinter"]["contracts"]}
FLOOR = {"errors", "interval", "money", "resources", "spreadsheet", "trace"}
ENGINES = FLOOR | {
    name.removeprefix("simlib.")
    for name in CONTRACTS["Engines speak keys and numbers, never words"]["source_modules"]
}


def test_checker_reads_the_whole_package():
    """mypy is strict over all of simlib, and no room is excused."""
    settings = PROJECT["tool"]["mypy"]
    assert (settings["files"], settings["strict"]) == (["simlib"], True)
    assert [key for key, value in settings.items() if value is False] == [
        "disallow_subclassing_any"
    ]
    loosened = {key for one in settings["overrides"] for key in one} - {"module"}
    assert loosened == {"ignore_missing_imports", "disallow_untyped_calls"}
    assert (SIMLIB / "py.typed").is_file()


def test_engines_explain_each_place_the_checker_skips():
    """In floor and engines `Any`, `cast` and `type: ignore` stand with a comment on their line."""
    unexplained = [hole for hole in holes() if hole.room in ENGINES and not hole.explained]
    assert unexplained == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from typing import Any\nx: Any = 1\n", [(2, "Any", False)]),
        ("from typing import Any\nx: 'list[Any]'  # because\n", [(2, "Any", True)]),
        ("from typing import Any\nA: TypeAlias = 'list[Any]'\n", [(2, "Any", False)]),
        ("from typing import cast as c\nx = c(int, y)\n", [(2, "cast", False)]),
        ("from simlib.synthetic.case_export import cast\nx = cast(y)\n", []),
        ("x = y  # type: ignore[misc]\n", [(1, "type: ignore", False)]),
        ("x = y  # type: ignore[misc]  # a stub is wrong\n", [(1, "type: ignore", True)]),
        ("def f(x):\n    'Any one of them.'\n", []),
    ],
)
def test_places_the_checker_skips_are_counted(source, expected):
    """Names from `typing` count, in quoted types too; words and namesakes do not."""
    assert list(holes_of(source)) == expected


def test_table_of_skipped_places_adds_up():
    """The last line of the table printed by `make types` is the sum of the others."""
    rows = [line.split() for line in table(holes()).splitlines()[1:]]
    sums = [sum(int(row[column]) for row in rows[:-1]) for column in (1, 2, 3)]
    assert rows[-1] == ["simlib", *map(str, sums)]


def rooms_of(init: Path) -> tuple[dict[str, str], dict[str, str]] | None:
    """The names a lazy room opens on demand, and those it shows the checker: name → module."""
    tree = ast.parse(init.read_text("utf-8"))
    lazy = [ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)
            and node.targets[0].id == "_ROOMS"]  # fmt: skip
    shown = {
        alias.name: node.module
        for block in tree.body
        if isinstance(block, ast.If) and block.test.id == "TYPE_CHECKING"
        for node in block.body
        for alias in node.names
    }
    return (lazy[0], shown) if lazy else None


@pytest.mark.parametrize("name", ["", "case", "statement"])
def test_lazy_rooms_show_the_checker_what_they_open(name):
    """What `__getattr__` opens by name is imported for the checker, from the same module."""
    opened, shown = rooms_of(SIMLIB / name / "__init__.py")
    assert shown == opened
