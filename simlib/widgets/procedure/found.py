"""What four regimes make of a suit, each reckoned once, and what is paid of it in the end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from simlib.case.tables import Criminal
from simlib.errors import SimlibError
from simlib.figures.procedure import Told
from simlib.figures.procedure.told import whole_months
from simlib.interval import Interval
from simlib.liability import decide
from simlib.procedure import REGIMES, schedule
from simlib.procedure.calendar import after
from simlib.procedure.criminal import criminal_line
from simlib.procedure.history import entry_of, history, subject
from simlib.procedure.proof import ENOUGH, KNEW, proof_at
from simlib.procedure.switches import chosen as switches_of

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.money import Fen
    from simlib.procedure import Line, Schedule

PAYING = ("judgment", "partial_judgment", "final_judgment")
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
        left = {name: self._left(found, line) for name, line in found.lines.items()}
        paid = {
            name: self._paid(regime, name, line, left[name]) for name, line in found.lines.items()
        }
        frozen = {name: self._frozen(line) is not None for name, line in found.lines.items()}
        return Told(found, self.case.acted_on, paid, left, frozen)

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

    def _frozen(self, line: Line) -> datetime.date | None:
        """The day from which what he has is frozen until the end; None: it is not, or lapses.

        Only if the suit follows within thirty days and is taken (民事诉讼法104). That a refusal
        lifts it, is a teaching assumption.
        """
        held = [step for step in line.steps if step.state == "preserved" and step.begins]
        if not held or line.admissions[0].document != "registered":
            return None
        begins, ends = held[0].begins, held[0].ends
        sued = self.sue_on
        if ends is not None and ends < sued:
            return None
        return begins

    def _left(self, found: Schedule, line: Line) -> Fen | None:
        """What he has left when she enforces: a share of it is gone with each whole month."""
        assets = [p.assets_fen for p in self.case.parties if p.sued and p.role != "victim"]
        known = [fen for fen in assets if fen is not None]
        if not known or line.enforced_on is None:
            return None
        stop = self._frozen(line) or line.enforced_on
        return kept_fen(sum(known), self.rate, whole_months(self.case.acted_on, stop))

    @property
    def rate(self) -> Fraction:
        """The share of his means that is gone each month, a teaching assumption."""
        return Fraction(int(self.held["leak"]), PERCENT)

    def _paid(self, regime: str, variant: str, line: Line, left: Fen | None) -> FenRange | None:
        """What she is paid: what the law in force gives on what is proved, out of what is left."""
        if line.document not in PAYING or line.enforced_on is None or line.judged_on is None:
            return 0
        stage = criminal_line(self.case, variant, self.switches).stage(line.judged_on)
        if line.document == "final_judgment" and line.final_on is not None:
            stage = criminal_line(self.case, variant, self.switches).stage(line.final_on)
        proved = proof_at(self.case, regime, stage, switches_of(self.switches))
        try:
            outcome = decide(self._judged(proved, line), "auto")
        except SimlibError:  # facts the law in force needs are missing
            return None
        fen = outcome.received_fen
        return fen if left is not None or not outcome.parties else _unknown(fen)

    def _judged(self, proved: str, line: Line) -> Case:
        """The case as the court finds it: what he knew, and what his means have become."""
        stop = self._frozen(line) or line.enforced_on
        months = whole_months(self.case.acted_on, stop) if stop else 0
        changes: dict[str, Any] = {}
        for party in self.case.parties:
            if not party.sued or party.role in ("victim", "principal"):
                continue
            if proved == ENOUGH and party.grade not in KNEW:
                changes[f"{party.id}.grade"] = "knowing"
            elif proved != ENOUGH and (party.grade in KNEW or party.grade is None):
                changes[f"{party.id}.grade"] = "gross"
            if party.assets_fen is not None:
                changes[f"{party.id}.assets_fen"] = kept_fen(party.assets_fen, self.rate, months)
        return self.case.set(changes)


def kept_fen(fen: Fen, rate: Fraction, months: int) -> Fen:
    """What is left after so many months [fen], in whole yuan: it is an assumption.

    Examples
    --------
    >>> kept_fen(1_000_000, Fraction(1, 10), 2), kept_fen(100_000, Fraction(1, 3), 1)
    (810000, 66600)
    """
    return int(fen * (1 - rate) ** months) // YUAN * YUAN


def _unknown(fen: FenRange) -> FenRange:
    """From nothing to what is owed: nobody knows what he has."""
    high = fen.high if isinstance(fen, Interval) else fen
    return Interval(0, high) if high else 0


def switches(held: Mapping[str, Any]) -> dict[str, str]:
    """What was chosen, as the engine takes it."""
    return {
        "reading_176": held["reading_176"],
        "reading_129": held["reading_129"],
        "disposition": held["disposition"] or "case",
        "proof": held["proof"] or "file",
        "suspect": "at_large" if held["caught"] is None else "found",
    }


def dated(case: Case, held: Mapping[str, Any]) -> Case:
    """The case with the days of the criminal case that were chosen.

    Where no criminal case has begun, one against the first defendant is supposed once he is found.
    """
    if held["caught"] is None:
        return case
    if subject(case) is None and not held["caught"] and held["effective"] is None:
        return case
    days: dict[str, Any] = {}
    if held["caught"]:
        days["arrested_on"] = after(case.acted_on, months=int(held["caught"]))
    if held["effective"] is not None:
        days["effective_on"] = after(case.acted_on, months=int(held["effective"]))
    if not days:
        return case
    n, entry = subject(case), entry_of(case)
    if n is None or entry is None:
        who = next((p.id for p in case.parties if p.sued and p.role != "victim"), None)
        if who is None:
            return case
        entry, n = Criminal(party=who, status="pending", charge="assisting"), len(case.criminal)
    rows = (*case.criminal[:n], entry.model_copy(update=days), *case.criminal[n + 1 :])
    return case.model_copy(update={"criminal": rows})
