"""The time limit of the claim against each party: whom an interruption reaches.

The rule itself is `simlib.law.limitation`. An interruption against one joint debtor counts against
all (诉讼时效规定15(2)), so the modes differ. So does a report to the police, until the criminal
case is over (诉讼时效规定13).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.law.citation import in_force
from simlib.law.limitation import OUTER_YEARS, YEARS, LimitationPeriod, limitation_period
from simlib.liability.assets import NOT_ANSWERING, wards
from simlib.liability.forms import MODES
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability.outcome import Outcome

REPORT = "report"  # to the police (诉讼时效规定13)


@dataclass(frozen=True, slots=True)
class Interrupted:
    """One interruption as it bears on one party.

    Attributes
    ----------
    number
        its place in `case.interruptions`, from 0; None for `case.reported_on`
    against, on, kind
        against whom, when, and what it was
    by_joint
        whether it bears on him only because he is jointly liable with that party
    counts
        whether the period ran anew: not before it began, nor once it had run
    anew_on
        the day it ran anew from: its own, or that on which the criminal judgment after a report
        took effect
    open_end
        whether that is only the earliest possible day: the end of the suit or of the criminal case
        is not in the file
    """

    number: int | None
    against: str
    on: datetime.date
    kind: str
    by_joint: bool
    counts: bool
    anew_on: datetime.date
    open_end: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """The time limit of the claim against one party.

    Attributes
    ----------
    party
        his id
    starts_on, assumed
        the day of knowledge (not counted itself), and whether it is only assumed to be the day
        of the act
    interruptions
        those that bear on him, by day
    last_on, outer_on
        the last day of the period, and that of the twenty years, which nothing interrupts
    at_least
        True where a suit or a report interrupted: the period runs anew only from the end of its
        proceedings (195, 诉讼时效规定13(2)); where the file does not say it, `last_on` is the
        earliest possible
    asked_on, state
        the day asked about (None if the file has none), and how the clock stands then:
        `in_time`, `run`, `waived` (run, and acknowledged afterwards), `open` (a suit or a report
        interrupted and its end is not known) or `unasked`
    notes
        keys of `texts/*/order.toml` (`clock.note`)
    trace
        the reasons for `last_on`
    """

    party: str
    starts_on: datetime.date
    assumed: bool
    interruptions: tuple[Interrupted, ...]
    last_on: datetime.date
    outer_on: datetime.date
    at_least: bool
    asked_on: datetime.date | None
    state: str
    notes: tuple[str, ...]
    trace: Trace


def last_days(case: Case, outcome: Outcome, on: datetime.date | None = None) -> tuple[Clock, ...]:
    """Return the time limit of the claim against each liable party, in file order.

    1. the period starts with knowledge of the harm and of who owes (the day of the act if the
       file does not say: a teaching assumption)
    2. it runs anew from each interruption in time: against himself, and against whoever is
       jointly liable with him in this outcome. `case.reported_on` counts against each party with
       a criminal case (whom a report reaches the rules do not say: an assumption), until the
       criminal judgment takes effect
    3. it ends three years after the latest start, or twenty years after the harm if that is sooner;
       on the Monday after, where that day lies in a weekend

    A party against whom it has run stays in every outcome with the same amounts.

    Parameters
    ----------
    outcome
        `decide(case, …)` of the same case: it says who is jointly liable
    on
        the day to ask about; the day the suit was filed if not given, else the day of decision

    References
    ----------
    civil-code:188, civil-code:193, civil-code:195, civil-code:203(1), limitation-rules:13,
    limitation-rules:15

    Examples
    --------
    >>> from simlib import decide, load_case
    >>> case = load_case("fix-1")
    >>> str(last_days(case, decide(case, "several"))[1].last_on)
    '2026-05-11'
    """
    return tuple(
        _clock(case, outcome, id, on or case.filed_on)
        for id, answer in outcome.parties.items()
        if answer.mode not in NOT_ANSWERING and not case.party(id).released
    )


def _clock(case: Case, outcome: Outcome, party: str, on: datetime.date | None) -> Clock:
    day = on or case.decided_on
    start = case.knew_on or case.acted_on
    period, bearing = _period_of(case, start, _bearing(case, outcome, party))
    last, outer = period.last_on, period.outer_on
    counted = [i for i in bearing if i.counts]
    at_least = last < outer and any(i.open_end for i in counted)
    state = _state(day, last, at_least, bearing)
    notes = {
        "asked_decided": on is None and day is not None,
        "own_motion": state == "run",
        "suit_end": at_least and any(i.kind == "suit" for i in counted),
        "report_end": at_least and any(i.kind == REPORT and i.open_end for i in counted),
        "report_reach": any(i.kind == REPORT for i in counted),
        "joint_open": _joint_open(case, outcome, party),
        "late": any(i.on > last for i in bearing),
        "outer": last == outer,
        "before_code": not in_force("civil-code:188", start),
        "police_report": bool(case.criminal) and case.reported_on is None,
    }
    shown = tuple(key for key, holds in notes.items() if holds)
    trace = _trace(case, party, counted, period)
    days, assumed = (last, outer, at_least, day), case.knew_on is None
    return Clock(party, start, assumed, bearing, *days, state, shown, trace)


def _joint(case: Case, outcome: Outcome, party: str) -> bool | None:
    """Whether a party is (or until his release was) jointly liable; None where facts leave it open.

    What interrupted the period before a release did so against all.
    """
    answer = outcome.parties[party]
    if not case.party(party).released or answer.mode not in MODES:
        return answer.joint
    form = MODES[answer.mode]
    return (form.principals if case.party(party).role == "principal" else form.helpers).joint


def _joint_open(case: Case, outcome: Outcome, party: str) -> bool:
    """Tell whether unknown facts decide if an interruption against another bears on him."""
    others = {entry.party for entry in _entries(case)} & outcome.parties.keys() - {party}
    flags = [_joint(case, outcome, id) for id in (party, *others)]
    return bool(others) and None in flags and flags[0] is not False


@dataclass(frozen=True, slots=True)
class _Entry:
    """What may interrupt: its place in the file (None: the report), whom, when, what, its end."""

    number: int | None
    party: str
    on: datetime.date
    kind: str
    ends_on: datetime.date | None


def _entries(case: Case) -> list[_Entry]:
    """List what may interrupt, by day; a report counts against whoever has a criminal case."""
    entries = [
        _Entry(n, e.party, e.on, e.kind, None if e.kind == "suit" else e.on)
        for n, e in enumerate(case.interruptions)
    ]
    if case.reported_on:
        ends: dict[str, datetime.date | None] = {}
        for crime in case.criminal:  # of several the last to end, or one that did not end
            known = ends.get(crime.party, crime.effective_on)
            ends[crime.party] = known and crime.effective_on and max(known, crime.effective_on)
        entries += [_Entry(None, who, case.reported_on, REPORT, end) for who, end in ends.items()]
    return sorted(entries, key=lambda entry: entry.on)


def _bearing(case: Case, outcome: Outcome, party: str) -> list[tuple[_Entry, bool]]:
    """Return interruptions that bear on a party, by day, and whether by 15(2).

    What is done towards a minor is done towards the guardian who answers in his place.
    """
    own = {party, *(ward.id for ward in wards(case, outcome, party))}
    joint = {id for id in outcome.parties if _joint(case, outcome, id)}
    joint |= {ward.id for id in joint for ward in wards(case, outcome, id)}
    reached = own | (joint if party in joint else set())
    entries = [entry for entry in _entries(case) if entry.party in reached]
    return [(entry, entry.party not in own) for entry in entries]


def _period_of(
    case: Case, start: datetime.date, bearing: list[tuple[_Entry, bool]]
) -> tuple[LimitationPeriod, tuple[Interrupted, ...]]:
    """Return the period, and each interruption that bears on it."""
    anew = [max(entry.on, entry.ends_on or entry.on) for entry, _ in bearing]
    days = [(entry.on, on) for (entry, _), on in zip(bearing, anew, strict=True)]
    period = limitation_period(start, case.acted_on, days)
    found = tuple(
        Interrupted(
            entry.number, entry.party, entry.on, entry.kind, by_joint, counts, on,
            entry.ends_on is None,
        )
        for (entry, by_joint), on, counts in zip(bearing, anew, period.counts, strict=True)
    )  # fmt: skip
    return period, found


def _state(
    day: datetime.date | None,
    last: datetime.date,
    at_least: bool,
    bearing: tuple[Interrupted, ...],
) -> str:
    """Return where the clock stands on the day asked about."""
    if day is None:
        return "unasked"
    if day <= last:
        return "in_time"
    if at_least:
        return "open"
    own = [i for i in bearing if i.kind == "acknowledgement" and not i.by_joint]
    return "waived" if any(last < i.on <= day for i in own) else "run"


def _trace(case: Case, party: str, counted: list[Interrupted], period: LimitationPeriod) -> Trace:
    acted = Trace("acted_on", case.acted_on, "day", source="case:acted_on")
    twenty = Trace(
        "twenty_years",
        period.outer_on,
        "day",
        "limitation.twenty-years",
        (acted, _period(OUTER_YEARS, 2)),
        cites=("civil-code:188(2)", "civil-code:203(1)"),
    )
    return Trace(
        "last_day",
        period.last_on,
        "day",
        "limitation.earlier",
        (_three_years(case, counted, period.three_on), twenty),
        party=party,
        cites=("civil-code:192(1)", "civil-code:193"),
    )


def _three_years(case: Case, counted: list[Interrupted], last: datetime.date) -> Trace:
    known = "knew_on" if case.knew_on else "acted_on"
    start = Trace(known, getattr(case, known), "day", source=f"case:{known}")
    leaves = tuple(_leaf(case, i) for i in counted)
    cites = ["civil-code:188(1)", "civil-code:188(2)", "civil-code:201(1)", "civil-code:202"]
    cites += ["civil-code:203(1)"]
    cites += ["civil-code:195"] if any(i.kind != REPORT for i in counted) else []
    cites += ["limitation-rules:13"] if any(i.kind == REPORT for i in counted) else []
    cites += ["limitation-rules:15(2)"] if any(i.by_joint for i in counted) else []
    children = (start, *leaves, _period(YEARS, 1))
    rule = "limitation.three-years"
    return Trace("three_years", last, "day", rule, children, cites=tuple(cites))


def _leaf(case: Case, found: Interrupted) -> Trace:
    """Write an interruption; of a report also the day from which the period runs anew."""
    place = "reported_on" if found.number is None else f"interruptions[{found.number}].on"
    leaf = Trace(f"interruption-{found.kind}", found.on, "day", source=f"case:{place}")
    leaf = replace(leaf, party=found.against)
    if found.anew_on == found.on:
        return leaf
    ends = [
        Trace("effective_on", c.effective_on, "day", source=f"case:criminal[{n}].effective_on")
        for n, c in enumerate(case.criminal)
        if c.party == found.against and c.effective_on == found.anew_on
    ]
    rule = "limitation.report-ends"
    return Trace("runs_anew", found.anew_on, "day", rule, (leaf, *ends[:1]), party=found.against)


def _period(years: int, paragraph: int) -> Trace:
    return Trace("period_years", years, source=f"citation:civil-code:188({paragraph})")
