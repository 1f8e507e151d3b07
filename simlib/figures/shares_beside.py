"""Where more proof brings her less: a share shrinks beside another who does not pay (1172)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.answered_part import pieces_of
from simlib.figures.names_of_people import short_names
from simlib.figures.row_premises import scaled
from simlib.interval import high_end
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome

TOPIC = "board"


def unpaying_beside(outcome: Outcome, case: Case, party: str) -> list[str]:
    """List who shares a loss with a several debtor and is not sued or has no more means.

    The graver such a person's fault is proved, the less the several debtor owes, and nobody pays
    the difference. Empty where his share does not go by the weights of all.
    """
    mine = outcome.parties[party]
    several = mine.mode == "several" and high_end(mine.share) and high_end(mine.exposure_fen)
    if not several or not scaled(outcome, party):
        return []
    pieces = pieces_of(outcome, party)
    sharing = {id for piece in pieces for id in piece.answers} if pieces else {*outcome.parties}
    return [
        id
        for id, other in outcome.parties.items()
        if id in sharing - {party} and high_end(other.share) and not _pays_more(outcome, case, id)
    ]


def _pays_more(outcome: Outcome, case: Case, party: str) -> bool:
    """Tell whether more could be collected of one; a fraudster's share no proof makes larger."""
    one = case.party(party)
    spent = (
        one.assets_fen is not None and high_end(outcome.parties[party].paid_fen) >= one.assets_fen
    )
    return one.role == "principal" or (one.sued and not spent)


def shrinking(outcome: Outcome, case: Case, party: str, lang: str) -> list[str]:
    """Say that his share falls as others' fault is proved graver, where these do not pay."""
    others = unpaying_beside(outcome, case, party)
    if not others:
        return []
    called = short_names(case, lang)
    named = {"who": called[party], "victim": called[case.claimant]}
    return [words(TOPIC, "part.shrinks", lang, others=_listed(others, case, lang), **named)]


def less_received(outcome: Outcome, case: Case, lang: str) -> list[str]:
    """Say whose shares may bring her less if more is proved of whom."""
    found = {
        id: unpaying_beside(outcome, case, id)
        for id, mine in outcome.parties.items()
        if high_end(mine.paid_fen)
    }
    payers = [id for id, others in found.items() if others]
    if not payers:
        return []
    others = [id for id in outcome.parties if any(id in found[payer] for payer in payers)]
    named = {"who": _listed(payers, case, lang), "others": _listed(others, case, lang)}
    victim = short_names(case, lang)[case.claimant]
    return [words(TOPIC, "part.shrinks_received", lang, victim=victim, **named)]


def _listed(ids: list[str], case: Case, lang: str) -> str:
    called = short_names(case, lang)
    return words(TOPIC, "part.and", lang).join(called[id] for id in ids)
