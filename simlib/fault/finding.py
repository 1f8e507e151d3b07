"""Did he know? A grade of fault from the evidence, with its reasons and who had to prove what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.fault.allocation import Row, allocate
from simlib.fault.criminal import Effect
from simlib.fault.log import Inference
from simlib.fault.reasons import trace
from simlib.fault.weigh import BURDENS, STANDARDS, Judged, Scales, directly, highest, items
from simlib.law.checklist import REVIEWS
from simlib.law.citation import BINDING, article, article_day, article_for, in_force
from simlib.law.days import decision_day
from simlib.law.regime import regime_for
from simlib.trace import Assumption, Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime

TEACHING, PROPOSAL = "teaching assumption", "reform proposal"


@dataclass(frozen=True)
class Finding:
    """A party's grade of fault as one procedure finds it.

    Attributes
    ----------
    party, burden, review, standard
        whose, and by which procedure
    grade
        `none`, `slight`, `gross`, `knowing` or `concert`
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
    grade: str
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

    Raises
    ------
    UnknownName
        for a party, a burden, a review or a standard that does not exist
    """
    party = case.party(party_id)
    _known("burden", burden, BURDENS)
    _known("review", review, REVIEWS)
    _known("standard", standard, STANDARDS)
    scales = Scales(case, party, burden, review, standard)
    return _weighed(scales, regime_for(case, regime))


def _weighed(scales: Scales, regime: Regime) -> Finding:
    """Return what the scales show: items, grade, who proves what, and the reasons."""
    case = scales.case
    judged = (*items(scales, case.acted_on, decision_day(case)), *directly(scales))
    locked = _locked(scales)
    grade = highest((*(j.left for j in judged), "knowing" if locked else "none"))
    rows = allocate(scales, judged, locked, grade)
    cites = _cites(judged, rows)
    return Finding(
        party=scales.party.id,
        burden=scales.burden,
        review=scales.review,
        standard=scales.standard,
        grade=grade,
        presumed=_presumed(judged, locked, grade, scales.burden),
        locked=locked,
        basis=_basis(scales.burden, scales.standard),
        mode=regime.auto[grade],
        items=judged,
        allocation=rows,
        criminal=scales.effects,
        inferences=scales.inferences,
        trace=trace(scales, judged, grade, locked),
        citations=cites,
        assumptions=tuple(_assumed(scales, judged, grade, cites)),
    )


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


def _basis(burden: str, standard: str) -> str:
    if burden == "presumed_fault":
        return PROPOSAL
    return TEACHING if standard == "higher" else "law in force"


def _cites(judged: tuple[Judged, ...], rows: tuple[Row, ...]) -> tuple[str, ...]:
    """Return the articles relied on: of the items that count, and of each row of the table."""
    own = [cite for j in judged if j.left != "none" for cite in j.cites]
    table = [cite for row in rows for cite in row.cites]
    return tuple(dict.fromkeys([*own, *table]))


def _assumed(
    scales: Scales, judged: tuple[Judged, ...], grade: str, cites: tuple[str, ...]
) -> Iterator[Assumption]:
    """Yield what neither the law nor the evidence settles, each with its basis."""
    who: Assumption = {"party": scales.party.id}
    counting = [j for j in judged if j.left != "none"]
    if counting:
        yield {"key": "fault.grade-rule", "value": grade, "basis": TEACHING}
    yield from _of_items(counting, scales.case, who)
    if scales.burden == "presumed_fault":
        yield {"key": "fault.no-statutory-basis", "value": "civil-code:1165(2)", "basis": PROPOSAL}
    if scales.standard == "higher":
        yield {"key": "fault.higher-standard", "value": "paper:proof-standard", "basis": TEACHING}
    if scales.review == "formal":
        cited = "civil-procedure-interpretation:105"
        yield {"key": "fault.formal-review", "value": cited, "basis": TEACHING}
    if any(e.assumed and e.effect == "locked" for e in scales.effects):
        yield {"key": "fault.finds-by-charge", "value": None, "basis": TEACHING, **who}
    if scales.defence[0]:
        yield {"key": "fault.defence-rule", "value": scales.defence[0], "basis": TEACHING, **who}
    if scales.inferences:
        yield {"key": "fault.patterns", "value": len(scales.inferences), "basis": TEACHING}
    for cite in cites:
        yield from _dated(cite, scales.case)


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
