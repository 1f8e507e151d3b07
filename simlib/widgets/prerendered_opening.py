"""What stands in the first bytes of a lesson's page, before its kernel lives: picture and bet.

They are read from the lesson's declaration.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from simlib.lessons import head, topics
from simlib.widgets.stage.bet import OPENED, bet_html
from simlib.widgets.state import LabState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.widgets.stage.scene import StageScene

# A thread warms the fronts while the first visitor asks for one. Rooms that import each other are
# imported by one thread at a time: two would meet in the middle, each with half a module.
_ONE = threading.RLock()


def is_staged(topic: str) -> bool:
    """Whether a topic's lesson is on the stage."""
    return topic in topics()


@cache
def front(topic: str, lang: str) -> dict[str, str]:
    """Picture and bet as HTML, the bet as the lab will show it too; empty if it is not staged."""
    if not is_staged(topic):
        return {}
    with _ONE:
        declared = import_module("simlib.widgets.stage.declared")
        asked = bet_html(declared.questions(topic, lang), lang, declared.clashes(topic, lang))
        return {"picture": declared.picture(topic, lang), "bet": asked}


@cache
def scene_links(topic: str) -> dict[str, str]:
    """Scene → the state that opens the lesson at it, without an answer; empty: it is not staged."""
    if not is_staged(topic):
        return {}
    found = {}
    for n, scene in enumerate(_scenes(topic)):
        state = LabState()
        fields = scene.setting(head(topic)["cases"][0], "") | {"committed": dict(OPENED)}
        state.put(fields if n else fields | {"stage": ""})
        found[scene.id] = state.to_text()
    return found


def _scenes(topic: str) -> Sequence[StageScene]:
    with _ONE:
        return tuple(import_module("simlib.widgets.stage.declared").scenes(topic))
