"""When may she sue, and when has she the money: both tracks on one line, in three variants."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.errors import OutOfScope
from simlib.procedure.admission import Admission
from simlib.procedure.assumed import assumptions
from simlib.procedure.civil import Run, run_civil
from simlib.procedure.criminal import CriminalLine, criminal_line
from simlib.procedure.known_days import Known, history
from simlib.procedure.limitation import Limitation, limitation
from simlib.procedure.regimes import chosen
from simlib.procedure.regimes import regime as regime_named
from simlib.procedure.step import VARIANTS, Step, iso

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability.assumption import Assumption

SCHEMA = "simlib.schedule/1"


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
        what she could prove of his knowledge on that day (`enough`, `some`, `none`); None unjudged
    judged_on, final_on, enforced_on
        first judgment, judgment in effect, money there; None for never
    criminal_ends_on
        end of the criminal case; None for never
    admissions
        what the court said to each attempt to sue
    limitation
        the time limit of the claim along this line
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
        return {
            "document": self.document,
            "proved": self.proved,
            "judged_on": iso(self.judged_on),
            "final_on": iso(self.final_on),
            "enforced_on": iso(self.enforced_on),
            "criminal_ends_on": iso(self.criminal_ends_on),
            "limitation": self.limitation.to_json(),
            "admissions": [_said(each) for each in self.admissions],
            "steps": [step.to_json() for step in self.steps],
        }


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
        days = {
            key: {"low": iso(known.low), "high": iso(known.high), "source": known.source}
            for key, known in self.history.items()
        }
        return {
            "schema": SCHEMA,
            "case": self.case,
            "regime": self.regime,
            "basis": self.basis,
            "switches": dict(self.switches),
            "sue_on": iso(self.sue_on),
            "history": days,
            "lines": {name: line.to_json() for name, line in self.lines.items()},
            "assumptions": [dict(entry) for entry in self.assumptions],
            "citations": list(self.citations),
        }


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
    needs no special approval, and an appeal. Not reckoned: public holidays, and the other periods
    that do not count (notice, settlement, disputes over jurisdiction: 民诉法解释243).

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
        track = criminal_line(case, name, values)
        run = Run(case, regime, name, values, track, at_trial, small_claim, appraisal_days)
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
    )


def _merged(criminal: CriminalLine, civil: list[Step]) -> tuple[Step, ...]:
    both = [*criminal.steps, *civil]
    return tuple(sorted(both, key=lambda step: step.begins or datetime.date.max))


def _said(admission: Admission) -> dict[str, object]:
    return {
        "document": admission.document,
        "stays": admission.stays,
        "transferred": admission.transferred,
        "refile": admission.refile,
        "grounds": [
            {"key": g.key, "holds": g.holds, "cites": list(g.cites), "basis": g.basis,
             "contested": g.contested} for g in admission.grounds
        ],
    }  # fmt: skip


def _citations(own: tuple[str, ...], lines: Mapping[str, Line]) -> tuple[str, ...]:
    """Return every article the lines rest on, each once, those of the regime first."""
    cited = [*own]
    for line in lines.values():
        cited += [c for step in line.steps for c in step.cites]
        cited += [c for said in line.admissions for g in said.grounds if g.holds for c in g.cites]
        cited += line.limitation.cites
    return tuple(dict.fromkeys(cited))
