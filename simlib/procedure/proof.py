"""What she can prove of each defendant's knowledge: by his own conviction, or without it.

A judgment proves what it confirms of the man it convicts (民诉法解释93(1)(5), 证据规定10(1)(6)):
no other helper, platform or operator becomes knowing by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.fault.criminal import BY_CHARGE, elements_of
from simlib.fault.grade import grade_of as grade_of_number
from simlib.law.regime import regime_for
from simlib.procedure.day_bounds import FOUND, accused, begun
from simlib.procedure.tracks import CHARGED, OPEN, TRIED, UNPROSECUTED

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from simlib.case.model import Case, Criminal, Party

ENOUGH, SOME, NONE = "enough", "some", "none"
LEVELS = (NONE, SOME, ENOUGH)  # from the least to the most
KNEW, CARELESS = ("knowing", "concert"), ("slight", "gross")
# from which stage on the paper's proposal adopts the evidence of the criminal file
ADOPTED = {"indictment": CHARGED, "first_judgment": TRIED, "effective": ("effective",)}
NO_WAIT = ("burden", "preliminary_only")  # readings by which a court never waits


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of the suit against one defendant.

    Attributes
    ----------
    party
        his id
    proved
        what is proved of his knowledge in the first judgment; None where nothing is judged of him
    by
        on what that rests: `judgment` (his conviction in effect), `file` (evidence of his criminal
        case, adopted), `own`, or `premise` (that there was fraud is taken as proved); None where
        nothing is proved
    general
        his conviction does not name the claimant: it proves knowledge in general, not for this
        money
    left
        whether his part under 民法典1169 waits for his criminal case while the rest is judged
    rest, rest_on, rest_final_on
        what is proved once that is judged, on which day, and when in effect; None where it is not;
        a day alone where it is dismissed that day, as restitution was ordered
    """

    party: str
    proved: str | None
    by: str | None = None
    general: bool = False
    left: bool = False
    rest: str | None = None
    rest_on: datetime.date | None = None
    rest_final_on: datetime.date | None = None

    @property
    def gains(self) -> bool:
        """Whether the judgment on what was left proves more of him than the first did."""
        return self.rest is not None and most((self.rest, self.proved or NONE)) != (
            self.proved or NONE
        )


def least(one: str, other: str) -> str:
    """Return the lesser of two levels of proof."""
    return min(one, other, key=LEVELS.index)


def most(found: tuple[str, ...]) -> str:
    """Return the greatest level of proof, `none` of no levels."""
    return max((NONE, *found), key=LEVELS.index)


def judgments(case: Case, party: str) -> tuple[Criminal, ...]:
    """Return the criminal cases against a party that may end in a conviction that finds he knew.

    Of a case that is still pending nobody knows; its charge says what a conviction would find
    (帮信, 掩隐 and fraud all need knowledge), and that is assumed.
    """
    return tuple(
        entry
        for entry in case.criminal
        if entry.party == party
        and entry.status in FOUND[:2]
        and "knowing" in elements_of(entry.model_copy(update={"status": "effective"}))
    )


def finds_knowledge(case: Case, party: str) -> bool:
    """Whether a party's own criminal case, once its judgment is in effect, finds that he knew.

    Where nobody's case has begun the one supposed against `day_bounds.accused` does.
    """
    return party == accused(case) or bool(judgments(case, party))


def is_general(case: Case, party: str) -> bool:
    """Whether the judgment against a party says that it finds knowledge, but not this victim."""
    found = judgments(case, party)
    return bool(found) and all("victim" not in elements_of(entry) for entry in found)


def in_step(case: Case, stage: str) -> dict[str, str]:
    """Return the stage of each party's criminal case where all of them go in step.

    One whom the file says nobody prosecuted is out of it once the others are charged.
    """
    supposed = accused(case)
    if supposed:
        return {supposed: stage}
    return {who: _own_stage(case.criminal[n], stage) for who, n in begun(case).items()}


def _own_stage(entry: Criminal, stage: str) -> str:
    out = entry.status == "not-prosecuted"
    if out and stage in CHARGED:
        return UNPROSECUTED
    return "effective" if stage == UNPROSECUTED and not out else stage


def proof_of(
    case: Case, party: Party, regime: str, stage: str | None, switches: Mapping[str, str]
) -> str:
    """Return what she can prove of one defendant's knowledge at a stage of his criminal case.

    `enough`, `some` (carelessness only) or `none`: the more of his own conviction and of what she
    has without it. An effective judgment that finds he knew is enough (民诉法解释93(1)(5)).
    Under `coordinated` the evidence of his criminal file counts before that, from the document of
    the switch `evidence_adopted_from` on, which only the paper proposes; otherwise an indictment
    or a judgment not in effect proves nothing of the kind (114).

    Parameters
    ----------
    stage
        None where there is no criminal case against him
    switches
        complete, as `simlib.procedure.regimes.chosen` returns them
    """
    if proves_by(case, party.id, regime, stage, switches):
        return ENOUGH
    return own_proof(case, party, switches)


def proves_by(
    case: Case, party: str, regime: str, stage: str | None, switches: Mapping[str, str]
) -> str | None:
    """Return by what his criminal case proves he knew: `judgment`, `file`, or None for not."""
    if stage is None or not finds_knowledge(case, party):
        return None
    if stage == "effective":
        return "judgment"
    adopted = regime == "coordinated" and stage in ADOPTED[switches["evidence_adopted_from"]]
    return "file" if adopted else None


def own_proof(case: Case, party: Party, switches: Mapping[str, str]) -> str:
    """Return what she can prove of a defendant without his conviction.

    1. that a principal defrauded her is a premise: it is no question of the switch, only of the
       file where that says his fault is not proved
    2. of anybody else the switch `proof` says it. `file` reads it off the grade the file states, if
       fault is proved at all; a grade that rests on the conviction cannot be shown without it
    3. any other value is a level that holds for each of them, but proves nobody to be more than the
       file says: a careless one stays careless, and one of unknown grade unknown, unless his is the
       criminal case
    """
    level, grade = switches["proof"], grade_of(case, party)
    if party.role == "principal":
        return NONE if _fails(case, party) else ENOUGH
    if level == "file":
        return _of_file(case, party, grade)
    if grade is None:
        return level if finds_knowledge(case, party.id) else NONE
    return least(level, reach(grade))


def may_find(case: Case, party: str, stage: str | None) -> bool:
    """Whether a party's own criminal case may end, or has ended, in a finding that he knew.

    As the court of that day sees it: while the case is open nobody knows that he will not be
    prosecuted, so his charge counts as one that is pending. One without a charge in the file counts
    for nothing: there is no result to wait for.
    """
    if finds_knowledge(case, party):
        return True
    return stage in (*OPEN, "reported") and any(
        entry.party == party and entry.status == FOUND[2] and entry.charge in BY_CHARGE
        for entry in case.criminal
    )


def needed(case: Case, party: Party, stage: str | None) -> str:
    """Return what the claim against a defendant needs at a stage of his criminal case.

    Carelessness for whom the file calls careless (民法典1165, 1172); knowledge for the others, and
    for whoever may be convicted of a crime that needs it (1169): she asks for that too.
    """
    careless = grade_of(case, party) in (*CARELESS, "none")
    return SOME if careless and not may_find(case, party.id, stage) else ENOUGH


def must_wait(
    case: Case, party: Party, regime: str, stage: str | None, switches: Mapping[str, str]
) -> bool:
    """Whether the suit against a defendant must rest on the result of his criminal case.

    His own: where none of his may find that he knew there is nothing to wait for, whatever she can
    prove. The article says no more than "must" (民事诉讼法153(1)(5)); the switch `reading_153` says
    how it is read:

    - `proof_needed`: without that result she cannot prove what the claim needs; a case still
      investigated is another case
    - `another_case`: the same, but before the indictment there is no other case before a court; a
      suit that is pending then is stayed from the indictment on
    - `burden`: no; who cannot prove loses (民诉法解释90(2)), with res judicata (247)
    - `preliminary_only`: no; a claim under 1165 or 1169 never needs a verdict, the civil court
      finds knowledge itself, on what is before it. In days and money the same as `burden`
    """
    reading = switches["reading_153"]
    if stage is None or reading in NO_WAIT or stage not in (*OPEN, "reported"):
        return False
    if reading == "another_case" and stage not in CHARGED:
        return False
    found = proof_of(case, party, regime, stage, switches)
    return may_find(case, party.id, stage) and found != ENOUGH


def grade_of(case: Case, party: Party) -> str | None:
    """Return the grade the file states, or the one its number falls into; None if neither."""
    if party.grade is None and party.fault is not None:
        return grade_of_number(party.fault, regime_for(case))
    return party.grade


def _of_file(case: Case, party: Party, grade: str | None) -> str:
    if grade in KNEW and finds_knowledge(case, party.id) and not accused(case):
        return NONE
    return NONE if _fails(case, party) else reach(grade)


def _fails(case: Case, party: Party) -> bool:
    """Whether the file says that his fault is not proved."""
    return party.proof is not None and party.proof.fault < regime_for(case).value("proof.standard")


def reach(grade: str | None) -> str:
    """Return the most that can be proved of one whom the file gives a grade."""
    return ENOUGH if grade in KNEW else SOME if grade in CARELESS else NONE
