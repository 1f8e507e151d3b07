"""What part of the loss a party answers for, in words: money in his account, or after notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.names_of_people import short_names
from simlib.interval import high_end, hull, low_end
from simlib.money import exact
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import ShareRange
    from simlib.liability import Outcome
    from simlib.liability.outcome import PieceOutcome

TOPIC = "board"
MOST = 3  # pieces named one by one; of more, the largest alone, for each row says its own part


def part_note(outcome: Outcome, party: str, lang: str) -> str:
    """Say in a few words that a party answers for a part only; empty if it is not so."""
    part = outcome.answers_for(party)
    return "" if part is None else words(TOPIC, "part.note", lang, part=amount(part, lang))


def part_reason(outcome: Outcome, case: Case, party: str, lang: str) -> str:
    """Say in a sentence why a party answers for a part only; empty if it is not so."""
    part = outcome.answers_for(party)
    if part is None:
        return ""
    called = short_names(case, lang)
    key = "account" if case.party(party).role == "helper" else "after"
    names = {"who": called[party], "victim": called[case.claimant]}
    return words(TOPIC, f"part.{key}", lang, part=amount(part, lang), **names)


def pieces_of(outcome: Outcome, party: str) -> list[PieceOutcome]:
    """Return the pieces a party answers for, the largest first."""
    mine = [piece for piece in outcome.pieces if party in piece.answers]
    return sorted(mine, key=lambda piece: -piece.loss_fen)


def within(outcome: Outcome, party: str) -> ShareRange:
    """Return his share of the parts of the loss that he answers for, of all where he does for all.

    As the engine adds up shares: by what is due of each part.
    """
    share, mine = outcome.parties[party].share, pieces_of(outcome, party)
    of = sum(piece.damages_fen for piece in mine)
    if not of:
        return share
    sums = [sum(exact(end(piece.parties[party].share)) * piece.damages_fen for piece in mine)
            for end in (low_end, high_end)]  # fmt: skip
    return hull([float(each / of) for each in sums])


def pieces_said(outcome: Outcome, case: Case, lang: str) -> str:
    """Say into what parts the loss falls and who answers for each; empty if all do for all."""
    if not outcome.pieces:
        return ""
    found = sorted(outcome.pieces, key=lambda piece: -piece.loss_fen)
    named = found if len(found) <= MOST else found[:1]
    listed = [
        words(TOPIC, "part.piece", lang, amount=amount(piece.loss_fen, lang),
              who=answering(piece, case, lang))
        for piece in named
    ]  # fmt: skip
    if len(found) > MOST:
        count, rest = len(found) - 1, sum(piece.loss_fen for piece in found[1:])
        listed.append(words(TOPIC, "part.rest", lang, count=count, amount=amount(rest, lang)))
    pieces = words(TOPIC, "part.between", lang).join(listed)
    return words(TOPIC, "part.pieces", lang, count=len(found), pieces=pieces)


def answering(piece: PieceOutcome, case: Case, lang: str) -> str:
    """List who answers for a piece; nobody if nobody does."""
    called = short_names(case, lang)
    names = [called[id] for id in piece.answers]
    nobody = words(TOPIC, "part.nobody", lang)
    return words(TOPIC, "part.and", lang).join(names) if names else nobody
