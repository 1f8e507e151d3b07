"""A pool too small for all, two titles for one loss; first card, later card, and whose gain."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.causation import legal_steps
from simlib.exercise.chain.rules import FROZEN, chained, moved, other_victim
from simlib.exercise.model import Phrase
from simlib.exercise.usual_slips import exposure
from simlib.exercise.variants import THOUSAND, Draft, Facts, amount, choice, pick, turn
from simlib.liability import decide
from simlib.money import half_up
from simlib.restitution import give_back

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

# frozen, the plaintiff's loss, two others' losses [thousand yuan]
POOLS = ((30, 20, 50, 30), (24, 40, 60, 20), (26, 25, 70, 9), (45, 30, 90, 60), (12, 16, 24, 8),
         (50, 60, 100, 40), (18, 15, 45, 30))  # fmt: skip
# the plaintiff's money, the other's, of it passed on to the second card [thousand yuan]
LAYERED = ((25, 75, 40), (20, 60, 30), (40, 60, 50), (30, 20, 25), (15, 45, 36), (50, 150, 80))
GAINS = (100_000, 200_000, 300_000, 400_000)  # fen
SHARED = (*FROZEN, "fraud-interpretation:9", "telecom-fraud-opinion-2:17")
DEDUCTED = ("fraud-interpretation:9", "tort-interpretation-1:17")
TITLES = ("civil-code:187", "property-enforcement-rules:13(1)")
HELP, LATER = ("civil-code:1169(1)",), ("civil-code:1165(1)", "criminal-law:312")


def pool(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask what comes back of a pool too small for all, and what a judgment may still give."""
    frozen, loss, second, third = (n * THOUSAND for n in turn(seed, POOLS, 3))
    facts = _pooled(frozen, loss, second, third)
    back = give_back(facts, "by_loss").returned["victim"]
    rest = decide(facts.set({"recovered_fen": back}), "joint").claim_fen
    total = loss + second + third
    values = {"frozen_fen": frozen, "loss_fen": loss, "second_fen": second, "third_fen": third,
              "total_fen": total, "back_fen": back, "rest_fen": rest,
              "rate_share": Fraction(frozen, total)}  # fmt: skip
    steps = (
        amount("back", "tracing", back,
               {"heads_of_pool": half_up(Fraction(frozen, 3)), "first_come": min(frozen, loss),
                "rest_of_pool": max(0, frozen - second - third)}, *SHARED),
        amount("rest", "deduction", rest, {"not_deducted": loss, "return_as_claim": back},
               *DEDUCTED),
        choice("titles", "collection", "once", ("once", "twice", "either"), "titles",
               cites=TITLES),
    )  # fmt: skip
    return Draft(facts, (Phrase("pool.facts", values),), steps, values)


def _pooled(frozen: int, loss: int, second: int, third: int) -> Case:
    """Make a case: all pay into A's card, B's withdrawal is gone, the rest is frozen."""
    gone = loss + second + third - frozen
    rows = moved(("E", "card-a", second), ("victim", "card-a", loss), ("F", "card-a", third),
                 ("card-a", "card-b", gone))  # fmt: skip
    others = other_victim("E", second), other_victim("F", third)
    return chained("pool", 0, rows, loss, *others, frozen_fen=frozen)


# ---------------------------------------------------------------- the card behind the first


def later(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for the claim against a second card, the tracing rule's effect, and the gain."""
    paid, other, on = (n * THOUSAND for n in turn(seed, LAYERED, 5))
    kind, gain = turn(seed, ("after", "promised")), pick(rng, GAINS)
    rows = moved(("E", "card-a", other), ("victim", "card-a", paid), ("card-a", "card-b", on))
    facts = _layered(rows, paid, other, kind, gain)
    own = exposure(facts, "benefit_cap")
    step = legal_steps(facts, "B").step("furthering")
    assert step is not None
    furthered = step.answer != "no"  # open to the judge; the story says that the promise did
    values = {"paid_fen": paid, "other_fen": other, "on_fen": on, "gain_fen": gain, "own_fen": own,
              "total_fen": paid + other}  # fmt: skip
    steps = (
        choice("B", "norm", "help" if furthered else "chance", ("help", "chance", "none"),
               "behind", cites=HELP if furthered else LATER),
        choice("rule", "causation", "no", ("no", "amount", "yes"), "moved", cites=HELP),
        amount("gain", "causation", own,
               {"whole_gain": gain, "gain_by_passed": half_up(Fraction(gain * on, paid + other)),
                "heads_of_gain": half_up(Fraction(gain, 2)), "money_as_gain": paid},
               "paper:benefit"),
    )  # fmt: skip
    shown = (Phrase("later.facts", values), Phrase(f"later.story.{kind}", values))
    return Draft(facts, shown, steps, values, kind)


def _layered(rows: list[Facts], paid: int, other: int, kind: str, gain: int) -> Case:
    facts = chained("later", 0, rows, paid, other_victim("E", other))
    acts = (("fraud", "P", "contact"), ("card", "A", "payment"), ("passing", "B", "after"))
    deeds = [
        {"id": id, "party": party, "stage": stage, "title": {"zh": id, "en": id},
         "needs": ["card"] if stage == "after" else [], "after_loss": stage == "after"}
        for id, party, stage in acts
    ]  # fmt: skip
    raw = facts.model_dump(mode="python")
    raw |= {"acts": deeds, "loss_needs": ["fraud", "card"]}
    with_acts = type(facts).model_validate(raw)
    grade = "concert" if kind == "promised" else "knowing"
    return with_acts.set({"B.grade": grade, "A.gain_direct_fen": gain})
