"""The chance that a piece can still be had: asked on a day, answered after a delay, deleted on a
day."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, overload

import numpy as np
import numpy.typing as npt

from simlib.errors import OutOfScope, UnknownName
from simlib.law.regime import Regime, regime

Array: TypeAlias = npt.NDArray[np.float64]

REPLIES = ("today", "request_3d", "platform_48h")
FAR = 9.0  # beyond so many standard deviations a normal density adds nothing to a double
NODES = 80  # of the rule of Gauss and Legendre: exact to 1e-12 over 18 standard deviations

_erfc = np.frompyfunc(math.erfc, 1, 1)


@dataclass(frozen=True, slots=True)
class Delay:
    """How long a holder takes to answer a request.

    Attributes
    ----------
    days
        the median [days]
    sigma
        standard deviation of its logarithm (lognormal); 0 for always exactly `days`
    most
        it takes no longer than this [days]: who would have taken longer answers then
    """

    days: float
    sigma: float = 0.0
    most: float = math.inf


@overload
def survival(
    asked_day: float, reply: str | Delay = ..., *, retention_days: float = ...,
    kept_beyond_days: float = ..., deletion_per_day: float = ...,
) -> float: ...  # fmt: skip
@overload
def survival(
    asked_day: Array, reply: str | Delay = ..., *, retention_days: float = ...,
    kept_beyond_days: float = ..., deletion_per_day: float = ...,
) -> Array: ...  # fmt: skip
def survival(
    asked_day: float | Array,
    reply: str | Delay = "today",
    *,
    retention_days: float = 180,
    kept_beyond_days: float = 0,
    deletion_per_day: float = 0.0,
) -> float | Array:
    """Return the chance that a piece asked for on a day can still be had.

    P = E[1(t + D ≤ T) · exp(−δ (t + D))], where t is `asked_day`, D the delay of the answer,
    T = `retention_days` + `kept_beyond_days`, and δ = `deletion_per_day` what a holder deletes
    before his time, or somebody tampers with. Without δ, and for a lognormal delay, that is
    Φ((ln(T − t) − ln median) / σ); with it, an integral over the delay (Gauss and Legendre).

    Parameters
    ----------
    asked_day
        day of the request since the piece came into being, parts of a day too [days]; of one
        asked for before that the clock begins with the piece: 0
    reply
        one of `REPLIES`, or a delay
    retention_days, kept_beyond_days
        how long the holder keeps it: the period, and what he keeps it beyond that [days];
        `math.inf` for without end
    deletion_per_day
        rate of deletion and tampering [1/day], 0 or more

    Returns
    -------
    Chances in [0, 1], of the shape of `asked_day`.

    Raises
    ------
    UnknownName
        for a reply that does not exist
    OutOfScope
        for a negative period, rate or delay

    References
    ----------
    parameter:evidence.today_median_days, parameter:evidence.today_sigma: teaching assumptions, for
    nobody published how long answers take

    Examples
    --------
    >>> [round(survival(day), 4) for day in (0, 90, 170, 181)]
    [0.997, 0.97, 0.1931, 0.0]
    >>> survival(178, "request_3d"), survival(178, "platform_48h")
    (0.0, 1.0)
    """
    delay = delay_of(reply) if isinstance(reply, str) else reply
    given = (
        retention_days,
        kept_beyond_days,
        deletion_per_day,
        delay.days,
        delay.sigma,
        delay.most,
    )
    if not all(number >= 0 for number in given):
        raise OutOfScope("negative-clock")
    asked = np.maximum(np.asarray(asked_day, np.float64), 0.0)
    left = retention_days + kept_beyond_days - asked
    if delay.sigma and delay.days and delay.most:
        days, place = np.unique(left.ravel(), return_inverse=True)  # few where days are whole
        chance = _lognormal(days, delay, deletion_per_day)[place].reshape(left.shape)
    else:
        takes = min(delay.days, delay.most)
        chance = (left >= takes) * np.exp(-deletion_per_day * takes)
    kept: Array = np.asarray(chance * np.exp(-deletion_per_day * asked), np.float64)
    return kept if np.ndim(asked_day) else float(kept)


def delay_of(reply: str, law: Regime | None = None) -> Delay:
    """Return the delay of one of `REPLIES`: a teaching assumption, or the paper's number.

    Forty-eight hours are two days. The forty-eight hours in which a court must rule on
    preservation (civil-procedure-law:104) are another thing.

    Parameters
    ----------
    law
        the law with its parameters; that in force today if not given

    Raises
    ------
    UnknownName
        if there is none of this name

    References
    ----------
    paper:request-3-days, paper:platform-48-hours

    Examples
    --------
    >>> delay_of("today")
    Delay(days=20, sigma=0.8, most=inf)
    """
    if reply not in REPLIES:
        raise UnknownName.among("reply", reply, REPLIES)
    value = (law or regime()).value
    if reply == "today":
        return Delay(value("evidence.today_median_days"), value("evidence.today_sigma"))
    days = "request_days" if reply == "request_3d" else "platform_days"
    return Delay(value(f"evidence.{days}"))


def _lognormal(left: Array, delay: Delay, rate: float) -> Array:
    """Return E[1(D ≤ left) · exp(−rate · D)] for a lognormal delay D that takes at most `most`."""
    if math.isinf(delay.most):
        return _answered(left, delay, rate)
    late = 1 - _answered(np.asarray([delay.most]), delay, 0.0)[0]
    in_time = (left >= delay.most) * late * math.exp(-rate * delay.most)
    return np.asarray(_answered(np.minimum(left, delay.most), delay, rate) + in_time, np.float64)


def _answered(left: Array, delay: Delay, rate: float) -> Array:
    """Return the same for an answer without a last day."""
    with np.errstate(divide="ignore"):
        reach = (np.log(np.maximum(left, 0.0)) - math.log(delay.days)) / delay.sigma
    if rate == 0:
        return np.asarray(_erfc(-reach / math.sqrt(2)), np.float64) / 2
    return _integral(
        lambda z: (
            np.exp(-z * z / 2 - rate * delay.days * np.exp(delay.sigma * z))
            / math.sqrt(2 * math.pi)
        ),
        np.clip(reach, -FAR, FAR),
    )


def _integral(of: Callable[[Array], Array], to: Array) -> Array:
    """Return the integral of a smooth function from −FAR to each of `to`."""
    half = (to + FAR) / 2
    total = np.zeros_like(to)
    for node, weight in zip(*_rule(), strict=True):
        total = total + weight * of(half * (node + 1) - FAR)
    return total * half


@cache
def _rule() -> tuple[Array, Array]:
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return nodes, weights
