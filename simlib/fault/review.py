"""How each piece of evidence is read, and what the event log lets one infer (证据核查).

Two ways to review the same evidence: by its form, or by what it says and what bears it out.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.chain.account_summary import accounts_of
from simlib.errors import UnknownName
from simlib.law.checklist import REVIEWS, STRENGTHS, kinds, patterns

if TYPE_CHECKING:
    from simlib.case.model import Case, Event, Evidence
    from simlib.law.checklist import Pattern

CRIMINAL = frozenset(kinds("criminal_case"))
OTHERS = frozenset(("act", "damage", "fraud", "causation"))  # elements beside fault
WEIGHTS = ("out", "raised", "sufficient")
CHINA = datetime.timezone(datetime.timedelta(hours=8))
MIDNIGHT = datetime.time(tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece of evidence as one review reads it.

    Attributes
    ----------
    evidence
        its id
    weight
        `out` (not looked at), `raised` (looked at, but not sufficient alone) or `sufficient`
    step, reason
        the step of the review that decided, and why (keys of `texts/*/fault.toml`)
    strength
        how strongly it rebuts here; None if it rebuts nothing or is out
    overturn
        the article that lets only 足以推翻 stand against it, or None
    borne_out
        ids of the pieces this review lets bear it out
    cites
        what the reading rests on
    """

    evidence: str
    weight: str
    step: str
    reason: str
    strength: str | None = None
    overturn: str | None = None
    borne_out: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()


def read(case: Case, party_id: str, review: str = "substantive") -> tuple[Reading, ...]:
    """Return the evidence about a party, and what his events are read from, as a review reads it.

    Raises
    ------
    UnknownName
        for a party or a review that does not exist
    """
    logged = {e for event in case.events if event.party == case.party(party_id).id
              for e in event.evidence}  # fmt: skip
    mine = {e.id for e in case.evidence if e.against == party_id} | logged
    return tuple(r for r in readings(case, review).values() if r.evidence in mine)


def lists_evidence(case: Case, party_id: str) -> bool:
    """Tell whether a file lists anything from which a party's fault could be found.

    Evidence that shows or rebuts more than the other elements of the claim, or events; criminal
    documents aside, which speak through their own table.
    """
    spoken = {name for p in _listed(case, party_id) for name in (*p.shows, *p.rebuts)}
    return bool(spoken - OTHERS) or any(e.party == party_id for e in case.events)


def lists_elements(case: Case, party_id: str) -> set[str]:
    """Return the elements besides fault that a file lists evidence to show against a party."""
    return {name for p in _listed(case, party_id) for name in p.shows} & OTHERS


def _listed(case: Case, party_id: str) -> list[Evidence]:
    return [p for p in case.evidence if p.against == party_id and p.kind not in CRIMINAL]


def readings(case: Case, review: str) -> dict[str, Reading]:
    """Return every piece of evidence of a case as a review reads it, by id."""
    if review not in REVIEWS:
        raise UnknownName.among("review", review, REVIEWS)
    reader = _by_form if review == "formal" else _by_content
    pieces = {piece.id: piece for piece in case.evidence}
    return {piece.id: reader(piece, pieces) for piece in case.evidence}


def _by_form(piece: Evidence, pieces: dict[str, Evidence]) -> Reading:
    """Read a piece by its form; what is in form is taken at its face value, whatever it says."""
    if piece.kind in kinds("criminal_case"):
        return _through_criminal_table(piece)
    if not piece.original:
        return Reading(piece.id, "out", "form", "copy", cites=("evidence-rules:90",))
    borne = tuple(i for i in piece.corroborated_by if pieces[i].original)
    return Reading(
        piece.id, "sufficient", "face-value", "in-form", piece.strength, _overturn(piece), borne
    )


def _by_content(piece: Evidence, pieces: dict[str, Evidence]) -> Reading:
    """Read a piece by its content: what cannot stand alone must be borne out by what can."""
    if piece.kind in kinds("criminal_case"):
        return _through_criminal_table(piece)
    weak = weakness(piece)
    borne = tuple(i for i in piece.corroborated_by if weakness(pieces[i]) is None)
    cites = ("civil-procedure-interpretation:105",) if weak is None else ("evidence-rules:90",)
    if weak is None or borne:
        step, reason = ("content", "stands-alone") if weak is None else ("corroboration", weak)
        return Reading(
            piece.id, "sufficient", step, reason, piece.strength, _overturn(piece), borne, cites
        )
    strength = piece.strength and "doubt"  # what cannot carry a finding alone can still raise doubt
    return Reading(piece.id, "raised", "source", weak, strength, cites=cites)


def weakness(piece: Evidence) -> str | None:
    """Return why a piece cannot carry a finding alone (民事证据规定90), or None if it can."""
    if piece.kind in kinds("criminal_case"):
        return "criminal-case"
    if piece.kind in kinds("statement"):
        return "statement"
    if not piece.original:
        return "copy"
    return "doubtful" if piece.doubtful else None


def _through_criminal_table(piece: Evidence) -> Reading:
    return Reading(piece.id, "out", "criminal-case", "criminal-case")


def _overturn(piece: Evidence) -> str | None:
    return kinds("overturn").get(piece.kind)


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


def after_loss(case: Case, run: Inference) -> bool:
    """Tell whether a run began after the claimant's last payment of which the instant is known.

    What somebody does once the loss is there shows at most that he knew before (民法典1169), and
    caused none of it.
    """
    hers = accounts_of(case, case.claimant)
    paid = [t.at for t in case.transfers if t.at is not None and t.payer in hers]
    first = next(event for event in case.events if event.id == run.events[0])
    return bool(paid) and when(first) > max(paid)


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
