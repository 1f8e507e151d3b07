"""`tests/load/` measures: a slow server is seen slow, a dropped answer is seen lost."""

from __future__ import annotations

import random
import signal
from urllib.parse import urlsplit

import psutil
import pytest
import serving
from load import bets, table
from load.meter import Meter, percentile
from load.page import Failed, Page
from load.run import Memory, Taken, started, work

STUDENTS, SECONDS, PACE, PATIENCE_S = 4, 6, 0.05, 2
SLOW_S = 0.25
BADLY = f"""
import itertools, re, time
ANSWER = re.compile(rb'"method": ?"update".*"heard"', re.S)
passed, count = connection.CourseConnection._pass_on, itertools.count(1)
written = connection.CourseConnection._write
def slow(self, frame, root):
    if b'"asked"' in frame:
        time.sleep({SLOW_S})
    passed(self, frame, root)
def lossy(self, frame, binary=True):
    if not (ANSWER.search(bytes(frame)) and next(count) % 3 == 0):
        written(self, frame, binary)
def serve_badly(*_):
    connection.CourseConnection._pass_on = slow
    connection.CourseConnection._write = lossy
signal.signal(signal.SIGUSR2, serve_badly)
"""


@pytest.fixture(scope="module")
def server():
    """A server that serves badly from a signal on."""
    with started(BADLY) as server:
        yield server


def test_a_small_class_loses_nothing(server):
    """Every change is answered with the state asked for; in the end all is as it was."""
    found = work(server, STUDENTS, SECONDS, pace=PACE)
    assert (found.meter.errors, found.meter.lost) == ([], [])
    assert len(found.meter.times["open"]) >= STUDENTS
    assert {"bet", "knob", "drag"} <= found.meter.times.keys()
    assert (found.most.kernels, found.after.kernels, found.left) == (STUDENTS, 0, 0)
    assert found.most.lessons > found.after.lessons == 0
    assert min(found.server, found.kernels, found.students) > 0
    assert percentile(found.meter.times["knob"], 50) < SLOW_S


@pytest.mark.night
def test_a_bet_that_is_asked_back_is_answered_again(server):
    """Of twenty answers of lesson 02 five fit: most students are asked back, and nobody is lost."""
    found = work(server, STUDENTS, SECONDS, pace=PACE, lessons=["02-fault"])
    assert (found.meter.errors, found.meter.lost) == ([], [])
    assert found.meter.times["asked"]
    assert len(found.meter.times["bet"]) >= len(found.meter.times["asked"])


def connections(url):
    """How many connections of this process lead to a server."""
    port = urlsplit(url).port
    found = psutil.Process().net_connections("tcp")
    return sum(each.raddr != () and each.raddr.port == port for each in found)


async def come_and_gone(url, word, refused=False):
    """Connections while a page is open, and right after it is left."""
    page = Page(url, PATIENCE_S * 10)
    await page.open("zh/01-case.ipynb", files=False)
    held = connections(url)
    if refused:
        page.cookies.clear()
        with pytest.raises(Failed, match="403"):
            await page.leave(word)
    else:
        await page.leave(word)
    return held, connections(url)


def test_a_page_that_is_left_has_closed_its_socket(server):
    """With a word, without one, and if the server refuses the word."""
    for ways in ({"word": True}, {"word": False}, {"word": True, "refused": True}):
        assert serving.played(come_and_gone(server.url, **ways)) == (1, 0), ways


@pytest.mark.night
def test_who_waited_for_his_page_can_end_its_kernel():
    """Two places for four students: some wait, and what the first answer set is kept."""
    leaves = "from simlib.server import kernel_manager\nkernel_manager.LEFT_S = 0.5\n"
    with started(leaves, places=2) as server:
        found = work(server, STUDENTS, SECONDS, pace=PACE)
    assert (found.meter.errors, found.meter.lost) == ([], [])
    assert found.meter.waits > 0


@pytest.mark.night
def test_a_slow_server_is_seen_slow_and_a_dropped_answer_lost(server):
    """Each wish takes the server a quarter of a second more; each third answer goes nowhere."""
    server.process.send_signal(signal.SIGUSR2)
    found = work(server, STUDENTS, SECONDS, pace=PACE, patience=PATIENCE_S)
    assert min(found.meter.times["knob"]) >= SLOW_S
    assert found.meter.lost
    assert not found.meter.is_well


def test_percentiles_are_nearest_ranks():
    """Of 1 … 200: rank 100, rank 190, rank 198; of three the second, and twice the third."""
    assert [percentile(range(1, 201), share) for share in (50, 95, 99)] == [100, 190, 198]
    assert [percentile([3, 1, 2], share) for share in (50, 95, 99)] == [2, 3, 3]


def test_table_has_every_figure():
    """Two knobs of 0.1 s and 0.3 s: median 0.1 (rank 1 of 2), the rest 0.3; 30 MB for 2 kernels."""
    meter = Meter({"knob": [0.3, 0.1]}, lost=["x"], waits=3)
    most = Memory(server=10, fork_server=5, lessons=30, kernels=2)
    shown = table.show(Taken(meter, seconds=10, server=4, kernels=12, most=most))
    rows = {line.split("|")[1].strip(): line.split("|")[2:-1] for line in shown.splitlines()}
    cells = {what: [cell.strip() for cell in row] for what, row in rows.items()}
    assert cells["from a knob to its answer, s"] == ["2", "0.100", "0.300", "0.300", "0.300"]
    firsts = {what: row[0] for what, row in cells.items()}
    assert firsts["answers lost"] == "1"
    assert firsts["pages to wait on"] == "3"
    assert firsts["the server's process, share of one core"] == "0.40"
    assert firsts["kernels, cores"] == "1.20"
    assert firsts["PSS a lesson's kernel then, MB"] == "15.0"
    assert firsts["PSS at most: server + fork server + kernels, MB"] == "10 + 5 + 30"


def test_bets_do_not_contradict_themselves():
    """A form whose only choice goes with no amount above 0: the amount drawn is 0."""
    clash = "[{&quot;id&quot;: &quot;d&quot;, &quot;value&quot;: &quot;no&quot;, "
    clash += "&quot;amount&quot;: &quot;a&quot;, &quot;pays&quot;: true}]"
    html = f'<form data-clashes="{clash}"><input type="radio" name="d" value="no">'
    html += '<input type="number" min="0" max="9" step="any" id="bet-a"></form>'
    drawn = [bets.answer(random.Random(seed), html) for seed in range(20)]
    assert drawn == [{"d": "no", "a": 0}] * 20
