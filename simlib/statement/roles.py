"""Who the holders of the accounts are in the case: only as the reader says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from simlib.errors import StatementError
from simlib.statement.deduplicate import Imported
from simlib.statement.identity import OTHERS

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


def holder_of(imported: Imported, who: str) -> str:
    """Return the holder meant by an account's number, a name or a pseudonym."""
    id = imported.key.id_of(who) or who
    holders = {holder.id for holder in imported.holders}
    holder = imported.key.holder_of.get(id, id)
    if holder not in holders or holder == OTHERS:
        raise StatementError("import-unknown", who=who[:60])
    return holder
