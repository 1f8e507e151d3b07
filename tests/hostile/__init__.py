"""A hostile client of our own: frames, links and files out of shape, the same for the same seed.

`python -m hostile --help` (from `tests/`) runs it for as long as one likes; `make night` and
`test_hostile.py` run parts of it. Each input has a name, ``seed:kind:number``, by which it can be
made again.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

DEEP = "[" * 3000 + "]" * 3000
ODD = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**64), 10**40, 0.5, -0.0, 1e308, float("nan"),
    float("inf"), "", "0", "x", "x" * 10_000, "\0", "\x1b[2J", "\u202e", "<img src=x onerror=x>",
    "=1+1", "../../etc/passwd", "\ud800", "IPY_MODEL_0", [], [[]], [None] * 1000, {}, {"": {}},
    {"a": [1, {"b": None}]}, list(range(50)),
)  # fmt: skip


def chance(seed: int, kind: str, number: int) -> random.Random:
    """The random numbers of one input."""
    return random.Random(f"{seed}:{kind}:{number}")


def odd(rng: random.Random, depth: int = 2) -> object:
    """A value no page of ours would send in this place; perhaps several, one in another."""
    if depth and rng.random() < 0.3:
        inside = [odd(rng, depth - 1) for _ in range(rng.randint(1, 3))]
        names = ("asked", "value", "zhang.fault", "id", "n", "\0", "__class__")
        named = dict(zip(rng.sample(names, 3), inside, strict=False))
        return rng.choice((inside, named))
    return rng.choice(ODD)


def mutate(rng: random.Random, data: bytes) -> bytes:
    """Some bytes changed, lost, doubled or added."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randint(0, max(0, len(changed) - 1))
        end = at + rng.choice((0, 0, 1, 1, 2, 50))
        new = rng.choice((b"", rng.randbytes(rng.choice((1, 1, 4, 40))), changed[at : at + 200]))
        changed[at:end] = new
    return bytes(changed)


def splice(rng: random.Random, text: str, pieces: Sequence[str]) -> str:
    """One of the pieces put into a text, over some of it or beside it."""
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(pieces) + text[at + rng.choice((0, 0, 1, 5, 40)) :]
