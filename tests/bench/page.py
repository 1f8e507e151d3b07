"""How long a lesson's page is, and how near its chart lies to the hand: a table for each lesson.

`python -m tests.bench.page [--lang zh en] [--lesson 01-case …]`. What each column counts:

- before: letters above the first control of the bet (without the page's bar)
- open: letters shown below the bet once it is sent, folds closed
- prose: of those, the ones outside tables, pictures, controls and exercises
- 1280, 390: height of the page then, on a desktop and on a phone [px]
- buttons: those of the stage that are shown, without those of knobs and of tables
- knobs: those that lie open
- in view: of those, how many leave three rows of the chart (half of it, where it has no rows) in
  sight while they are moved, at 1280 × 800 and at 390 × 844
- tabs: how often Tab is pressed from the bet's button to the first number
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

import serving  # noqa: E402  both lie beside this folder
from browser.measure import (  # noqa: E402
    after,
    before,
    buttons,
    height,
    knobs_in_view,
    main_knobs,
    prose,
    tabs_to_number,
)
from browser.pages import LESSONS, WAIT_MS  # noqa: E402
from browser.stage import send_bet  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from simlib.lessons import names  # noqa: E402

DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
COLUMNS = ("before", "open", "prose", "1280", "390", "buttons", "knobs", "in view", "tabs")


def open_lesson(browser, url: str, lang: str, name: str, viewport: dict):
    """A lesson with its bet still open, in a browser of its own."""
    page = browser.new_context(viewport=viewport, locale="zh-CN").new_page()
    page.goto(url + LESSONS.format(lang, name))
    page.locator("[data-id=commit]").wait_for(timeout=WAIT_MS)
    return page


def measure(browser, url: str, lang: str, name: str) -> dict[str, object]:
    """One line of the table."""
    found: dict[str, object] = {}
    page = open_lesson(browser, url, lang, name, DESKTOP)
    found["before"] = before(page)
    found["tabs"] = tabs_to_number(page)
    send_bet(page)
    found |= {
        "open": after(page),
        "prose": prose(page),
        "1280": height(page),
        "buttons": buttons(page),
    }
    found["knobs"] = len(main_knobs(page))
    wide = knobs_in_view(page)
    page.context.close()
    page = open_lesson(browser, url, lang, name, PHONE)
    send_bet(page)
    found["390"], narrow = height(page), knobs_in_view(page)
    page.context.close()
    found["in view"] = f"{sum(wide.values())}/{len(wide)}, {sum(narrow.values())}/{len(narrow)}"
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lang", nargs="+", default=["zh", "en"])
    parser.add_argument("--lesson", nargs="+", default=names())
    asked = parser.parse_args()
    server = serving.start(
        [sys.executable, "-m", "simlib", "serve", "--port", str(serving.free_port())]
    )
    print("| lesson | " + " | ".join(COLUMNS) + " |\n" + "|---" * (len(COLUMNS) + 1) + "|")
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            for name in asked.lesson:
                for lang in asked.lang:
                    found = measure(browser, server.url, lang, name)
                    line = " | ".join(str(found[column]) for column in COLUMNS)
                    print(f"| {name} {lang} | {line} |", flush=True)
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
