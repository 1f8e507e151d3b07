"""Who the holders of accounts are in a case, as the reader says, and what is still to be asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from simlib.errors import StatementError
from simlib.money import Fen
from simlib.statement.deduplicate import Imported, holder_of
from simlib.statement.identity import OTHERS

# ----------------------------------------------------------------- roles

VICTIM = "victim"
PARTS = {
    "role": (VICTIM, "principal", "helper", "platform", "operator"),
    "act": ("payment", "tech", "account", "promotion"),
    "grade": ("none", "slight", "gross", "knowing", "concert"),
}
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Role:
    """The part a reader gives one holder; None where he gives none."""

    role: str
    act: str | None = None
    grade: str | None = None


def role_of(spec: str) -> Role:
    """Return `helper:payment:knowing` as a role; act and grade may be left out.

    Raises
    ------
    StatementError
        if a word is none of the case's

    Examples
    --------
    >>> role_of("helper:payment"), role_of("victim")
    (Role(role='helper', act='payment', grade=None), Role(role='victim', act=None, grade=None))
    """
    role, *more = (part.strip() for part in spec.split(":"))
    parts: dict[str, str] = {}
    for word in more:
        kind = next((kind for kind in ("act", "grade") if word in PARTS[kind]), None)
        if kind is None or kind in parts:
            raise StatementError("import-role", spec=spec[:60])
        parts[kind] = word
    if role not in PARTS["role"] or (parts and role in (VICTIM, "principal")):
        raise StatementError("import-role", spec=spec[:60])
    if "act" in parts and role != "helper":
        raise StatementError("import-role", spec=spec[:60])
    return Role(role, **parts)


def roles_of(imported: Imported, specs: Mapping[str, str]) -> dict[str, Role]:
    """Return holder's id → role, from account, name or pseudonym → role as text.

    Raises
    ------
    StatementError
        if nobody in the statements is meant, or one holder is given two roles
    """
    roles: dict[str, Role] = {}
    for who, spec in specs.items():
        holder, role = holder_of(imported, who), role_of(spec)
        if roles.setdefault(holder, role) != role:
            raise StatementError("import-role-twice", who=who[:60])
    return roles


# ------------------------------------------------------------- questions

MOST = 5  # likely answers to a question


@dataclass(frozen=True, slots=True)
class OpenQuestion:
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


def open_questions(
    imported: Imported, roles: Mapping[str, str] | None = None, unknown_principal: bool = False
) -> list[OpenQuestion]:
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
        found.append(OpenQuestion("claimant", _owners(imported)))
    if "helper" not in parts:
        victims = {holder for holder, role in given.items() if role.role == VICTIM}
        found.append(OpenQuestion("lender", _paid_by(imported, victims, {*given})))
    if "principal" not in parts and not unknown_principal:
        found.append(OpenQuestion("principal"))
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
