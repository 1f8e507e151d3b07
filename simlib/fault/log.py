"""The check of evidence (证据核查): from the event log to inferences, and to what rebuts them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.fault.review import readings
from simlib.law.checklist import STRENGTHS, patterns

if TYPE_CHECKING:
    from simlib.case.model import Case, Event
    from simlib.law.checklist import Pattern

CHINA = datetime.timezone(datetime.timedelta(hours=8))
MIDNIGHT = datetime.time(tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class Inference:
    """What a run of events lets one infer.

    Attributes
    ----------
    id, item
        the pattern (a key `inference.*` of `texts/*/fault.toml`), and what it supports
    events, evidence
        ids of the events in their order, and of the evidence they are read from
    state
        `stands`, `doubted` or `rebutted`
    rebutted_by
        ids of the evidence that speaks against it
    weight
        `sufficient` if every event is read from evidence that can stand, else `raised`
    cites
        what it rests on
    """

    id: str
    item: str
    events: tuple[str, ...]
    evidence: tuple[str, ...]
    state: str
    rebutted_by: tuple[str, ...]
    weight: str
    cites: tuple[str, ...]


def verify(case: Case, party_id: str) -> tuple[Inference, ...]:
    """Return what the events of a party let one infer, pattern by pattern.

    An inference of daily experience (民诉法解释93) may be rebutted by evidence that is sufficient
    to rebut; weaker evidence leaves it doubted.

    Raises
    ------
    UnknownName
        if nobody has this id
    """
    party = case.party(party_id)
    events = sorted((e for e in case.events if e.party == party.id), key=when)
    runs = ((pattern, _run(pattern, events, case)) for pattern in patterns())
    return tuple(_infer(pattern, run, case, party.id) for pattern, run in runs if run)


def when(event: Event) -> datetime.datetime:
    """Return when an event happened; a day without a time counts from its midnight in China."""
    if event.at is not None:
        return event.at
    if event.on is None:
        raise ValueError(f"event {event.id} has neither instant nor day")
    return datetime.datetime.combine(event.on, MIDNIGHT)


def _run(pattern: Pattern, events: list[Event], case: Case) -> tuple[Event, ...]:
    """Return the events that make the pattern, or none."""
    principals = {p.id for p in case.parties if p.role == "principal"}
    begin = [e for e in events if _begins(e, pattern, principals)]
    if not pattern.then:
        return tuple(begin) if len(begin) >= pattern.least else ()
    for first in begin[:1] if pattern.earliest else begin:
        later = tuple(_later(first, pattern, events))
        if later:
            return (first, *later)
    return ()


def _begins(event: Event, pattern: Pattern, principals: set[str]) -> bool:
    if event.kind not in pattern.first:
        return False
    if pattern.from_whom and event.other not in pattern.from_whom:
        return False
    return not pattern.with_principal or event.other in principals


def _later(first: Event, pattern: Pattern, events: list[Event]) -> Iterator[Event]:
    """Yield what followed the first event, in time."""
    for event in events:
        gap = when(event) - when(first)
        if event is first or event.kind not in pattern.then or gap < datetime.timedelta(0):
            continue
        if pattern.hours is None or gap <= datetime.timedelta(hours=pattern.hours):
            yield event


def _infer(pattern: Pattern, run: tuple[Event, ...], case: Case, party_id: str) -> Inference:
    read = readings(case, "substantive")
    sources = tuple(dict.fromkeys(name for event in run for name in event.evidence))
    against = {
        piece.id: read[piece.id].strength
        for piece in case.evidence
        if piece.against == party_id
        and pattern.supports in piece.rebuts
        and read[piece.id].strength
    }
    strongest = max(map(STRENGTHS.index, against.values()), default=-1)
    borne = all(any(read[n].weight == "sufficient" for n in e.evidence) for e in run)
    return Inference(
        id=pattern.id,
        item=pattern.supports,
        events=tuple(event.id for event in run),
        evidence=sources,
        state="stands" if strongest < 0 else "rebutted" if strongest > 0 else "doubted",
        rebutted_by=tuple(against),
        weight="sufficient" if borne else "raised",
        cites=pattern.cites,
    )
