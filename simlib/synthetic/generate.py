"""Draw a chain layer by layer, put all transfers in the order of time, and number its people."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from simlib.case.columns import UNDATED, Columns, IntArray
from simlib.errors import SyntheticError
from simlib.synthetic.layer import (
    MINUTE,
    YUAN,
    Group,
    People,
    Stream,
    circle,
    cut,
    freeze,
    keep,
    leave,
    mix,
    pay_out,
    pay_services,
    people,
    receive,
    stream,
)
from simlib.synthetic.model import PROMOTION, SHOP, TECH, Chain, Numbered
from simlib.synthetic.plan import Plan, plan
from simlib.synthetic.settings import chosen

if TYPE_CHECKING:
    import numpy as np

ROW_BITS = 24  # 16.7 million rows


def by_time(streams: list[Stream]) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray]:
    """Return all streams as five columns, in the order of time; within a second as they were drawn.

    The streams are used up on the way: at 10⁷ transfers two copies are a matter of memory.
    """
    import numpy as np

    n = sum(len(part) for part in streams)
    key = np.concatenate([part.at for part in streams], dtype=np.int64)
    key <<= ROW_BITS
    key |= np.arange(n)
    key.sort()
    row = (key & ((1 << ROW_BITS) - 1)).astype(np.int32)
    key >>= ROW_BITS
    parts = [(s.payer, s.payee, s.amount, s.fee) for s in streams]
    streams.clear()
    kinds = (np.int32, np.int32, np.int64, np.int64)
    columns: list[IntArray] = []
    for place, kind in enumerate(kinds):
        column = np.concatenate([part[place] for part in parts], dtype=kind, casting="unsafe")
        columns.append(column[row])
    payer, payee, amount, fee = columns
    return payer, payee, amount, fee, key


def renumber(
    payer: IntArray, payee: IntArray, groups: Sequence[Group]
) -> tuple[tuple[str, ...], IntArray, IntArray, IntArray]:
    """Number everybody by first appearance, in place; who never appears is dropped.

    Returns
    -------
    tuple
        the names; the number each had before; role and layer of each, int8
    """
    import numpy as np

    count, n = groups[-1].start + groups[-1].count, len(payer)
    first = np.full(count, 2 * n, np.int64)
    for ends, shift in ((payee, 1), (payer, 0)):
        seen = np.full(count, 2 * n, np.int64)
        seen[ends[::-1]] = np.arange(2 * (n - 1) + shift, -1, -2)  # the earliest is written last
        np.minimum(first, seen, out=first)
    old = np.argsort(first, kind="stable")[: int((first < 2 * n).sum())]
    new = np.full(count, -1, np.int32)
    new[old] = np.arange(len(old))
    for ends in (payer, payee):
        ends[:] = new[ends]
    group = np.repeat(np.arange(len(groups)), [g.count for g in groups])[old]
    role = np.array([one.role for one in groups], np.int8)[group]
    layer = np.array([one.layer for one in groups], np.int8)[group]
    return _names(group, groups), old, role, layer


def _names(group: IntArray, groups: Sequence[Group]) -> tuple[str, ...]:
    """Return an id for each, counted within its group in the order of appearance."""
    import numpy as np

    names = np.empty(len(group), object)
    for place, one in enumerate(groups):
        mine = np.flatnonzero(group == place)
        names[mine] = [one.name(n + 1) for n in range(len(mine))]
    return tuple(names)


SMALLEST, LARGEST = 10, 10_000_000
MOST_LAYERS = 4
CHINA = datetime.timezone(datetime.timedelta(hours=8))
MIDNIGHT = datetime.datetime(2024, 5, 20, tzinfo=CHINA)  # an invented first day
ByCard: TypeAlias = tuple[IntArray, IntArray]  # the cards, and how much of each [fen]
HOUR, DAY = 60 * MINUTE, 24 * 60 * MINUTE  # seconds


def generate(
    size: int,
    *,
    rng: np.random.Generator,
    victims: int | None = None,
    layers: int = 3,
    settings: Mapping[str, float] | None = None,
) -> Chain:
    """Return an invented fraud chain: teaching material and a load for tests, never a picture of a
    case.

    1. the victims, their losses and their payments
    2. layer by layer: payments are gathered on cards, holders keep their gain, services are paid,
       honest money comes in, some money stays to be frozen, the rest goes on in pieces
    3. the last layer's pieces leave as cash or crypto
    4. everything in the order of time

    Ten million take seconds and about 100 bytes each at the peak (`tests/bench/synthetic.py`).

    Parameters
    ----------
    size
        how many transfers, exactly: 10 to 10 000 000
    rng
        chance; the same state gives the same chain
    victims
        how many; absent = as many as the settings make of the size
    layers
        layers of cards, 1 to 4
    settings
        other values of `simlib.synthetic.settings()`, by key

    Raises
    ------
    SyntheticError
        if size, victims, layers or a setting lies outside its range
    UnknownName
        if there is no such setting

    Examples
    --------
    >>> import numpy as np
    >>> chain = generate(25, rng=np.random.default_rng(1), victims=3)
    >>> len(chain), chain.victims
    (25, ('v1', 'v2', 'v3'))
    """
    _within("size", size, SMALLEST, LARGEST)
    _within("layers", layers, 1, MOST_LAYERS)
    if victims is not None:
        _within("victims", victims, 1, size - layers)
    values = MappingProxyType(chosen(settings))
    planned = plan(size, layers, victims, values)
    everybody = people(planned, values)
    kept = Kept()
    streams = list(_streams(planned, everybody, values, kept, rng))
    return _chain(streams, everybody, values, kept, layers)


def _within(key: str, value: int, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise SyntheticError(f"{key}-out-of-range", value=value, low=low, high=high)


@dataclass(slots=True)
class Kept:
    """What stays on cards, as it is drawn: the holders' gains, and the money left to be frozen."""

    gains: list[ByCard] = field(default_factory=list)  # of each layer
    stays: list[ByCard] = field(default_factory=list)


def _streams(
    planned: Plan, everybody: People, values: Mapping[str, float], kept: Kept,
    rng: np.random.Generator,
) -> Iterator[Stream]:  # fmt: skip
    """Yield every transfer, a stream for each kind; `kept` gets what each layer's cards keep."""
    flow = payments(planned, everybody, values, rng)
    target = float(flow.amount.sum()) * values["frozen.share"] / len(planned.stages)
    for stage, cards in zip(planned.stages, everybody.cards, strict=True):
        flow, batches = receive(flow, stage, cards, rng)
        yield flow
        gain = keep(batches, values["gain.payment"])
        kept.gains.append((batches.card, gain))
        free = batches.amount - gain
        for kind in ("tech", "promotion"):
            paid, services = pay_services(
                batches, getattr(stage, kind), values[f"gain.{kind}"],
                getattr(everybody, kind), values, rng,
            )  # fmt: skip
            free -= paid
            yield services
        yield from mix(batches, stage, everybody.shops, values, rng)
        before = everybody.cards[max(0, stage.layer - 2)]
        ready, round_trip = circle(batches, free, stage.circles, before, values, rng)
        yield from round_trip
        stays = freeze(batches, free, target, rng)
        kept.stays.append((batches.card, stays))
        flow = pay_out(batches, free - stays, ready, stage.pieces, values, rng)
    yield leave(flow, everybody, values["exit.crypto"], rng)


def payments(
    planned: Plan, everybody: People, values: Mapping[str, float], rng: np.random.Generator
) -> Stream:
    """Return what the victims pay to the first layer; which card is drawn there."""
    import numpy as np

    victims, n = planned.victims, planned.payments
    counts = 1 + np.bincount(rng.integers(0, victims, n - victims), minlength=victims)
    spread, unit = values["loss.spread"], int(values["amount.unit"] * YUAN)
    drawn = np.exp(spread * rng.standard_normal(victims) - spread**2 / 2) * values["loss.mean"]
    least = counts * int(values["loss.least"])
    loss = np.maximum(least, drawn).astype(np.int64) * YUAN
    loss = np.maximum(loss // unit, 1) * unit
    amount = cut(loss, counts, values["piece.spread"], unit, rng)
    days = max(1, min(values["days.most"], n / values["payments.per_day"]))
    first = rng.integers(0, int(days), victims) * DAY + int(values["day.opens"] * HOUR)
    first += rng.integers(0, int(values["day.hours"] * HOUR), victims)
    later = rng.standard_exponential(n) * values["payments.hours"] * HOUR
    at = np.repeat(first, counts) + later.astype(np.int64)
    return stream(np.repeat(np.arange(victims), counts), -1, amount, at)


def _chain(
    streams: list[Stream], everybody: People, values: Mapping[str, float], kept: Kept, layers: int
) -> Chain:
    """Return the streams as one chain: in order, people named as they appear, balances reckoned."""
    import numpy as np

    payer, payee, amount, fee, at = by_time(streams)
    names, old, role, layer = renumber(payer, payee, everybody.groups())
    at += round(MIDNIGHT.timestamp())
    at *= 1_000_000
    columns = Columns(names, Numbered("t", len(at)), payer, payee, amount, fee, at, (CHINA,))
    income = sums(payee, amount, len(names))
    shop, service = role == SHOP, (role == TECH) | (role == PROMOTION)
    opening = np.where(shop, sums(payer, amount, len(names)), 0)
    everyone = everybody.wallets.start + everybody.wallets.count
    gain = _by_card(kept.gains, everyone)[old] + np.where(service, income, 0)
    stays = _by_card(kept.stays, everyone)[old] > 0
    left = income - sums(payer, amount, len(names)) - sums(payer, fee, len(names))
    frozen = np.where(stays, left, 0)
    last = last_seen(columns) + int(values["freeze.minutes"] * MINUTE) * 1_000_000
    frozen_at = np.where(stays, last, UNDATED)
    return Chain(columns, layers, role, layer, opening, frozen, frozen_at, gain, values)


def _by_card(kept: list[ByCard], everyone: int) -> IntArray:
    """Return what each card keeps, all its batches together [fen]."""
    import numpy as np

    whole = np.zeros(everyone, np.int64)
    for card, fen in kept:
        whole += sums(card, fen, everyone)
    return whole


def last_seen(columns: Columns) -> IntArray:
    """Return when each name last paid or was paid [microseconds]."""
    import numpy as np

    last = np.zeros(len(columns.names), np.int64)
    for ends in (columns.payer, columns.payee):
        seen = np.zeros(len(last), np.int64)
        seen[ends] = columns.at_us  # in the order of time: the latest is written last
        np.maximum(last, seen, out=last)
    return last


def sums(where: IntArray, fen: IntArray, count: int) -> IntArray:
    """Return the money of each place together [fen]; exact below 2⁵³ fen, far above any chain's
    money."""
    import numpy as np

    return np.bincount(where, fen, count).astype(np.int64)
