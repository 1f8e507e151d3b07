"""The knobs of lesson 07 that a case may do without: what changes nothing is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.procedure.regimes import SWITCHES
from simlib.restitution.other_claimant import victims
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case


def options(case: Case, lang: str) -> dict[str, dict[str, str]]:
    """Whether minutes 129 reach telecom fraud is asked where there are several victims."""
    name, many = "reading_129", len(victims(case)) > 1
    values = SWITCHES[name] if many else SWITCHES[name][:1]
    return {name: {v: words("procedure_lesson", f"knob.{name}_is.{v}", lang) for v in values}}
