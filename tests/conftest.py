"""How `make test` shares the tests between two processes; a plain `pytest` runs them in one."""

from __future__ import annotations

import pytest

BROWSER = "tests/browser"
# Longest first, so that no process waits for the other at the end. The browser's tests and those of
# servers mostly wait, and so leave each other room; what only computes fills in behind them.
FIRST = (
    BROWSER, "tests/test_visits.py", "tests/test_hostile.py", "tests/test_cycles.py",
    "tests/test_waiting.py", "tests/test_connection.py", "tests/test_server.py",
    "tests/test_nursery.py", "tests/test_bounds.py", "tests/test_proxy.py", "tests/test_package.py",
    "tests/test_reference_engine.py", "tests/test_exercise.py", "tests/test_metamorphic.py",
)  # fmt: skip


def unit_of(nodeid: str) -> str:
    """What stays together in one process: a file; the browser's tests, which share one server."""
    path = nodeid.partition("::")[0]
    return BROWSER if path.startswith(BROWSER) else path


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the units in the order of `FIRST` where two processes take them in turn."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: _rank(unit_of(item.nodeid)))


def _rank(unit: str) -> int:
    return FIRST.index(unit) if unit in FIRST else len(FIRST)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Hand out whole units in the order of collection."""
    from xdist.scheduler import LoadScopeScheduling

    class InTurn(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return unit_of(nodeid)

    config.option.loadscopereorder = False
    return InTurn(config, log)
