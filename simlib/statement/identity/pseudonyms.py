"""Pseudonyms for account numbers and names, and the key to them, which its owner keeps."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from simlib.case.toml_guard import Refused, read_bytes
from simlib.errors import StatementError
from simlib.spreadsheet import csv_text
from simlib.statement.model import Table

SCHEMA = "simlib.import-key/1"
MOST_BYTES = 256_000_000
CASE_FILE = "case.toml"
SPLIT = "\t"  # no number and no name holds one
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
    this import and in any later one that starts from the same key. What the originals look like
    is said where they are made, in `simlib.statement.names`.

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
        self.names: dict[str, list[str]] = {}  # account → every name it was given
        self.transfers: dict[str, tuple[str, int]] = {}
        self.files: dict[str, str] = {}
        self.sheets: dict[str, str] = {}
        self._next = {"c": 1, "p": 1, "t": 1, "f": 1}
        self._read_from: Path | None = None

    def account(self, original: str) -> str:
        """Return the pseudonym of an account, new or known."""
        return self._given(self.accounts, original, "c")

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

    def same(self, holder: str, other: str) -> None:
        """Make one holder, or one account, the other: from now on they are one."""
        for table in (self.accounts, self.holders, self.holder_of):
            table.update({key: other for key, made in table.items() if made == holder})
        if holder in self.holder_of:
            held = self.holder_of.pop(holder)
            self.same(held, self.holder_of.get(other, held))

    def forget(self, transfers: Iterable[str]) -> None:
        """Take back the ids of transfers, which are to be given again."""
        for made in list(transfers):
            del self.transfers[made]
            self._next["t"] = min(self._next["t"], int(made[1:]))

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
        """Return the pseudonym meant by an account's number, a holder's name, both with a space
        between them, or a pseudonym itself.

        Raises
        ------
        StatementError
            if several are meant: two accounts with one masked number, two people of one name

        Examples
        --------
        >>> key = Key(); key.account("number:62220001"), key.holder("name:张三")
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
        meant = self._accounts_of(text) or self._holders_of(text)
        if len(meant) > 1:
            raise StatementError("import-several", who=text[:60], ids=", ".join(meant))
        return meant[0] if meant else None

    def _accounts_of(self, text: str) -> list[str]:
        """Return the accounts of this number, or of this number and name in either order."""
        wanted: set[tuple[str, str | None]] = {(re.sub(r"[\s-]+", "", text), None), (text, None)}
        words = text.replace("/", " ").split()
        for place in range(1, len(words)):
            first, last = " ".join(words[:place]), " ".join(words[place:])
            wanted |= {(first, last), (last, first)}
        found: dict[str, None] = {}
        for original, made in self.accounts.items():
            kind, number, name = parts(original)
            if kind == "number" and {(number, None), (number, name)} & wanted:
                found[made] = None
        return list(found)

    def _holders_of(self, text: str) -> list[str]:
        wanted = f"name:{text}"
        return list(dict.fromkeys(
            made for original, made in self.holders.items()
            if original.partition(SPLIT)[0] == wanted
        ))  # fmt: skip

    def to_json(self) -> dict[str, object]:
        """Return the whole key as plain data."""
        return {
            "schema": SCHEMA,
            "accounts": [{"id": made, "original": original, "holder": self.holder_of.get(made),
                          "names": self.names.get(made, [])}
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
        self.names = {row["id"]: list(map(str, row.get("names", ()))) for row in raw["accounts"]}
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


def joined(kind: str, text: str, more: str | None = None) -> str:
    """Return an original as the key has it: what kind it is, and what tells it from others.

    Examples
    --------
    >>> joined("number", "6222****1234", "张三"), joined("name", "张三")
    ('number:6222****1234\\t张三', 'name:张三')
    """
    return f"{kind}:{text}" if more is None else f"{kind}:{text}{SPLIT}{more}"


def parts(original: str) -> tuple[str, str, str | None]:
    """Return kind, text and the rest of an original, from `joined`."""
    kind, _, rest = original.partition(":")
    text, split, more = rest.partition(SPLIT)
    return kind, text, more if split else None


class Masks:
    """Takes known numbers and names out of remarks, and whatever looks like a number of a person.

    Names nobody listed stay: a remark must be read before it is shared.
    """

    def __init__(self, key: Key) -> None:
        known: dict[str, dict[str, None]] = {}
        for original, made in (*key.accounts.items(), *key.holders.items()):
            known.setdefault(parts(original)[1], {})[made] = None
        self._known = {text: "|".join(made) for text, made in known.items() if len(text) > 1}
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


# ---------------------------------------------------- the key as a table

_TOGETHER = 4  # digits of a number; spaces between them keep a spreadsheet from rounding it


def key_table(
    key: Mapping[str, Any],  # Any: JSON, as `Key.to_json` writes it
    parties: Iterable[tuple[str, str]],
    headers: Iterable[str],
) -> str:
    """Return a row for each party of a case and each of his accounts, as CSV that a spreadsheet
    opens.

    Parameters
    ----------
    key
        what `Key.to_json` returns
    parties
        id and name of each party of the case
    headers
        of: name in the case, id, name in the statements, id of the account, its number

    Examples
    --------
    >>> key = {"holders": [{"id": "p1", "original": "name:张三"}], "accounts": [
    ...     {"id": "c1", "original": "number:6222021234", "holder": "p1", "names": []}]}
    >>> key_table(key, [("p1", "户1")], "abcde").splitlines()[1]
    '户1,p1,张三,c1,6222 0212 34'
    """
    rows = [list(headers)]
    for id, name in parties:
        names = dict.fromkeys(_names(key, id))
        accounts = [row for row in key["accounts"] if row.get("holder") == id]
        held = [(row["id"], _spaced(parts(row["original"])[1])) for row in accounts
                if parts(row["original"])[0] == "number"]  # fmt: skip
        if names or held:
            shown = " / ".join(names)
            rows += [[name, id, shown, *account] for account in held or [("", "")]]
    return "\ufeff" + csv_text(rows, "\r\n")


def _names(key: Mapping[str, Any], id: str) -> Iterator[str]:  # Any: as above
    """Yield the names that the statements give a party."""
    for row in key["holders"]:
        kind, text, _ = parts(row["original"])
        if row["id"] == id and kind == "name":
            yield text
    for row in key["accounts"]:
        if row.get("holder") == id:
            yield from row.get("names", ())


def _spaced(number: str) -> str:
    """Return a number in groups, so that a spreadsheet takes it for text."""
    if not (number.isdigit() and len(number) > _TOGETHER):
        return number
    return " ".join(number[n : n + _TOGETHER] for n in range(0, len(number), _TOGETHER))
