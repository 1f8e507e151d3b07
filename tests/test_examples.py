"""Every example in a docstring runs and gives what it says."""

import doctest
from importlib import import_module

import pytest

from simlib.resources import PACKAGE


def name_of(path):
    """The module that a file is."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[: -1 if parts[-1] == "__init__" else None])


MODULES = sorted(
    name_of(path) for path in PACKAGE.rglob("*.py") if ">>>" in path.read_text("utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    """The examples of one module, of which there are some."""
    found = doctest.testmod(import_module(name))
    assert found.attempted
    assert not found.failed


def test_some_module_has_examples():
    """The finder finds: the parser of citations shows two."""
    assert {"simlib.law.citation", "simlib.money"} <= set(MODULES)
