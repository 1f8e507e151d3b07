"""A number of a form of liability that a reader asks about, and how its drawer says amounts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib import fault
from simlib.figures.board import rounded
from simlib.figures.names_of_people import short_names
from simlib.figures.row_premises import INTENT, counted
from simlib.interval import Interval
from simlib.law.regime import regime_for
from simlib.liability.forms import form_of
from simlib.money import exact, half_up
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case
    from simlib.interval import FenRange, Number, Quantity
    from simlib.liability import Outcome
    from simlib.liability.outcome import PartyOutcome
    from simlib.money import Fen
    from simlib.trace import Trace

TOPIC = "case_lesson"
EXACT = 1e-9  # of a hundredth of a per cent: nearer than that is binary arithmetic
LET_OFF = "due.less-own-fault"
MOST_DIGITS = 7  # of a percentage: more are no easier to multiply than the amount is to believe


def digits_in(share: Number, whole: Fen, fen: Fen) -> int:
    """Tell how many decimals a percentage takes for its product with a whole to come to an amount.

    Two at least; two as well where no number of decimals does, as of a split's last fen.

    Examples
    --------
    >>> digits_in(Fraction(1, 6), 2_000_000, 333_333), digits_in(0.25, 100, 25)
    (5, 2)
    """
    for digits in range(2, MOST_DIGITS + 1):
        unit = 100 * 10**digits
        if half_up(Fraction(half_up(exact(share) * unit), unit) * whole) == fen:
            return digits
    return 2


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
        """What the mode gives."""
        return self.outcomes[self.mode]

    @property
    def mine(self) -> PartyOutcome:
        """What it gives against him."""
        return self.outcome.parties[self.party]

    @property
    def fen(self) -> FenRange:
        """The number [fen]."""
        found = {"received": self.outcome.received_fen, "burden": self.mine.burden_fen}
        return found.get(self.key, self.mine.exposure_fen)

    @property
    def damages_fen(self) -> Fen:
        """What has to be made good, to him less her own fault, before recoveries [fen]."""
        node = self.node("damages")
        if node and node.rule == LET_OFF:  # of somebody negligent: what it is taken from
            node = node.children[0]
        whole = node.value if node and isinstance(node.value, int) else self.outcome.claim_fen
        if self.outcome.pieces:
            whole = sum(piece.damages_fen for piece in self.outcome.pieces)
        own_fault = self.case.party(self.case.claimant).fault or 0
        if counted(self.outcome) != "negligent" or self.grade in INTENT:
            return whole
        return half_up(whole * (1 - exact(own_fault)))

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
    def threshold(self) -> float:
        """The share from which one is jointly liable, where the mode has such a threshold."""
        said = (a["value"] for a in self.outcome.assumptions if a["key"] == "rule.threshold")
        value = next(said, 0)
        return float(value) if isinstance(value, int | float) else 0.0

    @property
    def grade(self) -> str:
        """His grade of fault."""
        return fault.grade(self.case.party(self.party), regime_for(self.case)).value

    def say(self, key: str, **values: object) -> str:
        """Words of the reasons, with the names of helper and victim."""
        called = short_names(self.case, self.lang)
        named = {"who": called[self.party], "victim": called[self.case.claimant]}
        return words(TOPIC, f"reasons.{key}", self.lang, **named, **values)

    def money(self, fen: FenRange) -> str:
        """An amount as the board writes it: a range in whole yuan."""
        return amount(rounded(fen), self.lang)

    def rate(self, share: Quantity) -> str:
        """A share as a percentage, each end with two decimals unless it is whole."""
        ends = (share.low, share.high) if isinstance(share, Interval) else (share,)
        return "–".join(self._percent(end) for end in ends)

    def rate_in(self, share: Quantity, whole: Fen, fen: FenRange) -> str:
        """The same in a printed product: with the decimals that it takes to come to the amount."""
        if isinstance(share, Interval) or isinstance(fen, Interval):
            return self.rate(share)
        return self._percent(share, digits_in(share, whole, fen))

    def _percent(self, share: Number, digits: int = 2) -> str:
        hundredths = float(share) * 10_000
        if abs(hundredths - round(hundredths)) > EXACT:
            return self.say("about", share=percent(share, self.lang, digits=digits))
        return percent(share, self.lang, digits=2 if round(hundredths) % 100 else 0)

    def node(self, key: str, party: str | None = None) -> Trace | None:
        """A step of the engine's reasons, if this outcome has it."""
        try:
            return self.outcome.reason(key, party)
        except KeyError:
            return None
