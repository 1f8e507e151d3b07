"""One layer of cards: money comes in, is gathered into batches, and goes out again.

No card ever pays more than it holds: whatever a batch pays out is bounded by what came in before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.case.columns import IntArray
from simlib.synthetic.model import CARD, CASH, PROMOTION, SHOP, TECH, VICTIM, WALLET
from simlib.synthetic.plan import Plan, Stage

if TYPE_CHECKING:
    import numpy as np

LETTERS = {VICTIM: "v", CARD: "c", SHOP: "s", TECH: "tech", PROMOTION: "promo", CASH: "cash"}
LETTERS[WALLET] = "w"


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive numbers: `count` people or accounts of one role, from `start`."""

    role: int
    layer: int
    start: int
    count: int

    def any(self, n: int, rng: np.random.Generator) -> IntArray:
        """Return n of them, each drawn alone."""
        return rng.integers(self.start, self.start + self.count, n)

    def name(self, n: int) -> str:
        """Return the id of its n-th, counted from 1. Nothing like a card's or a person's number."""
        return f"{LETTERS[self.role]}{self.layer}-{n}" if self.layer else f"{LETTERS[self.role]}{n}"


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the chain."""

    victims: Group
    cards: tuple[Group, ...]
    shops: Group
    tech: Group
    promotion: Group
    cash: Group
    wallets: Group

    def groups(self) -> list[Group]:
        """Return all of them in the order of their numbers."""
        services = (self.tech, self.promotion, self.cash, self.wallets)
        return [self.victims, *self.cards, self.shops, *services]


def people(plan: Plan, values: Mapping[str, float]) -> People:
    """Return as many of each as the plan's batches and the settings make."""
    batches = [stage.batches for stage in plan.stages]
    cards = [max(min(2, n), round(n / values["card.batches"])) for n in batches]
    shops = max(1, round(sum(cards) * values["honest.shops"]))
    services = int(values["service.accounts"])
    wanted = [(VICTIM, 0, plan.victims), *((CARD, k, n) for k, n in enumerate(cards, start=1))]
    wanted += [(SHOP, 0, shops), (TECH, 0, services), (PROMOTION, 0, services)]
    wanted += [(CASH, 0, 1), (WALLET, 0, cards[-1])]
    groups, start = [], 0
    for role, layer, count in wanted:
        groups.append(Group(role, layer, start, count))
        start += count
    layers = len(cards)
    return People(groups[0], tuple(groups[1 : layers + 1]), *groups[layers + 1 :])


YUAN = 100  # fen
MINUTE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Stream:
    """Some transfers: who pays and who is paid (numbers), how much and when.

    `amount` and `fee` in fen, `at` in seconds from the first midnight of the chain.
    """

    payer: IntArray
    payee: IntArray
    amount: IntArray
    fee: IntArray
    at: IntArray

    def __len__(self) -> int:
        return len(self.at)


def stream(payer: IntArray | int, payee: IntArray | int, amount: IntArray, at: IntArray) -> Stream:
    """Return transfers without fees; one payer or payee may stand for all."""
    import numpy as np

    n = len(at)
    payers, payees = (np.broadcast_to(np.asarray(end), n) for end in (payer, payee))
    return Stream(payers, payees, amount, np.zeros(n, np.int64), at)


def wait(n: int, mean_s: float, rng: np.random.Generator) -> IntArray:
    """Return n waiting times of at least a second, exponential beyond it [s]."""
    import numpy as np

    return 1 + (rng.standard_exponential(n) * mean_s).astype(np.int64)


def in_proportion(extra: int, weights: IntArray, rng: np.random.Generator) -> IntArray:
    """Return whole numbers that sum to `extra`, about by weights (systematic sampling)."""
    import numpy as np

    reach = np.cumsum(weights, dtype=np.float64)
    marks = np.floor(reach / reach[-1] * extra + rng.random()).astype(np.int64)
    parts: IntArray = np.diff(marks, prepend=0)
    return parts


def cut(
    totals: IntArray, counts: IntArray, spread: float, unit: int, rng: np.random.Generator
) -> IntArray:
    """Return each total in so many pieces, more or less equal, every fen of it [fen].

    1. a weight in [1 − spread, 1 + spread] for each piece
    2. all pieces but the last of a total: its part rounded down to `unit`; to a yuan or a fen
       where the pieces would be smaller than four of those
    3. the last: what is left
    """
    import numpy as np

    weights = 1 + spread * (2 * rng.random(int(counts.sum())) - 1)
    starts = np.cumsum(counts) - counts
    each = totals // (4 * counts)
    units = np.where(each >= unit, unit, np.where(each >= YUAN, YUAN, 1))
    per_unit = totals / (np.add.reduceat(weights, starts) * units)
    pieces: IntArray = (weights * np.repeat(per_unit, counts)).astype(np.int64)
    pieces *= np.repeat(units, counts)
    pieces[starts + counts - 1] += totals - np.add.reduceat(pieces, starts)
    return pieces


def gather(at: IntArray, batches: int, rng: np.random.Generator) -> IntArray:
    """Return how many of the payments, taken in the order of time, each of so many batches
    holds."""
    import numpy as np

    more = rng.integers(0, batches, len(at) - batches)
    return 1 + np.bincount(more, minlength=batches)


@dataclass(frozen=True, slots=True)
class Batches:
    """What a layer's batches are: on which card, how much, when all of it was there."""

    card: IntArray
    amount: IntArray  # of victims' money as it came in [fen]
    last: IntArray  # when the last of it came [s]


def receive(
    inflow: Stream, stage: Stage, cards: Group, rng: np.random.Generator
) -> tuple[Stream, Batches]:
    """Send payments to cards; return them, and the batches they make there."""
    import numpy as np

    order = np.argsort(inflow.at, kind="stable")
    at, amount = inflow.at[order], inflow.amount[order]
    sizes = gather(at, stage.batches, rng)
    ends = np.cumsum(sizes)
    card = cards.start + rng.permutation(stage.batches) % cards.count
    batches = Batches(card, np.add.reduceat(amount, ends - sizes), at[ends - 1])
    payee = np.repeat(card, sizes)
    return Stream(inflow.payer[order], payee, amount, inflow.fee[order], at), batches


def keep(batches: Batches, rate: float) -> IntArray:
    """Return what the card's holder keeps of each batch, in whole yuan [fen]."""
    import numpy as np

    return (batches.amount * rate).astype(np.int64) // YUAN * YUAN


def pay_services(
    batches: Batches, count: int, gain: float, to: Group, values: Mapping[str, float],
    rng: np.random.Generator,
) -> tuple[IntArray, Stream]:  # fmt: skip
    """Return what each batch pays for a service [fen], and the transfers of those that do.

    `count` batches, drawn, pay; all in all it is `gain` of the flow. No batch pays more than
    `service.most` of what it holds.
    """
    import numpy as np

    paid = np.zeros(len(batches.card), np.int64)
    who = rng.permutation(len(paid))[:count]
    rate = min(values["service.most"], gain * len(paid) / max(1, count))
    paid[who] = np.maximum(1, (batches.amount[who] * rate).astype(np.int64) // YUAN) * YUAN
    at = batches.last[who] + wait(count, values["hop.minutes"] * MINUTE, rng)
    return paid, stream(batches.card[who], to.any(count, rng), paid[who], at)


def mix(
    batches: Batches, stage: Stage, shops: Group, values: Mapping[str, float],
    rng: np.random.Generator,
) -> list[Stream]:  # fmt: skip
    """Return honest payments into the cards while a batch gathers, and what of them is spent
    again."""
    import numpy as np

    where = rng.integers(0, len(batches.card), stage.honest)
    spread = values["honest.spread"]
    drawn = np.exp(spread * rng.standard_normal(stage.honest) - spread**2 / 2)
    amount = np.maximum(1, (drawn * values["honest.mean"]).astype(np.int64)) * YUAN
    early = rng.integers(0, MINUTE * max(1, int(values["hop.minutes"])), stage.honest)
    at = np.maximum(0, batches.last[where] - early)
    into = stream(shops.any(stage.honest, rng), batches.card[where], amount, at)
    spent = rng.permutation(stage.honest)[: stage.spent]
    later = batches.last[where[spent]] + wait(stage.spent, values["hop.minutes"] * MINUTE, rng)
    back = stream(batches.card[where[spent]], shops.any(stage.spent, rng), amount[spent], later)
    return [into, back]


def freeze(batches: Batches, free: IntArray, target: float, rng: np.random.Generator) -> IntArray:
    """Return what of each batch stays on its card for good, so that about `target` does [fen].

    Only the last batch of a card can stay, the cards taken in a drawn order; where one is more than
    what the target still lacks, up to half of it and of the next ones. One batch at least goes on.
    """
    import numpy as np

    latest = np.full(int(batches.card.max()) + 1, -1)
    latest[batches.card] = np.arange(len(batches.card))
    kept = np.zeros(len(free), np.int64)
    order = rng.permutation(latest[latest >= 0])
    reach = np.cumsum(free[order])
    whole = reach <= target
    whole[-1] = False
    kept[order[whole]] = free[order[whole]]
    parts = order[int(whole.sum()) :]
    halves = free[parts] // (2 * YUAN) * YUAN
    lacking = int(target - kept.sum()) // YUAN * YUAN - (np.cumsum(halves) - halves)
    kept[parts] = np.clip(lacking, 0, halves)
    return kept


def circle(
    batches: Batches, free: IntArray, count: int, before: Group, values: Mapping[str, float],
    rng: np.random.Generator,
) -> tuple[IntArray, list[Stream]]:  # fmt: skip
    """Send a part of some batches to a card of the layer before and back; return when each is
    back, and the transfers."""
    import numpy as np

    ready = batches.last.copy()
    who = rng.permutation(len(ready))[:count]
    part = np.maximum(1, (free[who] * values["circle.part"]).astype(np.int64))
    part = np.where(part >= YUAN, part // YUAN * YUAN, part)
    through, hop = before.any(count, rng), values["hop.minutes"] * MINUTE
    out = ready[who] + wait(count, hop, rng)
    back = out + wait(count, hop, rng)
    ready[who] = back
    card = batches.card[who]
    return ready, [stream(card, through, part, out), stream(through, card, part, back)]


def pay_out(
    batches: Batches, free: IntArray, ready: IntArray, pieces: int,
    values: Mapping[str, float], rng: np.random.Generator,
) -> Stream:  # fmt: skip
    """Return what is left of each batch, in pieces; the next layer draws who gets them.

    A fee, where one is taken, comes out of the piece.
    """
    import numpy as np

    going = np.flatnonzero(free > 0)
    counts = 1 + in_proportion(pieces - len(going), free[going], rng)
    unit = int(values["amount.unit"] * YUAN)
    amount = cut(free[going], counts, values["piece.spread"], unit, rng)
    start = ready[going] + wait(len(going), values["hop.minutes"] * MINUTE, rng)
    at = np.repeat(start, counts) + wait(pieces, values["piece.minutes"] * MINUTE, rng) - 1
    fee = (amount * values["fee.rate"]).astype(np.int64) // YUAN * YUAN
    fee[rng.random(pieces) >= values["fee.often"]] = 0
    payer = np.repeat(batches.card[going], counts)
    return Stream(payer, np.full(pieces, -1), amount - fee, fee, at)


def leave(pieces: Stream, people: People, crypto: float, rng: np.random.Generator) -> Stream:
    """Return the last layer's pieces: each to a wallet or drawn in cash."""
    import numpy as np

    n = len(pieces)
    to_wallet = rng.random(n) < crypto
    payee = np.where(to_wallet, people.wallets.any(n, rng), people.cash.start)
    return Stream(pieces.payer, payee, pieces.amount, pieces.fee, pieces.at)
