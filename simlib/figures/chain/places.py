"""Where the accounts of a chain stand: victims above, each layer below the one that pays it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.chain import accounts_of
from simlib.figures.chain.names import left_as, victims_of

if TYPE_CHECKING:
    from simlib.case.model import Case

BOX_PX, GAP_PX, TOP_PX = 80, 46, 6
ACROSS = 3  # boxes in a row: what a phone has room for
WIDTH = 0.3


@dataclass(frozen=True, slots=True)
class Place:
    """A box: its left edge and width as fractions of the whole, its upper edge [pixels]."""

    left: float
    top: int
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Places:
    """Every box, and how tall the whole is [pixels]."""

    boxes: dict[str, Place]
    height: int


def depths(case: Case) -> dict[str, int]:
    """Return the layer of everybody who pays or is paid; victims and first payers are at 0.

    A victim's accounts stand at 0 under their own ids. People who only receive (cash, or what
    left the accounts listed) stand below all accounts.
    """
    starts = {n for id in victims_of(case) for n in accounts_of(case, id)}
    pairs = dict.fromkeys((t.payer, t.payee) for t in case.transfers)
    paid: dict[str, list[str]] = {}
    for payer, payee in pairs:
        paid.setdefault(payer, []).append(payee)
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    depth_of, fresh, depth = {n: 0 for n in names if n in starts}, list(starts), 0
    while fresh:
        depth += 1
        reached = {payee for payer in fresh for payee in paid.get(payer, ())}
        fresh = [n for n in names if n in reached and n not in depth_of]
        depth_of |= dict.fromkeys(fresh, depth)
    for name in names:
        if name not in depth_of:  # an honest payer: above the account he pays
            below = [depth_of[payee] for payee in paid.get(name, ()) if payee in depth_of]
            depth_of[name] = max(0, min(below, default=1) - 1)
    cards = {a.id for a in case.accounts}
    ends = [n for n in names if n not in paid and (n not in cards or left_as(case, n))]
    last = max([d for n, d in depth_of.items() if n not in ends], default=0) + 1
    return depth_of | dict.fromkeys(ends, last)


def place(case: Case) -> Places:
    """Lay out a case's accounts, at most three to a row."""
    at = depths(case)
    levels = [[n for n in at if at[n] == level] for level in sorted(set(at.values()))]
    rows = [row[n : n + ACROSS] for row in levels for n in range(0, len(row), ACROSS)]
    boxes = {}
    for number, row in enumerate(rows):
        for n, id in enumerate(row):
            middle = (n + 0.5) / len(row) if len(row) > 1 else 0.5
            boxes[id] = Place(round(middle - WIDTH / 2, 4), TOP_PX + number * (BOX_PX + GAP_PX))
    return Places(boxes, 2 * TOP_PX + len(rows) * (BOX_PX + GAP_PX) - GAP_PX)
