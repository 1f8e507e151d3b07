"""A lesson's kernel as the nursery forks it: ipykernel, half of it prepared, within limits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import MethodType, ModuleType
from typing import Any

from ipykernel import ipkernel
from ipykernel.compiler import XCachingCompiler
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.application import BaseIPythonApplication
from ipywidgets.comm import get_comm_manager

from simlib.server import limit


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
        self.parent_handle = 1  # nothing to poll, nothing to print: the nursery sees to its end
        self.capture_fd_output = False
        ZMQInteractiveShell.instance(
            parent=self, profile_dir=self.profile_dir, compiler_class=XCachingCompiler
        )

    def run(self, connection_file: str) -> None:
        """Be the kernel of this connection until it is shut down."""
        self.connection_file = connection_file
        limit.memory_and_files()
        self.initialize([])
        limit.processes()
        self.start()

    def init_kernel(self) -> None:
        """Make the kernel, and attach the prepared shell to it."""
        with _no_modules():
            super().init_kernel()
        self.kernel.shell.parent = self.kernel.shell.kernel = self.kernel
        for comm in get_comm_manager().comms.values():  # opened before there was a kernel
            comm.kernel = self.kernel  # without one it answers nothing
        hook = type(self.kernel).pre_handler_hook

        def before(kernel: object) -> None:
            limit.time()
            hook(kernel)

        self.kernel.pre_handler_hook = MethodType(before, self.kernel)

    def init_extensions(self) -> None:
        """Load none: no lesson stores variables between visits (`%store`)."""

    def init_code(self) -> None:
        """Run no code of a profile, and do not list the modules for `%reset -s aggressive`.

        The list counts a reference to each module's name, and so copies its page of memory.
        """
        shell = self.kernel.shell
        shell.user_ns_hidden.update(shell.user_ns)


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
