"""How long a piece is kept, and whether holders keep to the period the paper proposes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.evidence.piece import Piece
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
        last day on which its holder has it; None for no end
    least
        the least period the law sets, if any: a minimum, no day of deletion
    cites
        ids of articles
    basis
        of what kind the authority is for the length: a minimum that a holder does not exceed is a
        teaching assumption already
    least_on
        last day of the least period the law sets, whatever the holder does; None without one
    """

    begins: datetime.date | None
    lapses_on: datetime.date | None
    least: Period | None
    cites: tuple[str, ...]
    basis: str
    least_on: datetime.date | None = None

    @property
    def days(self) -> int | None:
        """How long the holder keeps it [days]; None for without end."""
        if self.begins is None or self.lapses_on is None:
            return None
        return (self.lapses_on - self.begins).days


def clock(
    piece: Piece, case: Case, levers: Levers | None = None, law: Regime | None = None
) -> Clock:
    """Return the clock of a piece.

    1. what the file says wins
    2. else the least period of the law on the day the piece came into being, by the calendar, and
       `evidence.kept_beyond_days` after it; where no law makes anybody keep it, so many days as
       the parameter of its kind says
    3. the paper's mandatory period, where holders keep to it, if that is longer
    4. her own copies, and kinds of which nothing is known, have no end

    Seizure, preservation and an answer stop the clock for the copy they secure: `trail` has them.

    Parameters
    ----------
    levers
        the paper's mandatory retention; None as today
    law
        the law with its parameters; that of the case if not given

    References
    ----------
    cybersecurity-law:23(1)(3), anti-money-laundering-law:34(3), e-commerce-law:31, civil-code:202

    Examples
    --------
    >>> from simlib import load_case
    >>> from simlib.evidence.piece import pieces
    >>> case = load_case("2024-lu-0302-5690")
    >>> {p.id: str(clock(p, case).lapses_on) for p in pieces(case)[1:]}
    {'bank-records': '2027-10-05', 'assumed-chat': '2023-04-03', 'assumed-log': '2023-04-05'}
    """
    law = law or regime_for(case)
    begins, kind = piece.created_on, piece.kind
    least = retention(kind.retention, begins or case.acted_on) if kind.retention else None
    cites = least.cites if least else ()
    if begins is None or piece.own:
        return Clock(begins, None, least, cites, TEACHING)
    least_on, basis = _least_on(begins, least), least.basis if least else TEACHING
    if piece.retention_days is not None:
        stated = after(begins, days=piece.retention_days)
        return Clock(begins, stated, least, cites, TEACHING, least_on)
    ends = _ends(piece, begins, least, law)
    if ends is not None and levers is not None and levers.kept:
        longer = after(begins, months=levers.mandatory_months)
        if longer > ends:
            return Clock(begins, longer, least, (*cites, *MANDATORY), REFORM, least_on)
    return Clock(begins, ends, least, cites, basis, least_on)


def _least_on(begins: datetime.date, least: Period | None) -> datetime.date | None:
    """Return the last day of the law's least period, by the calendar; None without one."""
    if least is None or least.length is None:
        return None
    return last_day(least, begins)


def _ends(
    piece: Piece, begins: datetime.date, least: Period | None, law: Regime
) -> datetime.date | None:
    """Return the last day without the paper's remedy; None for no end."""
    if least is not None:
        least_on = _least_on(begins, least)
        beyond = round(law.value("evidence.kept_beyond_days"))
        return least_on and after(least_on, days=beyond)
    if piece.kind.keeps is None:
        return None
    return after(begins, days=round(law.value(piece.kind.keeps)))
