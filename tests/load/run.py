"""A server of its own, a class of students at it, and what the class took."""

from __future__ import annotations

import asyncio
import os
import platform
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import serving
import staged
from bench.serving import process
from load.meter import Meter
from load.page import Page
from load.student import Class, Student
from tornado.httpclient import AsyncHTTPClient

from simlib.resources import shelf

SAMPLES = 60  # of the memory, over the whole time
GOES_S = 60  # until every kernel has ended that has no page
MOST_BYTES = 64_000_000
# As it is served to a class. When the class is over a signal makes idle kernels end at once, which
# otherwise wait ten minutes for their page.
BOUNDS = """
import signal
from simlib.server import app
connection.LOOK_EVERY_MS = 10_000
app.CULL_EVERY_S = 2
def end_idle(*_):
    app.CourseApp.instance().kernel_manager.cull_idle_timeout = 1
signal.signal(signal.SIGUSR1, end_idle)
"""


@dataclass
class Memory:
    """What processes hold at a moment, each its fair share of what they share (PSS) [MB of 10⁶]."""

    server: float = 0.0
    nursery: float = 0.0
    lessons: float = 0.0
    kernels: int = 0

    @property
    def total(self) -> float:
        """All of it."""
        return self.server + self.nursery + self.lessons


@dataclass
class Taken:
    """What the class took.

    Attributes
    ----------
    seconds
        how long it was
    server, kernels, students
        processor time of the server, of nursery and kernels, and of the students here [s]
    before, most, after
        the memory: after one visit, when it was most, when all kernels had ended
    left
        kernels that did not end
    """

    meter: Meter = field(default_factory=Meter)
    seconds: float = 0.0
    server: float = 0.0
    kernels: float = 0.0
    students: float = 0.0
    before: Memory = field(default_factory=Memory)
    most: Memory = field(default_factory=Memory)
    after: Memory = field(default_factory=Memory)
    left: int = 0


def run(
    students: int,
    seconds: float,
    *,
    seed: int = 0,
    pace: float = 1.0,
    patience: float = 10.0,
    bounds: str = "",
) -> Taken:
    """Let a class work.

    Parameters
    ----------
    pace
        thinking times are multiplied by it
    patience
        after which an answer is lost [s]
    bounds
        lines that make the server another, for tests
    """
    taken = Taken()
    server = serving.start_course(shelf("course"), forks=True, bounds=BOUNDS + bounds)
    pid = server.process.pid
    try:
        taught = Class(server.url, list(staged.lessons().values()), taken.meter, 0, pace, patience)
        serving.played(_warm(taught))
        _end_kernels(pid)
        taken.before = memory(pid)
        with _spent(pid, taken):
            serving.played(_work(taught, students, seconds, seed, pid, taken))
        server.process.send_signal(signal.SIGUSR1)
        taken.left = _end_kernels(pid)
        taken.after = memory(pid)
    finally:
        code, said = server.stop()
    lines = said.splitlines()[1:-1]  # where it is, and that it has ended
    taken.meter.errors += [f"the server: {line}" for line in lines]
    taken.meter.errors += [f"the server's exit code: {code}"] * (code != 0)
    taken.meter.errors += [f"kernels left: {taken.left}"] * (taken.left > 0)
    return taken


async def _warm(taught: Class) -> None:
    """One visit: what the first one sets up is not the class's."""
    page = Page(taught.base, 60)
    await page.open(f"zh/{taught.lessons[0]}.ipynb", files=True)
    await page.leave(word=True)


async def _work(
    taught: Class, students: int, seconds: float, seed: int, pid: int, taken: Taken
) -> None:
    """All students, until the bell; the memory is looked at meanwhile."""
    AsyncHTTPClient.configure(None, max_clients=10 * students, max_body_size=MOST_BYTES)
    taught.until = time.monotonic() + seconds
    looking = asyncio.ensure_future(_look(pid, seconds / SAMPLES, taken))
    everybody = (Student(taught, seed, number).live() for number in range(students))
    await asyncio.gather(*everybody)
    looking.cancel()
    with suppress(asyncio.CancelledError):
        await looking


async def _look(pid: int, every: float, taken: Taken) -> None:
    while True:
        held = await asyncio.to_thread(memory, pid)
        taken.most = max(taken.most, held, key=lambda each: each.total)
        await asyncio.sleep(max(every, 0.5))


def memory(pid: int) -> Memory:
    """What server, nursery and kernels hold just now."""
    nursery, found = serving.nursery_of(pid), Memory(_pss(pid))
    for each in process.kernels(pid):
        if each != nursery and (held := _pss(each)):
            found.kernels, found.lessons = found.kernels + 1, found.lessons + held
    found.nursery = _pss(nursery) if nursery else 0.0
    return found


def _pss(pid: int) -> float:
    try:
        return process.memory(pid)["pss"]
    except OSError:
        return 0.0  # it ended while we looked


def _end_kernels(pid: int) -> int:
    """Wait until no kernel is left; how many there are all the same."""
    serving.eventually(lambda: not serving.kernels_below(pid), GOES_S)
    return len(serving.kernels_below(pid))


@contextmanager
def _spent(pid: int, taken: Taken) -> Iterator[None]:
    """Note how long something takes, and the processor time of all sides."""
    begun = time.monotonic(), process.processor(pid), _own(pid), time.process_time()
    yield
    taken.seconds = time.monotonic() - begun[0]
    taken.server = _own(pid) - begun[2]
    taken.kernels = process.processor(pid) - begun[1] - taken.server
    taken.students = time.process_time() - begun[3]


def _own(pid: int) -> float:
    """The processor time of one process without its children [s]."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def machine() -> dict[str, object]:
    """Where the figures come from."""
    said = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in said.splitlines() if "model name" in line]
    return {
        "cpu": names[0] if names else platform.processor(),
        "cores": os.cpu_count(),
        "ram_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }
