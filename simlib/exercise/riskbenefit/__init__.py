"""Lesson 05's exercises: from scores to a share, what moves it, and what the paper says."""

from simlib.exercise.riskbenefit.assumptions import dead, lever, paper
from simlib.exercise.riskbenefit.share import group, score

TEMPLATES = {"score": score, "group": group, "lever": lever, "dead": dead, "paper": paper}
