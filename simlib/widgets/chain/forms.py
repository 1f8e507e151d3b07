"""What lesson 06 lets choose: the tracing rule, whose money, the view; and what it asks first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simlib.figures.chain.names import payers_of, phrase, victims_of
from simlib.figures.chain.rules import ORDER, titled
from simlib.figures.people import short_names
from simlib.law.regime import rule
from simlib.restitution import RULES
from simlib.restitution.orders import open_orders
from simlib.widgets import tools
from simlib.widgets.chain.traced import RANK

if TYPE_CHECKING:
    from simlib.case.model import Case

VIEWS = ("rules", "liable", "pool", "steps")
NORMS = ("returns", "liability", "both")


def askable(case: Case) -> list[str]:
    """Whose money one may follow: the claimant first; of the others those whose payments are
    listed."""
    others = [id for id in payers_of(case) if id != case.claimant]
    return [case.claimant, *others]


def chosen(held: Mapping, case: Case) -> dict:
    """All that can be chosen, with what stands where the reader chose nothing.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    known = {
        "method": ORDER, "who": askable(case), "view": VIEWS, "give": RULES,
        "rank": rule(RANK).values,
    }  # fmt: skip
    found = {name: held.get(name, values[0]) for name, values in known.items()}
    wrong = [name for name, values in known.items() if found[name] not in values]
    if wrong or not set(held) <= set(known):
        raise ValueError(f"no control gives this: {wrong or sorted(held)}")
    return found


def choice_specs(case: Case, lang: str) -> list[dict]:
    """The tracing rule with its authority, and whose money is asked about."""
    methods = [(method, titled(method, lang)) for method in ORDER]
    names = short_names(case, lang)
    people = [(id, names[id]) for id in askable(case)]
    who = [tools.options("choice", "who", phrase("choose.who", lang), people)]
    return [
        tools.options("select", "method", phrase("choose.method", lang), methods),
        *(who if len(people) > 1 else []),
    ]


def ordered(case: Case) -> bool:
    """Whether restitution is still open that was ordered for a victim, of this case or another."""
    return bool(open_orders(case, {}, outside=True).parties)


def view_spec(view: str, ordered: bool, lang: str) -> list[dict]:
    """What lies under the stream; for the pool also by which rule it goes back.

    Where restitution was `ordered`, also how judgments rank beside it.
    """
    views = [(name, phrase(f"choose.views.{name}", lang)) for name in VIEWS]
    spec = [tools.options("choice", "view", phrase("choose.view", lang), views)]
    if view != "pool":
        return spec
    rules = [(name, phrase(f"pool.rule.{name}", lang)) for name in RULES]
    spec.append(tools.options("choice", "give", phrase("choose.give", lang), rules))
    if ordered:
        ranks = [(name, phrase(f"choose.ranks.{name}", lang)) for name in rule(RANK).values]
        spec.append(tools.options("choice", "rank", phrase("choose.rank", lang), ranks))
    return spec


# ---------------------------------------------------------------- the answer


def frozen(case: Case) -> int:
    """What is frozen in all accounts [fen]."""
    return sum(account.frozen_fen or 0 for account in case.accounts)


def answer_spec(case: Case, lang: str) -> list[dict]:
    """How much comes back to her, and what a tracing rule decides."""
    norms = [(name, phrase(f"commit.norms.{name}", lang)) for name in NORMS]
    spec = [tools.options("choice", "norm", phrase("commit.norm", lang), norms)]
    if not frozen(case) or len(victims_of(case)) < 2:
        return spec
    most = min(case.loss_fen, frozen(case)) / 100
    who = short_names(case, lang)[case.claimant]
    asked = {
        "kind": "range", "id": "back", "label": phrase("commit.back", lang, who=who), "min": 0,
        "max": most, "step": max(1, round(most / 100)), "unit": phrase("commit.yuan", lang),
    }  # fmt: skip
    return [asked, *spec]


def answer_values(answer: Mapping) -> dict:
    """What the questions say: the reader's answer, or where they stand at first."""
    return {"back": answer.get("back_fen", 0) / 100, "norm": answer.get("norm", NORMS[1])}


def read_answer(values: Mapping) -> dict:
    """The answer as the state keeps it."""
    return {"back_fen": round(float(values["back"]) * 100), "norm": values["norm"]}


def is_answer(answer: dict, case: Case) -> bool:
    """Whether the form can have been sent with this: nothing yet, or a whole answer."""
    if answer in ({}, {"opened": True}):
        return True
    fen = answer.get("back_fen")
    known = set(answer) == {"back_fen", "norm"} and answer["norm"] in NORMS
    return known and type(fen) is int and 0 <= fen <= case.loss_fen
