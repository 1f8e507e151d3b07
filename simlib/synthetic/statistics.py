"""What a chain came out as, beside what was published of real ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from simlib.case.columns import UNDATED, FloatArray, IntArray
from simlib.money import Fen
from simlib.synthetic.model import CARD, CASH, PROMOTION, SHOP, TECH, VICTIM, WALLET, Chain
from simlib.synthetic.settings import published

# key, value, unit, and the layer where it is one layer's
Number: TypeAlias = tuple[str, float | None, str] | tuple[str, float | None, str, int]
MICROSECONDS = 1_000_000
FEN = 100  # in a yuan


@dataclass(frozen=True, slots=True)
class Statistic:
    """One number of a chain.

    Attributes
    ----------
    key
        what it is: `texts/*/synthetic.toml`; `layer` tells of which layer, 0 of the whole chain
    value
        None where the chain has nothing to reckon it from
    unit
        `count`, `share`, `yuan`, `minute`, `ratio` or `day`
    low, high, sources
        the published figure or range, and whose; None and empty where none is known to us
    inside
        whether the value lies within what was published; None where nothing was
    """

    key: str
    layer: int
    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    sources: tuple[str, ...] = ()
    inside: bool | None = None

    def to_json(self) -> dict[str, object]:
        """Return plain data."""
        data: dict[str, object] = {key: getattr(self, key) for key in self.__slots__}
        return data | {"sources": list(self.sources)}


def statistics(chain: Chain) -> tuple[Statistic, ...]:
    """Return the statistics of a chain, in the order of a report.

    Shares of where the money ended are shares of all the victims lost. What is frozen is an upper
    bound of what can come back: honest money lies in it, and not all of it is given back.
    """
    numbers = [*_whole(chain), *_gains(chain), *_ends(chain), *_layers(chain)]
    return tuple(_beside(*number) for number in numbers)


def _beside(key: str, value: float | None, unit: str, layer: int = 0) -> Statistic:
    known = published().get(key)
    if known is None:
        return Statistic(key, layer, value, unit)
    inside = None if value is None else known.low <= value <= known.high
    return Statistic(key, layer, value, unit, known.low, known.high, known.sources, inside)


def _whole(chain: Chain) -> Iterator[Number]:
    columns, victims = chain.columns, (chain.role == VICTIM).sum()
    loss, paying = _paid(chain, VICTIM), chain.role[columns.payer] == VICTIM
    yield "transfers", len(columns), "count"
    yield "victims", int(victims), "count"
    yield "loss.total", loss / FEN, "yuan"
    yield "loss.mean", loss / FEN / int(victims), "yuan"
    yield "payment.mean", loss / FEN / int(paying.sum()), "yuan"
    yield "days", (int(columns.at_us[-1]) - int(columns.at_us[0])) / MICROSECONDS / 86_400, "day"


def _gains(chain: Chain) -> Iterator[Number]:
    """Yield gains over what passed through the cards, or over the loss for services."""
    loss, columns = _paid(chain, VICTIM), chain.columns
    card, depth = chain.role == CARD, chain.layer
    onwards = card[columns.payee] & (chain.role[columns.payer] != SHOP)
    ahead = onwards & (depth[columns.payee] > depth[columns.payer])
    # what went round through an earlier card passed the later one once, not twice
    flow = int(columns.amount_fen[ahead].sum()) - int(columns.amount_fen[onwards & ~ahead].sum())
    yield "gain.payment", int(chain.gain_fen[card].sum()) / flow, "share"
    for key, role in (("tech", TECH), ("promotion", PROMOTION)):
        yield f"gain.{key}", int(chain.gain_fen[chain.role == role].sum()) / loss, "share"


def _ends(chain: Chain) -> Iterator[Number]:
    """Yield where the money lay at the end, over the loss."""
    loss, frozen = _paid(chain, VICTIM), chain.frozen_at_us != UNDATED
    for key, role in (("cash", CASH), ("crypto", WALLET)):
        yield f"end.{key}", _received(chain, role) / loss, "share"
    services = _received(chain, TECH) + _received(chain, PROMOTION)
    yield "end.services", services / loss, "share"
    yield "end.frozen", int(chain.frozen_fen[frozen].sum()) / loss, "share"
    left = _balances(chain)[(chain.role == CARD) & ~frozen]
    yield "end.cards", int(left.sum()) / loss, "share"
    yield "end.fees", int(chain.columns.fee_fen.sum()) / loss, "share"


def _layers(chain: Chain) -> Iterator[Number]:
    """Yield of each layer: its cards, its splitting, its mixing, how long money stays."""
    columns = chain.columns
    minutes, at = _hops(chain)
    for layer in range(1, chain.layers + 1):
        mine = (chain.role == CARD) & (chain.layer == layer)
        into, out = mine[columns.payee], mine[columns.payer]
        came = int(columns.amount_fen[into].sum())
        honest = int(columns.amount_fen[into & (chain.role[columns.payer] == SHOP)].sum())
        yield "cards", int(mine.sum()), "count", layer
        yield "split", int(out.sum()) / int(into.sum()), "ratio", layer
        if layer == 1:
            yield "flow.victims", _paid(chain, VICTIM) / came, "share", layer
        yield "flow.honest", honest / came, "share", layer
        yield "hop", _middle(minutes[mine[at]]), "minute", layer


def _hops(chain: Chain) -> tuple[FloatArray, IntArray]:
    """Return for payments out of a card after one in: minutes between, and the card."""
    import numpy as np

    columns, n = chain.columns, len(chain.columns)
    rows = np.arange(n)
    key = np.concatenate(  # account, then row, then in (0) or out (1)
        [columns.payee * np.int64(2 * n) + 2 * rows, columns.payer * np.int64(2 * n) + 2 * rows + 1]
    )
    key.sort()
    account, event = np.divmod(key, 2 * n)
    out = (event & 1).astype(bool)
    next_out = out[1:] & ~out[:-1] & (account[1:] == account[:-1])
    at = columns.at_us[event >> 1]
    apart = (at[1:] - at[:-1])[next_out]
    return apart / MICROSECONDS / 60, account[1:][next_out]


def _middle(values: FloatArray) -> float | None:
    import numpy as np

    return float(np.median(values)) if len(values) else None


def _paid(chain: Chain, role: int) -> Fen:
    columns = chain.columns
    return int(columns.amount_fen[chain.role[columns.payer] == role].sum())


def _received(chain: Chain, role: int) -> Fen:
    columns = chain.columns
    return int(columns.amount_fen[chain.role[columns.payee] == role].sum())


def _balances(chain: Chain) -> IntArray:
    """Return what each name has at the end [fen]."""
    from simlib.synthetic.generate import sums

    columns, count = chain.columns, len(chain.columns.names)
    left = sums(columns.payee, columns.amount_fen, count) + chain.opening_fen
    left -= sums(columns.payer, columns.amount_fen, count)
    return left - sums(columns.payer, columns.fee_fen, count)
