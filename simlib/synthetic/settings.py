"""What a generated chain is made of: every number as data, with its basis and its source."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from simlib.errors import SyntheticError, UnknownName
from simlib.resources import table

Tables: TypeAlias = dict[str, list[dict[str, Any]]]  # Any: texts, numbers and days of TOML


@dataclass(frozen=True, slots=True)
class Setting:
    """A number the structure of a chain depends on.

    Attributes
    ----------
    key
        e.g. `batch.pieces`; its name and the reason for it are `texts/*/synthetic.toml`
    value, low, high
        the value and the range a reader may try
    unit
        `share`, `count`, `yuan`, `minute`, `hour` or `log` (of a spread)
    basis
        `published figure` where the source states the number, else `teaching assumption`
    source, checked
        who stated or chose it (a key of `sources` in `texts/*/synthetic.toml`), and the day it
        was last looked at
    since
        the day from which this project uses this value
    """

    key: str
    value: float
    low: float
    high: float
    unit: str
    basis: str
    source: str
    checked: datetime.date
    since: datetime.date


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure, or the range of several, beside which a statistic can stand."""

    key: str
    low: float
    high: float
    unit: str
    sources: tuple[str, ...]
    checked: datetime.date


@cache
def settings() -> dict[str, Setting]:
    """Return the newest entry of each setting."""
    newest: dict[str, Setting] = {}
    for entry in _table()["parameters"]:
        facts = {key: value for key, value in entry.items() if key != "from"}
        read = Setting(**facts, since=entry["from"])
        if read.key not in newest or read.since > newest[read.key].since:
            newest[read.key] = read
    return newest


@cache
def published() -> dict[str, Published]:
    """Return what was published, by the statistic it can be compared with."""
    rows = [
        Published(**{**entry, "sources": tuple(entry["sources"])})
        for entry in _table()["published"]
    ]
    return {row.key: row for row in rows}


def chosen(changes: Mapping[str, float] | None) -> dict[str, float]:
    """Return the value of every setting, with some changed.

    Raises
    ------
    UnknownName
        if there is no such setting
    SyntheticError
        if a value lies outside its range
    """
    known = settings()
    values = {key: setting.value for key, setting in known.items()}
    for key, value in (changes or {}).items():
        if key not in known:
            raise UnknownName.among("setting", key, known)
        low, high = known[key].low, known[key].high
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not low <= value <= high:
            raise SyntheticError("setting-out-of-range", key=key, value=value, low=low, high=high)
        values[key] = value
    return values


def _table() -> Tables:
    tables: Tables = table("synthetic", "parameters.toml")
    return tables
