"""Norm and document: five grades of fault, a ruling or a judgment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise import usual_slips
from simlib.exercise.model import Phrase, Step
from simlib.exercise.usual_slips import certain
from simlib.exercise.variants import (
    ALSO,
    LOSSES,
    MODES,
    SHARES,
    Draft,
    amount,
    case,
    choice,
    helper,
    hundredths,
    pick,
    principal,
    turn,
)
from simlib.liability import decide

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case
    from simlib.liability import Outcome

LOW = (0.6, 0.7)  # degrees of proof below the standard
THINGS = {"card": "payment", "chat": "account"}
NORMS = ("concert", "help", "separate", "unjust", "fails")
DOCUMENTS = ("support", "dismiss_claim", "dismiss_suit")
# which article of an outcome's citations tells the norm; the first that is there decides
TELLS = (
    ("civil-code:1168", "concert"),
    ("civil-code:1169", "help"),
    ("civil-code:1172", "separate"),
)
NORM_CITES = {
    "concert": ("civil-code:1168",),
    "help": ("civil-code:1169(1)",),
    "separate": ("civil-code:1165(1)", "civil-code:1172"),
    "fails": ("civil-code:1165(1)",),
}
MODE_CITES = {
    "joint": ("civil-code:178(1)",),
    "several": ("civil-code:1172", "civil-code:177"),
    "none": (),
}
ROUND = ("knowing", "slight", "concert", "none", "gross")  # of the grades
GROUNDS = ("suspicion", "fault", "unnamed", "causation", "stolen")
BY_RULING = ("suspicion", "unnamed")  # the suit fails before its merits are reached


def grades(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for norm, document, mode and amount under one of the five grades of fault."""
    grade, thing = turn(seed, ROUND), pick(rng, tuple(THINGS))
    loss, share = turn(seed, LOSSES, 5), pick(rng, SHARES)
    shares = (None, None) if grade == "none" else (hundredths(100 - share), hundredths(share))
    facts = case(
        "grade",
        loss,
        principal(sued=False, share=shares[0]),
        helper(act=THINGS[thing], grade=grade, share=shares[1]),
    )
    outcome = decide(facts, "auto")
    norm, owed = _norm(outcome), certain(outcome.parties["A"].exposure_fen)
    values = {
        "loss_fen": loss,
        "a_share": hundredths(share),
        "p_share": hundredths(100 - share),
        "thing_word": f"thing.{thing}",
        "owed_fen": owed,
    }
    shown = ["grade.facts", f"grade.evidence.{grade}"]
    shown += [] if grade == "none" else ["grade.shares"]
    steps = (*_grade_choices(grade, norm, outcome), _grade_amount(facts, owed, norm))
    return Draft(facts, tuple(Phrase(key, values) for key in shown), steps, values, grade)


def _norm(outcome: Outcome) -> str:
    """Return the norm an outcome rests on, or `fails` if the helper owes nothing."""
    if not outcome.parties["A"].exposure_fen:
        return "fails"
    return next(n for tell, n in TELLS if any(c.startswith(tell) for c in outcome.citations))


def _grade_choices(grade: str, norm: str, outcome: Outcome) -> tuple[Step, ...]:
    mode = outcome.parties["A"].mode
    mode = "none" if mode == "not_liable" else mode
    document = "support" if outcome.parties["A"].exposure_fen else "dismiss_claim"
    also = ALSO.get(grade, {})
    proof = () if norm != "fails" else ("civil-procedure-interpretation:90(2)",)
    return (
        choice("norm", "norm", norm, NORMS, also=also.get("norm", ()), cites=NORM_CITES[norm]),
        choice("document", "document", document, DOCUMENTS, cites=proof),
        choice("mode", "mode", mode, MODES, also=also.get("mode", ()), cites=MODE_CITES[mode]),
    )


def _grade_amount(facts: Case, owed: int, norm: str) -> Step:
    knowing = facts.set({"A.grade": "knowing"})
    wrong = {"as_joint": usual_slips.exposure(knowing, "joint")}
    if facts.party("A").share is not None:
        wrong["as_several"] = usual_slips.exposure(knowing, "several")
    wrong["equal_shares"] = usual_slips.equal_shares(knowing)
    return amount("amount", "amount", owed, wrong, *NORM_CITES[norm])


def dismissal(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask whether a case ends in a ruling on the suit or a judgment on the claim."""
    ground, loss = turn(seed, GROUNDS), turn(seed, LOSSES, 5)
    proof = {ground: pick(rng, LOW)} if ground in ("fault", "causation") else None
    facts = case(
        "dismissal",
        loss,
        principal(sued=False),
        helper(grade="none" if ground == "stolen" else "knowing", proof=proof),
    )
    outcome = decide(facts, "dismiss_suit" if ground in BY_RULING else "all_or_nothing")
    assert not outcome.parties["A"].exposure_fen
    values = {"loss_fen": loss}
    shown = (Phrase("dismissal.facts", values), Phrase(f"dismissal.ground.{ground}", values))
    return Draft(facts, shown, _paper_steps(outcome.document, ground), values, ground)


def _paper_steps(paper: str, ground: str) -> tuple[Step, ...]:
    """Return the questions on a document: a ruling on the suit, or a judgment on the claim."""
    suit = paper == "ruling"
    return (
        choice(
            "document",
            "document",
            "dismiss_suit" if suit else "dismiss_claim",
            ("refuse_suit", "dismiss_suit", "dismiss_claim", "stay"),
            cites=_stage_cites(ground),
        ),
        choice("appeal", "document", paper, ("judgment", "ruling", "final"), "appeal",
               cites=(f"civil-procedure-law:171({2 if suit else 1})",)),
        choice("next", "document", "refile" if suit else "barred",
               ("refile", "barred", "evidence"), "next",
               cites=(f"civil-procedure-interpretation:{212 if suit else 247}",)),
        choice("fee", "document", "refund" if suit else "loser", ("refund", "loser", "half"), "fee",
               cites=("litigation-fees:8",) if suit else ("litigation-fees:29",)),
    )  # fmt: skip


def _stage_cites(ground: str) -> tuple[str, ...]:
    failed = ("civil-procedure-interpretation:90(2)", "civil-procedure-interpretation:108(1)")
    return {
        "suspicion": ("economic-crime-rules:11",),
        "unnamed": (
            "civil-procedure-law:122",
            "civil-procedure-interpretation:209(1)",
            "civil-procedure-interpretation:208(3)",
        ),
        "stolen": ("civil-code:1165(1)", failed[0]),
    }.get(ground, failed)
