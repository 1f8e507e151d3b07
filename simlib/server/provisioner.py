"""How the server gets its kernels: forked from a warm process, or started one by one.

`ForkProvisioner` is a provisioner of jupyter_client; wherever the fork server cannot help (it is
not warm yet, has died, or this system has no fork) it starts kernels as Jupyter does.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from simlib.server.fork_server import WARM

LAUNCHER = "ipykernel_launcher"
FORKS_WITHIN_S = 10  # it takes some 10 ms; on a busy machine, more
QUIET = {  # for the fork server and its kernels
    "MALLOC_ARENA_MAX": "1",  # threads of a kernel share one arena: 8 MB less
    "OPENBLAS_NUM_THREADS": "1",  # a thread would not survive the fork
    "OMP_NUM_THREADS": "1",
}


def can_fork() -> bool:
    """Tell whether this system has what forked kernels need."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


class ForkServer:
    """The server's end: starts the warm process, asks it for kernels, and replaces it if need be.

    Kernels live on when the fork server they come from ends, and end when the server does.
    """

    def __init__(self) -> None:
        self._lifeline, self._server_lives = os.pipe()  # only we hold the second
        self._process: subprocess.Popen[bytes] | None = None
        self._link: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._warm: asyncio.Task[bool] | None = None
        self._asking = asyncio.Lock()

    def start(self) -> None:
        """Start the process; whoever asks it for a kernel waits until it is warm."""
        self._warm = asyncio.ensure_future(self._start())

    async def _start(self) -> bool:
        """Start the process; return whether it got warm before it ended."""
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "simlib.server.fork_server"]
        with theirs:
            ends = (theirs.fileno(), self._lifeline)
            self._process = subprocess.Popen(
                [*command, *map(str, ends)],
                pass_fds=ends,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **QUIET},
            )
        self._link = await asyncio.open_unix_connection(sock=ours)
        return (await self._link[0].readline()).decode().strip() == WARM

    async def fork(self, **wanted: object) -> ForkedKernel | None:
        """Fork a kernel from `fork_server.be_kernel`'s arguments; None if it cannot be had here."""
        warm = self._warm
        if warm is None or not await asyncio.shield(warm):
            return None
        try:
            async with self._asking, asyncio.timeout(FORKS_WITHIN_S):
                assert self._link is not None  # open once the process is warm
                reader, writer = self._link
                writer.write(json.dumps(wanted).encode() + b"\n")
                return ForkedKernel(int(await reader.readline()))
        except (OSError, ValueError):  # gone, or too slow: its next answer would be another's
            if self._warm is warm:
                self._end()
                self.start()
            return None

    def stop(self) -> None:
        """End the process, and every kernel that came from it."""
        self._end()
        os.close(self._server_lives)
        os.close(self._lifeline)

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._link is not None:
            self._link[1].close()


class ForkedKernel:
    """A kernel's process, no child of ours, with as much of `Popen` as provisioners use."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle = os.pidfd_open(pid)
        self._ended = select.poll()
        self._ended.register(self._handle, select.POLLIN)

    def poll(self) -> int | None:
        """Return 0 once it has ended, else None; only the fork server could know how it ended."""
        return self._within(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end.

        Raises
        ------
        subprocess.TimeoutExpired
            It goes on after `timeout` seconds.
        """
        code = self._within(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(f"kernel {self.pid}", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Signal this process if it is still there, never one that reuses its number."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _within(self, seconds: float | None) -> int | None:
        return 0 if self._ended.poll(None if seconds is None else seconds * 1000) else None

    def __del__(self) -> None:
        os.close(self._handle)


class ForkProvisioner(LocalProvisioner):
    """Kernels from the fork server of the kernel manager's manager, as far as there is one."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel if `cmd` would start an ordinary one of this Python."""
        fork_server = getattr(getattr(self.parent, "parent", None), "fork_server", None)
        if fork_server is not None and cmd[0] == sys.executable and LAUNCHER in cmd:
            forked = await fork_server.fork(
                kernel=self.kernel_id,
                connection_file=cmd[cmd.index("-f") + 1],
                cwd=str(kwargs.get("cwd") or Path.cwd()),
                env=kwargs["env"],
            )
            if forked is not None:
                self.process, self.cwd = forked, kwargs.get("cwd")
                self.pid = self.pgid = forked.pid
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)
