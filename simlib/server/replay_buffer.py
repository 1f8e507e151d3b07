"""What a page and its kernel have said to each other, kept until the other side has it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.server.connection import CourseConnection

MOST_KEPT = 4_000_000  # bytes kept for a page that has not confirmed them


class Line:
    """Frames exchanged by one page and its kernel, whatever sockets carried them.

    Attributes
    ----------
    received
        frames that came from the page
    sent
        frames that went to the page, or would have if a socket had been open
    root
        whose channels lead to the kernel
    socket
        whose socket leads to the page; None: just now nobody's
    """

    def __init__(self, root: CourseConnection) -> None:
        self.received = self.sent = 0
        self.root = root
        self.socket: CourseConnection | None = None
        self._kept: deque[bytes] = deque()
        self._size = 0

    def keep(self, frame: bytes) -> None:
        """Count a frame for the page and store it until confirmed or crowded out."""
        self.sent += 1
        self._kept.append(frame)
        self._size += len(frame)
        while self._size > MOST_KEPT:
            self._drop()

    def confirm(self, got: int) -> None:
        """Drop the first `got` frames, which the page has."""
        while self._kept and self.sent - len(self._kept) < got:
            self._drop()

    def missed(self, got: int) -> list[bytes] | None:
        """Return the frames after the first `got`; None if some are no longer stored."""
        if not self.sent - len(self._kept) <= got <= self.sent:
            return None
        self.confirm(got)
        return list(self._kept)

    def _drop(self) -> None:
        self._size -= len(self._kept.popleft())
