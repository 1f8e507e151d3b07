"""Regimes: a named, dated choice of rules and of the values the law leaves open."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import nan
from types import MappingProxyType

from simlib.errors import OutOfScope, UnknownName
from simlib.resources import PACKAGE, table

LAW_IN_FORCE, PAPER_PROPOSAL = "law-in-force", "paper-proposal"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value the law does not fix, with where it comes from.

    Attributes
    ----------
    key
        e.g. `base.payment`; its name and the reason for it are `texts/*/parameters.toml`
    value, low, high
        the value and the range a reader may try; `low` itself is excluded if `above_low`
    unit
        `share`, `score`, `weight` or `probability`
    basis
        one of `simlib.law.citation.BASES`
    cites
        ids of what prompted it, none of which states the number
    source, checked
        who chose it (a key of `sources` in `texts/*/laws.toml`), and the day the reasons were
        last looked at
    since
        the day from which this project uses this value
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
    since: datetime.date
    above_low: bool = False

    def allows(self, value: float) -> bool:
        """Whether `value` lies in the range a reader may try."""
        above = value > self.low if self.above_low else value >= self.low
        return above and value <= self.high


@dataclass(frozen=True, slots=True)
class Rule:
    """A choice between ways of reckoning: `values` available now, the default first.

    A rule that is a number has its default as only value, and `ends`, the least and greatest
    number it may be.
    """

    key: str
    values: tuple[str | float, ...]
    basis: str
    cites: tuple[str, ...]
    ends: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Regime:
    """A named choice of rules, of the mode for each grade of fault, and of values.

    Attributes
    ----------
    name, basis
        e.g. `law-in-force`, and one of `simlib.law.citation.BASES`
    since, until
        first and last day of its force; None for a proposal, which has none
    rules
        rule → value, complete
    auto
        grade of fault → mode (`none` for no liability)
    auto_direct
        the same for those who caused the loss directly, where a school tells them apart
    cites
        ids it rests on
    changed
        keys of parameters and rules set by `variant`, sorted
    """

    name: str
    basis: str
    since: datetime.date | None
    until: datetime.date | None
    rules: Mapping[str, str]
    auto: Mapping[str, str]
    cites: tuple[str, ...]
    changed: tuple[str, ...] = ()
    auto_direct: Mapping[str, str] = field(default_factory=dict)
    _parameters: Mapping[str, Parameter] = field(default_factory=dict, repr=False)

    def __hash__(self) -> int:
        return hash((self.name, self.changed, tuple(p.value for p in self._parameters.values())))

    def keys(self) -> tuple[str, ...]:
        """Keys of all parameters, in the order of the files."""
        return tuple(self._parameters)

    def parameter(self, key: str) -> Parameter:
        """The parameter `key`; raises `UnknownName` if there is none."""
        if key not in self._parameters:
            raise UnknownName.among("parameter", key, self._parameters)
        return self._parameters[key]

    def value(self, key: str) -> float:
        """The number of parameter `key`; raises `UnknownName` if there is none."""
        return self.parameter(key).value

    def holds_on(self, on: datetime.date) -> bool:
        """Whether the regime is law on the day `on`; a proposal never is."""
        if self.since is None:
            return False
        return self.since <= on and (self.until is None or on <= self.until)

    def variant(self, values: Mapping[str, float | str], name: str | None = None) -> Regime:
        """The same regime with other values: a counterfactual is a value, not a branch.

        Parameters
        ----------
        values
            parameter key → number in its range, or rule → one of its values
        name
            the variant's name; by default this one's with an asterisk

        Raises
        ------
        UnknownName
            for a key or a rule's value that does not exist
        OutOfScope
            for a number outside its parameter's range

        Examples
        --------
        >>> regime().variant({"p_min": 0.5}).value("p_min")
        0.5
        """
        chosen = {key: value for key, value in values.items() if key in _rules()}
        parameters = dict(self._parameters)
        for key in values.keys() - chosen.keys():
            parameters[key] = _moved(self.parameter(key), values[key])
        return replace(
            self,
            name=name or f"{self.name}*",
            rules=MappingProxyType(checked_rules(chosen, self)),
            changed=tuple(sorted({*self.changed, *values})),
            _parameters=MappingProxyType(parameters),
        )


def regime(name: str = LAW_IN_FORCE) -> Regime:
    """The regime of that name, with today's values.

    Raises
    ------
    UnknownName
        if there is none

    Examples
    --------
    >>> regime().auto["knowing"], regime("paper-proposal").since
    ('joint', None)
    """
    if name not in regime_names():
        raise UnknownName.among("regime", name, regime_names())
    return _regime(name)


def regime_names() -> tuple[str, ...]:
    """Names of the regimes we ship, the default first."""
    return tuple(key for key in table("law", "regimes.toml") if key != "rules")


def rule_keys() -> tuple[str, ...]:
    """Keys of all rules, in the order of the file."""
    return tuple(_rules())


def rule(key: str) -> Rule:
    """The rule `key`; raises `UnknownName` if there is none."""
    if key not in _rules():
        raise UnknownName.among("rule", key, _rules())
    return _rules()[key]


def checked_rules(rules: Mapping[str, str] | None, regime: Regime) -> dict[str, str]:
    """The full set of rules: the regime's, changed by `rules`.

    Raises
    ------
    UnknownName
        for a rule that does not exist, or a value it does not have (now)

    Examples
    --------
    >>> checked_rules({"caps": "nested"}, regime())["caps"]
    'nested'
    """
    full = dict(regime.rules)
    for key, value in (rules or {}).items():
        full[key] = _number(rule(key), value) if rule(key).ends else _listed(rule(key), value)
    return full


def _listed(rule: Rule, value: object) -> str:
    if value not in rule.values:
        raise UnknownName.among("rule value", value, rule.values, f"{rule.key}={value}")
    return value


def _number(rule: Rule, value: object) -> float:
    """A rule's number, from a number or its text."""
    low, high = rule.ends
    try:
        number = float(value) if not isinstance(value, bool) else nan
    except (TypeError, ValueError):
        number = nan
    if not low <= number <= high:
        raise OutOfScope("parameter-out-of-range", key=rule.key, value=value, low=low, high=high)
    return number


def _moved(parameter: Parameter, value: float | str) -> Parameter:
    if isinstance(value, bool) or not isinstance(value, int | float) or not parameter.allows(value):
        raise OutOfScope(
            "parameter-out-of-range",
            key=parameter.key,
            value=value,
            low=parameter.low,
            high=parameter.high,
        )
    return replace(parameter, value=value)


@cache
def _regime(name: str) -> Regime:
    entry = table("law", "regimes.toml")[name]
    rules = {key: rule.values[0] for key, rule in _rules().items()} | entry.get("rules", {})
    return Regime(
        name=name,
        basis=entry["basis"],
        since=entry.get("since"),
        until=entry.get("until"),
        rules=MappingProxyType(rules),
        auto=MappingProxyType(entry["auto"]),
        cites=tuple(entry["cites"]),
        auto_direct=MappingProxyType(entry.get("auto_direct", {})),
        _parameters=MappingProxyType(_parameters()),
    )


@cache
def _rules() -> dict[str, Rule]:
    entries = table("law", "regimes.toml")["rules"]
    return {
        key: Rule(
            key,
            tuple(entry["values"]),
            entry["basis"],
            tuple(entry["cites"]),
            tuple(entry["ends"]) if "ends" in entry else None,
        )
        for key, entry in entries.items()
    }


@cache
def _parameters() -> dict[str, Parameter]:
    """The newest entry of each parameter, file by file."""
    found: dict[str, Parameter] = {}
    for file in sorted((PACKAGE / "law" / "parameters").glob("*.toml")):
        for entry in table("law", "parameters", file.name)["parameters"]:
            read = _read(entry)
            if read.key not in found or read.since > found[read.key].since:
                found[read.key] = read
    return found


def _read(entry: dict) -> Parameter:
    return Parameter(
        key=entry["key"],
        value=entry["value"],
        low=entry["low"],
        high=entry["high"],
        unit=entry["unit"],
        basis=entry["basis"],
        cites=tuple(entry["cites"]),
        source=entry["source"],
        checked=entry["checked"],
        since=entry["from"],
        above_low=entry.get("above_low", False),
    )
