"""举证责任分配表: who proves each element, to what standard, and what follows if it is unclear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.fault.criminal import LOCKED, confirmed_fen, confirms
from simlib.law.authority import ANY, authority
from simlib.law.checklist import STRENGTHS
from simlib.money import Fen

if TYPE_CHECKING:
    from simlib.fault.weighing import Judged, Procedure, Scales

ELEMENTS = ("act", "damage", "fraud", "fault", "causation")
COVERED = {
    "act": {"act", "victim"},
    "damage": {"victim", "amount"},
    "fraud": {"victim"},
    "causation": {"causation", "victim"},
}
ESTABLISHED = ("exempt", "proved")  # states of a fact on which a claim can rest
OF_ANYBODY = ("damage", "fraud")  # whoever the judgment is against, it finds these for the victim


@dataclass(frozen=True, slots=True)
class Row:
    """One element of the claim in the allocation of the burden of proof.

    Attributes
    ----------
    element
        `act`, `damage`, `fraud`, `fault` or `causation`
    bearer
        whoever loses if it stays unclear: `plaintiff`, `defendant` or `nobody` (no proof is needed)
    forward
        who must come forward with evidence as things stand: the same, but the defendant once a
        known fact is proved from which fault is inferred
    standard
        `high_probability`, `beyond_reasonable_doubt`, `sure_and_sufficient` (the higher practice)
        or `none`
    evidence
        ids of the evidence on it
    rebuttal
        what the other side's evidence must reach: `doubt` (the fact is unclear again), `rebut` (its
        contrary is proved) or `overturn`
    consequence
        what follows if it stays unclear (a key of `texts/*/fault.toml`)
    state
        `exempt`, `proved`, `presumed`, `unclear`, `rebutted` or `open`
    cites
        the articles it rests on
    fen
        for the damage, the part of the loss that needs no proof [fen]; None if none does
    """

    element: str
    bearer: str
    forward: str
    standard: str
    evidence: tuple[str, ...]
    rebuttal: str
    consequence: str
    state: str
    cites: tuple[str, ...]
    fen: Fen | None = None


def allocate(
    scales: Scales, judged: tuple[Judged, ...], locked: bool, grade: str
) -> tuple[Row, ...]:
    """Return the table for one party, under one burden and one standard."""
    return tuple(
        _fault(scales, judged, locked, grade) if name == "fault" else _element(scales, name)
        for name in ELEMENTS
    )


def standard_of(element: str, standard: str) -> str:
    """Return the degree of proof an element needs: fraud more than the rest (EV-86)."""
    if element == "fraud":
        return "beyond_reasonable_doubt"
    return "sure_and_sufficient" if standard == "higher" else "high_probability"


def _element(scales: Scales, name: str) -> Row:
    """Return an element that is no fault: proved by the plaintiff, or found by a judgment in
    force."""
    support, (hit, against) = scales.support(name), scales.hits(name)
    evidence = tuple(dict.fromkeys((*support.evidence, *against)))
    whole, fen = _covered(scales, name)
    if whole and hit != "overturn":
        return _confirmed(scales, name, evidence, fen)
    strict = "higher" if name == "fraud" else scales.way.standard
    level, shielded = support.by(strict), support.overturn is not None
    state = {"none": "open", "raised": "unclear", "sufficient": "proved"}[level]
    if hit is not None and level != "none" and not (shielded and hit != "overturn"):
        state = "unclear" if hit == "doubt" else "rebutted"
    return Row(
        element=name,
        bearer="plaintiff",
        forward="plaintiff",
        standard=standard_of(name, scales.way.standard),
        evidence=evidence,
        rebuttal="overturn" if shielded else "doubt",
        consequence=f"{name}-not-found",
        state=state,
        cites=authority("burden", scales.case, name),
        fen=fen,
    )


def _confirmed(scales: Scales, name: str, evidence: tuple[str, ...], fen: Fen | None = None) -> Row:
    """Return an element a judgment in force finds: nobody proves it, only 足以推翻 stands against
    it."""
    cites = authority("proof", scales.case, LOCKED)
    ends = ("overturn", "judgment-stands", "exempt", cites, fen)
    return Row(name, "nobody", "nobody", "none", evidence, *ends)


def _covered(scales: Scales, name: str) -> tuple[bool, Fen | None]:
    """Tell whether a judgment in force finds the element for this victim, and how much of the
    loss."""
    party = None if name in OF_ANYBODY else scales.party.id
    confirmed = confirms(scales.case, COVERED[name], party)
    fen = confirmed_fen(scales.case) if name == "damage" else None
    return confirmed and (name != "damage" or fen == scales.case.loss_fen), fen


def _fault(scales: Scales, judged: tuple[Judged, ...], locked: bool, grade: str) -> Row:
    """Return the row of fault, in which the burden moves."""
    known = [j for j in judged if j.support != "none"]
    evidence = tuple(dict.fromkeys(name for j in known for name in (*j.evidence, *j.against)))
    if locked:
        return _confirmed(scales, "fault", evidence)
    presumed = scales.way.burden == "presumed_fault"
    whom = "presumed_fault" if presumed else "inferred" if scales.way.infers else ANY
    bearer = "defendant" if presumed else "plaintiff"
    standing = [j.needed_inferred or j.needed for j in known if j.left == grade != "none"]
    needed = max(standing or [scales.way.needed(inferred=True)], key=STRENGTHS.index)
    return Row(
        element="fault",
        bearer=bearer,
        forward="defendant" if _inferred(scales, known) else bearer,
        standard=standard_of("fault", "legal" if presumed else scales.way.standard),
        evidence=evidence,
        rebuttal=needed,
        consequence=_consequence(scales.way),
        state=_fault_state(scales, known, grade),
        cites=authority("burden", scales.case, whom),
    )


def _inferred(scales: Scales, known: list[Judged]) -> bool:
    """Tell whether a known fact is proved from which the procedure infers fault."""
    return scales.way.infers and any(j.group != "direct" and j.known == "proved" for j in known)


def _consequence(way: Procedure) -> str:
    """Return what follows if fault stays unclear."""
    if way.burden == "presumed_fault":
        return "presumption-stands"
    return "inference-stands" if way.needed(inferred=True) == "rebut" else "fault-not-found"


def _fault_state(scales: Scales, known: list[Judged], grade: str) -> str:
    if not known and grade == "none":
        return "open"
    if grade == "none":
        return "rebutted" if all(j.state == "rebutted" for j in known) else "unclear"
    if scales.way.burden == "presumed_fault" or grade == "knowing" and not _directly(known):
        return "presumed"
    return "proved"


def _directly(known: list[Judged]) -> bool:
    return any(j.group == "direct" and j.left != "none" for j in known)
