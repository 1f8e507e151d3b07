"""What the dialog shows of a statement: its columns, some of its rows, and what becomes of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.statement import ROLES
from simlib.statement.detection import header_cells
from simlib.statement.detection.debit_credit import positive_side
from simlib.statement.detection.manual_columns import preview
from simlib.statement.model import plain, shown
from simlib.statement.vocabulary import Words, headers, key, layouts
from simlib.text import amount, topic_words, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simlib.statement import Line, Note, Reading, Table
    from simlib.statement import Mapping as Columns
    from simlib.statement.model import End, Movement

FIRST = 6  # rows shown at first, from the header on
MORE = 50  # rows shown besides each time the reader asks for more
MOST_ROWS = FIRST + 10 * MORE
TROUBLED = 3  # rows shown besides because they are not taken
MOST_COLUMNS = 80
LOOKED_AT = 200  # rows among which the widest is looked for, and the marks of in and out
MOST_MARKS = 8
HEADERS = 40  # lines from which the header can be chosen
# The column that a doubt is about.
OF_COLUMN = {
    "no-sign": "amount", "no-sign-column": "amount", "payees-out": "amount",
    "flag-by-balances": "flag", "card-signs": "amount", "flag-unknown": "flag",
    "out-negative": "out", "year-missing": "date",
}  # fmt: skip


class Shown:
    """One table under one mapping, in words of a language.

    Names are shown as the file has them: it is the reader's own file, on her own page.
    """

    def __init__(
        self, table: Table, mapping: Columns, reading: Reading | None, lang: str,
        skipped: Sequence[Line], first: int = FIRST,
    ) -> None:  # fmt: skip
        self.first = first
        self.table, self.mapping, self.reading, self.lang = table, mapping, reading, lang
        self.skipped = skipped
        row = mapping.header_row
        self.start = table.lines.index(row) + 1 if row in table.lines else 0
        self.headers = header_cells(table, mapping)[:MOST_COLUMNS]
        widest = max(map(len, table.rows[self.start : self.start + LOOKED_AT]), default=0)
        self.width = max(len(self.headers), min(widest, MOST_COLUMNS))
        named = {text: n for n, text in reversed(list(enumerate(self.headers, 1)))}
        self.places: dict[str, int] = {
            role: column if isinstance(column, int) else named.get(plain(column), 0)
            for role, column in mapping.columns.items()
        }

    def view(self) -> dict[str, object]:
        """Everything about columns and rows."""
        said = topic_words("statement", self.lang)["roles"]
        return {
            "layout": self._layout(),
            "columns": self._columns(),
            "roles": [[role, said[role]] for role in ROLES],
            "header_row": self.mapping.header_row or 0,
            "headers": self._headers(),
            "marks": self._marks(),
            "rows": self._rows(),
            "first": self.first,
            "more": self._more(),
            "signs": self._signs(),
        }

    def _headers(self) -> list[list[object]]:
        """Lines that may be the header: number, and the beginning of what they say."""
        return [
            [line, "　".join(text for cell in cells if (text := shown(cell)))[:60]]
            for line, cells in zip(self.table.lines[:HEADERS], self.table.rows, strict=False)
            if any(map(plain, cells))
        ]

    def _columns(self) -> list[dict[str, object]]:
        roles: dict[int, str] = {}
        for role, place in self.places.items():
            roles.setdefault(place, role)
        doubts, looks = self._doubts(), self._looks()
        return [
            {
                "header": self.headers[n - 1] if n <= len(self.headers) else "",
                "role": roles.get(n, ""),
                "doubts": doubts.get(roles.get(n, ""), []) + looks.get(n, []),
            }
            for n in range(1, self.width + 1)
        ]

    def _looks(self) -> dict[int, list[str]]:
        """Column without a role → what its cells look like, while something is missing."""
        if self.mapping.complete:
            return {}
        said = topic_words("statement", self.lang)["roles"]
        return {
            column.number: [words("own_lab", "statement.looks", self.lang, role=said[column.looks])]
            for column in preview(self.table, self.mapping).columns
            if column.open and column.looks and not self.places.get(column.looks)
        }

    def _doubts(self) -> dict[str, list[str]]:
        """Role → what was not certain about its column."""
        found: dict[str, list[str]] = {}
        for note in self.mapping.uncertain:
            if role := role_of(note, self.places):
                found.setdefault(role, []).append(note_said(note, self.table, self.lang))
        return found

    def _marks(self) -> list[list[str]]:
        """Marks of in and out that stand in the file, and what each is taken for."""
        place = self.places.get("flag", 0)
        if self.mapping.shape != "flag" or not place:
            return []
        usual = headers()["words"]
        sides = Words(self.mapping.flags or {side: usual[side] for side in ("in", "out")})
        rows = self.table.rows[self.start : self.start + LOOKED_AT]
        met = dict.fromkeys(plain(row[place - 1]) for row in rows if len(row) >= place)
        met.pop(self._header("flag"), None)  # a page that repeats its header
        return [
            [mark, sides.side(key(mark)) or ("neutral" if key(mark) in usual["neutral"] else "")]
            for mark in list(met)[:MOST_MARKS] if mark
        ]  # fmt: skip

    def _layout(self) -> str:
        """The name of the layout, where the headers told of one."""
        known = layouts().get(self.mapping.layout or "")
        return known.name(self.lang) if known else ""

    # ------------------------------------------------------------ rows

    def _rows(self) -> list[dict[str, object]]:
        """The first rows as they stand, some that were not taken, and what becomes of each."""
        places = list(range(self.start, min(self.start + self.first, len(self.table.rows))))
        if self.reading:
            number = {line: n for n, line in enumerate(self.table.lines)}
            refused = [number[line.row] for line in self.reading.refused[: self.first + TROUBLED]]
            places += [n for n in refused if n not in places][:TROUBLED]
            places += [n for n in self._contradicted(number) if n not in places][:TROUBLED]
        became = self._became({self.table.lines[n] for n in places})
        return [
            {
                "row": self.table.lines[n],
                "cells": [shown(cell) for cell in self.table.rows[n][: self.width]],
                **became.get(self.table.lines[n], {"state": ""}),
            }
            for n in places
        ]

    def _contradicted(self, number: Mapping[int, int]) -> list[int]:
        """The rows whose balances contradict the reading, and for each the one before it."""
        against = self.reading.against if self.reading else None
        rows = against.values.get("rows") if against else None
        wrong = [number[row] for row in rows if row in number] if isinstance(rows, list) else []
        return [n for each in wrong for n in (each - 1, each) if n >= self.start]

    def _more(self) -> int:
        """How many rows more the reader can ask for in one go."""
        left = len(self.table.rows) - self.start - self.first
        return max(0, min(MORE, MOST_ROWS - self.first, left))

    def _became(self, rows: set[int]) -> dict[int, dict[str, object]]:
        if not self.reading:
            return {}
        found: dict[int, dict[str, object]] = {
            movement.row: {"state": "taken", **self.moved(movement)}
            for movement in self.reading.movements if movement.row in rows
        }  # fmt: skip
        for state, lines in (("refused", self.reading.refused), ("skipped", self.skipped)):
            for line in lines:
                if line.row in rows:
                    found[line.row] = {"state": state, "why": line_said(line, self.lang)}
        return found

    def moved(self, movement: Movement) -> dict[str, object]:
        """A movement as a reader says it: when, who to whom, how many yuan."""
        at = movement.at.isoformat(sep=" ", timespec="seconds")[: 10 if movement.day_only else 19]
        return {
            "at": at,
            "payer": self.who(movement.payer),
            "payee": self.who(movement.payee),
            "amount": amount(movement.amount_fen, self.lang),
            "side": side_of(movement),
        }

    def who(self, end: End) -> str:
        """Somebody as the file calls him, else by the end of his number."""
        if end.name:
            return "".join(filter(str.isprintable, end.name))[:60]
        if end.number:
            return words("own_lab", "statement.numbered", self.lang, end=end.number[-4:])
        return words("own_lab", f"statement.{'own' if end.label else 'nobody'}", self.lang)

    # ------------------------------------------------------------ in and out

    def _signs(self) -> dict[str, object]:
        """How in and out were read, and a row of each."""
        if not self.reading or not self.mapping.shape:
            return {}
        first: dict[str, Movement] = {}
        for movement in self.reading.movements:
            first.setdefault(side_of(movement), movement)
            if len(first) > 1:
                break
        sides = (("out", "side_out"), ("in", "side_in"), ("", "side_list"))
        examples = [
            {**self.moved(first[side]), "label": words("own_lab", f"statement.{key}", self.lang)}
            for side, key in sides if side in first
        ]  # fmt: skip
        return {"said": self._signs_said(), "examples": examples}

    def _signs_said(self) -> str:
        header = {role: self._header(role) for role in self.places}
        marks = {side: self._listed(mark for mark, of in self._marks() if of == side)
                 for side in ("out", "in")}  # fmt: skip
        payer, payee = (header.get(f"{who}_name", header.get(f"{who}_account", ""))
                        for who in ("payer", "payee"))  # fmt: skip
        out, into = header.get("out", ""), header.get("in", "")
        outs, ins = marks["out"], marks["in"]
        if self.mapping.turned:
            out, into, outs, ins, payer, payee = into, out, ins, outs, payee, payer
        which = (
            f"signed_{positive_side(self.mapping)}"
            if self.mapping.shape == "signed"
            else self.mapping.shape
        )
        if which == "flag" and not any(side for _, side in self._marks()):
            which = "flag_none"
        values = {"out": out, "in": into, "outs": outs, "ins": ins, "payer": payer, "payee": payee}
        values |= {"amount": header.get("amount", ""), "flag": header.get("flag", "")}
        return words("own_lab", f"statement.signs_{which}", self.lang, **values)

    def _header(self, role: str) -> str:
        place = self.places[role]
        text = self.headers[place - 1] if 0 < place <= len(self.headers) else ""
        return text or words("own_lab", "statement.nth", self.lang, n=place)

    def _listed(self, marks: Iterable[str]) -> str:
        open_, close, between = (
            words("own_lab", f"statement.{key}", self.lang) for key in ("open", "close", "between")
        )
        said = between.join(f"{open_}{mark}{close}" for mark in marks)
        return said or words("own_lab", "statement.signs_none", self.lang)


def side_of(movement: Movement) -> str:
    """`out` or `in` for whoever the statement belongs to; "" where it belongs to nobody."""
    if movement.own is None:
        return ""
    return "out" if movement.own is movement.payer else "in"


def role_of(note: Note, places: Mapping[str, int]) -> str:
    """The column a doubt is about, by its role; "" if it is about none that is there."""
    role = OF_COLUMN.get(note.code, str(note.values.get("role", "")))
    return role if places.get(role) else ""


def note_said(note: Note, table: Table, lang: str) -> str:
    """A remark in words; where the page has another remedy than the command line, in its own.

    The file is called as its owner calls it.
    """
    values = {k: table.own_label if v == table.label else v for k, v in note.values.items()}
    return _said("notes", note.code, values, lang)


def line_said(line: Line, lang: str) -> str:
    """Why a row is not taken."""
    return _said("reasons", line.code, line.values, lang)


def _said(table: str, code: str, values: Mapping[str, object], lang: str) -> str:
    own = topic_words("own_lab", lang)["statement"]
    topic, place = ("own_lab", f"statement.{table}") if code in own[table] else ("statement", table)
    roles = topic_words("statement", lang)["roles"]
    spoken = {k: roles.get(str(v), v) if k == "role" else v for k, v in values.items()}
    return words(topic, f"{place}.{code}", lang, **spoken)
