"""Whether the proof still exists on the day it is needed, and what that does to the money.

`digest`, `chain` and `merkle_root` give digests, a chain and a tree of them, with proofs; `deposit`
a receipt for files, and `compare` which of them it still names.
"""

from simlib.evidence.digest import ALGORITHMS, chain, digest
from simlib.evidence.filed import Comparison, compare, read_file
from simlib.evidence.merkle import (
    consistency_proof,
    inclusion_proof,
    inclusion_proofs,
    merkle_root,
    verify,
    verify_consistency,
)
from simlib.evidence.receipt import Receipt, deposit
from simlib.evidence.stored import read_receipt

__all__ = [
    "ALGORITHMS",
    "Comparison",
    "Receipt",
    "chain",
    "compare",
    "consistency_proof",
    "deposit",
    "digest",
    "inclusion_proof",
    "inclusion_proofs",
    "merkle_root",
    "read_file",
    "read_receipt",
    "verify",
    "verify_consistency",
]
