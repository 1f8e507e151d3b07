"""The course's home page inside a Jupyter server that we did not start (Binder, a hub, the lab)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simlib.server.template import EXTENSION_HOME

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "simlib.server.extension"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Add the home page, if the course lies below the folder this server shows."""
    from simlib.server import handlers  # a server without a course need not load Voilà here

    for prefix in ("course/", ""):
        root = Path(server.root_dir, prefix)
        if (root / "zh").is_dir() and (root / "en").is_dir():
            app = server.web_app
            app.settings.update(handlers.place(root, "zh", EXTENSION_HOME, prefix))
            address = f"{app.settings['base_url']}{EXTENSION_HOME}"
            app.add_handlers(".*$", [(address, handlers.HomeHandler)])
            return
