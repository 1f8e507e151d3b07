"""Who may open a lesson now: as many as memory has room for, a few of one address at a time.

Whoever asks for a lesson gets a turn. If it does not come within moments he gets a page that says
how many are before him and asks on (`/course/turn`); his ticket, a cookie, keeps his turn as long
as he asks. Nobody who is in is sent away for those who wait, except pages that have long gone.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import suppress
from itertools import takewhile
from typing import Protocol

from tornado.ioloop import IOLoop

from simlib.server import memory

TICKET = "simlib-turn"  # the cookie
MOST_OPENING = 12  # visits of one address that no page has connected for yet
MOST_WAITING = 200  # turns of one address
HOLD_S = 4  # how long a request waits before the waiting page is the answer
ASKS_WITHIN_S = 10  # who has not asked for so long has lost his turn; a phone may pause
HERE_S = 3  # who has asked within this time can come in now; a waiting page asks every second
LOOK_EVERY_S = 0.5
SPEAKS_WITHIN_S = 6  # from the end of the HTML to the first sign of life, while others wait
COMES_WITHIN_S = 20  # from the end of the HTML, or a page's last sign of life, to its socket


class Kernels(Protocol):
    """The interface this room needs of the kernels."""

    def __len__(self) -> int:
        """Count the kernels running or being started."""

    def end_long_left(self) -> None:
        """End a kernel whose page has long been gone, if there is one."""


class Visit:
    """One visitor's way from his request for a lesson until his page has connected.

    Attributes
    ----------
    ticket, address
        what his browser knows the visit by, and where he asks from
    kernel_id
        the kernel started for it, or empty
    spoke
        whether its page has asked for the kernel: scripts run there, and will connect
    gone
        whether he left before the page was sent
    since
        when he last asked, the HTML was sent, or the page last asked, by the monotonic clock [s]
    """

    def __init__(self, room: WaitingRoom, ticket: str, address: str) -> None:
        self.ticket, self.address = ticket, address
        self.kernel_id = ""
        self.spoke = self.gone = False
        self.since = 0.0
        self.waiting = 0  # requests that wait for the turn just now
        self.admitted = asyncio.Event()
        self._room = room

    @property
    def patience(self) -> float:
        """Return how long to wait for the page, from `since` on [s]."""
        if self.gone:
            return 0
        hurry = self._room.somebody_waits(self.address) and not self.spoke
        return min(SPEAKS_WITHIN_S, COMES_WITHIN_S) if hurry else COMES_WITHIN_S

    def leave(self) -> None:
        """Stop counting the visit: its page has connected, or nobody is awaited."""
        self._room.leave(self)


class WaitingRoom:
    """Turns in the order of asking.

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
        self._looking = False

    # ------------------------------------------------------------ one visitor

    def visit(self, ticket: str | None, address: str) -> Visit | None:
        """Return the waiting visit of this ticket, else a new one; None if far too many wait."""
        known = self._queue.get(ticket or "")
        if known is None:
            if sum(v.address == address for v in self._queue.values()) >= MOST_WAITING:
                return None
            known = Visit(self, secrets.token_urlsafe(16), address)
            self._queue[known.ticket] = known
        known.since = self._now()
        return known

    async def enter(self, visit: Visit) -> bool:
        """Wait a moment for the turn; return whether it came, and the visit is inside."""
        self.admit()
        self._look_soon()
        visit.waiting += 1
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(visit.admitted.wait(), HOLD_S)
        finally:
            visit.waiting -= 1
            visit.since = self._now()
        return visit.admitted.is_set() and self._queue.pop(visit.ticket, None) is not None

    def forget(self, visit: Visit) -> None:
        """Drop a visitor who left before he had a ticket."""
        self._queue.pop(visit.ticket, None)
        self.leave(visit)

    def leave(self, visit: Visit) -> None:
        """Stop counting the visit: its page has connected, or nobody is awaited."""
        if visit in self._inside:
            self._inside.remove(visit)
            self.admit()

    def ask(self, ticket: str | None) -> tuple[int, bool] | None:
        """Return how many are before this ticket and whether its turn has come; None: unknown."""
        visit = self._queue.get(ticket or "")
        if visit is None:
            return None
        visit.since = self._now()
        return self.ahead(visit), visit.admitted.is_set()

    def ahead(self, visit: Visit) -> int:
        """Count those who wait before this visit; 0 if another tab has used its turn."""
        before = takewhile(lambda v: v is not visit, self._queue.values())
        return sum(not v.admitted.is_set() for v in before) if visit in self else 0

    def __contains__(self, visit: Visit) -> bool:
        return visit.ticket in self._queue

    def somebody_waits(self, address: str = "") -> bool:
        """Tell whether anybody (of this address) waits for a turn."""
        waiting = (v for v in self._queue.values() if not v.admitted.is_set())
        return any(address in ("", v.address) for v in waiting)

    # ------------------------------------------------------------ all of them

    def admit(self) -> None:
        """Admit whoever can come in now, in the order of asking."""
        free = self._free()
        for visit in self._queue.values():
            if free <= 0:
                return
            if visit.admitted.is_set() or not self._is_here(visit):
                continue
            if self._opening(visit.address) >= MOST_OPENING:
                continue
            self._inside.add(visit)
            visit.admitted.set()
            free -= 1

    def _is_here(self, visit: Visit) -> bool:
        """Tell whether he would come if admitted; a browser without cookies never does."""
        return bool(visit.waiting) or self._now() - visit.since <= HERE_S

    def _opening(self, address: str) -> int:
        return sum(visit.address == address for visit in self._inside)

    def _free(self) -> int:
        """Return how many more may come in."""
        coming = sum(not visit.kernel_id for visit in self._inside)
        taken = len(self._kernels) + coming
        if not taken:
            return 1  # however small the machine is, one can try
        if self._places is not None:
            return self._places - taken
        return memory.places() - len(self._inside)

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
        if self.somebody_waits() and self._free() <= 0:
            self._kernels.end_long_left()
        self.admit()
        self._look_soon()

    def _now(self) -> float:
        return time.monotonic()
