"""Bank statements into the case that is being written: columns shown, corrected, rows taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simlib.errors import SimlibError, StatementError
from simlib.statement import ROLES, Key, convert, detect, read_tables
from simlib.statement.dates import ORDERS
from simlib.statement.detection.manual_columns import choose, preview, turn, under
from simlib.statement.detection.statement_head import coins
from simlib.statement.read.limits import PAGE
from simlib.statement.vocabulary import LOOKED_AT, headers, key
from simlib.text import message, words
from simlib.widgets.own.identity_questions import inserted
from simlib.widgets.own.statement_people import noted, people
from simlib.widgets.own.statement_preview import (
    FIRST,
    MOST_ROWS,
    Shown,
    line_said,
    note_said,
    role_of,
)
from simlib.widgets.page_messages import record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from simlib.statement import Imported, Note, Reading
    from simlib.statement import Mapping as Columns

MOST_BYTES = PAGE.file_bytes  # the page's socket takes no more than 10 MB
MOST_SHOWN = 200  # rows told of as refused
UNITS = ("yuan", "fen", "jiao", "qian", "wan", "shiwan", "baiwan", "qianwan", "yi")
NEGATIVE = ("refuse", "turn", "same")
SECRET = ("statement-password", "statement-password-wrong")
# Refused for want of a word: where it belongs, and which value of the reason it is.
WORDS = {"neutral-mark": ("kinds", "kind"), "status-unknown": ("statuses", "cell"),
         "said-unmoved": ("statuses", "cell"), "masked-itself": ("masked", "cell")}  # fmt: skip
MEANINGS = {"kinds": ("out", "in", "nothing"), "statuses": ("moves", "nothing"),
            "masked": ("two", "one")}  # fmt: skip
MOST_WORDS = 8
YEARLESS = ("no-year", "year-missing")
DISORDERED = ("ambiguous-date", "two-digit-year")


class Statement:
    """One file on its way into a draft; it lives as long as the page, and keeps no key."""

    def __init__(
        self, data: bytes, name: str, lang: str, password: str | None = None,
        before: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.lang = lang
        self.named = Key(before)  # what the page's earlier files are called is taken
        tables = read_tables(data, name, bounds=PAGE, password=password)
        self.tables = self.named.call(tables, name)
        self.statements = [n for n, each in enumerate(self.tables) if detect(each).understood]
        self.written: set[int] = set()  # which of them are in the draft
        self.choose(self.statements[0] if self.statements else 0)

    def choose(self, number: int) -> None:
        """Another sheet, as it is understood by itself."""
        self.number = number
        self.first = FIRST  # rows shown
        self.words: dict[tuple[str, str], str] = {}  # what kinds and statuses mean, as said
        self.table = self.tables[number]
        self.mapping = detect(self.table)
        if self.mapping.header_row is None and self.table.rows:
            widest = max(self.table.rows[:LOOKED_AT], key=len)
            row = self.table.lines[self.table.rows.index(widest)]
            self.mapping = self.mapping.change(header_row=row)

    def correct(self, said: Mapping[str, object]) -> None:
        """What the reader says the columns mean; raises `StatementError`."""
        table = said.get("table")
        if isinstance(table, int) and table != self.number and table in range(len(self.tables)):
            self.choose(table)
            return
        if isinstance(rows := said.get("rows"), int):
            self.first = max(FIRST, min(rows, MOST_ROWS))
        row = said.get("header_row")
        if isinstance(row, int) and row and row != self.mapping.header_row:
            self.mapping = under(self.table, self.mapping, row)
            return
        places = record(said.get("columns", {}))
        columns = {role: int(str(n)) for role, n in places.items() if role in ROLES and n}
        mapping = choose(self.table, self.mapping, columns)
        if mapping is self.mapping:  # other columns have marks and signs of their own
            mapping = _worded(_marked(mapping, said), self._said(said.get("words")))
        given = {key: str(said.get(key) or "").strip() or None for key in ("account", "holder")}
        mapping = mapping.change(unit=said.get("unit", "yuan"))
        if mapping != self.mapping:  # what was said of its gaps was said of another reading
            mapping = mapping.change(gaps=False)
        self.mapping = mapping.change(**given)

    def _said(self, said: object) -> dict[tuple[str, str], str]:
        """Remember what the reader says of kinds and statuses."""
        for each in said if isinstance(said, list) else ():
            if isinstance(each, list) and len(each) == 3 and each[2] in MEANINGS.get(each[0], ()):
                self.words[each[0], str(each[1])[:60]] = each[2]
        return self.words

    def turn(self) -> None:
        """Money out is money in, and the other way."""
        self.mapping = turn(self.mapping)

    def allow_gaps(self) -> None:
        """Rows are missing from the file, as the reader says: its balances need not follow."""
        self.mapping = self.mapping.change(gaps=True)

    def view(self) -> dict[str, object]:
        """What the dialog shows: the columns, and what would become of the rows."""
        mapping, reading, error = self.mapping, None, ""
        if mapping.complete:
            try:
                reading = convert(self.table, mapping)
            except StatementError as refusal:
                if refusal.code != "statement-coins":
                    error = message(refusal, self.lang)
        found, told = noted(reading, self.lang) if reading else (None, [])
        skipped = found.skipped if found else ()
        shown = Shown(self.table, mapping, reading, self.lang, skipped, self.first)
        general = [note for note in mapping.uncertain if not role_of(note, shown.places)]
        return {
            "tables": [table.own_label for table in self.tables],
            "table": self.number,
            "statements": self.statements,
            "unit": mapping.unit,
            "negative": mapping.negative,
            "positive": mapping.positive,
            "year": str(mapping.year or ""),
            "order": mapping.order or "",
            "disordered": _disordered(mapping, reading),
            "owed": mapping.owed,
            "account": mapping.account or "",
            "holder": mapping.holder or "",
            "owned": mapping.shape != "list" and not {"own_account", "own_name"} & {*shown.places},
            "notes": [note_said(note, self.table, self.lang) for note in general],
            "error": error or _empty(reading, self.lang) or self._strange(),
            "headless": any(
                note.code in ("no-header", "no-shape", "summed-up") for note in general
            ),
            "yearless": _yearless(mapping, reading),
            "words": _asked_words(reading, self.words),
            **shown.view(),
            **(self._told(reading, found, told) if reading and found else {"taken": 0}),
        }

    def _strange(self) -> str:
        """What to say of a table of coins, or in which nothing looks like a day or an amount; "" of
        another."""
        if found := coins(self.table, self.mapping):
            return words("own_lab", "statement.coins", self.lang, coins=", ".join(found[:4]))
        if self.mapping.complete:
            return ""
        columns = preview(self.table, self.mapping).columns
        met = {column.role or column.looks for column in columns}
        if met & {"date", "amount", "out", "in"}:
            return ""
        return words("own_lab", "statement.strange", self.lang)

    def _told(
        self, reading: Reading, found: Reading | Imported, notes: list[Note]
    ) -> dict[str, object]:
        """How many rows are taken, and every reason for which one is not."""
        lines = [
            {"row": line.row, "said": line_said(line, self.lang)}
            for line in reading.refused[:MOST_SHOWN]
        ]
        codes = {line.code for line in reading.refused}
        return {
            "read": found.read,
            "taken": found.taken,
            "refused": len(found.refused),
            "skipped": len(found.skipped),
            "lines": lines,
            "told": [note_said(note, self.table, self.lang) for note in notes],
            "reversed": reversed_said(reading, self.lang),
            "gaps": bool(reading.against and reading.against.code == "gaps"),
            "negatives": "negative" in codes or self.mapping.negative != "refuse",
        }

    def people(self, said: Mapping[str, object]) -> dict[str, object]:
        """Whom the statement names, for the questions about them; `said` as `people` has it."""
        return people(convert(self.table, self.mapping), said, self.lang)

    def insert(self, said: Mapping[str, object]) -> dict[str, object]:
        """A draft, or rows for the one there is, and the key to the pseudonyms."""
        reading = convert(self.table, self.mapping)
        if reading.against:
            return {"error": reversed_said(reading, self.lang)}
        found = inserted(reading, said, self.named, self.lang)
        if "error" in found:
            return found
        self.written.add(self.number)
        left = [n for n in self.statements if n not in self.written]
        return found | {"left": [[n, self.tables[n].own_label] for n in left]}


def reversed_said(reading: Reading, lang: str) -> str:
    """What contradicts the reading, and what to do about it here; "" if nothing does."""
    against = reading.against
    return words("own_lab", f"statement.{against.code}", lang, **against.values) if against else ""


def _empty(reading: Reading | None, lang: str) -> str:
    """What to say of a statement that is understood and has no transaction; "" of another."""
    if reading is None or reading.movements or reading.refused or reading.not_moved:
        return ""
    return words("own_lab", "statement.empty", lang)


def _yearless(mapping: Columns, reading: Reading | None) -> bool:
    """Whether days stand without their year, so that it is asked for."""
    refused = reading.refused if reading else ()
    codes = {*(note.code for note in mapping.uncertain), *(line.code for line in refused)}
    return bool(codes & set(YEARLESS) or mapping.year)


def _disordered(mapping: Columns, reading: Reading | None) -> bool:
    """Whether days may begin with the day or with the month, so that it is asked."""
    refused = reading.refused if reading else ()
    return mapping.order is not None or any(line.code in DISORDERED for line in refused)


def _marked(mapping: Columns, said: Mapping[str, object]) -> Columns:
    """What marks of in and out mean, negative amounts, a balance that is owed; the year of days."""
    marks = said.get("marks")
    if isinstance(marks, dict) and mapping.shape == "flag":
        mapping = mapping.change(flags=_flags(mapping, marks))
    given: dict[str, object] = {"owed": said.get("owed") is True}
    if said.get("positive") in ("in", "out"):
        given["positive"] = said["positive"]
    if said.get("negative") in NEGATIVE:
        given["negative"] = said["negative"]
    given["order"] = said["order"] if said.get("order") in ORDERS else None
    year = str(said.get("year") or "").strip()
    given["year"] = int(year) if re.fullmatch(r"(?:19|20)[0-9]{2}", year) else None
    return mapping.change(**given)


def _worded(mapping: Columns, given: Mapping[tuple[str, str], str]) -> Columns:
    """The mapping with what the reader says of single kinds and statuses."""
    for table in MEANINGS:
        said = {word: meaning for (of, word), meaning in given.items() if of == table}
        if said:
            before = getattr(mapping, table) or {}
            found = {m: tuple(w for w in old if w not in said) for m, old in before.items()}
            for word, meaning in said.items():
                found[meaning] = (*found.get(meaning, ()), word)
            mapping = mapping.change(**{table: {m: each for m, each in found.items() if each}})
    return mapping


def _asked_words(reading: Reading | None, said: Mapping[tuple[str, str], str]) -> list[list[str]]:
    """Kinds, statuses and hidden numbers that nobody knows, and those the reader has told of."""
    found = dict(said)
    for line in reading.refused if reading else ():
        if line.code in WORDS:
            table, value = WORDS[line.code]
            if word := str(line.values.get(value, "")):
                found.setdefault((table, word), "")
        if len(found) >= MOST_WORDS:
            break
    return [[table, word, meaning] for (table, word), meaning in found.items()]


def _flags(mapping: Columns, marks: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Side → its marks: those that were, but for the marks of which the reader says another."""
    usual = headers()["words"]
    before = mapping.flags or {side: tuple(usual[side]) for side in ("in", "out")}
    said = {str(mark)[:60] for mark in marks}
    asked = {key(mark) for mark in said}
    found = {
        side: tuple(word for word in before.get(side, ()) if key(word) not in asked)
        + tuple(mark for mark in said if marks.get(mark) == side)
        for side in ("in", "out", "nothing")
    }
    return {side: words for side, words in found.items() if words or side != "nothing"}


def answer(
    page: Any, said: Mapping[str, object], buffers: list[memoryview]
) -> dict[str, object] | None:
    """The dialog's messages: a file, a correction, or what is to be put into the draft."""
    try:
        if "statement" in said and buffers:
            return _opened(page, said, bytes(buffers[0]))
        if page.statement is None:
            return None
        if said.get("people"):
            return {"people": page.statement.people(said)}
        if isinstance(said.get("insert"), dict):
            return {"imported": page.statement.insert(record(said["insert"]))}
        if isinstance(said.get("map"), dict):
            said = record(said["map"])
            page.statement.correct(said)
        elif said.get("turn"):
            page.statement.turn()
        elif said.get("gaps"):
            page.statement.allow_gaps()
        return {"statement": page.statement.view() | {"n": said.get("n")}}
    except SimlibError as error:
        return {"refused": message(error, page.lang)}


def _opened(page: Any, said: Mapping[str, object], data: bytes) -> dict[str, object]:
    """A file as it is understood by itself; one with a password is asked for it."""
    if len(data) > MOST_BYTES:
        return {"refused": words("own_lab", "statement.big", page.lang, most=MOST_BYTES)}
    password = said.get("password")
    password = password if isinstance(password, str) and password else None
    try:
        name = str(said["statement"])[:100]
        page.statement = Statement(data, name, page.lang, password, page.files)
        page.files |= {*page.statement.named.files.values()}
    except StatementError as error:
        page.statement = None
        if error.code in SECRET:
            which = "wrong" if password else "needed"
            why = words("own_lab", f"statement.password_{which}", page.lang)
            return {"refused": why, "password": True}
        raise
    return {"statement": page.statement.view()}
