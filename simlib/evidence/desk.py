"""Many offices side by side in arrays: requests drawn, and answered first come, first served."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simlib.evidence.office_queue import Queue
    from simlib.procedure.tile import Array

BLOCK = 16_384  # requests drawn at once, in all runs together
STEPS = 2**16  # a drawn number is one of so many


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
