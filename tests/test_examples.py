"""Every example in a docstring runs and gives what it says."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import simlib

MODULES = [
    m.name
    for m in pkgutil.walk_packages(simlib.__path__, "simlib.")
    if not m.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    """The examples of one module."""
    assert doctest.testmod(import_module(name)).failed == 0


def test_some_module_has_examples():
    """The finder finds: the parser of citations shows two."""
    assert doctest.testmod(import_module("simlib.law.citation")).attempted > 2
