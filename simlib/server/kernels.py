"""Kernels of pages: few that nobody has come for yet, none that stays when nobody comes.

A browser asks for a lesson and gets HTML from a kernel that was started for it; then the page's
scripts connect. Who only asks (a foreign page's images, a script) never connects.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop

if TYPE_CHECKING:
    from jupyter_client.manager import KernelManager
    from tornado.httputil import HTTPServerRequest

MOST_OPENING = 6  # kernels of one address that no page has connected to yet
COMES_WITHIN_S = 20  # from the end of the HTML, or a page's last sign of life, to its socket
LOOK_EVERY_S = 0.5  # whether that time is over
SPEAKS_WITHIN_S = 6  # from the end of the HTML to the first sign of life, while others wait


def is_visit(request: HTTPServerRequest) -> bool:
    """Whether somebody opens a page, rather than a page some picture, frame or script.

    Browsers say so (`Sec-Fetch-*`) over https and on this machine; over plain http what they
    accept tells a page from a picture, but not from a script that pretends.
    """
    said = request.headers
    if "Sec-Fetch-Mode" in said:
        framed = said.get("Sec-Fetch-Dest") in ("iframe", "frame")
        ours = said.get("Sec-Fetch-Site") in ("same-origin", "none")
        opens = said.get("Sec-Fetch-Dest") == "document" or (framed and ours)
        ahead = "prefetch" in said.get("Sec-Purpose", "")  # the browser only guesses
        return said["Sec-Fetch-Mode"] == "navigate" and opens and not ahead
    return "text/html" in said.get("Accept", "text/html")


class _Places(asyncio.Semaphore):
    """Places for the visits of one address, and how many wait for one."""

    waiting = 0


class Visit:
    """One request for a lesson, until its page has connected or nobody is awaited any more.

    Attributes
    ----------
    kernel_id
        the kernel started for it, or empty
    spoke
        whether its page has asked for the kernel: scripts run there, and will connect
    since
        when the HTML was sent, or the page last asked, by the loop's clock
    """

    def __init__(self, places: _Places) -> None:
        self.kernel_id = ""
        self.spoke = False
        self.since = 0.0
        self._places = places
        self._inside = False

    @property
    def patience(self) -> float:
        """How long to wait for the page from `since` on [s]."""
        hurry = self._places.waiting and not self.spoke
        return min(SPEAKS_WITHIN_S, COMES_WITHIN_S) if hurry else COMES_WITHIN_S

    async def enter(self) -> None:
        """Wait for a place among those of the same address."""
        self._places.waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._places.waiting -= 1
        self._inside = True

    def leave(self) -> None:
        """Make room for the next; a visit leaves once, whoever says so."""
        if self._inside:
            self._inside = False
            self._places.release()


class Doorway:
    """Lets a few visits of each address in at once; the others wait their turn."""

    def __init__(self) -> None:
        self._places: WeakValueDictionary[str, _Places] = WeakValueDictionary()

    def visit(self, address: str) -> Visit:
        """Begin a visit from this address; it has still to `enter`."""
        return Visit(self._places.setdefault(address, _Places(MOST_OPENING)))


visiting: ContextVar[Visit] = ContextVar("visiting")


class CourseKernels(AsyncMappingKernelManager):
    """Jupyter's kernels; a kernel belongs to a visit until its page connects."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self._awaited: dict[str, Visit] = {}

    async def start_kernel(self, **options: object) -> str:
        """Start a kernel for the visit whose request asks for it."""
        kernel_id = await super().start_kernel(**options)
        visit = visiting.get(None)
        if visit is not None:
            visit.kernel_id = kernel_id
            self._awaited[kernel_id] = visit
        return kernel_id

    def notify_connect(self, kernel_id: str) -> None:
        """A page has connected: its visit makes room for the next."""
        super().notify_connect(kernel_id)
        self._let_go(kernel_id)

    def remove_kernel(self, kernel_id: str) -> KernelManager:
        """A kernel has ended: nobody is awaited for it."""
        self._let_go(kernel_id)
        return super().remove_kernel(kernel_id)

    def hear_of(self, kernel_id: str) -> None:
        """A page that has not connected yet asks for its kernel: it is coming."""
        visit = self._awaited.get(kernel_id)
        if visit is not None:
            visit.spoke, visit.since = True, IOLoop.current().time()

    def await_page(self, visit: Visit) -> None:
        """The HTML is sent, or cannot be: end the kernel if no page connects in time."""
        visit.since = IOLoop.current().time()
        if visit.kernel_id not in self._awaited:
            visit.leave()
        else:
            IOLoop.current().call_later(LOOK_EVERY_S, self._end_unless_connected, visit)

    async def _end_unless_connected(self, visit: Visit) -> None:
        if visit.kernel_id not in self._awaited:
            return
        if IOLoop.current().time() - visit.since >= visit.patience:
            await self.shutdown_kernel(visit.kernel_id, now=True)
        else:
            IOLoop.current().call_later(LOOK_EVERY_S, self._end_unless_connected, visit)

    def _let_go(self, kernel_id: str) -> None:
        visit = self._awaited.pop(kernel_id, None)
        if visit is not None:
            visit.leave()

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Close what Jupyter leaves open of a kernel that ended by itself."""
        self.stop_watching_activity(kernel_id)
        kernel = self.get_kernel(kernel_id)
        kernel.cleanup_connection_file()
        kernel.cleanup_ipc_files()
        super()._handle_kernel_died(kernel_id)
