"""The same evidence under formal and under substantive review, and what follows for the claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise import usual_slips
from simlib.exercise.fault.burden import evidence
from simlib.exercise.model import Phrase, Step
from simlib.exercise.usual_slips import certain
from simlib.exercise.variants import (
    ALSO,
    LOSSES,
    MODES,
    SHARES,
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
from simlib.fault import find
from simlib.liability import decide

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

# the chat about a price: as an original, as a copy nobody bears out, as one that is borne out, as
# an original that is doubtful
PRICES: dict[str, Facts] = {
    "original": {},
    "copy": {"original": False},
    "borne": {"original": False, "corroborated_by": ["rent"]},
    "doubtful": {"doubtful": True},
}
STORIES = ("none", "alone", "borne")  # A's own account of it, and whether anything bears it out
WAYS = {  # review, and reading of 足以反驳, both under factual inference
    "formal": ("formal", "doubt"),
    "substantive": ("substantive", "doubt"),
    "contrary": ("substantive", "contrary"),
}
GRADES = ("none", "slight", "gross", "knowing")
WEIGHED = ("evidence-rules:90",)
INFERRED = ("civil-procedure-interpretation:93(1)", "bx-2019:11")
READ = ("civil-procedure-interpretation:93(2)", "civil-procedure-interpretation:108(2)")
MODE_CITES = {"knowing": ("civil-code:1169(1)", "civil-code:178(1)")}


def reviews(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for the grade under two reviews and two readings of 足以反驳, and for form and amount."""
    price, story = turn(seed, tuple(PRICES)), pick(rng, STORIES)
    loss, share = turn(seed, LOSSES, 5), pick(rng, SHARES)
    facts = case(
        "reviews",
        loss,
        principal(sued=False, share=hundredths(100 - share)),
        helper(share=hundredths(share)),
        evidence=_pieces(price, story),
    )
    grades = {name: _grade(facts, *way) for name, way in WAYS.items()}
    steps, owed = _questions(facts, grades)
    values: dict[str, object] = {
        "loss_fen": loss,
        "a_share": hundredths(share),
        "p_share": hundredths(100 - share),
        "owed_fen": owed,
        **_read(price, story),
    }
    values |= {f"{name}_word": f"option.grade.{g}.label" for name, g in grades.items()}
    shown = ("reviews.facts", f"reviews.price.{price}", f"reviews.story.{story}", "reviews.shares")
    kind = grades["substantive"]
    values["view_word"] = f"reviews.view.{kind if grades['contrary'] == kind else 'split'}"
    return Draft(facts, tuple(Phrase(key, values) for key in shown), steps, values, kind)


def _grade(facts: Case, review: str, reading: str) -> str:
    """Return the grade under factual inference."""
    rules = {"rebuttal": reading}
    return find(facts, "A", "factual_inference", review, rules=rules).grade


def _read(price: str, story: str) -> dict[str, str]:
    """Name the sentences that tell how each review reads the chat and A's statement."""
    return {
        "formal_price_word": f"reviews.reads.formal.{price}",
        "price_word": f"reviews.reads.substantive.{price}",
        "formal_story_word": f"reviews.told.formal.{story}",
        "story_word": f"reviews.told.substantive.{story}",
        "minority_word": f"reviews.told.contrary.{story}",
    }


def _pieces(price: str, story: str) -> list[Facts]:
    """List the evidence: bank records, rent, a chat about the price, and A's answer to it."""
    pieces = [
        evidence("flow", "bank-records", shows=["act", "damage", "causation"]),
        evidence("rent", "payment-records", shows=["account-lent"]),
        evidence("price", "chat", shows=["bx-11-3"], **PRICES[price]),
    ]
    says: Facts = {"rebuts": ["knowledge"], "strength": "rebut"}
    if story == "borne":
        pieces.append(evidence("advert", "web-page"))
        says["corroborated_by"] = ["advert"]
    return pieces if story == "none" else [*pieces, evidence("story", "statement", **says)]


def _questions(facts: Case, grades: dict[str, str]) -> tuple[tuple[Step, ...], int]:
    """Return the questions, and what A owes on the substantive review's grade [fen]."""
    grade = grades["substantive"]
    graded = facts.set({"A.grade": grade})
    a = decide(graded, "auto").parties["A"]
    owed = certain(a.exposure_fen)
    wrong = {
        "as_joint": usual_slips.exposure(facts, "joint"),
        "as_several": usual_slips.exposure(facts, "several"),
        "equal_shares": usual_slips.equal_shares(facts),
    }
    law = MODE_CITES.get(grade, ("civil-code:1165(1)", "civil-code:1172"))
    also = ALSO.get(grade, {}).get("mode", ())
    steps = (
        choice("formal", "grade", grades["formal"], GRADES, cites=WEIGHED),
        choice("substantive", "grade", grade, GRADES, cites=(*WEIGHED, *INFERRED, *READ)),
        choice("contrary", "grade", grades["contrary"], GRADES, cites=READ),
        choice("mode", "mode", a.mode, MODES, also=also, cites=law),
        amount("amount", "amount", owed, wrong, *law),
    )
    return steps, owed
