"""Lesson 05's exercises: from scores to a share, what moves it, and what the paper says."""

from simlib.exercise.riskbenefit.assumptions import lever
from simlib.exercise.riskbenefit.claims import paper
from simlib.exercise.riskbenefit.levers import dead
from simlib.exercise.riskbenefit.share import group, score

TEMPLATES = {"score": score, "group": group, "lever": lever, "dead": dead, "paper": paper}
