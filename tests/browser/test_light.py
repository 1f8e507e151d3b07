"""How much a visit moves, by name, as a class network sees it: plain http, gzip and no more."""

from __future__ import annotations

import re
import sys
from urllib.parse import urlsplit

import pytest
import serving
from browser.conftest import ARTEFACTS
from browser.pages import WAIT_MS, answered, shut

from simlib.resources import PACKAGE
from simlib.server import files

pytestmark = pytest.mark.first_visit  # what is counted comes from the server
MOST_FIRST, MOST_AGAIN = 2_500_000, 50_000  # bytes on the wire
MOST_WITH_CHART = 2_700_000  # plotly.js, which comes with the first chart, is over half of it
MOST_FILES = 25  # beside the stage's own small modules, which no build step joins
STAGE = {f"static/{path.name}" for path in (PACKAGE / "widgets" / "static").glob("stage*.js")}
STAGE |= {"static/draw.js", "static/picture.js", "static/picture-steps.js"}  # which draw them
JS = "text/javascript"
CHUNK = re.compile(r"static/\d+\.voila\.js|labextensions/.+/static/(?!remoteEntry\.).+\.js")


MARKUP = "document.body.insertAdjacentHTML('beforeend', `{}`)"
ELEMENT = "document.body.append(Object.assign(document.createElement('script'), {}))"
ATTEMPTS = [
    (MARKUP.format('<img src="data:," onerror="window.ran = 1">'), "script-src-attr"),
    (ELEMENT.format("{ textContent: 'window.ran = 2' }"), "script-src-elem"),
    (ELEMENT.format("{ src: 'data:text/javascript,window.ran=3' }"), "script-src-elem"),
    ("new Function('window.ran = 4')()", "script-src"),
]
REFUSED = """new Promise(done => {{
    document.addEventListener('securitypolicyviolation',
                              event => done(event.effectiveDirective), {{ once: true }});
    setTimeout(done, 10000, 'it was not refused');
    setTimeout(() => {{ {} }});
}})"""


def name_of(url):
    """A file's name without the host, the version and what stands after it."""
    if url.startswith(("blob:", "data:")):
        return url
    return re.sub(r"^/(course/kept/\w+/)?", "", urlsplit(url).path)


def moved(page, url):
    """Visit a lesson, then open a chart: of each the bytes on the wire by name, as Chromium counts.

    The second holds the first.
    """
    names, sizes = {}, {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.requestWillBeSent",
        lambda e: names.update({e["requestId"]: name_of(e["request"]["url"])}),
    )
    session.on(
        "Network.loadingFinished",
        lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}),
    )
    answered(shut(page, url, "04-liability"))
    page.wait_for_load_state("networkidle")
    lesson = summed(names, sizes)
    page.locator("details#pictures > summary").click()
    page.locator("#pictures svg.main-svg").first.wait_for(timeout=WAIT_MS)
    page.wait_for_load_state("networkidle")
    return lesson, summed(names, sizes)


def summed(names, sizes):
    """Name → bytes of all its answers."""
    found = {}
    for key, size in sizes.items():
        if not names[key].startswith(("blob:", "data:")):  # those are made in the page
            found[names[key]] = found.get(names[key], 0) + size
    return found


class Visits:
    """Two visits to a server under an address that is not the machine's own; the second stays."""

    def __init__(self, context, url) -> None:
        self.url, first = url, context.new_page()
        self.first, self.first_chart = moved(first, url)
        first.close()
        self.page = context.new_page()
        _, self.again = moved(self.page, url)


@pytest.fixture(scope="module")
def visits(chromium):
    """The first visit and the next, with one browser's cache."""
    server = serving.start(
        [
            sys.executable,
            "-m",
            "simlib",
            "serve",
            "--host",
            "0.0.0.0",
            "--port",
            str(serving.free_port()),
        ]
    )
    context = chromium.new_context()
    yield Visits(context, server.url)
    context.close()
    assert server.stop()[0] == 0


def by_name(visit):
    """A visit's files, the largest first."""
    rows = sorted(visit.items(), key=lambda row: -row[1])
    return "\n".join([f"{sum(visit.values()):>9} in all", *(f"{n:>9} {name}" for name, n in rows)])


def test_a_visit_is_light_and_the_next_one_lighter(visits):
    """At most 2.5 MB at the first visit, 2.7 with a chart, and 0.05 MB at the next with it."""
    assert not urlsplit(visits.url).hostname.startswith("127."), "this machine has no other address"
    assert 0 < sum(visits.first.values()) <= MOST_FIRST, by_name(visits.first)
    assert 0 < sum(visits.first_chart.values()) <= MOST_WITH_CHART, by_name(visits.first_chart)
    assert 0 < sum(visits.again.values()) <= MOST_AGAIN, by_name(visits.again)


def test_a_visit_asks_for_few_files(visits):
    """plotly.js with a chart alone, and nothing else then; no known file comes again."""
    assert len(visits.first.keys() - STAGE) <= MOST_FILES, by_name(visits.first)
    assert visits.first_chart.keys() - visits.first.keys() == {"static/plotly.min.js"}
    asked_again = {name.rpartition("/")[0] for name, size in visits.again.items() if size}
    assert asked_again == {"voila/render/zh", "api/kernels"}


def test_the_pack_holds_what_a_lesson_asks_for(course, desktop):
    """Without the pack a lesson asks for just the scripts it lists.

    If that is no longer so (another version of Voilà or of the widgets), copy what this test
    writes to `artefacts/pack.txt` over `simlib/server/pack.txt`.
    """
    asked = set()
    desktop.route("**/pack.js", lambda route: route.fulfill(body="//", content_type=JS))
    desktop.on("request", lambda request: asked.add(name_of(request.url)))
    answered(shut(desktop, course, "01-case"))
    chunks = sorted(name for name in asked if CHUNK.fullmatch(name))
    ARTEFACTS.mkdir(exist_ok=True)
    (ARTEFACTS / "pack.txt").write_text("\n".join(chunks) + "\n", encoding="utf-8")
    assert chunks == files.pack_list()


@pytest.mark.parametrize(("attempt", "directive"), ATTEMPTS)
def test_text_in_a_page_does_not_become_a_program(visits, attempt, directive):
    """Markup with a handler, an inline script, text given to be evaluated: each is refused."""
    assert visits.page.evaluate(REFUSED.format(attempt)) == directive
    assert visits.page.evaluate("window.ran") is None
