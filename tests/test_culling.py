"""Kernels whose page went without a word end by themselves: the settings, and what they do."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import pytest
import serving

from simlib.server import app
from simlib.server.kernel_manager import CourseKernels


@pytest.fixture
def shut(monkeypatch):
    """Names of the kernels that were ended, in order."""
    ended = []

    async def end(self, kernel_id, **_):
        ended.append(kernel_id)

    monkeypatch.setattr(CourseKernels, "shutdown_kernel", end)
    return ended


def kernel(idle_s: float, state: str = "idle") -> SimpleNamespace:
    """A kernel that was last active so long ago."""
    return SimpleNamespace(execution_state=state, active_at=time.monotonic() - idle_s)


def test_a_kernel_left_alone_is_ended_and_others_are_not(shut):
    """As the course sets it: idle for ten minutes without a page; not one that works or is seen."""

    async def look():
        kernels = CourseKernels(config=app.config())
        kernels._kernels |= {
            "left": kernel(660), "young": kernel(540), "seen": kernel(660),
            "busy": kernel(660, "busy"), "dead": kernel(1, "dead"),
        }  # fmt: skip
        kernels._kernel_connections["seen"] = 1
        kernels.initialize_culler()
        timer = kernels._culler_callback
        assert timer.is_running()
        assert timer.callback_time <= 300_000
        timer.stop()
        await timer.callback()

    serving.played(look())
    assert sorted(shut) == ["dead", "left"]


def test_a_kernel_that_ended_meanwhile_is_passed_over(shut):
    """While one kernel is looked at another may go: that is no error."""
    serving.played(CourseKernels(config=app.config()).cull_kernel_if_idle("gone"))
    assert shut == []


def test_a_kernel_that_has_not_yet_been_active_is_passed_over(shut):
    """On a busy machine Jupyter looks at a kernel before it has noted when it began."""

    async def look():
        kernels = CourseKernels(config=app.config())
        kernels._kernels["young"] = young = kernels.kernel_manager_factory(parent=kernels)
        await kernels.cull_kernel_if_idle("young")
        young.context.term()

    serving.played(look())
    assert shut == []


def test_a_kernel_whose_page_is_being_made_is_ended_by_its_visit_alone(shut):
    """On a busy machine it rests between two cells: ended then, its page would never be whole."""

    async def look():
        kernels = CourseKernels(config=app.config())
        kernels._kernels |= {"made": kernel(660), "dead": kernel(1, "dead")}
        kernels._awaited |= {"made": object(), "dead": object()}
        for each in ("made", "dead"):
            await kernels.cull_kernel_if_idle(each)

    serving.played(look())
    assert shut == ["dead"]


def test_a_kernel_that_still_starts_does_not_stop_the_end_of_the_others(shut):
    """Jupyter counts a kernel among the starting ones before it knows it by its name."""

    async def end():
        kernels = CourseKernels(config=app.config())
        kernels._kernels["left"] = kernel(1)
        starting = asyncio.get_running_loop().create_future()
        kernels._pending_kernels["starting"] = starting
        starting.get_loop().call_soon(starting.set_result, None)
        await kernels.end_all()

    serving.played(end())
    assert shut == ["left"]


def test_a_kernel_that_ends_by_itself_meanwhile_is_no_failure(monkeypatch):
    """A page that closes ends its kernel while the server ends all of them."""

    async def end():
        kernels = CourseKernels(config=app.config())
        kernels._kernels["closing"] = kernel(1)

        async def ended(*_, **__):
            kernels._check_kernel_id("closed")

        monkeypatch.setattr(kernels, "shutdown_kernel", ended)
        await kernels.end_all()

    serving.played(end())
