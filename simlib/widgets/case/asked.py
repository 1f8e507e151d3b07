"""A number of the board that is asked about, and how its reasons are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib import fault
from simlib.figures.board import rounded
from simlib.figures.people import short_names
from simlib.interval import Interval
from simlib.law.regime import regime_for
from simlib.liability.forms import form_of
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case
    from simlib.interval import FenRange, Number, Quantity
    from simlib.liability import Outcome
    from simlib.liability.outcome import PartyOutcome
    from simlib.trace import Trace

TOPIC = "case_lesson"
EXACT = 1e-9  # of a hundredth of a per cent: nearer than that is binary arithmetic


@dataclass(frozen=True, slots=True)
class Asked:
    """A number asked about: which mode, which column, which party."""

    case: Case
    outcomes: Mapping[str, Outcome]
    mode: str
    key: str
    party: str
    lang: str

    @property
    def outcome(self) -> Outcome:
        return self.outcomes[self.mode]

    @property
    def mine(self) -> PartyOutcome:
        return self.outcome.parties[self.party]

    @property
    def form(self) -> str:
        """The form he answers in: under the law in force, the one the law gives him."""
        return self.mine.mode

    @property
    def measure(self) -> str:
        """What that form measures; empty for one who is not liable."""
        form = form_of(self.form)
        return form.measure if form else ""

    @property
    def grade(self) -> str:
        return fault.grade(self.case.party(self.party), regime_for(self.case)).value

    def names(self) -> dict[str, str]:
        called = short_names(self.case, self.lang)
        return {"who": called[self.party], "victim": called[self.case.claimant]}

    def say(self, key: str, **values: object) -> str:
        return words(TOPIC, f"reasons.{key}", self.lang, **self.names(), **values)

    def money(self, fen: FenRange) -> str:
        """An amount as the board writes it: a range in whole yuan."""
        return amount(rounded(fen), self.lang)

    def rate(self, share: Quantity) -> str:
        """A share as a percentage, each end with two decimals unless it is whole."""
        ends = (share.low, share.high) if isinstance(share, Interval) else (share,)
        return "–".join(self._percent(end) for end in ends)

    def _percent(self, share: Number) -> str:
        hundredths = float(share) * 10_000
        if abs(hundredths - round(hundredths)) > EXACT:
            return self.say("about", share=percent(share, self.lang, digits=2))
        return percent(share, self.lang, digits=2 if round(hundredths) % 100 else 0)

    def node(self, key: str, party: str | None = None) -> Trace | None:
        """A step of the engine's reasons, if this outcome has it."""
        try:
            return self.outcome.reason(key, party)
        except KeyError:
            return None
