"""Turns: in the order of asking, a few of one address at a time, as many as there is room for."""

from __future__ import annotations

import asyncio
import os
import re
import signal

import frames
import pytest
import serving

from simlib.errors import ServeError
from simlib.server import memory, serve, waiting
from simlib.server.waiting import MOST_OPENING, MOST_WAITING, TICKET, WaitingRoom

LESSON = "voila/render/zh/01-trial.ipynb"


class Kernels(list):
    """As many kernels as the list is long; `ended` counts those asked to go."""

    ended = 0

    def end_long_left(self) -> None:
        """Count."""
        self.ended += 1


@pytest.fixture(autouse=True)
def brisk(monkeypatch):
    """Moments rather than seconds."""
    monkeypatch.setattr(waiting, "HOLD_S", 0.05)
    monkeypatch.setattr(waiting, "LOOK_EVERY_S", 0.01)


def test_only_a_few_of_one_address_come_in_at_once():
    """One more waits until one of them has connected; another address has its own places."""

    async def scene():
        room = WaitingRoom(Kernels(), places=100)
        inside = [room.visit(None, "a") for _ in range(MOST_OPENING)]
        assert all([await room.enter(visit) for visit in inside])
        late = room.visit(None, "a")
        assert not await room.enter(late)
        assert await room.enter(room.visit(None, "b"))
        assert room.ask(late.ticket) == (0, False)
        inside[0].leave()
        inside[0].leave()  # once is all
        assert room.ask(late.ticket) == (0, True)
        assert await room.enter(room.visit(late.ticket, "a"))
        assert not await room.enter(room.visit(None, "a"))
        return True

    assert serving.played(scene())


def test_visitors_enter_in_order_of_arrival():
    """One place: the others see how many are before them, and move up as one leaves."""

    async def scene():
        kernels = Kernels()
        room = WaitingRoom(kernels, places=1)
        first, second, third = (room.visit(None, name) for name in "abc")
        entered = [await room.enter(visit) for visit in (first, second, third)]
        seen = [entered, room.ask(second.ticket), room.ask(third.ticket)]
        kernels.append("first's")
        first.kernel_id = "first's"
        first.leave()  # connected: its kernel stays
        seen.append(room.ask(second.ticket))
        kernels.clear()
        room.admit()
        return [*seen, room.ask(second.ticket), room.ask(third.ticket)]

    assert serving.played(scene()) == [
        [True, False, False],
        (0, False),
        (1, False),
        (0, False),
        (0, True),
        (0, False),
    ]


def test_silent_visitor_is_skipped_and_then_loses_his_turn(monkeypatch):
    """One place comes free: it goes to who still asks, not to who was before him and has gone."""
    monkeypatch.setattr(waiting, "HERE_S", 0.1)
    monkeypatch.setattr(waiting, "ASKS_WITHIN_S", 0.4)

    async def scene():
        room = WaitingRoom(Kernels(), places=1)
        first, gone, stays = (room.visit(None, name) for name in "abc")
        for visit in (first, gone, stays):
            await room.enter(visit)
        first.leave()  # it never got a kernel; `gone` is let in, and does not come
        before = room.ask(stays.ticket)
        while not room.ask(stays.ticket)[1]:
            await asyncio.sleep(0.01)
        passed_over = room.ahead(stays)
        while gone in room:
            room.ask(stays.ticket)
            await asyncio.sleep(0.01)
        return before, passed_over, room.ask(stays.ticket)

    assert serving.played(scene()) == ((0, False), 1, (0, True))


def test_two_tabs_with_one_ticket_share_one_turn():
    """The first takes it; the second is told to ask again, and gets a turn of its own."""

    async def scene():
        room = WaitingRoom(Kernels(), places=1)
        first = room.visit(None, "a")
        await room.enter(first)
        tabs = [room.visit(None, "b")]
        await room.enter(tabs[0])
        tabs.append(room.visit(tabs[0].ticket, "b"))
        first.leave()
        entered = [await room.enter(visit) for visit in tabs]
        again = room.visit(tabs[1].ticket, "b")
        return entered, room.ahead(tabs[1]), room.ask(tabs[1].ticket), again is tabs[1]

    assert serving.played(scene()) == ([True, False], 0, None, False)


def test_visitors_without_tickets_do_not_keep_the_others_out(monkeypatch):
    """A browser that keeps no cookies asks again and again: whoever waits properly comes in."""
    monkeypatch.setattr(waiting, "HERE_S", 0.05)

    async def scene():
        room = WaitingRoom(Kernels(), places=1)
        first = room.visit(None, "a")
        await room.enter(first)
        for _ in range(20):
            await room.enter(room.visit(None, "a"))
        proper = room.visit(None, "a")
        await room.enter(proper)
        first.leave()
        for _ in range(100):
            if room.ask(proper.ticket)[1]:
                return True
            await asyncio.sleep(0.01)
        return False

    assert serving.played(scene())


def test_full_server_ends_a_kernel_whose_page_has_long_gone():
    """It is asked for as long as somebody waits and nothing is free, and not otherwise."""

    async def scene(places):
        kernels = Kernels(["one"])
        room = WaitingRoom(kernels, places=places)
        await room.enter(room.visit(None, "a"))
        return kernels.ended

    assert serving.played(scene(1)) > 0
    assert serving.played(scene(2)) == 0


def test_a_course_without_places_is_refused():
    """Nought places would be a page that waits for ever."""
    with pytest.raises(ServeError) as caught:
        serve(places=0)
    assert caught.value.code == "bad-places"


def test_one_address_cannot_fill_the_queue():
    """Beyond the most turns of an address nobody gets one; a known ticket still has its own."""

    async def scene():
        room = WaitingRoom(Kernels(["one"]), places=1)
        waits = [room.visit(None, "a") for _ in range(MOST_WAITING)]
        return room.visit(None, "a"), room.visit(waits[0].ticket, "a") is waits[0]

    assert serving.played(scene()) == (None, True)


def test_places_follow_the_memory_that_is_left(monkeypatch):
    """256 MB stay free, 64 MB are one place; whoever is still opening takes one too."""
    monkeypatch.setattr(memory, "available", lambda: (256 + 3 * 64 + 1) * 2**20)

    async def scene():
        room = WaitingRoom(Kernels(["one"]))
        return [await room.enter(room.visit(None, name)) for name in "abcd"]

    assert memory.places() == 3
    assert serving.played(scene()) == [True, True, True, False]


@pytest.mark.parametrize(
    ("files", "left"),
    [
        ({}, memory.UNBOUNDED),
        ({"memory.max": "max", "memory.current": "5"}, memory.UNBOUNDED),
        ({"memory.max": "900", "memory.current": "500"}, 400),
        (
            {
                "memory.max": "900",
                "memory.current": "500",
                "memory.stat": "anon 4\ninactive_file 60\n",
            },
            460,
        ),
        (
            {
                "memory/memory.limit_in_bytes": str(2**63 - 4096),
                "memory/memory.usage_in_bytes": "5",
            },
            memory.UNBOUNDED,
        ),
        (
            {
                "memory/memory.limit_in_bytes": "900",
                "memory/memory.usage_in_bytes": "500",
                "memory/memory.stat": "total_inactive_file 7",
            },
            407,
        ),
    ],
)
def test_a_containers_limit_counts(tmp_path, monkeypatch, files, left):
    """Both versions of control groups; files kept in memory can give way."""
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(memory, "CGROUP", tmp_path)
    assert memory._left_in_container() == left


def test_a_full_server_answers_with_a_page_that_waits(tmp_path):
    """One place: the second visitor is told, keeps his turn by a cookie, and comes in."""
    server = serving.start_course(serving.small_course(tmp_path), places=1)
    page = frames.connect(server.url, frames.open_lesson(server.url))
    status, headers, body = serving.fetch(server.url + LESSON)
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "2", "no-store")
    assert "下一个就是这一页" in body.decode()
    ticket = re.search(rf"{TICKET}=[\w-]+", headers["Set-Cookie"])[0]
    third = serving.fetch(server.url + LESSON)[2].decode()
    assert "前面还有 1 人" in third
    turn = lambda: serving.fetch(server.url + "course/turn", Cookie=ticket)[2]  # noqa: E731
    assert turn() == b'{"ahead": 0, "open": false}'
    page.close()
    os.kill(serving.kernels_below(server.process.pid)[0], signal.SIGKILL)
    assert serving.eventually(lambda: turn() == b'{"ahead": 0, "open": true}')
    assert serving.fetch(server.url + LESSON, Cookie=ticket)[0] == 200
    code, said = server.stop()
    assert code == 0
    assert len(said.splitlines()) == 2, said
