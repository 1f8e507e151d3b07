"""How long a piece is kept, who must keep it, and whether holders keep to the paper's period."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.evidence.piece import Piece
from simlib.evidence.survival import Delay, survival
from simlib.law.period import Period, after, last_day, retention
from simlib.law.regime import regime_for
from simlib.money import Fen

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime

TEACHING, REFORM = "teaching assumption", "reform proposal"
MANDATORY = ("paper:retention",)


@dataclass(frozen=True, slots=True)
class Levers:
    """A period every holder must keep to, and what he risks who does not.

    The paper proposes both and gives no number: all four are teaching assumptions.

    Attributes
    ----------
    mandatory_months
        how long everything is to be kept [months]
    fine_fen
        the fine for each piece not kept [fen]
    inspected
        chance that it is found out
    storage_cost_fen
        what it costs to keep a piece so long [fen]
    """

    mandatory_months: int
    fine_fen: Fen
    inspected: float
    storage_cost_fen: Fen

    @property
    def kept(self) -> bool:
        """Whether holders keep to the period: if what they risk is no less than what it costs.

        Examples
        --------
        >>> Levers(36, 500_000, 0.2, 100_000).kept, Levers(36, 500_000, 0.1, 100_000).kept
        (True, False)
        """
        return self.inspected * self.fine_fen >= self.storage_cost_fen


def levers_of(case: Case, law: Regime | None = None) -> Levers:
    """Return the paper's remedy with the numbers of this course.

    Parameters
    ----------
    law
        the law with its parameters; that of the case if not given
    """
    value = (law or regime_for(case)).value
    return Levers(
        round(value("evidence.mandatory_months")),
        round(value("evidence.fine_fen")),
        value("evidence.inspected"),
        round(value("evidence.storage_cost_fen")),
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a piece.

    Attributes
    ----------
    begins
        day it came into being; None where no day is known
    lapses_on
        last day on which its holder has it, who keeps to every duty of his; None for no end
    least
        the least period the law sets, if any: a minimum, no day of deletion
    cites
        ids of articles
    basis
        of what kind the authority is for the length: a minimum that a holder does not exceed is a
        teaching assumption already
    least_on
        last day of the least period the law sets, whatever the holder does; None without one
    must_on
        last day on which some duty makes him keep it, of the law or of the paper; until then
        nobody's deletion erases his copy. None where nothing makes him
    own_on
        last day on which he keeps it of himself: what the file states, or the parameter of its
        kind; None where nothing is known but the law's least period
    stated
        whether the file states how long he keeps it
    """

    begins: datetime.date | None
    lapses_on: datetime.date | None
    least: Period | None
    cites: tuple[str, ...]
    basis: str
    least_on: datetime.date | None = None
    must_on: datetime.date | None = None
    own_on: datetime.date | None = None
    stated: bool = False

    @property
    def days(self) -> int | None:
        """How long the holder keeps it [days]; None for without end."""
        return self.days_to(self.lapses_on)

    @property
    def breached(self) -> bool:
        """Whether the file states a period that falls short of the law's least one."""
        own, least = self.own_on, self.least_on
        return self.stated and own is not None and least is not None and own < least

    def days_to(self, last: datetime.date | None) -> int | None:
        """Count days from the day it came into being; None without one of the two."""
        return None if self.begins is None or last is None else (last - self.begins).days


def clock(
    piece: Piece, case: Case, levers: Levers | None = None, law: Regime | None = None
) -> Clock:
    """Return the clock of a piece.

    1. what its holder keeps of himself: what the file says; else, where no law makes anybody keep
       it, so many days as the parameter of its kind says
    2. the least period of the law on the day the piece came into being, by the calendar, and
       `evidence.kept_beyond_days` after it where the file says nothing. A stated period that falls
       short of it is a breach and no rule of its own: the clock runs to the larger of both
    3. the paper's mandatory period, where holders keep to it, for every holder whether or not the
       file states a period, if that is longer
    4. her own copies, and kinds of which nothing is known, have no end

    What somebody must keep is there until the duty ends: a deletion by a user does not erase the
    copy that must be kept. What is left is breach, by `evidence.breach`: see `kept_until`.
    A person who is a party and runs no platform or network is under neither duty, by our reading:
    网络安全法23 speaks of network operators (who own or manage a network, or serve by it: so does a
    technical helper, as a cloud company), the paper of network service providers.
    Seizure, preservation and an answer stop the clock for the copy they secure: `trail` has them.

    Parameters
    ----------
    levers
        the paper's mandatory retention; None as today
    law
        the law with its parameters; that of the case if not given

    References
    ----------
    cybersecurity-law:23(1)(3), cybersecurity-law:61, anti-money-laundering-law:34(3),
    e-commerce-law:31, civil-code:202

    Examples
    --------
    >>> from simlib import load_case
    >>> from simlib.evidence.piece import pieces
    >>> case = load_case("2024-lu-0302-5690")
    >>> {p.id: str(clock(p, case).lapses_on) for p in pieces(case)[1:]}
    {'bank-records': '2027-10-05', 'assumed-chat': '2023-04-03', 'assumed-log': '2023-04-05'}
    """
    law = law or regime_for(case)
    begins, kind, bound = piece.created_on, piece.kind, is_bound(piece, case)
    least = None
    if kind.retention and bound:
        least = retention(kind.retention, begins or case.acted_on)
    cites = least.cites if least else ()
    if begins is None or piece.own:
        return Clock(begins, None, least, cites, TEACHING)
    least_on, own_on = _least_on(begins, least), _own_on(piece, begins, law)
    ends, basis = _ends(piece, least, least_on, own_on, law), _basis(piece, least, own_on, least_on)
    must_on = least_on
    if ends is not None and bound and levers is not None and levers.kept:
        longer = after(begins, months=levers.mandatory_months)
        must_on = max(longer, least_on or longer)
        if longer > ends:
            ends, basis, cites = longer, REFORM, (*cites, *MANDATORY)
    stated = piece.retention_days is not None
    return Clock(begins, ends, least, cites, basis, least_on, must_on, own_on, stated)


def is_bound(piece: Piece, case: Case) -> bool:
    """Whether a duty to keep data can bind the holder: not a party who runs no network."""
    party = next((party for party in case.parties if party.id == piece.holder), None)
    return party is None or party.act == "tech" or party.role in ("platform", "operator")


def kept_until(clock: Clock, asked_day: float, delay: Delay, breach: float, rate: float) -> float:
    """Return the chance that what is asked for on a day is there when the holder answers.

    Until its last day of duty it is there (no deletion counts); after that, until the clock ends,
    it may have been deleted at `rate`. A holder in breach does as he would without any duty: he
    keeps it as long as he does of himself, and where nothing is known of that he has not kept it.

    Parameters
    ----------
    asked_day
        since the piece came into being [days]
    breach
        chance that a holder who must keep a piece does not
    rate
        of deletion where nobody must keep it [1/day]
    """

    def until(last: datetime.date | None, rate: float, none: float) -> float:
        days = clock.days_to(last)
        return survival(asked_day, delay, retention_days=none if days is None else days,
                        deletion_per_day=rate)  # fmt: skip

    free = until(clock.lapses_on, rate, math.inf)
    if clock.must_on is None:
        return free
    held = until(clock.must_on, 0.0, 0.0) + free - until(clock.must_on, rate, 0.0)
    left = until(clock.own_on, rate, 0.0) if clock.own_on else 0.0
    return (1 - breach) * held + breach * left


def _least_on(begins: datetime.date, least: Period | None) -> datetime.date | None:
    """Return the last day of the law's least period, by the calendar; None without one."""
    if least is None or least.length is None:
        return None
    return last_day(least, begins)


def _own_on(piece: Piece, begins: datetime.date, law: Regime) -> datetime.date | None:
    """Return the last day on which its holder keeps it of himself; None where nobody knows."""
    if piece.retention_days is not None:
        return after(begins, days=piece.retention_days)
    if piece.kind.keeps is None:
        return None
    return after(begins, days=round(law.value(piece.kind.keeps)))


def _ends(
    piece: Piece, least: Period | None, least_on: datetime.date | None,
    own_on: datetime.date | None, law: Regime,
) -> datetime.date | None:  # fmt: skip
    """Return the last day without the paper's remedy; None for no end."""
    if least is None:
        return own_on
    if least.length is None:
        return None
    if own_on is None:
        beyond = round(law.value("evidence.kept_beyond_days"))
        return least_on and after(least_on, days=beyond)
    return max(own_on, least_on or own_on)


def _basis(
    piece: Piece, least: Period | None, own_on: datetime.date | None, least_on: datetime.date | None
) -> str:
    """Return of what kind the authority is: of the law where its least period decides."""
    longer = own_on is not None and (least_on is None or own_on > least_on)
    return TEACHING if least is None or longer else least.basis
