"""One table of everything the law does not fix: values, ranges, and where each comes from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.law.regime import rule, rule_keys
from simlib.riskbenefit.reforms import proposal

if TYPE_CHECKING:
    from simlib.law.regime import Parameter, Regime

# Weights of one sum: move one alone, and a score of ½ everywhere no longer gives the base.
SUMS = (
    ("weight.gain", "weight.risk", "weight.cause"),
    ("risk.rho", "risk.foresight", "risk.control"),
)
FAMILIES = ("base", "cap", "rho", "weight", "risk")
SINGLE = ("gamma", "g_half", "lambda_indirect", "pi_professional", "direct_floor", "p_min")


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter or a rule as a line of the table.

    Attributes
    ----------
    key, kind
        its key, and `parameter` or `rule`
    value
        the number, or the rule's choice, in this regime
    low, high, above_low
        the range to try (`low` itself excluded if `above_low`); None for a rule of named choices
    values
        the choices of a rule; empty for a number
    unit, basis, cites, source, checked
        as `simlib.law.regime.Parameter` has them; None where a rule has none
    changed
        whether a reader moved it from the value we ship
    together
        keys that add up to 1 with it, itself included; empty if none
    name, why
        where its words are, in `texts/*/parameters.toml`
    """

    key: str
    kind: str
    value: float | str
    low: float | None
    high: float | None
    above_low: bool
    values: tuple[str | float, ...]
    unit: str | None
    basis: str
    cites: tuple[str, ...]
    source: str | None
    checked: datetime.date | None
    changed: bool
    together: tuple[str, ...]
    name: str
    why: str


def registry(regime: Regime | None = None) -> tuple[Row, ...]:
    """Return every parameter and then every rule of a regime, in the order of the files.

    Parameters
    ----------
    regime
        the paper's proposal if not given

    Examples
    --------
    >>> row = registry()[-1]
    >>> row.key, row.value, row.values
    ('rb_exemption', 'on', ('on', 'off'))
    """
    regime = regime or proposal()
    keys = regime.keys()
    numbers = [_parameter(regime.parameter(key), regime) for key in keys]
    return (*numbers, *(_rule(key, regime) for key in rule_keys()))


def model_keys(regime: Regime) -> tuple[str, ...]:
    """Return the parameters that the risk–benefit model reads."""
    keys = regime.keys()
    return tuple(k for k in keys if k.partition(".")[0] in FAMILIES or k in SINGLE)


def rebalanced(regime: Regime, key: str, value: float) -> Regime:
    """The same regime with another value, and its fellow weights scaled so that all add up to 1.

    Where the others are all 0 they share the rest equally. A key of no sum is simply set.

    Raises
    ------
    UnknownName, OutOfScope
        as `Regime.variant`

    Examples
    --------
    >>> moved = rebalanced(proposal(), "weight.cause", 0.7)
    >>> round(moved.value("weight.gain"), 9), round(moved.value("weight.risk"), 9)
    (0.125, 0.175)
    """
    regime.parameter(key)
    others = [k for k in together(key) if k != key]
    if not others:
        return regime.variant({key: value})
    whole, rest = sum(regime.value(k) for k in others), max(0.0, 1 - value)
    shares = {k: rest * regime.value(k) / whole if whole else rest / len(others) for k in others}
    return regime.variant({key: value, **shares})


def together(key: str) -> tuple[str, ...]:
    """Return the weights that add up to 1 with this one, itself included; empty if it is none."""
    return next((group for group in SUMS if key in group), ())


def _parameter(parameter: Parameter, regime: Regime) -> Row:
    return Row(
        parameter.key,
        "parameter",
        parameter.value,
        parameter.low,
        parameter.high,
        parameter.above_low,
        (),
        parameter.unit,
        parameter.basis,
        parameter.cites,
        parameter.source,
        parameter.checked,
        parameter.key in regime.changed,
        together(parameter.key),
        f"{parameter.key}.name",
        f"{parameter.key}.why",
    )


def _rule(key: str, regime: Regime) -> Row:
    choice = rule(key)
    low, high = choice.ends or (None, None)
    return Row(
        key,
        "rule",
        regime.rules[key],
        low,
        high,
        False,
        () if choice.ends else choice.values,
        "share" if choice.ends else None,
        choice.basis,
        choice.cites,
        None,
        None,
        key in regime.changed,
        (),
        f"rules.{key}.name",
        f"rules.{key}.why",
    )
