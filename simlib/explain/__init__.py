"""Reasons, assumptions and articles in words.

`explain` puts a trace into words, `assumption_words` what an outcome assumes, `pending` what of its
law is only announced, `face` what has to stand beside a mode's name, `form_name` how a party
answers, `open_ends` where the ends of a range come from, and `note` describes an article as it
stands on a day.
"""

from __future__ import annotations

from simlib.explain.article_notes import Note, note
from simlib.explain.assumption import assumption_words, pending, value_reason
from simlib.explain.mode_remarks import face, faced, minority
from simlib.explain.open_ends import open_ends
from simlib.explain.party_forms import form_key, form_name
from simlib.explain.trace_steps import Step, act_kind, act_title, explain, fact_kind, written

__all__ = [
    "Note",
    "Step",
    "act_kind",
    "act_title",
    "assumption_words",
    "explain",
    "face",
    "faced",
    "fact_kind",
    "form_key",
    "form_name",
    "minority",
    "note",
    "open_ends",
    "pending",
    "value_reason",
    "written",
]
