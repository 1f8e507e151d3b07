"""Requests for evidence that few people answer: how long they take, and what is left by then.

Teaching assumptions, all of them: requests come independently of each other, one answer takes a
lognormal time, whoever is free takes the oldest request, and nobody has a day off. A queue that
starts empty is run many times side by side: every step of the calculation is one request of each
run.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

from simlib.errors import OutOfScope

if TYPE_CHECKING:
    from simlib.procedure.sampled_durations import Array

BLOCK = 16_384  # requests drawn at once, in all runs together
STEPS = 2**16  # a drawn number is one of so many
MOST = 10_000_000  # requests in all runs together
MOST_STAFF = 1000
MOST_DAYS = 1_000_000  # from a piece to the request for it
TILE = 4096  # runs side by side
BATCH = 16_384  # requests of one pass of `survivals`
RANGES = {
    "per_day": (0.001, 1_000_000),
    "staff": (1, MOST_STAFF),
    "service_median_days": (0, 3650),
    "service_sigma": (0, 3),
}


def serve(blocks: Iterable[tuple[Array, Array]], staff: int, delay: Array) -> None:
    """Write how long each request takes, first come, first served.

    The days on which the staff is free again lie sorted, one row for each and a last row of
    infinity. A request begins when it is made or when the first of them is free; its end is put
    in its place by one minimum and one maximum of all rows, and the first row drops out.

    Parameters
    ----------
    blocks
        the days on which requests are made, and the days their answers take, in blocks of shape
        (some requests, runs); in a run no request is made before the one above it
    staff
        how many requests are worked on at once
    delay
        written: days from request to answer, of shape (requests, runs)
    """
    width = delay.shape[1]
    free = np.full((staff + 1, width), -np.inf)
    free[-1] = np.inf
    high = max(1, BLOCK // width)  # rows exchanged at once: few enough to stay in the cache
    room, ends = np.empty((min(high, staff), width)), np.empty(width)
    levels = []
    for low in range(0, staff, high):
        lower, higher = free[low : min(low + high, staff)], free[low + 1 : low + high + 1]
        levels.append((lower, higher, room[: len(lower)]))
    first = 0
    for asked, service in blocks:
        begun = delay[first : first + len(asked)]
        for day, length, begins in zip(asked, service, begun, strict=True):
            np.maximum(day, free[0], out=begins)
            np.add(begins, length, out=ends)
            for lower, higher, least in levels:
                np.minimum(ends, higher, out=least)
                np.maximum(least, lower, out=lower)
        begun -= asked
        begun += service
        first += len(asked)


def drawn(
    queue: Queue, count: int, runs: int, seed: tuple[int, int]
) -> Iterator[tuple[Array, Array]]:
    """Yield blocks as `serve` takes them: the requests of some runs, in order."""
    gaps = -np.log1p(-halfway()) / queue.per_day
    lengths = queue.service_median_days * np.exp(queue.service_sigma * normal())
    streams = [np.random.SFC64(np.random.SeedSequence([*seed, place])) for place in range(2)]
    last, high = np.zeros(runs), max(1, BLOCK // runs)
    for first in range(0, count, high):
        shape = min(high, count - first), -(-runs // 4)
        places = [stream.random_raw(shape).view(np.uint16)[:, :runs] for stream in streams]
        # places lie inside the tables; "clip" saves looking
        asked, service = map(partial(np.take, mode="clip"), (gaps, lengths), places)
        for row in asked:
            row += last
            last = row
        yield asked, service


def halfway() -> Array:
    """Return the middle of each step in [0, 1]."""
    return (np.arange(STEPS) + 0.5) / STEPS


@cache
def normal() -> Array:
    """Return the standard normal quantile at the middle of each step."""
    low = [statistics.NormalDist().inv_cdf(p) for p in halfway()[: STEPS // 2].tolist()]
    values = np.concatenate([low, -np.array(low)[::-1]])
    values.flags.writeable = False
    return values


@dataclass(frozen=True)
class Queue:
    """An office that answers requests in the order in which they came.

    Attributes
    ----------
    per_day
        requests a day on average, 0.001 to one million
    staff
        requests that are worked on at once, 1 to 1000
    service_median_days
        half of all requests take no longer to answer once begun [days], 0 to 3650
    service_sigma
        standard deviation of the logarithm of that time, 0 to 3; 0: all take the median

    Raises
    ------
    OutOfScope
        for a value outside its range
    """

    per_day: float
    staff: int
    service_median_days: float
    service_sigma: float

    def __post_init__(self) -> None:
        for key, (low, high) in RANGES.items():
            inside(key, getattr(self, key), low, high)

    @property
    def load(self) -> float:
        """Return the work that comes in a day as a share of what the staff can do in a day.

        At 1 or more the queue grows for ever.

        Examples
        --------
        >>> Queue(per_day=6, staff=4, service_median_days=0.5, service_sigma=0).load
        0.75
        """
        mean = self.service_median_days * np.exp(self.service_sigma**2 / 2)
        return float(self.per_day * mean / self.staff)


@dataclass(frozen=True)
class Answered:
    """How long the requests of many runs took.

    Attributes
    ----------
    queue, days, runs, seed
        what was run
    delay
        days from the request to its answer, float64 of shape (requests of a run, runs); rows in
        the order in which the requests came
    """

    queue: Queue
    days: float
    runs: int
    seed: int
    delay: Array

    def within(self, days: float) -> float:
        """Return the share of requests answered within so many days."""
        return float(np.count_nonzero(self.delay <= days)) / self.delay.size

    def quantile(self, q: float) -> float:
        """Return the number of days within which a share `q` of all requests is answered.

        The smallest delay that occurred whose share is at least `q`.

        Raises
        ------
        OutOfScope
            if `q` lies outside [0, 1]
        """
        inside("q", q, 0, 1)
        place = max(0, int(np.ceil(q * self.delay.size)) - 1)
        return float(np.partition(self.delay, place, axis=None)[place])


def answers(queue: Queue, days: float = 365, runs: int = 200, seed: int = 0) -> Answered:
    """Run a queue many times.

    1. every run has as many requests as come in `days` days on average, at least one
    2. the time between two requests is exponential, the time an answer takes lognormal; both are
       drawn in 65 536 equally likely steps
    3. whoever is free first takes the oldest request

    The same seed gives every office the same luck, request by request, whatever its staff; the
    first 4096 runs, and every further 4096, are the same however many follow.

    Raises
    ------
    OutOfScope
        if `runs` is less than 1, `days` is negative, or there are more than ten million requests

    Examples
    --------
    >>> found = answers(Queue(per_day=6, staff=4, service_median_days=0.5, service_sigma=0.5))
    >>> found.delay.shape, round(found.within(3), 3), round(found.quantile(0.5), 2)
    ((2190, 200), 0.983, 0.83)
    """
    count = requests_in(queue, days, runs)
    delay = np.empty((count, runs))
    for first in range(0, runs, TILE):
        tile = delay[:, first : first + TILE]
        serve(drawn(queue, count, tile.shape[1], (seed, first // TILE)), queue.staff, tile)
    return Answered(queue, days, runs, seed, delay)


def staff_for(
    queue: Queue, within_days: float, share: float, days: float = 365, runs: int = 200,
    seed: int = 0,
) -> int | None:  # fmt: skip
    """Return the least staff that answers a share of all requests within so many days.

    More staff never lets a request wait longer, so the least is found by doubling and halving.

    Parameters
    ----------
    queue
        its own staff does not count
    share
        in [0, 1]
    days, runs, seed
        as for `answers`

    Returns
    -------
    int or None
        None if not even 1000 suffice: either the work itself takes too long, or there is too much

    Raises
    ------
    OutOfScope
        if `share` lies outside [0, 1], or as for `answers`

    Examples
    --------
    >>> staff_for(Queue(6, 1, 0.5, 0.5), within_days=3, share=0.95)
    4
    """
    inside("share", share, 0, 1)
    count = requests_in(queue, days, runs)
    if at_once(queue, within_days, (count, runs, seed)) < share:
        return None

    def suffices(staff: int) -> bool:
        found = answers(replace(queue, staff=staff), days, runs, seed)
        return found.within(within_days) >= share

    least, enough = 0, 1
    while not suffices(enough):
        if enough == MOST_STAFF:
            return None
        least, enough = enough, min(2 * enough, MOST_STAFF)
    while enough - least > 1:
        middle = (least + enough) // 2
        least, enough = (least, middle) if suffices(middle) else (middle, enough)
    return enough


def survivals(
    asked_day: Array | float, retention_days: Array | float, delays: Array,
    deletion_per_day: float = 0.0,
) -> Array:  # fmt: skip
    """Return the chance that each piece can still be had when its request is answered.

    P = mean of 1(t + D ≤ T) · exp(−δ (t + D)) over the delays D: sorted once, with running sums
    of exp(−δ D), so that one search answers each request.

    Parameters
    ----------
    asked_day
        t: days from the day the piece came into being to the request, 0 to one million; any shape
    retention_days
        T: days for which it is kept, infinity for ever; broadcast against `asked_day`
    delays
        D: delays that are equally likely [days], of any shape; infinity is never
    deletion_per_day
        δ: rate at which pieces are lost before their time, 0 to 1

    Returns
    -------
    Array
        chances in [0, 1], float64, of the broadcast shape

    Raises
    ------
    OutOfScope
        if a number is outside its range or missing, or there are no delays

    Examples
    --------
    >>> survivals(np.array([170, 177, 178]), 180, np.array([2.0, 3.0]))
    array([1. , 1. , 0.5])
    """
    asked, kept, delays = checked(asked_day, retention_days, delays)
    inside("deletion_per_day", deletion_per_day, 0, 1)
    known = np.sort(delays[np.isfinite(delays)], axis=None)
    weights = np.concatenate([[0.0], np.cumsum(np.exp(-deletion_per_day * known))]) / delays.size
    chances = np.empty(asked.size)
    for first in range(0, asked.size, BATCH):
        part = slice(first, first + BATCH)
        day = asked.reshape(-1)[part]
        there = np.searchsorted(known, kept.reshape(-1)[part] - day, side="right")
        np.multiply(weights[there], np.exp(-deletion_per_day * day), out=chances[part])
    return chances.reshape(asked.shape)


def checked(
    asked_day: Array | float, retention_days: Array | float, delays: Array
) -> tuple[Array, Array, Array]:
    """Return what `survivals` is given, with one period for each request; refuse what is none."""
    inside("delays", np.size(delays), 1, np.inf)
    for key, days, high in (
        ("asked_day", asked_day, MOST_DAYS),
        ("retention_days", retention_days, np.inf),
        ("delays", delays, np.inf),
    ):
        for value in (np.min(days, initial=0.0), np.max(days, initial=0.0)):
            inside(key, float(value), 0, high)
    both = (np.asarray(each, float) for each in (asked_day, retention_days))
    asked, kept = np.broadcast_arrays(*both)
    return asked, kept, np.asarray(delays, float)


def at_once(queue: Queue, within_days: float, drawing: tuple[int, int, int]) -> float:
    """Return the share of answers that take no longer than so many days once begun."""
    count, runs, seed = drawing
    short = 0
    for first in range(0, runs, TILE):
        width = min(TILE, runs - first)
        for _, service in drawn(queue, count, width, (seed, first // TILE)):
            short += int(np.count_nonzero(service <= within_days))
    return short / (count * runs)


def requests_in(queue: Queue, days: float, runs: int) -> int:
    """Return the number of requests of a run."""
    inside("days", days, 0, MOST / queue.per_day)
    count = max(1, round(queue.per_day * days))
    inside("runs", runs, 1, MOST // count)
    return count


def inside(key: str, value: float, low: float, high: float) -> None:
    """Refuse a value outside its range."""
    if not low <= value <= high:
        raise OutOfScope("parameter-out-of-range", key=key, value=value, low=low, high=high)
