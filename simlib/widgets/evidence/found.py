"""What becomes of each piece that is asked for on a day, and of a suit in four ways to treat it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simlib.evidence.evidence_timeline import trail
from simlib.evidence.piece import ASSUMED, Piece, best, kinds, least, pieces
from simlib.evidence.request import PLACES, Manner
from simlib.evidence.retention import clock, levers_of
from simlib.evidence.survival_of_piece import Setting, keep
from simlib.figures.evidence import Suit, Told
from simlib.law.dated import decision_day
from simlib.law.period import after
from simlib.law.regime import regime_for
from simlib.lessons.dated import dated
from simlib.procedure import REGIMES, schedule
from simlib.procedure.known_days import history
from simlib.widgets.evidence.deposit import stored
from simlib.widgets.evidence.scenes import DEPOSITS, KINDS

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.evidence.retention import Levers
    from simlib.law.regime import Regime
    from simlib.procedure import Line

MILLE = 1_000
OF_SUIT = (  # the choices on which a suit depends
    "sue", "caught", "preserve", "reply", "refuses", "police", "beyond", "delete", "mandatory",
)  # fmt: skip
ROWS = (*KINDS, *REGIMES, *DEPOSITS, *PLACES)
OF_PLACE = "chat"  # whose platform lies here, in another province, or beyond the border


class Found(Mapping[str, Any]):
    """Row → what becomes of it: kinds of data, where a platform lies, ways to treat a suit.

    Attributes
    ----------
    case, held, lang
        the case as it stands, with the days that were chosen; what was chosen; in which language
        the pieces are written whose digests are shown

    Parameters
    ----------
    suits
        what was reckoned before of suits that differ in no choice of `OF_SUIT`, to be added to
    """

    def __init__(
        self,
        case: Case,
        held: Mapping[str, Any],
        lang: str = "zh",
        suits: dict[str, Suit] | None = None,
    ) -> None:
        self.held, self.lang = held, lang
        self._suits = {} if suits is None else suits
        self.case = dated(case, {"caught": held["caught"], "effective": None})
        self._told: dict[str, Any] = {}

    def __getitem__(self, row: str) -> Any:
        """What becomes of one row."""
        if row not in self._told:
            self._told[row] = self._tell(row)
        return self._told[row]

    def __iter__(self) -> Iterator[str]:
        """Every row of every scene."""
        return iter(ROWS)

    def __len__(self) -> int:
        """How many they are."""
        return len(ROWS)

    def _tell(self, row: str) -> Any:
        if row in KINDS:
            return self._kept(row, PLACES[0])
        if row in PLACES:
            return self._kept(OF_PLACE, row)
        if row in REGIMES:
            if row not in self._suits:
                self._suits[row] = self._suit(row)
            return self._suits[row]
        if row in DEPOSITS:
            return stored(row, self.held, decision_day(self.case), self.lang)
        raise KeyError(row)

    # ------------------------------------------------------------ days and values

    def day(self, days: float | None) -> datetime.date | None:
        """A day so many days after the loss."""
        return None if days is None else after(self.case.acted_on, days=int(days))

    @property
    def sue_on(self) -> datetime.date:
        """Day of the suit, never before the report."""
        day = after(self.case.acted_on, months=int(self.held["sue"]))
        return max(day, history(self.case)["reported"].low)

    @property
    def values(self) -> dict[str, float]:
        """The values of parameters that were chosen."""
        return {
            "evidence.kept_beyond_days": int(self.held["beyond"]),
            "evidence.deletion_per_day": int(self.held["delete"]) / MILLE,
        }

    @property
    def switches(self) -> dict[str, str]:
        """What the procedure takes for given."""
        return {"suspect": "at_large" if self.held["caught"] is None else "found"}

    @cached_property
    def law(self) -> Regime:
        """The law of the case with these values."""
        return regime_for(self.case).variant(self.values)

    @cached_property
    def levers(self) -> Levers | None:
        """The paper's mandatory retention, if it is chosen."""
        return levers_of(self.case, self.law) if self.held["mandatory"] else None

    def manner(self, place: str) -> Manner:
        """How it is asked for."""
        held = self.held
        preserve_on = self.day(held["preserve"])
        return Manner(held["reply"], place, preserve_on, held["refuses"], held["police"])

    @cached_property
    def _line(self) -> Line:
        """The ordinary line by the law in force, for the days of the criminal case."""
        found = schedule(self.case, switches=self.switches, sue_on=self.sue_on)
        return found.lines["ordinary"]

    # ------------------------------------------------------------ rows

    def piece(self, kind: str) -> Piece:
        """The piece of a kind: that of the file, or one assumed from the day of the loss."""
        held = pieces(self.case)
        named = (p for p in held if p.kind.id == kind)
        found = kinds()[kind]
        own = found.holder == "claimant"
        proves = least(found.proves, best(*(p.proves for p in held)))  # not more than there is
        return next(named, None) or Piece(
            f"{ASSUMED}-{kind}", found, found.holder, self.case.acted_on, ASSUMED, proves,
            own=own,
        )  # fmt: skip

    def _kept(self, kind: str, place: str) -> Told:
        """What becomes of a piece that the court asks for on the day chosen, that of the suit."""
        manner, piece = self.manner(place), self.piece(kind)
        steps = [step for step in self._line.steps if step.track == "criminal"]
        opened_on = next((step.ends for step in steps if step.state == "reported"), None)
        over_on = self._line.criminal_ends_on
        asked_on = self.day(self.held["ask"])
        suits = ((asked_on, True),) if asked_on else ()
        setting = Setting(
            self.case, manner, self.law, asked_on, suits, opened_on, over_on, False, over_on
        )
        kept = keep(piece, clock(piece, self.case, self.levers, self.law), setting, None)
        return Told(kept, self.case.acted_on, manner)

    def _suit(self, regime: str) -> Suit:
        """What becomes of the proof and the money under a regime."""
        manner = self.manner(PLACES[0])
        found = trail(
            self.case,
            regime,
            reply=manner.reply,
            preserve_on=manner.preserve_on,
            refuses=manner.refuses,
            police=manner.police,
            levers=self.levers,
            switches=self.switches,
            sue_on=self.sue_on,
            values=self.values,
        )
        return Suit(found, self.case.acted_on)
