"""How what is collected of one comes about, part by part of a loss; where caps overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.answered_part import answering, pieces_of, rate_said
from simlib.figures.names_of_people import short_names
from simlib.interval import Interval, high_end
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.case.model import Case
    from simlib.liability import Outcome
    from simlib.liability.outcome import PieceOutcome
    from simlib.money import Fen

TOPIC = "board"
MOST = 4  # parts listed one by one
NEAR = 1  # a fen: largest remainders round


def collected(outcome: Outcome, case: Case, party: str, lang: str) -> list[str]:
    """Say what one pays of each part of the loss, where that is less than may be asked of him."""
    mine = outcome.parties[party]
    if not outcome.pieces or not mine.paid_fen or _open(outcome):
        return []
    if mine.paid_fen == mine.exposure_fen:
        return []
    paid = [piece for piece in pieces_of(outcome, party) if piece.parties[party].paid_fen]
    first = fewest_first(outcome, case, party, lang)
    if len(paid) > MOST:
        return first
    return [*first, *(_in_part(piece, case, party, lang) for piece in paid)]


def fewest_first(outcome: Outcome, case: Case, party: str, lang: str) -> list[str]:
    """Say in which part means that are too small are used up first (560(2) by analogy)."""
    mine, has = outcome.parties[party], case.party(party).assets_fen
    some = len(pieces_of(outcome, party)) > 1
    if not some or has is None or not case.party(party).sued or has >= high_end(mine.exposure_fen):
        return []
    return [words(TOPIC, "part.fewest_first", lang, who=short_names(case, lang)[party])]


def overlapping(outcome: Outcome, case: Case, lang: str) -> list[str]:
    """Say why what all sued can pay at most adds up to more than she receives."""
    if _open(outcome):
        return []
    most = {id: _most(outcome, case, id) for id in outcome.parties if case.party(id).sued}
    paid = {id: high_end(outcome.parties[id].paid_fen) for id in most}
    whole, received = sum(most.values()), sum(paid.values())
    less = [id for id in most if paid[id] < most[id]]
    parts: Sequence[Outcome | PieceOutcome] = outcome.pieces or (outcome,)
    if not less or not all(_met(part, id) for part in parts for id in less):
        return []
    called, between = short_names(case, lang), words(TOPIC, "part.and", lang)
    listed = between.join(
        words(TOPIC, "part.pays", lang, who=called[id],
              amount=amount(paid[id], lang))
        for id in less
    )  # fmt: skip
    shown = {"whole": whole, "less": whole - received}
    said = {key: amount(fen, lang) for key, fen in shown.items()}
    return [words(TOPIC, "part.overlap", lang, payers=listed, **said)]


def _met(part: Outcome | PieceOutcome, party: str) -> bool:
    """Tell whether one pays no more of a part because it is paid, or he pays all he owes of it."""
    mine = part.parties.get(party)
    left = part.claim_fen - sum(high_end(each.paid_fen) for each in part.parties.values())
    return mine is None or left <= NEAR or mine.paid_fen == mine.exposure_fen


def _most(outcome: Outcome, case: Case, party: str) -> Fen:
    """What could be collected of one if nobody else paid [fen]."""
    owed, has = high_end(outcome.parties[party].exposure_fen), case.party(party).assets_fen
    return owed if has is None else min(owed, has)


def _in_part(piece: PieceOutcome, case: Case, party: str, lang: str) -> str:
    """What he pays of one part: all, what others' caps leave, or by share beside others."""
    fens = {id: high_end(mine.paid_fen) for id, mine in piece.parties.items() if mine.paid_fen}
    whole = sum(fens.values())
    capped = [id for id in fens if fens[id] == high_end(piece.parties[id].exposure_fen) < whole]
    free = {id: float(high_end(piece.parties[id].share)) for id in fens if id not in capped}
    left = sum(fens[id] for id in free)
    said = "pays_some"
    if [*free] == [party]:
        said = "pays_rest" if capped else "pays_alone"
    elif party in free and _by_share(left, free, party, fens[party]):
        said = "pays_share"
    called, between = short_names(case, lang), words(TOPIC, "part.and", lang)
    rates = {id: rate_said(share, lang) for id, share in free.items()}
    values = {"loss": piece.loss_fen, "amount": fens[party], "left": left, "before": whole - left}
    return words(
        TOPIC, f"part.{said}", lang, who=called[party], answer=answering(piece, case, lang),
        payers=between.join(called[id] for id in free), share=rates.get(party, ""),
        others=between.join(called[id] for id in capped),
        shares=words(TOPIC, "part.plus", lang).join(rates.values()),
        **{key: amount(fen, lang) for key, fen in values.items()},
    )  # fmt: skip


def _by_share(left: Fen, shares: dict[str, float], party: str, fen: Fen) -> bool:
    """Tell whether what is left, split by share, comes to what he pays."""
    return abs(left * shares[party] / (sum(shares.values()) or 1) - fen) <= NEAR


def _open(outcome: Outcome) -> bool:
    """Tell whether an unknown fact leaves open what somebody pays."""
    return any(
        isinstance(fen, Interval)
        for mine in outcome.parties.values()
        for fen in (mine.exposure_fen, mine.paid_fen)
    )
