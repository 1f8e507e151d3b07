"""From a slider's move until the chart is drawn anew, in pages that stay open side by side."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import replace

from tests.bench.serving import peers
from tests.bench.serving.peers import Site, tried
from tests.bench.serving.table import Row, at_most
from tests.bench.serving.visit import Sites, opened

MEDIAN_MS, P95_MS = 30, 50
MOVES = 20  # of each page in a round, so that 60 make a whole run
FIRST_DRAWN_MS = 1_500
# Move a slider, wait until the chart is drawn anew, note the milliseconds; again. The peers' charts
# say that they are drawn; the course's board is watched until one of its amounts reads otherwise.
# A native slider is set as a finger sets it; the peers' own take arrow keys.
MOVE = """async ([selector, first, moves]) => {
  const slider = document.querySelector(selector);
  const chart = document.querySelector('.js-plotly-plot');
  const board = document.querySelector('.stage-board');
  const amounts = () =>
    [...board.querySelectorAll('.board-amount')].map((each) => each.textContent).join();
  const afterwards = () => new Promise((done, failed) => {
    setTimeout(() => failed(new Error('the chart is not drawn anew')), 20000);
    if (chart) { chart.once('plotly_afterplot', () => done(performance.now())); return; }
    const before = amounts();
    const watch = new MutationObserver(() => {
      if (amounts() === before) return;
      watch.disconnect();
      done(performance.now());
    });
    watch.observe(board, { subtree: true, childList: true, characterData: true });
  });
  const [least, most] = [Number(slider.min), Number(slider.max)];
  const native = (turn) => {
    slider.value = least + (most - least) * 0.05 * (1 + turn % 19);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const arrow = (turn) => {
    const [key, keyCode] = Math.floor(turn / 5) % 2 ? ['ArrowLeft', 37] : ['ArrowRight', 39];
    slider.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, keyCode, bubbles: true }));
  };
  const times = [];
  for (let turn = first; turn < first + moves; turn++) {  // no two places alike in a row
    await new Promise((next) => setTimeout(next, 120));
    const drawn = afterwards();
    const start = performance.now();
    (slider.matches('input') ? native : arrow)(turn);
    times.push(await drawn - start);
  }
  return times;
}"""
SLIDERS = {
    "ours": '[data-id="cause"] input[type=range]',
    "deciding": '[data-id="base"] input[type=range]',
    "stock": ".noUi-handle",
    "dash": "[role=slider]",
}


def rows(browser, sites: Sites, rounds: int) -> Iterator[Row]:
    """Median and 95th percentile of lesson 01 and of lesson 05, beside the peers' own sliders."""
    shown = {name: site for name, site in sites.items() if name in SLIDERS}
    shown["deciding"] = replace(sites["ours"], path=peers.deciding_link())
    tries = {name: tried(name, _page, browser, site) for name, site in shown.items()}
    pages = {name: page for name, page in tries.items() if page}
    times: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(rounds):
        for name, page in pages.items():
            page.bring_to_front()
            moves = [SLIDERS[name], turn * MOVES, MOVES]
            times[name] += tried(name, page.evaluate, MOVE, moves) or []
    for page in pages.values():
        page.context.close()
    peer = {name: (_median(t), _p95(t)) for name, t in times.items() if t}
    nobody = (None, None)
    for what, name in (("lesson 01", "ours"), ("lesson 05", "deciding")):
        yield from _told(what, *(peer.get(each, nobody) for each in ("stock", "dash", name)))


def _told(what: str, stock: tuple, dash: tuple, ours: tuple) -> Iterator[Row]:
    for place, (kind, limit) in enumerate((("median", MEDIAN_MS), ("p95", P95_MS))):
        numbers = (stock[place], dash[place], ours[place])
        reached = at_most(ours[place], limit, stock[place])
        budget = f"≤ {limit}, ≤ stock"
        yield Row(f"f slider to redraw, {what}, {kind}, ms", *numbers, budget, reached)


def _page(browser, site: Site):
    page, _ = opened(browser, site.url(), chart=site.drawn)
    page.wait_for_timeout(FIRST_DRAWN_MS)
    return page


def _median(times: list[float]) -> float:
    return statistics.median(times)


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
