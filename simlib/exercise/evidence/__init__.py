"""Lesson 08's exercises: preserve in time, how long a datum is kept, a proof, a matching digest."""

from simlib.exercise.evidence.inclusion import inclusion
from simlib.exercise.evidence.matching import matching
from simlib.exercise.evidence.preserve import preserve
from simlib.exercise.evidence.retention import retention

TEMPLATES = {
    "preserve": preserve,
    "retention": retention,
    "inclusion": inclusion,
    "matching": matching,
}
