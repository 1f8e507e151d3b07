"""Whether the proof still exists on the day it is needed, and what that does to the money.

`digest`, `chain` and `merkle_root` give digests, a chain and a tree of them, with proofs; `deposit`
a receipt for files, and `compare` which of them it still names; `log` and `breaks` who had a piece.
`read_deposit` says what a court makes of it, `appraise` what an appraisal costs and how it errs.
"""

from simlib.evidence.appraisal import Appraisal, Mistakes, appraise
from simlib.evidence.authenticity import EARLIER, FACTORS, OUTCOMES, Reading, read_deposit
from simlib.evidence.custody import Break, Entry, Held, breaks, first_altered, last_link, log
from simlib.evidence.digest import ALGORITHMS, chain, digest
from simlib.evidence.filed import Comparison, compare, read_file
from simlib.evidence.layers import LAYERS, Layer
from simlib.evidence.merkle import (
    consistency_proof,
    inclusion_proof,
    inclusion_proofs,
    merkle_root,
    verify,
    verify_consistency,
)
from simlib.evidence.reason import Reason
from simlib.evidence.receipt import Receipt, deposit
from simlib.evidence.stated import FACTS, Facts, facts_of
from simlib.evidence.stored import read_receipt

__all__ = [
    "ALGORITHMS",
    "EARLIER",
    "FACTORS",
    "FACTS",
    "LAYERS",
    "OUTCOMES",
    "Appraisal",
    "Break",
    "Comparison",
    "Entry",
    "Facts",
    "Held",
    "Layer",
    "Mistakes",
    "Reading",
    "Reason",
    "Receipt",
    "appraise",
    "breaks",
    "chain",
    "compare",
    "consistency_proof",
    "deposit",
    "digest",
    "facts_of",
    "first_altered",
    "inclusion_proof",
    "inclusion_proofs",
    "last_link",
    "log",
    "merkle_root",
    "read_deposit",
    "read_file",
    "read_receipt",
    "verify",
    "verify_consistency",
]
