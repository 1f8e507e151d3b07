"""举证责任分配表: who proves which element, to what degree, and what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import (
    LOSSES,
    Draft,
    Facts,
    case,
    choice,
    helper,
    pick,
    principal,
    turn,
)
from simlib.fault import BURDENS, find

if TYPE_CHECKING:
    import numpy

    from simlib.fault import Finding

WAYS = ("direct", "inference", "general", "whole")
BURDEN_OF = {"inference": "factual_inference"}  # the others: the plaintiff proves, or a judgment
FINDINGS = {
    "general": ("knowing", "act"),
    "whole": ("knowing", "act", "victim", "amount", "causation"),
}
SHOWN = {"direct": "knowledge", "inference": "bx-11-3"}
STATUTE = ("civil-code:1165(2)", "personal-information-law:69")
ELEMENTS = ("act", "damage", "causation")
BEARERS = ("plaintiff", "defendant")
# who loses if a fact stays unclear: what an effective judgment confirms needs no proof, and short
# of 足以推翻 it stands (93(2)), so that the defendant loses
LOSER = {"nobody": "defendant"}
STRENGTHS = ("doubt", "rebut", "overturn")
# views that can be held too: the minority on 足以反驳; that 109 and 86 do not cover fraud in a tort
# suit
MINORITY = {"inference": ("rebut",)}
ORDINARY = {"beyond_reasonable_doubt": ("high_probability",)}
DEGREES = ("high_probability", "beyond_reasonable_doubt", "sure_and_sufficient", "none")


def evidence(id: str, kind: str, **facts: object) -> Facts:
    """Make a piece of evidence about A, named by its id."""
    return {"id": id, "kind": kind, "against": "A", "name": {"zh": id, "en": id}, **facts}


def conviction(finds: tuple[str, ...], status: str = "effective", **facts: object) -> list[Facts]:
    """Make the criminal case against A."""
    return [{"party": "A", "status": status, "charge": "assisting", "finds": finds, **facts}]


def burden(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for cells of the table of burdens, and which burden would need a statute."""
    way, loss = turn(seed, WAYS), turn(seed, LOSSES, 5)
    element = pick(rng, ELEMENTS)
    convicted = conviction(FINDINGS[way]) if way in FINDINGS else []
    pieces = [evidence("flow", "bank-records", shows=["act", "damage", "causation"])]
    if way in SHOWN:
        pieces.append(evidence("chat", "chat", shows=[SHOWN[way]]))
    people = (principal(sued=False), helper())
    facts = case("burden", loss, *people, evidence=pieces, criminal=convicted)
    finding = find(facts, "A", BURDEN_OF.get(way, "plaintiff"))
    confirmed, bearer = finding.row(element).bearer == "nobody", _loser(finding, element)
    values = {
        "loss_fen": loss,
        "element_word": f"element.{element}",
        "bearer_word": f"option.bearer.{bearer}.label",
        "because_word": f"burden.because.{'confirmed' if confirmed else bearer}",
    }
    statute = [b for b in BURDENS if "civil-code:1165(2)" in find(facts, "A", b).citations]
    if way in FINDINGS:  # a judgment leaves no row of fault to move: ask without it
        bare = facts.model_copy(update={"criminal": ()})
        statute = [b for b in BURDENS if "civil-code:1165(2)" in find(bare, "A", b).citations]
    (unlawful,) = statute
    shown = (Phrase("burden.facts", values), Phrase(f"burden.way.{way}", values))
    return Draft(facts, shown, _cells(finding, element, unlawful, way), values, way)


def _loser(finding: Finding, element: str) -> str:
    """Return the party that loses if a fact stays unclear."""
    bearer = finding.row(element).bearer
    return LOSER.get(bearer, bearer)


def _cells(finding: Finding, element: str, unlawful: str, way: str) -> tuple[Step, ...]:
    fault, fraud, other = (finding.row(name) for name in ("fault", "fraud", element))
    return (
        choice("fault", "proof", _loser(finding, "fault"), BEARERS, "bearer", cites=fault.cites),
        choice(
            "rebuttal", "proof", fault.rebuttal, STRENGTHS, "rebuttal",
            also=MINORITY.get(way, ()), cites=fault.cites,
        ),
        choice(
            "fraud", "proof", fraud.standard, DEGREES, "degree",
            also=ORDINARY.get(fraud.standard, ()), cites=fraud.cites[:2],
        ),
        choice("element", "proof", _loser(finding, element), BEARERS, "bearer",
               cites=other.cites[:1]),
        choice("statute", "proof", unlawful, BURDENS, "burden", cites=STATUTE),
    )  # fmt: skip
