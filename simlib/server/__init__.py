"""`simlib serve`: the course in a browser. Voilà, configured by us, with our own page around it.

`template` installs the page, `pages` lists the lessons, `teacher_pages` has what teachers open,
`handlers` answers requests, `files` keeps the static files, `headers` says what a browser must
refuse, `app` runs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

__all__ = ["serve"]

# Jupyter loads jsonschema, which would build 38 grammars with it for a format that nothing here
# checks: two thirds of a server's start. To jsonschema the package is one that is not installed.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # as `import` has it


def serve(
    port: int = 8866,
    host: str = "127.0.0.1",
    lang: str | None = None,
    open_browser: bool = False,
    *,
    root: str | Path | None = None,
    places: int | None = None,
    forks: bool = True,
    base: str = "/",
    names: Sequence[str] = (),
) -> int:
    """Serve the course until Ctrl-C or SIGTERM; kernels end with it.

    Parameters
    ----------
    port
        1 to 65535, or 0 for any free port; the line printed at the start names it.
    host
        Address to listen on; ``0.0.0.0`` lets a class network in.
    lang
        Language of the lines printed and of the pages, ``zh`` or ``en``; if absent, the lines are
        Chinese, and the pages in the language that the reader's browser prefers.
    open_browser
        Whether to open the home page in this machine's browser.
    root
        Folder with ``zh/`` and ``en/`` notebooks; the shipped course if absent.
    places
        How many lessons may be open at once; as many as memory has room for if absent.
    forks
        Whether kernels are forked from one warm process, where the system can (Linux).
    base
        Path below which a reverse proxy shows the course, such as ``/fraud/``.
    names
        Names of the host by which a reverse proxy passes requests on, besides `localhost`.

    Returns
    -------
    int
        0, once stopped.

    Raises
    ------
    ServeError
        ``port-in-use``, ``bad-port``, ``bad-host``, ``bad-places``, ``bad-base``, ``bad-name``,
        ``missing-package`` or ``no-course``, before anything has started.
    """
    from simlib.server.app import run  # Voilà takes half a second to import: only who serves pays

    return run(
        port,
        host,
        lang,
        open_browser,
        root,
        places=places,
        forks=forks,
        base_url=base,
        names=names,
    )
