"""Whether the proof still exists on the day it is needed, and what that does to the money.

`trail` follows every piece of a case from the day it came into being to the trial and the money;
`pieces` and `clock` say what there is and how long it is kept, `survival` gives the chance that a
piece can still be had when the court asks for it. `answers` runs a queue of requests that few
people answer, `staff_for` says how many it needs.

`digest`, `chain` and `merkle_root` give digests, a chain and a tree of them, with proofs; `deposit`
a receipt for files, and `compare` which of them it still names; `log` and `breaks` who had a piece.
`read_deposit` says what a court makes of it, `appraise` what an appraisal costs and how it errs.
"""

from simlib.evidence.attributes import FACTS, LAYERS, Facts, Layer, facts_of
from simlib.evidence.authenticity import EARLIER, FACTORS, OUTCOMES, Reading, Reason, read_deposit
from simlib.evidence.custody import Break, Entry, Held, breaks, first_altered, last_link, log
from simlib.evidence.digest import (
    ALGORITHMS,
    chain,
    consistency_proof,
    digest,
    inclusion_proof,
    inclusion_proofs,
    merkle_root,
    verify,
    verify_consistency,
)
from simlib.evidence.evidence_timeline import Outcome, Received, Trail, trail
from simlib.evidence.expert_appraisal import Appraisal, Mistakes, appraise
from simlib.evidence.office_queue import Answered, Queue, answers, staff_for, survivals
from simlib.evidence.piece import Kind, Piece, kinds, pieces
from simlib.evidence.receipt import Comparison, Receipt, compare, deposit, read_file, read_receipt
from simlib.evidence.request import LIMITS, PLACES, POLICE, Manner, Stage
from simlib.evidence.retention import Clock, Levers, clock, levers_of
from simlib.evidence.survival import REPLIES, Delay, delay_of, survival
from simlib.evidence.survival_of_piece import Kept

__all__ = [
    "ALGORITHMS",
    "EARLIER",
    "FACTORS",
    "FACTS",
    "LAYERS",
    "LIMITS",
    "OUTCOMES",
    "PLACES",
    "POLICE",
    "REPLIES",
    "Answered",
    "Appraisal",
    "Break",
    "Clock",
    "Comparison",
    "Delay",
    "Entry",
    "Facts",
    "Held",
    "Kept",
    "Kind",
    "Layer",
    "Levers",
    "Manner",
    "Mistakes",
    "Outcome",
    "Piece",
    "Queue",
    "Reading",
    "Reason",
    "Receipt",
    "Received",
    "Stage",
    "Trail",
    "answers",
    "appraise",
    "breaks",
    "chain",
    "clock",
    "compare",
    "consistency_proof",
    "delay_of",
    "deposit",
    "digest",
    "facts_of",
    "first_altered",
    "inclusion_proof",
    "inclusion_proofs",
    "kinds",
    "last_link",
    "levers_of",
    "log",
    "merkle_root",
    "pieces",
    "read_deposit",
    "read_file",
    "read_receipt",
    "staff_for",
    "survival",
    "survivals",
    "trail",
    "verify",
    "verify_consistency",
]
