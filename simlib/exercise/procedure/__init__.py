"""Lesson 07's exercises: which document, which day, and whether she may sue again."""

from simlib.exercise.procedure.again import again
from simlib.exercise.procedure.deadline import deadline
from simlib.exercise.procedure.document import document

TEMPLATES = {"document": document, "deadline": deadline, "again": again}
