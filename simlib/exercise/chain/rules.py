"""Tracing by hand: first in, last in, pro rata; the time stamp; what kind of rule each one is."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.chain import METHODS, method_law, trace_case
from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import (
    THOUSAND,
    Draft,
    Facts,
    amount,
    case,
    choice,
    helper,
    principal,
    turn,
)
from simlib.money import half_up

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
