"""The running balance a statement prints, compared with the movements taken from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from simlib.money import Fen
from simlib.statement.model import End, Movement, Note, yuan

FEWEST = 2  # balances that must follow from the one before, to say that in and out are exchanged
TIMES = 4  # and so many times as many as fit the reading
Printed: TypeAlias = tuple[Movement, Fen]  # a movement, and the balance printed behind it
Lists: TypeAlias = Mapping[End, list[Printed]]


@dataclass(slots=True)
class Checked:
    """Movements from the oldest to the newest, opening balances, and what does not fit.

    `against` says that the balances fit if money in and money out are exchanged, and do not as
    they were read.
    """

    movements: list[Movement]
    openings: dict[End, Fen] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    against: Note | None = None


class Fits(NamedTuple):
    """How many balances there are behind another, how many fit as read, and how many turned."""

    steps: int
    read: int
    turned: int

    @property
    def reversed(self) -> bool:
        """Whether in and out must be exchanged: nearly all fit then, and few do now."""
        return self.turned >= max(FEWEST, TIMES * self.read, self.steps / 2)

    @property
    def right(self) -> bool:
        """Whether they must not."""
        return self.read >= max(FEWEST, TIMES * self.turned)


def checked(movements: Sequence[Movement], label: str, owed: bool = False) -> Checked:
    """Compare the balances with the movements.

    A statement may list the newest first: whichever way its balances (or else its days) run.
    An opening balance is given only where every balance fits. `owed`: the balance is a debt, which
    grows with money spent.
    """
    by_own: dict[End, list[Printed]] = defaultdict(list)
    for movement in movements:
        if movement.own is not None and movement.balance_fen is not None:
            by_own[movement.own].append((movement, movement.balance_fen))
    backwards = _backwards(movements, by_own, owed)
    found = Checked(list(reversed(movements)) if backwards else list(movements))
    found.against = _against(movements, by_own, owed, label)
    for own, rows in by_own.items():
        rows = rows[::-1] if backwards else rows
        wrong = misfits(rows, owed)
        if wrong and found.against is None:
            found.notes.append(_misfit(rows, wrong, label, owed))
        elif not wrong and not owed:
            first, balance = rows[0]
            found.openings[own] = max(balance - _change(first), 0)
    if backwards:
        found.notes.append(Note("newest-first", {"label": label}))
    return found


def misfits(rows: Sequence[Printed], turned: bool = False) -> list[int]:
    """Return the places whose balance is not the one before it and what moved."""
    sign = -1 if turned else 1
    return [
        n
        for n, ((_, before), (row, after)) in enumerate(zip(rows, rows[1:], strict=False), 1)
        if before + sign * _change(row) != after
    ]


def net_of_fees(movements: Sequence[Movement]) -> list[Movement]:
    """Return the movements without fees on money that came in: of each what the balance says came,
    the amount less its fee, or with it (of a payment taken back); else the amount as it stands."""
    by_own: dict[End, list[Printed]] = defaultdict(list)
    for m in movements:
        if m.own is not None and m.balance_fen is not None:
            by_own[m.own].append((m, m.balance_fen))
    changes: dict[int, set[Fen]] = defaultdict(set)
    for rows in by_own.values():
        for (m, after), (other, before) in zip(rows, rows[1:], strict=False):
            changes[m.row].add(after - before)
            changes[other.row].add(before - after)
    return [_net(m, changes[m.row]) if m.fee_fen and m.own is m.payee else m for m in movements]


def _net(m: Movement, changes: set[Fen]) -> Movement:
    able = (m.amount_fen, m.amount_fen - m.fee_fen, m.amount_fen + m.fee_fen)
    return m._replace(amount_fen=next((a for a in able if a in changes), able[0]), fee_fen=0)


def _change(row: Movement) -> Fen:
    if row.payer == row.payee:
        return -row.fee_fen
    return -row.amount_fen - row.fee_fen if row.own is row.payer else row.amount_fen


def _backwards(movements: Sequence[Movement], by_own: Lists, owed: bool) -> bool:
    forth = sum(len(misfits(rows, owed)) for rows in by_own.values())
    back = sum(len(misfits(rows[::-1], owed)) for rows in by_own.values())
    if forth != back:
        return back < forth
    return _down(movements) > 0


def _down(movements: Sequence[Movement]) -> int:
    """Return by how many rows more the days run backwards than forwards."""
    days = [movement.at for movement in movements]
    pairs = list(zip(days, days[1:], strict=False))
    return sum(b < a for a, b in pairs) - sum(b > a for a, b in pairs)


def _against(movements: Sequence[Movement], by_own: Lists, owed: bool, label: str) -> Note | None:
    """Return what the balances say against the reading, in the order in which the days run.

    Where no day tells the order, the reading has the benefit of either.
    """
    down = _down(movements)
    orders = [step for step, able in ((1, down <= 0), (-1, down >= 0)) if able]
    fits = {own: _fits(rows, orders, owed) for own, rows in by_own.items()}
    total = Fits(*(sum(each) for each in zip(*fits.values(), strict=True))) if fits else None
    wrong = [own for own, each in fits.items() if each.reversed]
    if total is None or not (wrong or total.reversed):
        return None
    part = any(each.right for each in fits.values()) or not total.reversed
    row = by_own[wrong[0]][0][0].row if wrong else movements[0].row
    shown = fits[wrong[0]] if part else total
    values = {"label": label, "row": row, "count": shown.steps, "read": shown.read,
              "turned": shown.turned}  # fmt: skip
    return Note("reversed-part" if part else "reversed", values)


def _fits(rows: list[Printed], orders: Sequence[int], owed: bool) -> Fits:
    """Return how the balances of one account fit, in the order in which they fit best."""
    steps = len(rows) - 1
    read = max(steps - len(misfits(rows[::step], owed)) for step in orders)
    turned = max(steps - len(misfits(rows[::step], not owed)) for step in orders)
    return Fits(steps, read, turned)


def _misfit(rows: list[Printed], wrong: list[int], label: str, owed: bool) -> Note:
    place = wrong[0]
    (_, before), (row, after) = rows[place - 1 : place + 1]
    change = -_change(row) if owed else _change(row)
    values = {"expected": yuan(before + change), "found": yuan(after)}
    return Note("balance-differs", {"label": label, "row": row.row, "count": len(wrong), **values})
