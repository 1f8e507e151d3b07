"""Exercises of lesson 06: whose money passed a card, a pool too small for all, what a rule is."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.causation import legal_steps
from simlib.chain import METHODS, method_law, trace_case
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
    pick,
    principal,
    turn,
)
from simlib.liability import decide
from simlib.money import half_up
from simlib.restitution import give_back

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case
    from simlib.money import Fen

# in the card before, the other victim's money, the plaintiff's, what is passed on [thousand yuan]
MIXED = ((10, 40, 10, 45), (10, 20, 30, 40), (5, 25, 20, 30), (20, 30, 50, 60), (8, 32, 40, 60),
         (10, 50, 20, 60), (15, 15, 30, 40))  # fmt: skip
# before, the other's first payment, hers at once passed on, the other's second, hers, passed on
STAMPED = ((10, 20, 15, 20, 10, 30), (8, 12, 10, 12, 8, 20), (10, 30, 20, 20, 20, 40),
           (5, 15, 25, 30, 10, 45), (12, 18, 20, 10, 20, 45))  # fmt: skip
SIMPLE = ("fifo", "pro_rata", "lifo")
FROZEN = ("frozen-funds-rules:8",)
KINDS = {"conference minutes": "document", "foreign law": "foreign", "teaching assumption": "tool"}
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
ENRICHED = ("civil-code:985", "civil-code:987")
# a knowing later holder is enriched in bad faith too; that the whole chain helped is argued of him
ARGUED = {"after": ("enrichment", "help"), "promised": ("enrichment",)}
BEIJING = datetime.timezone(datetime.timedelta(hours=8))
START = datetime.datetime(2023, 5, 10, 10, tzinfo=BEIJING)
MINUTE = datetime.timedelta(minutes=1)


def moved(*rows: tuple[str, str, int]) -> list[Facts]:
    """Make transfers a minute apart from rows of payer, payee, amount [fen]."""
    return [
        {"id": f"t{n}", "payer": payer, "payee": payee, "amount_fen": fen, "at": START + n * MINUTE}
        for n, (payer, payee, fen) in enumerate(rows)
    ]


def chained(
    name: str, own: int, rows: list[Facts], loss: Fen, *others: Facts, **card: object
) -> Case:  # fmt: skip
    """Make a case: A's card with `own` in it, B's card behind; the plaintiff and `others` lost."""
    people = (principal(sued=False), helper("A"), helper("B", grade="gross"), *others)
    accounts = [
        {"id": "card-a", "holder": "A", "opening_fen": own, **card},
        {"id": "card-b", "holder": "B"},
    ]
    return case(name, loss, *people, accounts=accounts, transfers=rows)


def other_victim(id: str, loss: Fen) -> Facts:
    """Make another victim."""
    return {"id": id, "role": "victim", "loss_fen": loss}


def hers(facts: Case, method: str, transfer: str) -> int:
    """Return the plaintiff's part of a transfer under a tracing rule [fen]."""
    return trace_case(facts, method).of(transfer).get("victim", 0)


# ---------------------------------------------------------------- three rules


def follow(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for the plaintiff's part of one payment under first in, pro rata and last in."""
    own, other, paid, out = (n * THOUSAND for n in turn(seed, MIXED, 3))
    kind = turn(seed, ("before", "after"))
    rows = [("E", "card-a", other), ("victim", "card-a", paid)]
    rows = rows[::-1] if kind == "before" else rows
    facts = chained("follow", own, moved(*rows, ("card-a", "card-b", out)), paid,
                    other_victim("E", other))  # fmt: skip
    traced = {method: hers(facts, method, "t2") for method in SIMPLE}
    values = {"own_fen": own, "other_fen": other, "paid_fen": paid, "out_fen": out,
              "total_fen": own + other + paid}  # fmt: skip
    values |= {f"{method}_fen": fen for method, fen in traced.items()}
    forgotten = half_up(Fraction(out * paid, other + paid))
    wrong = {"whole_payment_hers": min(out, paid), "payment_as_hers": out,
             "own_money_forgotten": min(forgotten, paid)}  # fmt: skip
    steps: list[Step] = [
        amount(method, "tracing", traced[method],
               wrong | {f"as_{m}": traced[m] for m in SIMPLE if m != method},
               *method_law(method).cites)
        for method in SIMPLE
    ]  # fmt: skip
    # all either lost came into this card: dividing by losses, as art. 8(3) says, and by what came
    # in, the other reading, give one figure
    steps.append(choice("which", "norm", "pro_rata", (*SIMPLE, "none"), "traced", cites=FROZEN))
    shown = (Phrase("follow.facts", values), Phrase(f"follow.order.{kind}", values))
    return Draft(facts, shown, tuple(steps), values, kind)


# ---------------------------------------------------------------- the time stamp


def stamp(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for two payments: one matches the receipt right before it, the next does not."""
    own, first, same, more, again, out = (n * THOUSAND for n in turn(seed, STAMPED, 2))
    rows = moved(
        ("E", "card-a", first), ("victim", "card-a", same), ("card-a", "card-b", same),
        ("victim", "card-a", again), ("E", "card-a", more), ("card-a", "card-b", out),
    )  # fmt: skip
    facts = chained("stamp", own, rows, same + again, other_victim("E", first + more))
    direct, split = hers(facts, "timestamp", "t2"), hers(facts, "timestamp", "t5")
    balance = own + first + more + again
    values = {"own_fen": own, "first_fen": first, "same_fen": same, "more_fen": more,
              "again_fen": again, "out_fen": out, "direct_fen": direct, "split_fen": split,
              "held_fen": balance, "both_fen": direct + split}  # fmt: skip
    steps = (
        amount("direct", "tracing", direct,
               {"stamp_overlooked": hers(facts, "pro_rata", "t2"),
                "as_fifo": hers(facts, "fifo", "t2")}, *FROZEN),
        amount("split", "tracing", split,
               {"stamp_stretched": again, "payment_as_hers": out,
                "stamp_overlooked": hers(facts, "pro_rata", "t5"),
                "as_fifo": hers(facts, "fifo", "t5")}, *FROZEN),
        choice("text", "norm", "assumed", ("written", "assumed", "foreign"), "stamped",
               cites=FROZEN),
    )  # fmt: skip
    return Draft(facts, (Phrase("stamp.facts", values),), steps, values)


# ---------------------------------------------------------------- what kind of rule


def authority(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask what kind of authority a tracing rule has here, and what it decides."""
    method = turn(seed, METHODS)
    rows = moved(("victim", "card-a", THOUSAND), ("card-a", "card-b", THOUSAND))
    facts = chained("authority", 0, rows, THOUSAND)
    kind = KINDS[method_law(method).basis]
    values = {"rule_word": f"authority.rule.{method}"}
    cites = method_law(method).cites
    decides = "returns" if kind == "document" else "nothing"
    steps: tuple[Step, ...] = (
        choice("kind", "norm", kind, ("statute", "document", "foreign", "tool"), "source",
               cites=cites),
        choice("decides", "norm", decides, ("returns", "liability", "both", "nothing"), "decides",
               cites=("civil-code:1169(1)",)),
    )  # fmt: skip
    return Draft(facts, (Phrase("authority.facts", values),), steps, values, kind)


# ---------------------------------------------------------------- a pool too small for all


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
        choice("B", "norm", "help" if furthered else "chance",
               ("help", "chance", "enrichment", "none"), "behind",
               also=ARGUED[kind], cites=(*(HELP if furthered else LATER), *ENRICHED)),
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


TEMPLATES = {"follow": follow, "stamp": stamp, "pool": pool, "later": later, "authority": authority}
