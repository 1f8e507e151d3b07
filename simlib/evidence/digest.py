"""Digests of bytes, of files read in blocks, and a chain of them.

A digest says whether bytes are the same; it says nothing on whether they are true.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from simlib.errors import OutOfScope, UnknownName

ALGORITHMS = ("sha256", "sm3")
SIZE = 32  # bytes of a digest of either
START = bytes(SIZE)  # what the first link of a chain is hashed onto


def digest(data: bytes | Iterable[bytes], algorithm: str = "sha256") -> bytes:
    """Return the digest of bytes, or of blocks that follow on each other.

    Parameters
    ----------
    data
        all the bytes, or blocks of them in order; of blocks no more than one is held
    algorithm
        `sha256`, or the Chinese commercial `sm3` where Python's OpenSSL has it

    Returns
    -------
    bytes
        32 bytes

    Raises
    ------
    UnknownName
        for another algorithm
    OutOfScope
        if this computer has no `sm3`

    References
    ----------
    FIPS 180-4 (SHA-256); GB/T 32905-2016 (SM3).

    Examples
    --------
    >>> digest(b"abc").hex()[:16], digest([b"a", b"", b"bc"]) == digest(b"abc")
    ('ba7816bf8f01cfea', True)
    """
    hashed = new(algorithm)
    for block in (data,) if isinstance(data, bytes) else data:
        hashed.update(block)
    return hashed.digest()


def new(algorithm: str = "sha256") -> hashlib._Hash:
    """Return an empty digest to feed; raises what `digest` does."""
    if algorithm not in ALGORITHMS:
        raise UnknownName.among("algorithm", algorithm, ALGORITHMS)
    try:
        return hashlib.new(algorithm)
    except ValueError:  # built without it
        raise OutOfScope("algorithm-missing", algorithm=algorithm) from None


def chain(datas: Iterable[bytes], algorithm: str = "sha256") -> list[bytes]:
    """Return the links of a linear chain, one a piece: h_k = H(h_{k-1} ‖ H(data_k)).

    h_0 is 32 zero bytes. A change of one piece changes its link and every later one.

    Raises
    ------
    UnknownName, OutOfScope
        as `digest` does

    Examples
    --------
    >>> one, two = chain([b"a", b"b"])
    >>> chain([b"a", b"c"])[0] == one, chain([b"a", b"c"])[1] == two
    (True, False)
    """
    links: list[bytes] = []
    for data in datas:
        before = links[-1] if links else START
        links.append(digest(before + digest(data, algorithm), algorithm))
    return links
