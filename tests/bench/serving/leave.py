"""Kernels that are left when pages are reloaded, closed, or left before they are there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Error

from tests import serving
from tests.bench.serving import peers, process
from tests.bench.serving.peers import LIVE, PLOTTED, Site, tried
from tests.bench.serving.table import Row, at_most
from tests.bench.serving.visit import load, watched, whole

CULL_AFTER_S = 20
PATIENCE_S = 60  # culling, and the time a kernel is kept for a page that has not come
LEAVES_AFTER_MS = 300
WHILE_LOADING_MS = (100, 300, 600, 900, 1_300, 1_700)
STOCK_PATIENCE_S = 5  # it culls none
STOCK_SHARE = 5  # stock keeps every kernel: a fifth of the visits tells as much


def rows(browser, folder: Path, count: int) -> Iterator[Row]:
    """Kernels left of ours after a short culling time, and of stock Voilà, which culls none."""
    place = folder / "leaving"
    place.mkdir()
    fewer = max(2, count // STOCK_SHARE)
    running = peers.course(CULL_AFTER_S)
    ours = tried("ours", _all_left, browser, running, LIVE, count, PATIENCE_S) or {}
    running = peers.stock(place)
    stock = tried("stock", _all_left, browser, running, PLOTTED, fewer, STOCK_PATIENCE_S) or {}
    for what in ACTS:
        left, theirs = ours.get(what, (None,))[0], stock.get(what, (None,))[0]
        told = f"g kernels left after {count} {what} (stock: {fewer})"
        yield Row(told, theirs, None, left, "0", at_most(left, 0))
    longest = max((seconds for _, seconds in ours.values()), default=None)
    yield Row(f"g longest until none was left, culled after {CULL_AFTER_S} s, s", ours=longest)


def _all_left(
    browser, running: AbstractContextManager[Site], ready: str, count: int, patience: float
) -> dict[str, tuple[int, float]]:
    """For each way to leave, how many kernels are left and how long that was waited for [s]."""
    found = {}
    with running as site:
        for what, act in ACTS.items():
            left = tried(site.name, _left, browser, site, ready, act, count, patience)
            if left:
                found[what] = left
    return found


def _left(
    browser, site: Site, ready: str, act: Callable, count: int, patience: float
) -> tuple[int, float]:
    """How many more kernels there are than before, and how long that was waited for [s]."""
    before = len(process.kernels(site.pid))
    context = browser.new_context(locale="zh-CN")
    act(context, site.url(), ready, count)
    context.close()
    start = time.monotonic()
    serving.eventually(lambda: len(process.kernels(site.pid)) <= before, patience)
    left = max(0, len(process.kernels(site.pid)) - before)
    waited = time.monotonic() - start
    print(f"{site.name}, {count} times {act.__name__[1:]}: {left} left {waited:.0f} s after")
    return left, waited


def _reload(context, url: str, ready: str, count: int) -> None:
    """Each time once the page is live."""
    page = watched(context, ready=ready)
    load(page, url)
    for _ in range(count):
        page.reload(wait_until="commit")
        whole(page)
    _close(page)


def _reload_while_loading(context, url: str, ready: str, count: int) -> None:
    """Each time before the page is live."""
    page = watched(context, ready=ready)
    load(page, url)
    wire = context.new_cdp_session(page)
    for turn in range(count):
        serving.eventually(lambda: _asks_again(wire))
        page.wait_for_timeout(WHILE_LOADING_MS[turn % len(WHILE_LOADING_MS)])
    whole(page)
    _close(page)


def _asks_again(wire) -> bool:
    """Reload without waiting for what is asked for; not while one document replaces another."""
    try:
        wire.send("Page.reload")
    except Error:
        return False
    return True


def _close_tabs(context, url: str, ready: str, count: int) -> None:
    """Each time once the page is live."""
    for _ in range(count):
        page = watched(context, ready=ready)
        load(page, url)
        _close(page)


def _leave_early(context, url: str, _: str, count: int) -> None:
    """Each time while the server is still at work, or the page has just come."""
    for _turn in range(count):
        alone = context.browser.new_context()  # a tab alone may not close while a page comes
        page = alone.new_page()
        page.evaluate("url => { setTimeout(() => { location.href = url; }); }", url)
        page.wait_for_timeout(LEAVES_AFTER_MS)
        alone.close()


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
