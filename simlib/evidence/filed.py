"""Files of a deposit, read in blocks; and which of them a receipt names."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from simlib.case.guard import Refused, plain_file
from simlib.errors import DepositError
from simlib.evidence.digest import digest
from simlib.evidence.receipt import File, Receipt

BLOCK = 1 << 20  # bytes held at a time
SAME, RENAMED, CHANGED, COPY, EXTRA, UNREADABLE = STATES = (
    "same", "renamed", "changed", "copy", "extra", "unreadable",
)  # fmt: skip
Told = Callable[[int, int], None]  # bytes read so far, and of how many


def read_file(path: str | Path, algorithm: str = "sha256", told: Told | None = None) -> File:
    """Return the name, size and digest of a file; of any size, a block at a time.

    The name is that of the file without its folders, in the composed form of Unicode (a Mac writes
    names decomposed), with a mark for bytes that are no text.

    Raises
    ------
    DepositError
        if it is missing, not a plain file, not readable, or changes while it is read
    UnknownName, OutOfScope
        for an algorithm that does not exist, or is not on this computer
    """
    try:
        with plain_file(Path(path)) as (file, size):
            hashed = digest(_blocks(file, size, told), algorithm)
            if file.tell() != size or os.fstat(file.fileno()).st_size != size:
                raise DepositError("deposit-changed", file=str(path))
    except Refused as refusal:
        raise DepositError(f"deposit-{refusal.finding.code}", file=str(path)) from None
    return File(file_name(path), size, hashed)


def file_name(path: str | Path) -> str:
    """Return the name of a file as a receipt has it."""
    name = os.fsencode(Path(path).name).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", name)


def _blocks(file: BinaryIO, size: int, told: Told | None) -> Iterator[bytes]:
    done = 0
    while block := file.read(BLOCK):
        yield block
        done += len(block)
        if done > size:  # it grows as fast as it is read
            return
        if told:
            told(done, size)


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a file that was given.

    Attributes
    ----------
    name, size
        of the file given; `size` None if it cannot be read
    state
        `same`; `renamed` (contents as deposited, under another name); `changed` (the name is that
        of a file deposited, the contents are not); `copy` (of one already found); `extra` (neither
        name nor contents were deposited); or `unreadable`
    deposited
        name in the receipt; None for an extra file
    """

    name: str
    size: int | None
    state: str
    deposited: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The files given, in order, and those of the receipt that none of them is."""

    checked: tuple[Checked, ...]
    missing: tuple[File, ...]

    @property
    def matches(self) -> bool:
        """Whether exactly the files deposited were given, under their names."""
        return not self.missing and all(one.state == SAME for one in self.checked)


def compare(receipt: Receipt, given: Sequence[File | str]) -> Comparison:
    """Tell which of the files given are those of a receipt.

    Contents come first, names second: who swaps the names of two files has renamed both.

    Parameters
    ----------
    receipt
        from `simlib.evidence.stored.read_receipt`
    given
        files from `read_file` with the receipt's algorithm; of one that cannot be read, its name

    Raises
    ------
    DepositError
        if the receipt has another size for the very same contents
    """
    left = list(receipt.files)
    found: dict[int, tuple[str, str | None]] = {}
    for state, fits in ((SAME, _same), (RENAMED, _contents), (CHANGED, _name)):
        for place, file in ((n, f) for n, f in enumerate(given) if n not in found):
            entry = next((e for e in left if fits(file, e)), None)
            if entry is not None:
                left.remove(entry)
                found[place] = (_sized(state, file, entry), entry.name)
    checked = [_checked(file, *found.get(n, _other(file, receipt))) for n, file in enumerate(given)]
    return Comparison(tuple(checked), tuple(left))


def _same(file: File | str, entry: File) -> bool:
    return _contents(file, entry) and _name(file, entry)


def _contents(file: File | str, entry: File) -> bool:
    return isinstance(file, File) and file.digest == entry.digest


def _name(file: File | str, entry: File) -> bool:
    return (file.name if isinstance(file, File) else file) == entry.name


def _sized(state: str, file: File | str, entry: File) -> str:
    """Return the state of a match; of a name that stands for no readable file, `unreadable`."""
    if isinstance(file, str):
        return UNREADABLE
    if state != CHANGED and file.size != entry.size:
        raise DepositError("receipt-size", name=entry.name, size=entry.size, real=file.size)
    return state


def _other(file: File | str, receipt: Receipt) -> tuple[str, str | None]:
    """Return the state of a file that is none of those left over."""
    if isinstance(file, str):
        return UNREADABLE, None
    twin = next((entry for entry in receipt.files if _contents(file, entry)), None)
    return (COPY, twin.name) if twin else (EXTRA, None)


def _checked(file: File | str, state: str, deposited: str | None) -> Checked:
    if isinstance(file, str):
        return Checked(file, None, state, deposited)
    return Checked(file.name, file.size, state, deposited)
