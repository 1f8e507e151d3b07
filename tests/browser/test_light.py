"""How much a visit moves, by name, as a class network sees it: plain http, gzip and no more."""

from __future__ import annotations

import re
import sys
from urllib.parse import urlsplit

import pytest
import serving
from browser.conftest import ARTEFACTS
from browser.pages import answered, shut, until

from simlib.resources import PACKAGE
from simlib.server import files

MOST_FIRST, MOST_AGAIN = 2_500_000, 50_000  # bytes on the wire
JS = "text/javascript"
CHUNK = re.compile(r"static/\d+\.voila\.js|labextensions/.+/static/(?!remoteEntry\.).+\.js")


def name_of(url):
    """A file's name without the host, the version and what stands after it."""
    if url.startswith(("blob:", "data:")):
        return url
    return re.sub(r"^/(course/kept/\w+/)?", "", urlsplit(url).path)


def moved(page, url):
    """Visit lesson 01 until its chart is drawn: name → bytes on the wire, as Chromium counts."""
    names, sizes = {}, {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda e: names.update(
        {e["requestId"]: name_of(e["request"]["url"])}))
    session.on("Network.loadingFinished", lambda e: sizes.update(
        {e["requestId"]: int(e["encodedDataLength"])}))
    answered(shut(page, url, "01-case"))
    page.wait_for_load_state("networkidle")
    found = {}
    for key, size in sizes.items():
        if names[key].startswith(("blob:", "data:")):
            continue  # made in the page
        found[names[key]] = found.get(names[key], 0) + size
    return found


@pytest.fixture(scope="module")
def visits(chromium):
    """What the first visit and the next one moved, to an address that is not the machine's own."""
    server = serving.start(
        [sys.executable, "-m", "simlib", "serve", "--host", "0.0.0.0",
         "--port", str(serving.free_port())]
    )
    context = chromium.new_context()
    found = [moved(context.new_page(), server.url) for _ in range(2)]
    context.close()
    assert server.stop()[0] == 0
    return server.url, *found


def by_name(visit):
    """A visit's files, the largest first."""
    rows = sorted(visit.items(), key=lambda row: -row[1])
    return "\n".join([f"{sum(visit.values()):>9} in all", *(f"{n:>9} {name}" for name, n in rows)])


def test_a_visit_is_light_and_the_next_one_lighter(visits):
    """At most 2.5 MB at the first visit with its chart, and 0.05 MB at the next."""
    url, first, again = visits
    assert not urlsplit(url).hostname.startswith("127."), "this machine has no other address"
    assert 0 < sum(first.values()) <= MOST_FIRST, by_name(first)
    assert 0 < sum(again.values()) <= MOST_AGAIN, by_name(again)


def test_a_visit_asks_for_few_files(visits):
    """At most 25 files, none of them twice, and only the small plotly.js."""
    _, first, again = visits
    assert len(first) <= 25, by_name(first)
    assert "static/plotly-cartesian.min.js" in first
    assert "static/plotly.min.js" not in first
    asked_again = {name for name, size in again.items() if size}
    assert {name for name in asked_again if not name.startswith(("voila/render", "api/"))} == set()


def test_the_pack_holds_what_a_lesson_asks_for(course, desktop):
    """Without the pack a lesson asks for just the scripts it lists.

    If that is no longer so (another version of Voilà or of the widgets), copy what this test
    writes to `artefacts/pack.txt` over `simlib/server/pack.txt`.
    """
    asked = set()
    desktop.route("**/pack.js", lambda route: route.fulfill(body="//", content_type=JS))
    desktop.on("request", lambda request: asked.add(name_of(request.url)))
    shut(desktop, course, "01-case")
    chunks = sorted(name for name in asked if CHUNK.fullmatch(name))
    ARTEFACTS.mkdir(exist_ok=True)
    (ARTEFACTS / "pack.txt").write_text("\n".join(chunks) + "\n", encoding="utf-8")
    assert chunks == files.pack_list()


def test_the_loader_knows_what_the_small_plotly_draws(lesson_page):
    """The trace types for which lab.js loads the small bundle are those that it has."""
    script = (PACKAGE / "widgets" / "static" / "lab.js").read_text("utf-8")
    listed = re.search(r"const IN_SMALL = \[(.*?)\]", script, re.DOTALL)[1]
    drawn = lesson_page.evaluate("Object.keys(Plotly.PlotSchema.get().traces)")
    assert re.findall(r"'(\w+)'", listed) == sorted(drawn)


@pytest.fixture
def lesson_page(course, desktop):
    """Lesson 01, answered."""
    return answered(shut(desktop, course, "01-case"))


def test_an_inline_script_or_evaluated_text_does_not_run(lesson_page, watch):
    """The policy holds in the page: neither markup nor text from a case can become a program."""
    watch.allow("Content Security Policy")
    lesson_page.evaluate("""document.body.insertAdjacentHTML('beforeend',
        '<img src="data:," onerror="window.ran = 1">');
        document.body.append(Object.assign(document.createElement('script'),
                                           { textContent: 'window.ran = 2' }))""")
    until(lesson_page, "document.querySelector('img[src=\"data:,\"]').complete")
    assert lesson_page.evaluate("window.ran") is None
    lesson_page.evaluate("""setTimeout(() => {
        try { window.ran = new Function('return 3')(); } catch (error) { window.ran = error.name; }
    })""")
    until(lesson_page, "window.ran")
    assert lesson_page.evaluate("window.ran") == "EvalError"
