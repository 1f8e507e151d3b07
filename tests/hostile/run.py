"""All kinds of attack, each for its numbers or its time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from hostile.visitor import Visitor
from hostile.worker import Worker, repeat

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
    wrong, done = [], {}
    with ThreadPoolExecutor() as beside:
        tasks = {
            kind: beside.submit(Worker(seed, kind[:-1]).run, numbers[kind], seconds.get(kind, EVER))
            for kind in ("links", "files")
        }
        visitor = Visitor(seed)
        acts = {"frames": visitor.frame, "requests": visitor.request, "opened": visitor.link}
        for kind, act in acts.items():
            done[kind] = repeat(act, numbers[kind], seconds.get(kind, EVER))
        reports = visitor.end()
        for kind, task in tasks.items():
            done[kind], found = task.result()
            wrong += found
    return done, wrong + visitor.wrong, reports
