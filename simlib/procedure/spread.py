"""Many time lines at once: durations drawn between the shortest and the longest, in tiles."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simlib.errors import OutOfScope, UnknownName
from simlib.procedure.stage_durations import plan
from simlib.procedure.tile import DOCUMENTS, DRAWN, NEVER, TILE, Array, Tile

if TYPE_CHECKING:
    from simlib.case.model import Case

MOST = 10_000_000
WHAT = ("judged", "final", "enforced")


@dataclass(frozen=True)
class Spread:
    """A distribution of time lines.

    Attributes
    ----------
    regime, n, seed
        what was drawn
    judged, final, enforced
        days since the report, int32 of shape (n,); `NEVER` or more is never
    criminal
        the same for the end of the criminal case
    document
        place in `DOCUMENTS` of what decided on the suit last, int8 of shape (n,)
    """

    regime: str
    n: int
    seed: int
    judged: Array
    final: Array
    enforced: Array
    criminal: Array
    document: Array

    @property
    def documents(self) -> dict[str, float]:
        """How often each document ended the matter; only those that occur."""
        counts = np.bincount(self.document, minlength=len(DOCUMENTS))
        return {name: int(c) / self.n for name, c in zip(DOCUMENTS, counts, strict=True) if c}

    def quantile(self, what: str, q: float) -> float:
        """Return the day by which a share `q` of all lines is there; infinity if it never is.

        The smallest day whose share is at least `q`: no day between two drawn ones is made up.

        Parameters
        ----------
        what
            `judged`, `final`, `enforced` or `criminal`
        q
            in [0, 1]

        Raises
        ------
        UnknownName
            for another name
        OutOfScope
            if `q` lies outside [0, 1]
        """
        if what not in (*WHAT, "criminal"):
            raise UnknownName.among("spread", what, (*WHAT, "criminal"))
        if not 0 <= q <= 1:
            raise OutOfScope("parameter-out-of-range", key="q", value=q, low=0, high=1)
        place = max(0, int(np.ceil(q * self.n)) - 1)
        day = int(np.partition(getattr(self, what), place)[place])
        return float("inf") if day >= NEVER else float(day)

    def ever(self, what: str) -> float:
        """Return the share of lines that are there at all."""
        return self.share(what, NEVER - 1)

    def share(self, what: str, within: int) -> float:
        """Return the share of lines that are there within a number of days."""
        return float(np.count_nonzero(getattr(self, what) <= within)) / self.n


def spread(
    case: Case,
    regime: str = "stay_if_prejudicial",
    n: int = 100_000,
    seed: int = 0,
    switches: Mapping[str, str] | None = None,
    sue_on: datetime.date | None = None,
) -> Spread:
    """Draw many time lines of a case under one regime.

    1. days the file states stand; every other phase lasts from its shortest to its longest length,
       bent towards the shortest (`procedure.bend`: a teaching assumption, as all chances here)
    2. a suspect at large is caught with a chance a month, or never
    3. the court answers by the stage of that day, as `admit` does

    The same seed gives every regime the same luck in every phase, so that lines can be compared
    one by one.

    Raises
    ------
    UnknownName
        for a regime, switch or value that does not exist
    OutOfScope
        if `n` is not from 1 to ten million

    Examples
    --------
    >>> from simlib import load_case
    >>> found = spread(load_case("2024-lu-0302-5690"), "parallel", n=1000)
    >>> found.documents
    {'claim_dismissed': 0.708, 'judgment': 0.213, 'final_judgment': 0.079}
    """
    if not 1 <= n <= MOST:
        raise OutOfScope("parameter-out-of-range", key="n", value=n, low=1, high=MOST)
    made = plan(case, regime, switches, sue_on)
    streams = {
        name: np.random.SFC64(np.random.SeedSequence([seed, place]))
        for place, name in enumerate(DRAWN)
    }
    columns = tuple(np.empty(n, kind) for kind in (*[np.int32] * 4, np.int8))
    for first in range(0, n, TILE):
        rows = slice(first, min(first + TILE, n))
        tile = Tile(made, streams, rows.stop - first)
        for column, values in zip(columns, tile.lines(), strict=True):
            column[rows] = values
    return Spread(regime, n, seed, *columns)
