"""The course on a JupyterHub: started as `binder/hub/` says, with two users who keep apart."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import frames
import pytest
import requests
import serving
import websocket
import yaml
from jupyterhub.app import JupyterHub
from jupyterhub.auth import Authenticator
from jupyterhub.authenticators.shared import SharedPasswordAuthenticator

from simlib.errors import ServeError

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "binder" / "hub" / "jupyterhub_config.py"
PASSWORD = "only-in-this-test"
CONFIG = f"""load_subconfig({str(SHIPPED)!r})
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{{}}/"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{{}}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{{}}"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {PASSWORD!r}
c.Authenticator.allowed_users = {{{{"alice", "bob"}}}}
c.JupyterHub.log_level = "WARN"
"""
LESSON = "voila/render/zh/01-case.ipynb"
SCRIPT = {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin"}  # how a page's fetch asks
DEBIANS = "/usr/share/nodejs:/usr/lib/nodejs"  # a node that is not Debian's looks elsewhere


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """The hub with Debian's proxy; its address."""
    if not shutil.which("configurable-http-proxy"):
        pytest.skip("no configurable-http-proxy (Debian: node-configurable-http-proxy)")
    folder = tmp_path_factory.mktemp("hub")
    ports = [serving.free_port() for _ in range(3)]
    (folder / "config.py").write_text(CONFIG.format(*ports), "utf-8")
    log = (folder / "log").open("wb")
    command = [sys.executable, "-m", "jupyterhub", "-f", "config.py"]
    env = {**os.environ, "NODE_PATH": DEBIANS}
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{ports[0]}/"
    try:
        assert serving.eventually(lambda: _answers(f"{url}hub/api"), 60), _said(folder)
        yield url
    finally:
        process.send_signal(2)
        process.wait(30)
        log.close()
    assert "Traceback" not in _said(folder), _said(folder)


def _answers(url):
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False


def _said(folder):
    return (folder / "log").read_text("utf-8", "replace")


class Reader:
    """Somebody with a browser of his own."""

    def __init__(self, url: str, name: str) -> None:
        self.url, self.name = url, name
        self.home = f"{url}user/{name}/"
        self.browser = requests.Session()
        self.browser.headers.update({"Accept": "text/html"})

    def log_in(self) -> None:
        """Give name and password, and wait for a server of his own."""
        self.browser.get(f"{self.url}hub/login")
        known = {"username": self.name, "password": PASSWORD, "_xsrf": self.cookie("/hub/")}
        until = time.monotonic() + 90
        page = self.browser.post(f"{self.url}hub/login", known)
        while not page.url.startswith(self.home):
            assert time.monotonic() < until, page.text
            time.sleep(0.5)
            page = self.browser.get(f"{self.url}hub/user/{self.name}/")
        self.page = page

    def cookie(self, path: str, name: str = "_xsrf") -> str:
        """A cookie of one path."""
        return next(c.value for c in self.browser.cookies if (c.name, c.path) == (name, path))

    def ask(self, path: str, whose: Reader | None = None, **headers: str) -> requests.Response:
        """An answer of his own server or of another's, without following it elsewhere."""
        home = (whose or self).home
        return self.browser.get(home + path, headers=headers, allow_redirects=False)

    def open_lesson(self) -> str:
        """Open lesson 01; the id of its kernel."""
        answer = self.ask(LESSON)
        found = re.search(r'"kernelId": "([^"]+)"', answer.text)
        assert found, (answer.status_code, answer.text)
        return found[1]

    def connect(self, kernel: str, whose: Reader | None = None, **options) -> websocket.WebSocket:
        """Open a socket with every cookie that he has, whatever its path."""
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.browser.cookies)
        options.setdefault("origin", self.url.rstrip("/"))
        return frames.connect((whose or self).home, kernel, cookie=cookies, **options)


@pytest.fixture(scope="module")
def readers(hub):
    """Two users, each with a server of his own."""
    both = [Reader(hub, name) for name in ("alice", "bob")]
    entering = [threading.Thread(target=reader.log_in) for reader in both]
    for each in entering:
        each.start()
    for each in entering:
        each.join()
    return both


@pytest.fixture(scope="module")
def opened(readers):
    """Lesson 01 of each user: its kernel."""
    return [reader.open_lesson() for reader in readers]


@pytest.fixture(autouse=True)
def _closed():
    """Sockets end with their test."""
    yield
    frames.close_all()


@pytest.mark.night
def test_two_users_open_lesson_01_and_its_kernels_answer(readers, opened):
    """Each sees the home page and the lesson of a server of his own, below his own path."""
    assert len(set(opened)) == 2
    for reader, kernel in zip(readers, opened, strict=True):
        assert f'href="/user/{reader.name}/{LESSON}' in reader.page.text
        page = reader.connect(kernel)
        page.send_binary(frames.frame("kernel_info_request"))
        assert frames.hear(page, "kernel_info_reply")["status"] == "ok"


@pytest.mark.night
def test_a_user_of_a_hub_cannot_open_anothers_server(readers, opened):
    """Bob is sent to the hub, and refused there; with Alice's addresses in hand he has nothing."""
    alice, bob = readers
    for path in ("", LESSON, "course/turn", "course/worksheet"):
        answer = bob.ask(path, alice)
        assert answer.headers["Location"].startswith("/hub/api/oauth2/authorize?"), path
        assert len(answer.content) == 0
    assert bob.browser.get(alice.home).status_code == 403
    assert bob.ask(f"api/kernels/{opened[0]}", alice).status_code == 403
    assert bob.browser.post(f"{alice.home}voila/api/shutdown/{opened[0]}").status_code == 403
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        bob.connect(opened[0], alice)
    assert refused.value.status_code == 403


@pytest.mark.night
def test_a_users_server_asks_who_it_is_behind_the_hubs_proxy_too(readers, opened):
    """Every address but static files' wants a user, and the port itself is no way round."""
    alice, nobody = readers[0], Reader(readers[0].url, "alice")
    for home in (alice.home, f"http://127.0.0.1:{_port_of('alice')}/user/alice/"):
        nobody.home = home
        assert nobody.ask(LESSON).headers["Location"].startswith("/hub/api/oauth2/authorize?")
        assert nobody.ask(f"api/kernels/{opened[0]}").status_code == 403
        with pytest.raises(websocket.WebSocketBadStatusException) as refused:
            nobody.connect(opened[0])
        assert refused.value.status_code == 403
    assert nobody.ask("course/kept/x/static/course.js").status_code == 200


def _port_of(name):
    """The port on which a user's server listens, as the operating system knows it."""
    import psutil

    own = f"/user/{name}/"
    for process in psutil.process_iter(["cmdline"]):
        if "simlib.server.hub" in (process.info["cmdline"] or ()):
            there = process.environ()
            if there["JUPYTERHUB_SERVICE_PREFIX"] == own:
                return re.search(r":(\d+)/", there["JUPYTERHUB_SERVICE_URL"])[1]
    raise AssertionError(f"no server of {name}")


@pytest.mark.night
def test_a_script_of_another_users_page_is_told_nothing(readers, opened):
    """All users share an origin: a page has to prove by its cookie that it is of this address."""
    alice = readers[0]
    for path in (f"api/kernels/{opened[0]}", "course/turn"):
        assert alice.ask(path, **SCRIPT).status_code in (302, 403)
        proof = {"X-XSRFToken": alice.cookie("/user/alice/")}
        assert alice.ask(path, **SCRIPT, **proof).status_code == 200
    assert alice.cookie("/user/alice/") != readers[1].cookie("/user/bob/")


def test_our_scripts_bring_the_proof_that_a_hub_wants():
    """Whatever a page's shell asks with `fetch`, but for static files, has the cookie's token."""
    scripts = (ROOT / "simlib" / "server" / "template" / "static").glob("*.js")
    asked = [
        call for path in scripts for call in re.findall(r"fetch\(([^;]*);", path.read_text("utf-8"))
    ]
    assert len(asked) == 4
    assert [call for call in asked if "roof" not in call and not call.startswith("file,")] == []


@pytest.mark.night
def test_a_page_of_another_site_gets_no_socket_through_a_hub(readers, opened):
    """The cookies of who is logged in open nothing to a page from elsewhere."""
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        readers[0].connect(opened[0], origin="http://evil.example")
    assert refused.value.status_code == 403


@pytest.mark.night
def test_a_user_of_a_hub_runs_no_code(readers, opened):
    """There is no terminal and no notebook, and a kernel takes widgets' messages alone."""
    alice = readers[0]
    for path in ("lab", "tree", "api/contents", "api/terminals", "api/sessions", "terminals/1"):
        assert alice.ask(path).status_code == 404, path
    page = alice.connect(opened[0])
    page.send_binary(frames.frame("execute_request", {"code": "raise SystemExit"}))
    page.send_binary(frames.frame("kernel_info_request"))
    assert frames.hear(page, "kernel_info_reply")["status"] == "ok"


@pytest.mark.night
def test_cookies_of_a_hub_are_a_users_own(readers):
    """Those that open a server are sent to its path alone, to no script, from no other site."""
    held = {(c.name, c.path): c for c in readers[0].browser.cookies}
    key = held["jupyterhub-user-alice", "/user/alice/"]
    for cookie in (key, held["jupyterhub-hub-login", "/hub/"]):
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite") == "Lax"


def test_cluster_values_are_what_a_hub_knows():
    """NOT RUN here; but it is YAML, starts this module, and names options that JupyterHub has."""
    values = yaml.safe_load((SHIPPED.parent / "values.yaml").read_text("utf-8"))
    shipped = SHIPPED.read_text("utf-8")
    command = values["singleuser"]["cmd"]
    assert find_spec(command[2])
    assert ", ".join(f'"{word}"' for word in command[1:]) in shipped
    known = {
        kind.__name__: kind for kind in (JupyterHub, Authenticator, SharedPasswordAuthenticator)
    }
    config = values["hub"]["config"]
    assert [f"{kind}.{option}" for kind, options in config.items() for option in options
            if option not in known[kind].class_trait_names(config=True)] == []  # fmt: skip
    chosen = config["JupyterHub"]["authenticator_class"]
    (entry,) = entry_points(group="jupyterhub.authenticators", name=chosen)
    assert entry.load() is SharedPasswordAuthenticator
    assert config["SharedPasswordAuthenticator"]["user_password"] == ""


@pytest.mark.slow
def test_a_user_server_outside_a_hub_does_not_start(monkeypatch):
    """Without a hub nobody could say who asks: it says so and serves nothing."""
    from simlib.server.hub import main  # loads Voilà and the hub

    monkeypatch.delenv("JUPYTERHUB_API_TOKEN", raising=False)
    with pytest.raises(ServeError) as caught:
        main([])
    assert caught.value.code == "no-hub"
