"""A receipt for files: their digests, one root over all, and a proof for each.

The leaves are the files' digests, in the order given: a receipt names no content, and every part of
it can be reckoned again. It shows that files are the same as on the day of the deposit as far as
whoever keeps the receipt, or its root, is to be believed. The time in it is what the depositor or
his computer says, which is no trusted time stamp; and it is not storage by block chain.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from simlib.errors import DepositError
from simlib.evidence.merkle import inclusion_proofs, merkle_root

SCHEMA = "simlib.deposit/1"
LONGEST_NOTE = 300
STATED, CLOCK = "stated", "computer"


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
    """Return the receipt for files that were read by `simlib.evidence.filed.read_file`.

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
