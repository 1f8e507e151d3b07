"""What every answer of `simlib serve` carries, and how its static files are kept."""

from __future__ import annotations

import gzip
import re
import socket
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest
import serving

from simlib.server import files, headers, template

pytestmark = pytest.mark.slow  # a server of its own

LESSON = "voila/render/zh/01-trial.ipynb"
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture(scope="module")
def lesson(served):
    """Headers and text of a lesson's page."""
    status, heads, body = serving.fetch(served.url + LESSON)
    assert status == 200
    return heads, body.decode("utf-8")


@pytest.fixture(scope="module")
def kept(lesson):
    """The folder of kept files, as the lesson's page names it."""
    return re.search(r"/course/kept/\w+/", lesson[1])[0].lstrip("/")


def addresses(page):
    """Every file a page's HTML asks for."""
    found = re.findall(r'<(?:script|link)[^>]*?(?:src|href)="([^"]+)"', page)
    return [urljoin("/", each) for each in found if not each.startswith("data:")]


def test_a_lesson_asks_only_for_files_that_are_kept(served, lesson, kept):
    """Each script and style sheet has the hash in its address, comes compressed, and stays."""
    found = addresses(lesson[1])
    assert {urlsplit(each).path.removeprefix(f"/{kept}") for each in found} >= {
        "pack.js",
        "static/voila.js",
        "static/course.js",
        "static/lab.js",
        "static/index.css",
    }
    assert "plotly" not in " ".join(found)  # it comes with a chart
    for each in found:
        status, heads, body = serving.fetch(served.url + each.lstrip("/"), **GZIP)
        assert (status, heads["Cache-Control"]) == (200, files.FOR_EVER), each
        assert heads["Content-Encoding"] == "gzip"
        assert gzip.decompress(body)


def test_a_page_itself_is_not_kept(served, lesson):
    """The home page and a lesson are asked for at each visit."""
    assert "no-store" in lesson[0]["Cache-Control"]
    assert serving.fetch(served.url)[1]["Cache-Control"] == "no-cache"


def test_plotly_travels_compressed(served, kept):
    """It comes from the installed package with gzip, and as it is to a client that takes none."""
    name = "static/plotly.min.js"
    _, heads, plain = serving.fetch(served.url + kept + name)
    assert "Content-Encoding" not in heads
    zipped = serving.fetch(served.url + kept + name, **GZIP)[2]
    assert gzip.decompress(zipped) == plain
    assert plain == files.EAGER + template.plotly_script().read_bytes()
    assert len(zipped) * 3 < len(plain)
    assert "Accept-Encoding" in heads["Vary"]


def test_a_file_under_an_old_address_is_there_but_not_kept(served, kept):
    """A page of an earlier version gets its file, which the browser must ask for again."""
    old = re.sub(r"kept/\w+/", "kept/0123456789abcdef/", kept)
    status, heads, _ = serving.fetch(served.url + old + "static/lab.js")
    assert (status, heads["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize(
    "name",
    [
        "static/none.js",
        "static/../index.html.j2",
        "static/%2e%2e/conf.json",
        "conf.json",
        "labextensions/jupyterlab-plotly/static/style.js",
    ],
)
def test_only_files_of_the_page_are_there(served, kept, name):
    """What is no static file of the template or of a labextension in use is not there."""
    assert serving.fetch(served.url + kept + name)[0] == 404


def test_a_known_file_is_not_sent_again(served, kept):
    """A browser that asks whether its copy is current hears yes, without the file."""
    etag = serving.fetch(served.url + kept + "static/lab.js")[1]["Etag"]
    status, _, body = serving.fetch(served.url + kept + "static/lab.js", **{"If-None-Match": etag})
    assert (status, body) == (304, b"")


KINDS = [
    ("", 200),
    (LESSON, 200),
    ("nothing", 404),
    ("voila/tree", 302),
    ("voila/render/zh/x.ipynb", 404),
    ("voila/static/voila.js", 200),
    ("voila/templates/course/static/lab.css", 200),
    ("voila/templates/course/x", 404),
    ("voila/labextensions/anywidget/package.json", 200),
    ("voila/labextensions/none", 404),
    ("voila/files/zh/01-trial.ipynb", 403),
    ("api/kernels/a-b-c-d-e", 404),
    ("api/kernels/a-b-c-d-e/channels", 404),
    ("course/kept/x/static/lab.js", 200),
    ("course/kept/x/none.js", 404),
    ("voila/api/shutdown/01234567-89ab-cdef-0123-456789abcdef", 405),
]


@pytest.mark.parametrize(("path", "status"), KINDS)
def test_every_answer_has_the_headers(served, path, status):
    """No guessing of types, no address told elsewhere; on HTML our policy."""
    answered, heads, _ = serving.fetch(served.url + path)
    assert answered == status
    assert heads["X-Content-Type-Options"] == "nosniff"
    assert heads["Referrer-Policy"] == "same-origin"
    if heads.get("Content-Type", "").startswith("text/html"):
        assert heads["Content-Security-Policy"] == headers.policy(urlsplit(served.url).netloc)


def test_no_cookie_is_sent_from_another_site(served):
    """The token that ends the visitor's kernel, and what orders the turns of one address."""
    with urlopen(served.url + LESSON, timeout=60) as answer:
        cookies = answer.headers.get_all("Set-Cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["_xsrf", "simlib-device"]
    assert all(cookie.endswith("; SameSite=Lax") for cookie in cookies)


def test_no_cookie_outlives_the_visit_or_names_the_visitor(served):
    """No page gives him a name, and the one that a server of before gave him for a month goes."""
    name = f"username-{urlsplit(served.url).netloc}".replace(".", "-").replace(":", "-")
    for path in ("", LESSON):
        asked = Request(served.url + path, headers={"Cookie": f"{name}=2|1:0|x"})
        with urlopen(asked, timeout=60) as answer:
            cookies = answer.headers.get_all("Set-Cookie")
        kept = [cookie for cookie in cookies if "expires=" not in cookie.lower()]
        gone = [cookie for cookie in cookies if cookie not in kept]
        assert {cookie.split("=")[0] for cookie in kept} <= {"_xsrf", "simlib-device"}
        assert gone
        assert all(cookie.startswith(f'{name}="";') for cookie in gone)
        ends = [re.search(r"expires=([^;]+)", cookie, re.I)[1] for cookie in gone]
        assert all(parsedate_to_datetime(end) < datetime.now(UTC) for end in ends)


def test_the_policy_names_no_other_host():
    """Sources are the server itself, blob: modules, two hashes; nothing is evaluated."""
    policy = dict(part.split(" ", 1) for part in headers.policy("192.0.2.1:8866").split("; "))
    assert policy["default-src"] == "'self'"
    assert re.fullmatch(r"'self' blob:( 'sha256-[\w+/]{43}='){2}", policy["script-src"])
    assert policy["connect-src"] == "'self' ws://192.0.2.1:8866 wss://192.0.2.1:8866"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == policy["form-action"] == "'self'"


@pytest.mark.parametrize("host", ["a; script-src *", "a b", "*", "", "a,b", "[::1"])
def test_invalid_host_is_left_out_of_the_policy(host):
    """Whoever asks cannot write into the policy by the name he asks for."""
    assert "connect-src 'self';" in headers.policy(host)


def test_the_policy_stands_whatever_host_is_asked_for(served):
    """A strange Host header gets the policy without that host."""
    port = urlsplit(served.url).port
    with socket.create_connection(("127.0.0.1", port)) as raw:
        raw.sendall(b"GET / HTTP/1.0\r\nHost: a; script-src *\r\n\r\n")
        answer = b""
        while chunk := raw.recv(65536):
            answer += chunk
    assert b"script-src *" not in answer.partition(b"\r\n\r\n")[0]


def test_a_page_holds_no_inline_script_but_the_guard(lesson):
    """What runs in the page's own text is named by its hash; all else is data or a file."""
    inline = re.findall(
        r"<script(?![^>]*(?:src=|type=\"application/))[^>]*>(.*?)</script>", lesson[1], re.DOTALL
    )
    assert inline == [template.GUARD]
    assert not re.search(r"<[^>]+\son\w+=", lesson[1])


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Three scripts, two of them in the pack, whose list names one more that is not there."""
    listed = tmp_path / "pack.txt"
    listed.write_text("b.js\na.js\ngone.js\n", encoding="utf-8")
    monkeypatch.setattr(files, "PACK_LIST", listed)
    for name, text in (("a.js", "a()"), ("b.js", '"use strict";b()'), ("c.js", "c()")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return lambda: files.Shelf({f"{name}.js": tmp_path / f"{name}.js" for name in "abc"})


def test_the_pack_holds_the_listed_scripts_apart(shelf):
    """In the order of the list, each in a function; a file of another version is left out."""
    expected = b'(function(){"use strict";b()\n})();\n(function(){a()\n})();\n'
    assert shelf().read("pack.js") == expected


def test_the_version_follows_content_names_and_list(shelf, tmp_path):
    """Any change of a file or of the pack's list gives new addresses, and undoing it the old."""
    first = shelf().version
    (tmp_path / "c.js").write_text("d()", encoding="utf-8")
    second = shelf().version
    (tmp_path / "c.js").write_text("c()", encoding="utf-8")
    (tmp_path / "pack.txt").write_text("b.js", encoding="utf-8")
    third = shelf().version
    (tmp_path / "pack.txt").write_text("b.js\na.js\ngone.js\n", encoding="utf-8")
    assert len({first, second, third}) == 3
    assert shelf().version == first


def test_a_file_is_compressed_once(shelf, monkeypatch):
    """The second visitor gets the bytes made for the first."""
    one, done = shelf(), []
    squeeze = gzip.compress
    monkeypatch.setattr(files.gzip, "compress", lambda *a, **k: done.append(1) or squeeze(*a, **k))
    assert one.zipped("a.js") is one.zipped("a.js")
    assert done == [1]


def test_the_largest_are_compressed_before_anybody_asks(monkeypatch):
    """Half a second each, in which the server answers nobody; plotly.js with the first chart."""
    done = []
    monkeypatch.setattr(files.Shelf, "zipped", lambda self, name: done.append(name))
    shelf = files.place({"base_url": "/"})[2]["shelf"]
    assert serving.eventually(lambda: len(done) == 2)
    assert done == ["pack.js", "static/plotly.min.js"]
    assert all(name in shelf for name in done)


def test_a_map_to_a_source_is_left_out(tmp_path):
    """A script's source map, which is most of some files, does not travel."""
    path = tmp_path / "m.js"
    path.write_bytes(b"m()\n//# sourceMappingURL=data:application/json;base64,eyJ9\n")
    assert files.Shelf({"m.js": path}).read("m.js") == b"m()\n"


def test_pictures_of_buttons_are_left_out(tmp_path):
    """So are JupyterLab's icons in a style sheet, and nothing else of it."""
    path = tmp_path / "s.css"
    path.write_bytes(b":root{--jp-icon-add: url(data:image/svg+xml;base64,eyJ9);--a: 1px;}\n")
    assert files.Shelf({"s.css": path}).read("s.css") == b":root{--a: 1px;}\n"
