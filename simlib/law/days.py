"""The days of a case on which law is looked up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

ACTED, DECIDED = "acted_on", "decided_on"  # substance; procedure and interpretation


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
