"""What a distribution of time lines draws from: durations in days and answers by stage."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.law.regime import regime_for
from simlib.procedure.admissibility import Admission, admit, defendants
from simlib.procedure.civil import track_of
from simlib.procedure.criminal import at_large, criminal_line
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
STAGE_AT = ("reported", "at_large", "investigation", "review", "trial", "appeal_period")
LATER = {"supplement": "review", "appeal_period": "appeal", "second_criminal": "appeal"}


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

    Attributes
    ----------
    criminal
        phase → its span; `reported` first
    second
        span of the criminal appeal, after the ten days of `appeal`
    unprosecuted
        whether the criminal case ends at the review
    waits
        whether the suspect is at large: the wait is drawn; `never` if he is taken never to be found
    sued, filing
        day of the suit, and days to the court's answer
    stages
        before the report, before each phase ends, and the final one
    answers, trials
        by stage: `(document, stays, refile)`; span of the trial
    judgments
        what the judgment is, by the stages at registration, at the judgment, and at the end of an
        appeal (equal to the second where there is none)
    told
        place of the phase at whose end the court knows what it waits for
    small
        whether the trial is by small claims, so that there is no appeal
    appeal, appealed, enforcement
        days to appeal; span of the civil appeal; span of enforcement
    chances
        the parameters: `caught_per_month`, `never_caught`, `bend`, `appealed`
    """

    regime: str
    criminal: Mapping[str, Span]
    second: Span
    unprosecuted: bool
    waits: bool
    never: bool
    sued: int
    filing: int
    stages: tuple[str, ...]
    answers: tuple[tuple[str, bool, str | None], ...]
    trials: tuple[Span, ...]
    judgments: tuple[tuple[tuple[str, ...], ...], ...]
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
    answered = limit_end("filing", sued)
    entry = entry_of(case)
    unprosecuted = entry is not None and entry.status == "not-prosecuted"
    stages = ("none", *STAGE_AT, "unprosecuted" if unprosecuted else "effective")
    said = [admit(case, regime, answered, stage, values) for stage in stages]
    judged, enforced = _after_trial(case, answered)
    trials = {stage: _trial(case, stage, values, answered) for stage in ("at_large", "review")}
    return Plan(
        regime,
        _spans(case, start),
        _second(case, start),
        unprosecuted,
        at_large(case, values),
        values["suspect"] == "at_large",
        (sued - start).days,
        (answered - sued).days,
        stages,
        tuple((each.document, each.stays, each.refile) for each in said),
        tuple(trials["at_large" if stage == "at_large" else "review"] for stage in stages),
        judgments(case, regime, values, stages, said),
        _told(case, regime, values),
        values["track"] == "small" and track_of(case, "review", "ordinary", values, answered)
        == "small",
        (limit_end("appeal.judgment", answered) - answered).days,
        judged,
        enforced,
        {key: regime_for(case).value(f"procedure.{key}")
         for key in ("caught_per_month", "never_caught", "bend", "appealed")},
    )  # fmt: skip


def judgments(
    case: Case, regime: str, switches: Mapping[str, str], stages: tuple[str, ...],
    said: Sequence[Admission],
) -> tuple[tuple[tuple[str, ...], ...], ...]:  # fmt: skip
    """Return what the judgment is, by the stages of three days: see `Plan.judgments`."""
    own = [in_step(case, stage) for stage in stages]
    people = {p.id: (needed(case, p), [proof_of(case, p, regime, now.get(p.id), switches)
                                       for now in own]) for p in defendants(case)}  # fmt: skip

    def left(first: int, then: int) -> set[str]:
        """Whose part waits: short of what is needed, and his criminal case is not over."""
        return {who for who in said[first].waits if own[then][who] not in ("effective", *ENDED)
                and least(people[who][1][then], people[who][0]) != people[who][0]}  # fmt: skip

    def document(first: int, then: int, last: int) -> str:
        waiting = left(first, then)
        heard = [proofs for who, (_, proofs) in people.items()
                 if who not in waiting and who not in said[first].barred]  # fmt: skip
        if waiting:
            return "partial_judgment"
        if any(proofs[then] != proofs[last] for proofs in heard):
            return "final_judgment"
        return "judgment" if any(proofs[then] != NONE for proofs in heard) else "claim_dismissed"

    places = range(len(stages))
    return tuple(tuple(tuple(document(first, then, last) for last in places) for then in places)
                 for first in places)  # fmt: skip


def _told(case: Case, regime: str, switches: Mapping[str, str]) -> int:
    """Return the place of the phase at whose end a court knows what it waits for."""
    known = any(finds_knowledge(case, party.id) for party in defendants(case))
    if regime != "coordinated" or not known:
        return len(PHASES) - 1
    told = {"indictment": "review", "first_judgment": "trial", "effective": "appeal"}
    return PHASES.index(told[switches["evidence_adopted_from"]])


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
    sums = dict.fromkeys(PHASES, 0)
    for step in line.steps:
        if step.begins and step.ends:
            sums[LATER.get(step.state, step.state)] += (step.ends - step.begins).days
    return sums


def _spans(case: Case, start: datetime.date) -> dict[str, Span]:
    bare, days, found = _bare(case), history(case), {"suspect": "found"}
    short, long = (_lengths(criminal_line(bare, v, found)) for v in ("shortest", "longest"))
    ten = short["appeal"]
    spans = {}
    for place, phase in enumerate(PHASES):
        known = days.get(ENDS[place])
        later = [days[key].high for key in ENDS[place:] if key in days]
        by = min([day for day in later if day], default=None)
        at = (known.day - start).days if known and known.day else None
        top = ten if phase == "appeal" else long[phase]
        spans[phase] = Span(short[phase], top, at, (by - start).days if by else None)
    return spans


def _second(case: Case, start: datetime.date) -> Span:
    """Return the span of the criminal appeal: the limit, and the limit with every extension."""
    ends = [limit_end("second.criminal", start, extensions) for extensions in (0, EVERY)]
    return Span(*((end - start).days for end in ends))


def _trial(case: Case, stage: str, switches: Mapping[str, str], on: datetime.date) -> Span:
    """Return the span of the civil trial: the quickest procedure, and the slowest."""
    quick, slow = (track_of(case, stage, v, switches, on) for v in ("shortest", "longest"))
    ends = limit_end(quick, on), limit_end(slow, on, EVERY)
    return Span(*((end - on).days for end in ends))


def _after_trial(case: Case, on: datetime.date) -> tuple[Span, Span]:
    second = (limit_end("second.judgment", on) - on).days
    months = regime_for(case).parameter("procedure.enforcement_months")
    ends = [(parameter_end(n, on, "months") - on).days for n in (months.low, months.high)]
    return Span(second, second), Span(*ends)
