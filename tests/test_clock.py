"""A clock that somebody sets, by hand or over the network, stops nothing and loses no turn."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import frames
import pytest
import serving
from jupyter_server._tz import utcnow
from tornado.ioloop import PeriodicCallback

from simlib.resources import PACKAGE
from simlib.server import app, kernel_manager, waiting_room
from simlib.server.kernel_manager import CourseKernels
from simlib.server.rate_limit import Bucket
from simlib.server.waiting_room import WaitingRoom

HOUR = 3600
ROOMS = (PACKAGE / "widgets" / "static", PACKAGE / "server" / "template" / "static")
SET = """import time
from pathlib import Path
from simlib.server import app
app.CULL_AFTER_S = app.CULL_EVERY_S = 1
rate_limit.OPENINGS = (9, 9.0)
read, moved = time.time, Path({moved!r})
time.time = lambda: read() + float(moved.read_text())"""


class Kernels(list):
    """As many kernels as the list is long."""

    def end_long_left(self) -> None:
        """End none."""


@pytest.fixture
def clock(monkeypatch):
    """A function that sets the clock forward by so many seconds, or back."""
    read, moved = time.time, []
    monkeypatch.setattr(time, "time", lambda: read() + sum(moved))
    return moved.append


@pytest.mark.parametrize("by", [HOUR, -HOUR], ids=["forward", "back"])
def test_a_rate_is_no_other_when_the_clock_is_set(clock, by):
    """Two tokens and 0.001 more a second: the third has to be waited for as long as ever."""

    async def scene():
        bucket = Bucket(2, 0.001)
        bucket.take()
        clock(by)
        return bucket.take(), bucket.take()

    now, later = serving.played(scene())
    assert now == 0
    assert 990 < later <= 1000


@pytest.mark.parametrize("by", [HOUR, -HOUR], ids=["forward", "back"])
def test_who_waits_keeps_his_turn_and_who_left_loses_it(clock, monkeypatch, by):
    """Forward nobody is taken for gone, back nobody for one who still asks."""
    monkeypatch.setattr(waiting_room, "HOLD_S", 0.01)
    monkeypatch.setattr(waiting_room, "LOOK_EVERY_S", 0.01)

    async def scene():
        room = WaitingRoom(Kernels([1]), places=1)
        stays = room.visit(None, "a")
        await room.enter(stays)
        clock(by)
        room._look()
        kept = stays in room
        monkeypatch.setattr(waiting_room, "ASKS_WITHIN_S", 0.05)
        monkeypatch.setattr(waiting_room, "HERE_S", 0.05)
        until = time.monotonic() + 5
        while stays in room and time.monotonic() < until:
            await asyncio.sleep(0.01)
        return kept, stays in room

    assert serving.played(scene()) == (True, False)


@pytest.mark.parametrize("by", [HOUR, -HOUR], ids=["forward", "back"])
def test_a_page_is_awaited_as_long_as_ever(clock, monkeypatch, by):
    """Its kernel is not ended at once, and ends when nobody has come."""
    monkeypatch.setattr(kernel_manager, "LOOK_EVERY_S", 0.02)
    ended = []

    async def end(self, kernel_id, **_):
        ended.append(kernel_id)
        self._awaited.pop(kernel_id)

    monkeypatch.setattr(CourseKernels, "shutdown_kernel", end)

    async def scene():
        made = CourseKernels(config=app.config())
        visit = WaitingRoom(Kernels(), places=1).visit(None, "a")
        visit.kernel_id = "k"
        made._awaited["k"] = visit
        made.await_page(visit)
        clock(by)
        await made._end_unless_connected(visit)
        early = list(ended)
        monkeypatch.setattr(waiting_room, "COMES_WITHIN_S", 0.05)
        until = time.monotonic() + 5
        while not ended and time.monotonic() < until:
            await asyncio.sleep(0.01)
        return early, ended

    assert serving.played(scene()) == ([], ["k"])


@pytest.mark.parametrize("by", [HOUR, -HOUR], ids=["forward", "back"])
def test_idle_kernels_end_after_as_long_as_ever(monkeypatch, by):
    """Jupyter compares dates: set forward, every kernel without a socket would end at once."""
    ended = []

    async def end(self, kernel_id, **_):
        ended.append(kernel_id)

    monkeypatch.setattr(CourseKernels, "shutdown_kernel", end)

    async def scene():
        made = CourseKernels(config=app.config())
        kernel = made._kernels["k"] = made.kernel_manager_factory(parent=made)
        kernel.execution_state = "idle"
        kernel.last_activity = utcnow() - timedelta(seconds=by)
        await made.cull_kernel_if_idle("k")
        early = list(ended)
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + app.CULL_AFTER_S + 60)
        await made.cull_kernel_if_idle("k")
        kernel.context.term()
        return early, ended

    assert serving.played(scene()) == ([], ["k"])


def test_what_comes_periodically_goes_on_when_the_clock_is_set_back(clock):
    """tornado's own timers, by the loop that the server runs on; by the machine's they rest."""

    async def scene():
        app.SteadyLoop()
        seen = []
        timer = PeriodicCallback(lambda: seen.append(time.monotonic()), 10)
        timer.start()
        clock(-HOUR)
        until = time.monotonic() + 5
        while len(seen) < 3 and time.monotonic() < until:
            await asyncio.sleep(0.01)
        timer.stop()
        return len(seen)

    assert serving.played(scene()) >= 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "by", [pytest.param(HOUR, marks=pytest.mark.night), -HOUR], ids=["forward", "back"]
)
def test_a_server_goes_on_when_the_clock_is_set(tmp_path, by):
    """Frames are answered, lessons open, and a kernel without its page ends."""
    moved = tmp_path / "moved"
    set_clock(moved, 0)
    root = serving.small_course(tmp_path / "course")
    server = serving.start_course(root, bounds=SET.format(moved=str(moved)))
    page = frames.connect(server.url, frames.open_lesson(server.url))
    left = frames.connect(server.url, frames.open_lesson(server.url))
    set_clock(moved, by)
    for _ in range(3):
        page.send_binary(frames.frame("kernel_info_request"))
        assert frames.hear(page, "kernel_info_reply")["status"] == "ok"
    left.close()
    running = lambda: len(serving.kernels_below(server.process.pid))  # noqa: E731
    assert serving.eventually(lambda: running() == 1)
    assert serving.fetch(server.url + frames.LESSON)[0] == 200
    page.close()
    code, said = server.stop()
    assert code == 0, said


def test_pages_measure_by_no_clock_that_is_set():
    """A day may be asked of it (`new Date()`; how long a draft is kept), a wait may not."""
    scripts = [path for room in ROOMS for path in room.rglob("*.js")]
    assert len(scripts) > 35
    asking = {path.name for path in scripts if "Date.now" in path.read_text("utf-8")}
    assert asking == {"expire.js", "own-draft.js", "lab.js"}


def set_clock(moved, by):
    """Tell the server's clock, which may be read at any moment."""
    part = moved.with_suffix(".part")
    part.write_text(str(by))
    part.replace(moved)
