"""A case with the days of its criminal case that a reader chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.case.tables import Criminal
from simlib.law.period import after
from simlib.procedure.day_bounds import entry_of, subject

if TYPE_CHECKING:
    from simlib.case.model import Case


def dated(case: Case, held: Mapping[str, Any]) -> Case:
    """The case with the days of the criminal case that were chosen.

    Where no criminal case has begun, one against the first defendant is supposed once he is found.
    A judgment takes effect no earlier than the suspect is found.
    """
    if held["caught"] is None:
        return case
    if subject(case) is None and not held["caught"] and held["effective"] is None:
        return case
    days: dict[str, Any] = {}
    if held["caught"]:
        days["arrested_on"] = after(case.acted_on, months=int(held["caught"]))
    if held["effective"] is not None:
        last = max(held["effective"], held["caught"])
        days["effective_on"] = after(case.acted_on, months=int(last))
    if not days:
        return case
    n, entry = subject(case), entry_of(case)
    if n is None or entry is None:
        who = next((p.id for p in case.parties if p.sued and p.role != "victim"), None)
        if who is None:
            return case
        entry, n = Criminal(party=who, status="pending", charge="assisting"), len(case.criminal)
    rows = (*case.criminal[:n], entry.model_copy(update=days), *case.criminal[n + 1 :])
    return case.model_copy(update={"criminal": rows})
