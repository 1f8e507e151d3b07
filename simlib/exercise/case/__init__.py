"""Lesson 01's exercises: norm, document and mode before any amount; another claim beside tort."""

from simlib.exercise.case.claim import claim
from simlib.exercise.case.norm import dismissal, grades
from simlib.exercise.case.number import modes

TEMPLATES = {"grade": grades, "dismissal": dismissal, "modes": modes, "claim": claim}
