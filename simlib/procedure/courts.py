"""Where she may sue, and what the court charges for it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from simlib.errors import NoRule, UnknownName
from simlib.interval import FenRange, hull
from simlib.law.dated import histories, in_force, record
from simlib.money import Fen, half_up
from simlib.procedure.admissibility import defendants
from simlib.procedure.tracks import FEES
from simlib.resources import table

if TYPE_CHECKING:
    from simlib.case.model import Case

BY_NETWORK = ("tech", "promotion")  # acts done through the network itself
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


def fee(claim_fen: Fen, due: str = "full", on: datetime.date | None = None) -> Fen:
    """Return the court fee of a claim [fen].

    1. band by band on the sum claimed
    2. half of it in the simplified procedure, small claims included; nothing where the suit is not
       taken, or taken back by ruling

    Who loses bears it in the end (29); she advances it.

    Parameters
    ----------
    due
        one of `simlib.procedure.FEES`
    on
        the day of the suit; today if not given

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
    whole = _fee("acceptance", claim_fen, on or datetime.date.today())
    return half_up(whole / 2 if due == "half" else whole)


@dataclass(frozen=True, slots=True)
class Due:
    """An amount due, or the bounds of one, with the articles it rests on."""

    fen: FenRange
    cites: tuple[str, ...]


def preservation_fee(amount_fen: Fen, on: datetime.date) -> Fen:
    """Return the fee of an application to preserve an amount of property [fen].

    References
    ----------
    litigation-fees:14

    Examples
    --------
    >>> preservation_fee(2_500_000, datetime.date(2023, 3, 1))  # 30, and 1 % of 24,000
    27000
    """
    return half_up(_fee("preservation", amount_fen, on))


def security(kind: str, amount_fen: Fen, on: datetime.date) -> Due:
    """Return the security for preserving an amount: all of it before the suit, less in it [fen].

    Parameters
    ----------
    kind
        `before_suit` or `in_suit`

    References
    ----------
    preservation-rules:5

    Examples
    --------
    >>> security("before_suit", 2_500_000, datetime.date(2023, 3, 1)).fen
    2500000
    >>> security("in_suit", 2_500_000, datetime.date(2023, 3, 1)).fen
    Interval(low=0, high=750000)
    """
    rule = _standing("security", kind, on)
    return Due(hull([int(Fraction(p) * amount_fen) for p in (rule.least, rule.most)]), rule.cites)


@dataclass(frozen=True, slots=True)
class Rule:
    """One fee, or one rule of security, in one version of `law/fees.toml`.

    Attributes
    ----------
    first_fen, bands, most_fen
        of a fee: up to the first band, the bands as `from_fen` and `rate`, and the most; 0 for none
    least, most
        of security: parts of the amount
    """

    key: str
    basis: str
    cites: tuple[str, ...]
    since: datetime.date | None = None
    until: datetime.date | None = None
    first_fen: Fen = 0
    bands: tuple[Mapping[str, object], ...] = ()
    most_fen: Fen = 0
    least: str = "0"
    most: str = "0"


@cache
def rules(kind: str) -> dict[str, tuple[Rule, ...]]:
    """Map each key of `fees` or `security` to its versions, oldest first."""
    listed = table("law", "fees.toml")[kind]
    return histories(listed, lambda row: record(Rule, row), first="since")


def _standing(kind: str, key: str, on: datetime.date) -> Rule:
    found = in_force(rules(kind)[key], on)
    if found is None:
        raise NoRule("no-deadline", key=key, day=on)
    return found


def _fee(key: str, amount_fen: Fen, on: datetime.date) -> Fraction:
    """Return a fee, band by band on the amount [fen]."""
    rule = _standing("fees", key, on)
    bands = [(int(str(band["from_fen"])), Fraction(str(band["rate"]))) for band in rule.bands]
    tops = [low for low, _ in bands[1:]] + [max(amount_fen, bands[-1][0])]
    whole = Fraction(rule.first_fen)
    for (low, rate), top in zip(bands, tops, strict=True):
        whole += max(0, min(amount_fen, top) - low) * rate
    return min(whole, Fraction(rule.most_fen)) if rule.most_fen else whole
