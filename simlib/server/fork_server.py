"""A warm process that kernels are forked from: `python -m simlib.server.fork_server LINK LIFELINE`.

It imports what a kernel imports and opens every lab once, in one thread, and then forks whenever
it is asked to: a kernel is there after milliseconds, and shares with the others whatever it does
not change. `provisioner` is the other end of the link.

The lifeline is the reading end of a pipe whose writing end only the server holds: when it closes,
the server is gone, however it went, and so goes every kernel. The fork server itself ends with its
link; kernels do not end with the fork server.
"""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import socket
import sys
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from simlib.resources import LANGS

WARM = "warm"
MODULES = (  # what a kernel imports until it is ready, the labs apart (tested)
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "encodings.ascii",
    "encodings.idna",
    "encodings.latin_1",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "numpy.random",
    "simlib.server.kernel",
    "tornado.platform.asyncio",
    "tornado.queues",
)
HELD: list[bytes] = []  # nothing but room: see `fill_gaps`
HELD_OF_EACH = 256 * 1024  # bytes of each size of small objects
NAME = "simlib {}"  # of a kernel's process, with the beginning of the kernel's id


def main(link: int, lifeline: int) -> None:
    """Warm up, say so, and fork a kernel for each line of JSON that asks for one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at the server is the server's business
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the kernels here
    warm()
    with socket.socket(fileno=link) as server, server.makefile("rw", encoding="utf-8") as lines:
        print(WARM, file=lines, flush=True)
        for line in lines:
            wanted = json.loads(line)
            pid = os.fork()
            if not pid:
                be_kernel(link, lifeline, **wanted)
            os.setpgid(pid, pid)
            print(pid, file=lines, flush=True)


def warm() -> None:
    """Do once whatever every kernel would do, and leave no widget behind."""
    # no lesson is debugged, and it takes 2 MB of each kernel
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # so Python refuses an import
    for name in MODULES:
        import_module(name)
    import ipywidgets

    import simlib.widgets as rooms
    from simlib.server.kernel import CourseKernelApp
    from simlib.widgets.controls import LAYOUT
    from simlib.widgets.outcome_memory import VIEWS

    ipywidgets.register_comm_target()
    for lang in LANGS:
        for name in rooms.__all__:
            arguments = ("case", lang) if name == "exercise_lab" else (lang,)
            getattr(rooms, name)(*arguments)
            ipywidgets.Widget.close_all()
            LAYOUT.open()  # all labs of a kernel share it
            VIEWS.forget()
            gc.collect()  # each in the room of the one before: a fork copies what lies scattered
    CourseKernelApp.instance().prepare()
    gc.collect()
    fill_gaps()
    gc.freeze()


def fill_gaps() -> None:
    """Fill the room between small objects, so that those of a kernel lie together in new pages.

    Each one in a gap would copy the page around it: 0.7 MB of a kernel.
    """
    for size in range(48, 513, 16):  # the sizes that Python puts together
        HELD.extend(bytes(size - 33) for _ in range(HELD_OF_EACH // size))


def be_kernel(
    link: int, lifeline: int, kernel: str, connection_file: str, cwd: str, env: dict[str, str]
) -> NoReturn:
    """Run as a kernel in a child of the fork server, and never come back.

    Parameters
    ----------
    link, lifeline
        the fork server's file descriptors
    kernel
        the kernel's id
    connection_file
        where Jupyter says by which sockets and key the kernel is reached
    cwd, env
        the kernel's folder and its whole environment
    """
    code = 1
    try:
        os.close(link)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(env)
        reseed()
        with suppress(OSError):  # a name is only for those who look at `ps`
            Path("/proc/self/comm").write_text(NAME.format(kernel[:8]))
        threading.Thread(target=end_with_server, args=(lifeline,), daemon=True).start()
        from simlib.server.kernel import CourseKernelApp

        CourseKernelApp.instance().run(connection_file)
        code = 0
    finally:
        os._exit(code)


def reseed() -> None:
    """Reseed the generators: every kernel draws its own numbers."""
    random.seed()
    sys.modules["numpy.random"].seed()


def end_with_server(lifeline: int) -> None:
    """Exit once the server is gone."""
    os.read(lifeline, 1)
    os._exit(1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
