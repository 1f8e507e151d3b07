"""What one regime makes of a suit: the first document, when there is a judgment, what is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.interval import Interval
from simlib.law.period import after

if TYPE_CHECKING:
    import datetime

    from simlib.interval import FenRange
    from simlib.money import Fen
    from simlib.procedure import Line, Schedule

ORDINARY = "ordinary"
REGISTERED, STAY, LOST = "registered", "stay", "claim_dismissed"


@dataclass(frozen=True, slots=True)
class Told:
    """What one regime makes of a suit.

    Attributes
    ----------
    schedule
        the time lines
    acted_on
        day of the loss, from which months are counted
    paid_fen
        variant → what is paid to her in the end [fen]; None: the law in force has no answer
    left_fen
        variant → what the defendant has left on that day [fen]; None: nobody knows
    frozen
        variant → whether his means are frozen for her until then
    """

    schedule: Schedule
    acted_on: datetime.date
    paid_fen: Mapping[str, FenRange | None]
    left_fen: Mapping[str, Fen | None]
    frozen: Mapping[str, bool]

    @property
    def line(self) -> Line:
        """The ordinary line."""
        return self.schedule.lines[ORDINARY]

    @property
    def document(self) -> str:
        """What this suit gets: a refusal, a stay, or what decides on it."""
        return document_of(self.line)

    @property
    def again(self) -> str:
        """Whether the same claim may be brought again after that document."""
        first = self.line.admissions[0]
        if first.document != REGISTERED:
            return str(first.refile)
        return "resumes" if first.stays else "barred"

    @property
    def by_practice(self) -> bool:
        """Whether the suit is refused for restitution ordered before, which no article says."""
        first = self.line.admissions[0]
        ordered = [g for g in first.grounds if g.key == "restitution_whole" and g.holds]
        return first.document != REGISTERED and bool(ordered)

    @property
    def should_stay(self) -> bool:
        """Whether it is tried at once although it must rest on the criminal result.

        Then it is a contrast: minutes 130 and article 153 ask for a stay.
        """
        first = self.line.admissions[0]
        held = [g for g in first.grounds if g.key == "prejudicial" and g.holds]
        return first.document == REGISTERED and not first.stays and bool(held)

    @property
    def waits(self) -> bool:
        """Whether the ordinary line ends in a wait without end."""
        return any(step.track == "civil" and step.ends is None for step in self.line.steps)

    @property
    def month(self) -> int | None:
        """Months from the loss to the judgment on the ordinary line [hundredths]; None: never."""
        on = self.line.judged_on
        return None if on is None else months_between(self.acted_on, on)

    @property
    def months(self) -> FenRange | None:
        """The same from the shortest line to the longest; None: the ordinary has no judgment."""
        if self.line.judged_on is None:
            return None
        days = [line.judged_on for line in self.schedule.lines.values() if line.judged_on]
        ends = [months_between(self.acted_on, on) for on in days]
        return _range(ends)

    @property
    def paid(self) -> FenRange | None:
        """What is paid in the end on the ordinary line [fen]; None: nobody can say."""
        return self.paid_fen[ORDINARY]

    def to_json(self) -> dict[str, object]:
        """Return it as plain JSON data."""
        plain = {
            name: [*_ends(fen)] if isinstance(fen, Interval) else fen
            for name, fen in self.paid_fen.items()
        }
        return {
            "schedule": self.schedule.to_json(),
            "document": self.document,
            "again": self.again,
            "paid_fen": plain,
            "left_fen": dict(self.left_fen),
            "frozen": dict(self.frozen),
        }


def document_of(line: Line) -> str:
    """Return what a suit gets on a line: a refusal, a stay, or what decides on it."""
    first = line.admissions[0]
    if first.document != REGISTERED:
        return first.document
    return STAY if first.stays else line.document


def months_between(start: datetime.date, end: datetime.date) -> int:
    """Return the months between two days [hundredths]: whole ones of the calendar, then a part.

    Examples
    --------
    >>> import datetime
    >>> months_between(datetime.date(2022, 10, 5), datetime.date(2023, 6, 20))
    850
    """
    whole = (end.year - start.year) * 12 + end.month - start.month
    whole -= after(start, months=whole) > end
    first, last = after(start, months=whole), after(start, months=whole + 1)
    return 100 * whole + round(100 * (end - first).days / (last - first).days)


def _ends(value: FenRange) -> tuple[Fen, Fen]:
    return (value.low, value.high) if isinstance(value, Interval) else (value, value)


def _range(ends: list[int]) -> FenRange:
    low, high = min(ends), max(ends)
    return low if low == high else Interval(low, high)
