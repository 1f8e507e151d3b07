"""Market share liability: whose card it was cannot be told; each answers by its market share.

Foreign law (California), for comparison only. Chinese law has no such rule: where several endanger
another and it cannot be told which of them did the harm, they are jointly liable (Civil Code art.
1170), so that article comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from simlib.errors import GameError, UnknownName
from simlib.money import WEIGHT_UNITS, Fen, Share, Units, split_units, weight

READINGS = ("brown", "sindell")


def market_share(shares: Sequence[Share], loss_fen: Fen, reading: str = "brown") -> tuple[Fen, ...]:
    """Return what each defendant owes by its share of the market.

    Parameters
    ----------
    shares
        the share of the whole market of each defendant who was sued and is there, together above
        0 and at most 1. An absent or insolvent one is left out: nobody else takes over its share
        under `brown`
    loss_fen
        the whole loss, ≥ 0 [fen]
    reading
        `brown`: several liability, each its share of the whole market, so the claimant bears the
        part of those who are absent. `sindell`: the shares of those present are scaled up to
        the whole loss, as *Sindell* was read before *Brown*

    Returns
    -------
    tuple of int
        one amount a defendant, in order [fen]

    Raises
    ------
    GameError
        if the shares are no parts of one market or the loss is no amount
    UnknownName
        if there is no such reading

    References
    ----------
    Sindell v. Abbott Laboratories, 26 Cal.3d 588 (1980): each defendant is liable for the
    proportion of the judgment represented by its share of the market (excerpt read).
    Brown v. Superior Court, 44 Cal.3d 1049 (1988): opening read; that it rejects scaling up and
    joint liability is general knowledge.

    Examples
    --------
    >>> market_share([0.1, 0.2, 0.3], 10_000_000)
    (1000000, 2000000, 3000000)
    >>> market_share([0.1, 0.2, 0.3], 10_000_000, "sindell")
    (1666667, 3333333, 5000000)
    """
    if reading not in READINGS:
        near = (*get_close_matches(reading, READINGS, n=1, cutoff=0.0), READINGS[0])[0]
        raise UnknownName("unknown-name", kind="reading", name=reading, near=near)
    if isinstance(loss_fen, bool) or not isinstance(loss_fen, int) or loss_fen < 0:
        raise GameError("loss-amount", loss_fen=loss_fen)
    units = _shares(shares)
    absent = [max(0, WEIGHT_UNITS - sum(units))] if reading == "brown" else []
    return tuple(split_units(loss_fen, [*units, *absent])[: len(units)])


def _shares(shares: Sequence[Share]) -> list[Units]:
    """Return shares in billionths, where each may be rounded up by half of one."""
    units = [weight(share) for share in shares if 0 <= share <= 1]
    if len(units) < len(shares) or not 0 < sum(units) <= WEIGHT_UNITS + len(units):
        raise GameError("market-shares", shares=list(shares))
    return units
