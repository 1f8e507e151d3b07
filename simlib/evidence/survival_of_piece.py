"""What becomes of one piece: who secures it first, when, and the chance that it is there."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.evidence.authenticity import Reading
from simlib.evidence.piece import RECORDS, Piece
from simlib.evidence.request import (
    IN_FORCE,
    REFORM,
    TEACHING,
    THROUGH_COURT,
    Manner,
    Stage,
    place_of,
    request,
)
from simlib.evidence.retention import Clock
from simlib.evidence.survival import survival
from simlib.law.period import past_days_off
from simlib.procedure.proof import NONE
from simlib.procedure.tracks import limit_end
from simlib.trace import plain_fields

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime

TRUE = ("confirmed", "presumed")  # readings of a piece that the court takes as true
PRESERVED = ("civil-procedure-law:84", "civil-procedure-law:104")
LIFTED = ("civil-procedure-law:84(3)", "civil-procedure-law:104(3)")
COLLECTED = ("electronic-data-rules:3", "electronic-data-rules:11", "electronic-data-rules:13")
TO_POLICE = ("anti-fraud-law:26", "cybersecurity-law:30")  # what those who run networks owe them
NETWORKS = ("platform", "operator")
FROM_FILE = (*THROUGH_COURT, "civil-procedure-interpretation:94")
ADOPTED = (*FROM_FILE, "paper:evidence")


@dataclass(frozen=True, slots=True)
class Setting:
    """The days and choices every piece of a case meets alike.

    Attributes
    ----------
    case, manner, law
        what is asked, how, and with which parameters
    asked_on
        day the suit is registered, on which the court asks; None for never
    suits
        each day on which she sues, and whether the court takes that suit
    opened_on
        day the police open the criminal case; None for never
    file_on
        day from which the civil court gets what is in the criminal file; None for never
    adopted
        whether it gets that from the indictment on, as the paper proposes
    over_on
        day the criminal case ends; None for never
    """

    case: Case
    manner: Manner
    law: Regime
    asked_on: datetime.date | None
    suits: tuple[tuple[datetime.date, bool], ...]
    opened_on: datetime.date | None
    file_on: datetime.date | None
    adopted: bool
    over_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a piece comes before the court.

    Attributes
    ----------
    by
        `own`, `record` (papers of a court), `preservation`, `police` or `court` (its request)
    secured_on
        day on which its clock stops for this copy; None where that is not known
    there_on
        day from which the civil court can have it
    chance
        chance that it still was there to be secured
    steps
        its stages
    """

    by: str
    secured_on: datetime.date | None
    there_on: datetime.date
    chance: float
    steps: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What becomes of one piece.

    Attributes
    ----------
    piece, clock
        the piece and its clock
    asked_on
        day the court asks its holder; None if it never does
    answered_on
        day of the answer, by the median, if the piece is still there then; else None
    secured_on, secured_by
        the first `Way` that stops its clock, and when; None for nobody
    chance
        chance that it is before the court by the day of judgment that comes if nothing of what is
        asked for is there; where no judgment comes, that somebody secures it
    steps
        what happens to it, by day; what has no day last
    ways
        every way in which it may come before the court
    authentic
        what the rules on electronic data make of it; None where nobody disputes it
    """

    piece: Piece
    clock: Clock
    asked_on: datetime.date | None
    answered_on: datetime.date | None
    secured_on: datetime.date | None
    secured_by: str | None
    chance: float
    steps: tuple[Stage, ...]
    ways: tuple[Way, ...]
    authentic: Reading | None = None

    @property
    def proves(self) -> str:
        """What it proves if it is there: nothing if the court does not take it as true."""
        reading = self.authentic
        return self.piece.proves if reading is None or reading.outcome in TRUE else NONE

    @property
    def alone(self) -> bool:
        """Whether a finding may rest on it alone (民事证据规定90)."""
        return self.authentic is None or self.authentic.alone

    @property
    def lifted(self) -> bool:
        """Whether it was preserved before the suit, and released as no suit followed in time."""
        return any(step.key.startswith("lifted") for step in self.steps)

    def by(self, day: datetime.date | None) -> float:
        """Return the chance that it is there by a day, or ever.

        Two ways never add up: who has deleted a piece has deleted it for both.
        """
        return there(self.ways, day)

    def to_json(self) -> dict[str, object]:
        """Return what becomes of it as plain JSON data."""
        return {
            "id": self.piece.id,
            "kind": self.piece.kind.id,
            "holder": self.piece.holder,
            "source": self.piece.source,
            "proves": self.proves,
            **plain_fields(self.clock, "begins", "lapses_on"),
            "least": self.clock.least and self.clock.least.key,
            **plain_fields(self.clock, "basis", "cites"),
            **plain_fields(self, "asked_on", "answered_on", "secured_on", "secured_by", "chance"),
            **plain_fields(self, "steps", "authentic"),
        }


def keep(
    piece: Piece,
    clock: Clock,
    setting: Setting,
    judged_on: datetime.date | None,
    authentic: Reading | None = None,
) -> Kept:
    """Return what becomes of a piece.

    Her own copy needs nobody; the criminal judgment and other papers of the court are there from
    their day on. Of anything else, the court's ruling on preservation, the police and the court's
    request each stop the clock for the copy they get, if it has not run out by then.

    Parameters
    ----------
    judged_on
        day of judgment if nothing of what is asked for is there; None for no judgment
    authentic
        what the rules on electronic data make of it; None where nobody disputes it
    """
    ways = tuple(_ways(piece, clock, setting))
    secured = [(way.secured_on, way.by) for way in ways if way.secured_on and way.chance > 0]
    first_on, first_by = min(secured, default=(None, None))
    by_court = next((way for way in ways if way.by == "court"), None)
    steps = [step for way in ways for step in way.steps]
    if first_on is None and clock.lapses_on:
        steps.append(Stage("lapsed", clock.lapses_on, clock.cites, clock.basis))
    steps.sort(key=lambda step: step.on or datetime.date.max)
    asked_on = setting.asked_on if by_court else None
    answered_on = by_court.secured_on if by_court else None
    return Kept(piece, clock, asked_on, answered_on, first_on, first_by, there(ways, judged_on),
                tuple(steps), ways, authentic)  # fmt: skip


def there(ways: Iterable[Way], day: datetime.date | None) -> float:
    """Return the chance that some way has brought a piece by a day, or ever."""
    return max((way.chance for way in ways if day is None or way.there_on <= day), default=0.0)


def _ways(piece: Piece, clock: Clock, setting: Setting) -> Iterator[Way]:
    if piece.own and clock.begins:
        yield Way("own", clock.begins, clock.begins, 1.0)
    elif piece.kind.id == RECORDS:
        if begins := clock.begins or setting.over_on:
            yield Way("record", begins, begins, 1.0)
    elif not piece.own:
        yield from _preserved(piece, clock, setting)
        yield from _collected(piece, clock, setting)
        yield from _asked(piece, clock, setting)


def _preserved(piece: Piece, clock: Clock, setting: Setting) -> Iterator[Way]:
    """Preservation: the court rules within forty-eight hours and carries it out at once.

    No court here preserves what lies abroad. Where no suit follows it is lifted, the holder's clock
    has run on meanwhile, and the copy is taken to be given back: no article says so.
    """
    asked = setting.manner.preserve_on
    if asked is None or place_of(piece, setting.manner) == "border":
        return
    ruled = limit_end("preservation.ruling", asked)
    taken = Stage("preserved", ruled, PRESERVED, IN_FORCE)
    if ends := _lifted(setting, ruled):
        yield Way("preservation", None, ruled, 0.0, (taken, ends))
    else:
        chance = _still(piece, clock, setting, ruled)
        yield Way("preservation", ruled, ruled, chance, (taken,))


def _lifted(setting: Setting, ruled: datetime.date) -> Stage | None:
    """Return the end of a preservation that no suit follows in thirty days; None if one does.

    A suit that is refused keeps nothing: by assumption, as `simlib.procedure` has it of assets.
    """
    lapses = past_days_off(limit_end("preservation.suit", ruled))
    followed = [taken for sued, taken in setting.suits if sued <= lapses]
    if any(followed):
        return None
    if followed:
        return Stage("lifted_refused", lapses, LIFTED, TEACHING)
    return Stage("lifted", lapses, LIFTED, IN_FORCE)


def _collected(piece: Piece, clock: Clock, setting: Setting) -> Iterator[Way]:
    """The police: on the day the file states, or the day they open the case; theirs until the
    criminal case has ended, or the indictment where the paper's proposal is followed."""
    collect = setting.manner.police == "collect" and piece.kind.police
    collect = collect and place_of(piece, setting.manner) != "border"
    day = piece.seized_on or (setting.opened_on if collect else None)
    if day is None:
        return
    chance = 1.0 if piece.seized_on else _still(piece, clock, setting, day)
    given = setting.file_on and max(setting.file_on, day)
    basis, cites = (REFORM, ADOPTED) if setting.adopted else (TEACHING, FROM_FILE)
    duty = (*COLLECTED, *(TO_POLICE if piece.holder in NETWORKS else ()))
    known = IN_FORCE if piece.seized_on else TEACHING
    steps = (Stage("collected", day, duty, known), Stage("from_file", given, cites, basis))
    yield Way("police", day, given or datetime.date.max, chance, steps)


def _asked(piece: Piece, clock: Clock, setting: Setting) -> Iterator[Way]:
    """The court's request, on the day it registers the suit."""
    if setting.asked_on is None or clock.begins is None:
        return
    asked = request(piece, setting.case, setting.manner, setting.asked_on, setting.law)
    chance = 0.0
    if asked.more_days is not None:
        chance = survival(
            (setting.asked_on - clock.begins).days + asked.more_days,
            asked.delay,
            retention_days=math.inf if clock.days is None else clock.days,
            deletion_per_day=_rate(piece, setting),
        )
    answered = asked.answered_on
    in_time = answered and (clock.lapses_on is None or answered <= clock.lapses_on)
    yield Way("court", answered if in_time else None, setting.asked_on, chance, asked.steps)


def _still(piece: Piece, clock: Clock, setting: Setting, day: datetime.date) -> float:
    """Return the chance that the holder still has a piece on a day."""
    begins, lapses = clock.begins, clock.lapses_on
    if begins is None or day < begins or (lapses is not None and day > lapses):
        return 0.0
    return math.exp(-_rate(piece, setting) * (day - begins).days)


def _rate(piece: Piece, setting: Setting) -> float:
    return setting.law.value("evidence.deletion_per_day") if piece.kind.deleted else 0.0
