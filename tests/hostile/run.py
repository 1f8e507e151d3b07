"""All kinds of attack, one after the other, each for its numbers or its time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from hostile.visitor import Visitor
from hostile.worker import Worker

EVER = 1e9


def attack(
    seed: int, numbers: Mapping[str, Iterable[int]], seconds: Mapping[str, float] | None = None
) -> tuple[dict[str, int], list[str], list[str]]:
    """Try inputs of each kind.

    Parameters
    ----------
    numbers
        which inputs of ``frames``, ``requests``, ``links``, ``opened`` and ``files``
    seconds
        for how long at most, by kind; absent: until all are tried

    Returns
    -------
    tuple
        how many of each kind were tried, what went wrong, what lessons' kernels reported
    """
    seconds = seconds or {}
    done, wrong = {}, []
    for kind in ("links", "files"):
        found = Worker(seed, kind[:-1]).run(numbers[kind], seconds.get(kind, EVER))
        done[kind] = found[0]
        wrong += found[1]
    visitor = Visitor(seed)
    acts = {"frames": visitor.frame, "requests": visitor.request, "opened": visitor.link}
    for kind, act in acts.items():
        done[kind] = _repeat(act, numbers[kind], seconds.get(kind, EVER))
    reports = visitor.end()
    return done, wrong + visitor.wrong, reports


def _repeat(act, numbers: Iterable[int], seconds: float) -> int:
    until, done = time.monotonic() + seconds, 0
    for number in numbers:
        if time.monotonic() > until:
            break
        act(number)
        done += 1
    return done
