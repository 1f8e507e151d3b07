"""What the paper says and what it does not: no number, a partial order, no court behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise.model import Phrase
from simlib.exercise.variants import THOUSAND, Draft, case, choice, helper, pick, principal, turn
from simlib.law.modes import mode_law_for
from simlib.law.regime import regime_for
from simlib.liability import decide
from simlib.riskbenefit import ranks
from simlib.riskbenefit.reforms import proposal

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

LOSSES = tuple(n * THOUSAND for n in (20, 25, 30, 40, 50))
PAIRS = (
    ("tech", "account"),
    ("payment", "tech"),
    ("promotion", "payment"),
    ("account", "promotion"),
    ("payment", "promotion"),
    ("tech", "promotion"),
    ("account", "tech"),
    ("account", "payment"),
)
FAMILIES = ("base", "cap", "rho")
RANK = {True: "first", False: "second", None: "unranked"}
SOURCES = {"teaching assumption": "teaching", "reform proposal": "paper"}


def paper(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for the order of two acts, a number's source, the model's standing and the objection."""
    (first, second), loss = turn(seed, PAIRS, 3), turn(seed, LOSSES, 2)
    family = pick(rng, FAMILIES)
    key = f"{family}.{first}"
    facts = case("paper", loss, principal(sued=False), helper("A", first), helper("B", second))
    mode = mode_law_for("risk_benefit", facts)
    values = {
        "loss_fen": loss,
        "first_word": f"help.{first}",
        "second_word": f"help.{second}",
        "family_word": f"family.{family}",
        "value_number": f"{proposal(facts).value(key):g}",
        "ranked_word": f"paper.ranked.{RANK[_ranked(first, second)]}",
    }
    steps = (
        choice("rank", "model", RANK[_ranked(first, second)], ("first", "second", "unranked"),
               "order", cites=("paper:act-types",)),
        choice("number", "model", SOURCES[proposal(facts).parameter(key).basis],
               ("paper", "court", "teaching"), "source", cites=("paper:risk-benefit",)),
        choice("standing", "norm", _standing(mode.basis, facts),
               ("law", "proposal", "practice"), "standing", cites=mode.cites[:1]),
        choice("objection", "norm",
               "objection" if "civil-code:178(3)" in mode.objection_cites else "several",
               ("objection", "several", "fairness"), "against", cites=("civil-code:178(3)",)),
    )  # fmt: skip
    return Draft(facts, (Phrase("paper.facts", values),), steps, values)


def _ranked(first: str, second: str) -> bool | None:
    """Tell whether the paper ranks the first act above the second; None if it does not say."""
    higher, lower = ranks(first, second), ranks(second, first)
    return None if higher is None and lower is None else bool(higher)


def _standing(basis: str, facts: Case) -> str:
    """Say what kind of thing the model is: no form that the law in force gives to anybody."""
    given = {decide(facts, "auto").parties["A"].mode, *regime_for(facts).auto.values()}
    in_force = "risk_benefit" in given
    return "law" if in_force else "proposal" if basis == "reform proposal" else "practice"
