"""Lessons opened and left, again and again, by sockets without a browser: `python -m cycles`."""

from __future__ import annotations

import argparse
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
MOST_GROWTH = 8  # MB from the sixth tenth of the visits to the last
SHUT = {"restart": False}


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


def run(times: int, folder: Path) -> tuple[list[float], list[int], int, str]:
    """Visit a small course this often.

    Returns
    -------
    tuple
        the server's memory after each tenth [MB], the kernels left, exit code, what it printed
    """
    bounds = f"from simlib.server import app\napp.CULL_AFTER_S = {CULL_S}; app.CULL_EVERY_S = 1"
    bounds += "\napp.ANSWERS_WITHIN_S = 3"
    bounds += "\nrate.OPENINGS = (10**6, 1e6)"
    server = serving.start_course(
        serving.small_course(folder), patience=2, bounds=bounds, forks=True
    )
    sizes = []
    with ThreadPoolExecutor(AT_ONCE) as visitors:
        for first in range(0, times, max(AT_ONCE, times // 10)):
            some = range(first, min(times, first + max(AT_ONCE, times // 10)))
            list(visitors.map(lambda number: open_and_leave(server, number), some))
            sizes.append(serving.memory_of(server.process.pid))
    frames.close_all()
    serving.eventually(lambda: not serving.kernels_below(server.process.pid), 60)
    left = serving.kernels_below(server.process.pid)
    code, said = server.stop()
    return sizes, left, code, said


parser = argparse.ArgumentParser(prog="cycles", description=__doc__)
parser.add_argument("times", type=int, nargs="?", default=1000)

if __name__ == "__main__":
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        found = run(asked.times, Path(made))
    print(f"{asked.times} visits; MB after each tenth:", *(f"{size:.0f}" for size in found[0]))
    print(f"kernels left: {len(found[1])}; exit code {found[2]}")
    sys.exit(bool(found[1] or found[2] or "Traceback" in found[3]))
