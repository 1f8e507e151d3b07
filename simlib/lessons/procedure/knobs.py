"""The knobs of lesson 07 that a case may do without: what changes nothing is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.lessons.procedure.outcomes import FILE
from simlib.procedure.admissibility import defendants
from simlib.procedure.proof import LEVELS, own_proof
from simlib.procedure.regimes import SWITCHES, chosen
from simlib.restitution.other_claimant import victims
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case

MINUTES, PROOF = "reading_129", "proof"


def options(case: Case, lang: str) -> dict[str, dict[str, str]]:
    """Whether minutes 129 reach telecom fraud is asked where there are several victims.

    What she can prove is asked where somebody is sued but the fraudster, whose intent is a premise.
    The first answer is what the file comes to, of each of them.
    """
    many, held = len(victims(case)) > 1, _on_file(case)
    asked = {MINUTES: SWITCHES[MINUTES][: None if many else 1], PROOF: LEVELS if held else ()}
    found = {name: {v: _lesson(f"{name}_is.{v}", lang) for v in values}
             for name, values in asked.items()}  # fmt: skip
    comma = words("procedure_lesson", "tables.listed", lang)
    listed = comma.join(_lesson(f"proof_on_file.{level}", lang) for level in held)
    found[PROOF] = {FILE: _lesson("proof_is.file", lang, found=listed)} | found[PROOF]
    return found


def _lesson(key: str, lang: str, **values: object) -> str:
    return words("procedure_lesson", f"knob.{key}", lang, **values)


def _on_file(case: Case) -> list[str]:
    """What the file lets her prove without their convictions: each level once, the least first."""
    switches = chosen(None)
    helpers = [party for party in defendants(case) if party.role != "principal"]
    return sorted({own_proof(case, party, switches) for party in helpers}, key=LEVELS.index)
