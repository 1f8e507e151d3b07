"""A server of its own, a class of students at it, and what the class took."""

from __future__ import annotations

import asyncio
import os
import platform
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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

SAMPLES = 60  # of the memory, over the whole time: each takes a while
LOOK_EVERY_S = 0.5  # what kernels have spent: nobody sums up those that have ended
# A kernel looks a comm up in one thread while another still opens it (ipykernel 7), as it does for
# every page; the message arrives all the same.
HARMLESS = "No such comm: "
GOES_S = 60  # until every kernel has ended that has no page
MOST_BYTES = 64_000_000
# As it is served to a class. When it is over a signal makes kernels end at once that have no page,
# which otherwise are kept for ten minutes; a second signal sets that back.
BOUNDS = """
import signal
from simlib.server import app
connection.LOOK_EVERY_MS = 10_000
app.CULL_EVERY_S = 2
def end_idle(*_):
    kernels = app.CourseApp.instance().kernel_manager
    kernels.cull_idle_timeout = 1 if kernels.cull_idle_timeout > 1 else app.CULL_AFTER_S
signal.signal(signal.SIGUSR1, end_idle)
"""


@dataclass
class Memory:
    """What processes hold at a moment, each its fair share of what they share (PSS) [MB of 10⁶]."""

    server: float = 0.0
    fork_server: float = 0.0
    lessons: float = 0.0
    kernels: int = 0

    @property
    def total(self) -> float:
        """All of it."""
        return self.server + self.fork_server + self.lessons


@dataclass
class Taken:
    """What the class took.

    Attributes
    ----------
    seconds
        how long it was
    server, kernels, students
        processor time of the server, of the kernels as far as it was seen (what one spends in its
        last half second is not), and of the students here [s]
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


def run(students: int, seconds: float, seed: int, pace: float) -> Taken:
    """Let a class work at a server of its own; see `work`."""
    with started() as server:
        taken = work(server, students, seconds, seed=seed, pace=pace)
        code, said = server.stop()
    lines = said.splitlines()[1:-1]  # between where it is, and that it has ended
    wrong = [line for line in lines if not line.startswith(HARMLESS)]
    taken.meter.errors += [f"the server: {line}" for line in wrong]
    taken.meter.errors += [f"the server's exit code: {code}"] * (code != 0)
    return taken


@contextmanager
def started(bounds: str = "", places: int | None = None) -> Iterator[serving.Served]:
    """A server that one visitor has been to; `bounds` and `places` make it another, for tests."""
    bounds = BOUNDS + bounds
    server = serving.start_course(shelf("course"), forks=True, places=places, bounds=bounds)
    try:
        serving.played(_warm(server.url))
        yield server
    finally:
        server.stop()


def work(
    server: serving.Served,
    students: int,
    seconds: float,
    *,
    seed: int = 0,
    pace: float = 1.0,
    patience: float = 10.0,
    lessons: Sequence[str] = (),
) -> Taken:
    """Let a class work, and see that it leaves nothing behind.

    Parameters
    ----------
    lessons
        the notebooks it works through; default all
    pace
        thinking times are multiplied by it
    patience
        after which an answer is lost [s]
    """
    taken, pid = Taken(), server.process.pid
    _end_kernels(pid)
    taken.before = memory(pid)
    lessons = lessons or list(staged.lessons().values())
    taught = Class(server.url, lessons, taken.meter, time.monotonic() + seconds, pace, patience)
    with _spent(pid, taken):
        serving.played(_teach(taught, students, seed, pid, taken))
    server.process.send_signal(signal.SIGUSR1)
    taken.left = _end_kernels(pid)
    server.process.send_signal(signal.SIGUSR1)
    taken.after = memory(pid)
    taken.meter.errors += [f"kernels left: {taken.left}"] * (taken.left > 0)
    return taken


async def _warm(url: str) -> None:
    """One visit: what the first one sets up is not the class's."""
    page = Page(url, 60)
    await page.open(f"zh/{next(iter(staged.lessons().values()))}.ipynb", files=True)
    await page.leave(word=True)


async def _teach(taught: Class, students: int, seed: int, pid: int, taken: Taken) -> None:
    """All students, until the bell; the memory is looked at meanwhile."""
    AsyncHTTPClient.configure(None, max_clients=10 * students, max_body_size=MOST_BYTES)
    looking = asyncio.ensure_future(asyncio.to_thread(_look, pid, taught, taken))
    everybody = (Student(taught, seed, number).live() for number in range(students))
    await asyncio.gather(*everybody)
    await looking


def _look(pid: int, taught: Class, taken: Taken) -> None:
    """Note the memory, and what each kernel has spent, until the class is over."""
    spent: dict[int, float] = {}
    fork_server = serving.fork_server_of(pid)
    every, next_look = max((taught.until - time.monotonic()) / SAMPLES, LOOK_EVERY_S), 0.0
    while not taught.is_over:
        kernels = (each for each in process.kernels(pid) if each != fork_server)
        spent |= {each: max(_own(each), spent.get(each, 0.0)) for each in kernels}
        if time.monotonic() >= next_look:
            next_look = time.monotonic() + every
            taken.most = max(taken.most, memory(pid), key=lambda each: each.total)
        time.sleep(LOOK_EVERY_S)
    taken.kernels = sum(spent.values())


def memory(pid: int) -> Memory:
    """What server, fork server and kernels hold just now."""
    fork_server, found = serving.fork_server_of(pid), Memory(_pss(pid))
    for each in process.kernels(pid):
        if each != fork_server and (held := _pss(each)):
            found.kernels, found.lessons = found.kernels + 1, found.lessons + held
    found.fork_server = _pss(fork_server) if fork_server else 0.0
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
    """Note how long something takes, and the processor time of the server and of us."""
    begun = time.monotonic(), _own(pid), time.process_time()
    yield
    taken.seconds = time.monotonic() - begun[0]
    taken.server = _own(pid) - begun[1]
    taken.students = time.process_time() - begun[2]


def _own(pid: int) -> float:
    """The processor time of one process without its children [s]."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0  # it ended while we looked
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
