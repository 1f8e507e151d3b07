"""The running balance a statement prints, compared with the movements taken from it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, TypeAlias

from simlib.money import Fen
from simlib.statement.model import End, Movement, Note, yuan

FEWEST = 2  # balances that must follow from the one before, to say that in and out are exchanged
TIMES = 4  # and so many times as many as fit the reading
MOST_SHOWN = 5  # rows that an error names
Printed: TypeAlias = tuple[Movement, Fen]  # a movement, and the balance printed behind it
Lists: TypeAlias = Mapping[End, list[Movement]]


class Misfit(NamedTuple):
    """A balance that is not the one before it and what moved since."""

    place: int
    before: int  # place of the balance before
    expected: Fen
    found: Fen


@dataclass(slots=True)
class Checked:
    """Movements from the oldest to the newest, opening balances, and what does not fit.

    `against` says what contradicts the reading: the balances fit if money in and money out are
    exchanged, and do not as they were read; or (`gaps`) they fit neither way. `moved` is what the
    balances say that a row moved which was not taken, where it alone stands between two of them.
    """

    movements: list[Movement]
    openings: dict[End, Fen] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    against: Note | None = None
    moved: dict[int, Fen] = field(default_factory=dict)


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


def checked(
    movements: Sequence[Movement], label: str, owed: bool = False, refused: Sequence[int] = ()
) -> Checked:
    """Compare the balances with the movements.

    A statement may list the newest first: whichever way its balances (or else its days) run.
    An opening balance is given only where every balance fits. `owed`: the balance is a debt, which
    grows with money spent. `refused`: the rows that were not taken; a balance behind one of them
    contradicts nothing.
    """
    by_own = _by_own(movements)
    backwards = _backwards(movements, by_own, owed)
    found = Checked(list(reversed(movements)) if backwards else list(movements))
    found.against = _against(movements, by_own, owed, label)
    gaps: list[tuple[int, Misfit]] = []
    steps = 0
    for own, rows in by_own.items():
        rows = rows[::-1] if backwards else rows
        wrong = misfits(rows, owed)
        steps += sum(row.balance_fen is not None for row in rows) - 1
        if wrong and found.against is None:
            found.notes.append(_misfit(rows, wrong, label))
            found.moved |= _moved(rows, wrong, owed, refused)
            gaps += [(rows[w.place].row, w) for w in _unexplained(rows, wrong, owed, refused)]
        elif not wrong and not owed:
            found.openings[own] = max(_opening(rows), 0)
    if gaps:
        turned = any(not misfits(rows[::step], not owed) for rows in by_own.values()
                     for step in (1, -1)) and len(by_own) == 1  # fmt: skip
        found.against = _gaps(sorted(gaps), steps, label, turned)
    if backwards:
        found.notes.append(Note("newest-first", {"label": label}))
    return found


def _by_own(movements: Sequence[Movement]) -> Lists:
    """Return the movements of each account of which a balance is printed."""
    printed = {m.own for m in movements if m.balance_fen is not None}
    by_own: dict[End, list[Movement]] = defaultdict(list)
    for movement in movements:
        if movement.own is not None and movement.own in printed:
            by_own[movement.own].append(movement)
    return by_own


def misfits(rows: Sequence[Movement], turned: bool = False) -> list[Misfit]:
    """Return the balances that are not the one before them and what moved since; rows without a
    balance count with the next that has one."""
    sign = -1 if turned else 1
    wrong: list[Misfit] = []
    last, balance, moved = -1, 0, 0
    for place, row in enumerate(rows):
        moved += sign * _change(row)
        if row.balance_fen is None:
            continue
        if last >= 0 and balance + moved != row.balance_fen:
            wrong.append(Misfit(place, last, balance + moved, row.balance_fen))
        last, balance, moved = place, row.balance_fen, 0
    return wrong


def followed(movements: Sequence[Movement], owed: bool) -> set[int]:
    """Return the rows whose balance is that of the row before and what they moved."""
    by_own = _by_own(movements)
    backwards = _backwards(movements, by_own, owed)
    found: set[int] = set()
    for listed in by_own.values():
        rows = listed[::-1] if backwards else listed
        wrong = {misfit.place for misfit in misfits(rows, owed)}
        printed = [row.balance_fen is not None for row in rows]
        found |= {row.row for n, row in enumerate(rows)
                  if n and n not in wrong and printed[n] and printed[n - 1]}  # fmt: skip
    return found


def _opening(rows: Sequence[Movement]) -> Fen:
    """Return what the account held before the first of its rows."""
    moved = 0
    for row in rows:
        moved += _change(row)
        if row.balance_fen is not None:
            return row.balance_fen - moved
    return 0


def _unexplained(
    rows: Sequence[Movement], wrong: Sequence[Misfit], owed: bool, refused: Sequence[int]
) -> Iterator[Misfit]:
    """Yield the misfits that neither a row that was not taken explains, nor the order of rows of
    one instant (or, without times, of one day)."""
    shuffled = _shuffled(rows, owed)
    for misfit in wrong:
        if not _between(rows, misfit, refused) and misfit.place not in shuffled:
            yield misfit


def _between(rows: Sequence[Movement], misfit: Misfit, refused: Sequence[int]) -> Sequence[int]:
    """Return the rows not taken that stand between the two balances."""
    ends = sorted((rows[misfit.before].row, rows[misfit.place].row))
    return refused[bisect_right(refused, ends[0]) : bisect_right(refused, ends[1])]


def _moved(
    rows: Sequence[Movement], wrong: Sequence[Misfit], owed: bool, refused: Sequence[int]
) -> dict[int, Fen]:
    """Return what each row moved that stands alone, not taken, between two balances."""
    alone = ((misfit, _between(rows, misfit, refused)) for misfit in wrong)
    return {between[0]: (misfit.expected - misfit.found) * (1 if owed else -1)
            for misfit, between in alone if len(between) == 1}  # fmt: skip


def _shuffled(rows: Sequence[Movement], owed: bool) -> set[int]:
    """Return the places of rows whose balances follow from one another if rows of one instant are
    put in another order."""
    found: set[int] = set()
    balance: Fen | None = None
    for _, same in groupby(range(len(rows)), key=lambda n: rows[n].at):
        run = list(same)
        end = _end_of_run([rows[n] for n in run], balance, owed)
        if end is None:
            balance = rows[run[-1]].balance_fen
            continue
        found |= {*run}
        balance = end
    return found


def _end_of_run(run: Sequence[Movement], start: Fen | None, owed: bool) -> Fen | None:
    """Return the balance behind rows of one instant if some order of them fits; None if none does.

    Each row leads from one balance to another: an order that uses each row once is a path over all
    of them, which ends where one more row arrives than leaves.
    """
    if any(row.balance_fen is None for row in run):
        return None
    sign = -1 if owed else 1
    steps = [((row.balance_fen or 0) - sign * _change(row), row.balance_fen or 0) for row in run]
    more = Counter(after for _, after in steps)
    more.subtract(before for before, _ in steps)
    ends = {count: [fen for fen, of in more.items() if of == count] for count in (-1, 1)}
    if any(abs(count) > 1 for count in more.values()) or not _connected(steps):
        return None
    if not ends[1]:  # back where it began
        begin = end = steps[-1][1] if start is None else start
        return end if any(begin in step for step in steps) else None
    if len(ends[1]) > 1 or (start is not None and start != ends[-1][0]):
        return None
    return ends[1][0]


def _connected(steps: Sequence[tuple[Fen, Fen]]) -> bool:
    """Tell whether every step can be reached from the first."""
    beside: dict[Fen, set[Fen]] = defaultdict(set)
    for before, after in steps:
        beside[before].add(after)
        beside[after].add(before)
    met, open_ = {steps[0][0]}, [steps[0][0]]
    while open_:
        fresh = beside[open_.pop()] - met
        met |= fresh
        open_ += fresh
    return len(met) == len(beside)


def _gaps(gaps: Sequence[tuple[int, Misfit]], steps: int, label: str, turned: bool) -> Note:
    """Return which balances do not follow, the first of them with what was expected; `turned`:
    they would, if money in and out were exchanged, but are too few to say so."""
    told = [f"{row}: {yuan(w.expected)} ≠ {yuan(w.found)}" for row, w in gaps[:MOST_SHOWN]]
    listed = "; ".join(told) + ("; …" if len(gaps) > MOST_SHOWN else "")
    rows = [row for row, _ in gaps]
    values = {"label": label, "row": rows[0], "count": len(rows), "whole": steps}
    values |= {"listed": listed, "rows": rows[:MOST_SHOWN], "turned": turned}
    return Note("gaps", values)


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
    came = next((a for a in able if a > 0 and a in changes), able[0])
    return m._replace(amount_fen=came, fee_fen=0)


def _change(row: Movement) -> Fen:
    if row.payer == row.payee:
        return -row.fee_fen
    return -row.amount_fen - row.fee_fen if row.own is row.payer else row.amount_fen


def _backwards(movements: Sequence[Movement], by_own: Lists, owed: bool) -> bool:
    forth = sum(len(misfits(rows, owed)) for rows in by_own.values())
    back = sum(len(misfits(rows[::-1], owed)) for rows in by_own.values())
    down = _down(movements)
    if forth == back or (forth and back and down):  # neither way fits: as the days run
        return down > 0
    return back < forth


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
    row = by_own[wrong[0]][0].row if wrong else movements[0].row
    shown = fits[wrong[0]] if part else total
    values = {"label": label, "row": row, "count": shown.steps, "read": shown.read,
              "turned": shown.turned}  # fmt: skip
    return Note("reversed-part" if part else "reversed", values)


def _fits(rows: list[Movement], orders: Sequence[int], owed: bool) -> Fits:
    """Return how the balances of one account fit, in the order in which they fit best."""
    steps = sum(row.balance_fen is not None for row in rows) - 1
    read = max(steps - len(misfits(rows[::step], owed)) for step in orders)
    turned = max(steps - len(misfits(rows[::step], not owed)) for step in orders)
    return Fits(steps, read, turned)


def _misfit(rows: Sequence[Movement], wrong: Sequence[Misfit], label: str) -> Note:
    first = wrong[0]
    values = {"expected": yuan(first.expected), "found": yuan(first.found)}
    return Note("balance-differs", {"label": label, "row": rows[first.place].row,
                                    "count": len(wrong), **values})  # fmt: skip
