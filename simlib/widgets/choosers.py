"""What every lab's forms ask: which case, position and party; a control with choices."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from simlib.case import load_case
from simlib.text import words
from simlib.widgets.state import OWN

if TYPE_CHECKING:
    from simlib.case.model import Case


def choose_spec(
    cases: Iterable[str], case: Case, helpers: list[str], lang: str, own: Case | None = None
) -> list[dict[str, object]]:
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
    title: str = getattr(load_case(name).title, lang)
    return title


def options(kind: str, id: str, label: str, pairs: Iterable[tuple[str, str]]) -> dict[str, object]:
    """A control with choices: `kind` is `choice` (all in sight) or `select` (a list)."""
    shown = [{"value": value, "label": text} for value, text in pairs]
    return {"kind": kind, "id": id, "label": label, "options": shown}
