"""What becomes of one piece: who secures it first, when, and the chance that it is there."""

from __future__ import annotations

import datetime
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
from simlib.evidence.retention import Clock, kept_until
from simlib.evidence.survival import Delay
from simlib.procedure.proof import NONE
from simlib.procedure.tracks import limit_end
from simlib.trace import plain_fields

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime

TRUE = ("confirmed", "presumed")  # readings of a piece that the court takes as true
BEFORE_SUIT = ("civil-procedure-law:84(2)", "civil-procedure-law:104", "evidence-rules:25")
IN_SUIT = (
    "civil-procedure-law:84(1)", "civil-procedure-law:103(3)",
    "civil-procedure-interpretation:98", "evidence-rules:25",
)  # fmt: skip
SECURITY = ("evidence-rules:26", "evidence-rules:27")
HANDED = ("evidence-rules:29",)
AT_ONCE = Delay(0.0)
PENALTY = {"log": ("cybersecurity-law:61",)}  # what follows a breach, where we hold the article
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
        whether it gets that before, from the document of the switch `evidence_adopted_from` on: the
        paper would adopt it directly and names no document
    over_on
        day the criminal case ends; None for never
    usable
        whether a copy the court made may be used once the preservation has ended (the switch
        `released_evidence`)
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
    usable: bool = True


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
    def released(self) -> bool:
        """Whether it was preserved before the suit, and released as no suit followed in time."""
        return any(step.key.startswith("lifted") for step in self.steps)

    @property
    def lifted(self) -> bool:
        """Whether the preserved copy is lost with that."""
        gone = any(way.by == "preservation" and not way.secured_on for way in self.ways)
        return self.released and gone

    @property
    def used_on(self) -> dict[str, datetime.date | None]:
        """Each article with the first day it is used on: of a request without an end, that day."""
        days = dict[str, datetime.date | None]()
        for cite in self.clock.cites:
            days[cite] = self.clock.begins
        for step in self.steps:
            for cite in step.cites:
                days.setdefault(cite, step.on or self.asked_on)
        return days

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
            **plain_fields(self.clock, "must_on", "breached", "basis", "cites"),
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
    steps = [*_breach(piece, clock), *(step for way in ways for step in way.steps)]
    if first_on is None and clock.lapses_on:
        steps.append(Stage("lapsed", clock.lapses_on, clock.cites, clock.basis))
    steps.sort(key=lambda step: step.on or datetime.date.max)
    asked_on = setting.asked_on if by_court else None
    answered_on = by_court.secured_on if by_court else None
    return Kept(piece, clock, asked_on, answered_on, first_on, first_by, there(ways, judged_on),
                tuple(steps), ways, authentic)  # fmt: skip


def _breach(piece: Piece, clock: Clock) -> Iterator[Stage]:
    """Yield the breach of who states that he keeps it for less than the law makes him."""
    if clock.breached and clock.least:
        cites = (*clock.least.cites, *PENALTY.get(clock.least.key, ()))
        yield Stage("breach", clock.own_on, cites, clock.least.basis)


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

    No court here preserves what lies abroad. In a suit she must apply before the time for
    producing evidence ends (民诉法解释98), which the course takes her to do. Where no suit follows
    one before it in thirty days it is lifted, and the holder's clock has run on meanwhile.

    A copy in the court's file is no frozen account: no article destroys it, and 民事证据规定29
    hands it to the court seised later. By the other reading (`usable` false) it may not be used.
    """
    asked = setting.manner.preserve_on
    if asked is None or place_of(piece, setting.manner) == "border":
        return
    ruled = limit_end("preservation.ruling", asked)
    sued = any(taken and on <= asked for on, taken in setting.suits)
    cites = (*(IN_SUIT if sued else BEFORE_SUIT), *SECURITY)
    steps = [Stage("preserved", ruled, cites, IN_FORCE)]
    if ends := _lifted(setting, ruled):
        steps.append(ends)
        if not setting.usable:
            yield Way("preservation", None, ruled, 0.0, tuple(steps))
            return
        if setting.asked_on:
            steps.append(Stage("handed", setting.asked_on, HANDED, TEACHING))
    chance = _still(piece, clock, setting, ruled)
    yield Way("preservation", ruled, ruled, chance, tuple(steps))


def _lifted(setting: Setting, ruled: datetime.date) -> Stage | None:
    """Return the end of a preservation that no suit follows in thirty days; None if one does.

    A suit that is refused keeps nothing: by assumption, as `simlib.procedure` has it of assets.
    """
    lapses = limit_end("preservation.suit", ruled)
    followed = [taken for sued, taken in setting.suits if sued <= lapses]
    if any(followed):
        return None
    if followed:
        return Stage("lifted_refused", lapses, LIFTED, TEACHING)
    return Stage("lifted", lapses, LIFTED, IN_FORCE)


def _collected(piece: Piece, clock: Clock, setting: Setting) -> Iterator[Way]:
    """The police: on the day the file states, or the day they open the case; theirs until the
    criminal case has ended, or the switch's document where the paper's proposal is followed."""
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
        day = (setting.asked_on - clock.begins).days + asked.more_days
        chance = kept_until(clock, day, asked.delay, *_rates(piece, setting))
    answered = asked.answered_on
    in_time = answered and (clock.lapses_on is None or answered <= clock.lapses_on)
    yield Way("court", answered if in_time else None, setting.asked_on, chance, asked.steps)


def _still(piece: Piece, clock: Clock, setting: Setting, day: datetime.date) -> float:
    """Return the chance that the holder still has a piece on a day."""
    if clock.begins is None or day < clock.begins:
        return 0.0
    return kept_until(clock, (day - clock.begins).days, AT_ONCE, *_rates(piece, setting))


def _rates(piece: Piece, setting: Setting) -> tuple[float, float]:
    """Return the chances of breach, and of deletion per day."""
    value = setting.law.value
    rate = value("evidence.deletion_per_day") if piece.kind.deleted else 0.0
    return value("evidence.breach"), rate
