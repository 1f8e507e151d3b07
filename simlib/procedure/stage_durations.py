"""What a distribution of time lines draws from: durations in days and answers by stage."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.law.period import deadline, last_day
from simlib.law.regime import regime_for
from simlib.procedure.admissibility import RIGID, Admission, admit, against, defendants, review
from simlib.procedure.civil import at_the_desk, track_of
from simlib.procedure.criminal import at_large, criminal_line, standing
from simlib.procedure.day_bounds import entry_of, history, subject
from simlib.procedure.proof import NONE, finds_knowledge, in_step, least, needed, proof_of
from simlib.procedure.regimes import chosen
from simlib.procedure.tracks import ENDED, EVERY, limit_end, parameter_end

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.procedure.criminal import CriminalLine

# the criminal phases of a drawn line, and the stage that follows each
PHASES = ("reported", "at_large", "investigation", "review", "trial", "appeal")
ENDS = ("opened", "arrested", "", "charged", "judged", "effective")  # days of the history
STAGE_AT = {phase: phase for phase in PHASES} | {
    "appeal": "appeal_period", "supervision": "not_opened"}  # fmt: skip
LATER = {"supplement": "review", "appeal_period": "appeal", "second_criminal": "appeal",
         "supervised": "supervision", "ordered": "supervision"}  # fmt: skip
# how the police end it → the phases of the criminal case, and the stage they leave
PATHS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "case": (PHASES, "effective"),
    "not_opened": (PHASES[:1], "not_opened"),
    "supervised": ((PHASES[0], "supervision", *PHASES[1:]), "effective"),
    "dropped": (PHASES[:3], "dropped"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """How long a phase lasts [days].

    Attributes
    ----------
    short, long
        shortest and longest
    at
        day since the report on which it ends, where the file states it
    by
        the latest such day a later fact of the file allows
    """

    short: int
    long: int
    at: int | None = None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A case made ready for drawing; all days count from the report.

    A time to appeal has its own length here; each line moves its last day past days off.

    Attributes
    ----------
    start
        day of the report
    criminal
        phase → its span, in order up to the last one there is; `reported` first
    second
        span of the criminal appeal, after the ten days of `appeal`
    waits
        whether the suspect is at large: the wait is drawn; `never` if he is taken never to be found
    sued, first, filing
        day of the suit; days from it to the court's answer, with mediation and complaint; and from
        a later suit to its answer
    ruling
        days to appeal against a ruling that sends her away, and from there to the decision; None if
        she waits
    stages
        before the report, before each phase ends, and the final one
    answers, reviews, trials
        by stage: `(document, stays, refile)`; on appeal `(accepted, stays)`; span of the trial
    judgments, ordered
        what the judgment is, by the stages at registration, at the judgment, and at the end of an
        appeal (equal to the second where there is none); and in a suit taken by order on appeal
    asks
        whether a court that has the suit looks again whenever the criminal case moves on; one that
        took it by order always does
    told
        place of the phase at whose end the court knows what it waits for, the last one at latest
    small
        whether the trial is by small claims, so that there is no appeal
    appeal, appealed, enforcement
        days to appeal; span of the civil appeal; span of enforcement
    chances
        the parameters: `caught_per_month`, `never_caught`, `bend`, `appealed`
    """

    regime: str
    start: datetime.date
    criminal: Mapping[str, Span]
    second: Span
    waits: bool
    never: bool
    sued: int
    first: int
    filing: int
    ruling: tuple[int, int] | None
    stages: tuple[str, ...]
    answers: tuple[tuple[str, bool, str | None], ...]
    reviews: tuple[tuple[bool, bool], ...]
    trials: tuple[Span, ...]
    judgments: tuple[tuple[tuple[str, ...], ...], ...]
    ordered: tuple[tuple[tuple[str, ...], ...], ...]
    asks: bool
    told: int
    small: bool
    appeal: int
    appealed: Span
    enforcement: Span
    chances: Mapping[str, float]


def plan(
    case: Case, regime: str, switches: Mapping[str, str] | None, sue_on: datetime.date | None
) -> Plan:
    """Make a case ready for drawing.

    Lengths are those of the shortest and the longest line, which begin on the same days as here,
    so months are the calendar's. What a court says depends on the stage alone. One criminal case
    is drawn; those against others go in step with it, to the ends the file tells of.

    Raises
    ------
    UnknownName
        for a regime, switch or value that does not exist
    """
    values, days = chosen(switches), history(case)
    start = days["reported"].low
    filed = days["filed"].low if "filed" in days else start
    sued = sue_on or filed
    answered = limit_end("filing", at_the_desk(sued, values))
    phases, final = _path(case, values)
    stages = ("none", *(STAGE_AT[phase] for phase in phases), final)
    said = [admit(case, regime, answered, stage, values) for stage in stages]
    heard = [review(case, answered, stage, values) for stage in stages]
    judged, enforced = _after_trial(case, answered)
    trials = {stage: _trial(case, stage, values, answered) for stage in ("at_large", "review")}
    return Plan(
        regime,
        start,
        _spans(case, start, values, phases),
        _second(case, start, values["crime"] == "grave"),
        at_large(case, values),
        values["suspect"] == "at_large",
        (sued - start).days,
        (answered - sued).days,
        _days("filing", answered),
        (_days("appeal.ruling", answered), _days("second.ruling", answered))
        if values["refusal"] == "appeal" else None,
        stages,
        tuple((each.document, each.stays, each.refile) for each in said),
        tuple((each.document == "registered", each.stays) for each in heard),
        tuple(trials["at_large" if stage == "at_large" else "review"] for stage in stages),
        judgments(case, regime, values, stages, said, regime != RIGID),
        judgments(case, regime, values, stages, heard, True),
        regime != RIGID,
        _told(case, regime, values, phases),
        values["track"] == "small" and track_of(case, "review", "ordinary", values, answered)
        == "small",
        _days("appeal.judgment", answered),
        judged,
        enforced,
        {key: regime_for(case).value(f"procedure.{key}")
         for key in ("caught_per_month", "never_caught", "bend", "appealed")},
    )  # fmt: skip


def judgments(
    case: Case, regime: str, switches: Mapping[str, str], stages: tuple[str, ...],
    said: Sequence[Admission], asks: bool,
) -> tuple[tuple[tuple[str, ...], ...], ...]:  # fmt: skip
    """Return what the judgment is, by the stages of three days: see `Plan.judgments`.

    Whom the court hears and for whom it waits it says on registration, or again at the trial.
    """
    own = [in_step(case, stage) for stage in stages]
    wanted = {p.id: [needed(case, p, now.get(p.id)) for now in own] for p in defendants(case)}
    people = {p.id: [proof_of(case, p, regime, now.get(p.id), switches) for now in own]
              for p in defendants(case)}  # fmt: skip

    def view(first: int, then: int) -> Admission:
        """What the court says by the day of judgment."""
        return said[then if asks else first]

    def left(first: int, then: int) -> set[str]:
        """Whose part waits: short of what is needed, and his criminal case is not over."""
        return {
            who
            for who in view(first, then).waits
            if own[then][who] not in ("effective", *ENDED)
            and least(people[who][then], wanted[who][then]) != wanted[who][then]
        }

    def document(first: int, then: int, last: int) -> str:
        waiting = left(first, then)
        heard = {who: proofs for who, proofs in people.items()
                 if who not in waiting and who not in view(first, then).barred}  # fmt: skip
        if waiting:
            return "partial_judgment"
        gone = against(said[last]) if asks else ()
        if any(proofs[then] != proofs[last] for who, proofs in heard.items() if who not in gone):
            return "final_judgment"
        return (
            "judgment"
            if any(proofs[then] != NONE for proofs in heard.values())
            else "claim_dismissed"
        )

    places = range(len(stages))
    return tuple(tuple(tuple(document(first, then, last) for last in places) for then in places)
                 for first in places)  # fmt: skip


def _told(case: Case, regime: str, switches: Mapping[str, str], phases: tuple[str, ...]) -> int:
    """Return the place of the phase at whose end a court knows what it waits for."""
    known = any(finds_knowledge(case, party.id) for party in defendants(case))
    told = {"indictment": "review", "first_judgment": "trial", "effective": "appeal"}
    phase = told[switches["evidence_adopted_from"]]
    if regime != "coordinated" or not known or phase not in phases or "trial" not in phases:
        return len(phases) - 1
    return phases.index(phase)


def _bare(case: Case) -> Case:
    """The case without the days of its criminal case: what remains are limits."""
    n, blank = subject(case), ("opened_on", "arrested_on", "charged_on", "on", "effective_on")
    if n is None:
        return case
    entry = case.criminal[n]
    status = "pending" if entry.status == "effective" else entry.status
    bare = entry.model_copy(update={**dict.fromkeys(blank), "status": status})
    rows = (*case.criminal[:n], bare, *case.criminal[n + 1 :])
    return case.model_copy(update={"criminal": rows})


def _lengths(line: CriminalLine) -> dict[str, int]:
    """Return how long each phase of a line lasts [days]."""
    sums = dict.fromkeys((*PHASES, "supervision"), 0)
    for step in line.steps:
        phase = LATER.get(step.state, step.state)
        if phase in sums and step.begins and step.ends:
            sums[phase] += (step.ends - step.begins).days
    return sums


def _path(case: Case, switches: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Return the phases of the criminal case, and the stage it leaves."""
    entry = entry_of(case)
    phases, final = PATHS[switches["police"]]
    if entry is not None and entry.status == "not-prosecuted" and "review" in phases:
        return phases[: phases.index("review") + 1], "unprosecuted"
    return phases, final


def _days(key: str, on: datetime.date) -> int:
    """Return how long a limit that begins on a day is, its last day not moved."""
    return (last_day(deadline(key, on), on) - on).days


def _spans(
    case: Case, start: datetime.date, switches: Mapping[str, str], phases: tuple[str, ...]
) -> dict[str, Span]:
    asked = {key: switches[key] for key in ("crime", "police")} | {"suspect": "found"}
    bare, days = _bare(case), standing(case, switches)
    short, long = (_lengths(criminal_line(bare, v, asked)) for v in ("shortest", "longest"))
    short["appeal"] = long["appeal"] = _days("appeal.criminal", start)
    spans = {}
    for phase in phases:
        place = PHASES.index(phase) if phase in PHASES else 1
        known = days.get(ENDS[place]) if phase in PHASES else None
        later = [days[key].high for key in ENDS[place:] if key in days]
        by = min([day for day in later if day], default=None)
        at = (known.day - start).days if known and known.day else None
        spans[phase] = Span(short[phase], long[phase], at, (by - start).days if by else None)
    return spans


def _second(case: Case, start: datetime.date, grave: bool) -> Span:
    """Return the span of the criminal appeal: the limit, and the limit with every extension."""
    ends = [limit_end("second.criminal", start, extensions, grave) for extensions in (0, EVERY)]
    return Span(*((end - start).days for end in ends))


def _trial(case: Case, stage: str, switches: Mapping[str, str], on: datetime.date) -> Span:
    """Return the span of the civil trial: the quickest procedure, and the slowest."""
    quick, slow = (track_of(case, stage, v, switches, on) for v in ("shortest", "longest"))
    ends = limit_end(quick, on), limit_end(slow, on, EVERY)
    return Span(*((end - on).days for end in ends))


def _after_trial(case: Case, on: datetime.date) -> tuple[Span, Span]:
    second = _days("second.judgment", on)
    months = regime_for(case).parameter("procedure.enforcement_months")
    ends = [(parameter_end(n, on, "months") - on).days for n in (months.low, months.high)]
    return Span(second, second), Span(*ends)
