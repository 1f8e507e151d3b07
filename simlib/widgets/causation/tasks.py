"""The three tasks of lesson 03; what is right is read off the chain and the legal steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.widgets.causation.scenes import DU, DU_OFF, GAO, GAO_OFF, LUO, PROMISE, PROMISED
from simlib.widgets.stage.task import LARGE, Task

if TYPE_CHECKING:
    from simlib.widgets.causation.linked import Linked
    from simlib.widgets.lesson import View

QUESTIONS = ("but_for", "ness", "furthering")
ALL, NONE, BETWEEN = "all", "none", "-"


def linked(view: View) -> Linked:
    """What the chain says of a view."""
    found: Linked = view.outcomes  # type: ignore[assignment]
    return found


def turned(party: str, before: View, now: View) -> str:
    """Which of the three answers for a party are others: `all`, `none`, or their names."""
    pair = linked(before), linked(now)
    moved = [key for key in QUESTIONS if len({found.answer(party, key) for found in pair}) > 1]
    return ALL if len(moved) == len(QUESTIONS) else BETWEEN.join(moved) or NONE


def both_off(before: View, now: View) -> str:
    """Whether the loss still happens, and which answers for Gao are others."""
    return BETWEEN.join(("yes" if linked(now).happens else "no", turned(GAO, before, now)))


TASKS = (
    Task(
        "either",
        "both",
        knob="switch:1",
        options=("none", "furthering", "but_for", "all"),
        turn=GAO_OFF,
        answer=lambda before, now: turned(DU, before, now),
        rows=(DU,),
        columns=QUESTIONS,
        former=("yes-none", "yes-du", "yes-both", "no-gao"),
    ),
    Task(
        "substitute",
        "substitute",
        knob="switch:2",
        options=("yes-none", "no-none", "no-but_for", "no-all"),
        turn=DU_OFF,
        answer=both_off,
        rows=(LARGE, GAO),
        columns=QUESTIONS,
        changes=GAO_OFF,
        former=("none", "but_for", "furthering", "all"),
    ),
    Task(
        "promise",
        "promise",
        knob=PROMISE,
        options=("furthering", "but_for", "all", "none"),
        turn=PROMISED,
        answer=lambda before, now: turned(LUO, before, now),
        rows=(LUO,),
        columns=QUESTIONS,
    ),
)
