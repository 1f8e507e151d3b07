"""Statements beside a case: who is who, which rows concern it, and what victims lost."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from simlib.case.checks import claimant_of, day, paid_by, rows, whole
from simlib.case.fields import Raw
from simlib.case.problem_places import row_id
from simlib.case.toml_guard import Refused, parse
from simlib.errors import StatementError
from simlib.money import Fen
from simlib.statement.case.roles_and_questions import VICTIM
from simlib.statement.deduplicate import HeldAccount, Imported, TransferRow
from simlib.statement.identity import OTHERS
from simlib.statement.model import yuan

# -------------------------------------------------- what concerns a case


def without_part(party: Raw) -> bool:
    """Tell whether nobody says what a party of a case has to do with it: he is not identified, in
    the word of today or in that of older files, an unsued helper without fault."""
    unsued = party.get("grade") == "none" and party.get("sued") is False
    return party.get("role") == "unknown" or unsued


@dataclass(frozen=True, slots=True)
class Parts:
    """Who has a part in a case.

    Attributes
    ----------
    party_of
        end of a transfer → party of the case, `OTHERS` for whoever has no part
    victims
        the parties who lost something
    alone
        nobody but victims has a part yet, so that nobody can tell through whom they lost it
    also
        ids of transfers that belong to the case because the reader says so
    """

    party_of: Callable[[str], str]
    victims: frozenset[str]
    alone: bool
    also: frozenset[str] = frozenset()

    def concerns(self, row: TransferRow) -> bool:
        """Tell whether a transfer is more than a victim's own business with people without a
        part."""
        ends = {self.party_of(row["payer"]), self.party_of(row["payee"])}
        business = OTHERS in ends and bool(ends & self.victims)
        return self.alone or not business or row["id"] in self.also

    def paid(self, rows: Iterable[TransferRow], victim: str) -> list[TransferRow]:
        """Return what the victim paid others: all of it is loss."""
        if self.alone:
            return []
        return [row for row in rows if self._from_to(row["payer"], row["payee"], victim)]

    def returned(self, rows: Iterable[TransferRow], victim: str) -> Fen:
        """Return how much others paid the victim."""
        return sum(
            row["amount_fen"] for row in rows if self._from_to(row["payee"], row["payer"], victim)
        )

    def _from_to(self, his: str, other: str, victim: str) -> bool:
        return self.party_of(his) == victim != self.party_of(other)


# ------------------------------------------------------------ who is who


class Inside:
    """The case's parties and accounts beside the holders of the statements.

    Parameters
    ----------
    raw
        the case
    said
        holder → party, as the reader says; other holders are known by an account that the case
        has already, or by their pseudonym
    """

    def __init__(self, raw: Raw, imported: Imported, said: Mapping[str, str]) -> None:
        accounts, parties = ([row for _, row in rows(raw, t)] for t in ("accounts", "parties"))
        self.held = {str(row_id(row)): str(row.get("holder")) for row in accounts}
        self.roles = {str(row_id(row)): row.get("role") for row in parties}
        self.holder_of = {account.id: account.holder for account in imported.accounts}
        self.party = {**self._known(imported), **said}
        victims = {id for id, role in self.roles.items() if role == VICTIM}
        alone = {self.roles[id] for id in self._with_part(parties)} <= {VICTIM}
        self.parts = Parts(self.party_of, frozenset(victims), alone)

    def party_of(self, end: str) -> str:
        """Return the party of the case whom an account or holder of the statements belongs to."""
        if end in self.held:
            return self.held[end]
        return self.party.get(self.holder_of.get(end, end), OTHERS)

    def _with_part(self, parties: Iterable[Raw]) -> Iterator[str]:
        """Yield the parties who have a part; a fraudster nobody knows can have been paid
        nothing."""
        known = {*self.held.values(), *self.party.values()}
        for row in parties:
            id, role = str(row_id(row)), row.get("role")
            unknown = role == "principal" and row.get("sued") is False and id not in known
            if role is not None and not (id == OTHERS or unknown or without_part(row)):
                yield id

    def _known(self, imported: Imported) -> dict[str, str]:
        """Return holder → party; a holder whose accounts the case gives to several is nobody."""
        found: dict[str, set[str]] = defaultdict(set)
        for account, holder in self.holder_of.items():
            found[holder] |= {self.held.get(account, OTHERS)} - {OTHERS}
        for id in (holder.id for holder in imported.holders):
            if id in self.roles and not found[id]:
                found[id] = {id}
        return {holder: party for holder, (party, *more) in _some(found) if not more}

    def sort_out(
        self, transfers: Sequence[TransferRow]
    ) -> tuple[list[TransferRow], list[str], list[str]]:
        """Return the transfers that concern the case, the ids of those between a victim and people
        without a part, and of those that no money of the case leads to."""
        kept = [row for row in transfers if self.parts.concerns(row)]
        near = self._reached(kept)
        joined = [row for row in kept if self.parts.alone or near & {row["payer"], row["payee"]}]
        ids, written = {row["id"] for row in kept}, {row["id"] for row in joined}
        left_out = [row["id"] for row in transfers if row["id"] not in ids]
        return joined, left_out, [row["id"] for row in kept if row["id"] not in written]

    def fresh(self, imported: Imported, new: Iterable[TransferRow]) -> list[HeldAccount]:
        """Return the accounts that the case gets: those money moved on, and those of its parties
        whose statement was read."""
        ends = {end for row in new for end in (row["payer"], row["payee"])}
        fresh = [account for account in imported.accounts if account.id not in self.held]
        return [a for a in fresh if a.id in ends or (a.own and self.party_of(a.id) != OTHERS)]

    def _reached(self, transfers: Iterable[TransferRow]) -> set[str]:
        """Return the ends that are the case's, and the accounts that money leads to from them or
        from which it came."""
        beside: dict[str, list[str]] = defaultdict(list)
        for row in transfers:
            beside[row["payer"]].append(row["payee"])
            beside[row["payee"]].append(row["payer"])
        todo = [end for end in beside if end in self.held or self.party_of(end) != OTHERS]
        reached = set(todo)
        while todo:
            more = {end for end in beside[todo.pop()] if end in self.holder_of} - reached
            reached |= more
            todo += more
        return reached


def _some(found: Mapping[str, set[str]]) -> list[tuple[str, list[str]]]:
    return [(holder, sorted(parties)) for holder, parties in found.items() if parties]


# ------------------------------------------------- losses reckoned again

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
