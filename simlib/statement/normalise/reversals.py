"""Rows that are no payment to somebody else: not done, taken back, returned, or within it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Container, Sequence
from collections.abc import Mapping as Pairs
from typing import NamedTuple

from simlib.money import Fen
from simlib.statement.mapping import Mapping
from simlib.statement.model import End, Line, Movement, Refusal, Row, plain, shown, stated
from simlib.statement.names_and_numbers import called, hidden, names_differ, numbers_fit, partly
from simlib.statement.vocabulary import Words, headers, key

# ------------------------------------- rows that say that no money moved

READ_TOO = ("kind", "remark")  # roles that say something besides
MOST = 1_000  # rows of one amount among which a reversed one is looked for
_BACK = re.compile("[退返]|冲[正销]")  # of money that came in: it came back


class Saying(NamedTuple):
    """What a row says: in which column, in which words; and what the mapping says they mean."""

    column: str
    cell: str
    meaning: str | None
    reversal: bool

    def line(self, row: int) -> Line:
        """Return why the row is not taken."""
        if self.meaning == "nothing":
            return Line(row, "not-done", {"cell": self.cell})
        return Line(row, "said-unmoved", {"column": self.column, "cell": self.cell})

    def of_other(self, row: int, first: int) -> Line:
        """Return why the row that this one, `first`, may reverse is not taken."""
        if self.meaning == "nothing":
            return Line(row, "not-done", {"cell": self.cell})
        values = {"column": self.column, "cell": self.cell, "first": first}
        return Line(row, "maybe-reversed", values)


class Sayings:
    """Looks for such words in the columns that have no role, and in kind and remark."""

    def __init__(self, header: Row, mapping: Mapping, columns: Pairs[str, int],
                 spare: Collection[int]) -> None:  # fmt: skip
        read = {place for role, place in columns.items() if role not in READ_TOO} | {*spare}
        named = {place: text for place, cell in enumerate(header) if (text := plain(cell))}
        named |= {columns[role]: str(mapping.columns[role]) for role in READ_TOO if role in columns}
        self.columns = {place: text for place, text in named.items() if place not in read}
        given = {*columns.values()}
        self.free = {place: text for place, text in self.columns.items() if place not in given}
        words = headers()["words"]
        self.exact = {key(word) for name in ("unmoved", "reversal") for word in words[name]}
        phrases = map(re.escape, (*words["unmoved_phrases"], *words["reversal_phrases"]))
        self.phrases = re.compile(f"(?<![未没无非])(?:{'|'.join(phrases)})")
        reversal = map(re.escape, (*words["reversal"], *words["reversal_phrases"]))
        self.reversal = re.compile("|".join(reversal))
        self.meanings = Words(mapping.statuses or {})

    def unread(self, rows: Sequence[Row]) -> tuple[str, ...]:
        """Return the headers of the columns without a role that hold anything."""
        return tuple(
            shown(text) for place, text in self.free.items()
            if any(place < len(cells) and stated(cells[place]) for cells in rows)
        )  # fmt: skip

    def of(self, cells: Row) -> Saying | None:
        """Return what a row says that is not said to be no matter."""
        for place, column in self.columns.items():
            cell = cells[place] if place < len(cells) else None
            if not isinstance(cell, str) or not (text := key(stated(cell))):
                continue
            if text in self.exact or self.phrases.search(text):
                meaning = self.meanings.of(key(shown(cell)))
                if meaning in (None, "nothing", "ask"):
                    reversal = self.reversal.search(text) is not None
                    return Saying(shown(column), shown(cell), meaning, reversal)
        return None


def unmoved(
    movements: Sequence[Movement], said: Pairs[int, Saying], proven: Collection[int]
) -> dict[int, Line]:
    """Return the rows that are not taken, and why; `proven` are those whose balance follows.

    Money that came back is money. A reversal the other way than its payment is a row of its own;
    one the same way would count the payment twice: neither is taken.
    """
    alike: dict[Fen, list[Movement]] = defaultdict(list)
    for m in movements if said else ():
        alike[m.amount_fen].append(m)
    lines: dict[int, Line] = {}
    others: dict[int, Line] = {}
    for m in movements:
        saying = said.get(m.row)
        if saying is None or m.row in proven:
            continue
        came_back = m.own is m.payee and _BACK.search(saying.cell) is not None
        if saying.reversal:
            rows = alike[m.amount_fen][:MOST]
            along = [o for o in rows if o is not m and o.row not in proven and _between(m, o, True)]
            if any(_between(m, o, False) for o in rows) or (came_back and not along):
                continue
            if (first := _reversed(m, along, said)) is not None:
                others[first] = saying.of_other(first, m.row)
        elif came_back:
            continue
        lines[m.row] = saying.line(m.row)
    return others | lines


def _reversed(m: Movement, along: Sequence[Movement], said: Container[int]) -> int | None:
    """Return the row that a reversal takes back; None where it says so itself, or there is none."""
    before = [(o.at, o.row) for o in along if o.at <= m.at]
    return max(before)[1] if before and not any(o.row in said for o in along) else None


def _between(one: Movement, other: Movement, along: bool) -> bool:
    """Tell whether two rows pay between the same two, as far as they name them, and the same way
    (`along`) or back."""
    if one.own is None or other.own is None:
        ends = (other.payer, other.payee) if along else (other.payee, other.payer)
        return (one.payer, one.payee) == ends
    same_way = (one.own is one.payer) is (other.own is other.payer)
    return same_way is along and one.own == other.own and _may_be(_other(one), _other(other))


def _other(m: Movement) -> End:
    return m.payee if m.own is m.payer else m.payer


def _may_be(one: End, other: End) -> bool:
    return one == other or not any(one) or not any(other)


# -------------------------------------------- remittances that came back

MOST_RETURNS = 1_000  # rows whose payment is looked for
_RETURN = re.compile(
    r"^(?:退汇款?|汇款退[回汇]|转账退回|跨行退汇|退票|退回(?:汇款|转账|款项)?)(?=[\s:/|,;(-]|$)[\s:/|,;-]*"
)


def returned(name: str) -> bool:
    """Tell whether what stands for a name says that a remittance came back.

    Examples
    --------
    >>> returned("退汇 孙丽"), returned("退汇"), returned("孙丽")
    (True, True, False)
    """
    return _RETURN.match(name) is not None


def without_return(name: str) -> str:
    """Return the name without those words."""
    return _RETURN.sub("", name)


def from_payee(
    movements: Sequence[Movement], rows: Container[int]
) -> tuple[list[Movement], list[int], list[int]]:
    """Return the movements with the other side of each returned one: whom the account paid as much
    or more before; and the rows for which one was found, and none.

    Where the row has neither name nor number, it is the only one who was paid just as much. Nobody
    is at the other side where no payment is found.
    """
    done: list[Movement] = []
    met: list[int] = []
    unmet: list[int] = []
    for m in movements:
        if m.row not in rows or m.own is None:
            done.append(m)
            continue
        looked_for = len(met) + len(unmet) < MOST_RETURNS
        other = _paid_before(m, movements, rows) if looked_for else None
        (unmet if other is None else met).append(m.row)
        other = other or End()
        done.append(m._replace(payer=other) if m.own is m.payee else m._replace(payee=other))
    return done, met, unmet


def _paid_before(back: Movement, movements: Sequence[Movement], rows: Container[int]) -> End | None:
    """Return who was paid what came back; None where that is nobody, or one of several."""
    came = back.own is back.payee
    named = back.payer if came else back.payee
    known = bool(named.number or called(named.name))
    found: dict[End, None] = {}
    for m in movements:
        theirs = m.payee if came else m.payer
        if m.own != back.own or theirs is m.own or m.row in rows or m.at > back.at:
            continue
        enough = m.amount_fen >= back.amount_fen if known else m.amount_fen == back.amount_fen
        if enough and _fits(named, theirs):
            found[theirs] = None
    return next(iter(found)) if len(found) == 1 else None


def _fits(named: End, theirs: End) -> bool:
    if names_differ(named, theirs):
        return False
    if named.number and theirs.number:
        return numbers_fit(named.number, theirs.number)
    return bool(theirs.number or called(theirs.name))


# ---------------------------------------- rows of an account with itself


def without_shared_number(movement: Movement, masked: Pairs[str, Collection[str]]) -> Movement:
    """Return a movement without the number of the other side, where the reader says that it is
    hidden like the account's own and another's: a name is then all that is known of him."""
    payer, payee = movement.payer, movement.payee
    if payer.number != payee.number or payer.number not in masked.get("two", ()):
        return movement
    if movement.own is payee:
        return movement._replace(payer=payer._replace(number=""))
    return movement._replace(payee=payee._replace(number=""))


def is_to_itself(movement: Movement, masked: Pairs[str, Collection[str]]) -> bool:
    """Tell whether payer and payee are one account: one number, and no two names.

    `masked` as the mapping has it.

    Raises
    ------
    Refusal
        if the number is hidden in part, and no whole name says whether they are two
    """
    payer, payee = movement.payer, movement.payee
    if not payer.number or payer.number != payee.number:
        return False
    if names_differ(payer, payee):
        return False
    names = called(payer.name), called(payee.name)
    if payer.number in masked.get("one", ()):
        return True
    if hidden(payer.number) and (names[0] != names[1] or not names[0] or partly(names[0])):
        raise Refusal("masked-itself", cell=shown(payer.number))
    return True


def settled(
    movements: Sequence[Movement], itself: Sequence[Movement]
) -> tuple[list[Movement], list[Movement]]:
    """Return those of `itself` that moved money, with nobody named at the other side, and the
    others.

    Banks print the account's own number for cash paid in, and for money out of a deposit at the
    same bank. Money moved where the balance is that of the row before (or, the newest first, of the
    row behind) changed by just the amount.
    """
    listed: dict[tuple[str, str], list[Movement]] = defaultdict(list)
    for m in sorted((*movements, *itself), key=lambda m: m.row):
        if m.own is not None and m.balance_fen is not None:
            listed[m.own.number, m.own.label].append(m)
    changed = {
        m.row
        for rows in listed.values()
        for m, other in (*zip(rows[1:], rows, strict=False), *zip(rows, rows[1:], strict=False))
        if (m.balance_fen or 0) - (other.balance_fen or 0) == _signed(m)
    }
    moved = [_unnamed(m) for m in itself if m.row in changed]
    return moved, [m for m in itself if m.row not in changed]


def _signed(m: Movement) -> int:
    return m.amount_fen if m.own is m.payee else -m.amount_fen - m.fee_fen


def _unnamed(m: Movement) -> Movement:
    nobody = End("", "", "")
    return m._replace(payee=nobody) if m.own is m.payer else m._replace(payer=nobody)
