"""Kernels that are left when pages are reloaded, closed, or left before they are there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import serving
from tests.bench.serving import peers, process
from tests.bench.serving.peers import DRAWN, LIVE, Site
from tests.bench.serving.table import Row, at_most
from tests.bench.serving.visit import load, opened

CULL_AFTER_S = 20
PATIENCE_S = 60  # culling, and the time a kernel is kept for a page that has not come
LEAVES_AFTER_MS = 300
WHILE_LOADING_MS = (100, 300, 600, 900, 1_300, 1_700)
STOCK_SHARE = 5  # stock keeps every kernel: a fifth of the visits tells as much


def rows(browser, folder: Path, count: int) -> Iterator[Row]:
    """Kernels left of ours after a short culling time, and of stock Voilà, which culls none."""
    ours, stock = {}, {}
    place = folder / "leaving"
    place.mkdir()
    fewer = max(2, count // STOCK_SHARE)
    with peers.course(CULL_AFTER_S) as site:
        for what, act in ACTS.items():
            ours[what] = _left(browser, site, LIVE, act, count, PATIENCE_S)
    with peers.stock(place) as site:
        for what, act in ACTS.items():
            stock[what] = _left(browser, site, DRAWN, act, fewer, 5)
    for what in ACTS:
        told = f"g kernels left after {count} {what} (stock: {fewer})"
        yield Row(told, stock[what], None, ours[what], "0", at_most(ours[what], 0))


def _left(browser, site: Site, ready: str, act: Callable, count: int, patience: float) -> int:
    """How many more kernels there are than before, once they have had time to end."""
    before = len(process.kernels(site.pid))
    page, _ = opened(browser, "about:blank")
    act(page, site.url(), ready, count)
    page.context.close()
    start = time.monotonic()
    serving.eventually(lambda: len(process.kernels(site.pid)) <= before, patience)
    print(f"{site.name}: {act.__name__[1:]}, {count} times; {time.monotonic() - start:.0f} s after")
    return max(0, len(process.kernels(site.pid)) - before)


def _reload(page, url: str, ready: str, count: int) -> None:
    """Each time once the page is live."""
    for _ in range(count):
        load(page, url, ready=ready)
    _close(page)


def _reload_while_loading(page, url: str, ready: str, count: int) -> None:
    """Each time before the page is live, and the last stays until it is."""
    load(page, url, ready=ready)
    for turn in range(count):
        page.evaluate("setTimeout(() => location.reload())")
        page.wait_for_timeout(WHILE_LOADING_MS[turn % len(WHILE_LOADING_MS)])
    load(page, url, ready=ready)
    _close(page)


def _close_tabs(page, url: str, ready: str, count: int) -> None:
    """Each time once the page is live."""
    for _ in range(count):
        tab = page.context.new_page()
        load(tab, url, ready=ready)
        _close(tab)


def _leave_early(page, url: str, _: str, count: int) -> None:
    """Each time while the server is still at work."""
    for _turn in range(count):
        tab = page.context.new_page()
        tab.evaluate("url => { setTimeout(() => { location.href = url; }); }", url)
        tab.wait_for_timeout(LEAVES_AFTER_MS)
        _close(tab)


def _close(page) -> None:
    """As a reader closes a tab: the page hears of it."""
    with page.expect_event("close"):
        page.close(run_before_unload=True)


ACTS = {
    "reloads": _reload,
    "reloads while loading": _reload_while_loading,
    "closed tabs": _close_tabs,
    "visitors who leave after 0.3 s": _leave_early,
}
