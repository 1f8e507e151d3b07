"""What a row of lesson 08 rests on: a piece and its clock, or a suit and what proves it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.evidence import digest
from simlib.interval import Interval

if TYPE_CHECKING:
    from simlib.evidence import Reading
    from simlib.evidence.evidence_timeline import Trail
    from simlib.evidence.request import Manner, Stage
    from simlib.evidence.survival_of_piece import Kept
    from simlib.interval import FenRange
    from simlib.money import Fen
    from simlib.procedure import Line

ORDINARY = "ordinary"
LAST = ("answered", "abroad")  # stages with which a request ends
COPIES = ("preservation", "police")  # who secures a copy besides the court's request
TEACHING, REFORM = "teaching assumption", "reform proposal"
CHAT = "chat"
YUAN = 100  # fen


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of one piece that is asked for on a day.

    Attributes
    ----------
    kept
        the engine's answer
    acted_on
        day of the loss, from which days are counted
    manner
        how it is asked for
    """

    kept: Kept
    acted_on: datetime.date
    manner: Manner

    @property
    def kind(self) -> str:
        """Which kind of data it is."""
        return self.kept.piece.kind.id

    @property
    def own(self) -> bool:
        """Whether she holds it herself, so that nobody is asked."""
        return self.kept.piece.own

    @property
    def has_law(self) -> bool:
        """Whether a law makes its holder keep it."""
        return self.kept.clock.least is not None

    @property
    def lapses(self) -> int | None:
        """The last day on which its holder has it [days from the loss]; None: no end."""
        return self.since(self.kept.clock.lapses_on)

    @property
    def least(self) -> int | None:
        """The last day of the law's least period [days from the loss]; None: no end, or none."""
        return self.since(self.kept.clock.least_on)

    @property
    def reply(self) -> Stage | None:
        """The stage with which the request for it ends; None: nobody is asked."""
        return next((s for s in self.kept.steps if s.key in LAST), None)

    @property
    def answered(self) -> int | None:
        """Day of the answer by the median [days from the loss]; None: nobody can tell it."""
        return self.since(self.reply.on) if self.reply else None

    @property
    def late(self) -> bool:
        """Whether the answer comes when its holder has it no more."""
        return None not in (self.answered, self.lapses) and self.answered > self.lapses  # type: ignore[operator]

    @property
    def copied(self) -> bool:
        """Whether somebody secured a copy before the court's request brings one."""
        return self.kept.secured_by in COPIES

    @property
    def by(self) -> str:
        """The way in which it is likeliest to be had; the court's request where none is likelier.

        `nobody` where it cannot be had.
        """
        ways = sorted(self.kept.ways, key=lambda way: (_rounded(way.chance), way.by == "court"))
        return ways[-1].by if ways and ways[-1].chance > 0 else "nobody"

    @property
    def lifted(self) -> bool:
        """Whether preservation was lifted for want of a suit within thirty days."""
        return self.kept.lifted

    @property
    def chance(self) -> int:
        """The chance that it can be had [hundredths of a percent]."""
        return _rounded(self.kept.by(None))

    @property
    def basis(self) -> str:
        """Of what kind the chance is: an assumption, or the paper's number if that is asked for."""
        by_paper = self.reply is not None and self.reply.basis == REFORM
        return REFORM if by_paper or self.kept.clock.basis == REFORM else TEACHING

    def since(self, day: datetime.date | None) -> int | None:
        """Count days from the loss."""
        return None if day is None else (day - self.acted_on).days

    def to_json(self) -> dict[str, object]:
        """Return it as plain JSON data."""
        return self.kept.to_json() | {"reply": self.manner.reply, "place": self.manner.place}


@dataclass(frozen=True, slots=True)
class Suit:
    """What becomes of the proof and of the money under one regime.

    Attributes
    ----------
    trail
        the engine's answer
    acted_on
        day of the loss
    """

    trail: Trail
    acted_on: datetime.date

    @property
    def asked(self) -> int | None:
        """Day on which the court asks [days from the loss]; None: it never does."""
        on = self.trail.asked_on
        return None if on is None else (on - self.acted_on).days

    @property
    def chat(self) -> Kept:
        """What becomes of the chats of the helper with those he helped."""
        return self.trail.piece(CHAT)

    @property
    def chance(self) -> int:
        """The chance that the chats can be had [hundredths of a percent]."""
        return _rounded(self.chat.chance)

    @property
    def lifted(self) -> bool:
        """Whether preservation was lifted for want of a suit within thirty days."""
        return self.chat.lifted

    @property
    def paid(self) -> FenRange:
        """What she receives on the mean [fen], in whole yuan as it is assumed."""
        mean = self.trail.received.expected
        if isinstance(mean, Interval):
            low, high = _yuan(mean.low), _yuan(mean.high)
            return low if low == high else Interval(low, high)
        return _yuan(mean)

    @property
    def line(self) -> Line:
        """The ordinary line of the likeliest outcome."""
        likeliest = max(self.trail.outcomes, key=lambda each: each.chance)
        return likeliest.schedule.lines[ORDINARY]

    def to_json(self) -> dict[str, object]:
        """Return it as plain JSON data."""
        return self.trail.to_json()


@dataclass(frozen=True, slots=True)
class Stored:
    """A piece of electronic data whose digest was deposited, or was not.

    Attributes
    ----------
    row
        which of the four it is
    lines
        the pieces that were deposited together; None: nothing was
    place
        which of them it is
    handed
        what is handed in to the court
    reading
        what the rules make of it
    unproved
        whether nothing at all is offered for what its side has to prove
    answer
        `weighed` or `borne_out` where an objection is met without a deposit; else nothing
    """

    row: str
    lines: tuple[bytes, ...] | None
    handed: bytes
    reading: Reading
    unproved: bool = False
    answer: str = ""
    place: int = 0
    basis: str = "judicial interpretation"

    @property
    def deposited(self) -> bytes | None:
        """What was deposited of it; None: nothing was."""
        return None if self.lines is None else self.lines[self.place]

    @property
    def matches(self) -> bool | None:
        """Whether the digest is that of what was deposited; None: there is none."""
        held = self.deposited
        return None if held is None else digest(held) == digest(self.handed)

    @property
    def verdict(self) -> str:
        """What the court makes of it, and of which half where its side has to prove it."""
        reading = self.reading
        if reading.outcome != "to_prove":
            return reading.outcome
        if reading.after != "presumed":
            return "unproved" if self.unproved else self.answer or "to_prove"
        if reading.before != "to_prove":
            return "half"
        borne = any("corroborated" in reason.facts for reason in reading.reasons)
        return "borne_out" if borne else "weighed"

    def to_json(self) -> dict[str, object]:
        """Return it as plain JSON data."""
        return {
            "matches": self.matches,
            "digest": digest(self.handed).hex(),
            "reading": self.reading.to_json(),
        }


def _rounded(chance: float) -> int:
    """Return a chance in hundredths of a percent."""
    return round(10_000 * chance)


def _yuan(fen: Fen) -> Fen:
    """An amount without its fen."""
    return fen // YUAN * YUAN
