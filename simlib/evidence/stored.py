"""A receipt from its file: strictly read, and every digest in it put to the root."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import NoReturn, TypeVar

from simlib.case.guard import Refused, read_bytes
from simlib.errors import DepositError
from simlib.evidence.digest import ALGORITHMS, SIZE
from simlib.evidence.merkle import merkle_root, verify
from simlib.evidence.receipt import CLOCK, SCHEMA, STATED, File, Receipt

MOST_BYTES = 16_000_000
HEX = set("0123456789abcdef")
T = TypeVar("T")


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
