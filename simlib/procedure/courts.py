"""Where she may sue, and what the court charges for it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.money import Fen, half_up
from simlib.procedure.admissibility import defendants
from simlib.procedure.tracks import FEES

if TYPE_CHECKING:
    from simlib.case.model import Case

BY_NETWORK = ("tech", "promotion")  # acts done through the network itself
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


@dataclass(frozen=True, slots=True)
class Court:
    """One place whose court may have jurisdiction.

    Attributes
    ----------
    key
        `defendant`, `act`, `result` or `prisoner`; named in `texts/*/procedure.toml`
    holds
        whether it has jurisdiction; None where the file or the law leaves it open
    cites, basis, contested
        on what authority, and whether that is contested
    """

    key: str
    holds: bool | None
    cites: tuple[str, ...]
    basis: str
    contested: bool = False


def courts(case: Case) -> tuple[Court, ...]:
    """Return the places whose courts may hear this suit.

    Her own home is the place of the result if the tort was one by network: plain for who gave
    technical help or promoted, contested for who lent a card or an account. It is the place for a
    suit against a prisoner too; whether a convict is in prison on the day of the suit no file says.

    References
    ----------
    civil-procedure-law:22, civil-procedure-law:23, civil-procedure-law:29,
    civil-procedure-interpretation:24, civil-procedure-interpretation:25

    Examples
    --------
    >>> from simlib import load_case
    >>> [(c.key, c.holds) for c in courts(load_case("2024-lu-0302-5690"))]
    [('defendant', True), ('act', True), ('result', None), ('prisoner', None)]
    """
    sued = defendants(case)
    network = bool(sued) and all(p.role != "helper" or p.act in BY_NETWORK for p in sued)
    convicts = {e.party for e in case.criminal if e.status == "effective" and e.sentence}
    jailed = None if any(p.id in convicts for p in sued) else False
    tort = "civil-procedure-law:29"
    interpretation = "judicial interpretation"
    return (
        Court("defendant", True, ("civil-procedure-law:22", tort), "law in force"),
        Court("act", True, (tort, "civil-procedure-interpretation:24"), "law in force"),
        Court("result", network or None,
              (tort, "civil-procedure-interpretation:24", "civil-procedure-interpretation:25"),
              interpretation, not network),
        Court("prisoner", jailed, ("civil-procedure-law:23",), "law in force"),
    )  # fmt: skip


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
