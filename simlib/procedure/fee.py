"""The court fee of a claim for money, and how much of it a document leaves due."""

from __future__ import annotations

from fractions import Fraction

from simlib.errors import UnknownName
from simlib.money import Fen, half_up
from simlib.procedure.tracks import FEES

FIRST_FEN = 5_000  # up to 10,000 yuan: 50 yuan, whatever the sum
# from this sum on [fen], this part of what lies above it: 诉讼费用交纳办法13(1)
BANDS = (
    (1_000_000, Fraction(25, 1000)),
    (10_000_000, Fraction(20, 1000)),
    (20_000_000, Fraction(15, 1000)),
    (50_000_000, Fraction(10, 1000)),
    (100_000_000, Fraction(9, 1000)),
    (200_000_000, Fraction(8, 1000)),
    (500_000_000, Fraction(7, 1000)),
    (1_000_000_000, Fraction(6, 1000)),
    (2_000_000_000, Fraction(5, 1000)),
)
CITES = ("litigation-fees:8", "litigation-fees:13", "litigation-fees:16", "litigation-fees:27")


def fee(claim_fen: Fen, due: str = "full") -> Fen:
    """Return the court fee of a claim [fen].

    1. band by band on the sum claimed
    2. half of it in the simplified procedure, small claims included; nothing where the suit is not
       taken, or taken back by ruling

    Who loses bears it in the end (29); she advances it.

    Parameters
    ----------
    due
        one of `simlib.procedure.FEES`

    Raises
    ------
    UnknownName
        for another `due`

    References
    ----------
    litigation-fees:8, litigation-fees:13, litigation-fees:16, litigation-fees:27

    Examples
    --------
    >>> fee(2_500_000), fee(2_500_000, "half"), fee(2_500_000, "refunded")
    (42500, 21250, 0)
    """
    if due not in FEES:
        raise UnknownName.among("fee", due, FEES)
    if due in ("none", "refunded"):
        return 0
    tops = [low for low, _ in BANDS[1:]] + [max(claim_fen, BANDS[-1][0])]
    whole = Fraction(FIRST_FEN)
    for (low, rate), top in zip(BANDS, tops, strict=True):
        whole += max(0, min(claim_fen, top) - low) * rate
    return half_up(whole / 2 if due == "half" else whole)
