"""One visitor at a time on a warm server: until the chart is drawn, and what that costs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from playwright.sync_api import Error

from tests.bench.serving import peers, process
from tests.bench.serving.peers import LIVE, Site, tried
from tests.bench.serving.table import Row, below

Sites = dict[str, Site]
Found = dict[tuple[str, str], list[float]]  # site and what → one number a visit
DESKTOP = {"width": 1280, "height": 900}
PATIENCE_S, LOOK_MS = 120, 100
BET = "[data-id=commit]"
# Notes when each element is first to be seen, in seconds since the visit began.
WATCH = """wanted => {
  const seen = window.benchSeen = {};
  window.benchWhole = () => Object.keys(wanted).every((name) => name in seen);
  const look = () => {
    for (const [name, selector] of Object.entries(wanted)) {
      const box = name in seen ? null : document.querySelector(selector)?.getBoundingClientRect();
      if (box && (box.width || box.height)) seen[name] = performance.now() / 1000;
    }
    requestAnimationFrame(look);
  };
  look();
}"""
# Answers the bet of lesson 01 as soon as its form has come, before any kernel can have.
EARLY = """() => {
  const answer = () => {
    const form = document.querySelector('form[data-bet]');
    const button = document.querySelector('[data-id=commit]');
    if (!form || !button) { requestAnimationFrame(answer); return; }
    const chosen = ['civil-code:1169', 'judgment'].map((each) => `[value="${each}"]`);
    for (const each of chosen) form.querySelector(each).click();
    const amount = form.querySelector('input[type=number]');
    amount.value = '100';
    const said = ['input', 'change'].map((each) => new Event(each, { bubbles: true }));
    for (const each of said) amount.dispatchEvent(each);
    button.click();
  };
  answer();
}"""


def opened(browser, url: str, script: str = "", **wanted: str):
    """A page in a context of its own, once all that is wanted is seen; and when each was [s]."""
    page = watched(browser.new_context(viewport=DESKTOP, locale="zh-CN"), **wanted)
    if script:
        page.add_init_script(f"({script})()")
    try:
        return page, load(page, url)
    except (Error, TimeoutError):
        page.context.close()
        raise


def watched(context, **wanted: str):
    """A tab whose pages note when they first show the elements wanted."""
    page = context.new_page()
    listed = ", ".join(f"{name}: {selector!r}" for name, selector in wanted.items())
    page.add_init_script(f"({WATCH})({{{listed}}})")
    return page


def load(page, url: str) -> dict[str, float]:
    """Go to an address in a tab that is watched; when each of the elements was seen [s]."""
    page.goto(url, wait_until="commit", timeout=PATIENCE_S * 1000)
    return whole(page)


def whole(page) -> dict[str, float]:
    """Wait for all that is wanted; when each was seen, since the visit began [s].

    Playwright's own waiting needs `eval`, which the course's security policy forbids.
    """
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with suppress(Error):  # one document replaces another just now
            if page.evaluate("window.benchWhole?.()"):
                return page.evaluate("benchSeen")
        page.wait_for_timeout(LOOK_MS)
    raise TimeoutError(page.url)


def rows(browser, sites: Sites, rounds: int) -> Iterator[Row]:
    """First chart, live lab, question, processor time: medians of interleaved visits."""
    plan = _plan(sites)
    found: Found = {}
    for turn in range(-1, rounds):  # the first warms up, and does not count
        for visited in list(plan):
            seen = tried(visited[0], _visit, browser, *visited)
            if seen is None:  # nor will the next round wait for it
                plan.remove(visited)
            for what, number in (seen or {}).items() if turn >= 0 else ():
                found.setdefault((visited[0], what), []).append(number)
    middle = {key: statistics.median(numbers) for key, numbers in found.items()}
    yield from _told(middle, rounds)


def _plan(sites: Sites) -> list[tuple[str, Site, dict[str, str]]]:
    """Who is visited in each round, and what for."""
    plan = []
    for name, site in sites.items():
        plan.append(
            (name, site, {"chart": site.drawn} | ({"live": LIVE} if name == "ours" else {}))
        )
    plain = replace(sites["ours"], path=peers.COURSE.format("01-case"))
    return [
        *plan,
        ("plain", plain, {"bet": BET}),
        ("early", plain, {"chart": plain.drawn, "live": LIVE}),
    ]


def _visit(browser, name: str, site: Site, wanted: dict[str, str]) -> dict[str, float]:
    """When things were seen, and what server and kernel spent on it until all was quiet."""
    before = process.settled(site.pid)
    page, seen = opened(browser, site.url(), EARLY if name == "early" else "", **wanted)
    seen["processor"] = process.settled(site.pid) - before
    page.context.close()
    process.settled(site.pid)
    return seen


def _told(middle: dict[tuple[str, str], float], rounds: int) -> Iterator[Row]:
    dash, ours = middle.get(("dash", "chart")), middle.get(("ours", "chart"))
    live, cold = middle.get(("ours", "live")), middle.get(("stock", "chart"))
    note = f"median of {rounds}, s"
    budget = "< Dash's chart"
    preheated = middle.get(("preheated", "chart"))
    yield Row(f"a first chart (stock preheated), {note}", preheated, dash, ours, budget,
              below(ours, dash))  # fmt: skip
    yield Row(f"a lab live, {note}", None, dash, live, budget, below(live, dash))
    yield Row(f"a first chart, stock not preheated, {note}", cold)
    bet, early = middle.get(("plain", "bet")), middle.get(("early", "live"))
    yield Row(f"b ready to bet (no link), {note}", None, dash, bet, budget, below(bet, dash))
    yield Row(f"b a bet sent at once, until the lab is live, {note}", None, dash, early, budget,
              below(early, dash))  # fmt: skip
    spent = [middle.get((name, "processor")) for name in ("stock", "dash", "ours")]
    yield Row(f"h processor time a visit, median of {rounds}, s", *spent)
