"""What four regimes make of a suit, each reckoned once, and what is paid of it in the end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from simlib.errors import SimlibError
from simlib.figures.procedure import Told
from simlib.interval import Interval, high_end, low_end
from simlib.law.period import after
from simlib.procedure import REGIMES, received, schedule
from simlib.procedure.admission import defendants
from simlib.procedure.amount import frozen_on, left
from simlib.procedure.known_days import history
from simlib.widgets.dated import dated

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.money import Fen
    from simlib.procedure import Line

PERCENT = 100
YUAN = 100  # fen


class Found(Mapping[str, Told]):
    """Regime → what it makes of the suit.

    Attributes
    ----------
    case, held
        the case as it stands, with the days that were chosen; what was chosen
    switches
        the same as the engine takes it
    """

    def __init__(self, case: Case, held: Mapping[str, Any]) -> None:
        self.held = held
        self.case = dated(case, held)
        self.switches = switches(held)
        self._told: dict[str, Told] = {}

    def __getitem__(self, regime: str) -> Told:
        """What one regime makes of it."""
        if regime not in REGIMES:
            raise KeyError(regime)
        if regime not in self._told:
            self._told[regime] = self._tell(regime)
        return self._told[regime]

    def __iter__(self) -> Iterator[str]:
        """The four regimes."""
        return iter(REGIMES)

    def __len__(self) -> int:
        """Four."""
        return len(REGIMES)

    def _tell(self, regime: str) -> Told:
        found = schedule(
            self.case,
            regime,
            switches=self.switches,
            sue_on=self.sue_on,
            preserve_on=self.preserve_on,
        )
        lines = found.lines
        return Told(
            found,
            self.case.acted_on,
            {name: self._paid(line) for name, line in lines.items()},
            {name: self._left(line) for name, line in lines.items()},
            {name: frozen_on(line) is not None for name, line in lines.items()},
        )

    # ------------------------------------------------------------ days

    @property
    def sue_on(self) -> datetime.date:
        """Day of the suit."""
        return self._month(self.held["sue"])

    @property
    def preserve_on(self) -> datetime.date | None:
        """Day on which she asks for preservation before the suit; None: she does not."""
        asked = self.held["preserve"]
        return None if asked is None else self._month(asked)

    def _month(self, months: float) -> datetime.date:
        """A day so many months after the loss, never before the report."""
        day = after(self.case.acted_on, months=int(months))
        return max(day, history(self.case)["reported"].low)

    # ------------------------------------------------------------ money

    @property
    def rate(self) -> float:
        """The share of his means that is gone each month, a teaching assumption."""
        return float(self.held["leak"]) / PERCENT

    def _left(self, line: Line) -> Fen | None:
        """What the defendants have left when it is frozen, or can be enforced against."""
        known = [p.assets_fen for p in defendants(self.case) if p.assets_fen is not None]
        if not known or line.final_on is None:
            return None
        return _yuan(left(self.case, line, sum(known), self.rate))

    def _paid(self, line: Line) -> FenRange | None:
        """What she is paid, in whole yuan as it is assumed; from nothing if means are unknown."""
        try:
            fen = received(self.case, line, self.rate)
        except SimlibError:  # facts the law in force needs are missing
            return None
        low, high = low_end(fen), high_end(fen)
        if any(p.assets_fen is None for p in defendants(self.case)):
            low = 0
        return _yuan(high) if low == high else Interval(_yuan(low), _yuan(high))


def _yuan(fen: Fen) -> Fen:
    """An amount without its fen."""
    return fen // YUAN * YUAN


def switches(held: Mapping[str, Any]) -> dict[str, str]:
    """What was chosen, as the engine takes it."""
    return {
        "reading_176": held["reading_176"],
        "reading_129": held["reading_129"],
        "disposition": held["disposition"] or "case",
        "proof": held["proof"] or "file",
        "suspect": "at_large" if held["caught"] is None else "found",
    }
