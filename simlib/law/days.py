"""The days of a case on which law is looked up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

ACTED, DECIDED = "acted_on", "decided_on"  # substance; procedure and interpretation
SATURDAY = 5  # and Sunday after it


class DatedCase(Protocol):
    """The two days of a case that choose its law."""

    @property
    def acted_on(self) -> datetime.date:
        """Day of the act."""

    @property
    def decided_on(self) -> datetime.date | None:
        """Day of the decision; None if it is still to come."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one decision of a case, where they are not those of the case itself."""

    acted_on: datetime.date
    decided_on: datetime.date | None


def today() -> datetime.date:
    """Return the current day: the day of a look-up that names none."""
    return datetime.date.today()


def past_weekend(day: datetime.date) -> datetime.date:
    """Return the day, or the Monday after it if it lies in a weekend: a last day is moved so.

    The course takes Saturdays and Sundays as statutory days off (民法典203(1), 民事诉讼法85(3)).
    Feasts, and weekend days worked in their stead, are fixed by decree each year and not reckoned.

    Examples
    --------
    >>> past_weekend(datetime.date(2027, 2, 28))
    datetime.date(2027, 3, 1)
    """
    to_monday = datetime.timedelta(7 - day.weekday())
    return day + to_monday if day.weekday() >= SATURDAY else day


def decision_day(case: DatedCase) -> datetime.date:
    """Return the day of the decision, today if the case has none."""
    return case.decided_on or today()


def law_day(dated_by: str, case: DatedCase) -> datetime.date:
    """Return the day of a case on which a law is looked up.

    Parameters
    ----------
    dated_by
        `acted_on` for substantive law, `decided_on` for procedure and interpretations
    """
    return case.acted_on if dated_by == ACTED else decision_day(case)
