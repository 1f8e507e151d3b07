"""What a criminal document proves in the civil case: for this claimant and this amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise.fault.burden import conviction, evidence
from simlib.exercise.model import Phrase, Step
from simlib.exercise.usual_slips import exposure
from simlib.exercise.variants import (
    THOUSAND,
    Draft,
    Facts,
    amount,
    case,
    choice,
    helper,
    hundredths,
    pick,
    principal,
    turn,
)
from simlib.fault import effects, find
from simlib.liability import decide
from simlib.money import times

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

LOSSES = tuple(n * THOUSAND for n in (20, 25, 30, 40, 50, 60, 80))
PARTS = (40, 50, 60, 80)  # per cent of her loss that a judgment finds
FLOWS = tuple(n * THOUSAND for n in (120, 250, 400, 700))  # all that passed the card
# dropped: not prosecuted for want of evidence (存疑); waived: because the crime is minor (酌定)
GROUND = ("part", "general", "not_final", "dropped", "waived", "plea")
NOT_PROSECUTED = {
    "dropped": ("criminal-procedure-law:175(4)",),
    "waived": ("criminal-procedure-law:177(2)",),
}
ALL = ("knowing", "act", "victim", "amount")
EFFECTS = ("locked", "public-document", "evidence", "nothing")  # most first
CHARGES = ("assisting", "concealing", "fraud")


def judgment(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask what a criminal document proves: knowledge, victim, amount, label, conviction."""
    ground, loss = turn(seed, GROUND), turn(seed, LOSSES, 3)
    part, flow = times(loss, hundredths(pick(rng, PARTS))), pick(rng, FLOWS)
    facts = case(
        "judgment",
        loss,
        principal(sued=False),
        helper(),
        evidence=[evidence("chat", "chat", shows=["knowledge"])],
        criminal=_criminal(ground, part),
    )
    settled = find(facts, "A").row("damage").fen or 0
    values = {"loss_fen": loss, "part_fen": part, "flow_fen": flow, "found_fen": settled,
              "rest_fen": loss - settled}  # fmt: skip
    shown = (Phrase("judgment.facts", values), Phrase(f"judgment.ground.{ground}", values))
    early = {"not_yet_final": part} if ground == "not_final" else {}
    wrong = early | {"found_for_all": loss, "flow_as_found": flow}
    steps = (
        _effect(facts, "knowing", NOT_PROSECUTED.get(ground, ())),
        _effect(facts, "victim"),
        amount("amount", "proof", settled, wrong, "civil-procedure-interpretation:93"),
        _label(facts),
        _conviction(facts),
    )
    return Draft(facts, shown, steps, values, ground)


def _criminal(ground: str, part: int) -> list[Facts]:
    if ground == "part":
        return conviction(ALL, finds_fen=part)
    if ground == "general":
        return conviction(("knowing", "act"))
    if ground == "not_final":
        return conviction(ALL, "pending", finds_fen=part)
    if ground == "dropped":
        return conviction(("act",), "not-prosecuted")
    if ground == "waived":
        return conviction(("knowing", "act"), "not-prosecuted")
    return [{"party": "A", "status": "pending", "charge": "assisting", "plea": True}]


def _effect(facts: Case, element: str, more: tuple[str, ...] = ()) -> Step:
    """Ask for the strongest effect that any document has on one element; `more` is cited too."""
    does = [e for e in effects(facts, "A") if e.element == element]
    best = min((e.effect for e in does), key=EFFECTS.index, default="nothing")
    cites = [c for e in does if e.effect == best for c in e.cites]
    # that what a procuratorate or a judgment not in force finds is the record of an official
    # document is the room's reading; others take it for one piece of evidence
    also = ("evidence",) if best == "public-document" else ()
    return choice(
        element, "proof", best, EFFECTS, "effect", also=also,
        cites=(*(cites or ["civil-procedure-interpretation:93"]), *more),
    )  # fmt: skip


def _label(facts: Case) -> Step:
    """Ask whether the crime's name settles the form of liability; try it under each name."""
    modes = {decide(facts.set({"criminal[0].charge": charge}), "auto").parties["A"].mode
             for charge in CHARGES}  # fmt: skip
    key = "own" if len(modes) == 1 else "by_charge"
    return choice("label", "mode", key, ("by_charge", "several", "own"), "label",
                  cites=("civil-code:187", "civil-code:1169(1)"))  # fmt: skip


def _conviction(facts: Case) -> Step:
    """Ask whether the claim can succeed without any criminal document."""
    bare = facts.model_copy(update={"criminal": ()})
    grade = find(bare, "A").grade
    free = exposure(bare.set({"A.grade": grade}), "auto") > 0
    return choice("conviction", "norm", "free" if free else "needed",
                  ("needed", "wait", "free"), "conviction", cites=("civil-code:187",))  # fmt: skip
