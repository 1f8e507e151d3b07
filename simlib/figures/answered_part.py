"""What part of the loss a party answers for, in words: money in his account, or after notice."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.causation import later_part, placed_by_money
from simlib.fault import grade
from simlib.figures.names_of_people import short_names
from simlib.figures.row_premises import knew
from simlib.interval import Interval, high_end, hull, low_end
from simlib.law.regime import regime_for
from simlib.liability.pieces import lends
from simlib.money import exact, half_up
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from simlib.case.model import Case
    from simlib.interval import ShareRange
    from simlib.liability import Outcome
    from simlib.liability.outcome import PieceOutcome

TOPIC = "board"
MOST = 3  # pieces named one by one; of more, the largest alone, for each row says its own part
EXACT = 1e-7  # of a hundredth: nearer than that is binary arithmetic


def part_note(outcome: Outcome, party: str, lang: str) -> str:
    """Say in a few words that a party answers for a part only, or for all for want of a date."""
    part = outcome.answers_for(party)
    if part is None:
        return words(TOPIC, "part.unstated_note", lang) if _unstated(outcome, party) else ""
    return words(TOPIC, "part.note", lang, part=amount(part, lang))


def part_reason(outcome: Outcome, case: Case, party: str, lang: str) -> str:
    """Say in a sentence why a party answers for a part only, or for all for want of a date."""
    part, called = outcome.answers_for(party), short_names(case, lang)
    names = {"who": called[party], "victim": called[case.claimant]}
    if part is None:
        why = "unstated" if _unstated(outcome, party) else "concert" if _agreed(case, party) else ""
        return words(TOPIC, f"part.{why}", lang, **names) if why else ""
    key = "account" if case.party(party).role == "helper" else "after"
    if key == "account" and knew(case, party):  # what limits him, 1169(1) does not say
        key = "account_knew"
    said = words(TOPIC, f"part.{key}", lang, part=amount(part, lang), **names)
    return said + along_said(outcome, case, party, lang) + reading_said(case, party, lang)


def reading_said(case: Case, party: str, lang: str) -> str:
    """Say by which reading a later card has a share, where only the order of money is in the file.

    By that order alone lesson 03 finds no cause of the loss in it; of a first-layer card that holds
    for what came to it through others'.
    """
    part = later_part(case, party)
    if not part and not placed_by_money(case, party):
        return ""
    called, key = short_names(case, lang), "later_part" if part else "later"
    named = {"who": called[party], "victim": called[case.claimant]}
    return words(TOPIC, f"part.{key}", lang, part=amount(part, lang), **named)


def _agreed(case: Case, party: str) -> bool:
    """Tell whether a card lender agreed on the fraud, so that what came in limits nothing."""
    one = case.party(party)
    return lends(case, one) and grade(one, regime_for(case)).value == "concert"


def along_said(outcome: Outcome, case: Case, party: str, lang: str) -> str:
    """Say what of her money came to a helper's card by another's, or went on to another's."""
    called, told = short_names(case, lang), []
    for key, found in zip(("from", "on"), along(outcome, case, party), strict=True):
        for other, fen in found.items():
            named = {"who": called[party], "other": called[other]}
            told.append(words(TOPIC, f"part.{key}", lang, amount=amount(fen, lang), **named))
    return "".join(told)


def along(outcome: Outcome, case: Case, party: str) -> tuple[Counter[str], Counter[str]]:
    """Return from which helper's card, and to which, her money came and went [fen]."""
    came, on = Counter[str](), Counter[str]()
    holder = {account.id: account.holder for account in case.accounts}
    for money in (each for piece in outcome.pieces for each in piece.money):
        if money.payment is None or party not in money.holders:
            continue
        payee = (case.transfers or ())[money.payment].payee
        first = holder.get(payee, payee)
        others = {other for other in money.holders if case.party(other).role == "helper"}
        if first == party:
            on.update(dict.fromkeys(others - {party}, money.fen))
        elif first in others:
            came[first] += money.fen
    return came, on


def _unstated(outcome: Outcome, party: str) -> bool:
    """Tell whether an omission counts for all only because nobody stated what came after it."""
    mine = (each for each in outcome.assumptions if each.get("party") == party)
    return any(each["key"] == "omission.unstated" for each in mine)


def pieces_of(outcome: Outcome, party: str) -> list[PieceOutcome]:
    """Return the pieces a party answers for, the largest first."""
    mine = [piece for piece in outcome.pieces if party in piece.answers]
    return sorted(mine, key=lambda piece: -piece.loss_fen)


def within(outcome: Outcome, party: str) -> ShareRange:
    """Return his share of the parts of the loss that he answers for, of all where he does for all.

    As the engine adds up shares: by what is due of each part.
    """
    of = sum(piece.damages_fen for piece in pieces_of(outcome, party))
    if not of:
        return outcome.parties[party].share
    return hull([float(each / of) for each in _shared(outcome, party)])


def _shared(outcome: Outcome, party: str) -> list[Fraction]:
    """Return what his shares of those parts come to, least and most, unrounded [fen]."""
    mine = pieces_of(outcome, party)
    return [
        sum((exact(end(of.parties[party].share)) * of.damages_fen for of in mine), Fraction())
        for end in (low_end, high_end)
    ]


def share_said(
    outcome: Outcome, party: str, lang: str, rate: Callable[[ShareRange], str] | None = None
) -> str:
    """Say his share: of the loss; or, where he answers for a part of it, of that part alone.

    Where the share differs between parts, it is said of each. Where it differs between more than
    `MOST` there is no ratio to be said, only what the shares come to.

    Parameters
    ----------
    rate
        writes a ratio; in whole hundredths, of a part with two decimals, if none is given
    """
    part, mine = outcome.answers_for(party), pieces_of(outcome, party)
    if part is None:
        share = outcome.parties[party].share
        return rate(share) if rate else percent(share, lang)
    write = rate or (lambda share: rate_said(share, lang))
    sizes: dict[str, int] = {}
    for piece in mine:
        said = write(piece.parties[party].share)
        sizes[said] = sizes.get(said, 0) + piece.loss_fen
    if len(sizes) > MOST:
        fen = hull([100 * half_up(each / 100) for each in _shared(outcome, party)])  # whole yuan
        return words(TOPIC, "part.come_to", lang, part=amount(part, lang), amount=amount(fen, lang))
    listed = [
        words(TOPIC, "part.share", lang, part=amount(fen, lang), share=said)
        for said, fen in sorted(sizes.items(), key=lambda each: -each[1])
    ]
    return words(TOPIC, "part.shares", lang, shares=words(TOPIC, "part.and", lang).join(listed))


def rate_said(share: ShareRange, lang: str, digits: int = 2) -> str:
    """Write a share as a percentage, with some decimals (two) unless it is whole."""
    ends = (share.low, share.high) if isinstance(share, Interval) else (share,)
    whole = all(abs(100 * float(end) - round(100 * float(end))) < EXACT for end in ends)
    return percent(share, lang, digits=0 if whole else digits)


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
