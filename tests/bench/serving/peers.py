"""The sites that are compared: the course, stock Voilà (cold and preheated), Dash; one page each.

All listen on every address, so that traffic can be counted as a class would cause it. Stock Voilà
runs in the same environment with configuration folders of its own. Dash comes with the `bench`
extra; without it its column stays empty.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import nbformat
from playwright.sync_api import Error

from tests import serving

HERE = "127.0.0.1"
PLOTTED = ".js-plotly-plot .barlayer .point path"  # the peers' chart of bars
DRAWN = ".stage-board .board-row .bar-solid"  # the course's
LIVE = ".stage-main-knobs .knob"  # a knob, which only a running kernel draws
STOCK = """import ipywidgets as w, plotly.graph_objects as go
figure = go.FigureWidget([go.Bar(x=list('abcdefg'), y=[.5] * 7)])
knob = w.FloatSlider(value=.5, min=0, max=1, step=0.05, description='k')
knob.observe(lambda c: figure.data[0].update(y=[c.new] * 7), 'value')
w.VBox([knob, figure])"""
DASH = """import dash
from dash import Input, Output, dcc, html
app = dash.Dash()
app.layout = html.Div([
    dcc.Slider(0, 1, .05, value=.5, id='k', updatemode='drag'), dcc.Graph(id='chart')])
@app.callback(Output('chart', 'figure'), Input('k', 'value'))
def draw(k):
    return {'data': [{'type': 'bar', 'x': list('abcdefg'), 'y': [k] * 7}]}
app.run(host='0.0.0.0', port=PORT)"""
# The course with a short culling time, which is otherwise ten minutes.
CULLING = """import sys
from simlib.server import app, serve
assert app.CULL_AFTER_S and app.CULL_EVERY_S
app.CULL_AFTER_S, app.CULL_EVERY_S = {after}, 2
sys.exit(serve({port}, '0.0.0.0'))"""
COURSE = "voila/render/zh/{}.ipynb"
Result = TypeVar("Result")


@dataclass
class Site:
    """A running server and its page.

    Attributes
    ----------
    path
        relative to the server's root
    drawn
        selector of the first mark of its chart
    """

    name: str
    served: serving.Served
    port: int
    path: str = ""
    drawn: str = PLOTTED

    @property
    def pid(self) -> int:
        """The server's process."""
        return self.served.process.pid

    def url(self, host: str = HERE) -> str:
        """The page's address as a browser asks for it."""
        return f"http://{host}:{self.port}/{self.path}"


def tried(name: str, act: Callable[..., Result], *args: object) -> Result | None:
    """What `act` gives; None, and a line that says so, if the site serves nobody in time."""
    try:
        return act(*args)
    except (AssertionError, Error, OSError) as lost:
        print(f"{name} is left out: {str(lost).partition(chr(10))[0]}", flush=True)
        return None


def answer_link() -> str:
    """Lesson 01 with its bet sent: the lab is live when it opens."""
    from simlib.widgets import case_lab

    lab = case_lab("zh")
    lab.state.committed = {"norm": "civil-code:1169", "document": "judgment", "amount_fen": 100}
    return f"{COURSE.format('01-case')}?s={lab.state.to_text()}"


def deciding_link() -> str:
    """Lesson 05 opened at the teaching setting, with its share drawn."""
    from simlib.widgets import riskbenefit_lab

    lab = riskbenefit_lab("zh")
    lab.state.put({"position": "assumed", "committed": {"opened": True}})
    return f"{COURSE.format('05-riskbenefit')}?s={lab.state.to_text()}"


@contextmanager
def course(cull_after_s: int | None = None) -> Iterator[Site]:
    """The course as a class is served; its page is lesson 01 with an answer."""
    port = serving.free_port()
    if cull_after_s is None:
        command = ["-m", "simlib", "serve", "--port", str(port), "--host", "0.0.0.0"]
    else:
        command = ["-c", CULLING.format(after=cull_after_s, port=port)]
    with _running("ours", port, [sys.executable, *command]) as site:
        site.path, site.drawn = answer_link(), DRAWN
        yield site


@contextmanager
def stock(folder: Path, preheated: bool = False) -> Iterator[Site]:
    """Voilà as installed, on a page with one slider and one FigureWidget."""
    port, name = serving.free_port(), "preheated" if preheated else "stock"
    root = folder / name
    root.mkdir()
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(STOCK)])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python", "language": "python"}
    nbformat.write(book, root / "stock.ipynb")
    own = {f"JUPYTER_{kind}_DIR": str(root / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    environment = {**os.environ, **own, "JUPYTER_NO_CONFIG": "1", "IPYTHONDIR": str(root / "IP")}
    command = [sys.executable, "-m", "voila", str(root), f"--port={port}", "--no-browser"]
    command += ["--Voila.ip=0.0.0.0", f"--preheat_kernel={preheated}", "--pool_size=1"]
    with _running(name, port, command, env=environment, cwd=root) as site:
        site.path = "voila/render/stock.ipynb"
        yield site


@contextmanager
def dash() -> Iterator[Site | None]:
    """One page of Dash with the same slider and bars; None if Dash is not installed."""
    if importlib.util.find_spec("dash") is None:
        print("Dash is not installed (pip install '.[bench]'): its column stays empty")
        yield None
        return
    port = serving.free_port()
    command = [sys.executable, "-c", DASH.replace("PORT", str(port))]
    with _running("dash", port, command) as site:
        yield site


@contextmanager
def _running(name: str, port: int, command: list[str], **options: object) -> Iterator[Site]:
    """A server from its start until it has ended."""
    served = serving.start(command, **options)
    try:
        assert serving.eventually(lambda: _listens(port), 60), f"{name} does not listen"
        yield Site(name, served, port)
    finally:
        served.stop(signal.SIGTERM, 30)  # SIGINT may be ignored in the background


def own_address() -> str:
    """An address of this machine that is not loopback, if it has one; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        return probe.getsockname()[0]
    return HERE


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HERE, port)) == 0
