"""The lanes of a line of days: the clock of a piece, or the tracks of a suit above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.figures.suit_words import WAITS, engine
from simlib.lessons.evidence.names import lesson, row_name
from simlib.lessons.evidence.outcomes import COPIES, REFORM, Suit, Told

if TYPE_CHECKING:
    import datetime

    from simlib.evidence.survival_of_piece import Kept

CLOCK = "chat"  # whose clock is shown under the tracks of a suit


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a lane [days]: `ends` None runs out of the drawing.

    Attributes
    ----------
    look
        `kept`, `supposed` (no law says so), `secured`, `criminal`, `civil` or `waits`; as a band at
        the foot of the lane `copy` (secured, while its holder has it too) and `held` (preserved
        until that is lifted)
    """

    begins: int
    ends: int | None
    look: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: its name, its stretches, and a request from a day to the day of its answer.

    Attributes
    ----------
    late
        whether its holder has it no more on the day of the answer
    copied
        whether somebody else secured a copy
    lifted
        the day on which a preservation of it is lifted; None where it is not, or held nothing
    """

    name: str
    parts: tuple[Part, ...]
    asked: int | None = None
    answered: int | None = None
    late: bool = False
    copied: bool = False
    lifted: int | None = None

    @property
    def mark(self) -> str:
        """What is drawn at the answer: it is `early`, `late`, or late with a copy `copied`."""
        return ("copied" if self.copied else "late") if self.late else "early"


def lane_of(name: str, told: Told, day: int, lang: str) -> Lane:
    parts = _clock(told.kept, told.acted_on, lang)
    lifted = _lifted(told.kept, told.acted_on, parts)
    return Lane(name, parts, day, told.answered, told.late, told.copied, lifted)


def _lifted(kept: Kept, start: datetime.date, parts: tuple[Part, ...]) -> int | None:
    """Return the day on which what was preserved is released, if anything was."""
    held = kept.secured_by == "preservation" or any(part.look == "held" for part in parts)
    return (_preserved(kept)[1] - start).days if kept.released and held else None


def _clock(kept: Kept, start: datetime.date, lang: str) -> tuple[Part, ...]:
    """Return the stretch in which its holder has it, and that of a copy somebody secured."""
    end = kept.clock.lapses_on
    last = None if end is None else (end - start).days
    parts = _stretches(kept, start, last, lang)
    if kept.secured_by in COPIES and kept.secured_on and last is not None:
        on = (kept.secured_on - start).days
        if on < last:
            parts.append(Part(on, last, "copy"))
        parts.append(Part(max(on, last), None, "secured", lesson("clocks.secured", lang)))
    if kept.lifted:
        on, ends = ((day - start).days for day in _preserved(kept))
        if last is None or on <= last:  # else nothing was there to be preserved
            parts.append(Part(on, ends, "held", lesson("clocks.held", lang)))
    return tuple(parts)


def _stretches(kept: Kept, start: datetime.date, last: int | None, lang: str) -> list[Part]:
    """Return the law's least period, and the time beyond it: assumed, or the paper's.

    A holder of whom the file says that he keeps it for less keeps it for less.
    """
    clock = kept.clock
    key = "mandatory" if clock.basis == REFORM else "beyond" if clock.least else "supposed"
    more = lesson(f"clocks.{key}", lang)
    if clock.least is None:
        return [Part(0, last, "supposed", more)]
    by_law = lesson("clocks.kept", lang)
    if clock.least_on is None or last is None:
        return [Part(0, last, "kept", by_law)]
    least = (clock.least_on - start).days
    if last < least:
        return [Part(0, last, "supposed", lesson("clocks.stated", lang))]
    beyond = [Part(least, last, "supposed", more)] if last > least else []
    return [Part(0, least, "kept", by_law), *beyond]


def _preserved(kept: Kept) -> tuple[datetime.date, datetime.date]:
    """Return the days on which the court preserves a piece, and lifts that again."""
    days = {step.key.partition("_")[0]: step.on for step in kept.steps if step.on}
    return days["preserved"], days["lifted"]


def lanes_of(suit: Suit, lang: str) -> list[Lane]:
    """Return the tracks of the likeliest line, then the clock of the chats."""
    lanes = [_track(suit, track, lang) for track in ("criminal", "civil")]
    if suit.chat.piece.own:  # no clock runs
        return lanes
    parts = _clock(suit.chat, suit.acted_on, lang)
    lifted = _lifted(suit.chat, suit.acted_on, parts)
    return [*lanes, Lane(row_name(CLOCK, lang), parts, suit.asked, lifted=lifted)]


def _track(suit: Suit, track: str, lang: str) -> Lane:
    parts = []
    for step in suit.line.steps:
        if step.track != track or step.begins is None:
            continue
        begins = (step.begins - suit.acted_on).days
        ends = None if step.ends is None else (step.ends - suit.acted_on).days
        look = "waits" if step.state in WAITS else track
        parts.append(Part(begins, ends, look, engine(f"states.{step.state}", lang)))
    return Lane(engine(f"tracks.{track}", lang), tuple(parts))
