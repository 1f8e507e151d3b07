"""What stands in the first bytes of a lesson's page, before its kernel lives: picture and bet."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from simlib.widgets.stage.bet import bet_html

STAGED = ("case",)  # topics whose lesson is on the stage


@cache
def front(topic: str, lang: str) -> dict[str, str]:
    """The bet's HTML, as the lab will show it too; empty for a lesson that is not on the stage."""
    if topic not in STAGED:
        return {}
    questions = import_module(f"simlib.widgets.{topic}.bet").questions(lang)
    return {"bet": bet_html(questions, lang)}
