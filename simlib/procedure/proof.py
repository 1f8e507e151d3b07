"""What she can prove of the helper's knowledge: by the criminal judgment, or without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.fault.criminal import elements_of
from simlib.fault.grade import grade_of as grade_of_number
from simlib.law.regime import regime_for
from simlib.procedure.day_bounds import entry_of
from simlib.procedure.tracks import CHARGED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case, Party

ENOUGH, SOME, NONE = "enough", "some", "none"
KNEW, CARELESS = ("knowing", "concert"), ("slight", "gross")


def finds_knowledge(case: Case) -> bool:
    """Whether the criminal case, once its judgment is in effect, finds that a defendant knew.

    Of a case that is still pending nobody knows; its charge says what a conviction would find
    (帮信, 掩隐 and fraud all need knowledge), and that is assumed. So it is where nobody's case has
    begun: the one to come is taken to be against the defendant.
    """
    entry = entry_of(case)
    if entry is None:
        return True
    if not case.party(entry.party).sued:
        return False
    judged = entry.model_copy(update={"status": "effective"})
    return entry.status in ("pending", "effective") and "knowing" in elements_of(judged)


def proof_at(case: Case, regime: str, stage: str, switches: Mapping[str, str]) -> str:
    """Return what she can prove of his knowledge at a stage of the criminal case.

    `enough`, `some` (carelessness only) or `none`. An effective judgment that finds knowledge is
    enough (民诉法解释93(5)). Under `coordinated` the evidence of the criminal file is adopted
    from the indictment on, which only the paper proposes; otherwise an indictment proves nothing
    of the kind (114).

    Parameters
    ----------
    switches
        complete, as `simlib.procedure.regimes.chosen` returns them
    """
    by_judgment = stage == "effective" or (regime == "coordinated" and stage in CHARGED)
    if by_judgment and finds_knowledge(case):
        return ENOUGH
    return own_proof(case, switches)


def own_proof(case: Case, switches: Mapping[str, str]) -> str:
    """Return what she can prove without the criminal judgment.

    `file` reads it off the best of the defendants: the grade the file states, if fault is proved
    at all. A grade that rests on the conviction cannot be shown without it.
    """
    if switches["proof"] != "file":
        return switches["proof"]
    found = [_of(case, party) for party in case.parties if party.sued and party.role != "victim"]
    return next((p for p in (ENOUGH, SOME) if p in found), NONE)


def grade_of(case: Case, party: Party) -> str | None:
    """Return the grade the file states, or the one its number falls into; None if neither."""
    if party.grade is None and party.fault is not None:
        return grade_of_number(party.fault, regime_for(case))
    return party.grade


def _of(case: Case, party: Party) -> str:
    entry, grade = entry_of(case), grade_of(case, party)
    if entry and entry.party == party.id and finds_knowledge(case) and grade in KNEW:
        return NONE
    if party.proof and party.proof.fault < 1 / 2:
        return NONE
    if grade in KNEW:
        return ENOUGH
    return SOME if grade in CARELESS else NONE
