"""Bank statements into the case that is being written: columns shown, corrected, rows taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.errors import SimlibError, StatementError
from simlib.statement import (
    ROLES,
    SHAPES,
    Key,
    combine,
    convert,
    detect,
    header_cells,
    preview,
    read_tables,
)
from simlib.statement.bounds import PAGE
from simlib.text import amount, message, topic_words, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simlib.statement import Imported, Reading

MOST_BYTES = PAGE.file_bytes  # the page's socket takes no more than 10 MB
MOST_ROWS = 5_000  # transfers put into a draft at once
MOST_SHOWN = 200  # rows told of as refused
MOST_NAMED = 20  # holders who become parties of their own; the others are one
OTHERS = "others"
UNITS = ("yuan", "fen", "wan")


class Statement:
    """One file on its way into a draft; it lives as long as the page, and keeps no key."""

    def __init__(self, data: bytes, name: str, lang: str) -> None:
        self.lang = lang
        self.named = Key()
        self.tables = self.named.call(read_tables(data, name, bounds=PAGE), name)
        self.choose(0)

    def choose(self, number: int) -> None:
        """Another sheet, as it is understood by itself."""
        self.number = number
        self.table = self.tables[number]
        self.mapping = detect(self.table)

    def correct(self, said: Mapping) -> None:
        """What the reader says the columns mean; raises `StatementError`."""
        if said.get("table") != self.number and said.get("table") in range(len(self.tables)):
            self.choose(said["table"])
            return
        places = said.get("columns", {})
        columns = {role: int(n) for role, n in places.items() if role in ROLES and n}
        given = {key: str(said.get(key) or "").strip() or None for key in ("account", "holder")}
        self.mapping = self.mapping.change(
            shape=said.get("shape") or None, unit=said.get("unit", "yuan"), columns=columns, **given
        )

    def view(self) -> dict:
        """What the dialog shows: the columns, and what would become of each row."""
        mapping, lang = self.mapping, self.lang
        headers = header_cells(self.table, mapping)
        named = {text: n + 1 for n, text in reversed(list(enumerate(headers)))}
        columns = {
            role: column if isinstance(column, int) else named.get(column, 0)
            for role, column in mapping.columns.items()
        }
        said = topic_words("statement", lang)
        found = {
            "tables": [table.own_label for table in self.tables],
            "table": self.number,
            "shape": mapping.shape or "",
            "shapes": [[shape, said["shapes"][shape]] for shape in SHAPES],
            "unit": mapping.unit,
            "roles": [[role, said["roles"][role]] for role in ROLES],
            "headers": headers,
            "columns": columns,
            "account": mapping.account or "",
            "holder": mapping.holder or "",
            "notes": [self._note(note) for note in mapping.uncertain],
        }
        return found | self._read()

    def _read(self) -> dict:
        """The rows as they would be taken, or why they cannot be read yet."""
        if not self.mapping.complete:
            return {"taken": 0, "error": ""}
        try:
            reading = convert(self.table, self.mapping)
            rows = [self._row(row) for row in preview(self.table, self.mapping)]
        except StatementError as error:
            return {"taken": 0, "error": message(error, self.lang)}
        return {"error": "", "rows": rows, **self._told(reading)}

    def _told(self, reading: Reading) -> dict:
        """How many rows are taken, and every reason for which one is not."""
        lines = [
            {"row": line.row, "said": self._line(line.code, line.values)}
            for line in reading.refused[:MOST_SHOWN]
        ]
        notes = [self._note(note) for note in (*reading.warnings, *reading.assumptions)]
        counts = {"refused": len(reading.refused), "skipped": len(reading.skipped)}
        return {
            "read": reading.read,
            "taken": reading.taken,
            **counts,
            "lines": lines,
            "told": notes,
        }

    def _row(self, row: Mapping) -> dict:
        state = words("own_lab", f"statement.{row['state']}", self.lang)
        if row["state"] != "taken":
            why = self._line(row["code"], row["values"])
            return {"row": row["row"], "state": state, "cells": [why, "", "", ""]}
        at = row["at"].isoformat(sep=" ", timespec="seconds")[:19]
        cells = [at, row["payer"], row["payee"], amount(row["amount_fen"], self.lang)]
        return {"row": row["row"], "state": state, "cells": cells}

    def insert(self, used: Iterable[str]) -> dict:
        """Rows for the draft under pseudonyms that are not `used`, and the key to them."""
        used = {str(id) for id in used}
        key = Key(used)
        key.files, key.sheets = self.named.files, self.named.sheets
        imported = combine([convert(self.table, self.mapping)], key)
        if imported.taken > MOST_ROWS:
            values = {"most": MOST_ROWS, "taken": imported.taken}
            return {"error": words("own_lab", "statement.too_many", self.lang, **values)}
        parties, stand_in = _parties(imported, used)
        accounts = [
            {"id": a.id, "holder": stand_in.get(a.holder, a.holder)}
            | ({"opening_fen": a.opening_fen} if a.opening_fen else {})
            for a in imported.accounts
        ]
        transfers = [
            row | {"at": row["at"].isoformat()}
            | {side: stand_in.get(row[side], row[side]) for side in ("payer", "payee")}
            for row in imported.transfers
        ]  # fmt: skip
        counts = {"accounts": len(accounts), "transfers": len(transfers), "parties": len(parties)}
        said = words("own_lab", "statement.inserted", self.lang, **counts)
        rows = {"parties": parties, "accounts": accounts, "transfers": transfers}
        return {"rows": rows, "said": said, "key": imported.key.to_json()}

    def _note(self, note: object) -> str:
        return words("statement", f"notes.{note.code}", self.lang, **self._spoken(note.values))

    def _line(self, code: str, values: Mapping) -> str:
        return words("statement", f"reasons.{code}", self.lang, **self._spoken(values))

    def _spoken(self, values: Mapping) -> dict:
        """Roles in words."""
        roles = topic_words("statement", self.lang)["roles"]
        return {k: roles.get(v, v) if k == "role" else v for k, v in values.items()}


def _parties(imported: Imported, used: set[str]) -> tuple[list[dict], dict[str, str]]:
    """The holders as parties of whom nobody claims anything; who stands in for whom.

    The busiest are parties of their own; what the reader knows of their roles he says himself.
    """
    busy: dict[str, int] = {}
    for account in imported.accounts:
        busy[account.holder] = busy.get(account.holder, 0) + account.rows
    named = {holder.id: holder for holder in imported.holders}
    order = sorted(named, key=lambda id: -busy.get(id, 0))
    own = set(order[:MOST_NAMED])
    others = OTHERS
    while others in used:
        others += "-"
    ends = {e for row in imported.transfers for e in (row["payer"], row["payee"])}
    ends |= {account.holder for account in imported.accounts}
    ends -= {account.id for account in imported.accounts}
    stand_in = {id: others for id in ends if id not in own}
    parties = [_nobody(id, named[id].zh, named[id].en) for id in named if id in own]
    if stand_in:
        zh, en = (topic_words("statement", lang)["others"] for lang in ("zh", "en"))
        parties.append(_nobody(others, zh, en))
    return parties, stand_in


def _nobody(id: str, zh: str, en: str) -> dict:
    """A party whose part nobody knows yet: no fault, not sued, all of it assumed."""
    return {
        "id": id, "role": "helper", "name": {"zh": zh, "en": en}, "act": "payment",
        "sued": False, "grade": "none",
        "kinds": {"act": "assumed", "sued": "assumed", "grade": "assumed"},
    }  # fmt: skip


def answer(page: object, said: Mapping, buffers: list) -> dict | None:
    """The dialog's messages: a file, a correction, or what is to be put into the draft."""
    try:
        if "statement" in said and buffers:
            data = bytes(buffers[0])
            if len(data) > MOST_BYTES:
                return {"refused": words("own_lab", "statement.big", page.lang, most=MOST_BYTES)}
            page.statement = Statement(data, str(said["statement"])[:100], page.lang)
        elif page.statement is None:
            return None
        elif isinstance(said.get("map"), dict):
            page.statement.correct(said["map"])
        elif isinstance(said.get("insert"), list):
            return {"imported": page.statement.insert(said["insert"])}
        return {"statement": page.statement.view()}
    except SimlibError as error:
        return {"refused": message(error, page.lang)}
