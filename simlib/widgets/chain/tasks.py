"""The three tasks of lesson 06; what is right is read off the engine's amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.restitution import give_back
from simlib.widgets.chain.scenes import EARLY, LIFO, WHOLE
from simlib.widgets.chain.traced import LAW
from simlib.widgets.stage.task import Task

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.widgets.lesson import View

COMPARED = ("fifo", "pro_rata")
LATE = ("ma", "fang")
FIRST_LAYER = ("he", "tang")


def by_a_second(before: View, now: View) -> str:
    """Under which of the two rules Wu's part changes with his payment a second earlier."""
    moved = [
        rule
        for rule in COMPARED
        if give_back(before.case, rule).returned["wu"] != give_back(now.case, rule).returned["wu"]
    ]
    return "-".join(moved) or "none"


def exposure(view: View, party: str) -> FenRange:
    """What may be claimed of a party under the law in force [fen]."""
    found: FenRange = view.outcomes.outcome(LAW).parties[party].exposure_fen  # type: ignore[attr-defined]
    return found


def moved_debtors(before: View, now: View) -> str:
    """Of whom something else may be claimed once money is followed by another rule."""
    first, late = (
        any(exposure(before, id) != exposure(now, id) for id in ids) for ids in (FIRST_LAYER, LATE)
    )
    return {(True, True): "all", (True, False): "first", (False, True): "late"}.get(
        (first, late), "none"
    )


def how_much(before: View, now: View) -> str:
    """What may be claimed of who knew and lent a card for a part: the part, the whole, else."""
    case, fen = now.case, exposure(now, "gao")
    part = next(t.amount_fen for t in case.transfers or () if t.payee == "card-1")
    return {part: "part", case.loss_fen: "whole"}.get(fen, "share")  # type: ignore[arg-type]


TASKS = (
    Task(
        "second",
        "second",
        knob="early",
        options=("fifo-pro_rata", "fifo", "pro_rata", "none"),
        turn=EARLY,
        answer=by_a_second,
        rows=("back:wu",),
        columns=("amount",),
    ),
    Task(
        "liable",
        "liable",
        knob="method",
        options=("all", "first", "late", "none"),
        turn=LIFO,
        answer=moved_debtors,
        rows=(*FIRST_LAYER, *LATE),
        columns=("amount",),
    ),
    Task(
        "part",
        "part",
        knob="cap",
        options=("part", "share", "whole"),
        turn=WHOLE,
        answer=how_much,
        rows=("gao",),
        columns=("amount",),
    ),
)
