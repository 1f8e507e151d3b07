"""What lesson 02 asks of its engine: one file under three burdens and two reviews, and the claim.

What was taken out of the file is gone from the case that is solved: `knobs.in_file`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.errors import SimlibError
from simlib.fault.criminal import confirms
from simlib.figures.board import Large, rounded, spoken
from simlib.figures.rulings import ordered
from simlib.interval import high_end
from simlib.law.regime import regime_for
from simlib.lessons.fault.knobs import of_fault
from simlib.lessons.outcome import Line, Value
from simlib.liability import decide
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simlib.case.model import Case, Evidence
    from simlib.fault import Finding
    from simlib.figures.board import Row
    from simlib.interval import FenRange
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.liability import Outcome
    from simlib.money import Fen
    from simlib.trace import Assumption, Trace

__all__ = ["ASKS", "READS", "Proof", "line", "sentence", "solve", "still", "value"]

FORMAL, REAL = fault.REVIEWS
LEVEL = {grade: n for n, grade in enumerate(fault.GRADES)}
KNEW = ("knowing", "concert")
# a row is a procedure: burden and review
ROWS = tuple(f"{burden}.{review}" for burden in fault.BURDENS for review in fault.REVIEWS)
LAW = f"factual_inference.{REAL}"  # the law in force on the majority's reading
NOT_FOUND = ("stated", "open")  # the grade comes from no evidence
BEARER = "row-fault"  # what its cell asks about: the row of fault in the table of burdens
UNPROVED = ("locked", "general", *NOT_FOUND)
LAW_BASIS = "law in force"
PROVED_AS = {"fraud": "act"}  # nobody helped a fraud that is not found; else called as in `proof`
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
    ground
        `evidence`; where the file lists none of his fault, `stated`: the grade is the one it
        states, or `open`: it states none, or only one that rested on a judgment taken out of it
    outcome, other
        what follows from the grade, and from that on the other reading of 足以反驳; None: the law
        in force has no answer
    unproved
        elements besides fault that the file lists evidence of and that are not proved as it stands:
        the claim against him is dismissed
    listed
        the pieces that speak of his fault, also those a reader took out of the file
    """

    case: Case
    party: str
    finding: Finding
    outcome: Outcome | None
    other: Outcome | None
    ground: str = "evidence"
    unproved: tuple[str, ...] = ()
    listed: tuple[Evidence, ...] = ()

    @property
    def row(self) -> str:
        """The procedure by its name."""
        return f"{self.finding.burden}.{self.finding.review}"

    @property
    def owed(self) -> FenRange | None:
        """What may be claimed of him [fen]."""
        return _owed(self.outcome, self.party)

    @property
    def form(self) -> str:
        """In what form he is liable: `several`, `joint` or `none`; a platform's may be another
        than that of his grade."""
        if self.outcome is None:
            return self.finding.mode
        mode = self.outcome.parties[self.party].mode
        return mode if mode in ("several", "joint") else "none"

    def owed_at(self, grade: str) -> FenRange | None:
        """What may be claimed of him with any grade, whether a procedure finds it or not [fen]."""
        return _owed(_decided(self.graded(grade)), self.party)

    def graded(self, grade: str) -> Case:
        """The case with this grade of fault, and without what is not proved."""
        return unproven(graded(self.case, self.party, grade), self.party, self.unproved)

    def to_json(self) -> dict[str, Any]:
        """Finding and outcome as plain data; no outcome where the law in force gives none."""
        plain = asdict(self.finding) | {"trace": self.finding.trace.to_json()}
        return {"finding": plain, "outcome": self.outcome and self.outcome.to_json()}


def _owed(outcome: Outcome | None, party: str) -> FenRange | None:
    return None if outcome is None else outcome.parties[party].exposure_fen


def graded(case: Case, party: str, grade: str) -> Case:
    """The case with this grade of fault; as it is where it states that grade."""
    held = case.party(party)
    if fault.grade(held, regime_for(case)).value == grade:
        return case
    return case.set({f"{party}.grade": grade, f"{party}.fault": None})


def unproven(case: Case, party: str, elements: tuple[str, ...]) -> Case:
    """The case in which these elements are not proved against him."""
    degrees = {f"{party}.proof.{PROVED_AS.get(each, each)}": 0.0 for each in elements}
    return case.set(degrees) if degrees else case


def _decided(case: Case) -> Outcome | None:
    try:
        return decide(case, "auto")
    except SimlibError:  # acted before the Civil Code, or facts the law in force needs are missing
        return None


def solve(
    case: Case, chosen: Mapping[str, Any], lang: str, party: str, file: Case | None = None
) -> dict[str, Proof]:
    """Row → what the procedure finds, and what follows; each grade is decided once.

    Parameters
    ----------
    file
        the case before the reader took evidence or a judgment out of it; the case if not given
    """
    file = file or case
    found = {row: _grounded(case, file, _find(case, party, row, chosen)) for row in ROWS}
    listed, pieces = fault.lists_elements(file, party), tuple(of_fault(file, party))

    @cache
    def outcome(grade: str, gone: tuple[str, ...]) -> Outcome | None:
        return _decided(unproven(graded(case, party, grade), party, gone))

    proofs = {}
    for row, (each, ground) in found.items():
        gone = tuple(name for name in each.unproved if name in listed)
        unknown = ground == "open" and not gone
        both = [None if unknown else outcome(g, gone) for g in (each.grade, each.otherwise)]
        proofs[row] = Proof(case, party, each, both[0], both[1], ground, gone, pieces)
    return proofs


def _grounded(case: Case, file: Case, finding: Finding) -> tuple[Finding, str]:
    """Return a finding and its ground (see `Proof`): evidence, else the grade the file states.

    A file that lists no evidence of somebody's fault has not said that there is none: to find
    nothing in it is no finding. What a judgment, a plea or the burden itself gives still counts.
    """
    party, ground = finding.party, "evidence"
    if fault.lists_evidence(file, party):
        return finding, ground
    stated, least = fault.grade(case.party(party), regime_for(case)), _shown(finding)
    if case.party(party).grade_open or _lost(case, file, party) and stated.value in KNEW:
        return finding, "open" if finding.grade == "none" else ground
    if least != "none" and LEVEL[stated.value] <= LEVEL[least]:
        return finding, ground
    return _with(finding, stated, case), "stated"


def _with(finding: Finding, stated: Trace[str], case: Case) -> Finding:
    """Return a finding with the grade the file states, and that as its reason."""
    grade, who = stated.value, finding.party
    told: Assumption = {
        "key": "fault.as-stated", "value": grade, "basis": "teaching assumption", "party": who,
    }  # fmt: skip
    kept = (a for a in finding.assumptions if a["key"] != "fault.presumed-least")
    return replace(
        finding,
        grade=grade,
        otherwise=grade,
        presumed=False,
        locked=False,
        mode=regime_for(case).auto[grade],
        trace=stated,
        assumptions=(*kept, told),
    )


def _shown(finding: Finding) -> str:
    """Return the gravest grade that documents give, whatever the burden."""
    left = [j.left for j in finding.items] + ["knowing" if finding.locked else "none"]
    return max(left, key=LEVEL.__getitem__)


def _lost(case: Case, file: Case, party: str) -> bool:
    """Tell whether the file's judgment that he knew is gone."""
    knew = {"knowing"}
    return confirms(file, knew, party) and not confirms(case, knew, party)


def _find(case: Case, party: str, row: str, chosen: Mapping[str, Any]) -> Finding:
    burden, review = row.split(".")
    rules = {"rebuttal": chosen["rebuttal"]}
    return fault.find(case, party, burden, review, standard=chosen["standard"], rules=rules)


# ---------------------------------------------------------------- what became of knowledge


def knowledge(proof: Proof) -> str:
    """Tell what became of knowledge.

    `locked` (`general`: by a judgment that does not name the claimant), `found`, `convinced`,
    `presumed`, `inferred` (`unanswered`: nothing has an effect against it), or why it is not
    found: `rebutted` (its contrary is proved), `unclear` (真伪不明), `absent`, `least` (he has
    not proved that he was not at fault); `stated` or `open` where no evidence is listed.
    """
    finding = proof.finding
    if proof.ground in NOT_FOUND:
        return proof.ground
    if finding.locked:
        return "general" if is_general(finding) else "locked"
    if finding.grade in KNEW:
        if not finding.presumed:
            return "found"
        answered = any(j.hit for j in finding.items if j.grade == "knowing" and j.left != "none")
        inferred = "inferred" if answered else "unanswered"
        return {"factual_inference": inferred, "presumed_fault": "presumed"}.get(
            finding.burden, "convinced"
        )
    of_it = [j for j in finding.items if j.grade == "knowing" and j.support != "none"]
    states = {j.state for j in of_it}
    least = "least" if finding.presumed and _shown(finding) == "none" else "absent"
    return next((state for state in ("rebutted", "unclear") if state in states), least)


def is_general(finding: Finding) -> bool:
    """Tell whether the judgment that he knew finds it in general, not for this claimant."""
    named = any(e.element == "victim" and e.effect == "locked" for e in finding.criminal)
    return finding.locked and not named


def bearer_of(proof: Proof) -> str:
    """Tell who loses if knowledge stays unclear: `plaintiff`, `defendant`, `nobody`, or `contrary`
    where the minority's reading puts it on the defendant in fact; `clear` where it is found."""
    if knowledge(proof) in FOUND:
        return "clear"
    return "contrary" if _inference_stands(proof) else proof.finding.row("fault").bearer


def bearer_if_unclear(proof: Proof) -> str:
    """Tell who would lose if knowledge were unclear: `plaintiff`, `defendant` or `nobody`."""
    return "defendant" if _inference_stands(proof) else proof.finding.row("fault").bearer


def _inference_stands(proof: Proof) -> bool:
    """Whether, on the minority's reading, what stays unclear falls on the defendant in fact."""
    return proof.finding.row("fault").consequence == "inference-stands"


# ---------------------------------------------------------------- the board


def value(found: Mapping[str, Proof], row: str, column: str, say: Say) -> Value | None:
    """The grade with the form of liability, who bears what stays unclear, what may be claimed."""
    proof = found[row]
    column_name = say(f"board.note.{column}")
    name = say("board.bar_name", row=say(f"rows.{row}.name"), column=column_name)
    if column == "grade" and proof.ground == "open":
        return Value(word=say("board.open"), name=name)
    if column == "grade":
        form = say(f"found.form.{proof.form}")
        grade = say(f"terms:grades.{proof.finding.grade}")
        return Value(word=say("board.leads", grade=grade, form=form), name=name)
    if column == "bearer":
        said = say(f"board.bearer.{bearer_of(proof)}")
        return Value(word=said, name=name, asks=f"{row}|{BEARER}|")
    return None if proof.owed is None else Value(proof.owed, name=name)


def line(found: Mapping[str, Proof], row: str, scene: Scene, say: Say) -> Line:
    """Who proves what, and what became of knowledge; formal review is nobody's law."""
    proof = found[row]
    finding, owed, became = proof.finding, proof.owed, knowledge(proof)
    formal = finding.review == FORMAL
    note = say(f"board.knowledge.{became}{'_formal' if formal and became == 'rebutted' else ''}")
    if proof.unproved:
        note = say("board.unproved", elements=elements_of(proof, say))
    elif by_events_alone(proof):
        note = say("board.events_alone", knowledge=note)
    # what a judgment found, or no evidence carries, nobody proves
    as_it_is = became in UNPROVED or bool(proof.unproved)
    return Line(
        note if as_it_is else say(f"board.way.{finding.burden}", knowledge=note),
        "" if formal else _authority(proof),
        ghost=say("board.formal") if formal else "",
        stamp=say("board.nothing") if owed is not None and not high_end(owed) else "",
        blank=say("board.unlisted") if became == "open" and owed is None else "",
    )


def _authority(proof: Proof) -> str:
    """What a row rests on.

    That knowledge in general is enough for article 1169 is disputed, so that it is doctrine; the
    rules from events to knowledge are teaching assumptions, and so is what they alone carry.
    """
    basis = proof.finding.basis
    if by_events_alone(proof):
        return "teaching assumption"
    return "doctrine" if knowledge(proof) == "general" and basis == LAW_BASIS else basis


def by_events_alone(proof: Proof) -> bool:
    """Whether knowledge is found, and from the order of events with no piece of evidence that
    shows an item and can stand alone.

    Who presumes fault needs no such rule, nor does a judgment in force.
    """
    finding = proof.finding
    if finding.grade != "knowing" or finding.locked or finding.burden == "presumed_fault":
        return False
    standing = [j for j in finding.items if j.left == "knowing"]
    read = {r.evidence: r.weight for r in fault.read(proof.case, proof.party, finding.review)}
    shown = any(read[id] == "sufficient" for j in standing for id in j.evidence)
    return bool(standing) and not shown


def elements_of(proof: Proof, say: Say) -> str:
    """Name the elements that are not proved."""
    return say("table.between").join(say(f"board.element.{name}") for name in proof.unproved)


def marks(row: Row) -> tuple[str, ...]:
    """What became of knowledge moves a row; a standard of proof that is an assumption does not."""
    return row.note, row.ghost, row.stamp


def large(found: Mapping[str, Proof], scene: Scene, column: str, say: Say) -> Large:
    """What may be claimed as the law in force is read now."""
    finding, owed, became = found[LAW].finding, found[LAW].owed, knowledge(found[LAW])
    read = "higher" if finding.standard == "higher" else finding.rebuttal
    read = "events" if by_events_alone(found[LAW]) else read
    read = "unproved" if found[LAW].unproved else became if became in UNPROVED else read
    label = say(f"board.large.{read}")
    said = "—" if owed is None else spoken(owed, say.lang)
    name = words("board", "name.bar", say.lang, name=label, amount=said)
    text = "—" if owed is None else amount(rounded(owed), say.lang)
    return Large(label, text, f"{LAW}|exposure|", name)


def sentence(found: Mapping[str, Proof], scene: Scene, say: Say) -> str:
    """Why inference gives its grade as it is read now, of what share the claim is; what is missing.

    A share is told where it is one that the file states; what courts ordered of a real case too.
    """
    proof = found[LAW]
    case, finding, became = proof.case, proof.finding, knowledge(proof)
    said = say(
        f"board.sentence.{'open' if became == 'open' else 'found'}",
        knowledge=say(f"board.knowledge.{became}"),
        grade=say(f"terms:grades.{finding.grade}"),
    )
    if proof.unproved:
        said += say("board.sentence.unproved", elements=elements_of(proof, say))
    said += _share_told(proof, say)
    if ordered(case):
        said += _ordered(case, say)
    tried = any(entry.party == proof.party for entry in case.criminal)
    if tried and became not in NOT_FOUND and not fault.lists_evidence(case, proof.party):
        said += say("about.no_list")
    return said


def _share_told(proof: Proof, say: Say) -> str:
    """What share of which loss the claim is, where the file states the share; else nothing."""
    share, outcome = proof.case.party(proof.party).share, proof.outcome
    several = proof.finding.mode == "several" and not proof.unproved
    if not several or outcome is None or share is None:
        return ""
    loss = outcome.answers_for(proof.party) or proof.case.loss_fen
    values = {"loss": amount(loss, say.lang), "share": percent(share, say.lang)}
    return say("board.sentence.share", **values)


def _ordered(case: Case, say: Say) -> str:
    """What the courts ordered."""
    each = (
        say(
            f"board.sentence.{ruling.instance or 'decided'}",
            amount=amount(ruling.amount_fen, say.lang),
        )
        for ruling in ordered(case)
    )
    return say("board.sentence.ordered", listed=say("table.stop").join(each))


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


def still_presumed(before: Mapping[str, Proof], now: Mapping[str, Proof]) -> str:
    """Whether he counts as one who knew where fault is presumed, or that fell."""
    del before
    return "knew" if now[f"presumed_fault.{REAL}"].finding.grade in KNEW else "fell"


ASKS: Mapping[str, Callable[[Any, Any], bool | str]] = {
    "owes another amount": lambda then, now: owed_fen(then) != owed_fen(now),
    "whether presumed fault still finds that he knew": still_presumed,
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
    presumes, ground = finding.burden == "presumed_fault", states[1][row].ground
    if states[1][row].unproved:
        key = "unproved"
    elif finding.locked or ground in NOT_FOUND:
        key = "locked" if finding.locked else "unlisted"
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
