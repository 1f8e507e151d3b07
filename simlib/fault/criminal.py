"""What a criminal case proves in the civil one: for this helper, this victim and this amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.law.authority import authority
from simlib.money import Fen

if TYPE_CHECKING:
    from simlib.case.model import Case, Criminal

ELEMENTS = ("knowing", "act", "victim", "amount", "causation")
BY_CHARGE = ("assisting", "concealing", "fraud")  # knowledge is an element of each of these crimes
LOCKED, PRESUMED = "locked", "public-document"


@dataclass(frozen=True, slots=True)
class Effect:
    """What one criminal document does for one element of the civil claim.

    Attributes
    ----------
    row
        number of the entry in the case's `criminal` table, from 0
    document
        `judgment` (effective), `not-effective`, `not-prosecuted`, `pending` (no document yet) or
        `plea`
    element
        `knowing`, `act`, `victim`, `amount` or `causation`
    effect
        `locked` (no proof needed), `public-document` (what it records is presumed true, but it
        confirms nothing), `evidence` (one piece among others) or `nothing`
    rebuttal
        what stands against it: `doubt` or `overturn`; None for `nothing`
    assumed
        read off the charge, because the file does not say what the judgment finds
    fen
        the part of the claimant's loss found [fen], for `amount`; None if all or nothing
    """

    row: int
    document: str
    element: str
    effect: str
    rebuttal: str | None
    cites: tuple[str, ...]
    assumed: bool = False
    fen: Fen | None = None


def effects(case: Case, party_id: str) -> tuple[Effect, ...]:
    """Return what each criminal document about a party proves here, element by element."""
    rows = [(n, entry) for n, entry in enumerate(case.criminal) if entry.party == party_id]
    return tuple(effect for n, entry in rows for effect in _entry(case, n, entry))


def document(entry: Criminal) -> str | None:
    """Return what kind of document stands at the end of a criminal case so far; None if there is
    none."""
    if entry.status == "effective":
        return "judgment"
    if entry.status == "pending":
        return "not-effective" if entry.sentence or entry.on or entry.finds else "pending"
    return "not-prosecuted" if entry.status == "not-prosecuted" else None


def elements_of(entry: Criminal) -> tuple[str, ...]:
    """Return the elements a document finds: those stated, else what a conviction implies."""
    if entry.finds is not None:
        return entry.finds
    convicted = entry.status == "effective" and entry.charge in BY_CHARGE
    return ("knowing", "act") if convicted else ()


def confirms(case: Case, elements: set[str], party_id: str | None = None) -> bool:
    """Tell whether one effective judgment, against a party or against anybody, finds all of
    these."""
    return any(
        elements <= set(elements_of(entry))
        for entry in case.criminal
        if entry.status == "effective" and party_id in (None, entry.party)
    )


def confirmed_fen(case: Case) -> Fen | None:
    """Return how much of the claimant's loss effective judgments find [fen]; None if they find
    none."""
    sums = [
        case.loss_fen if e.finds_fen is None else e.finds_fen
        for e in case.criminal
        if e.status == "effective" and {"victim", "amount"} <= set(elements_of(e))
    ]
    return min(max(sums), case.loss_fen) if sums else None


def _entry(case: Case, n: int, entry: Criminal) -> Iterator[Effect]:
    kind, finds = document(entry), elements_of(entry)
    assumed = entry.finds is None
    if kind is not None:
        does = LOCKED if kind == "judgment" else PRESUMED
        cites = authority("proof", case, does)
        for element in ELEMENTS:
            if element in finds:
                fen = entry.finds_fen if element == "amount" else None
                yield Effect(n, kind, element, does, "overturn", cites, assumed, fen)
            else:
                yield Effect(n, kind, element, "nothing", None, ())
    if entry.plea:
        yield Effect(n, "plea", "knowing", "evidence", "doubt", authority("proof", case, "plea"))
