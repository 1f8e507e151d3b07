"""Forms and panes: thin views whose whole code lies in one cached static file."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any, TypeAlias

import anywidget
import ipywidgets
import traitlets

from simlib.resources import PACKAGE
from simlib.widgets.page_messages import Door, Nonsense

STATIC = PACKAGE / "widgets" / "static"


class Layout(Door, ipywidgets.Layout):
    """A layout that the page cannot change."""


# Our style sheet lays out everything: one empty layout for all widgets keeps the page light.
LAYOUT = Layout()

# A widget's module runs from a blob: address, so the page's settings are the only way back to the
# server. A page of ours names the folder where its files are kept (`simlib.server.files`); in
# JupyterLab there is a base address, right behind any prefix.
_LOADER = """
const settings = JSON.parse(document.getElementById('jupyter-config-data').textContent);
const source = settings.courseFiles
  ? settings.courseFiles + 'static/{file}'
  : settings.baseUrl + 'voila/templates/course/static/{file}';
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


def loader(view: str, file: str = "lab.js") -> str:
    """The module that fetches `view` from one of the page's static files."""
    return _LOADER.format(view=view, file=file)


ASKED = ("choice", "select", "range", "check")  # kinds of controls that can be set

# what a page wishes: `[n, value]`, or `[n, value, stroke]`
Wish: TypeAlias = "list[Any]"


class Form(Door, anywidget.AnyWidget):
    """Native controls from a list of plain records.

    Attributes
    ----------
    spec
        the controls in order: `{"kind", "id", "label", …}`
    values
        id → value to show
    asked
        id → `[n, value, stroke]`: the n-th wish of the reader for this control; wishes of one
        stroke belong to one movement of his hand
    heard
        id → the last of these wishes that has been heard: `values` before it are past
    label
        what the form is called for a screen reader
    strokes
        id → by which stroke its last wish came; without one, a wish is a stroke of its own
    seen
        whether it has been in sight: what lies in a fold that was never opened is not reckoned
    """

    _esm = loader("form")
    spec: traitlets.List[dict[str, object]] = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True, page=True)
    heard: traitlets.Dict[str, int] = traitlets.Dict().tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)

    def __init__(self, **traits: object) -> None:
        self._acts: dict[str, Callable[..., Any]] = {}
        self.strokes: dict[str, int] = {}
        self.seen = False
        super().__init__(**traits)
        self.observe(lambda change: self._wish(change["new"]), "asked")

    def on_asked(self, act: Callable[[dict[str, object]], None]) -> None:
        """Call `act` with the reader's new wishes, id → value, each once."""
        self._acts["asked"] = act

    def on_seen(self, act: Callable[[], None]) -> None:
        """Call `act` once the form is in sight for the first time."""
        self._acts["seen"] = act

    def hear(self, content: dict[str, object], buffers: list[memoryview]) -> None:
        """A wish, or that the form is in sight."""
        if "asked" in content:
            self._wish(self.admit("asked", content["asked"]))
        elif content.get("seen") is True:
            self.seen = True
            self._acts.get("seen", lambda: None)()
        else:
            raise Nonsense("a form has heard nothing like this")

    def admit(self, name: str, value: object) -> dict[str, Wish]:
        """Wishes in the shape in which a page of ours writes them."""
        if not isinstance(value, dict) or not all(map(_is_wish, value.values())):
            raise Nonsense("no wishes")
        return value

    def _wish(self, asked: dict[str, Wish]) -> None:
        fresh = {id: a for id, a in asked.items() if a[0] > self.heard.get(id, 0)}
        with self.hold_sync():  # that they are heard, and what they come to, go to the page as one
            self.heard = self.heard | {id: a[0] for id, a in fresh.items()}
            self._grant(fresh)

    def _grant(self, fresh: dict[str, Wish]) -> None:
        """Let new wishes act, if they are for controls that there are."""
        controls = {item["id"]: item for item in self.spec if item["kind"] in ASKED}
        wishes = {id: a[1] for id, a in fresh.items() if _gives(controls.get(id), a[1])}
        self.strokes |= {id: a[2] if len(a) > 2 else -a[0] for id, a in fresh.items()}
        if len(wishes) < len(fresh):  # of a control that has gone: back to what there is
            self.again()
        if wishes and "asked" in self._acts:
            self._acts["asked"](wishes)

    def again(self) -> None:
        """Let the page show once more what holds: it shows what the reader wished."""
        self.send({"again": True})


def _is_wish(value: object) -> bool:
    """Whether this is `[n, value]` or `[n, value, stroke]`."""
    if not isinstance(value, list) or not 2 <= len(value) <= 3:
        return False
    return all(type(value[n]) is int for n in range(0, len(value), 2))


def _gives(control: dict[str, Any] | None, value: object) -> bool:
    """Whether a control can be set to this."""
    if control is None:
        return False
    kind = control["kind"]
    if kind in ("choice", "select"):
        known = [option["value"] for option in control["options"]]
        return any(type(value) is type(one) and value == one for one in known)
    if kind == "range":
        least, most = control["min"], control["max"]
        number = type(value) in (int, float) and least <= value <= most
        return number or (value is None and bool(control.get("open")))
    return kind == "check" and isinstance(value, bool)


class Pane(Door, anywidget.AnyWidget):
    """Words as HTML that Python wrote and escaped; a click on `data-say` comes back as a message.

    `live` announces changes to a screen reader; a new number in `revealed` scrolls it into view.
    """

    _esm = loader("pane")
    html = traitlets.Unicode("").tag(sync=True)
    live = traitlets.Bool(False).tag(sync=True)
    revealed = traitlets.Int(0).tag(sync=True)

    def __init__(self, **traits: object) -> None:
        self._say: Callable[[str], None] | None = None
        super().__init__(**traits)

    def on_say(self, act: Callable[[str], None]) -> None:
        """Call `act` with the `data-say` of whatever was clicked."""
        self._say = act

    def hear(self, content: dict[str, object], buffers: list[memoryview]) -> None:
        """A click on something that is shown."""
        said = content.get("say")
        if not isinstance(said, str) or f'data-say="{escape(said)}"' not in self.html:
            raise Nonsense("nothing that can be clicked")
        if self._say is None:
            raise Nonsense("nobody is asked")
        self._say(said)


class Box(Door, ipywidgets.VBox):
    """Widgets from top to bottom."""


def box(name: str, *children: ipywidgets.Widget) -> Box:
    """Widgets from top to bottom, with a class for the style sheet."""
    found = Box(children, layout=LAYOUT)
    found.add_class(name)
    return found
