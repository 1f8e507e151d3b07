"""How `make test` shares the tests between its processes; a plain `pytest` runs them in one."""

from __future__ import annotations

import os
import shlex
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings

# No test fails because a machine is busy, nor because Hypothesis drew a case that no run drew
# before: a run judges the change in hand. `make night` looks for new cases with SIMLIB_SEARCH=1,
# of what is slow three times as many.
SEARCH = bool(os.environ.get("SIMLIB_SEARCH"))
settings.register_profile("course", deadline=None, derandomize=not SEARCH)
settings.load_profile("course")

MAP = Path(__file__).with_name("rooms.toml")
# One process takes the tests that go by the clock, one after another; what the others do meanwhile,
# which is tests without a browser, gives way. Files of pages come last: whoever is free takes one.
CLOCK = tuple(f"tests/{name}::" for name in tomllib.loads(MAP.read_text("utf-8"))["clock"])
PAGES = "tests/browser/"
JOURNEYS = f"{PAGES}test_lessons.py::"  # one by one, at the end: no process waits long for another
GIVES_WAY = 19  # how nice a test is that neither looks at a page nor goes by the clock


def unit_of(nodeid: str) -> str:
    """Name what stays together in one process: a file, all that goes by the clock, a journey."""
    if nodeid.startswith(CLOCK):
        return "clock"
    return nodeid if nodeid.startswith(JOURNEYS) else nodeid.partition("::")[0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the units in the order in which the processes take them."""
    if hasattr(config, "workerinput"):
        slow = {unit_of(each.nodeid) for each in items if each.get_closest_marker("slow")}
        items.sort(key=lambda item: _rank(unit_of(item.nodeid), slow))


def _rank(unit: str, slow: set[str]) -> int:
    """The clock's, files that take long, the others, pages, journeys."""
    if unit.startswith(PAGES):
        return 4 if unit.startswith(JOURNEYS) else 3
    return 0 if unit == "clock" else 1 if unit in slow else 2


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give way to the other processes' clocks and browsers, where several share the tests."""
    if hasattr(item.config, "workerinput"):
        nice = 0 if item.nodeid.startswith((PAGES, *CLOCK)) else GIVES_WAY
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


@pytest.fixture
def run(capsys: pytest.CaptureFixture) -> object:
    """`run(line)`: a command line in this process; exit code, standard output, standard error."""
    from simlib.cli import main

    def run(line: str) -> tuple[int, str, str]:
        return (main(shlex.split(line)), *capsys.readouterr())

    return run


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A server on a small course, for tests that only ask it questions; it ends without trouble."""
    import serving

    server = serving.start_course(serving.small_course(tmp_path_factory.mktemp("course")))
    yield server
    code, said = server.stop()
    assert code == 0, said
    assert "Traceback" not in said, said
