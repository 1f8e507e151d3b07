"""What lesson 00 asks of its engine: a count taken apart, and what an ending brings with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.interval import Interval
from simlib.law.suit import ATTRIBUTES, ending
from simlib.uncertainty.counts import Count, divide

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.lessons.outcome import Say

__all__ = ["ASKS", "READS", "count_of", "revealed", "solve"]

DISMISSED, TOTAL = 36, 42  # the count the paper reports
ALL, NONE, OPEN = "all", "none", "open"
BETWEEN = "-"  # of the attributes in an option's name


def count_of(chosen: Mapping[str, Any]) -> Count:
    """The count as the reader has made it up."""
    rulings = None if chosen["rulings"] is None else int(chosen["rulings"])
    times, level = int(chosen["size"]), int(chosen["level"]) / 100
    return divide(DISMISSED, TOTAL, rulings, int(chosen["heard"]), times, level)


def solve(
    case: Case, chosen: Mapping[str, Any], lang: str = "zh", party: str = ""
) -> dict[str, Any]:
    """The count, and the two endings that are compared."""
    found = {name: ending(chosen[name]) for name in ("beside", "ending")}
    if chosen["fact"]:
        found["ending"] = found["ending"].after_new_fact()
    return {"count": count_of(chosen), **found}


def revealed(found: Mapping[str, Any], say: Say) -> dict[str, str]:
    """Nothing: the words of the reveal have no numbers of the engine."""
    return {}


def half_lost(_: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Whether half of the suits heard were lost, or less, or more."""
    lost = now["count"].lost
    if lost is None or isinstance(lost, Interval):
        return OPEN
    return "half" if 2 * lost == 1 else "low" if 2 * lost < 1 else "high"


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Which attributes of the ending change: `all`, `none`, or their names."""
    then, after = (found["ending"].values for found in (before, now))
    differ = [name for name in ATTRIBUTES if then[name] != after[name]]
    return ALL if len(differ) == len(ATTRIBUTES) else BETWEEN.join(differ) or NONE


READS: Mapping[str, Any] = {}
ASKS = {"whether half were lost": half_lost, "what changes": changed}
