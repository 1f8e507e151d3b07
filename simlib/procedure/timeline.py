"""When may she sue, and when has she the money: both tracks on one line, in three variants."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.errors import OutOfScope
from simlib.law.limitation import limitation_period
from simlib.law.regime import regime_for
from simlib.liability.assumption import Assumption, entry, teaching
from simlib.procedure.admissibility import Admission, defendants
from simlib.procedure.civil import Run, run_civil
from simlib.procedure.criminal import CriminalLine, criminal_line, criminal_lines
from simlib.procedure.day_bounds import ASSUMED, Known, accused, history
from simlib.procedure.preservation import Preservation
from simlib.procedure.proof import Part, judgments
from simlib.procedure.regimes import chosen
from simlib.procedure.regimes import regime as regime_named
from simlib.procedure.tracks import ENDED, VARIANTS, Step, iso, limit_end
from simlib.trace import plain_fields

if TYPE_CHECKING:
    from simlib.case.model import Case

CITES = ("civil-code:188", "civil-code:195", "civil-code:203(1)", "limitation-rules:13",
         "economic-crime-rules:9")  # fmt: skip
# what is assumed where a line has a state
TAKEN = {
    "ruling_second": "higher-court",
    "mediation": "mediation-fails",
    "ordered": "supervision",
    "retrial_period": "new-evidence",
}
ALWAYS = ("whole-limits", "days-off", "variants")
SCHEMA = "simlib.schedule/1"


@dataclass(frozen=True, slots=True)
class Limitation:
    """The time limit of the claim along one line.

    Attributes
    ----------
    starts_on
        day of knowledge, the day of the act where the file is silent
    interrupted_on
        day of the report to the police; None if the period had run by then
    anew_on
        day from which it runs anew: the criminal judgment in effect, or the decision that nobody is
        prosecuted (she is taken to know of it that day); None while the criminal case is open, and
        so for an unsolved one
    last_on
        last day to sue; None while the period does not run
    outer_on
        last day of the twenty years, which nothing interrupts
    sued_on, in_time
        the day of the suit, and whether it is in time
    by
        what `anew_on` rests on: `effective`, `not_prosecuted` or `open`
    cites
        ids of articles
    """

    starts_on: datetime.date
    interrupted_on: datetime.date | None
    anew_on: datetime.date | None
    last_on: datetime.date | None
    outer_on: datetime.date
    sued_on: datetime.date
    in_time: bool
    by: str
    cites: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return the limitation as plain JSON data."""
        return plain_fields(self)


def limitation(case: Case, criminal: CriminalLine, sued_on: datetime.date) -> Limitation:
    """Return the time limit of the claim along a line.

    1. three years from knowledge, within which the report must come to interrupt them
    2. anew from the end of the criminal case; open until then
    3. twenty years from the act in any case
    4. a last day in a weekend or an announced holiday is moved past it

    A report that names one joint debtor interrupts against all (诉讼时效规定15(2)); whether one
    that names nobody interrupts against a helper nobody knew of is contested. Interruptions in the
    file are the business of `simlib.liability.last_days`.

    References
    ----------
    civil-code:188, civil-code:203(1), limitation-rules:13, limitation-rules:15,
    economic-crime-rules:9

    Examples
    --------
    >>> from simlib import load_case
    >>> from simlib.procedure.criminal import criminal_line
    >>> case = load_case("2024-lu-0302-5690")
    >>> line = criminal_line(case, "ordinary")
    >>> str(limitation(case, line, case.acted_on).last_on)
    '2026-03-23'
    """
    start = case.knew_on or case.acted_on
    reported = history(case)["reported"].low
    anew = criminal.ends_on if criminal.final else None
    on = max(reported, start)  # a report made before she knew still stands when the period begins
    period = limitation_period(start, case.acted_on, [(on, anew or on)])
    last, outer = period.last_on, period.outer_on
    if not period.counts[0]:
        return Limitation(start, None, None, last, outer, sued_on, sued_on <= last, "open", CITES)
    by = "open" if anew is None else "not_prosecuted" if criminal.final in ENDED else "effective"
    open_end = None if anew is None else last
    in_time = sued_on <= (outer if open_end is None else open_end)
    return Limitation(start, reported, anew, open_end, outer, sued_on, in_time, by, CITES)


def assumptions(
    case: Case, switches: Mapping[str, str], lines: Mapping[str, Line], at_once: bool,
    appraisal_days: int | None,
) -> Iterator[Assumption]:  # fmt: skip
    """Yield each assumption once: `{"key", "value", "basis"}`.

    Parameters
    ----------
    at_once
        whether nobody said when she sues
    appraisal_days
        days of an appraisal; None for no appraisal
    """
    for key in ALWAYS:
        yield teaching(f"procedure.{key}", None)
    if appraisal_days is None:
        yield teaching("procedure.excluded", None)
    else:
        yield teaching("procedure.appraised", appraisal_days)
    if history(case)["reported"].source == ASSUMED:
        yield teaching("procedure.reported", str(case.acted_on))
    if at_once:
        yield teaching("procedure.at-once", None)
    states = {step.state for line in lines.values() for step in line.steps}
    if "at_large" in states:
        yield teaching("procedure.no-end", None)
    if any(line.taken_as_absent for line in lines.values()):
        yield teaching("procedure.absent", None)
    if "investigation" in states:
        yield teaching("procedure.arrest", None)
    if "reported" in states and "opened" not in history(case):
        yield teaching("procedure.opening_days", regime_for(case).value("procedure.opening_days"))
    if "enforcement" in states:
        months = regime_for(case).value("procedure.enforcement_months")
        yield teaching("procedure.enforcement_months", months)
    if "small" in states:
        yield teaching("procedure.wage_fen", regime_for(case).value("procedure.wage_fen"))
    yield from _of_convictions(case, lines)
    if switches["proof"] == "file":
        yield teaching("procedure.proof-read-off", None)
    yield teaching("procedure.fraud-proved", None)
    if any(part.left for line in lines.values() for part in line.parts):
        yield teaching("procedure.two-judgments", None)
    if any(g.key == "restitution_whole" and g.holds for line in lines.values()
           for said in line.admissions for g in said.grounds):  # fmt: skip
        yield entry("procedure.restitution-bars", None, "doctrine")
    if {"preserved", "applying"} & states:
        yield teaching("procedure.refusal-lifts", None)
    for state, key in TAKEN.items():
        if state in states:
            yield teaching(f"procedure.{key}", None)
    if switches["crime"] == "grave":
        yield teaching("procedure.grave", None)


def _of_convictions(case: Case, lines: Mapping[str, Line]) -> Iterator[Assumption]:
    """Yield what is assumed of criminal judgments: what they find, and of whom."""
    for party in defendants(case):
        found = judgments(case, party.id)
        if found and found[0].finds is None:
            yield teaching("procedure.charge-finds", None, party.id)
    supposed = accused(case)
    if supposed:
        yield teaching("procedure.would-find", None, supposed)
    general = {part.party: None for line in lines.values() for part in line.parts if part.general}
    for who in general:
        yield entry("procedure.general-finding", None, "law in force", who)


@dataclass(frozen=True, slots=True)
class Line:
    """One time line.

    Attributes
    ----------
    steps
        of both tracks, by first day; those of the criminal track first on the same day
    document
        the last one that decided on the suit: a judgment, a ruling, or `stay` where that never ends
    proved
        the most she could prove of any defendant's knowledge on that day (`enough`, `some`,
        `none`); None unjudged
    parts
        what becomes of the suit against each defendant whom the court hears
    judged_on, final_on, enforced_on
        first judgment, judgment in effect, money there; None for never
    criminal_ends_on
        end of the criminal case; None for never
    admissions
        what the court said to each attempt to sue, and where it stayed or dismissed in mid-trial
    limitation
        the time limit of the claim along this line
    preservation
        what an application to freeze assets comes to; None where she made none
    enforce_by
        last day to apply for enforcement: two years (民事诉讼法250(2)) from the judgment in
        effect, as it is taken to set no time for performance
    """

    steps: tuple[Step, ...]
    document: str
    proved: str | None
    judged_on: datetime.date | None
    final_on: datetime.date | None
    enforced_on: datetime.date | None
    criminal_ends_on: datetime.date | None
    admissions: tuple[Admission, ...]
    limitation: Limitation
    parts: tuple[Part, ...] = ()
    preservation: Preservation | None = None
    enforce_by: datetime.date | None = None

    @property
    def taken_as_absent(self) -> bool:
        """Whether it is tried by ordinary procedure as the suspect was at large when it was taken.

        He counts as one who cannot be found (民诉法解释257(1)), which he need not be.
        """
        filed = [s.ends for s in self.steps if s.state == "filing" and s.ends]
        at_large = (s for s in self.steps if s.state == "at_large" and s.begins)
        tried = any(step.state == "ordinary" for step in self.steps)
        return tried and any(
            step.begins <= filed[-1] < (step.ends or datetime.date.max)
            for step in at_large if step.begins
        )  # fmt: skip

    @property
    def used_on(self) -> dict[str, datetime.date | None]:
        """Each article of the steps with the first day it is used on: its number is of that day."""
        days: dict[str, datetime.date | None] = {}
        for step in self.steps:
            for cite in step.cites:
                days.setdefault(cite, step.begins)
        return days

    def to_json(self) -> dict[str, object]:
        """Return the line as plain JSON data."""
        days = ("judged_on", "final_on", "enforced_on", "criminal_ends_on", "enforce_by")
        parts = ("limitation", "preservation", "admissions", "steps", "parts")
        return plain_fields(self, "document", "proved", *days, *parts)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The time lines of a case under one regime.

    Attributes
    ----------
    case, regime, basis
        id of the case, the regime, and on what kind of authority that rests
    switches
        every switch with its value
    sue_on
        day of the suit
    history
        the days of the case, stated or stood in for
    lines
        `shortest`, `ordinary` and `longest`
    assumptions, citations
        as in an outcome
    """

    case: str
    regime: str
    basis: str
    switches: Mapping[str, str]
    sue_on: datetime.date
    history: Mapping[str, Known]
    lines: Mapping[str, Line]
    assumptions: tuple[Assumption, ...]
    citations: tuple[str, ...]

    @property
    def limitation(self) -> Limitation:
        """The time limit of the claim along the ordinary line."""
        return self.lines["ordinary"].limitation

    def to_json(self) -> dict[str, object]:
        """Return the schedule as plain JSON data."""
        return {"schema": SCHEMA, **plain_fields(self)}


def schedule(
    case: Case,
    regime: str = "stay_if_prejudicial",
    *,
    switches: Mapping[str, str] | None = None,
    sue_on: datetime.date | None = None,
    preserve_on: datetime.date | None = None,
    at_trial: str | None = None,
    small_claim: bool = True,
    appraisal_days: int | None = None,
) -> Schedule:
    """Return the time lines of a case under one regime.

    1. the criminal track from the report on: days of the file, else limits
    2. the suit on its day: taken, stayed or sent away by the stage the criminal case has then
    3. trial, appeal, enforcement; None wherever there is no end

    A limit says how long a step may take, so each line takes whole limits: `shortest` those of the
    quickest procedure, `ordinary` those without extension, `longest` with every extension that
    needs no special approval, and an appeal. A last day by which a party loses a right is moved
    past days off: see `simlib.law.period`. Not reckoned: the periods that do not count (notice,
    settlement, disputes over jurisdiction: 民诉法解释243).

    Parameters
    ----------
    regime
        one of `simlib.procedure.REGIMES`
    switches
        values of `simlib.procedure.SWITCHES`; the defaults otherwise
    sue_on
        day of the suit; the file's `filed_on` if not given, else the day of the report
    preserve_on
        day on which she asks the court to freeze assets before the suit; None for never
    at_trial
        what she can prove on her own at the trial, a value of the switch `proof`; as on the day of
        the suit if not given
    small_claim
        whether it may be tried as a small claim: not if it needs an appraisal (民事诉讼法166(3))
    appraisal_days
        days of an appraisal, taken to be applied for when the trial begins: they do not count
        towards its limit (民诉法解释243). None for no appraisal

    Raises
    ------
    UnknownName
        for a regime, switch or value that does not exist
    NoRule
        on days for which we hold no limits
    OutOfScope
        for a suit or an application before the act

    References
    ----------
    civil-procedure-law:126, civil-procedure-law:152, civil-procedure-law:153(1),
    civil-procedure-law:164, civil-procedure-law:168, civil-procedure-law:171

    Examples
    --------
    >>> from simlib import load_case
    >>> case = load_case("2024-lu-0302-5690")
    >>> line = schedule(case, "parallel").lines["ordinary"]
    >>> str(line.judged_on), line.document
    ('2023-01-12', 'claim_dismissed')
    >>> schedule(case, switches={"suspect": "at_large"}).lines["ordinary"].judged_on is None
    True
    """
    rests, values, days = regime_named(regime), chosen(switches), history(case)
    if at_trial is not None:
        chosen({"proof": at_trial})  # an unknown one raises
    for asked in (sue_on, preserve_on):
        if asked and asked < case.acted_on:
            raise OutOfScope("before-the-act", day=iso(asked), acted=iso(case.acted_on))
    day = sue_on or (days["filed"].low if "filed" in days else days["reported"].low)
    lines = {}
    for name in VARIANTS:
        track, own = criminal_line(case, name, values), criminal_lines(case, name, values)
        run = Run(case, regime, name, values, track, own, at_trial, small_claim, appraisal_days)
        lines[name] = _line(run, day, preserve_on)
    at_once = sue_on is None and "filed" not in days
    return Schedule(
        case.id,
        regime,
        rests.basis,
        values,
        day,
        days,
        lines,
        tuple(assumptions(case, values, lines, at_once, appraisal_days)),
        _citations(rests.cites, lines),
    )


def _line(run: Run, sue_on: datetime.date, preserve_on: datetime.date | None) -> Line:
    run_civil(run, sue_on, preserve_on)
    return Line(
        _merged(run.criminal, run.steps),
        run.document,
        run.proved,
        run.judged_on,
        run.final_on,
        run.enforced_on,
        run.criminal.ends_on,
        tuple(run.admissions),
        limitation(run.case, run.criminal, sue_on),
        run.parts,
        run.preservation,
        _enforce_by(run),
    )


def _enforce_by(run: Run) -> datetime.date | None:
    """Return the last day to apply for enforcement of a judgment for her."""
    if run.enforced_on is None or run.final_on is None:
        return None
    return limit_end("enforcement.request", run.final_on)


def _merged(criminal: CriminalLine, civil: list[Step]) -> tuple[Step, ...]:
    both = [*criminal.steps, *civil]
    return tuple(sorted(both, key=lambda step: step.begins or datetime.date.max))


def _citations(own: tuple[str, ...], lines: Mapping[str, Line]) -> tuple[str, ...]:
    """Return every article the lines rest on, each once, those of the regime first."""
    cited = [*own]
    for line in lines.values():
        cited += [c for step in line.steps for c in step.cites]
        cited += [c for said in line.admissions for g in said.grounds if g.holds for c in g.cites]
        cited += line.limitation.cites
    return tuple(dict.fromkeys(cited))
