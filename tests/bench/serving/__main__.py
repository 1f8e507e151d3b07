"""The budgets of serving a class: the course beside stock Voilà and Dash, in one run.

python -m tests.bench.serving [--quick] [--rows a,c,d]      needs chromium; asserts no figure

Rows: a first chart · b the bet · c thirty at once · d their memory · e bytes · f slider to redraw
· g kernels left · h processor time. Prints a table with the budgets, and writes the same to
`artefacts/bench-serving.json`. A whole run takes about 15 minutes; MB are 10⁶ bytes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.serving import crowd, leave, peers, redraw, table, traffic, visit

ROWS = "abcdefgh"
CROWD = 30
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync", "--disable-default-apps"]  # fmt: skip


def main() -> None:
    """Measure what is asked for, print, write."""
    asked = _options()
    wanted, quick, start = set(asked.rows), asked.quick, time.monotonic()
    loads, names, rows = [os.getloadavg()[0]], {}, []
    try:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), wanted, quick, names, rows)
    finally:  # a run is long: what there is by then is told whatever happens
        loads.append(os.getloadavg()[0])
        rows = sorted((row for row in rows if row.what[0] in wanted), key=lambda row: row.what[0])
        print("\n" + table.show(rows))
        traffic.show(names)
        minutes = (time.monotonic() - start) / 60
        print(f"\n{os.cpu_count()} processors, load {loads[0]:.1f}–{loads[1]:.1f}, "
              f"{minutes:.0f} min")  # fmt: skip
        print(table.save(rows, names=names, load=loads, minutes=minutes))


def _measure(folder: Path, wanted: set[str], quick: bool, names: dict, rows: list) -> None:
    """Add the rows as they come."""
    if wanted & set("abefh"):
        with _sites(folder) as (sites, browser):
            rows.extend(_told(_pages(sites, browser, wanted, quick, names)))
    if wanted & set("cd"):
        rows.extend(_told(crowd.rows(folder, CROWD, 1 if quick else 3)))
    if "g" in wanted:
        with _chromium() as browser:
            rows.extend(_told(leave.rows(browser, folder, 5 if quick else 50)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench.serving", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, five reloads")
    parser.add_argument("--rows", type=_letters, default=ROWS, help="letters, e.g. a,c,d")
    return parser.parse_args()


def _letters(text: str) -> str:
    letters = text.replace(",", "")
    if not letters or set(letters) - set(ROWS):
        raise argparse.ArgumentTypeError(f"rows are the letters {ROWS}")
    return letters


def _told(rows: Iterable[table.Row]) -> Iterator[table.Row]:
    """The rows, each said as soon as it is there: a run is long."""
    for row in rows:
        print(f"{row.what}: {table.number(row.ours)}", flush=True)
        yield row


def _pages(
    sites: visit.Sites, browser, wanted: set[str], quick: bool, names: dict
) -> Iterator[table.Row]:
    """Everything that one visitor at a time can tell."""
    if wanted & set("abh"):
        yield from visit.rows(browser, sites, 3 if quick else 5)
    if "e" in wanted:
        yield from traffic.rows(browser, sites, names)
    if "f" in wanted:
        yield from redraw.rows(browser, sites, 1 if quick else 3)


@contextmanager
def _sites(folder: Path) -> Iterator[tuple[visit.Sites, object]]:
    """The servers that are visited one at a time, and a browser."""
    with ExitStack() as held:
        sites = {"ours": held.enter_context(peers.course())}
        others = {"stock": peers.stock(folder), "dash": peers.dash(),
                  "preheated": peers.stock(folder, preheated=True)}  # fmt: skip
        for name, running in others.items():
            sites[name] = peers.tried(name, held.enter_context, running)
        browser = held.enter_context(_chromium())
        yield {name: site for name, site in sites.items() if site is not None}, browser


@contextmanager
def _chromium() -> Iterator[object]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
