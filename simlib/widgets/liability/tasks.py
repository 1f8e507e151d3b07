"""The three tasks of lesson 04; what is right is read off the engine's amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import high_end
from simlib.widgets.liability.scenes import RELEASED, SEVERAL
from simlib.widgets.liability.settings import outcome_of
from simlib.widgets.stage.task import LARGE, Task

if TYPE_CHECKING:
    from simlib.money import Fen
    from simlib.widgets.lesson import View

RICH_C: dict[str, object] = {"C.assets_fen": None}


def once(before: View, now: View) -> str:
    """What she receives once one debtor can pay all that may be claimed: her claim, or more."""
    outcome = outcome_of(now)
    received = high_end(outcome.received_fen)
    if received == high_end(outcome_of(before).received_fen):
        return "same"
    return "claim" if received == outcome.claim_fen else "sum"


def smaller(before: View, now: View) -> str:
    """Which of C's two amounts gets smaller: what may be claimed of him, what he bears."""
    then, mine = (outcome_of(view).parties["C"] for view in (before, now))
    outer = high_end(mine.exposure_fen) < high_end(then.exposure_fen)
    inner = high_end(mine.burden_fen) < high_end(then.burden_fen)
    return {(True, True): "both", (True, False): "outer", (False, True): "inner"}.get(
        (outer, inner), "none"
    )


def lost(before: View, now: View) -> Fen:
    """How much less she receives [fen]."""
    return high_end(outcome_of(before).received_fen) - high_end(outcome_of(now).received_fen)


def released(before: View, now: View) -> str:
    """How much less she receives once A is released, beside what he has and what he bears."""
    less, then = lost(before, now), outcome_of(before).parties["A"]
    has, bears = before.case.party("A").assets_fen or 0, high_end(then.burden_fen)
    named = {0: "none", has: "assets", bears: "share"}
    return named.get(less, "between" if has < less < bears else "other")


TASKS = (
    Task(
        "once",
        "start",
        knob="assets:C",
        options=("same", "claim", "sum"),
        turn=RICH_C,
        answer=once,
        rows=(LARGE, "C", "A"),
        columns=("paid",),
    ),
    Task(
        "share",
        "start",
        knob="mode",
        options=("both", "outer", "none"),
        turn=SEVERAL,
        answer=smaller,
        rows=("C",),
        columns=("exposure", "burden"),
        column="exposure",
    ),
    Task(
        "release",
        "release",
        knob="released:A",
        options=("none", "assets", "between", "share"),
        turn=RELEASED,
        answer=released,
        rows=(LARGE, "victim", "C", "A"),
        columns=("paid",),
    ),
)
