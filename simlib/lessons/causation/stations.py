"""What the picture of lesson 03 shows: gates in a row, cards beside each other, and her money.

The model of acts says whether the loss happens; what came to each card, the transfers say. Where an
act is off, her money takes the cards that are left: through a single one all of it, and how several
would have shared it nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from simlib.chain import direct_receipts

if TYPE_CHECKING:
    from simlib.causation.act_graph import Graph, Groups
    from simlib.lessons.causation.outcomes import Chain
    from simlib.money import Fen

GONE = ("off", "lost")
Row: TypeAlias = tuple[tuple[str, ...], ...]  # of each group any one act is enough


def state_of(acts: Graph, id: str, off: frozenset[str]) -> str:
    """Return an act's state: off, lost (a need is gone), idle (nothing needs it), ready (not used),
    after, or on.

    What follows the loss is lost where there is no loss.
    """
    late = acts.node(id).after_loss
    if id in off:
        return "off"
    if id not in acts.effective(off) or (late and not acts.happens(off)):
        return "lost"
    if late:
        return "after"
    if id in acts.ready and not acts.without(off).used.of(acts.node(id).party) & {id}:
        return "ready"
    return "on" if id in acts.behind else "idle"


@dataclass(frozen=True, slots=True)
class Gate:
    """An act her money must get past.

    Attributes
    ----------
    act, shut
        its id, and whether it takes no effect
    lane
        which part of the pipe it shuts, from 0 to 1
    """

    act: str
    lane: tuple[float, float]
    shut: bool


@dataclass(frozen=True, slots=True)
class Pay:
    """A card that her money came to, or could have come to.

    Attributes
    ----------
    act, shut
        the act that lent it, and whether that takes no effect
    got, now
        what came to it, and what comes to it as the switches stand [fen]
    sure
        whether the latter is known
    """

    act: str
    got: Fen
    now: Fen
    sure: bool
    shut: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Her money on its way.

    Attributes
    ----------
    gates, cards
        those before the fork, and those behind it, if it is known what came to each
    stop
        the first gate no lane of which is open; at the fork that is how many gates there are;
        None: the loss happens
    lost
        how much she loses [fen]
    late, idle
        acts of helpers after the loss, and acts that lead nowhere
    """

    gates: tuple[Gate, ...]
    cards: tuple[Pay, ...]
    stop: int | None
    lost: Fen
    late: tuple[str, ...]
    idle: tuple[str, ...]


def run(found: Chain) -> Run | None:
    """Return her money's way; None where the acts are no row of gates and cards."""
    acts, off = found.acts, found.off
    row = _row(acts)
    if row is None or any(part.fen is None for part in acts.parts):
        return None
    paid = next((group for group in row if _is_paid(found, group)), ())
    before = [group for group in row if group != paid]
    gates = [gate for group in before for gate in _gates(found, group)] + _lanes(found)
    averted = max((part.fen or 0 for part in acts.averted(off)), default=0)
    lost = found.case.loss_fen - averted if found.happens else 0
    stop = None if found.happens else _stop(found, before, len(gates))
    early = [node for node in acts.nodes if not node.after_loss]
    late = (node for node in acts.nodes if node.after_loss)
    helpers = (node.id for node in late if found.case.party(node.party).role != "principal")
    idle = (node.id for node in early if node.id not in acts.behind)
    cards = _cards(found, paid, lost)
    return Run(tuple(gates), cards, stop, lost, tuple(helpers), tuple(idle))


def _row(acts: Graph) -> Row | None:
    """Return the groups the loss needs, what one needs before it; None if they are no row."""
    found: dict[tuple[str, ...], None] = {}
    _line_up(acts, acts.loss_needs, found)
    ids = [id for group in found for id in group]
    met = all(group in found for id in ids for group in acts.node(id).needs)
    return tuple(found) if ids and met and len(set(ids)) == len(ids) else None


def _line_up(acts: Graph, groups: Groups, found: dict[tuple[str, ...], None]) -> None:
    for group in groups:
        if len(group) == 1:
            _line_up(acts, acts.node(group[0]).needs, found)
        found.setdefault(group)


def _is_paid(found: Chain, group: tuple[str, ...]) -> bool:
    """Whether the cards of a group got what she lost, each what its holder got."""
    parties = [found.acts.node(id).party for id in group]
    got = sum(_got(found, id) for id in group)
    return len(set(parties)) == len(parties) and got == found.case.loss_fen


def _got(found: Chain, act: str) -> Fen:
    return direct_receipts(found.case, found.acts.node(act).party) or 0


def is_shut(found: Chain, act: str) -> bool:
    """Whether an act is off, or lacks what it needs."""
    return state_of(found.acts, act, found.off) in GONE


def _gates(found: Chain, group: tuple[str, ...]) -> list[Gate]:
    number = len(group)
    return [
        Gate(id, (n / number, (n + 1) / number), is_shut(found, id)) for n, id in enumerate(group)
    ]


def _lanes(found: Chain) -> list[Gate]:
    """Gates that shut a part of the pipe: what was left undone after notice."""
    whole = found.case.loss_fen
    return [
        Gate(id, (1 - (part.fen or 0) / whole, 1), is_shut(found, id))
        for part in found.acts.parts
        for id in part.members
    ]


def _stop(found: Chain, before: list[tuple[str, ...]], fork: int) -> int:
    """Where her money stops: at the first gate of a group all of which is shut, or at the fork."""
    place = 0
    for group in before:
        if all(is_shut(found, id) for id in group):
            return place
        place += len(group)
    return fork


def _cards(found: Chain, group: tuple[str, ...], lost: Fen) -> tuple[Pay, ...]:
    """The cards as they stand, with what comes to each."""
    got = {id: _got(found, id) for id in group}
    shut = {id: is_shut(found, id) for id in group}
    left = [id for id in group if not shut[id]] if lost else []
    total = sum(got[id] for id in left)
    as_it_was = total == lost
    pays = []
    for id in group:
        share = got[id] / total if total else 1 / max(1, len(left))
        now = round(share * lost) if id in left else 0
        sure = as_it_was or len(left) <= 1
        pays.append(Pay(id, got[id], now, sure, shut[id]))
    return tuple(pays)
