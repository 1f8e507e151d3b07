"""What of the claimant's money came into a party's accounts, where no more can be asked of him."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import high_end

if TYPE_CHECKING:
    from simlib.liability import Outcome
    from simlib.money import Fen

PLAIN = ("exposure.claim", "exposure.share")  # what an amount is without that limit is written


def flow_cap(outcome: Outcome, party: str) -> Fen | None:
    """Return that limit where it makes an amount smaller; None: it does not [fen]."""
    try:
        step = outcome.reason("exposure", party)
    except KeyError:
        return None
    found = {child.key: child.value for child in step.children}
    cap = found.get("flow_cap")
    if not isinstance(cap, int):
        return None
    if step.rule not in PLAIN:
        return cap if cap == high_end(outcome.parties[party].exposure_fen) else None
    others = [found[key] for key in ("part", "claim") if key in found]
    without = min((high_end(value) for value in others), default=0)
    return cap if cap < without else None
