"""What lesson 02 asks of its engine: one file under three burdens and two reviews, and the claim.

What was taken out of the file is gone from the case that is solved: `knobs.in_file`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.errors import SimlibError
from simlib.figures.board import Large, rounded, spoken
from simlib.interval import high_end
from simlib.lessons.outcome import Line, Value
from simlib.liability import decide
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simlib.case.model import Case
    from simlib.fault import Finding
    from simlib.figures.board import Row
    from simlib.interval import FenRange
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.liability import Outcome
    from simlib.money import Fen

__all__ = ["ASKS", "READS", "Proof", "line", "sentence", "solve", "still", "value"]

FORMAL, REAL = fault.REVIEWS
# a row is a procedure: burden and review
ROWS = tuple(f"{burden}.{review}" for burden in fault.BURDENS for review in fault.REVIEWS)
LAW = f"factual_inference.{REAL}"  # the law in force on the majority's reading
BEARER = "row-fault"  # what its cell asks about: the row of fault in the table of burdens
FOUND = ("found", "convinced", "unanswered")  # knowledge is found, and nothing is unclear
CALLED = {
    burden.removeprefix("factual_").removesuffix("_fault") + suffix: f"{burden}.{review}"
    for burden in fault.BURDENS
    for review, suffix in ((FORMAL, "_formal"), (REAL, ""))
}  # placeholder → row


@dataclass(frozen=True, slots=True)
class Proof:
    """What one procedure makes of the file: a grade of fault, and the liability that follows.

    Attributes
    ----------
    case, party
        the file as it stands, and whose fault is in question
    outcome, other
        what follows from the grade, and from that on the other reading of 足以反驳; None: the law
        in force has no answer
    """

    case: Case
    party: str
    finding: Finding
    outcome: Outcome | None
    other: Outcome | None

    @property
    def row(self) -> str:
        """The procedure by its name."""
        return f"{self.finding.burden}.{self.finding.review}"

    @property
    def owed(self) -> FenRange | None:
        """What may be claimed of him [fen]."""
        return _owed(self.outcome, self.party)

    def owed_at(self, grade: str) -> FenRange | None:
        """What may be claimed of him with any grade, whether a procedure finds it or not [fen]."""
        return _owed(_decided(self.graded(grade)), self.party)

    def graded(self, grade: str) -> Case:
        """The case with this grade of fault."""
        return graded(self.case, self.party, grade)

    def to_json(self) -> dict[str, Any]:
        """Finding and outcome as plain data; no outcome where the law in force gives none."""
        plain = asdict(self.finding) | {"trace": self.finding.trace.to_json()}
        return {"finding": plain, "outcome": self.outcome and self.outcome.to_json()}


def _owed(outcome: Outcome | None, party: str) -> FenRange | None:
    return None if outcome is None else outcome.parties[party].exposure_fen


def graded(case: Case, party: str, grade: str) -> Case:
    """The case with this grade of fault."""
    return case.set({f"{party}.grade": grade, f"{party}.fault": None})


def _decided(case: Case) -> Outcome | None:
    try:
        return decide(case, "auto")
    except SimlibError:  # acted before the Civil Code, or facts the law in force needs are missing
        return None


def solve(case: Case, chosen: Mapping[str, Any], lang: str, party: str) -> dict[str, Proof]:
    """Row → what the procedure finds, and what follows; each grade is decided once."""
    found = {row: _find(case, party, row, chosen) for row in ROWS}
    grades = {grade for each in found.values() for grade in (each.grade, each.otherwise)}
    outcomes = {grade: _decided(graded(case, party, grade)) for grade in grades}
    return {
        row: Proof(case, party, each, outcomes[each.grade], outcomes[each.otherwise])
        for row, each in found.items()
    }


def _find(case: Case, party: str, row: str, chosen: Mapping[str, Any]) -> Finding:
    burden, review = row.split(".")
    rules = {"rebuttal": chosen["rebuttal"]}
    return fault.find(case, party, burden, review, standard=chosen["standard"], rules=rules)


# ---------------------------------------------------------------- what became of knowledge


def knowledge(finding: Finding) -> str:
    """Tell what became of knowledge.

    `locked`, `found`, `convinced`, `presumed`, `inferred` (`unanswered`: nothing has an effect
    against it), or why it is not found: `rebutted` (its contrary is proved), `unclear`
    (真伪不明), `absent`.
    """
    if finding.locked:
        return "locked"
    if finding.grade in ("knowing", "concert"):
        if not finding.presumed:
            return "found"
        answered = any(j.hit for j in finding.items if j.grade == "knowing" and j.left != "none")
        inferred = "inferred" if answered else "unanswered"
        return {"factual_inference": inferred, "presumed_fault": "presumed"}.get(
            finding.burden, "convinced"
        )
    of_it = [j for j in finding.items if j.grade == "knowing" and j.support != "none"]
    states = {j.state for j in of_it}
    return next((state for state in ("rebutted", "unclear") if state in states), "absent")


def bearer_of(finding: Finding) -> str:
    """Tell who loses if knowledge stays unclear: `plaintiff`, `defendant`, `nobody`, or `contrary`
    where the minority's reading puts it on the defendant in fact; `clear` where it is found."""
    if knowledge(finding) in FOUND:
        return "clear"
    row = finding.row("fault")
    return "contrary" if row.consequence == "inference-stands" else row.bearer


# ---------------------------------------------------------------- the board


def value(found: Mapping[str, Proof], row: str, column: str, say: Say) -> Value | None:
    """The grade with the form of liability, who bears what stays unclear, what may be claimed."""
    proof = found[row]
    column_name = say(f"board.note.{column}")
    name = say("board.bar_name", row=say(f"rows.{row}.name"), column=column_name)
    if column == "grade":
        form = say(f"found.form.{proof.finding.mode}")
        grade = say(f"terms:grades.{proof.finding.grade}")
        return Value(word=say("board.leads", grade=grade, form=form), name=name)
    if column == "bearer":
        said = say(f"board.bearer.{bearer_of(proof.finding)}")
        return Value(word=said, name=name, asks=f"{row}|{BEARER}|")
    return None if proof.owed is None else Value(proof.owed, name=name)


def line(found: Mapping[str, Proof], row: str, scene: Scene, say: Say) -> Line:
    """Who proves what, and what became of knowledge; formal review is nobody's law."""
    finding, owed = found[row].finding, found[row].owed
    formal = finding.review == FORMAL
    note = say(f"board.knowledge.{knowledge(finding)}")
    return Line(
        # what a judgment found nobody proves
        note if finding.locked else say(f"board.way.{finding.burden}", knowledge=note),
        "" if formal else finding.basis,
        ghost=say("board.formal") if formal else "",
        stamp=say("board.nothing") if owed is not None and not high_end(owed) else "",
    )


def marks(row: Row) -> tuple[str, ...]:
    """What became of knowledge moves a row; a standard of proof that is an assumption does not."""
    return row.note, row.ghost, row.stamp


def large(found: Mapping[str, Proof], scene: Scene, column: str, say: Say) -> Large:
    """What may be claimed as the law in force is read now."""
    finding, owed = found[LAW].finding, found[LAW].owed
    read = "locked" if finding.locked else finding.rebuttal
    label = say(f"board.large.{'higher' if finding.standard == 'higher' else read}")
    said = "—" if owed is None else spoken(owed, say.lang)
    name = words("board", "name.bar", say.lang, name=label, amount=said)
    text = "—" if owed is None else amount(rounded(owed), say.lang)
    return Large(label, text, f"{LAW}|exposure|", name)


def sentence(found: Mapping[str, Proof], scene: Scene, say: Say) -> str:
    """Why inference gives its grade as it is read now, of what share the claim is; what is missing.

    A share is told where it is one that the file states.
    """
    proof, lang = found[LAW], say.lang
    case, finding = proof.case, proof.finding
    said = say(
        "board.sentence.found",
        knowledge=say(f"board.knowledge.{knowledge(finding)}"),
        grade=say(f"terms:grades.{finding.grade}"),
    )
    share = case.party(proof.party).share
    if finding.mode == "several" and proof.owed is not None and share is not None:
        values = {"loss": amount(case.loss_fen, lang), "share": percent(share, lang)}
        said += say("board.sentence.share", **values)
    if all(piece.against is None for piece in case.evidence):
        said += say("about.no_list")
    return said


# ---------------------------------------------------------------- what words and tasks speak of


def numbers(before: Mapping[str, Proof], now: Mapping[str, Proof], say: Say) -> dict[str, str]:
    """Row → claim, grade, claim on the other reading, before and now; how far the two part."""
    found: dict[str, str] = {}
    for state, suffix in ((before, "_before"), (now, "")):
        for key, row in CALLED.items():
            proof = state[row]
            found[key + suffix] = spoken(proof.owed or 0, say.lang)
            other = _owed(proof.other, proof.party)
            found[f"{key}_other{suffix}"] = spoken(other or 0, say.lang)
            found[f"{key}_grade{suffix}"] = say(f"terms:grades.{proof.finding.grade}")
    law = now[LAW]
    ends = [high_end(fen or 0) for fen in (law.owed, _owed(law.other, law.party))]
    return found | {"gap": amount(abs(ends[0] - ends[1]), say.lang)}


def owed_fen(proof: Proof) -> Fen:
    """What may be claimed at most [fen]."""
    return high_end(proof.owed or 0)


ASKS: Mapping[str, Callable[[Proof, Proof], bool]] = {
    "owes another amount": lambda then, now: owed_fen(then) != owed_fen(now),
}
READS: Mapping[str, Callable[[Case], object]] = {}


def revealed(found: Mapping[str, Proof], say: Say) -> dict[str, str]:
    """What the reveal speaks of: both readings, what is owed at each grade, the share assumed."""
    law = found[LAW]
    owed = {grade: amount(law.owed_at(grade), say.lang) for grade in fault.GRADES}
    return {
        **owed,
        "share": percent(law.case.party(law.party).share, say.lang),
        "law": say(f"terms:grades.{law.finding.grade}"),
        "other": say(f"terms:grades.{law.finding.otherwise}"),
    }


# ---------------------------------------------------------------- why a row stands still


def still(
    knob: str,
    row: str,
    states: tuple[Mapping[str, Proof], Mapping[str, Proof]],
    scene: Scene,
    say: Say,
) -> str:
    """Why a procedure gives the same grade as before: the knob does not enter it, or not here."""
    finding, moved = states[1][row].finding, knob.partition(":")[0]
    presumes = finding.burden == "presumed_fault"
    if finding.locked:
        key = "locked"
    elif moved == "rebuttal":
        key = "rebuttal-same" if finding.infers else "rebuttal-unused"
    elif moved == "standard":
        key = "standard-defendant" if presumes else "standard-same"
    elif moved in ("verdict", "plea"):
        key = "document"
    elif finding.review == FORMAL:
        key = "form"
    else:
        key = "defendant" if presumes else "gravest"
    return say(f"still.{key}")
