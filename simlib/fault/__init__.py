"""Fault: the grade the evidence carries, who had to prove it, and the weight theories ask for.

`find` goes from evidence, event log and criminal documents to a grade, with the 举证责任分配表;
`verify` is the check of evidence (证据核查); `read` shows how a review reads each piece. `grade`
and `weight` take a party's fault as the file states it.
"""

from __future__ import annotations

from simlib.fault.allocation import ELEMENTS, Row
from simlib.fault.criminal import Effect, effects
from simlib.fault.finding import Finding, find
from simlib.fault.grade import BANDS, GRADES, band, grade, grade_of, weight
from simlib.fault.review import (
    Inference,
    Reading,
    after_loss,
    lists_elements,
    lists_evidence,
    read,
    verify,
)
from simlib.fault.weighing import BURDENS, READINGS, STANDARDS, Judged
from simlib.law.checklist import REVIEWS

__all__ = [
    "BANDS",
    "BURDENS",
    "ELEMENTS",
    "GRADES",
    "READINGS",
    "REVIEWS",
    "STANDARDS",
    "Effect",
    "Finding",
    "Inference",
    "Judged",
    "Reading",
    "Row",
    "after_loss",
    "band",
    "effects",
    "find",
    "grade",
    "grade_of",
    "lists_elements",
    "lists_evidence",
    "read",
    "verify",
    "weight",
]
