"""The loss of a victim, reckoned again when a case gets more of his transfers."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from simlib.case.checks import claimant_of, day, paid_by, rows, whole
from simlib.case.fields import Raw
from simlib.case.guard import Refused, parse
from simlib.case.places import row_id
from simlib.errors import StatementError
from simlib.money import Fen
from simlib.statement.case.case_matching import Inside
from simlib.statement.deduplicate import TransferRow
from simlib.statement.model import yuan

_STATED = re.compile(r"^([ \t]*loss_fen[ \t]*=[ \t]*)\+?[0-9_]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loss:
    """A victim's loss as it was and as it becomes, and whom the new transfers paid how much."""

    victim: str
    before: Fen
    after: Fen
    paid: Mapping[str, Fen]


def changed(case: str, raw: Raw, inside: Inside, new: Iterable[TransferRow]) -> list[Loss]:
    """Return the losses that new transfers change.

    Parameters
    ----------
    case, raw
        as `reckoned` has them
    inside
        who of the statements is who in the case
    new
        the transfers, with the ends the statements give them

    Raises
    ------
    StatementError
        if a loss was stated otherwise
    """
    new, found = list(new), []
    for victim in sorted(inside.parts.victims):
        paid: Counter[str] = Counter()
        for row in inside.parts.paid(new, victim):
            paid[inside.party_of(row["payee"])] += row["amount_fen"]
        found.append(reckoned(case, raw, victim, paid))
    return [loss for loss in found if loss is not None]


def reckoned(case: str, raw: Raw, victim: str, paid: Mapping[str, Fen]) -> Loss | None:
    """Return the loss with more that the victim paid; None if it stays as it is.

    A loss that equals the transfers of the case was reckoned from them, and is again. One that the
    new transfers make up for was stated and stays.

    Parameters
    ----------
    case
        its name for an error
    raw
        the case with all its transfers, before any is added
    paid
        whom the new transfers paid → how much

    Raises
    ------
    StatementError
        if the loss was stated otherwise
    """
    loss, fen = _loss(raw, victim), sum(paid.values())
    count, listed = paid_by(raw, victim)
    if loss is None or listed is None or not fen:
        return None
    other = whole(raw.get("loss_noneconomic_fen")) or 0 if victim == _claimant(raw) else 0
    if count and listed in (loss, loss - other):
        return Loss(victim, loss, loss + fen, dict(paid))
    if listed + fen in (loss, loss - other):
        return None
    said = {"loss": yuan(loss), "listed": yuan(listed), "sum": yuan(listed + fen)}
    raise StatementError("import-loss", case=case, victim=victim, fen=listed + fen, **said)


def earlier(raw: Raw, inside: Inside, new: Iterable[TransferRow]) -> datetime.date | None:
    """Return the day of the first new transfer by which the claimant lost money, if it is before
    the day of the act, which an import takes from the transfers too."""
    paid = inside.parts.paid(new, str(_claimant(raw)))
    first, acted = min((row["at"].date() for row in paid), default=None), day(raw.get("acted_on"))
    return first if first and acted and first < acted else None


def restated(case: str, text: str, raw: Raw, losses: list[Loss]) -> tuple[str, dict[str, object]]:
    """Return the text of a case and its data with other losses; nothing else is changed.

    Raises
    ------
    StatementError
        if a loss is written so that it cannot be replaced
    """
    now = deepcopy(dict(raw))
    for loss in losses:
        for place in _places(now, loss.victim):
            place["loss_fen"] = loss.after
            text = _replaced(case, text, now, loss.after)
    return text, now


def _claimant(raw: Raw) -> object:
    return raw.get("claimant", claimant_of(raw))


def _loss(raw: Raw, victim: str) -> Fen | None:
    """Return what a victim lost, as the case has it."""
    stated = [whole(place.get("loss_fen")) for place in _places(raw, victim)]
    return stated[0] if stated else None


def _places(raw: Raw, victim: str) -> Iterator[dict[str, object]]:
    """Yield the tables in which the loss of a victim stands: the head's first."""
    listed = [row for _, row in rows(raw, "parties") if row_id(row) == victim]
    for table in [raw, *listed] if victim == _claimant(raw) else listed:
        if isinstance(table, dict) and "loss_fen" in table:
            yield table


def _replaced(case: str, text: str, wanted: Raw, fen: Fen) -> str:
    """Return the text with the one loss replaced that makes it the wanted data."""
    for found in _STATED.finditer(text):
        after = f"{text[: found.start()]}{found[1]}{fen}{text[found.end() :]}"
        try:
            if parse(after) == wanted:
                return after
        except Refused:
            continue
    raise StatementError("import-into", case=case, reason="loss_fen")
