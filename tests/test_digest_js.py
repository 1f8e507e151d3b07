"""The page's own digests are those of Python, to the byte, over pieces of every length."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
from pathlib import Path

import pytest

from simlib.evidence import ALGORITHMS, chain, digest, inclusion_proofs, merkle_root

pytestmark = pytest.mark.node

SCRIPT = Path(__file__).resolve().parent / "javascript" / "digest.mjs"


def written(nodes):
    """Digests in hexadecimal."""
    return [node.hex() for node in nodes]


def expected(pieces, algorithm):
    """What Python makes of the same pieces."""
    return {
        "digests": written(digest(piece, algorithm) for piece in pieces),
        "chain": written(chain(pieces, algorithm)),
        "root": merkle_root(pieces, algorithm).hex(),
        "proofs": [written(proof) for proof in inclusion_proofs(pieces, algorithm)],
        "verified": [True] * len(pieces),
    }


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_page_reckons_what_python_reckons(algorithm):
    """Random bytes of 0 to 200 and some more, trees of 0 to 33 leaves."""
    if algorithm not in hashlib.algorithms_available:
        pytest.skip("not on this computer")
    rng = random.Random(17)
    lists = [[rng.randbytes(n) for n in range(201)], [rng.randbytes(100_001)]]
    lists += [[rng.randbytes(rng.randrange(80)) for _ in range(n)] for n in range(34)]
    asked = [{"algorithm": algorithm, "pieces": written(pieces)} for pieces in lists]
    done = subprocess.run(
        ["node", str(SCRIPT)], input=json.dumps(asked), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [expected(pieces, algorithm) for pieces in lists]
