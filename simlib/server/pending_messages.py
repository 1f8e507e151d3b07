"""How much may be under way between a page and its kernel, in either direction.

Neither side is asked to be quick, only not to make the server keep what the other will not take.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from simlib.server.rate_limit import FRAMES, Bucket

MOST_UNTAKEN = 8_000_000  # bytes a socket has not taken; a line sends up to 4 MB again at once
MOST_QUEUED = 20  # messages of a kernel on their way to us; the others wait with the kernel
MOST_UNANSWERED = 256  # messages; a page that opens asks some dozens
MOST_UNANSWERED_BYTES = 20_000_000
MOST_HEARD = 65_536  # messages; kernels remember as many
LOOK_EVERY_S = 1.0  # whether a socket that waits is still there


class Untaken:
    """Bytes given to a socket that the network has not taken yet."""

    def __init__(self) -> None:
        self._bytes = 0

    def count(self, size: int, sent: asyncio.Future[None]) -> bool:
        """Count a frame until it is `sent`; return whether the sum is still bearable."""
        self._bytes += size

        def taken(done: asyncio.Future[None]) -> None:
            self._bytes -= size
            done.cancelled() or done.exception()  # a socket that has gone takes nothing

        sent.add_done_callback(taken)
        return self._bytes <= MOST_UNTAKEN


class Heard:
    """Ids of messages a kernel was given; a second copy would fail there with a traceback."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int, None] = OrderedDict()

    def is_new(self, id: str) -> bool:
        """Tell whether a message id is new among the last many, and remember it."""
        key = hash(id)
        new = key not in self._ids
        self._ids[key] = None
        if len(self._ids) > MOST_HEARD:
            self._ids.popitem(last=False)
        return new


class Unanswered:
    """Messages a kernel was given and has not finished."""

    def __init__(self) -> None:
        self._sizes: dict[str, int] = {}
        self._bytes = 0
        self._bucket = Bucket(*FRAMES)
        self._answered = asyncio.Event()

    def ask(self, id: str, size: int) -> None:
        """Record a message that goes to the kernel."""
        self._sizes[id] = self._sizes.get(id, 0) + size
        self._bytes += size

    def answer(self, id: object) -> None:
        """Forget a message the kernel has finished, this page's or another's."""
        if isinstance(id, str) and id in self._sizes:
            self._bytes -= self._sizes.pop(id)
            self._answered.set()

    @property
    def too_many(self) -> bool:
        """Tell whether the page must wait before it is read again."""
        return len(self._sizes) > MOST_UNANSWERED or self._bytes > MOST_UNANSWERED_BYTES

    async def wait(self, gone: Callable[[], bool]) -> None:
        """Wait until the page may say more, or its socket is `gone`."""
        await asyncio.sleep(self._bucket.take())
        while self.too_many and not gone():
            self._answered.clear()
            try:
                await asyncio.wait_for(self._answered.wait(), LOOK_EVERY_S)
            except TimeoutError:
                continue
