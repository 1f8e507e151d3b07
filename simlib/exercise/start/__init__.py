"""Lesson 00's exercises: a document and its consequences; what a count of cases can tell."""

from simlib.exercise.start.count import count
from simlib.exercise.start.end_of_suit import ending

TEMPLATES = {"ending": ending, "count": count}
