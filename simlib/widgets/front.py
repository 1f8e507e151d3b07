"""What stands in the first bytes of a lesson's page, before its kernel lives: picture and bet.

A lesson on the stage has a module `simlib/widgets/<topic>/bet.py` with `FIRST`, the case its bet
is about, and `questions(lang)`; where the case's own picture does not show what the lesson asks,
also `draw(lang)`; `clashes(lang)` if an answer can
contradict itself. Its scenes are the `SCENES` of `scenes.py` beside it, on the case `FIRST`.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from simlib.case import load_case
from simlib.figures.opening import draw_case
from simlib.widgets.stage.bet import OPENED, bet_html
from simlib.widgets.state import LabState

# A thread warms the fronts while the first visitor asks for one. Rooms that import each other are
# imported by one thread at a time: two would meet in the middle, each with half a module.
_ONE = threading.RLock()


def is_staged(topic: str) -> bool:
    """Whether a topic's lesson is on the stage."""
    room = f"simlib.widgets.{topic}"
    return find_spec(room) is not None and find_spec(f"{room}.scenes") is not None


@cache
def front(topic: str, lang: str) -> dict[str, str]:
    """Picture and bet as HTML, the bet as the lab will show it too; empty if it is not staged."""
    with _ONE:
        if not is_staged(topic):
            return {}
        bet = import_module(f"simlib.widgets.{topic}.bet")
    own = getattr(bet, "draw", None)
    picture = own(lang) if own else draw_case(load_case(bet.FIRST), lang)
    clashes = bet.clashes(lang) if hasattr(bet, "clashes") else ()
    return {"picture": picture, "bet": bet_html(bet.questions(lang), lang, clashes)}


@cache
def scene_links(topic: str) -> dict[str, str]:
    """Scene → the state that opens the lesson at it, without an answer; empty: it is not staged."""
    with _ONE:
        if not is_staged(topic):
            return {}
        lesson = import_module(f"simlib.widgets.{topic}.scenes")
    found = {}
    for n, scene in enumerate(lesson.SCENES):
        state = LabState()
        fields = scene.setting(lesson.FIRST, "") | {"committed": dict(OPENED)}
        state.put(fields if n else fields | {"stage": ""})
        found[scene.id] = state.to_text()
    return found
