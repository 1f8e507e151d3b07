"""A receipt for files: their digests, one root over all, and a proof for each.

The leaves are the files' digests, in the order given: a receipt names no content, and every part of
it can be reckoned again. It shows that files are the same as on the day of the deposit as far as
whoever keeps the receipt, or its root, is to be believed. The time in it is what the depositor or
his computer says, which is no trusted time stamp; and it is not storage by block chain.

A receipt is read strictly, every digest in it put to the root; files are compared block by block.
"""

from __future__ import annotations

import datetime
import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn, TypeVar

from simlib.case.toml_guard import Refused, plain_file, read_bytes
from simlib.errors import DepositError
from simlib.evidence.digest import ALGORITHMS, SIZE, digest, inclusion_proofs, merkle_root, verify

SCHEMA = "simlib.deposit/1"
LONGEST_NOTE = 300
STATED, CLOCK = "stated", "computer"
MOST_BYTES = 16_000_000
HEX = set("0123456789abcdef")
T = TypeVar("T")
BLOCK = 1 << 20  # bytes held at a time
SAME, RENAMED, CHANGED, COPY, EXTRA, UNREADABLE = STATES = (
    "same", "renamed", "changed", "copy", "extra", "unreadable",
)  # fmt: skip
Told = Callable[[int, int], None]  # bytes read so far, and of how many


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was read: its name without folders, its size in bytes and its digest."""

    name: str
    size: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was deposited.

    Attributes
    ----------
    files
        in the order given
    root
        of the Merkle tree over their digests, 32 bytes
    proofs
        of each file, the nodes from its leaf to the root
    at, time_from
        the instant of the deposit; `stated` by the depositor or taken from his `computer`
    note
        what the depositor wrote
    algorithm
        `sha256` or `sm3`
    """

    files: tuple[File, ...]
    root: bytes
    proofs: tuple[tuple[bytes, ...], ...]
    at: datetime.datetime
    time_from: str
    note: str = ""
    algorithm: str = "sha256"

    def to_json(self) -> dict[str, object]:
        """Return the receipt as plain JSON data; digests in hexadecimal."""
        return {
            "schema": SCHEMA,
            "algorithm": self.algorithm,
            "tree": "rfc-6962",
            "leaf": "file-digest",
            "root": self.root.hex(),
            "at": self.at.isoformat(),
            "time_from": self.time_from,
            "trusted_time_stamp": False,
            "note": self.note,
            "files": [
                {"name": file.name, "size": file.size, "digest": file.digest.hex(),
                 "proof": [node.hex() for node in proof]}
                for file, proof in zip(self.files, self.proofs, strict=True)
            ],
        }  # fmt: skip


def deposit(
    files: Iterable[File],
    at: datetime.datetime,
    *,
    time_from: str = STATED,
    note: str = "",
    algorithm: str = "sha256",
) -> Receipt:
    """Return the receipt for files that were read by `simlib.evidence.receipt.read_file`.

    Raises
    ------
    DepositError
        if there are no files, the instant has no zone, or the note is longer than 300 letters
    UnknownName, OutOfScope
        for an algorithm that does not exist, or is not on this computer
    """
    files = tuple(files)
    if not files:
        raise DepositError("deposit-nothing")
    if at.tzinfo is None:
        raise DepositError("bad-instant", value=at.isoformat())
    if len(note) > LONGEST_NOTE:
        raise DepositError("deposit-note", most=LONGEST_NOTE)
    leaves = [file.digest for file in files]
    proofs = tuple(tuple(proof) for proof in inclusion_proofs(leaves, algorithm))
    root = merkle_root(leaves, algorithm)
    return Receipt(files, root, proofs, at, time_from, note, algorithm)


def read_receipt(path: str | Path) -> Receipt:
    """Return the receipt in a file.

    Raises
    ------
    DepositError
        if the file cannot be read or is larger than 16 MB, is not JSON, no receipt, of another
        schema, lacks a part, or contradicts itself: its root or a proof does not follow from its
        digests
    OutOfScope
        if it is in an algorithm this computer does not have
    """
    data, name = _data(Path(path)), str(path)
    schema = data.get("schema") if isinstance(data, dict) else None
    if not isinstance(schema, str):
        raise DepositError("receipt-other", file=name)
    if schema != SCHEMA:
        raise DepositError("receipt-schema", file=name, schema=schema, ours=SCHEMA)
    receipt = _Reader(name).receipt(data)
    _check(receipt, name)
    return receipt


def _data(path: Path) -> object:
    """Return whatever JSON the file holds."""
    try:
        return json.loads(read_bytes(path, MOST_BYTES).decode("utf-8-sig"))
    except Refused as refusal:
        raise DepositError(f"deposit-{refusal.finding.code}", file=str(path)) from None
    except (ValueError, RecursionError):  # no UTF-8, no JSON, brackets or digits without end
        raise DepositError("receipt-not-json", file=str(path)) from None


class _Reader:
    """Parts of a receipt by their place; what is missing or of another kind is refused."""

    def __init__(self, name: str) -> None:
        self.name = name

    def receipt(self, data: object) -> Receipt:
        rows = [(n, row) for n, row in enumerate(self.part(data, "files", list))]
        if not rows:
            self.refuse("files")
        files = tuple(self.file(row, f"files[{n}]") for n, row in rows)
        proofs = tuple(self.proof(row, f"files[{n}].proof") for n, row in rows)
        return Receipt(
            files,
            self.node(self.part(data, "root", str), "root"),
            proofs,
            self.instant(self.part(data, "at", str)),
            self.one_of(data, "time_from", (STATED, CLOCK)),
            self.part(data, "note", str),
            self.one_of(data, "algorithm", ALGORITHMS),
        )

    def file(self, row: object, place: str) -> File:
        size = self.part(row, "size", int, place)
        if isinstance(size, bool) or size < 0:
            self.refuse(f"{place}.size")
        hashed = self.node(self.part(row, "digest", str, place), f"{place}.digest")
        return File(self.part(row, "name", str, place), size, hashed)

    def proof(self, row: object, place: str) -> tuple[bytes, ...]:
        nodes = self.part(row, "proof", list, place.removesuffix(".proof"))
        return tuple(self.node(node, f"{place}[{n}]") for n, node in enumerate(nodes))

    def part(self, row: object, key: str, kind: type[T], place: str = "") -> T:
        value = row.get(key) if isinstance(row, dict) else None
        if not isinstance(value, kind):
            self.refuse(f"{place}.{key}".lstrip("."))
        return value

    def one_of(self, data: object, key: str, known: tuple[str, ...]) -> str:
        value = self.part(data, key, str)
        if value not in known:
            self.refuse(key)
        return value

    def node(self, text: object, place: str) -> bytes:
        """Return a digest from its 64 lower-case hexadecimal digits."""
        if not isinstance(text, str) or len(text) != 2 * SIZE or set(text) - HEX:
            self.refuse(place)
        return bytes.fromhex(text)

    def instant(self, text: str) -> datetime.datetime:
        try:
            at = datetime.datetime.fromisoformat(text)
        except ValueError:
            self.refuse("at")
        if at.tzinfo is None:
            self.refuse("at")
        return at

    def refuse(self, place: str) -> NoReturn:
        raise DepositError("receipt-damaged", file=self.name, place=place)


def _check(receipt: Receipt, name: str) -> None:
    """Refuse a receipt of which one part does not follow from another."""
    leaves = [file.digest for file in receipt.files]
    if merkle_root(leaves, receipt.algorithm) != receipt.root:
        raise DepositError("receipt-contradicts", file=name, place="root")
    for index, (leaf, proof) in enumerate(zip(leaves, receipt.proofs, strict=True)):
        if not verify(leaf, index, len(leaves), proof, receipt.root, receipt.algorithm):
            place = f"files[{index}].proof"
            raise DepositError("receipt-contradicts", file=name, place=place)


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
    """The files given, in order, and those of the receipt that none of them is.

    A file is verified by its own inclusion proof, which reading the receipt has checked against its
    root: one file of several needs none of the others.
    """

    checked: tuple[Checked, ...]
    missing: tuple[File, ...]

    @property
    def matches(self) -> bool:
        """Whether every file given is one that was deposited, under its name."""
        return bool(self.checked) and all(one.state == SAME for one in self.checked)

    @property
    def complete(self) -> bool:
        """Whether all that was deposited was given."""
        return not self.missing


def compare(receipt: Receipt, given: Sequence[File | str]) -> Comparison:
    """Tell which of the files given are those of a receipt.

    Contents come first, names second: who swaps the names of two files has renamed both.

    Parameters
    ----------
    receipt
        from `simlib.evidence.receipt.read_receipt`
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
