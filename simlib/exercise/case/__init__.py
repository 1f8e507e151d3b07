"""Lesson 01's exercises: norm, document and mode before any amount."""

from simlib.exercise.case.norm import dismissal, grades
from simlib.exercise.case.number import modes

TEMPLATES = {"grade": grades, "dismissal": dismissal, "modes": modes}
