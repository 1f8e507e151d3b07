"""A network between a browser and a server that a test can break: a proxy on a port of its own."""

from __future__ import annotations

import asyncio
import threading


class Wire:
    """Carries every connection made to `port` on to the server.

    `freeze` keeps the connections, takes new ones and carries nothing (a phone out of reach); `cut`
    ends them and refuses new ones, `cut_after` does so in mid-answer; `mend` carries again. What
    was on its way then is lost, and a connection begun in a frozen network stays silent for ever.
    """

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._silent: set[asyncio.StreamWriter] = set()  # begun while frozen
        self._frozen = self._cut = False
        self._left: int | None = None  # bytes for the browser until the cut
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(10)

    def freeze(self) -> None:
        """Carry nothing, in either direction."""
        self._frozen = True

    def cut(self) -> None:
        """End all connections and refuse others."""
        self._cut = True
        self._call(self._end_all)

    def cut_after(self, count: int) -> None:
        """Carry so many more bytes to the browser, then cut."""
        self._left = count

    def mend(self) -> None:
        """Be a network again; connections that were there before the break are ended."""
        self._call(self._end_all)
        self._frozen = self._cut = False
        self._left = None

    def close(self) -> None:
        """End for good; what has ended stays so."""
        if self._loop.is_closed():
            return
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _call(self, act) -> None:
        done = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (act(), done.set()))
        done.wait(10)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        self._cut = True
        for socket in server.sockets:  # a server that closes first loses what it just accepted
            self._loop.remove_reader(socket)
        self._loop.run_until_complete(self._settle())
        server.close()
        self._loop.close()

    async def _settle(self) -> None:
        """Wait until every connection has ended, those begun in a frozen network too."""
        while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
            for writer in self._silent:
                writer.transport.abort()
            self._end_all()
            await asyncio.wait(tasks, timeout=0.1)
        self._end_all()  # what still waits to be read at the other end as well
        for _ in range(3):  # a transport closes in the turn of the loop after its abort
            await asyncio.sleep(0)

    def _end_all(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def _carry(self, reader, writer) -> None:
        if self._cut:
            writer.transport.abort()
            return
        if self._frozen:
            self._silent.add(writer)
            await self._pump(reader, None)
            writer.close()
            return
        self._writers.add(writer)
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
        self._writers.add(far_writer)
        await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer, True))

    async def _pump(self, reader, writer, answers=False) -> None:
        try:
            while data := await reader.read(65536):
                if answers and self._left is not None:
                    await self._use_up(writer, data)
                    continue
                # what a frozen network takes, or one that is being cut, it loses
                if writer and not (self._frozen or self._cut):
                    writer.write(data)
                    await writer.drain()
        except OSError:
            pass
        finally:
            if writer:
                writer.close()

    async def _use_up(self, writer, data: bytes) -> None:
        """Carry of `data` what is left until the cut; then cut."""
        part = data[: self._left]
        self._left -= len(part)
        last = not self._left
        if last:  # before anything else is carried while this waits
            self._left, self._cut = None, True
        writer.write(part)
        await writer.drain()
        if last:
            await asyncio.sleep(0.2)  # until it has got there
            self._end_all()
