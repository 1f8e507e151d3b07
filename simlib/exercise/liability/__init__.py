"""Lesson 04's exercises: who pays whom."""

from simlib.exercise.liability.layers import deduction, layers, recourse, rounding
from simlib.exercise.liability.limited import clause, partial, release, supplementary

TEMPLATES = {
    "layers": layers,
    "recourse": recourse,
    "deduction": deduction,
    "rounding": rounding,
    "partial": partial,
    "supplementary": supplementary,
    "clause": clause,
    "release": release,
}
