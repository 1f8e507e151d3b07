"""Kernels whose page went without a word end by themselves: the settings, and what they do."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
import serving
from jupyter_server._tz import utcnow

from simlib.server import app
from simlib.server.kernels import CourseKernels


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
    spec = SimpleNamespace(metadata={})
    since = utcnow() - timedelta(seconds=idle_s)
    return SimpleNamespace(
        execution_state=state, last_activity=since, kernel_name="python3", kernel_spec=spec
    )


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
