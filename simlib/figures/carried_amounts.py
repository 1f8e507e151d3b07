"""What a party really carries beside his internal burden: in another's place, or less (519(3))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import high_end, low_end

if TYPE_CHECKING:
    from simlib.liability import Outcome
    from simlib.liability.outcome import PartyOutcome


def supposed(outcome: Outcome) -> bool:
    """Tell whether the mode is a what-if of joint debtors of whom 519(3) says nothing."""
    return outcome.law.joint and outcome.law.inside == "supposed"


def alike(outcome: Outcome) -> bool:
    """Tell whether 178(2) and 519(3) apply by analogy: debtors joint only in part."""
    return outcome.law.inside == "analogy"


def carried(outcome: Outcome, party: str) -> str:
    """Return which words tell what a party carries; empty where it is just his burden.

    1. `carried`, `carried_alike`: more than his burden, in the place of one who cannot pay
    2. `carried_open`: his means lie within his burden's range, so that may be or not
    3. `carried_passed`: less than his burden, and somebody else carries more than his own
    4. `carried_short`: less than his burden, and nobody carries the rest
    """
    mine = outcome.parties[party]
    if supposed(outcome) or mine.carried_fen == mine.burden_fen:
        return ""
    if carries_more(mine):
        return "carried_alike" if alike(outcome) else "carried"
    if high_end(mine.carried_fen) > low_end(mine.burden_fen):
        return "carried_open"
    others = (each for id, each in outcome.parties.items() if id != party)
    return "carried_passed" if any(map(carries_more, others)) else "carried_short"


def carries_more(mine: PartyOutcome) -> bool:
    """Tell whether a party carries more than his own burden, end by end."""
    now, own = mine.carried_fen, mine.burden_fen
    ends = [(low_end(now), low_end(own)), (high_end(now), high_end(own))]
    return all(one >= other for one, other in ends) and now != own
