"""Whether a file is among those of a deposit: an inclusion proof followed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simlib.evidence import digest, inclusion_proof, merkle_root, verify
from simlib.evidence.digest import LEAF, NODE
from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import (
    THOUSAND,
    Draft,
    case,
    choice,
    helper,
    principal,
    shuffled,
    turn,
)

if TYPE_CHECKING:
    import numpy

FILES = ("bank", "judgment", "chat", "report")  # of a deposit, in their order
TWISTS = ("changed", "same", "root")
DIGITS = 8  # of each digest are shown
PAIRS = {  # node → what it comes of, left and right
    "l": ("low", "leaf"), "r": ("leaf", "low"), "ll": ("high", "l"), "lr": ("l", "high"),
    "rl": ("high", "r"), "rr": ("r", "high"),
}  # fmt: skip
PEAKS = ("ll", "lr", "rl", "rr")  # the side of each neighbour, the lower one first


class Given(NamedTuple):
    """What is put to the proof: the digest of a file, its place, its proof and a root."""

    leaf: bytes
    place: int
    proof: list[bytes]
    root: bytes


def inclusion(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for the two nodes on the way, whether the root is reached, and what that means."""
    twist, place = turn(seed, TWISTS), turn(seed, range(len(FILES)))
    given = _given(seed, place, twist)
    nodes = _nodes(given)
    fits = verify(given.leaf, place, len(FILES), given.proof, given.root)
    values: dict[str, object] = {f"{name}_hex": node.hex()[:DIGITS] for name, node in nodes.items()}
    values |= {
        "root_hex": given.root.hex()[:DIGITS],
        "place_number": place + 1,
        "file_word": f"inclusion.file.{FILES[place]}",
        "fits_word": f"option.fits.{'same' if fits else 'differs'}.label",
    }
    facts = case("inclusion", 25 * THOUSAND, principal(sued=False), helper())
    shown = [Phrase(f"inclusion.{part}", values) for part in ("facts", "given", "table")]
    shown += [_pair(name, values) for name in PAIRS]
    return Draft(facts, tuple(shown), _steps(rng, place, fits), values, "fits" if fits else "fails")


def _pair(name: str, values: dict[str, object]) -> Phrase:
    """Return the line of a node: what stands left, what right, what comes of them."""
    parts = zip(("left", "right", "node"), (*PAIRS[name], name), strict=True)
    return Phrase("inclusion.pair", {f"{at}_hex": values[f"{part}_hex"] for at, part in parts})


def _given(seed: int, place: int, twist: str) -> Given:
    """Return a file's digest with its proof; of a changed file, or beside another root."""
    texts = [f"{name} {seed}".encode() for name in FILES]
    leaves = [digest(text) for text in texts]
    root, proof = merkle_root(leaves), inclusion_proof(leaves, place)
    if twist == "root":
        other = (place + 1) % len(FILES)
        leaves[other] = digest(texts[other] + b".")
        root = merkle_root(leaves)
    return Given(digest(texts[place] + b"." * (twist == "changed")), place, proof, root)


def _nodes(given: Given) -> dict[str, bytes]:
    """Return the leaf, its neighbours, and what comes of each of them on either side."""
    leaf, (low, high) = digest(LEAF + given.leaf), given.proof
    firsts = {"l": digest(NODE + low + leaf), "r": digest(NODE + leaf + low)}
    peaks = {f"{side}l": digest(NODE + high + node) for side, node in firsts.items()}
    peaks |= {f"{side}r": digest(NODE + node + high) for side, node in firsts.items()}
    return {"leaf": leaf, "low": low, "high": high, **firsts, **peaks}


def _steps(rng: numpy.random.Generator, place: int, fits: bool) -> tuple[Step, ...]:
    low, high = "rl"[place & 1], "rl"[place >> 1 & 1]
    return (
        choice("first", "integrity", low, ("l", "r", "leaf"), "node"),
        choice("peak", "integrity", low + high, shuffled(rng, PEAKS), "peak"),
        choice("fits", "integrity", "same" if fits else "differs", ("same", "differs"), "fits"),
        choice("means", "integrity", "in" if fits else "out", ("in", "out", "true", "who"), "means",
               cites=("evidence-rules:93(1)",)),
    )  # fmt: skip
