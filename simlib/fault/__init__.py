"""Fault: the grade the law knows, and the weight some theories ask for."""

from __future__ import annotations

from simlib.fault.grade import BANDS, GRADES, band, grade, grade_of, weight

__all__ = ["BANDS", "GRADES", "band", "grade", "grade_of", "weight"]
