"""What a party really carries beside his internal burden: in another's place, or less (519(3))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import high_end, low_end
from simlib.liability.assets import answering_with, purses_of
from simlib.liability.forms import form_of

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome
    from simlib.liability.outcome import PartyOutcome, PieceOutcome

WITH_USER = {"form.platform-enlarged", "form.platform-after_knowledge"}  # 1195(2), 1197
ROUNDED_FEN = 1  # so much may be open by rounding


def supposed(outcome: Outcome) -> bool:
    """Tell whether the mode is a what-if of joint debtors of whom 519(3) says nothing."""
    return outcome.law.joint and outcome.law.inside == "supposed"


def alike(outcome: Outcome) -> bool:
    """Tell whether 519(3) applies by analogy: debtors joint only in part, or a platform among them.

    By 1195(2) and 1197 a platform is joint with the user, not with those who helped him.
    """
    return outcome.law.inside == "analogy" or _beside_platform(outcome)


def _beside_platform(outcome: Outcome) -> bool:
    """Tell whether a platform that is joint with the fraudster stands beside a joint helper."""
    joint = [id for id, mine in outcome.parties.items() if mine.joint is not False]
    routes = {outcome.reason("form", id).rule for id in joint} - {"form.principal"}
    return bool(routes & WITH_USER) and bool(routes - WITH_USER)


def carried(outcome: Outcome, party: str, case: Case) -> str:
    """Return which words tell what a party carries; empty where it is just his burden.

    1. `carried_none`: nobody may ask him for it, so that he does not carry it
    2. `carried`, `carried_alike`: more than his burden, in the place of one who cannot pay
    3. `carried_open`: his means lie within his burden's range, so that may be or not
    4. `carried_passed`, `carried_passed_alike`: less than his burden, and somebody else carries
       more than his own
    5. `carried_short`: less than his burden, and nobody carries the rest
    """
    mine = outcome.parties[party]
    if supposed(outcome) or mine.carried_fen == mine.burden_fen:
        return ""
    if out_of_reach(outcome, party, case):
        return "carried_none"
    if carries_more(mine):
        return "carried_alike" if alike(outcome) else "carried"
    if high_end(mine.carried_fen) > low_end(mine.burden_fen):
        return "carried_open"
    others = [id for id in outcome.parties if id != party and carries_more(outcome.parties[id])]
    taken = any(not out_of_reach(outcome, id, case) for id in others)
    if not taken:
        return "carried_short"
    return "carried_passed_alike" if alike(outcome) else "carried_passed"


def out_of_reach(outcome: Outcome, party: str, case: Case) -> bool:
    """Tell whether something is open that he could pay of what he owed, and need not any more.

    What fraudsters paid fell off his limit, or several limits count as one, by the rule chosen.
    """
    person, form = case.party(party), form_of(outcome.parties[party].mode)
    if not person.sued or form is None or not form.capped:
        return False
    purses = purses_of(case, answering_with(person, person))
    most = sum(purse.cleared for purse in purses) if purses else None
    if most is not None and most <= high_end(outcome.parties[party].paid_fen):
        return False
    return any(_left_alone(part, party) for part in outcome.pieces or (outcome,))


def _left_alone(part: Outcome | PieceOutcome, party: str) -> bool:
    mine = part.parties.get(party)
    left = part.claim_fen - sum(high_end(each.paid_fen) for each in part.parties.values())
    if mine is None or left <= ROUNDED_FEN:
        return False
    return high_end(mine.paid_fen) < low_end(mine.exposure_fen)


def carries_more(mine: PartyOutcome) -> bool:
    """Tell whether a party carries more than his own burden, end by end."""
    now, own = mine.carried_fen, mine.burden_fen
    ends = [(low_end(now), low_end(own)), (high_end(now), high_end(own))]
    return all(one >= other for one, other in ends) and now != own
