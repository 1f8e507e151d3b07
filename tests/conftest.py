"""How `make test` shares the tests between its processes; a plain `pytest` runs them in one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings

# No test fails because a machine is busy, nor because Hypothesis drew a case that no run drew
# before: a run judges the change in hand. `make load` looks for new cases with SIMLIB_SEARCH=1.
SEARCH = bool(os.environ.get("SIMLIB_SEARCH"))
settings.register_profile("course", deadline=None, derandomize=not SEARCH)
settings.load_profile("course")

# One process runs the tests that go by the clock, then looks at pages; whatever the other processes
# do beside them gives way, so that neither clock nor browser waits for it. The longest files of
# pages come last: whoever is free takes one.
PAGES = "tests/browser/"
LAST = (
    "tests/browser/test_lessons.py", "tests/browser/test_talk.py", "tests/browser/test_case.py",
    "tests/browser/test_own.py", "tests/browser/test_keys.py",
)  # fmt: skip
ALONE = (
    "tests/browser/test_alive.py", "tests/browser/test_binder.py", "tests/browser/test_light.py",
    "tests/test_bounds.py", "tests/test_clock.py", "tests/test_connection.py",
    "tests/test_culling.py", "tests/test_cycles.py", "tests/test_files.py", "tests/test_hostile.py",
    "tests/test_load.py", "tests/test_nginx.py", "tests/test_fork_server.py", "tests/test_proxy.py",
    "tests/test_server.py", "tests/test_visits.py", "tests/test_waiting_room.py",
)  # fmt: skip
# Of the others the longest first, so that no process waits long for the other.
FIRST = (
    "tests/test_reference_engine.py", "tests/test_package.py", "tests/test_metamorphic.py",
    "tests/test_transfers.py", "tests/test_exercise.py", "tests/test_sweep_equal.py",
)  # fmt: skip
LONG_OPEN = "_open_for_100_s_"
GIVES_WAY = 19  # how nice a test is that neither looks at a page nor goes by the clock


assert all((Path(__file__).parents[1] / name).exists() for name in (*ALONE, *FIRST, *LAST))


def unit_of(nodeid: str) -> str:
    """Name what stays together in one process: a file, or most pages and all clocks."""
    path = nodeid.partition("::")[0]
    return "watched" if path.startswith((PAGES, *ALONE)) and path not in LAST else path


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the units in the order in which the processes take them."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: (_rank(unit_of(item.nodeid)), _turn(item.nodeid)))


def _turn(nodeid: str) -> int:
    """Clocks first, then pages, last those that had to be open for long meanwhile."""
    return 2 if LONG_OPEN in nodeid else int(not nodeid.startswith(ALONE))


def _rank(unit: str) -> int:
    ranks = ("watched", *FIRST, "others", *LAST)
    return ranks.index(unit if unit in ranks else "others")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give way to the other processes' browsers, where several processes share the tests."""
    if hasattr(item.config, "workerinput"):
        watched = item.nodeid.startswith((PAGES, *ALONE))
        nice = 0 if watched else GIVES_WAY
        with suppress(PermissionError):  # only root may take back what it gave
            os.setpriority(os.PRIO_PROCESS, 0, nice)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Hand out whole units in the order of collection."""
    from xdist.scheduler import LoadScopeScheduling

    class InTurn(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return unit_of(nodeid)

    config.option.loadscopereorder = False
    return InTurn(config, log)
