"""Pseudonyms for account numbers and names, and the key to them, which its owner keeps."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from simlib.case.guard import Refused, read_bytes
from simlib.errors import StatementError
from simlib.statement.model import End, Table

SCHEMA = "simlib.import-key/1"
MOST_BYTES = 256_000_000
CASE_FILE = "case.toml"
_DIGITS = (
    ("[id]", re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")),
    ("[phone]", re.compile(r"(?<![0-9])(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])")),
    ("[card]", re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9]){11,18}(?![0-9])")),
    ("[phone]", re.compile(r"(?<![0-9])0[0-9]{2,3}[ -]?[0-9]{7,8}(?![0-9])")),
    ("[mail]", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("[number]", re.compile(r"(?<![0-9.])[0-9]{7,}(?![0-9.])")),
)


class Key:
    """Pseudonym ↔ original, in the order in which the originals appeared.

    Accounts become c1, c2, …; holders p1, p2, …, whose names are 户1, 户2, …; files f1, f2, … and
    the sheets of a workbook f1:s1, f1:s2, …. A number or name met again keeps its pseudonym, in
    this import and in any later one that starts from the same key.

    Parameters
    ----------
    avoid
        ids that are taken already
    """

    def __init__(self, avoid: Iterable[str] = ()) -> None:
        self.avoid = set(avoid)
        self.accounts: dict[str, str] = {}
        self.holders: dict[str, str] = {}
        self.holder_of: dict[str, str] = {}
        self.transfers: dict[str, tuple[str, int]] = {}
        self.files: dict[str, str] = {}
        self.sheets: dict[str, str] = {}
        self._next = {"c": 1, "p": 1, "t": 1, "f": 1}
        self._read_from: Path | None = None

    def account(self, end: End) -> str:
        """Return the pseudonym of an account, new or known."""
        return self._given(self.accounts, account_key(end), "c")

    def holder(self, original: str) -> str:
        """Return the pseudonym of a holder, new or known."""
        return self._given(self.holders, original, "p")

    def call(self, tables: Sequence[Table], name: str) -> list[Table]:
        """Return the tables of the file of this name under pseudonyms; sheets in their order."""
        file = self._given(self.files, name, "f")
        called = []
        for number, table in enumerate(tables, 1):
            label = f"{file}:s{number}" if len(tables) > 1 else file
            self.sheets |= {label: table.sheet} if table.sheet else {}
            called.append(replace(table, called=label))
        return called

    def transfer(self, label: str, row: int) -> str:
        """Return a new id for a transfer, which stands on this row."""
        made = self._made("t")
        self.transfers[made] = (label, row)
        return made

    def _given(self, table: dict[str, str], original: str, letter: str) -> str:
        if original not in table:
            table[original] = self._made(letter)
        return table[original]

    def _made(self, letter: str) -> str:
        while (made := f"{letter}{self._next[letter]}") in self.avoid:
            self._next[letter] += 1
        self._next[letter] += 1
        return made

    def id_of(self, text: str) -> str | None:
        """Return the pseudonym meant by an account's number, a holder's name, or a pseudonym
        itself.

        Examples
        --------
        >>> key = Key(); key.account(End("6222 0001")), key.holder("name:张三")
        ('c1', 'p1')
        >>> key.id_of("6222 0001"), key.id_of("张三"), key.id_of("户1"), key.id_of("c2")
        ('c1', 'p1', 'p1', None)
        """
        text = unicodedata.normalize("NFKC", text).strip()
        ids = {*self.accounts.values(), *self.holders.values()}
        if text in ids:
            return text
        if shown := re.fullmatch(r"户([0-9]+)", text):
            return f"p{shown[1]}" if f"p{shown[1]}" in ids else None
        number = re.sub(r"[\s-]+", "", text)
        for table, original in (
            (self.accounts, f"number:{number}"),
            (self.accounts, f"number:{text}"),
            (self.holders, f"name:{text}"),
        ):
            if original in table:
                return table[original]
        return None

    def to_json(self) -> dict[str, object]:
        """Return the whole key as plain data."""
        return {
            "schema": SCHEMA,
            "accounts": [{"id": made, "original": original, "holder": self.holder_of.get(made)}
                         for original, made in self.accounts.items()],
            "holders": [{"id": made, "original": o} for o, made in self.holders.items()],
            "transfers": {made: list(where) for made, where in self.transfers.items()},
            "files": [{"id": made, "original": o} for o, made in self.files.items()],
            "sheets": dict(self.sheets),
        }  # fmt: skip

    @classmethod
    def read(cls, path: str | Path, avoid: Iterable[str] = ()) -> Key:
        """Return the key in a file that `write` made, to go on from; raises `StatementError`."""
        path = Path(path)
        try:
            key = cls(avoid)
            key._fill(json.loads(read_bytes(path, MOST_BYTES)))
        except (Refused, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise StatementError("key-unreadable", path=str(path)) from None
        key._read_from = path.resolve()
        return key

    def _fill(self, raw: Mapping[str, Any]) -> None:  # Any: of a wrong type `read` refuses it
        if raw["schema"] != SCHEMA:
            raise ValueError
        self.accounts = {row["original"]: row["id"] for row in raw["accounts"]}
        self.holders = {row["original"]: row["id"] for row in raw["holders"]}
        self.holder_of = {row["id"]: row["holder"] for row in raw["accounts"] if row["holder"]}
        self.transfers = {made: (label, row) for made, (label, row) in raw["transfers"].items()}
        self.files = {row["original"]: row["id"] for row in raw.get("files", ())}
        self.sheets = dict(raw.get("sheets", {}))
        made = (self.accounts.values(), self.holders.values(), self.files.values())
        self.avoid |= {*self.transfers, *chain.from_iterable(made)}

    def write(self, path: str | Path, outside: str | Path | None = None) -> None:
        """Write the key where its owner wants it, readable by nobody else.

        Parameters
        ----------
        path
            the file; it must be new, or the one this key was read from
        outside
            a folder it must not be in, e.g. the case's

        Raises
        ------
        StatementError
            if it would lie in the folder of a case, exists, or cannot be written
        """
        path = Path(path)
        try:
            target = path.resolve()
        except (OSError, RuntimeError):  # a ring of links
            raise StatementError("key-unwritable", path=str(path)) from None
        if (outside is not None and target.is_relative_to(Path(outside).resolve())) or any(
            (folder / CASE_FILE).exists() for folder in target.parents
        ):
            raise StatementError("key-in-case", path=str(path))
        text = json.dumps(self.to_json(), ensure_ascii=False, indent=1) + "\n"
        if target == self._read_from:
            fresh = target.with_name(target.name + ".new")
            _write(fresh, text, path)
            os.replace(fresh, target)
        else:
            _write(target, text, path)
        self._read_from = target


def _write(target: Path, text: str, shown: Path) -> None:
    try:
        made = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise StatementError("key-exists", path=str(shown)) from None
    except (OSError, ValueError):
        raise StatementError("key-unwritable", path=str(shown)) from None
    with os.fdopen(made, "w", encoding="utf-8") as file:
        file.write(text)


def account_key(end: End) -> str:
    """Return what tells an account from others: its number, or the statement that is its own."""
    return f"number:{end.number}" if end.number else f"statement:{end.label}"


class Masks:
    """Takes known numbers and names out of remarks, and whatever looks like a number of a person.

    Names nobody listed stay: a remark must be read before it is shared.
    """

    def __init__(self, key: Key) -> None:
        known = {**key.accounts, **key.holders}
        plain = {original.partition(":")[2]: made for original, made in known.items()}
        self._known = {text: made for text, made in plain.items() if len(text) > 1}
        self._lengths = sorted({len(text) for text in self._known}, reverse=True)

    def masked(self, remark: str) -> str:
        """Return the remark without them."""
        text = self._without_known(unicodedata.normalize("NFKC", remark))
        for token, pattern in _DIGITS:
            text = pattern.sub(token, text)
        return "".join(c if c.isprintable() else " " for c in text).strip()

    def _without_known(self, text: str) -> str:
        made, place = [], 0
        while place < len(text):
            for length in self._lengths:
                if known := self._known.get(text[place : place + length]):
                    made.append(f"[{known}]")
                    place += length
                    break
            else:
                made.append(text[place])
                place += 1
        return "".join(made)
