"""Rulings known only by their outcome: too little was published to make a case of them."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field, ValidationError

from simlib.case.fields import Fen, Fraction, Id, Record, Text, Words
from simlib.case.problem_places import Places, in_order
from simlib.case.toml_guard import Refused, read_toml
from simlib.case.validation_problems import findings_of
from simlib.errors import CaseError, Problem
from simlib.resources import shelf

FILE = "rulings.toml"
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Several = Annotated[tuple[Words, ...], Field(strict=False)]


class ReportedRuling(Record):
    """A ruling of which the outcome was reported, and what was not."""

    id: Id
    """its id"""
    docket: Text
    """number of the file"""
    court: Words
    """name of the court"""
    instance: Id
    """first | appeal | retrial"""
    title: Words
    """what readers call it"""
    outcome: Words
    """what was ordered"""
    unpublished: Several
    """what was not published, so that no number can be given"""
    first_instance: Text | None = None
    """number of the file at first instance"""
    earlier: Texts = ()
    """numbers of earlier suits over the same loss"""
    earlier_outcome: Words | None = None
    """what became of them"""
    loss_fen: Fen | None = None
    """the loss, if published [fen]"""
    amount_fen: Fen | None = None
    """the amount ordered, if published [fen]"""
    share: Fraction | None = None
    """the fraction of the loss ordered, if published"""
    verified: bool
    """whether the judgment itself was seen on the courts' own site"""
    sources: Several
    """where this was read"""


class _Shelf(Record):
    rulings: Annotated[tuple[ReportedRuling, ...], Field(strict=False)]


@cache
def reported_rulings() -> tuple[ReportedRuling, ...]:
    """Return the reported rulings that travel with the package, in the order of the file.

    Raises
    ------
    CaseError
        if the file has been broken; it holds every problem
    """
    raw: dict[str, object] = {}
    try:
        raw = read_toml(shelf("cases") / FILE)
        return _Shelf.model_validate(raw).rulings
    except Refused as refusal:
        problems = [Problem("-", refusal.finding.code, refusal.finding.values)]
    except ValidationError as error:
        problems = in_order(findings_of(error), Places(raw))
    raise CaseError(FILE, problems)
