"""A lesson's kernel as the fork server makes it: ipykernel, half of it prepared, within limits.

Limits are the operating system's where it has them; they hold for root, too. A kernel that wants
more memory gets a `MemoryError`, which the lab answers as any other refusal; one that works on
without an answer is ended, and its page offers to open again. It starts no process but the reader
of statements.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MethodType, ModuleType
from typing import Any

from ipykernel import ipkernel
from ipykernel.compiler import XCachingCompiler
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.application import BaseIPythonApplication
from ipywidgets.comm import get_comm_manager

from simlib.statement.read.sandbox import COMMAND_LINE, ENVIRONMENT

MOST_MEMORY = 512 * 2**20  # bytes above what the fork server has; a lesson takes 5 %
MOST_OPEN_FILES = 256
MOST_WRITTEN = 16 * 2**20  # bytes of one file; a kernel writes none
ANSWERS_WITHIN_S = 60  # of processor time for one message
IDLE_S = 0.5  # without a message: nobody drags a knob
DUE = 10  # collections of younger objects before all objects are looked at; as Python has it
NEVER = 2**30
STARTS = frozenset(
    {
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.system",
        "pty.spawn",
        "subprocess.Popen",
    }
)


class _Prepared(BaseIPythonApplication):
    """A base class that `prepare` has initialised already."""

    def initialize(self, argv: list[str] | None = None) -> None:
        """Skip what `prepare` did before the fork."""


class CourseKernelApp(IPKernelApp, _Prepared):
    """ipykernel's application in two halves: before the fork, and after it.

    What `prepare` makes, all kernels share, as long as they do not change it.
    """

    def prepare(self) -> None:
        """Read the settings and make the shell: all that needs no connection."""
        BaseIPythonApplication.initialize(self, [])
        self.parent_handle = 1  # nothing to poll, nothing to print: the fork server sees to its end
        self.capture_fd_output = False
        ZMQInteractiveShell.instance(
            parent=self, profile_dir=self.profile_dir, compiler_class=XCachingCompiler
        )

    def run(self, connection_file: str) -> None:
        """Be the kernel of this connection until it is shut down."""
        self.connection_file = connection_file
        limit_memory_and_files()
        self.initialize([])
        limit_processes()
        self.start()

    def init_kernel(self) -> None:
        """Make the kernel, and attach the prepared shell to it."""
        with _no_modules():
            super().init_kernel()
        self.kernel.shell.parent = self.kernel.shell.kernel = self.kernel
        for comm in get_comm_manager().comms.values():  # opened before there was a kernel
            comm.kernel = self.kernel  # without one it answers nothing
        kind, garbage = type(self.kernel), Garbage()

        def before(kernel: Any) -> None:
            limit_time()
            kind.pre_handler_hook(kernel)

        def after(kernel: Any) -> None:
            kind.post_handler_hook(kernel)
            garbage.wait()

        self.kernel.pre_handler_hook = MethodType(before, self.kernel)
        self.kernel.post_handler_hook = MethodType(after, self.kernel)

    def init_extensions(self) -> None:
        """Load none: no lesson stores variables between visits (`%store`)."""

    def init_code(self) -> None:
        """Run no code of a profile, and do not list the modules for `%reset -s aggressive`.

        The list counts a reference to each module's name, and so copies its page of memory.
        """
        shell = self.kernel.shell
        shell.user_ns_hidden.update(shell.user_ns)


class Garbage:
    """Look for garbage among all objects between messages, never while a reader waits.

    Such a look takes as long as three turns of a knob. Python takes it in the midst of one; it
    does until the first pause, since a lesson leaves most of its garbage while it opens.
    """

    def __init__(self) -> None:
        self._due: asyncio.TimerHandle | None = None

    def wait(self) -> None:
        """Look once no message has come for a while; called after each message."""
        if self._due:
            self._due.cancel()
        self._due = asyncio.get_running_loop().call_later(IDLE_S, self._collect)

    def _collect(self) -> None:
        gc.set_threshold(*gc.get_threshold()[:2], NEVER)
        if gc.get_count()[2] > DUE:
            gc.collect()


class _Sys:
    """`sys` as it is, but for its modules."""

    modules: dict[str, ModuleType] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


@contextmanager
def _no_modules() -> Iterator[None]:
    """Keep ipykernel from looking at every module, for a debugger that no lesson has.

    A look at an object counts a reference, and so copies its page of memory: 5 MB of each kernel.
    """
    vars(ipkernel)["sys"] = _Sys()
    try:
        yield
    finally:
        vars(ipkernel)["sys"] = sys


def limit_memory_and_files() -> None:
    """Limit this process's memory, open files and written bytes."""
    _lower(resource.RLIMIT_DATA, _data() + MOST_MEMORY)
    _lower(resource.RLIMIT_NOFILE, MOST_OPEN_FILES)
    _lower(resource.RLIMIT_FSIZE, MOST_WRITTEN)
    _lower(resource.RLIMIT_CORE, 0)


def limit_time() -> None:
    """Allow `ANSWERS_WITHIN_S` more of processor time; called before each message."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + ANSWERS_WITHIN_S
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard == resource.RLIM_INFINITY or until <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def limit_processes() -> None:
    """Forbid starting other processes from now on; an audit hook cannot be removed.

    One alone may start: the reader of a statement (`simlib.statement.read.sandbox`), with nothing
    in its environment; it inherits the limits above and sets narrower ones.
    """
    sys.addaudithook(_refuse_process)


def _refuse_process(event: str, said: tuple[object, ...]) -> None:
    reader = (COMMAND_LINE[0], COMMAND_LINE, None, ENVIRONMENT)
    if event in STARTS and not (event == "subprocess.Popen" and said == reader):
        raise PermissionError(f"a kernel starts no process ({event})")


def _data() -> int:
    """Return this process's data size [bytes]."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0


def _lower(kind: int, most: int) -> None:
    """Set a limit unless a stricter one holds."""
    hard = resource.getrlimit(kind)[1]
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(kind, (most, most))
