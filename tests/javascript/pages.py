"""Run tests of drawing in a browser without a server; print by file what was wrong, as JSON.

A process of its own: Playwright may be at work already where pytest runs.
"""

from __future__ import annotations

import json
import mimetypes
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
HERE = "http://tests.invalid/"
BLANK = "<!DOCTYPE html><html lang='zh-CN'><meta charset='utf-8'><body></body></html>"
TOLD = "file => import('/tests/javascript/page.mjs').then(page => page.told(file))"


def answer(route) -> None:
    """A file of the repository, or the blank page."""
    path = ROOT / urlsplit(route.request.url).path.removeprefix("/")
    if path.is_file():
        kind, _ = mimetypes.guess_type(path)
        script = path.suffix in {".js", ".mjs"}
        route.fulfill(body=path.read_bytes(), content_type="text/javascript" if script else kind)
    else:
        route.fulfill(body=BLANK, content_type="text/html")


def main(files: list[str]) -> None:
    """Each file in a page of its own."""
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        said = {}
        for file in files:
            page = browser.new_context().new_page()
            page.route("**/*", answer)
            page.goto(HERE)
            said[file] = page.evaluate(TOLD, file)
        print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1:])
