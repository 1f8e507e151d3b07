"""Lesson 02's exercises: who proves what, how evidence is read, what a criminal document proves."""

from simlib.exercise.fault.burden import burden
from simlib.exercise.fault.document import judgment
from simlib.exercise.fault.reviews import reviews

TEMPLATES = {"burden": burden, "reviews": reviews, "judgment": judgment}
