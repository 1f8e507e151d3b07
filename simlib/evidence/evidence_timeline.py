"""From the acts to the money: what exists on the day it is needed, what that proves, what it
brings.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.errors import OutOfScope, UnknownName
from simlib.evidence.piece import ASSUMED, GRADES, best, pieces
from simlib.evidence.request import REFORM, Manner, cited
from simlib.evidence.retention import clock
from simlib.evidence.survival_of_piece import Kept, Setting, keep
from simlib.interval import FenRange, high_end, hull, low_end
from simlib.law.regime import regime_for
from simlib.liability.assumption import Assumption, entry, teaching
from simlib.procedure.amount import instalments, received
from simlib.procedure.civil import ADOPTING
from simlib.procedure.proof import NONE
from simlib.procedure.regimes import chosen
from simlib.procedure.timeline import Line, Schedule, schedule
from simlib.procedure.tracks import CRIMINAL, VARIANTS, iso
from simlib.trace import plain_fields

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.evidence.authenticity import Reading
    from simlib.evidence.expert_appraisal import Appraisal
    from simlib.evidence.retention import Levers
    from simlib.law.regime import Regime

ORDINARY = VARIANTS[1]
ALWAYS = ("kinds", "independent", "own-proof")
SCHEMA = "simlib.evidence/1"


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
    instalments
        the day of each judgment that gives her something, and what it brings [fen]: of a judgment
        in part two, or more
    """

    held: str
    at_trial: str
    proved: str | None
    chance: float
    schedule: Schedule
    received: FenRange
    instalments: tuple[tuple[datetime.date, FenRange], ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the outcome as plain JSON data, its ordinary line by its days alone."""
        line = self.schedule.lines[ORDINARY]
        return {
            **plain_fields(self, "held", "at_trial", "proved", "chance"),
            **plain_fields(line, "document", "judged_on", "enforced_on"),
            "received_fen": ends(self.received),
            "instalments": [{"on": iso(on), "fen": ends(fen)} for on, fen in self.instalments],
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
    paid, turns = received(asked.case, line), instalments(asked.case, line)
    return Outcome(held, at_trial, line.proved, chance, found, paid, turns)


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


def assumptions(
    kept: Iterable[Kept], setting: Setting, levers: Levers | None, found: Schedule
) -> Iterator[Assumption]:
    """Yield each assumption once: those of the evidence, then those of the procedure."""
    pieces = tuple(kept)
    for key in (*ALWAYS, *_choices(pieces, setting, levers)):
        yield teaching(f"evidence.{key}", None)
    for key in _parameters(pieces, setting):
        known = setting.law.parameter(f"evidence.{key}")
        yield entry(known.key, known.value, known.basis)
    if levers is not None:
        yield teaching("evidence.mandatory_months", levers.mandatory_months)
        yield teaching("evidence.fine_fen", levers.fine_fen)
        yield teaching("evidence.inspected", levers.inspected)
        yield teaching("evidence.storage_cost_fen", levers.storage_cost_fen)
    yield from found.assumptions


def _choices(kept: tuple[Kept, ...], setting: Setting, levers: Levers | None) -> Iterator[str]:
    keys = {step.key for each in kept for step in each.steps}
    leasts = [each.clock.least for each in kept if each.clock.least]
    if any(each.piece.source == ASSUMED for each in kept):
        yield "assumed-pieces"
    if any(least.length is not None for least in leasts):
        yield "kept-no-longer"
    if any(not least.verified for least in leasts):
        yield "period-unread"
    if setting.asked_on is not None:
        yield "asked-before-stay"
        yield "court-waits"
    if keys & {"lifted", "lifted_refused"}:
        yield "preserved-lifted" if setting.usable else "preserved-lifted-not"
    elif "preserved" in keys:
        yield "preserved-copy"
    if "breach" in keys:
        yield "breach-stated"
    if "fined" in keys:
        yield "fined"
    if "collected" in keys:
        yield "police-file"
    if setting.manner.place != "local":
        yield "place"
    if levers is not None:
        yield "levers" if levers.kept else "levers-not-kept"


def _parameters(kept: tuple[Kept, ...], setting: Setting) -> Iterator[str]:
    keys = {step.key for each in kept for step in each.steps}
    steps = [step for each in kept for step in each.steps]
    if "answered" in keys:
        yield from ("today_median_days", "today_sigma")
    if any(step.key == "crosses" and step.basis == REFORM for step in steps):
        yield "request_days"
    if any(step.key in ("answered", "fined") and step.basis == REFORM for step in steps):
        yield "platform_days"
    if any(each.clock.must_on for each in kept):
        yield "breach"
    if any(each.clock.least and each.clock.least.length for each in kept):
        yield "kept_beyond_days"
    known = {each.piece.kind.keeps for each in kept if each.clock.days is not None}
    yield from (key for key in ("chat_days", "record_days") if f"evidence.{key}" in known)
    if any(each.piece.kind.deleted for each in kept):
        yield "deletion_per_day"
    if "crosses" in keys:
        yield "crosses_days"
    if keys & {"ordered", "adverse"}:
        yield "refusal_days"


@dataclass(frozen=True, slots=True)
class Trail:
    """What becomes of the proof of a case, and of the money.

    Attributes
    ----------
    case, regime, basis
        id of the case, the regime of procedure, and on what kind of authority that rests
    manner
        how she goes about it
    levers
        the paper's mandatory retention; None as today
    switches
        of the procedure, each with its value
    asked_on
        day on which the court asks for what others hold; None where it never registers the suit
    pieces
        what becomes of each piece
    proof
        chances that enough, some or nothing is proved of his knowledge at the trial; all 0 where
        no judgment comes
    outcomes
        each way it may come out
    received
        what that brings
    citations, assumptions
        as in an outcome of `decide`
    """

    case: str
    regime: str
    basis: str
    manner: Manner
    levers: Levers | None
    switches: Mapping[str, str]
    asked_on: datetime.date | None
    pieces: tuple[Kept, ...]
    proof: Mapping[str, float]
    outcomes: tuple[Outcome, ...]
    received: Received
    citations: tuple[str, ...]
    assumptions: tuple[Assumption, ...]

    def piece(self, kind: str) -> Kept:
        """Return what becomes of the first piece of a kind; KeyError if there is none."""
        for kept in self.pieces:
            if kept.piece.kind.id == kind:
                return kept
        raise KeyError(kind)

    @property
    def used_on(self) -> dict[str, datetime.date | None]:
        """Each article with the first day it is used on: its number and text are of that day."""
        days = dict[str, datetime.date | None]()
        for kept in self.pieces:
            days = kept.used_on | days
        for outcome in self.outcomes:
            days = outcome.schedule.lines[ORDINARY].used_on | days
        return days

    def to_json(self) -> dict[str, object]:
        """Return the trail as plain JSON data."""
        money = self.received
        return {
            "schema": SCHEMA,
            **plain_fields(self, "case", "regime", "basis"),
            **plain_fields(self.manner, "reply", "place", "preserve_on", "refuses", "police"),
            **plain_fields(self, "switches", "asked_on"),
            **plain_fields(self, "pieces", "proof", "outcomes"),
            "received_fen": {
                "expected": ends(money.expected), "low": ends(money.low), "high": ends(money.high)
            },
            **plain_fields(self, "assumptions", "citations"),
        }  # fmt: skip


def trail(
    case: Case,
    regime: str = "stay_if_prejudicial",
    *,
    reply: str = "today",
    place: str = "local",
    preserve_on: datetime.date | None = None,
    refuses: bool = False,
    police: str = "ignore",
    levers: Levers | None = None,
    switches: Mapping[str, str] | None = None,
    sue_on: datetime.date | None = None,
    values: Mapping[str, float] | None = None,
    authentic: Mapping[str, Reading] | None = None,
    appraisal: Appraisal | None = None,
) -> Trail:
    """Return which proof exists on the day it is needed, and what that does to the money.

    1. the ordinary line of the procedure gives the day on which the court registers the suit; what
       she can prove does not move it. That day the court asks for what others hold, before it
       decides whether to stay: it must stay only if the suit cannot be decided on other proof
    2. of each piece, the chance that it still is there: by its clock, the delay of the answer, and
       who secures it first
    3. for each grade of proof the pieces may come to, the procedure again, and what she receives;
       each weighs as much as its chance. An effective judgment that finds knowledge is enough
       without any piece

    Parameters
    ----------
    regime, switches, sue_on
        as in `simlib.procedure.schedule`; the switch `proof` says what she can prove without any
        of these pieces: `file` is nothing
    reply, place, preserve_on, refuses, police
        as in `Manner`; preservation is that of evidence (民事诉讼法84), not of assets. Before the
        suit it is lifted if no suit that the court takes follows within thirty days (104(3), which
        84(3) refers to); the copy in the court's file may still be used unless the switch
        `released_evidence` is `not`
    levers
        the paper's mandatory retention; None as today
    values
        other values of parameters, e.g. `{"evidence.deletion_per_day": 0}`
    authentic
        piece → what `read_deposit` makes of it. A piece the court does not take as true proves
        nothing, and one on which no finding may rest alone nothing without another
    appraisal
        from `appraise`, if the case needs one: it is then no small claim (民事诉讼法166(3)), and
        the days of the appraisal lengthen the trial (民诉法解释243). What the appraiser finds is
        for `authentic` to say

    Raises
    ------
    UnknownName
        for a regime, switch, reply, place, way of the police, parameter or piece that does not
        exist
    OutOfScope
        for a suit or an application before the act, or a number outside its parameter's range
    NoRule
        on days for which we hold no limits

    References
    ----------
    civil-procedure-law:67(2), civil-procedure-law:70(1), civil-procedure-law:84,
    civil-procedure-law:104, civil-procedure-law:117, civil-procedure-law:284,
    electronic-data-rules:11

    Examples
    --------
    >>> from simlib import load_case
    >>> case = load_case("2024-lu-0302-5690")
    >>> found = trail(case, "criminal_first", values={"evidence.deletion_per_day": 0})
    >>> str(found.asked_on), round(found.piece("chat").chance, 4)
    ('2023-03-29', 0.0416)
    """
    manner = Manner(reply, place, preserve_on, refuses, police).checked()
    if preserve_on and preserve_on < case.acted_on:
        raise OutOfScope("before-the-act", day=iso(preserve_on), acted=iso(case.acted_on))
    asked = Asked(case, regime, _own(switches), sue_on, appraisal)
    law = regime_for(case).variant(values) if values else regime_for(case)
    first = asked.schedule(asked.own)
    setting = _setting(asked, manner, law, first.lines[ORDINARY])
    kept = _kept(setting, levers, first.lines[ORDINARY].judged_on, authentic or {})
    found = tuple(outcomes(asked, kept, setting.asked_on))
    return Trail(
        case.id, regime, first.basis, manner, levers, asked.switches, setting.asked_on, kept,
        proof_of(found), found, received_of(found), _citations(kept, found, appraisal),
        (*assumptions(kept, setting, levers, first), *(appraisal.assumptions if appraisal else ())),
    )  # fmt: skip


def registered_on(line: Line) -> datetime.date | None:
    """Return the day on which the suit is registered for good; None if it never is."""
    if line.admissions[-1].document != "registered":
        return None
    return [step.ends for step in line.steps if step.state == "filing"][-1]


def suits_of(line: Line) -> tuple[tuple[datetime.date, bool], ...]:
    """Return each day on which she sues, and whether the court takes that suit."""
    return tuple(
        (step.begins, step.document == "registered")
        for step in line.steps
        if step.state == "filing" and step.begins is not None
    )


def _own(switches: Mapping[str, str] | None) -> dict[str, str]:
    """Return every switch, with what she can prove without any of the pieces: nothing by default.

    The file's grade rests on the very pieces that are in question here.
    """
    values = chosen(switches)
    return values | ({"proof": NONE} if values["proof"] == "file" else {})


def _kept(
    setting: Setting,
    levers: Levers | None,
    judged_on: datetime.date | None,
    authentic: Mapping[str, Reading],
) -> tuple[Kept, ...]:
    case, law, found = setting.case, setting.law, pieces(setting.case)
    ids = [piece.id for piece in found]
    for id in authentic.keys() - set(ids):
        raise UnknownName.among("piece", id, ids)
    return tuple(
        keep(piece, clock(piece, case, levers, law), setting, judged_on, authentic.get(piece.id))
        for piece in found
    )


def _setting(asked: Asked, manner: Manner, law: Regime, line: Line) -> Setting:
    """Read the days that matter off the line on which nothing asked for is there."""
    criminal = [step for step in line.steps if step.track == CRIMINAL]
    opened = next((step.ends for step in criminal if step.state == "reported"), None)
    document = ADOPTING[asked.switches["evidence_adopted_from"]]
    taken_up = next((step.ends for step in criminal if step.document == document), None)
    adopted = asked.regime == "coordinated" and taken_up is not None
    over = line.criminal_ends_on
    file_on = taken_up if adopted else over
    return Setting(
        asked.case, manner, law, registered_on(line), suits_of(line), opened, file_on, adopted,
        over, asked.switches["released_evidence"] == "usable",
    )  # fmt: skip


def _citations(
    kept: tuple[Kept, ...], found: tuple[Outcome, ...], appraisal: Appraisal | None
) -> tuple[str, ...]:
    own = [c for each in kept for c in (*each.clock.cites, *cited(each.steps))]
    own += [c for each in kept if each.authentic for c in each.authentic.cites]
    own += appraisal.cites if appraisal else ()
    lines = [c for each in found for c in each.schedule.citations]
    return tuple(dict.fromkeys([*own, *lines]))
