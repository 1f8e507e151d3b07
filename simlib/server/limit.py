"""What one kernel may take: memory, time for an answer, files, and no process but a reader's.

Limits of the operating system where it has them; they hold for root, too. A kernel that wants
more memory gets a `MemoryError`, which the lab answers as any other refusal; one that works on
without an answer is ended, and its page offers to open again.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from simlib.statement.read.sandbox import COMMAND_LINE, ENVIRONMENT

MOST_MEMORY = 512 * 2**20  # bytes above what the nursery has; a lesson takes 5 %
MOST_OPEN_FILES = 256
MOST_WRITTEN = 16 * 2**20  # bytes of one file; a kernel writes none
ANSWERS_WITHIN_S = 60  # of processor time for one message
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


def memory_and_files() -> None:
    """Limit this process's memory, open files and written bytes."""
    _lower(resource.RLIMIT_DATA, _data() + MOST_MEMORY)
    _lower(resource.RLIMIT_NOFILE, MOST_OPEN_FILES)
    _lower(resource.RLIMIT_FSIZE, MOST_WRITTEN)
    _lower(resource.RLIMIT_CORE, 0)


def time() -> None:
    """Allow `ANSWERS_WITHIN_S` more of processor time; called before each message."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + ANSWERS_WITHIN_S
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard == resource.RLIM_INFINITY or until <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def processes() -> None:
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
