"""The folder of one run: sockets, settings and temporary files, gone when the server is.

A server that was killed leaves its folder behind; the next start clears it away. Its lock, which
ends with the process, tells such a folder from one in use.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: no locks of this kind, and nothing is cleared away
    fcntl = None  # type: ignore[assignment]  # a module that may be missing has no type

PREFIX = "simlib-"
LOCK = "lock"
MOST_IPC_PATH = 107  # bytes of a Unix socket's address
IPC_NAME = "/simlib-12345678/voila_12345678/kernel-01234567-89ab-cdef-0123-456789abcdef-ipc-5"


@contextmanager
def folder_of_run() -> Iterator[Path]:
    """Make a fresh folder, after removing those of killed servers."""
    parent = Path(socket_folder() or tempfile.gettempdir())
    clear(parent)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        with open(folder / LOCK, "wb") as lock:
            if not _locks(lock) or not folder.is_dir():  # another start has taken it for an old one
                continue
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)  # Windows: some file is still open
            return


def clear(parent: Path) -> None:
    """Remove the folders of servers that are gone, only those of this user."""
    if fcntl is None:
        return
    for path in parent.glob(f"{PREFIX}*/{LOCK}"):
        with suppress(OSError), open(path, "r+b") as lock:
            if path.parent.stat().st_uid == os.getuid() and _locks(lock):
                shutil.rmtree(path.parent, ignore_errors=True)


def _locks(lock: IO[bytes]) -> bool:
    """Tell whether we get the lock."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def keep_to(folder: Path) -> None:
    """Make server and kernels write to this run's folder and ignore the operator's own settings.

    His IPython has start-up files, which would run in every lesson, and a history, which every
    lesson would open; his Jupyter may be set up for other work; and he may have no home at all.
    """
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    quiet = {"HistoryManager": {"enabled": False}}
    Path(profile, "ipython_config.json").write_text(json.dumps(quiet), "utf-8")
    os.environ["IPYTHONDIR"] = str(folder / "ipython")
    for kind in ("CONFIG", "DATA", "RUNTIME"):
        os.environ[f"JUPYTER_{kind}_DIR"] = str(folder / kind.lower())
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ.pop("PYTHONSTARTUP", None)


@cache
def socket_folder() -> str | None:
    """Return a folder whose path is short enough for kernels' sockets; None if there is none.

    The address of a Unix socket is short, and a folder for temporary files may lie deep.
    """
    candidates = (tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR"), "/tmp", "/var/tmp")
    short = [f for f in candidates if f and len(os.fsencode(f + IPC_NAME)) <= MOST_IPC_PATH]
    return next((folder for folder in short if os.access(folder, os.W_OK | os.X_OK)), None)
