"""The three tasks of lesson 00; what is right is read off the count and the endings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import Interval
from simlib.law.suit import ATTRIBUTES
from simlib.widgets.stage.task import LARGE, Task
from simlib.widgets.start.scenes import ALL_RULINGS, DISMISSED, GRANTED

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

ALL, NONE, OPEN, CITED = "all", "none", "open", "cited"
BETWEEN = "-"  # of the attributes in an option's name


def share_lost(_: View, now: View) -> str:
    """Which option the share lost of the suits heard is."""
    count = now.outcomes["count"]
    if count.lost is None or isinstance(count.lost, Interval):
        return OPEN
    if count.lost * count.total == count.dismissed:
        return CITED
    return {0: NONE, 1: ALL}.get(count.lost, OPEN)


def changed(before: View, now: View) -> str:
    """Which attributes of the ending change: `all`, `none`, or their names."""
    then, after = (view.outcomes["ending"].values for view in (before, now))
    differ = [name for name in ATTRIBUTES if then[name] != after[name]]
    return ALL if len(differ) == len(ATTRIBUTES) else BETWEEN.join(differ) or NONE


TASKS = (
    Task(
        "rulings",
        "number",
        knob="rulings",
        options=(CITED, NONE, ALL, OPEN),
        turn=ALL_RULINGS,
        answer=share_lost,
        rows=(LARGE,),
    ),
    Task(
        "sorting",
        "sorting",
        knob="ending",
        options=("document", "document-appeal", ALL, NONE),
        turn=DISMISSED,
        answer=changed,
        rows=(LARGE,),
    ),
    Task(
        "support",
        "sorting",
        knob="ending",
        options=(ALL, "fee-again", "fee", NONE),
        turn=GRANTED,
        answer=changed,
        changes=DISMISSED | {"chosen.beside": "dismiss_claim"},
        rows=(LARGE,),
    ),
)
