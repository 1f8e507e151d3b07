"""What every lab's forms ask: which case, position and party; the tools; the reader's answer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from simlib.case import load_case
from simlib.text import words
from simlib.widgets.state import OWN

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.widgets.knob import Knob

# Button and what it asks for; a bar stands between the groups.
TOOLS = (
    (("undo", "undo"), ("redo", "redo"), ("reset_all", "reset:")),
    (("keep", "keep"), ("swap", "swap"), ("clear", "clear")),
    (("copy", "copy-link"), ("png", "png"), ("csv", "csv"), ("json", "json"), ("wall", "wall")),
)

KEYS = {
    "undo": {"keys": "Control+Z Meta+Z", "title": "Ctrl+Z / ⌘Z"},
    "redo": {"keys": "Control+Shift+Z Meta+Shift+Z Control+Y", "title": "Ctrl+Shift+Z / ⇧⌘Z"},
}


def choice_spec(
    cases: Iterable[str],
    case: Case,
    helpers: list[str],
    more: list[dict[str, Any]],
    lang: str,
    own: Case | None = None,
) -> list[dict[str, Any]]:
    """Which case (the reader's `own` too), position, helper, what else a lab lets choose; tools."""
    return [*choose_spec(cases, case, helpers, lang, own), *more, *_tools(lang)]


def choose_spec(
    cases: Iterable[str], case: Case, helpers: list[str], lang: str, own: Case | None = None
) -> list[dict[str, Any]]:
    """Which case (the reader's `own` too), position and helper; the case comes first."""
    titles = [(name, _title(name, lang)) for name in cases]
    if own:
        title = words("lab", "own.title", lang, title=getattr(own.title, lang))
        titles.append((OWN, title))
    spec = [options("select", "case", words("lab", "choose.case", lang), titles)]
    positions = [(p.id, getattr(p.title, lang)) for p in case.positions]
    if positions:
        label = words("lab", "choose.position", lang)
        spec.append(options("choice", "position", label, positions))
    if len(helpers) > 1:
        names = [(h, getattr(case.party(h).name, lang)) for h in helpers]
        spec.append(options("select", "party", words("lab", "choose.party", lang), names))
    return spec


@cache
def _title(name: str, lang: str) -> str:
    """What a shipped case is called; read once, since controls are made anew after a choice."""
    return getattr(load_case(name).title, lang)


def _tools(lang: str) -> list[dict[str, Any]]:
    done = {"done": words("lab", "tool.copied", lang), "left": words("lab", "own.left", lang)}
    copied = {"copy": done}
    spec = []
    for group in TOOLS:
        for name, action in group:
            more = KEYS.get(name, {}) | copied.get(name, {})
            spec.append(button(name, action, words("lab", f"tool.{name}", lang), **more))
        spec[-1]["last"] = True
    return spec


def knob_spec(knobs: Iterable[Knob], lang: str, folded: dict[str, str]) -> list[dict[str, Any]]:
    """The knobs in order; those of the groups in `folded` (group → its title) behind the others."""
    knobs = list(knobs)
    spec = [k.spec(lang) for k in knobs if k.group not in folded]
    for name, title in folded.items():
        spec.append({"kind": "group", "id": name, "label": title})
        spec += [k.spec(lang) for k in knobs if k.group == name]
        spec.append({"kind": "end"})
    return spec


def commit_spec(questions: list[dict[str, Any]], lang: str) -> list[dict[str, Any]]:
    """The questions a reader answers first, and the buttons that open the results."""
    send, open_ = (words("lab", f"commit.{name}", lang) for name in ("send", "open"))
    return [
        *questions,
        button("commit", "commit", send, strong=True),
        button("open", "open", open_),
    ]


def options(kind: str, id: str, label: str, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A control with choices: `kind` is `choice` (all in sight) or `select` (a list)."""
    shown = [{"value": value, "label": text} for value, text in pairs]
    return {"kind": kind, "id": id, "label": label, "options": shown}


def button(id: str, action: str, label: str, **more: object) -> dict[str, Any]:
    """A button that asks Python (or the page) for `action`."""
    return {"kind": "button", "id": id, "action": action, "label": label, **more}
