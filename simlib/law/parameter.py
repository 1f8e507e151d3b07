"""Parameters: numbers the law leaves open or fixes for a time, each with its history.

One TOML table of `simlib/law/parameters/*.toml` is one entry of a parameter. A teaching value has
no day of force: the one adopted last holds on every day. A number that law, an interpretation or a
dated reform fixes carries `from` (and `until`, where it ends without a successor) and takes the
teaching value's place on those days. To change a value, add an entry; never edit one.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from itertools import chain

from simlib.law.dated import ACTED, Row, grouped, in_force, ordered
from simlib.resources import PACKAGE, table


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value the law does not fix, or fixes for a time, with where it comes from.

    Attributes
    ----------
    key
        e.g. `base.payment`; its name and the reason for it are `texts/*/parameters.toml`
    value, low, high
        the value and the range a reader may try; `low` itself is excluded if `above_low`
    unit
        a key of `units` in `texts/*/terms.toml`, e.g. `share` or `days`
    basis
        one of `simlib.law.citation.BASES`
    cites
        ids of what prompted it, none of which states the number of a teaching assumption
    source, checked
        who chose it (a key of `sources` in `texts/*/laws.toml`), and the day the reasons were
        last looked at
    adopted
        the day from which this project uses this entry
    since, until
        first and last day of its force; None for a value that holds on every day
    dated_by
        the day of a case on which it is looked up: `acted_on` or `decided_on`
    """

    key: str
    value: float
    low: float
    high: float
    unit: str
    basis: str
    cites: tuple[str, ...]
    source: str
    checked: datetime.date
    adopted: datetime.date
    since: datetime.date | None = None
    until: datetime.date | None = None
    dated_by: str = ACTED
    above_low: bool = False

    def allows(self, value: float) -> bool:
        """Whether `value` lies in the range a reader may try."""
        above = value > self.low if self.above_low else value >= self.low
        return above and value <= self.high


@cache
def histories() -> dict[str, tuple[Parameter, ...]]:
    """Map each parameter to its entries: the teaching value, then the dated ones, oldest first.

    Raises
    ------
    Conflict
        if two entries of a parameter begin on the same day
    """
    files = sorted((PACKAGE / "law" / "parameters").glob("*.toml"))
    rows = chain.from_iterable(table("law", "parameters", f.name)["parameters"] for f in files)
    return {key: _history(key, listed) for key, listed in grouped(rows).items()}


def parameters_on(acted: datetime.date, decided: datetime.date) -> dict[str, Parameter]:
    """Map each parameter in force to its entry, for an act and a decision of these days."""
    days = {key: acted if h[0].dated_by == ACTED else decided for key, h in histories().items()}
    standing = {key: in_force(histories()[key], day) for key, day in days.items()}
    return {key: entry for key, entry in standing.items() if entry}


def _history(key: str, rows: list[Row]) -> tuple[Parameter, ...]:
    undated = sorted((row for row in rows if "from" not in row), key=lambda row: row["adopted"])
    dated = ordered((row for row in rows if "from" in row), key)
    return tuple(_read(row) for row in [*undated[-1:], *dated])


def _read(row: Row) -> Parameter:
    return Parameter(
        key=row["key"],
        value=row["value"],
        low=row["low"],
        high=row["high"],
        unit=row["unit"],
        basis=row["basis"],
        cites=tuple(row["cites"]),
        source=row["source"],
        checked=row["checked"],
        adopted=row["adopted"],
        since=row.get("from"),
        until=row.get("until"),
        dated_by=row.get("dated_by", ACTED),
        above_low=row.get("above_low", False),
    )
