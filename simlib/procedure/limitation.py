"""The time limit of the claim as procedure moves it: the report interrupts it, and so does a suit.

`simlib.liability.last_days` has the clock against each party on the days the file states. This one
follows a time line, so that the days a regime would bring count as well (诉讼时效规定13,
经济犯罪规定9).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.liability.limitation import OUTER_YEARS, YEARS, period_end
from simlib.procedure.known_days import history
from simlib.procedure.step import iso
from simlib.procedure.tracks import ENDED

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.procedure.criminal import CriminalLine

CITES = ("civil-code:188", "civil-code:195", "civil-code:203(1)", "limitation-rules:13",
         "economic-crime-rules:9")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limitation:
    """The time limit of the claim along one line.

    Attributes
    ----------
    starts_on
        day of knowledge, the day of the act where the file is silent
    interrupted_on
        day of the report to the police; None if the period had run by then
    anew_on
        day from which it runs anew: the criminal judgment in effect, or the decision that nobody is
        prosecuted (she is taken to know of it that day); None while the criminal case is open, and
        so for an unsolved one
    last_on
        last day to sue; None while the period does not run
    outer_on
        last day of the twenty years, which nothing interrupts
    sued_on, in_time
        the day of the suit, and whether it is in time
    by
        what `anew_on` rests on: `effective`, `not_prosecuted` or `open`
    cites
        ids of articles
    """

    starts_on: datetime.date
    interrupted_on: datetime.date | None
    anew_on: datetime.date | None
    last_on: datetime.date | None
    outer_on: datetime.date
    sued_on: datetime.date
    in_time: bool
    by: str
    cites: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return the limitation as plain JSON data."""
        days = ("starts_on", "interrupted_on", "anew_on", "last_on", "outer_on", "sued_on")
        data: dict[str, object] = {key: iso(getattr(self, key)) for key in days}
        return data | {"in_time": self.in_time, "by": self.by, "cites": list(self.cites)}


def limitation(case: Case, criminal: CriminalLine, sued_on: datetime.date) -> Limitation:
    """Return the time limit of the claim along a line.

    1. three years from knowledge, within which the report must come to interrupt them
    2. anew from the end of the criminal case; open until then
    3. twenty years from the act in any case
    4. a last day in a weekend is moved to the Monday after

    A report that names one joint debtor interrupts against all (诉讼时效规定15(2)); whether one
    that names nobody interrupts against a helper nobody knew of is contested. Interruptions in the
    file are the business of `simlib.liability.last_days`.

    References
    ----------
    civil-code:188, civil-code:203(1), limitation-rules:13, limitation-rules:15,
    economic-crime-rules:9

    Examples
    --------
    >>> from simlib import load_case
    >>> from simlib.procedure.criminal import criminal_line
    >>> case = load_case("2024-lu-0302-5690")
    >>> line = criminal_line(case, "ordinary")
    >>> str(limitation(case, line, case.acted_on).last_on)
    '2026-03-23'
    """
    start = case.knew_on or case.acted_on
    outer = period_end(case.acted_on, OUTER_YEARS)
    last = min(period_end(start, YEARS), outer)
    reported = history(case)["reported"].low
    if reported > last:
        return Limitation(start, None, None, last, outer, sued_on, sued_on <= last, "open", CITES)
    anew = criminal.ends_on if criminal.final else None
    by = "open" if anew is None else "not_prosecuted" if criminal.final in ENDED else "effective"
    if anew is not None and anew >= start:
        last = min(period_end(anew, YEARS), outer)
    open_end = None if anew is None else last
    in_time = sued_on <= (outer if open_end is None else open_end)
    return Limitation(start, reported, anew, open_end, outer, sued_on, in_time, by, CITES)
