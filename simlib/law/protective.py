"""Rules whose breach may make a careless helper's act unlawful (保护性规定), by kind of help."""

from __future__ import annotations

import datetime

from simlib.law.citation import in_force
from simlib.resources import table


def protective_norms(act: str, on: datetime.date | None = None) -> tuple[str, ...]:
    """List the rules that forbid a kind of help, or ask for care in it; the nearest first.

    Parameters
    ----------
    act
        `payment`, `tech`, `account` or `promotion`
    on
        only those in force on this day; all of them if not given

    Examples
    --------
    >>> protective_norms("payment", datetime.date(2022, 10, 5))
    ('account-rules:45(2)',)
    """
    named = tuple(table("law", "protective.toml")[act])
    return named if on is None else tuple(id for id in named if in_force(id, on))
