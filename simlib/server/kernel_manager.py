"""Kernels of pages: few that nobody has come for yet, none that stays when nobody comes.

A browser asks for a lesson and gets HTML from a kernel that was started for it; then the page's
scripts connect. Who only asks (a foreign page's images, a script) never connects.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from jupyter_events import EventLogger
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)
from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from traitlets import default, observe

if TYPE_CHECKING:
    from jupyter_client.manager import KernelManager
    from tornado.httputil import HTTPServerRequest

    from simlib.server.provisioner import ForkServer
    from simlib.server.waiting_room import Visit

LOOK_EVERY_S = 0.5  # whether a page is still awaited
LEFT_S = 120  # when others wait, a kernel ends whose page has been gone for so long


def is_visit(request: HTTPServerRequest) -> bool:
    """Tell whether a person opens a page, rather than a page an image, frame or script.

    Browsers say so (`Sec-Fetch-*`) over https and on this machine; over plain http what they
    accept tells a page from a picture, but not from a script that pretends.
    """
    headers = request.headers
    if "Sec-Fetch-Mode" in headers:
        framed = headers.get("Sec-Fetch-Dest") in ("iframe", "frame")
        ours = headers.get("Sec-Fetch-Site") in ("same-origin", "none")
        opens = headers.get("Sec-Fetch-Dest") == "document" or (framed and ours)
        ahead = "prefetch" in headers.get("Sec-Purpose", "")  # the browser only guesses
        return headers["Sec-Fetch-Mode"] == "navigate" and opens and not ahead
    return "text/html" in headers.get("Accept", "text/html")


visiting: ContextVar[Visit] = ContextVar("visiting")


class CourseKernel(ServerKernelManager):
    """Jupyter's manager of one kernel; all share one logger of events, which is never read.

    Making one reads a schema, which took a tenth of a second of every visit.

    Attributes
    ----------
    active_at
        when the kernel was last active, by the monotonic clock [s]; None: it has not yet begun
    """

    active_at: float | None = None
    _events: EventLogger | None = None

    @observe("last_activity")
    def _note_activity(self, _: object) -> None:
        self.active_at = time.monotonic()

    @default("event_logger")
    def _default_event_logger(self) -> EventLogger:
        if CourseKernel._events is None:
            CourseKernel._events = super()._default_event_logger()
        return CourseKernel._events


class CourseKernels(AsyncMappingKernelManager):
    """Jupyter's kernels; a kernel belongs to a visit until its page connects.

    Attributes
    ----------
    fork_server
        where kernels are forked; None: each is started by itself
    """

    fork_server: ForkServer | None = None

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self._awaited: dict[str, Visit] = {}
        self._left: dict[str, float] = {}  # when the page of a kernel was last connected

    async def start_kernel(self, **options: Any) -> str:  # type: ignore[override]  # as Jupyter's
        """Start a kernel for the visit whose request asks for it."""
        kernel_id = await super().start_kernel(**options)
        visit = visiting.get(None)
        if visit is not None:
            visit.kernel_id = kernel_id
            self._awaited[kernel_id] = visit
        return kernel_id

    async def shutdown_kernel(  # type: ignore[override]  # asynchronous, as in Jupyter's own class
        self, kernel_id: str, now: bool = False, restart: bool = False
    ) -> None:
        """Kill a kernel at once: a polite shutdown takes long and may print errors."""
        await super().shutdown_kernel(kernel_id, now=True, restart=restart)

    async def end_all(self) -> None:
        """End every kernel, those that still start too; one that has just gone is no failure.

        Jupyter's own `shutdown_all` fails on both.
        """
        kernels = {*self.list_kernel_ids(), *self._pending_kernels}
        await asyncio.gather(*(self._end(kernel_id) for kernel_id in kernels))

    async def _end(self, kernel_id: str) -> None:
        start = self._pending_kernels.get(kernel_id)
        if start is not None:
            await asyncio.wait([start])
        if kernel_id in self:
            with suppress(HTTPError):  # it went between this line and the next
                await self.shutdown_kernel(kernel_id, now=True)

    def notify_connect(self, kernel_id: str) -> None:
        """Note that a page has connected: its visit makes room for the next."""
        super().notify_connect(kernel_id)
        self._left.pop(kernel_id, None)
        self._let_go(kernel_id)

    def notify_disconnect(self, kernel_id: str) -> None:
        """Note that a page has closed its socket, or lost it."""
        super().notify_disconnect(kernel_id)
        if not self._kernel_connections.get(kernel_id):
            self._left[kernel_id] = time.monotonic()

    def remove_kernel(self, kernel_id: str) -> KernelManager:
        """Note that a kernel has ended: no page is awaited for it."""
        self._left.pop(kernel_id, None)
        removed = super().remove_kernel(kernel_id)
        self._let_go(kernel_id)
        return removed

    def hear_of(self, kernel_id: str) -> None:
        """Note that a page still unconnected asks for its kernel: it is coming."""
        visit = self._awaited.get(kernel_id)
        if visit is not None:
            visit.spoke, visit.since = True, time.monotonic()

    def await_page(self, visit: Visit) -> None:
        """Start waiting for the page once its HTML is sent; end the kernel if none connects."""
        visit.since = time.monotonic()
        if visit.kernel_id not in self._awaited:
            visit.leave()
        else:
            visit.send()
            delay = 0 if visit.gone else LOOK_EVERY_S
            IOLoop.current().call_later(delay, self._end_unless_connected, visit)

    def end_long_left(self) -> None:
        """End the kernel whose page has been gone longest, if that is long enough."""
        kernel_id = min(self._left, key=lambda id: self._left[id], default=None)
        if kernel_id and time.monotonic() - self._left[kernel_id] >= LEFT_S:
            del self._left[kernel_id]
            IOLoop.current().add_callback(self.shutdown_kernel, kernel_id, now=True)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that is dead, or has long been idle without a page.

        Jupyter compares dates: a clock set forward would end every kernel whose socket is broken
        just now. One that has ended meanwhile, has not yet begun, or whose page is still being made
        or awaited (`await_page` ends it) is passed over.
        """
        if kernel_id not in self:
            return
        kernel: Any = self.get_kernel(kernel_id)
        state, is_awaited = kernel.execution_state, kernel_id in self._awaited
        if kernel.active_at is None or (is_awaited and state != "dead"):
            return
        idle_s = time.monotonic() - kernel.active_at
        long_idle = idle_s > self.cull_idle_timeout and state != "busy"
        if state == "dead" or (long_idle and not self._kernel_connections.get(kernel_id)):
            await self.shutdown_kernel(kernel_id)

    async def _end_unless_connected(self, visit: Visit) -> None:
        if visit.kernel_id not in self._awaited:
            return
        if time.monotonic() - visit.since >= visit.patience:
            await self.shutdown_kernel(visit.kernel_id, now=True)
        else:
            IOLoop.current().call_later(LOOK_EVERY_S, self._end_unless_connected, visit)

    def _let_go(self, kernel_id: str) -> None:
        visit = self._awaited.pop(kernel_id, None)
        if visit is not None:
            visit.leave()

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Close what Jupyter leaves open of a kernel that died."""
        self.stop_watching_activity(kernel_id)
        kernel = self.get_kernel(kernel_id)
        kernel.cleanup_connection_file()
        kernel.cleanup_ipc_files()
        super()._handle_kernel_died(kernel_id)
