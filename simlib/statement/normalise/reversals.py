"""Rows that say, in a column not read for it, that no money moved or that it was taken back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Container, Sequence
from collections.abc import Mapping as Pairs
from typing import NamedTuple

from simlib.money import Fen
from simlib.statement.mapping import Mapping, headers
from simlib.statement.model import End, Line, Movement, Row, plain, shown, stated
from simlib.statement.vocabulary import Words, key

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
