"""What stands in the first bytes of a lesson's page, before its kernel lives: picture and bet."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from simlib.case import load_case
from simlib.figures.opening import draw_case
from simlib.widgets.stage.bet import bet_html

STAGED = ("case",)  # topics whose lesson is on the stage


@cache
def front(topic: str, lang: str) -> dict[str, str]:
    """Picture and bet as HTML, the bet as the lab will show it too; empty if it is not staged."""
    if topic not in STAGED:
        return {}
    bet = import_module(f"simlib.widgets.{topic}.bet")
    picture = draw_case(load_case(bet.FIRST), lang)
    return {"picture": picture, "bet": bet_html(bet.questions(lang), lang)}
