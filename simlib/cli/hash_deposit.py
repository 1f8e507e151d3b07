"""Deposit files and verify them later: a receipt, and which files are those it names."""

from __future__ import annotations

import datetime
import json
import os
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from simlib.cli.terminal import bar
from simlib.errors import DepositError, legible
from simlib.evidence.receipt import (
    CLOCK,
    STATED,
    Comparison,
    File,
    Receipt,
    compare,
    deposit,
    file_name,
    read_file,
    read_receipt,
)
from simlib.resources import LANGS
from simlib.text import message, words

SCHEMA = "simlib.verify/1"
ROOT_IS = {
    None: "own",
    True: "same",
    False: "other",
}  # that of the receipt: beside one left elsewhere
LIMITS = ("before", "chain", "keep")  # what a receipt does not do, after what its time is not
say = partial(words, "evidence_deposit")


def run_deposit(arguments: Namespace) -> int:
    """Read every file, write the receipt, print it; nothing is written if a file cannot be read."""
    at, time_from = _instant(arguments.at)
    if os.path.lexists(arguments.out):
        raise DepositError("deposit-exists", file=arguments.out)
    files = [file for file in _read(arguments, arguments.algorithm) if isinstance(file, File)]
    if len(files) < len(arguments.files):
        return 1
    note = arguments.note.encode("utf-8", "backslashreplace").decode()
    receipt = deposit(files, at, time_from=time_from, note=note, algorithm=arguments.algorithm)
    text = json.dumps(_data(receipt), ensure_ascii=False, indent=1)
    _put(arguments.out, text + "\n")
    print(text if arguments.json else _told(receipt, arguments.out, arguments.lang))
    return 0


def run_verify(arguments: Namespace) -> int:
    """Compare files with a receipt, and it with a root left elsewhere, if one is given.

    Return 1 if one of them is not as deposited, or the root is another.
    """
    receipt, lang = read_receipt(arguments.receipt), arguments.lang
    fits = None if arguments.root is None else arguments.root.strip().lower() == receipt.root.hex()
    compared = compare(receipt, tuple(_read(arguments, receipt.algorithm)))
    if arguments.json:
        print(json.dumps(_compared(compared, receipt, fits), ensure_ascii=False, indent=1))
    else:
        print(_verdict(compared, receipt, fits, lang))
    return 0 if compared.matches and fits is not False else 1


def _read(arguments: Namespace, algorithm: str) -> Iterator[File | str]:
    """Yield each file, or the name of one that cannot be read after saying why."""
    _refuse_twice(arguments.files)
    for path in arguments.files:
        try:
            yield read_file(path, algorithm, bar(path, arguments.lang, key="hashing"))
        except DepositError as error:
            print(message(error, arguments.lang), file=sys.stderr)
            yield file_name(path)


def _refuse_twice(paths: Iterable[str]) -> None:
    for path, times in Counter(os.path.realpath(path) for path in paths).items():
        if times > 1:
            raise DepositError("deposit-twice", file=os.path.basename(path))


def _instant(text: str | None) -> tuple[datetime.datetime, str]:
    """Return the instant of the deposit, and who says so."""
    if text is None:
        return datetime.datetime.now(datetime.UTC).replace(microsecond=0), CLOCK
    try:
        at = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise DepositError("bad-instant", value=text) from None
    if at.tzinfo is None:
        raise DepositError("bad-instant", value=text)
    return at, STATED


def _put(path: str, text: str) -> None:
    """Write a new file whole or not at all."""
    file = Path(path)
    try:
        with file.open("x", encoding="utf-8", newline="") as out:
            out.write(text)
    except FileExistsError:
        raise DepositError("deposit-exists", file=path) from None
    except (OSError, ValueError) as error:
        if file.is_file() and isinstance(error, OSError):
            file.unlink(missing_ok=True)
        detail = getattr(error, "strerror", None) or type(error).__name__
        raise DepositError("deposit-unwritable", file=path, detail=detail) from None


def _notice(receipt: Receipt, lang: str) -> list[str]:
    """Say what the receipt does not show."""
    return [say(f"time.{receipt.time_from}", lang), *(say(f"limit.{key}", lang) for key in LIMITS)]


def _data(receipt: Receipt) -> dict[str, object]:
    return receipt.to_json() | {"notice": {lang: _notice(receipt, lang) for lang in LANGS}}


def _told(receipt: Receipt, out: str, lang: str) -> str:
    """Print the receipt: files with their digests, the root, the time, and the limits of it all."""
    lines = [say("deposited", lang, count=len(receipt.files), out=legible(out)), ""]
    for file in receipt.files:
        lines.append(say("file", lang, name=legible(file.name), size=file.size))
        lines.append(f"  {receipt.algorithm}  {file.digest.hex()}")
    lines += ["", *_head(receipt, lang), *_empty(receipt.files, lang)]
    return "\n".join([*lines, "", *(f"- {line}" for line in _notice(receipt, lang))])


def _head(receipt: Receipt, lang: str) -> list[str]:
    lines = [say("root", lang, root=receipt.root.hex()), say("at", lang, at=receipt.at.isoformat())]
    return lines + ([say("note", lang, note=legible(receipt.note))] if receipt.note else [])


def _empty(files: Iterable[File], lang: str) -> list[str]:
    """Warn of files without contents: all of them have the same digest."""
    return [say("empty", lang, name=legible(file.name)) for file in files if not file.size]


def _verdict(compared: Comparison, receipt: Receipt, fits: bool | None, lang: str) -> str:
    """Print what became of each file, whether all match, and what that does not show."""
    lines = [
        say(f"states.{one.state}", lang, name=legible(one.name), deposited=legible(one.deposited))
        for one in compared.checked
    ]
    lines += [say("states.missing", lang, name=legible(file.name)) for file in compared.missing]
    key = "some_match" if compared.matches else "no_match"
    key = "all_match" if compared.matches and compared.complete else key
    numbers = {"count": len(receipt.files), "given": len(compared.checked)}
    lines += ["", say(key, lang, **numbers), *_head(receipt, lang)]
    lines.append(say(f"root_is.{ROOT_IS[fits]}", lang))
    return "\n".join([*lines, "", *(f"- {line}" for line in _notice(receipt, lang))])


def _compared(compared: Comparison, receipt: Receipt, fits: bool | None) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "matches": compared.matches and fits is not False,
        "complete": compared.complete,
        "root_matches": fits,
        "root": receipt.root.hex(),
        "at": receipt.at.isoformat(),
        "time_from": receipt.time_from,
        "trusted_time_stamp": False,
        "files": [
            {"name": one.name, "size": one.size, "state": one.state, "deposited": one.deposited}
            for one in compared.checked
        ],
        "missing": [file.name for file in compared.missing],
    }
