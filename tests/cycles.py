"""Lessons opened and left, again and again, by sockets without a browser: `python -m cycles`."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import frames
import serving
import websocket

AT_ONCE = 4  # visitors
CULL_S = 3  # until a kernel ends whose page has gone
MOST_GROWTH = 20  # MB from the second fifth to the last; a page of ours kept is 0.6 a visit
MOST_KEPT = 1  # of each kind: what the first visit set going runs on in its context
SHUT = {"restart": False}
KEPT = ("CourseConnection", "ReplayBuffer", "Visit", "CourseKernel", "ForkedKernel", "KernelClient")
BOUNDS = f"""
import gc, signal
from collections import Counter
from simlib.server import app
app.CULL_AFTER_S, app.CULL_EVERY_S, app.ANSWERS_WITHIN_S = {CULL_S}, 1, 3
rate_limit.OPENINGS = (10**6, 1e6)
def count(*_):
    gc.collect()
    found = Counter(type(each).__name__ for each in gc.get_objects())
    print("kept:", *(found[name] for name in {KEPT}), flush=True)
signal.signal(signal.SIGUSR1, count)
"""


def open_and_leave(server: serving.Served, number: int) -> None:
    """One visit: the page, its socket, one question, and one of the ways to leave.

    Of six visitors three end the kernel as a page does that is left, two close their tab without a
    word, which the culling finds, and one goes before its socket is there.
    """
    kernel = frames.open_lesson(server.url)
    if number % 6 == 5:
        return
    line = f"&session_id={uuid.uuid4().hex}&line={uuid.uuid4().hex}&got=0"
    page = frames.connect(server.url, kernel, line)
    page.send_binary(frames.frame("kernel_info_request"))
    frames.hear(page, "kernel_info_reply")
    if number % 2 == 0:
        page.send_binary(frames.frame("shutdown_request", SHUT, channel="control"))
        _wait_for_the_end(page)
    page.shutdown()


def _wait_for_the_end(page: websocket.WebSocket) -> None:
    try:
        while frames.hear(page, "status")["execution_state"] != "dead":
            continue
    except websocket.WebSocketException:
        pass  # the server closed it: that is an end, too


def run(times: int, folder: Path) -> tuple[list[float], list[int], list[int], int, str]:
    """Visit a small course this often.

    Returns
    -------
    tuple
        the server's memory [MB] after each fifth, when the visitors' kernels have ended; how many
        objects of each kind in `KEPT` are left; the kernels left, exit code, what it printed
    """
    course = serving.small_course(folder)
    server = serving.start_course(course, patience=2, forks=True, bounds=BOUNDS)
    sizes = []
    with ThreadPoolExecutor(AT_ONCE) as visitors:
        for first in range(0, times, max(1, times // 5)):
            some = range(first, min(times, first + max(1, times // 5)))
            list(visitors.map(lambda number: open_and_leave(server, number), some))
            frames.close_all()
            serving.eventually(lambda: not serving.kernels_below(server.process.pid), 60)
            sizes.append(serving.memory_of(server.process.pid))
    left = serving.kernels_below(server.process.pid)
    serving.eventually(lambda: max(kept(server)) <= MOST_KEPT, 40)
    objects = kept(server)
    code, said = server.stop()
    return sizes, objects, left, code, said


def kept(server: serving.Served) -> list[int]:
    """How many objects of each kind in `KEPT` the server has."""
    told = len(server.lines)
    server.process.send_signal(signal.SIGUSR1)
    serving.eventually(lambda: any("kept:" in line for line in server.lines[told:]))
    line = next(line for line in server.lines[told:] if "kept:" in line)
    return [int(number) for number in line.split()[1:]]


parser = argparse.ArgumentParser(prog="cycles", description=__doc__)
parser.add_argument("times", type=int, nargs="?", default=1000)

if __name__ == "__main__":
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        found = run(asked.times, Path(made))
    print(f"{asked.times} visits; MB after each fifth:", *(f"{size:.0f}" for size in found[0]))
    print(f"left: {dict(zip(KEPT, found[1], strict=True))}, {len(found[2])} kernels")
    print(f"exit code {found[3]}")
    sys.exit(bool(max(found[1]) > MOST_KEPT or found[2] or found[3] or "Traceback" in found[4]))
