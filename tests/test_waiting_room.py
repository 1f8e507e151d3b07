"""Turns: in the order of asking, as many as there is room for, and no address to others' harm."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time

import frames
import pytest
import serving

from simlib.errors import ServeError
from simlib.server import rate_limit, serve, waiting_room
from simlib.server.waiting_room import MOST_MADE, MOST_WAITING, TICKET, WaitingRoom

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
    monkeypatch.setattr(waiting_room, "HOLD_S", 0.05)
    monkeypatch.setattr(waiting_room, "LOOK_EVERY_S", 0.01)


async def entered(room, address, number, device=None):
    """How many of an address's new visitors come in, each with a kernel and a page of his own."""
    inside = 0
    for _ in range(number):
        visit = room.visit(None, address, device)
        if await room.enter(visit):
            inside += 1
            visit.kernel_id = f"{address}{len(room._kernels)}"
            room._kernels.append(visit.kernel_id)
            visit.leave()
        else:
            room.forget(visit)
    return inside


def test_one_address_may_take_every_free_place():
    """Thirty phones behind one address have thirty places, before any page has come."""

    async def scene():
        room = WaitingRoom(Kernels(), places=30)
        return [await room.enter(room.visit(None, "a")) for _ in range(31)]

    assert serving.played(scene()) == [True] * 30 + [False]


def test_requests_are_held_while_others_pages_are_made(monkeypatch):
    """Twelve at a time, however long each takes: nobody gets a page to wait on while there is room.

    Of thirty-one with thirty places the last gets it.
    """
    monkeypatch.setattr(waiting_room, "MOST_MADE", 12)
    most = []

    async def opens(room):
        phone = room.visit(None, "a")
        came = await room.enter(phone)
        most.append(room._making("a"))
        await asyncio.sleep(3 * waiting_room.HOLD_S)
        phone.send()
        return came

    async def scene():
        room = WaitingRoom(Kernels(), places=30)
        return await asyncio.gather(*(opens(room) for _ in range(31)))

    assert serving.played(scene()) == [True] * 30 + [False]
    assert max(most) == 12


def test_pages_that_take_for_ever_stop_nobody(monkeypatch):
    """Who does not read his pages has them counted for twenty seconds, not for good."""
    monkeypatch.setattr(waiting_room, "LONG_HOLD_S", 0.1)
    monkeypatch.setattr(waiting_room, "COMES_WITHIN_S", 0.5)

    async def scene():
        room = WaitingRoom(Kernels(), places=60)
        taken = [await room.enter(room.visit(None, "a")) for _ in range(MOST_MADE)]
        late = room.visit(None, "a")
        other = await room.enter(room.visit(None, "b"))
        until = time.monotonic() + 5
        while not room.ask(late.ticket)[1] and time.monotonic() < until:
            await asyncio.sleep(0.01)
        return all(taken), other, room.ask(late.ticket)

    assert serving.played(scene()) == (True, True, (0, True))


def test_newcomers_of_an_address_that_holds_most_wait_behind_others():
    """Twenty places, and b has asked: 16 of a are 80 %, so a 17th comes in and an 18th does not.

    Three places are free then; b's readers take them, whenever they come.
    """

    async def scene():
        room = WaitingRoom(Kernels(), places=20)
        seen = [await entered(room, "b", 1)]
        room._kernels.clear()  # b has come and gone
        seen.append(await entered(room, "a", 20))
        late = room.visit(None, "a")
        seen.append(await room.enter(late))
        other = room.visit(None, "b")
        room._kernels.extend(["x", "y", "z"])  # full, of whom it is not known
        await room.enter(other)
        seen += [room.ahead(other), room.ahead(late)]
        del room._kernels[-3:]
        room.admit()
        seen += [room.ask(other.ticket), room.ask(late.ticket)]
        return seen

    assert serving.played(scene()) == [1, 17, False, 0, 1, (0, True), (0, False)]


def test_places_are_kept_for_others_for_ten_minutes(monkeypatch):
    """While nobody else has asked within them, one address may have all twenty."""

    async def scene():
        room = WaitingRoom(Kernels(), places=20)
        await entered(room, "b", 1)
        room._kernels.clear()
        seen = [await entered(room, "a", 20)]
        now = time.monotonic()
        monkeypatch.setattr(room, "_now", lambda: now + 599)
        seen.append(await entered(room, "a", 3))
        monkeypatch.setattr(room, "_now", lambda: now + 601)
        seen.append(await entered(room, "a", 4))
        return seen

    assert serving.played(scene()) == [17, 0, 3]


def test_a_place_counts_for_its_address_until_its_kernel_has_ended():
    """Ten places: nine of a are over 80 %, eight are not; a network of IPv6 is one address."""

    async def scene():
        room = WaitingRoom(Kernels(), places=10)
        await entered(room, "b", 1)
        room._kernels.clear()
        seen = [await entered(room, f"2001:db8::{n}", 1) for n in range(10)]
        room._kernels.pop()
        return seen, await entered(room, "2001:db8::a", 2)

    assert serving.played(scene()) == ([1] * 9 + [0], 1)


def test_turns_of_an_address_go_to_the_device_that_opened_least():
    """Of a: y, never in, before x, who opened three, before who keeps no cookie; b as it asked."""

    async def scene():
        room = WaitingRoom(Kernels(), places=4)
        seen = [await entered(room, "a", 3, "x" * 22), await entered(room, "c", 1)]
        asked = [("a", None), ("a", "x" * 22), ("b", None), ("a", "y" * 22), ("a", "x" * 1000)]
        visits = [room.visit(None, *each) for each in asked]
        seen += [room.ahead(visit) for visit in visits]
        room.ask(visits[0].ticket, "z" * 22)  # the page to wait on has brought his cookie back
        return [*seen, *(room.ahead(visit) for visit in visits)]

    before, after = [3, 1, 2, 0, 4], [0, 3, 2, 1, 4]
    assert serving.played(scene()) == [3, 1, *before, *after]


def test_a_device_lifts_no_limit(monkeypatch):
    """Three lessons at once, as the pace is here: a fourth waits, by whatever device; b does not.

    Nor has an address more turns to wait for.
    """
    monkeypatch.setattr(rate_limit, "OPENINGS", (3, 0.001))

    async def scene():
        room = WaitingRoom(Kernels(), places=100)
        opened = [await entered(room, "a", 1, f"{n:022}") for n in range(5)]
        other = await entered(room, "b", 1)
        waits = [room.visit(None, "a", f"{n:022}") for n in range(MOST_WAITING)]
        return opened, other, None in waits, room.visit(None, "a", "n" * 22)

    assert serving.played(scene()) == ([1, 1, 1, 0, 0], 1, False, None)


def test_many_aborted_openings_keep_nobody_else_of_the_address_out():
    """260 openings that end before a page has come: the next reader waits for the pace, and opens.

    240 at once and four more a second are an address's: the 260 take what there is, no more.
    """

    async def scene():
        room = WaitingRoom(Kernels(), places=300)
        for _ in range(260):
            aborted = room.visit(None, "a")
            aborted.admitted.is_set() or room.admit()
            room.forget(aborted)
        reader = room.visit(None, "a")
        for _ in range(100):
            if await room.enter(reader):
                return True
        return False

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
    monkeypatch.setattr(waiting_room, "HERE_S", 0.1)
    monkeypatch.setattr(waiting_room, "ASKS_WITHIN_S", 0.4)

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
    monkeypatch.setattr(waiting_room, "HERE_S", 0.05)

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
    monkeypatch.setattr(waiting_room, "available", lambda: (256 + 3 * 64 + 1) * 2**20)

    async def scene():
        room = WaitingRoom(Kernels(["one"]))
        return [await room.enter(room.visit(None, name)) for name in "abcd"]

    assert waiting_room.places_left() == 3
    assert serving.played(scene()) == [True, True, True, False]


@pytest.mark.parametrize(
    ("files", "left"),
    [
        ({}, waiting_room.UNBOUNDED),
        ({"memory.max": "max", "memory.current": "5"}, waiting_room.UNBOUNDED),
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
            waiting_room.UNBOUNDED,
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
    monkeypatch.setattr(waiting_room, "CGROUP", tmp_path)
    assert waiting_room._left_in_container() == left


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
