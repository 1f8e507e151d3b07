"""Did he know? A grade of fault from the evidence, with its reasons and who had to prove what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.fault.allocation import Row, allocate
from simlib.fault.assumed import DOCTRINE, PROPOSAL, TEACHING, assumed
from simlib.fault.criminal import Effect
from simlib.fault.log import Inference
from simlib.fault.reasons import trace
from simlib.fault.weigh import BURDENS, READINGS, STANDARDS, Procedure, Scales
from simlib.fault.weighing import Judged, directly, highest, items
from simlib.law.checklist import REVIEWS
from simlib.law.days import decision_day
from simlib.law.regime import checked_rules, regime_for
from simlib.law.rule import word
from simlib.trace import Assumption, Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules


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
    grade = _grade(judged, locked)
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


def _grade(judged: tuple[Judged, ...], locked: bool) -> str:
    """Return the gravest of what items, direct proof and a judgment in force give."""
    return highest((*(j.left for j in judged), "knowing" if locked else "none"))


def _otherwise(scales: Scales, locked: bool) -> str:
    """Return the grade on the other reading of 足以反驳."""
    (other,) = [reading for reading in READINGS if reading != scales.way.rebuttal]
    there = Scales(scales.case, scales.party, replace(scales.way, rebuttal=other))
    return _grade(_judged(there), locked)


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
