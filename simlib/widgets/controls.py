"""Forms and panes: thin views whose whole code lies in one cached static file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version

import anywidget
import ipywidgets
import traitlets

from simlib.resources import PACKAGE

STATIC = PACKAGE / "widgets" / "static"

# Our style sheet lays out everything: one empty layout for all widgets keeps the page light.
LAYOUT = ipywidgets.Layout()

# A widget's module runs from a blob: address, so the page's settings are the only way back to the
# server. A page of ours names the folder where its files are kept (`simlib.server.files`); in
# JupyterLab there is a base address, right behind any prefix.
_LOADER = """
const settings = JSON.parse(document.getElementById('jupyter-config-data').textContent);
const source = settings.courseFiles
  ? settings.courseFiles + 'static/{file}'
  : settings.baseUrl + 'voila/templates/course/static/{file}?v={version}';
export default {{
  async render(view) {{
    try {{
      return await (await import(new URL(source, location.origin).href)).{view}(view);
    }} catch (error) {{
      view.el.textContent = '页面文件未能载入，请刷新。Some files did not load; reload the page.';
      window.dispatchEvent(new Event('simlib:incomplete'));
      throw error;
    }}
  }}
}};
"""


@cache
def _version() -> str:
    digest = hashlib.sha256(version("plotly").encode())
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def loader(view: str, file: str = "lab.js") -> str:
    """The module that fetches `view` from one of the page's static files."""
    return _LOADER.format(version=_version(), view=view, file=file)


class Form(anywidget.AnyWidget):
    """Native controls from a list of plain records.

    Attributes
    ----------
    spec
        the controls in order: `{"kind", "id", "label", …}`
    values
        id → value to show, None where a quantity is open
    asked
        id → `[n, value, stroke]`: the n-th wish of the reader for this control; wishes of one
        stroke belong to one movement of his hand
    tags
        id → `[kind, words]`: of what kind the fact behind a control is
    link
        the state as text, for the page's address and the language link; None: not this form's job
    shut
        whether the rest of the page waits for this form; None: not this form's job
    label
        what the form is called for a screen reader
    """

    _esm = loader("form")
    spec = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    tags = traitlets.Dict().tag(sync=True)
    link = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    shut = traitlets.Bool(None, allow_none=True).tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)

    def on_asked(self, act: Callable[[dict], None]) -> None:
        """Call `act` with the reader's new wishes, id → value, each once.

        `strokes` then says by which stroke each came; without one, a wish is a stroke of its own.
        """
        seen: dict[str, int] = {}
        self.strokes: dict[str, int] = {}

        def new(asked: dict) -> None:
            fresh = {k: a for k, a in asked.items() if a[0] > seen.get(k, 0)}
            seen.update({k: a[0] for k, a in fresh.items()})
            self.strokes.update({k: a[2] if len(a) > 2 else -a[0] for k, a in fresh.items()})
            wishes = {k: a[1] for k, a in fresh.items()}
            if wishes:
                act(wishes)

        self.observe(lambda change: new(change["new"]), "asked")
        self.on_msg(lambda _, message, __: "asked" in message and new(message["asked"]))

    def on_press(self, act: Callable[[str], None]) -> None:
        """Call `act` with the name of a button pressed."""
        self.on_msg(lambda _, message, __: "press" in message and act(message["press"]))


class Pane(anywidget.AnyWidget):
    """Words as HTML that Python wrote and escaped; a click on `data-say` comes back as a message.

    `live` announces changes to a screen reader; a new number in `revealed` scrolls it into view.
    """

    _esm = loader("pane")
    html = traitlets.Unicode("").tag(sync=True)
    live = traitlets.Bool(False).tag(sync=True)
    revealed = traitlets.Int(0).tag(sync=True)

    def on_say(self, act: Callable[[str], None]) -> None:
        """Call `act` with the `data-say` of whatever was clicked."""
        self.on_msg(lambda _, message, __: "say" in message and act(message["say"]))


def box(name: str, *children: ipywidgets.Widget) -> ipywidgets.VBox:
    """Widgets from top to bottom, with a class for the style sheet."""
    found = ipywidgets.VBox(children, layout=LAYOUT)
    found.add_class(name)
    return found
