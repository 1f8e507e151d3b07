"""Digests of bytes, of files read in blocks, a chain of them, and a Merkle tree over them.

A digest says whether bytes are the same; it says nothing on whether they are true.

A Merkle tree as RFC 6962 and RFC 9162 define it: its root, and two kinds of proof.

leaf = H(00 ‖ data), node = H(01 ‖ left ‖ right); the left part of a tree of n leaves has the
largest power of two below n of them, so an odd node rises unchanged. Other rules that are about
(a last leaf doubled, no prefix) let two lists of leaves have one root.

Leaves are raw byte strings. `inclusion_proof` shows that a leaf is among those of a root without
the others being shown, `consistency_proof` that a later tree only added to an earlier one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from simlib.errors import OutOfScope, UnknownName

ALGORITHMS = ("sha256", "sm3")
SIZE = 32  # bytes of a digest of either
START = bytes(SIZE)  # what the first link of a chain is hashed onto
LEAF, NODE = b"\x00", b"\x01"


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


def merkle_root(leaves: Sequence[bytes], algorithm: str = "sha256") -> bytes:
    """Return the root over raw byte strings, in their order; of none the digest of nothing.

    Raises
    ------
    UnknownName, OutOfScope
        for an algorithm that does not exist, or is not on this computer

    References
    ----------
    RFC 6962 §2.1, RFC 9162 §2.1.1.

    Examples
    --------
    >>> merkle_root([b""]).hex()[:16]
    '6e340b9cffb37a98'
    """
    return _levels(leaves, algorithm)[-1][0] if leaves else digest(b"", algorithm)


def inclusion_proof(
    leaves: Sequence[bytes], index: int, algorithm: str = "sha256"
) -> list[bytes]:  # fmt: skip
    """Return what has to be hashed onto the leaf at `index` to reach the root, lowest first.

    Raises
    ------
    OutOfScope
        if there is no such leaf

    References
    ----------
    RFC 6962 §2.1.1, RFC 9162 §2.1.3.1.
    """
    _within(index, 0, len(leaves) - 1)
    return _path(_levels(leaves, algorithm), index)


def inclusion_proofs(leaves: Sequence[bytes], algorithm: str = "sha256") -> list[list[bytes]]:
    """Return the inclusion proof of every leaf; the tree is built once."""
    levels = _levels(leaves, algorithm) if leaves else []
    return [_path(levels, index) for index in range(len(leaves))]


def verify(
    leaf: bytes,
    index: int,
    count: int,
    proof: Sequence[bytes],
    root: bytes,
    algorithm: str = "sha256",
) -> bool:
    """Whether `leaf` stands at `index` among the `count` leaves of `root`.

    A difference in leaf, place, proof or root makes it False, never an error. `count` is checked as
    far as it shapes the path: with whom the root was deposited has to say how many leaves it has.

    References
    ----------
    RFC 9162 §2.1.3.2.
    """
    if not 0 <= index < count:
        return False
    place, last, reached = index, count - 1, digest(LEAF + leaf, algorithm)
    for other in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            reached = digest(NODE + other + reached, algorithm)
            place, last = _risen(place, last)
        else:
            reached = digest(NODE + reached + other, algorithm)
        place, last = place >> 1, last >> 1
    return last == 0 and reached == root


def consistency_proof(
    leaves: Sequence[bytes], earlier: int, algorithm: str = "sha256"
) -> list[bytes]:  # fmt: skip
    """Return what shows that the tree over the first `earlier` leaves was only added to.

    Nothing is needed if nothing was added, or if there was nothing before.

    Raises
    ------
    OutOfScope
        if `earlier` is negative or more than there are leaves

    References
    ----------
    RFC 6962 §2.1.2, RFC 9162 §2.1.4.1.
    """
    _within(earlier, 0, len(leaves))
    return _added(leaves, earlier, True, algorithm) if 0 < earlier < len(leaves) else []


def verify_consistency(
    earlier: int,
    count: int,
    proof: Sequence[bytes],
    old: bytes,
    new: bytes,
    algorithm: str = "sha256",
) -> bool:
    """Whether the tree `new` of `count` leaves begins with the `earlier` ones of the tree `old`.

    Every tree begins with the empty one: then the proof is empty and says nothing about `new`.

    References
    ----------
    RFC 9162 §2.1.4.2.
    """
    if not 0 <= earlier <= count:
        return False
    if earlier in (0, count):
        same = old == (new if earlier == count else digest(b"", algorithm))
        return same and not proof
    if not proof:
        return False
    whole = earlier & (earlier - 1) == 0  # the old tree is itself a node of the new one
    nodes = [old, *proof] if whole else list(proof)
    return _climb(nodes, *_to_even(earlier - 1, count - 1), algorithm) == (old, new)


def _climb(
    nodes: Sequence[bytes], place: int, last: int, algorithm: str
) -> tuple[bytes, bytes] | None:  # fmt: skip
    """Return the old and the new root that the nodes lead to; None if there are too many or few."""
    before = after = nodes[0]
    for other in nodes[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            before = digest(NODE + other + before, algorithm)
            after = digest(NODE + other + after, algorithm)
            place, last = _risen(place, last)
        else:
            after = digest(NODE + after + other, algorithm)
        place, last = place >> 1, last >> 1
    return (before, after) if last == 0 else None


def _risen(place: int, last: int) -> tuple[int, int]:
    """Rise past the levels at which the node has no neighbour."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _to_even(place: int, last: int) -> tuple[int, int]:
    """Rise to the largest whole tree that ends at `place`."""
    while place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _levels(leaves: Sequence[bytes], algorithm: str) -> list[list[bytes]]:
    """Return the nodes of the tree, the leaves first and the root last."""
    levels = [[digest(LEAF + leaf, algorithm) for leaf in leaves]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [
            digest(NODE + left + right, algorithm)
            for left, right in zip(below[::2], below[1::2], strict=False)
        ]
        levels.append(above + below[len(above) * 2 :])  # an odd one rises as it is
    return levels


def _path(levels: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """Return the neighbour at each level that has one."""
    return [
        level[index >> height ^ 1]
        for height, level in enumerate(levels)
        if index >> height ^ 1 < len(level)
    ]


def _added(leaves: Sequence[bytes], earlier: int, known: bool, algorithm: str) -> list[bytes]:
    """Return the RFC's SUBPROOF; `known`: whether these leaves are the old tree's own."""
    if earlier == len(leaves):
        return [] if known else [merkle_root(leaves, algorithm)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:half], leaves[half:]
    if earlier <= half:
        return [*_added(left, earlier, known, algorithm), merkle_root(right, algorithm)]
    return [*_added(right, earlier - half, False, algorithm), merkle_root(left, algorithm)]


def _within(index: int, low: int, high: int) -> None:
    if not low <= index <= high:
        raise OutOfScope("leaf-out-of-range", index=index, count=high + 1 - low)
