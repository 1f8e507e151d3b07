"""What every answer of `simlib serve` tells the browser to refuse."""

from __future__ import annotations

import base64
import hashlib
import re

from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import GZipContentEncoding, OutputTransform

from simlib.server.template import GUARD

HEARTBEAT = "window.voila_heartbeat()"  # Voilà writes it into a page whose kernel takes long
HOST = re.compile(r"[\w.-]+(:\d+)?|\[[0-9a-fA-F:.]+\](:\d+)?")
SAME_SITE = {"samesite": "Lax"}


class Guarded(OutputTransform):
    """Add the headers to every answer."""

    def __init__(self, request: HTTPServerRequest) -> None:
        self._host = request.host

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Return the answer's head with our headers."""
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        if headers.get("Content-Type", "").startswith("text/html"):
            headers["Content-Security-Policy"] = policy(self._host)
            headers.setdefault("Cache-Control", "no-cache")
        return status_code, headers, chunk


TRANSFORMS = (Guarded, GZipContentEncoding)


def policy(host: str) -> str:
    """Return the content security policy of a page, for a server reached as `host`.

    Widgets are modules from `blob:` addresses. JupyterLab's parts and plotly.js write their style
    sheets into the page, and words carry colours as attributes: no hash can name those, so style
    (which runs nothing) may be inline. Inline scripts are two, each named by its hash.
    """
    scripts = " ".join(f"'sha256-{_digest(script)}'" for script in (GUARD, HEARTBEAT))
    # a browser that does not count its own websockets as 'self' (Safari before 15.4) needs them
    sockets = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' blob: {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{sockets}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
