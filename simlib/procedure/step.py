"""One step of a time line, and how long each kind of line lets it take."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from simlib.law.deadline import deadline
from simlib.law.period import after, last_day
from simlib.procedure.tracks import move

VARIANTS = ("shortest", "ordinary", "longest")
EVERY = 9  # more extensions than any article has


@dataclass(frozen=True, slots=True)
class Step:
    """One state of one track, from a day to a day.

    Attributes
    ----------
    track, state
        `criminal` or `civil`, and the id of the state
    begins, ends
        first and last day; `ends` None where there is no end, `begins` None where it never begins
    document
        what ends it (of a stay, what orders it); None where no document does
    deadline
        key of the limit that set its length; None where the law names none
    cites, basis
        the authority of the step, and of what kind it is
    source
        `case:…` where the file states its end, `deadline:…` where a limit does, else `assumed`
    """

    track: str
    state: str
    begins: datetime.date | None
    ends: datetime.date | None
    document: str | None
    deadline: str | None
    cites: tuple[str, ...]
    basis: str
    source: str

    @property
    def rests_on(self) -> str:
        """What its length comes from: `case`, `deadline`, `assumed`, or `proposal`.

        A limit that somebody proposes is no limit of the law.
        """
        kind = self.source.partition(":")[0]
        return "proposal" if self.basis == "reform proposal" and kind != "case" else kind

    def to_json(self) -> dict[str, object]:
        """Return the step as plain JSON data."""
        return {
            "track": self.track,
            "state": self.state,
            "begins": iso(self.begins),
            "ends": iso(self.ends),
            "document": self.document,
            "deadline": self.deadline,
            "cites": list(self.cites),
            "basis": self.basis,
            "source": self.source,
        }


def iso(day: datetime.date | None) -> str | None:
    """Return a day as text; None stays None."""
    return day.isoformat() if day else None


def limit_end(key: str, start: datetime.date, extensions: int = 0) -> datetime.date:
    """Return the last day of a limit that begins on `start`, by the law of that day."""
    return last_day(deadline(key, start), start, extensions)


def parameter_end(low: float, start: datetime.date, unit: str) -> datetime.date:
    """Return the day a number of `days` or `months` after `start`; parts of a month are dropped."""
    whole = round(low)
    return after(start, days=whole) if unit == "days" else after(start, months=whole)


@cache
def authority(state: str, document: str | None, key: str | None, on: datetime.date) -> tuple[
    tuple[str, ...], str
]:  # fmt: skip
    """Return what a step rests on: the articles of its limit and of its document, and the basis."""
    cites = deadline(key, on).cites if key else ()
    cites += tuple(c for c in move(state, document).cites if c not in cites)
    return cites, deadline(key, on).basis if key else "law in force"
