"""Limitation of the claim (诉讼时效): three years, anew after an interruption, at most twenty.

The rule alone, on days: whom an interruption reaches is said by `simlib.liability.limitation`, what
a regime of procedure does to the report by `simlib.procedure.timeline`. Not reckoned: suspension
(民法典194), a last day moved by a holiday of a year whose list we do not hold (203(1); past a
weekend it is moved), and an extension the court grants (188(2)). A limit that has run changes no
amount: the obligor must raise it (192, 193).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from simlib.law.period import MONTHS, after, past_days_off

YEARS, OUTER_YEARS = 3, 20  # fixed by the Civil Code's article 188, paragraphs 1 and 2


@dataclass(frozen=True, slots=True)
class LimitationPeriod:
    """The period as interruptions leave it.

    Attributes
    ----------
    three_on, outer_on
        last day of the three years, and of the twenty, which nothing interrupts
    counts
        for each interruption given, whether the period ran anew: not before it began, nor once it
        had run
    """

    three_on: datetime.date
    outer_on: datetime.date
    counts: tuple[bool, ...]

    @property
    def last_on(self) -> datetime.date:
        """The last day to sue: that of the three or of the twenty years, whichever is sooner."""
        return min(self.three_on, self.outer_on)


def limitation_period(
    starts_on: datetime.date,
    acted_on: datetime.date,
    interruptions: Iterable[tuple[datetime.date, datetime.date]],
) -> LimitationPeriod:
    """Return the period of a claim, let run anew at each interruption in time.

    Parameters
    ----------
    starts_on, acted_on
        day of knowledge of the harm and of who owes, and day of the harm; neither counts itself
    interruptions
        day of each, in order, and the day from which the period runs anew: the same, or that on
        which the suit or the criminal case ended

    References
    ----------
    civil-code:188, civil-code:195, civil-code:203(1), limitation-rules:13

    Examples
    --------
    >>> day = datetime.date
    >>> sued, over = day(2026, 5, 1), day(2027, 2, 1)
    >>> limitation_period(day(2023, 5, 10), day(2023, 5, 10), [(sued, over)]).last_on
    datetime.date(2030, 2, 1)
    """
    three, outer = period_end(starts_on, YEARS), period_end(acted_on, OUTER_YEARS)
    counts = []
    for on, anew_on in interruptions:
        counts.append(starts_on <= on <= min(three, outer))
        if counts[-1]:
            three = max(three, period_end(max(on, anew_on), YEARS))
    return LimitationPeriod(three, outer, tuple(counts))


def period_end(day: datetime.date, years: int) -> datetime.date:
    """Return the last day of a period of years that begins with `day` (民法典201 to 203).

    Examples
    --------
    >>> period_end(datetime.date(2024, 2, 29), 3)  # 28 February 2027 is a Sunday
    datetime.date(2027, 3, 1)
    """
    return past_days_off(after(day, months=MONTHS * years))
