"""What a case of statements still needs from its reader: three questions, with likely answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from simlib.money import Fen
from simlib.statement.deduplicate import Imported
from simlib.statement.identity import OTHERS
from simlib.statement.roles import VICTIM, roles_of

MOST = 5  # likely answers to a question


@dataclass(frozen=True, slots=True)
class Ask:
    """A question nobody has answered.

    Attributes
    ----------
    what
        `claimant` whose loss is claimed; `lender` who lent a card or account; `principal` who
        committed the fraud, or that nobody knows
    likely
        accounts, or people without one, and what speaks for them: money they paid (`claimant`) or
        got; the most first
    """

    what: str
    likely: tuple[tuple[str, Fen], ...] = ()


def asks(
    imported: Imported, roles: Mapping[str, str] | None = None, unknown_principal: bool = False
) -> list[Ask]:
    """Return the questions that are open, in the order in which they are asked.

    Raises
    ------
    StatementError
        if a role is none, or of somebody who is not in the statements
    """
    given = roles_of(imported, roles or {})
    parts = {role.role for role in given.values()}
    found = []
    if VICTIM not in parts:
        found.append(Ask("claimant", _owners(imported)))
    if "helper" not in parts:
        victims = {holder for holder, role in given.items() if role.role == VICTIM}
        found.append(Ask("lender", _paid_by(imported, victims, {*given})))
    if "principal" not in parts and not unknown_principal:
        found.append(Ask("principal"))
    return found


def _owners(imported: Imported) -> tuple[tuple[str, Fen], ...]:
    """Return the accounts whose statements were read, by what they paid."""
    own = [(account.id, account.out_fen) for account in imported.accounts if account.own]
    return tuple(sorted(own, key=lambda each: -each[1])[:MOST])


def _paid_by(imported: Imported, victims: set[str], known: set[str]) -> tuple[tuple[str, Fen], ...]:
    """Return whoever got money from the victims, or where none is named from anybody, without
    those who have a part already."""
    holders = {account.id: account.holder for account in imported.accounts}
    got: Counter[str] = Counter()
    for row in imported.transfers:
        payer, payee = (holders.get(row[end], row[end]) for end in ("payer", "payee"))
        if (
            payee not in known
            and payee not in (OTHERS, payer)
            and (payer in victims or not victims)
        ):
            got[row["payee"]] += row["amount_fen"]
    return tuple(got.most_common(MOST))
