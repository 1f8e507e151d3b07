"""Browsers that open a lesson at once on a machine slowed down: `python -m starved` in `tests/`.

Each answers the bet at once. In the end it has its stage, or the page says in a sentence that it
has none and offers a way on; exit 1 if one has neither.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from statistics import median

import serving
from browser.conftest import DESKTOP, FLAGS
from browser.pages import LESSONS
from playwright.async_api import Browser, Page, TimeoutError, async_playwright

LESSON = LESSONS.format("zh", "01-case")
BUSY = "while True: pass"
ARRIVES_S = 300  # the question, on a machine with other work
NEITHER, STAGE = "neither", "stage"  # or "sentence"; "blank": nothing of the page ever came
ANSWER = """form => {
    for (const asked of form.querySelectorAll('fieldset')) asked.querySelector('input').click();
    for (const amount of form.querySelectorAll('input[type=number]')) {
        amount.value = String(amount.max / 2);
        amount.dispatchEvent(new Event('input', { bubbles: true }));
    }
    form.querySelector('[data-id=commit]').click();
}"""
SHOWN = """() => document.querySelector('.board-row [data-say]')?.checkVisibility() ? 'stage'
    : document.querySelector('#course-lost:not([hidden]) button') ? 'sentence' : 'neither'"""


async def open_once(browser: Browser, address: str, throttle: float, patience: float):
    """One opening: what the reader has in the end, and after how many seconds [s] since the bet."""
    context = await browser.new_context(viewport=DESKTOP, locale="zh-CN")
    page = await context.new_page()
    if throttle > 1:
        session = await context.new_cdp_session(page)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
    try:
        await page.goto(address, wait_until="commit", timeout=1000 * ARRIVES_S)
        form = page.locator("form[data-bet]")
        await form.locator("[data-id=commit]").wait_for(timeout=1000 * ARRIVES_S)
        await form.evaluate(ANSWER)
        return await _watch(page, patience)
    except TimeoutError:
        return "blank", 0.0, 0.0
    finally:
        await context.close()


async def _watch(page: Page, patience: float) -> tuple[str, float, float]:
    """What is there in the end, when it came, and the longest time without stage and sentence."""
    begun = quiet = time.monotonic()
    longest = 0.0
    while True:
        shown, now = await page.evaluate(SHOWN), time.monotonic()
        quiet = quiet if shown == NEITHER else now
        longest = max(longest, now - quiet)
        if shown == STAGE or now - begun > patience:
            return shown, now - begun, longest
        await asyncio.sleep(0.5)


@contextmanager
def slowed(busy: int):
    """Let so many processes do nothing as fast as they can."""
    running = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(busy)]
    yield
    for each in running:
        each.kill()
        each.wait()


async def run(url: str, asked: argparse.Namespace) -> list[tuple[str, float, float]]:
    """All rounds; what each opening came to."""
    found = []
    async with async_playwright() as driver:
        start, where = driver.chromium.launch, shutil.which("chromium")
        browsers = [await start(executable_path=where, args=FLAGS) for _ in range(asked.browsers)]
        with slowed(asked.busy):
            for number in range(1, asked.rounds + 1):
                visits = [
                    open_once(each, url + LESSON, asked.throttle, asked.patience)
                    for each in browsers
                ]
                found += await asyncio.gather(*visits)
                print(f"round {number}:", dict(Counter(shown for shown, _, _ in found)), flush=True)
        for each in browsers:
            await each.close()
    return found


parser = argparse.ArgumentParser(prog="starved", description=__doc__)
parser.add_argument("--browsers", type=int, default=8, help="at once")
parser.add_argument("--rounds", type=int, default=20)
parser.add_argument("--busy", type=int, default=4, help="processes that take the processor")
parser.add_argument("--throttle", type=float, default=4.0, help="how much slower each page is")
parser.add_argument("--patience", type=float, default=60.0, help="seconds from bet to verdict")

if __name__ == "__main__":
    asked = parser.parse_args()
    server = serving.start([sys.executable, "-m", "simlib", "serve", "--port", "0"])
    try:
        found = asyncio.run(run(server.url, asked))
    finally:
        code, said = server.stop(patience=60)
    counts = Counter(shown for shown, _, _ in found)
    times = [seconds for shown, seconds, _ in found if shown == STAGE]
    if times:
        print(f"from bet to stage: median {median(times):.0f} s, at most {max(times):.0f} s")
    print(f"longest without stage or sentence: {max(quiet for _, _, quiet in found):.0f} s")
    sys.exit(bool(counts[NEITHER] or counts["blank"] or code or "Traceback" in said))
