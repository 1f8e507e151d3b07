"""Thirty visitors at once: how long the last one waits, and what memory a student takes."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from tests.bench.serving import client, peers, process
from tests.bench.serving.peers import Site, tried
from tests.bench.serving.table import Row, at_most

LAST_S, STOCK_SHARE, PRIVATE_MB = 7, 1 / 8, 25
Measured = dict[str, float | None]
KEYS = ("html", "states", "waits", "lost", "private", "pss")


def rows(folder: Path, count: int, rounds: int) -> Iterator[Row]:
    """Times and memory of `count` visitors, medians of `rounds` interleaved rounds."""
    ours, stock = [], []
    for turn in range(rounds):
        place = folder / f"crowd-{turn}"
        place.mkdir()
        ours.append(tried("ours", _crowd, peers.course(), count))
        stock.append(tried("stock", _crowd, peers.stock(place), count))
    mine, theirs = _median(ours), _median(stock)
    yield from _times(mine, theirs, count)
    limit = PRIVATE_MB
    private, pss = "private", "pss"
    yield Row(f"d private memory a student, mean of {count}, MB", theirs[private], None,
              mine[private], f"≤ {limit}", at_most(mine[private], limit))  # fmt: skip
    yield Row(f"d PSS a student, mean of {count}, MB", theirs[pss], None, mine[pss])


def _times(mine: Measured, theirs: Measured, count: int) -> Iterator[Row]:
    for key, what in (("html", "HTML complete"), ("states", "states received")):
        limit = None if theirs[key] is None else theirs[key] * STOCK_SHARE
        said = "" if limit is None else f" = {limit:.1f}"
        budget, reached = f"≤ 1/8 stock{said}", at_most(mine[key], limit)
        if key == "states":
            budget, reached = f"≤ {LAST_S}, {budget}", at_most(mine[key], LAST_S, limit)
        what = f"c {count} at once, last one's {what}, s"
        yield Row(what, theirs[key], None, mine[key], budget, reached)
    lost = "c visitors who got nothing"
    yield Row(lost, theirs["lost"], None, mine["lost"], "0", at_most(mine["lost"], 0))
    yield Row("c pages to wait on that visitors got", theirs["waits"], None, mine["waits"])


def _crowd(running: AbstractContextManager[Site], count: int) -> Measured:
    """One warm-up visit, then all at once; memory while all are connected."""
    with running as site:
        client.leave(*client.visit_together(site.url(), 1))
        process.settled(site.pid)
        visitors, loop = client.visit_together(site.url(), count)
        process.settled(site.pid)
        held = [process.memory(each) for each in process.kernels(site.pid)]
        client.leave(visitors, loop)
    served = [each for each in visitors if each.states]
    assert served, f"none of {count} visitors was served"
    held = sorted(held, key=lambda each: -each["private"])[: len(served)]  # not those in a pool
    assert len(held) == len(served), f"{len(held)} kernels of {site.name} for {len(served)}"
    return {
        "html": max(each.html for each in served),
        "states": max(each.states for each in served),
        "waits": sum(each.waits for each in visitors),
        "lost": count - len(served),
        **{key: statistics.mean(each[key] for each in held) for key in ("private", "pss")},
    }


def _median(measured: list[Measured | None]) -> Measured:
    there = [each for each in measured if each]
    return {key: statistics.median(each[key] for each in there) if there else None for key in KEYS}
