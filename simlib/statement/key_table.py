"""The key to the pseudonyms as a table for a reader: who in the case is who, with his accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simlib.spreadsheet import csv_text
from simlib.statement.identity.pseudonyms import parts

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
