"""Did he know? A grade of fault from the evidence, with its reasons and who had to prove what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.fault.allocation import ESTABLISHED, Row, allocate
from simlib.fault.criminal import Effect
from simlib.fault.review import Inference
from simlib.fault.weighing import (
    BURDENS,
    READINGS,
    STANDARDS,
    Judged,
    Procedure,
    Scales,
    concert_if_ordinary,
    directly,
    highest,
    items,
)
from simlib.law.authority import authority
from simlib.law.checklist import REVIEWS
from simlib.law.citation import BINDING, article, article_day, article_for, in_force
from simlib.law.dated import decision_day
from simlib.law.regime import checked_rules, regime_for
from simlib.law.rule import word
from simlib.trace import Assumption, Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules

DOCTRINE, PROPOSAL, TEACHING = "doctrine", "reform proposal", "teaching assumption"


def trace(scales: Scales, judged: tuple[Judged, ...], grade: str, locked: bool) -> Trace:
    """Return the grade from the judgment in force and from every item anything speaks for."""
    steps = [_judgment(scales)] if locked else []
    steps += [_item(scales, one) for one in judged if one.support != "none"]
    if steps and scales.way.infers:
        steps.append(_reading(scales))
    return Trace(
        "grade",
        grade,
        "grade",
        f"fault.{scales.way.burden}" if steps or grade != "none" else "fault.nothing",
        tuple(steps),
        party=scales.party.id,
        cites=authority("principal", scales.case),
    )


def _judgment(scales: Scales) -> Trace:
    entry = next(e for e in scales.effects if e.element == "knowing" and e.effect == "locked")
    source = f"case:criminal[{entry.row}].finds"
    return Trace("criminal_judgment", "knowing", "grade", source=source, cites=entry.cites)


def _reading(scales: Scales) -> Trace:
    """Return the reading of 足以反驳 by which the inference was answered or not."""
    source, cites = "parameter:rules.rebuttal", authority("proof", scales.case, "rebuttal")
    return Trace("rebuttal", scales.way.rebuttal, "rebuttal", source=source, cites=cites)


def _item(scales: Scales, judged: Judged) -> Trace:
    """Return one item: what it leaves, by the rule that decided, from the pieces for and against
    it."""
    support = tuple(_piece(scales, name, "weight") for name in judged.evidence)
    runs = tuple(_run(run) for run in scales.inferences if run.id in judged.inferences)
    against = tuple(_piece(scales, name, "strength") for name in judged.against)
    return Trace(
        f"item-{judged.id}",
        judged.left,
        "left",
        f"fault.item-{_why(judged)}",
        (*support, *runs, *against),
        cites=judged.cites,
    )


def _why(judged: Judged) -> str:
    if judged.state in ("not-yet", "unfit"):
        return judged.state
    if judged.left == "none":
        return "rebutted" if judged.state == "rebutted" else "too-weak"
    if judged.left != judged.grade:
        return "knowledge-rebutted"
    return "unclear" if judged.state == "unclear" else "proved"


def _piece(scales: Scales, name: str, field: str) -> Trace:
    read = scales.read[name]
    value, unit = (
        (read.weight, "support") if field == "weight" or not read.strength
        else (read.strength, "strength")
    )  # fmt: skip
    return Trace(f"evidence-{name}", value, unit, source=f"case:{name}", cites=read.cites)


def _run(run: Inference) -> Trace:
    source = f"case:{run.events[0]}"
    return Trace(f"inference-{run.id}", run.weight, "support", source=source, cites=run.cites)


def assumed(
    scales: Scales, judged: tuple[Judged, ...], grades: tuple[str, str], cites: tuple[str, ...]
) -> Iterator[Assumption]:
    """Yield each assumption once: its key, value and basis, and `party` where it is one's.

    Parameters
    ----------
    grades
        the grade found, and the one on the other reading of 足以反驳
    """
    who: Assumption = {"party": scales.party.id}
    counting = [j for j in judged if j.left != "none"]
    if counting:
        yield {"key": "fault.grade-rule", "value": grades[0], "basis": TEACHING}
    yield from _of_readings(scales, grades, who)
    yield from _of_items(counting, scales.case, who)
    yield from _of_procedure(scales, judged, grades[0], who)
    for cite in cites:
        yield from _dated(cite, scales.case)


def _of_readings(scales: Scales, grades: tuple[str, str], who: Assumption) -> Iterator[Assumption]:
    """Yield what is open in doctrine: 足以反驳, and the degree of proof of concert and of fraud."""
    if scales.way.infers:
        yield {"key": "rule.rebuttal", "value": scales.way.rebuttal, "basis": DOCTRINE}
        if grades[0] != grades[1]:
            key = "fault.other-reading"
            yield {"key": key, "value": grades[1], "basis": DOCTRINE, **who}
    concert = concert_if_ordinary(scales)
    if concert is not None:
        other = "concert" if concert else grades[0]
        yield {"key": "fault.concert-standard", "value": other, "basis": DOCTRINE, **who}


def _of_procedure(
    scales: Scales, judged: tuple[Judged, ...], grade: str, who: Assumption
) -> Iterator[Assumption]:
    way = scales.way
    if way.burden == "presumed_fault":
        yield {"key": "fault.no-statutory-basis", "value": "civil-code:1165(2)", "basis": PROPOSAL}
    if grade == scales.least != "none" and all(j.left == "none" for j in judged):
        yield {"key": "fault.presumed-least", "value": grade, "basis": TEACHING, **who}
    if way.standard == "higher":
        yield {"key": "fault.higher-standard", "value": "paper:proof-standard", "basis": TEACHING}
    if way.review == "formal":
        cited = "civil-procedure-interpretation:105"
        yield {"key": "fault.formal-review", "value": cited, "basis": TEACHING}
    if any(e.assumed and e.effect == "locked" for e in scales.effects):
        yield {"key": "fault.finds-by-charge", "value": None, "basis": TEACHING, **who}
    if any(e.element == "knowing" and e.effect == "public-document" for e in scales.effects):
        yield {"key": "fault.public-record", "value": None, "basis": TEACHING, **who}
    if scales.defence[0]:
        yield {"key": "fault.defence-rule", "value": scales.defence[0], "basis": TEACHING, **who}
    if scales.inferences:
        yield {"key": "fault.patterns", "value": len(scales.inferences), "basis": TEACHING}
    if _contrary_shown(scales, judged):
        yield {"key": "fault.overturn-step", "value": None, "basis": TEACHING}


def _contrary_shown(scales: Scales, judged: tuple[Judged, ...]) -> bool:
    """Tell whether the contrary is proved of what only 足以推翻 answers here."""
    finds = any(e.element == "knowing" and e.effect == "locked" for e in scales.effects)
    locked = finds and scales.hits("knowledge", "fault")[0] == "rebut"
    return locked or any(j.needed == "overturn" and j.hit == "rebut" for j in judged)


def _of_items(counting: list[Judged], case: Case, who: Assumption) -> Iterator[Assumption]:
    groups = {j.group for j in counting}
    if groups & {"bx-11", "opinion-2025"}:
        yield {"key": "fault.criminal-items", "value": None, "basis": TEACHING}
    if "paper" in groups:
        yield {"key": "fault.paper-items", "value": "paper:checklist", "basis": PROPOSAL}
    if any(j.left != j.grade for j in counting):
        yield {"key": "fault.knowledge-rebutted", "value": "gross", "basis": TEACHING, **who}
    for judged in counting:
        if not article_for(judged.cite, case).verified:
            yield {"key": "fault.not-verified", "value": judged.cite, "basis": TEACHING}


def _dated(cite: str, case: Case) -> Iterator[Assumption]:
    """Yield a binding article that was not in force on the day of the case that counts for it."""
    day = article_day(cite, case)
    basis = article(cite, day).basis
    if basis in BINDING and not in_force(cite, day):
        yield {"key": "misfit.not-in-force", "value": cite, "basis": basis}


@dataclass(frozen=True)
class Finding:
    """A party's grade of fault as one procedure finds it.

    Attributes
    ----------
    party, burden, review, standard, rebuttal
        whose, and by which procedure; `rebuttal` is the reading of 足以反驳
    grade
        `none`, `slight`, `gross`, `knowing` or `concert`
    otherwise
        the grade on the other reading of 足以反驳; the same where no factual inference is drawn
    presumed
        it rests on an inference or a presumption, not on direct proof or a judgment
    locked
        an effective criminal judgment finds knowledge, and nothing overturns it
    basis
        on what kind of authority this way of finding rests
    mode
        the form of liability the regime gives this grade
    items
        every item of the checklist as judged
    allocation
        the 举证责任分配表, a row an element
    criminal
        what the criminal documents prove here
    inferences
        what the event log lets one infer (under substantive review)
    trace, citations, assumptions
        the reasons, the articles relied on, and what is assumed
    """

    party: str
    burden: str
    review: str
    standard: str
    rebuttal: str
    grade: str
    otherwise: str
    presumed: bool
    locked: bool
    basis: str
    mode: str
    items: tuple[Judged, ...]
    allocation: tuple[Row, ...]
    criminal: tuple[Effect, ...]
    inferences: tuple[Inference, ...]
    trace: Trace
    citations: tuple[str, ...]
    assumptions: tuple[Assumption, ...]

    @property
    def infers(self) -> bool:
        """Whether a factual inference is drawn, so that the reading of 足以反驳 plays a part."""
        return self.burden == "factual_inference" and self.standard == "legal"

    @property
    def unproved(self) -> tuple[str, ...]:
        """Elements besides fault that stay unproved, in the table's order: with any of them the
        claim falls, whatever the grade. A loss found in part is not among them."""
        rest = (row for row in self.allocation if row.element != "fault" and not row.fen)
        return tuple(row.element for row in rest if row.state not in ESTABLISHED)

    def item(self, id: str) -> Judged:
        """Return the item of this id, as judged; KeyError if it is not among them."""
        return {judged.id: judged for judged in self.items}[id]

    def row(self, element: str) -> Row:
        """Return the row of an element; KeyError if there is none."""
        return {row.element: row for row in self.allocation}[element]


def find(
    case: Case,
    party_id: str,
    burden: str = "plaintiff",
    review: str = "substantive",
    standard: str = "legal",
    regime: Regime | None = None,
    rules: Rules | None = None,
) -> Finding:
    """Return the grade of a party's fault from the evidence of a case.

    Parameters
    ----------
    burden
        `plaintiff` (民法典1165(1)), `factual_inference` (民诉法解释93) or `presumed_fault` (the
        paper's reform, which 1165(2) does not yet carry)
    review
        `formal` or `substantive`
    standard
        `legal`, or `higher`: reliable and sufficient evidence, the language of criminal procedure
    regime
        what a grade leads to; the law in force on the days of the case if not given
    rules
        choices that differ from the regime's; `rebuttal` alone plays a part here

    Raises
    ------
    UnknownName
        for a party, a burden, a review, a standard or a rule that does not exist
    """
    party = case.party(party_id)
    _known("burden", burden, BURDENS)
    _known("review", review, REVIEWS)
    _known("standard", standard, STANDARDS)
    regime = regime_for(case, regime)
    reading = word(checked_rules(rules, regime), "rebuttal")
    scales = Scales(case, party, Procedure(burden, review, standard, reading))
    return _weighed(scales, regime)


def _weighed(scales: Scales, regime: Regime) -> Finding:
    """Return what the scales show: items, grade, who proves what, and the reasons."""
    judged, locked, way = _judged(scales), _locked(scales), scales.way
    grade = _grade(scales, judged, locked)
    otherwise = _otherwise(scales, locked) if way.infers else grade
    rows = allocate(scales, judged, locked, grade)
    cites = _cites(judged, rows)
    return Finding(
        party=scales.party.id,
        burden=way.burden,
        review=way.review,
        standard=way.standard,
        rebuttal=way.rebuttal,
        grade=grade,
        otherwise=otherwise,
        presumed=_presumed(judged, locked, grade, way.burden),
        locked=locked,
        basis=_basis(way),
        mode=regime.auto[grade],
        items=judged,
        allocation=rows,
        criminal=scales.effects,
        inferences=scales.inferences,
        trace=trace(scales, judged, grade, locked),
        citations=cites,
        assumptions=tuple(assumed(scales, judged, (grade, otherwise), cites)),
    )


def _judged(scales: Scales) -> tuple[Judged, ...]:
    case = scales.case
    return (*items(scales, case.acted_on, decision_day(case)), *directly(scales))


def _grade(scales: Scales, judged: tuple[Judged, ...], locked: bool) -> str:
    """Return the gravest of what items, direct proof, a judgment and the burden itself give."""
    return highest((*(j.left for j in judged), "knowing" if locked else "none", scales.least))


def _otherwise(scales: Scales, locked: bool) -> str:
    """Return the grade on the other reading of 足以反驳."""
    (other,) = [reading for reading in READINGS if reading != scales.way.rebuttal]
    there = Scales(scales.case, scales.party, replace(scales.way, rebuttal=other))
    return _grade(there, _judged(there), locked)


def _known(kind: str, name: str, names: tuple[str, ...]) -> None:
    if name not in names:
        raise UnknownName.among(kind, name, names)


def _locked(scales: Scales) -> bool:
    """Tell whether an effective judgment finds knowledge and no evidence overturns it."""
    finds = any(e.element == "knowing" and e.effect == "locked" for e in scales.effects)
    return finds and scales.hits("knowledge", "fault")[0] != "overturn"


def _presumed(judged: tuple[Judged, ...], locked: bool, grade: str, burden: str) -> bool:
    direct = (j for j in judged if j.group == "direct" and j.state == "proved")
    proved = any(j.left == grade for j in direct)
    if grade == "none" or proved or locked and grade == "knowing":
        return False
    return grade == "knowing" or burden == "presumed_fault"


def _basis(way: Procedure) -> str:
    if way.burden == "presumed_fault":
        return PROPOSAL
    if way.infers and way.rebuttal == "contrary":
        return DOCTRINE
    return TEACHING if way.standard == "higher" else "law in force"


def _cites(judged: tuple[Judged, ...], rows: tuple[Row, ...]) -> tuple[str, ...]:
    """Return the articles relied on: of the items that count, and of each row of the table."""
    own = [cite for j in judged if j.left != "none" for cite in j.cites]
    table = [cite for row in rows for cite in row.cites]
    return tuple(dict.fromkeys([*own, *table]))
