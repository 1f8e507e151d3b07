"""The picture at the head of lesson 03: one person's money, and two cards that it went to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.figures.opening import draw_cast
from simlib.figures.opening.cast import cast, titled
from simlib.figures.people import short_names

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.money import Fen


def draw_cards(case: Case, lang: str = "zh") -> str:
    """Draw the victim's money on its way to the cards that received it, all of it as width."""
    found, names = cast(case, lang), short_names(case, lang)
    ids = {name: id for id, name in names.items()}
    cards = tuple(replace(h, passed_fen=_went_on(case, ids[h.name]), said="") for h in found.cards)
    return draw_cast(titled(replace(found, helpers=cards, more=0), lang), lang)


def _went_on(case: Case, id: str) -> Fen | None:
    """Return what went on from a party's accounts, to whomever it went [fen]."""
    mine = {account.id for account in case.accounts if account.holder == id}
    went = [t.amount_fen for t in case.transfers or () if t.payer in mine]
    return sum(went) if went else None
