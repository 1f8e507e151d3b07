"""Who may open a lesson now: as many as memory has room for, and no address to others' harm.

Whoever asks for a lesson gets a turn. If it does not come within moments he gets a page that says
how many are before him and asks on (`/course/turn`); his ticket, a cookie, keeps his turn as long
as he asks. Nobody who is in is sent away for those who wait, except pages that have long gone.

One address may be a class behind a router, or one person with a program. It may take every free
place while nobody else asks; once somebody has, it leaves a fifth to others. The turns of an
address go to its devices, those first that have opened least: a device is known by a cookie, which
a program can throw away or invent, so that it orders turns and gives nobody one more.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections import Counter, OrderedDict, defaultdict
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import Protocol

import psutil
from tornado.ioloop import IOLoop

from simlib.server import rate_limit

TICKET = "simlib-turn"  # the cookie of one turn
DEVICE = "simlib-device"  # the cookie of a device, for as long as its browser is open
A_DEVICE = re.compile(r"[\w-]{22}", re.ASCII)
MOST_DEVICES = 10_000  # remembered; the one that opened longest ago is forgotten first
MOST_SHARE = 0.8  # of all places: who holds more waits if others have asked lately
LATELY_S = 600
MOST_MADE = 30  # pages of one address that are made at once: a class; who aborts more has no more
MOST_WAITING = 200  # turns of one address
HOLD_S = 4  # how long a request waits before the waiting page is the answer
LONG_HOLD_S = 30  # the same, if only others of its address are being made; proxies wait for 60
ASKS_WITHIN_S = 10  # who has not asked for so long has lost his turn; a phone may pause
HERE_S = 3  # who has asked within this time can come in now; a waiting page asks every second
LOOK_EVERY_S = 0.5
SPEAKS_WITHIN_S = 6  # from the end of the HTML to the first sign of life, while others wait
COMES_WITHIN_S = 20  # from the end of the HTML, or a page's last sign of life, to its socket
MEMORY_EACH = 64 * 2**20  # bytes for a lesson: what it takes, and as much for a large own case
MEMORY_SPARE = 256 * 2**20  # bytes that stay free for everything else
CGROUP = Path("/sys/fs/cgroup")
UNBOUNDED = 2**60


class Kernels(Protocol):
    """The interface this room needs of the kernels."""

    def __len__(self) -> int:
        """Count the kernels running or being started."""

    def __contains__(self, kernel_id: object) -> bool:
        """Tell whether a kernel is running."""

    def end_long_left(self) -> None:
        """End a kernel whose page has long been gone, if there is one."""


class Visit:
    """One visitor's way from his request for a lesson until his page has connected.

    Attributes
    ----------
    ticket, address, device
        what his browser knows the visit by, where he asks from, and by which device; empty: his
        browser has not shown yet that it keeps a cookie
    kernel_id
        the kernel started for it, or empty
    spoke
        whether its page has asked for the kernel: scripts run there, and will connect
    gone, sent
        whether he left before the page was sent, and whether it is
    since
        when he last asked, the HTML was sent, or the page last asked, by the monotonic clock [s]
    """

    def __init__(self, room: WaitingRoom, ticket: str, address: str) -> None:
        self.ticket, self.address, self.device = ticket, address, ""
        self.kernel_id = ""
        self.spoke = self.gone = self.sent = False
        self.since = 0.0
        self.waiting = 0  # requests that wait for the turn just now
        self.admitted = asyncio.Event()
        self._room = room

    @property
    def patience(self) -> float:
        """Return how long to wait for the page, from `since` on [s]."""
        if self.gone:
            return 0
        hurry = self._room.is_full() and not self.spoke
        return min(SPEAKS_WITHIN_S, COMES_WITHIN_S) if hurry else COMES_WITHIN_S

    def send(self) -> None:
        """Note that the page is sent: the next one can be made."""
        self.sent = True
        self._room.admit()

    def leave(self) -> None:
        """Stop counting the visit: its page has connected, or nobody is awaited."""
        self._room.leave(self)


class WaitingRoom:
    """Turns in the order of asking, those of one address in the order of its devices.

    Parameters
    ----------
    kernels
        those that take up the places
    places
        how many there are; None: as many as memory has room for
    """

    def __init__(self, kernels: Kernels, places: int | None = None) -> None:
        self._kernels, self._places = kernels, places
        self._queue: dict[str, Visit] = {}  # by ticket, in order
        self._inside: set[Visit] = set()  # admitted, and no page has connected yet
        self._came: dict[str, str] = {}  # kernel of a page that has connected: its address
        self._asked: dict[str, float] = {}  # by address, when it last did
        self._opened: OrderedDict[str, int] = OrderedDict()  # lessons, by device
        self._pace = rate_limit.Rates(*rate_limit.OPENINGS)
        self._looking = False

    # ------------------------------------------------------------ one visitor

    def visit(self, ticket: str | None, address: str, device: str | None = None) -> Visit | None:
        """Return the waiting visit of this ticket, else a new one; None if far too many wait."""
        address, known = rate_limit.site(address), self._queue.get(ticket or "")
        if known is None:
            if sum(v.address == address for v in self._queue.values()) >= MOST_WAITING:
                return None
            known = Visit(self, secrets.token_urlsafe(16), address)
            self._queue[known.ticket] = known
        self._hear(known, device)
        return known

    def _hear(self, visit: Visit, device: str | None) -> None:
        """Note that a visitor asks, by which device, and that his address does."""
        visit.since = self._asked[visit.address] = self._now()
        visit.device = device if device and A_DEVICE.fullmatch(device) else visit.device

    async def enter(self, visit: Visit) -> bool:
        """Wait a moment for the turn; return whether it came, and the visit is inside."""
        self.admit()
        self._look_soon()
        visit.waiting += 1
        until = self._now() + LONG_HOLD_S
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(visit.admitted.wait(), HOLD_S)
            while not visit.admitted.is_set() and self._is_next(visit) and self._now() < until:
                visit.since = self._now()
                with suppress(TimeoutError):
                    await asyncio.wait_for(visit.admitted.wait(), LOOK_EVERY_S)
        finally:
            visit.waiting -= 1
            visit.since = self._now()
        if not visit.admitted.is_set() or self._queue.pop(visit.ticket, None) is None:
            return False
        if visit.device:
            self._opened[visit.device] = self._opened.pop(visit.device, 0) + 1
            if len(self._opened) > MOST_DEVICES:
                self._opened.popitem(last=False)
        return True

    def forget(self, visit: Visit) -> None:
        """Drop a visitor who left before he had a ticket."""
        self._queue.pop(visit.ticket, None)
        self.leave(visit)

    def leave(self, visit: Visit) -> None:
        """Stop counting the visit: its page has connected, or nobody is awaited."""
        if visit in self._inside:
            self._inside.remove(visit)
            if visit.kernel_id in self._kernels:
                self._came[visit.kernel_id] = visit.address
            self.admit()

    def ask(self, ticket: str | None, device: str | None = None) -> tuple[int, bool] | None:
        """Return how many are before this ticket and whether its turn has come; None: unknown."""
        visit = self._queue.get(ticket or "")
        if visit is None:
            return None
        self._hear(visit, device)
        return self.ahead(visit), visit.admitted.is_set()

    def ahead(self, visit: Visit) -> int:
        """Count those who wait before this visit; 0 if another tab has used its turn."""
        before = takewhile(lambda v: v is not visit, self._in_order())
        return sum(not v.admitted.is_set() for v in before) if visit in self else 0

    def __contains__(self, visit: Visit) -> bool:
        return visit.ticket in self._queue

    def is_full(self) -> bool:
        """Tell whether somebody waits because there is no place."""
        waits = any(not v.admitted.is_set() for v in self._queue.values())
        return waits and self._free() <= 0

    # ------------------------------------------------------------ all of them

    def admit(self) -> None:
        """Admit whoever can come in now, in the order of the turns and at their address's pace."""
        free = self._free()
        for visit in self._in_order():
            if free <= 0:
                return
            if visit.admitted.is_set() or not self._is_here(visit):
                continue
            if visit.address == self._crowd(free) or self._making(visit.address) >= MOST_MADE:
                continue
            if not self._pace.allows(visit.address):
                continue
            self._inside.add(visit)
            visit.admitted.set()
            free -= 1

    def _in_order(self) -> list[Visit]:
        """Sort the turns: those of an address go to its devices, and a crowd's come last.

        Of an address goes first who has opened fewer lessons, by a device that is known.
        """
        own: defaultdict[str, list[Visit]] = defaultdict(list)
        for visit in self._queue.values():
            own[visit.address].append(visit)
        fewest = lambda visit: (not visit.device, self._opened.get(visit.device, 0))  # noqa: E731
        turns = {address: iter(sorted(visits, key=fewest)) for address, visits in own.items()}
        mixed = [next(turns[visit.address]) for visit in self._queue.values()]
        crowd = self._crowd(self._free())
        return sorted(mixed, key=lambda v: v.address == crowd and not v.admitted.is_set())

    def _making(self, address: str) -> int:
        """Count the pages of an address that are being made, but for those that take long."""
        late = self._now() - COMES_WITHIN_S
        return sum(v.address == address and not v.sent and v.since > late for v in self._inside)

    def _is_next(self, visit: Visit) -> bool:
        """Tell whether there is a place for a visit that waits for others' pages to be made."""
        return self._making(visit.address) >= MOST_MADE and self._free() > 0

    def _crowd(self, free: int) -> str | None:
        """Return the address that holds too much for others who have asked lately, if one does."""
        late = self._now() - LATELY_S
        self._asked = {whose: at for whose, at in self._asked.items() if at >= late}
        self._came = {id: whose for id, whose in self._came.items() if id in self._kernels}
        held = Counter([*self._came.values(), *(visit.address for visit in self._inside)])
        for address, places in held.most_common(1):
            if places > MOST_SHARE * (self._taken() + free) and self._asked.keys() - {address}:
                return address
        return None

    def _is_here(self, visit: Visit) -> bool:
        """Tell whether he would come if admitted; a browser without cookies never does."""
        return bool(visit.waiting) or self._now() - visit.since <= HERE_S

    def _free(self) -> int:
        """Return how many more may come in."""
        taken = self._taken()
        if not taken:
            return 1  # however small the machine is, one can try
        if self._places is not None:
            return self._places - taken
        return places_left() - len(self._inside)

    def _taken(self) -> int:
        """Count the kernels that there are, or are about to be."""
        return len(self._kernels) + sum(not visit.kernel_id for visit in self._inside)

    def _look_soon(self) -> None:
        if self._queue and not self._looking:
            self._looking = True
            IOLoop.current().call_later(LOOK_EVERY_S, self._look)

    def _look(self) -> None:
        """Forget who has stopped asking, and admit who can come in."""
        self._looking = False
        late = self._now() - ASKS_WITHIN_S
        for visit in [v for v in self._queue.values() if not self._is_here(v)]:
            visit.admitted.clear()
            self.leave(visit)
            if visit.since < late:
                self.forget(visit)
        if self.is_full():
            self._kernels.end_long_left()
        self.admit()
        self._look_soon()

    def _now(self) -> float:
        return time.monotonic()


def places_left() -> int:
    """Return how many lessons could still be opened; 0 or less: none."""
    return (available() - MEMORY_SPARE) // MEMORY_EACH


def available() -> int:
    """Return the free memory, within this container's limit too [bytes]."""
    return min(psutil.virtual_memory().available, _left_in_container())


def _left_in_container() -> int:
    """Return what the control group's limit leaves (version 2 or 1), counting cache as free."""
    for most, used, stat, cache in (
        ("memory.max", "memory.current", "memory.stat", "inactive_file"),
        (
            "memory/memory.limit_in_bytes",
            "memory/memory.usage_in_bytes",
            "memory/memory.stat",
            "total_inactive_file",
        ),
    ):
        limit, taken = _number(CGROUP / most), _number(CGROUP / used)
        if limit is not None and taken is not None and limit < UNBOUNDED:
            return limit - taken + _counted(CGROUP / stat, cache)
    return UNBOUNDED


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):  # not there, or "max"
        return None


def _counted(path: Path, name: str) -> int:
    try:
        lines = dict(line.split() for line in path.read_text().splitlines())
        return int(lines.get(name, 0))
    except (OSError, ValueError):
        return 0
