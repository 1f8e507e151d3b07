"""A generated chain as a case: people and accounts in a TOML file, transfers in a CSV file."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from simlib.case import load_case
from simlib.case.load import FILE
from simlib.case.model import MOST_TRANSFERS
from simlib.case.write import write as write_toml
from simlib.errors import SyntheticError
from simlib.synthetic.cast import LANGS, ZONE, cast
from simlib.synthetic.model import Chain
from simlib.synthetic.setting import settings

if TYPE_CHECKING:
    from simlib.case.model import Case

FLOWS, HEADER = "flows.csv", "id,payer,payee,amount_fen,fee_fen,at\n"
AT_ONCE = 100_000  # rows written together
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
TABLES = ("parties", "accounts", "acts")


def to_case(chain: Chain, id: str) -> Case:
    """Return the case that `write` writes, by way of a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as place:
        return load_case(write(chain, Path(place) / id, ""))


def write(chain: Chain, folder: Path, made_by: str) -> Path:
    """Write the two files into an empty or new folder."""
    check_length(len(chain), folder)
    id = folder.name if ID.fullmatch(folder.name) else "hypo-generated"
    text = _text(chain, id, made_by)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FLOWS).open("w", encoding="utf-8", newline="\n") as file:
            file.write(HEADER)
            file.writelines(rows(chain))
        (folder / FILE).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise SyntheticError("cannot-write", folder=str(folder), detail=error.strerror) from error
    return folder


def check_length(size: int, folder: Path) -> None:
    """Refuse more transfers than a case holds, and a folder that holds anything or is a file."""
    if size > MOST_TRANSFERS:
        raise SyntheticError("chain-too-long", size=size, most=MOST_TRANSFERS)
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise SyntheticError("cannot-write", folder=str(folder), detail=error.strerror) from error
    if taken:
        raise SyntheticError("folder-not-empty", folder=str(folder))


def rows(chain: Chain) -> Iterator[str]:
    """Yield the lines of the CSV file, many at once."""
    import numpy as np

    columns, names = chain.columns, chain.columns.names
    shift = int(ZONE.utcoffset(None).total_seconds())
    offset = f"{shift // 3600:+03d}:{shift % 3600 // 60:02d}"
    for start in range(0, len(chain), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        local = columns.at_us[part] // 1_000_000 + shift
        stamps = np.datetime_as_string(local.astype("datetime64[s]")).tolist()
        cells = zip(
            columns.ids[part], columns.payer[part].tolist(), columns.payee[part].tolist(),
            columns.amount_fen[part].tolist(), columns.fee_fen[part].tolist(), stamps,
            strict=True,
        )  # fmt: skip
        yield "".join(
            f"{id},{names[payer]},{names[payee]},{amount},{fee or ''},{stamp}{offset}\n"
            for id, payer, payee, amount, fee, stamp in cells
        )


def _text(chain: Chain, id: str, made_by: str) -> str:
    """Return the TOML file, its comments first."""
    who = cast(chain)
    label = [who.label[lang] for lang in LANGS]
    comments = [*label, *([made_by] if made_by else []), *_changed(chain)]
    tables = {table: getattr(who, table) for table in TABLES}
    head = {"id": id, **who.head, "transfers_file": FLOWS, "summary": who.summary}
    return "".join(f"# {line}\n" for line in comments) + write_toml(head | tables)


def _changed(chain: Chain) -> list[str]:
    """Return the settings that are not the usual ones, as comments."""
    usual = settings().items()
    return [f"{k} = {chain.settings[k]}" for k, own in usual if chain.settings[k] != own.value]
