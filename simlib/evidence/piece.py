"""The pieces of evidence of a case: those the file names, and those taken to have been left."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from simlib.law.dated import record
from simlib.procedure.admissibility import defendants
from simlib.procedure.proof import CARELESS, ENOUGH, KNEW, NONE, SOME, grade_of
from simlib.resources import table

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.case.tables import Evidence

ASSUMED, FILE = "assumed", "case"
OWN = "screenshot"
RECORDS = "court_file"
CLAIMANT = "claimant"
OTHER, RECORD = "other", "record"
KEEPERS = ("bank", "platform", "operator")  # who keeps records by a system that deletes them
# what a piece may show without a word on his knowledge
SILENT = ("act", "damage", "fraud", "causation")
GRADES = (NONE, SOME, ENOUGH)  # from the least to the most


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evidence: see `kinds.toml` for each field."""

    id: str
    called: tuple[str, ...]
    holder: str
    proves: str
    retention: str | None = None
    keeps: str | None = None
    police: bool = False
    deleted: bool = False
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence.

    Attributes
    ----------
    id, kind
        its id, and one of `kinds()`
    holder
        who keeps it: the id of a party, or `bank`, `platform`, `operator`, `police`, `court` …
    created_on
        day it came into being; None for a document of a criminal case whose day the file does not
        state
    source
        `case:evidence[n]`, or `assumed`
    proves
        what it proves of his knowledge: `enough`, `some` or `none`
    retention_days
        how long its holder keeps it, where the file says so [days]
    seized_on, deposited_on
        day the police or the court secured it, and day its digest was deposited
    own
        whether she holds it herself
    """

    id: str
    kind: Kind
    holder: str
    created_on: datetime.date | None
    source: str
    proves: str
    retention_days: int | None = None
    seized_on: datetime.date | None = None
    deposited_on: datetime.date | None = None
    own: bool = False


@cache
def kinds() -> Mapping[str, Kind]:
    """Map each kind of evidence to its entry, in the order of the file.

    Examples
    --------
    >>> [kind.id for kind in kinds().values() if kind.assumed]
    ['chat', 'log', 'bank-records']
    """
    rows = table("evidence", "kinds.toml")
    return {key: record(Kind, row, id=key) for key, row in rows.items()}


def pieces(case: Case) -> tuple[Piece, ...]:
    """Return the pieces of a case: those of the file, then kinds it does not name, as assumed.

    1. a piece is of the kind its file name says; a chat that she holds is her own copy. A copy
       that nobody is said to keep lies in the file, with her who shows something by it: no clock
       of a platform runs for it. What has no kind is a record if a bank, platform or operator
       keeps it: no period known is no promise to keep it for ever
    2. its kind says what it proves, unless the file says what it shows: nothing where that is
       nothing of his knowledge, and more than the fraud where her own copy shows it. And no piece
       proves more than there is: not knowledge of one who was careless
    3. chats, logs and bank records the file does not name are taken to have come into being on the
       day of the loss, with their usual holders

    Examples
    --------
    >>> from simlib import load_case
    >>> [(p.id, p.proves) for p in pieces(load_case("2024-lu-0302-5690"))][1:]
    [('bank-records', 'none'), ('assumed-chat', 'enough'), ('assumed-log', 'some')]
    """
    stated = [_stated(case, n, entry) for n, entry in enumerate(case.evidence)]
    named = {piece.kind for piece in stated}
    assumed = [
        Piece(f"assumed-{kind.id}", kind, kind.holder, case.acted_on, ASSUMED,
              least(kind.proves, _most(case)))
        for kind in kinds().values()
        if kind.assumed and kind not in named
    ]  # fmt: skip
    return (*stated, *assumed)


def least(*grades: str) -> str:
    """Return the least of some grades of proof."""
    return min(grades, key=GRADES.index)


def best(*grades: str) -> str:
    """Return the most of some grades of proof."""
    return max(grades, key=GRADES.index)


def _stated(case: Case, n: int, entry: Evidence) -> Piece:
    handed = CLAIMANT if entry.shows and not entry.original else None
    keeper = entry.holder or handed
    kind, own = kind_of(entry.kind), _hers(case, keeper)
    if own and kind.id == "chat":
        kind = kinds()[OWN]
    if kind.id == OTHER and _role(case, keeper) in KEEPERS:
        kind = kinds()[RECORD]
    created = entry.created_on or (None if kind.id == RECORDS else case.acted_on)
    silent = bool(entry.shows) and set(entry.shows) <= set(SILENT)
    told = ENOUGH if kind.id == OWN and entry.shows else kind.proves
    proves = NONE if silent else least(told, _most(case))
    holder = keeper or kind.holder
    return Piece(entry.id, kind, holder, created, f"{FILE}:evidence[{n}]", proves,
                 entry.retention_days, entry.seized_on, entry.deposited_on,
                 own or kind.id == OWN)  # fmt: skip


def kind_of(called: str) -> Kind:
    """Return the kind of what a case file calls it; `other` where we hold none."""
    found = (kind for kind in kinds().values() if called in kind.called)
    return next(found, kinds()[OTHER])


def _hers(case: Case, holder: str | None) -> bool:
    return holder is not None and holder in (CLAIMANT, case.claimant)


def _role(case: Case, holder: str | None) -> str | None:
    """Return the role of a party who keeps something; of anybody else the id itself."""
    return next((party.role for party in case.parties if party.id == holder), holder)


def _most(case: Case) -> str:
    """Return the most there is to prove: of one whose grade is unknown, that he knew."""
    grades = {grade_of(case, party) for party in defendants(case)}
    if not grades or grades & {None, *KNEW}:
        return ENOUGH
    return SOME if grades & set(CARELESS) else NONE
