"""Two ways to review the same evidence: by its form, or by what it says and what bears it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.law.checklist import REVIEWS, kinds

if TYPE_CHECKING:
    from simlib.case.model import Case, Evidence

WEIGHTS = ("out", "raised", "sufficient")


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
