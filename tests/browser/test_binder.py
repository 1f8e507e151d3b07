"""What a Binder link does, in a clean environment: pins, postBuild, Voilà in a Jupyter server."""

from __future__ import annotations

from contextlib import suppress

import pytest
import serving
from browser.hub import BASE, OPEN, address, charted
from browser.pages import stays_connected
from playwright.sync_api import TimeoutError

PACK_SIZES = """(({ encodedBodySize, decodedBodySize }) => [encodedBodySize, decodedBodySize])(
    performance.getEntriesByType('resource').find(entry => entry.name.endsWith('/pack.js')))"""

pytestmark = pytest.mark.night


def test_the_binder_link_opens_the_lesson_with_its_charts(hub, desktop):
    """Under a base URL the lesson draws, and knows its home page, its twin and no other host.

    Its files are kept and compressed here too; the policy is the server's own.
    """
    page = desktop.goto(address(hub, "voila/render/course/zh/01-case.ipynb"))
    assert page.headers["content-security-policy"].startswith("frame-ancestors 'self'; report-uri")
    charted(desktop)
    assert desktop.get_attribute("html", "lang") == "zh-CN"
    assert _not_kept(desktop) == []
    packed, whole = desktop.evaluate(PACK_SIZES)
    assert 0 < packed * 3 < whole
    desktop.click("text=首页")
    desktop.wait_for_selector(".home-lessons")
    assert desktop.url.split("?")[0].endswith(f"{BASE}course/")
    desktop.click(".home-lessons a >> nth=0")
    desktop.click("#course-other")
    charted(desktop)
    assert desktop.get_attribute("html", "lang") == "en"


def _not_kept(page):
    """The scripts and style sheets that did not come from the folder of kept files."""
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    files = [url for url in asked if url.endswith((".js", ".css"))]
    assert files
    return [url for url in files if f"{BASE}course/kept/" not in url]


def test_a_reload_in_a_jupyter_server_leaves_one_kernel(hub, desktop):
    """Leaving a page ends its kernel here too."""
    desktop.goto(address(hub, "voila/render/course/zh/01-case.ipynb"))
    charted(desktop)
    before = len(serving.kernels_below(hub.process.pid))
    desktop.reload()
    charted(desktop)
    assert serving.eventually(lambda: len(serving.kernels_below(hub.process.pid)) <= before)


def test_jupyterlab_draws_the_same_notebook(hub, open_page, watch):
    """`make lab`: the notebook run in JupyterLab shows the same chart."""
    watch.allow(".")  # JupyterLab's own console is not ours
    page = open_page()
    # on a busy machine JupyterLab may ask something first, e.g. which kernel: its proposal is taken
    asked = page.locator("dialog.jp-Dialog")
    page.add_locator_handler(asked, lambda dialog: dialog.locator(".jp-mod-accept").last.click())
    page.goto(address(hub, "lab/tree/course/zh/01-case.ipynb"))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=60_000)
    for _ in range(5):  # a command is lost before the kernel is connected, and idle does not tell
        page.click(".lm-MenuBar-item:has-text('Run')")
        page.click(".lm-Menu-item:has-text('Run All Cells') >> nth=0")
        with suppress(TimeoutError):
            page.wait_for_selector(OPEN, timeout=15_000)
            break
    charted(page)


def test_a_page_of_a_jupyter_server_open_for_100_s_is_not_cut(hub, chromium):
    """There, too, all sockets count."""
    stays_connected(chromium, address(hub, "voila/render/course/zh/01-case.ipynb"), charted)
