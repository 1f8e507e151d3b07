"""`python -m simlib.server.hub`: the course as a user's server on a JupyterHub.

The hub starts it for one user, tells it in the environment where to listen and below which path,
and says of each request whose it is (OAuth): whoever may not reach this user's server gets no page
and no socket. All else is `simlib serve`: a page says widgets' messages to its kernel and never
code, so that users of one account keep apart, too; `jupyterhub-singleuser` would give each of them
a terminal.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from urllib.parse import urlsplit

from jupyterhub.services.auth import HubOAuth
from jupyterhub.singleuser.extension import (
    JupyterHubAuthorizer,
    JupyterHubIdentityProvider,
    JupyterHubOAuthCallbackHandler,
)
from traitlets import Type

from simlib.errors import ServeError
from simlib.resources import LANGS
from simlib.server import routes
from simlib.server.app import CourseApp, run
from simlib.text import message

PORTS = {"http": 80, "https": 443}


class HubIdentity(JupyterHubIdentityProvider):
    """The hub's own check; Voilà also sets its token and login page, which a hub has no use for."""

    def __init__(self, **options: object) -> None:
        super().__init__(parent=options["parent"], log=options["log"])


class HubApp(CourseApp):
    """The course for one user of a hub."""

    identity_provider_class = Type(HubIdentity)
    authorizer_class = Type(JupyterHubAuthorizer)

    def init_settings(self) -> routes.Settings:
        """Return the course's settings; the hub's proxy passes on what name it was asked by."""
        return {**super().init_settings(), "allow_remote_access": True}

    def init_handlers(self) -> list[routes.Route]:
        """Return the course's routes and the one to which the hub sends who has logged in."""
        auth: HubOAuth = self.identity_provider.hub_auth
        back = (f"{self.server_url}oauth_callback", JupyterHubOAuthCallbackHandler)
        return [(*back, {"hub_auth": auth}), *super().init_handlers()]


def main(argv: list[str] | None = None) -> int:
    """Serve where the environment says.

    Raises
    ------
    ServeError
        ``no-hub``: no hub has started this.
    """
    parser = argparse.ArgumentParser(prog="python -m simlib.server.hub")
    parser.add_argument("--places", type=int, metavar="N")
    parser.add_argument("--lang", choices=LANGS)
    chosen = parser.parse_args(argv)
    where = urlsplit(os.environ.get("JUPYTERHUB_SERVICE_URL", ""))
    if where.scheme not in PORTS or not os.environ.get("JUPYTERHUB_API_TOKEN"):
        raise ServeError("no-hub")
    # of each request without `Sec-Fetch-Mode` the hub's part warns; failures are errors
    logging.getLogger("tornado.application").setLevel(logging.ERROR)
    return run(
        where.port or PORTS[where.scheme],
        where.hostname or "0.0.0.0",
        chosen.lang,
        open_browser=False,
        app_class=HubApp,
        places=chosen.places,
        base_url=os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/"),
    )


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ServeError as error:
        sys.exit(message(error))
