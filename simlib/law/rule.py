"""Rules: choices between ways of reckoning, and how a reader's choice is checked."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from math import nan
from typing import TYPE_CHECKING, SupportsFloat, TypeAlias

from simlib.errors import OutOfScope, UnknownName
from simlib.resources import table

if TYPE_CHECKING:
    from simlib.law.regime import Regime

Value = str | float  # of a rule: one of its values, or a number between its ends
Rules: TypeAlias = Mapping[str, Value]  # the choices a decision is made by


@dataclass(frozen=True, slots=True)
class Rule:
    """A choice between ways of reckoning: `values` available now, the default first.

    A rule that is a number has its default as only value, and `ends`, the least and greatest
    number it may be.
    """

    key: str
    values: tuple[Value, ...]
    basis: str
    cites: tuple[str, ...]
    ends: tuple[float, float] | None = None


def rule_keys() -> tuple[str, ...]:
    """List the keys of all rules, in the order of the file."""
    return tuple(rules())


def rule(key: str) -> Rule:
    """Return the rule `key`; raise `UnknownName` if there is none."""
    if key not in rules():
        raise UnknownName.among("rule", key, rules())
    return rules()[key]


def earlier_defaults(link: int) -> dict[str, Value]:
    """Map rules to the default they had when links of a format were written, if it was another.

    Parameters
    ----------
    link
        the number of the format of links, as `simlib.widgets.state.VERSION` counts
    """
    found: dict[str, Value] = {}
    for row in table("law", "regimes.toml").get("earlier", []):
        if link <= row["links"]:
            found = {**row["rules"], **found}
    return found


@cache
def rules() -> dict[str, Rule]:
    """Map each key to its rule, in the order of the file."""
    return {
        key: Rule(
            key,
            tuple(entry["values"]),
            entry["basis"],
            tuple(entry["cites"]),
            tuple(entry["ends"]) if "ends" in entry else None,
        )
        for key, entry in table("law", "regimes.toml")["rules"].items()
    }


def word(rules: Rules, key: str) -> str:
    """Return the value of a rule that chooses between words."""
    value = rules[key]
    if not isinstance(value, str):
        raise TypeError(f"the rule {key} is a number")
    return value


def number(rules: Rules, key: str) -> float:
    """Return the value of a rule that is a number."""
    value = rules[key]
    if isinstance(value, str):
        raise TypeError(f"the rule {key} is a word")
    return value


def checked_rules(rules: Mapping[str, Value] | None, regime: Regime) -> dict[str, Value]:
    """Return the full set of rules: the regime's, changed by `rules`.

    Raises
    ------
    UnknownName
        for a rule that does not exist, or a value it does not have (now)
    OutOfScope
        for a number outside its rule's ends

    Examples
    --------
    >>> from simlib.law.regime import regime
    >>> checked_rules({"caps": "nested"}, regime())["caps"]
    'nested'
    """
    full = dict(regime.rules)
    for key, value in (rules or {}).items():
        full[key] = _checked(rule(key), value)
    return full


def _checked(rule: Rule, value: object) -> Value:
    if rule.ends:
        return _number(rule.key, value, *rule.ends)
    for known in rule.values:
        if known == value:
            return known
    raise UnknownName.among("rule value", value, rule.values, f"{rule.key}={value}")


def _number(key: str, value: object, low: float, high: float) -> float:
    """Return a rule's number, from a number or its text."""
    number = nan
    if isinstance(value, str | SupportsFloat) and not isinstance(value, bool):
        with suppress(TypeError, ValueError, OverflowError):
            number = float(value)
    if not low <= number <= high:
        raise OutOfScope("parameter-out-of-range", key=key, value=value, low=low, high=high)
    return number
