"""Regimes: a named choice of rules and of the values the law leaves open, looked up by day.

How a value's history works: every number, mode, regime and article is a list of dated entries,
and nobody edits one. Who changes a value adds an entry with the first day of its force (`from` in
`parameters/*.toml` and `statutes/*.toml`; `since` in a `[[<key>.later]]` table of `regimes.toml`
and `modes.toml`). A look-up for a day returns the newest entry in force on it; the earlier ones
keep answering for earlier days. A teaching value has no day of force and holds on every day until
a dated entry replaces it. A first day in the future is announced law: no case of today is touched.

A case has two days. Substantive law is looked up on the day of the act, procedure and
interpretations on the day of the decision (today if there is none yet); `dated_by` says which.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import chain
from types import MappingProxyType

from simlib.errors import NoRule, OutOfScope, UnknownName
from simlib.law.dated import DAY, Dated, DatedCase, Row, begun, decision_day, today, versions
from simlib.law.parameter import Parameter, histories, parameters_on
from simlib.law.rule import Rule, Value, checked_rules, rule, rule_keys, rules
from simlib.resources import table

__all__ = [
    "LAW_IN_FORCE",
    "PAPER_PROPOSAL",
    "Parameter",
    "Regime",
    "Rule",
    "checked_rules",
    "regime",
    "regime_for",
    "regime_names",
    "rule",
    "rule_keys",
]

LAW_IN_FORCE, PAPER_PROPOSAL = "law-in-force", "paper-proposal"


@dataclass(frozen=True, slots=True)
class Regime:
    """A named choice of rules, of the mode for each grade of fault, and of values, on given days.

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
    rules: Mapping[str, Value]
    auto: Mapping[str, str]
    cites: tuple[str, ...]
    changed: tuple[str, ...] = ()
    auto_direct: Mapping[str, str] = field(default_factory=dict)
    _parameters: Mapping[str, Parameter] = field(default_factory=dict, repr=False)

    def __hash__(self) -> int:
        return hash((self.name, self.changed, tuple(p.value for p in self._parameters.values())))

    def keys(self) -> tuple[str, ...]:
        """Keys of all parameters in force, in the order of the files."""
        return tuple(self._parameters)

    def parameter(self, key: str) -> Parameter:
        """Return the parameter `key`.

        Raises
        ------
        UnknownName
            if there is none
        NoRule
            if none of its entries is in force on this regime's days
        """
        if key in self._parameters:
            return self._parameters[key]
        if key in histories():
            raise NoRule("parameter-not-in-force", key=key, regime=self.name)
        raise UnknownName.among("parameter", key, self._parameters)

    def value(self, key: str) -> float:
        """Return the number of parameter `key`; raises as `parameter` does."""
        return self.parameter(key).value

    def holds_on(self, on: datetime.date) -> bool:
        """Whether the regime is law on the day `on`; a proposal never is."""
        if self.since is None:
            return False
        return self.since <= on and (self.until is None or on <= self.until)

    def variant(self, values: Mapping[str, Value], name: str | None = None) -> Regime:
        """Return the same regime with other values: a counterfactual is a value, not a branch.

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
        chosen = {key: value for key, value in values.items() if key in rules()}
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


def regime(
    name: str = LAW_IN_FORCE,
    on: datetime.date | None = None,
    decided_on: datetime.date | None = None,
) -> Regime:
    """Return the regime of that name as it stands on a day.

    Parameters
    ----------
    on
        the day whose law counts; today if not given. Before the regime's first day its first
        version is given: ask `Regime.holds_on`
    decided_on
        the day for what is dated by the decision, where that is another day than `on`

    Raises
    ------
    UnknownName
        if there is none

    Examples
    --------
    >>> regime().auto["knowing"], regime("paper-proposal").since
    ('joint', None)
    >>> regime("law-in-force", datetime.date(2022, 10, 5)).value("proof.standard")
    0.75
    """
    on = on or today()
    return _regime(name, _turn(on), _turn(decided_on or on))


def regime_for(case: DatedCase, chosen: str | Regime | None = None) -> Regime:
    """Return a regime as it stands on the days of a case.

    Parameters
    ----------
    chosen
        the regime's name, by default the law in force, with the rules that the case itself
        chooses; a regime is returned as it is
    """
    if isinstance(chosen, Regime):
        return chosen
    found = regime(chosen or LAW_IN_FORCE, case.acted_on, decision_day(case))
    own = getattr(case, "rules", None)
    return found if own is None else _choosing(found.name, case.acted_on, decision_day(case), own)


@lru_cache(64)
def _choosing(
    name: str, on: datetime.date, decided_on: datetime.date, own: Iterable[tuple[str, Value | None]]
) -> Regime:
    """Return a regime with the rules that a case chooses: one object for each choice."""
    chosen = {key: value for key, value in own if value is not None}
    return regime(name, on, decided_on).variant(chosen, name)


def regime_names() -> tuple[str, ...]:
    """List the names of the regimes we ship, the default first."""
    return tuple(key for key in table("law", "regimes.toml") if key not in ("rules", "earlier"))


def _moved(parameter: Parameter, value: Value) -> Parameter:
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
def _regime(name: str, acted: datetime.date, decided: datetime.date) -> Regime:
    if name not in regime_names():
        raise UnknownName.among("regime", name, regime_names())
    version = begun(_versions(name), acted)
    return replace(version, _parameters=MappingProxyType(parameters_on(acted, decided)))


@cache
def _versions(name: str) -> tuple[Regime, ...]:
    """List the versions of a regime, oldest first, without their parameters."""
    return tuple(_read(name, row) for row in versions(table("law", "regimes.toml")[name], name))


def _read(name: str, row: Row) -> Regime:
    defaults = {key: rule.values[0] for key, rule in rules().items()}
    return Regime(
        name=name,
        basis=row["basis"],
        since=row.get("since"),
        until=row.get("until"),
        rules=MappingProxyType(defaults | row.get("rules", {})),
        auto=MappingProxyType(row["auto"]),
        cites=tuple(row["cites"]),
        auto_direct=MappingProxyType(row.get("auto_direct", {})),
    )


def _turn(on: datetime.date) -> datetime.date:
    """Return the last day up to `on` on which anything changed: one cached regime for each."""
    turns = _turns()
    return turns[bisect_right(turns, on) - 1]


@cache
def _turns() -> tuple[datetime.date, ...]:
    """List the days on which a regime or a parameter changes, after the beginning of time."""
    return tuple(sorted({datetime.date.min, *_changes()}))


def _changes() -> Iterator[datetime.date]:
    """Yield the first day of each entry, and the day after its last."""
    every: list[Sequence[Dated]] = [_versions(name) for name in regime_names()]
    every += histories().values()
    for entry in chain.from_iterable(every):
        if entry.since:
            yield entry.since
        if entry.until:
            yield entry.until + DAY
