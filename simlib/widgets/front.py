"""What stands in the first bytes of a lesson's page, before its kernel lives: picture and bet."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from simlib.case import load_case
from simlib.figures.opening import draw_case
from simlib.widgets.lesson import helpers_of
from simlib.widgets.stage.bet import OPENED, bet_html
from simlib.widgets.state import LabState

STAGED = ("case",)  # topics whose lesson is on the stage


@cache
def front(topic: str, lang: str) -> dict[str, str]:
    """Picture and bet as HTML, the bet as the lab will show it too; empty if it is not staged."""
    if topic not in STAGED:
        return {}
    bet = import_module(f"simlib.widgets.{topic}.bet")
    picture = draw_case(load_case(bet.FIRST), lang)
    return {"picture": picture, "bet": bet_html(bet.questions(lang), lang)}


@cache
def scene_links(topic: str) -> dict[str, str]:
    """Scene → the state that opens the lesson at it, without an answer; empty: it is not staged."""
    if topic not in STAGED:
        return {}
    lesson = import_module(f"simlib.widgets.{topic}.scenes")
    party = helpers_of(load_case(lesson.FIRST))[0]
    found = {}
    for n, scene in enumerate(lesson.SCENES):
        state = LabState()
        fields = scene.setting(lesson.FIRST, party) | {"committed": dict(OPENED)}
        state.put(fields if n else fields | {"stage": ""})
        found[scene.id] = state.to_text()
    return found
