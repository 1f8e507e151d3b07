"""Statements put together by whom the reader says to be one person."""

from __future__ import annotations

from collections.abc import Sequence

from simlib.statement.key import Key
from simlib.statement.model import Reading
from simlib.statement.roles import holder_of
from simlib.statement.together import Imported, combine


def combine_same(
    readings: Sequence[Reading],
    key: Key,
    same: Sequence[tuple[str, str]] = (),
    *,
    keep_names: bool = False,
    keep_remarks: bool = False,
) -> Imported:
    """Return the same as `combine`, where the two of each pair in `same` are one person.

    Their accounts stay accounts of their own; the key keeps who they are.

    Parameters
    ----------
    same
        account, name or pseudonym, and who that is

    Raises
    ------
    StatementError
        if one is not in the statements, or may be several
    """
    found = combine(readings, key, keep_names=keep_names, keep_remarks=keep_remarks)
    if not same:
        return found
    for who, other in same:
        key.same(holder_of(found, who), holder_of(found, other))
    key.forget(row["id"] for row in found.transfers)
    return combine(readings, key, keep_names=keep_names, keep_remarks=keep_remarks)
