"""Lesson 01 against a stock Voilà page with a FigureWidget, in one run: bytes and slider to redraw.

python -m tests.bench.page          needs chromium; prints a table, asserts nothing
"""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

from tests import serving

STOCK = """import ipywidgets as w, plotly.graph_objects as go
figure = go.FigureWidget([go.Bar(x=list('abcdefg'), y=[1] * 7)])
knob = w.FloatSlider(min=0, max=1, step=0.05, description='k')
knob.observe(lambda c: figure.data[0].update(y=[c.new] * 7), 'value')
w.VBox([knob, figure])"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
REDRAW = """async ([selector, values]) => {
  const slider = document.querySelector(selector);
  const chart = document.querySelector('.js-plotly-plot');
  const times = [];
  for (const value of values) {
    await new Promise((next) => setTimeout(next, 120));
    const drawn = new Promise((done) => {
      chart.once('plotly_afterplot', () => done(performance.now()));
    });
    const start = performance.now();
    slider.value = value;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    times.push(await drawn - start);
  }
  return times;
}"""


# The same until every chart of the page has been drawn anew.
REDRAW_ALL = REDRAW.replace(
    "const chart = document.querySelector('.js-plotly-plot');",
    "const charts = [...document.querySelectorAll('.js-plotly-plot')];",
).replace(
    """new Promise((done) => {
      chart.once('plotly_afterplot', () => done(performance.now()));
    });""",
    """Promise.all(charts.map((chart) => new Promise((done) => {
      chart.once('plotly_afterplot', () => done(performance.now()));
    }))).then((times) => Math.max(...times));""",
)


class Page:
    """Bytes of one visit: what came as files (as on the wire) and over the websocket."""

    def __init__(self, browser, url: str, ready: str) -> None:
        self.files = self.socket = self.opening = 0
        self.page = browser.new_context().new_page()
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", self._file)
        self.page.on("websocket", lambda s: s.on("framereceived", self._frame))
        self.page.goto(url)
        self.page.locator(ready).first.wait_for(timeout=120_000)

    def _file(self, event: dict) -> None:
        self.files += int(event["encodedDataLength"])

    def _frame(self, frame: str | bytes) -> None:
        self.socket += len(frame)


def ours(browser, url: str) -> tuple[Page, list[float]]:
    """Lesson 01, opened; the slider of k moved."""
    page = Page(browser, url + "voila/render/zh/01-case.ipynb", "[data-id=commit]")
    page.page.locator("[data-id=commit]").click()
    page.page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
    page.page.wait_for_timeout(1_500)
    page.opening = page.socket
    values = [0.05 * (1 + n % 19) for n in range(60)]
    return page, page.page.evaluate(REDRAW, ['[data-id="limit"] input[type=range]', values])


def deciding(browser, url: str) -> tuple[Page, list[float]]:
    """Lesson 05 at the teaching setting; push is moved: path, tornado and map are drawn anew."""
    page = Page(browser, url + "voila/render/zh/05-riskbenefit.ipynb", "[data-id=open]")
    page.page.locator("[data-id=open]").click()
    page.page.locator(".js-plotly-plot .main-svg").nth(2).wait_for(timeout=60_000)
    page.page.wait_for_timeout(1_500)
    page.opening = page.socket
    page.page.locator('[data-id="position"] label').nth(1).click()
    page.page.wait_for_timeout(1_500)
    values = [0.05 * (1 + n % 19) for n in range(60)]
    return page, page.page.evaluate(REDRAW_ALL, ['[data-id="push"] input[type=range]', values])


def stock(browser, url: str) -> Page:
    """The stock page; its slider is no native control, so only its bytes are comparable."""
    page = Page(browser, url + "voila/render/stock.ipynb", ".js-plotly-plot .main-svg")
    page.page.wait_for_timeout(1_500)
    page.opening = page.socket
    return page


def _said(what: str, times: list[float]) -> None:
    times = sorted(times)
    print(
        f"{what}, ms: median {statistics.median(times):.1f},"
        f" p95 {times[int(len(times) * 0.95)]:.1f}"
    )


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> None:
    """Serve both, open both, print."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(STOCK)])
        book.metadata.kernelspec = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        nbformat.write(book, Path(folder, "stock.ipynb"))
        port = serving.free_port()
        served = [
            serving.start(
                [sys.executable, "-m", "simlib", "serve", "--port", str(serving.free_port())]
            )
        ]
        plain = subprocess.Popen(
            [sys.executable, "-m", "voila", folder, f"--port={port}", "--no-browser"],
            stderr=subprocess.DEVNULL,
        )
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        try:
            serving.eventually(lambda: _listens(port), 60)
            lesson, times = ours(browser, served[0].url)
            fifth, both = deciding(browser, served[0].url)
            other = stock(browser, f"http://127.0.0.1:{port}/")
        finally:
            browser.close()
            plain.terminate()
            served[0].stop()
    print(f"{'':24}{'lesson 01':>14}{'stock page':>14}")
    print(f"{'files, first visit, MB':24}{lesson.files / 1e6:14.2f}{other.files / 1e6:14.2f}")
    print(f"{'websocket, opening, MB':24}{lesson.opening / 1e6:14.3f}{other.opening / 1e6:14.3f}")
    _said("slider to redraw", times)
    _said("lesson 05, path, tornado and map", both)
    print(f"{'websocket, opening 05, MB':24}{fifth.opening / 1e6:14.3f}")


if __name__ == "__main__":
    main()
