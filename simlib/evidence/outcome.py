"""What a trial may come to by the proof that is there, and what that brings."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.evidence.piece import GRADES, best
from simlib.interval import FenRange, high_end, hull, low_end
from simlib.procedure.amount import received
from simlib.procedure.proof import NONE
from simlib.procedure.step import VARIANTS, iso
from simlib.procedure.timeline import Schedule, schedule

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.evidence.appraisal import Appraisal
    from simlib.evidence.survival_of_piece import Kept

ORDINARY = VARIANTS[1]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way it may come out.

    Attributes
    ----------
    held
        what she can prove on her own when the court has asked: `enough`, `some` or `none`
    at_trial
        the same on the day of judgment, with what came later
    proved
        what is proved at the trial, the criminal judgment included; None where no judgment comes
    chance
        its chance
    schedule
        the time lines that follow
    received
        what she receives in the end [fen]
    """

    held: str
    at_trial: str
    proved: str | None
    chance: float
    schedule: Schedule
    received: FenRange

    def to_json(self) -> dict[str, object]:
        """Return the outcome as plain JSON data, its ordinary line by its days alone."""
        line = self.schedule.lines[ORDINARY]
        return {
            "held": self.held,
            "at_trial": self.at_trial,
            "proved": self.proved,
            "chance": self.chance,
            "document": line.document,
            "judged_on": iso(line.judged_on),
            "enforced_on": iso(line.enforced_on),
            "received_fen": ends(self.received),
        }


@dataclass(frozen=True, slots=True)
class Received:
    """What she receives [fen], each a range where facts are unknown.

    Attributes
    ----------
    expected
        the mean over the outcomes by their chances, to the nearest fen
    low, high
        the least and the most of any outcome that has a chance
    """

    expected: FenRange
    low: FenRange
    high: FenRange


@dataclass(frozen=True, slots=True)
class Asked:
    """What the procedure is asked, but for what she can prove."""

    case: Case
    regime: str
    switches: Mapping[str, str]
    sue_on: datetime.date | None
    appraisal: Appraisal | None = None

    @property
    def own(self) -> str:
        """What she can prove without any of the pieces."""
        return self.switches["proof"]

    def schedule(self, held: str, at_trial: str | None = None) -> Schedule:
        """Return the time lines where she can prove so much when the court has asked."""
        switches = {**self.switches, "proof": held}
        found = self.appraisal
        return schedule(
            self.case,
            self.regime,
            switches=switches,
            sue_on=self.sue_on,
            at_trial=at_trial,
            small_claim=found is None or not found.ends_small_claim,
            appraisal_days=None if found is None else found.excluded_days,
        )


def ends(amount: FenRange) -> object:
    """Return an amount as plain JSON data: a number, or its two ends."""
    low, high = low_end(amount), high_end(amount)
    return low if low == high else {"low": low, "high": high}


def outcomes(asked: Asked, kept: tuple[Kept, ...], on: datetime.date | None) -> Iterator[Outcome]:
    """Yield each outcome that has a chance: what is there when the court has asked, and later."""
    for held in GRADES[GRADES.index(asked.own) :]:
        line = asked.schedule(held).lines[ORDINARY]
        for (early, late), chance in sorted(_joint(kept, asked.own, on, line.judged_on).items()):
            if early == held and chance > 0:
                yield _outcome(asked, held, late, chance)


def _outcome(asked: Asked, held: str, at_trial: str, chance: float) -> Outcome:
    found = asked.schedule(held, at_trial)
    line = found.lines[ORDINARY]
    return Outcome(held, at_trial, line.proved, chance, found, received(asked.case, line))


def _joint(
    kept: tuple[Kept, ...], own: str, on: datetime.date | None, judged: datetime.date | None
) -> dict[tuple[str, str], float]:
    """Return the chances of what the pieces prove by the request, and by the judgment.

    Pieces of different holders fare independently of each other. One on which no finding may rest
    alone counts where another proves something.
    """
    joint = {(own, own): 1.0}
    for each in sorted(kept, key=lambda one: not one.alone):
        early = each.by(on) if on else 0.0
        late = max(early, each.by(judged)) if judged else early
        moved = dict[tuple[str, str], float]()
        for (first, last), chance in joint.items():
            more = _with(first, each), _with(last, each)
            for then, part in (
                (more, early), ((first, more[1]), late - early), ((first, last), 1 - late)
            ):  # fmt: skip
                if part > 0:
                    moved[then] = moved.get(then, 0.0) + chance * part
        joint = moved
    return joint


def _with(proved: str, kept: Kept) -> str:
    """Return what is proved with a piece besides."""
    return best(proved, kept.proves) if kept.alone or proved != NONE else proved


def proof_of(found: tuple[Outcome, ...]) -> dict[str, float]:
    """Return the chance of each grade at the trial, the most first."""
    return {
        grade: sum((each.chance for each in found if each.proved == grade), 0.0)
        for grade in reversed(GRADES)
    }


def received_of(found: tuple[Outcome, ...]) -> Received:
    """Return the mean and the ends of what the outcomes bring."""
    low, high = (
        round(sum(each.chance * end(each.received) for each in found))
        for end in (low_end, high_end)
    )
    amounts = [each.received for each in found]
    least = hull([min(map(low_end, amounts)), min(map(high_end, amounts))])
    most = hull([max(map(low_end, amounts)), max(map(high_end, amounts))])
    return Received(hull([low, high]), least, most)
