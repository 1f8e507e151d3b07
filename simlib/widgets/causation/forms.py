"""What lesson 03 lets choose: acts on or off, whom to ask about, the view; and what it asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simlib.figures.causation.names import phrase
from simlib.figures.people import short_names
from simlib.widgets import tools

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation.model import Graph

VIEWS = ("steps", "indices", "chance", "hearing", "force")
ACT = "act:"
NEEDED = ("yes", "no")
NORMS = ("needed", "furthers", "both", "none")


def askable(case: Case, acts: Graph) -> list[str]:
    """Whom one may ask about: card holders first, other helpers, then principals."""

    def rank(id: str) -> tuple[bool, bool]:
        party = case.party(id)
        return party.role == "principal", party.act != "payment"

    return sorted((p.id for p in case.parties if p.id in acts.parties), key=rank)


def chosen(held: Mapping, case: Case, acts: Graph) -> dict:
    """Whom and what the reader looks at, with what stands where he chose nothing.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    people = askable(case, acts)
    found = {"who": held.get("who", people[0]), "view": held.get("view", VIEWS[0])}
    switches = {name: value for name, value in held.items() if name.startswith(ACT)}
    known = {ACT + node.id for node in acts.nodes}
    wrong = found["who"] not in people or found["view"] not in VIEWS
    wrong = wrong or not set(held) <= {*found, *switches} or not set(switches) <= known
    if wrong or not all(isinstance(value, bool) for value in switches.values()):
        raise ValueError(f"no control gives this: {sorted(held)}")
    return found


def off_of(held: Mapping) -> frozenset[str]:
    """The acts that are switched off."""
    return frozenset(n.removeprefix(ACT) for n, on in held.items() if n.startswith(ACT) and not on)


def who_spec(case: Case, acts: Graph, lang: str) -> list[dict]:
    """Whom the steps are asked about."""
    names = [(id, getattr(case.party(id).name, lang)) for id in askable(case, acts)]
    return [tools.options("select", "who", phrase("choose.who", lang), names)]


def view_spec(lang: str) -> list[dict]:
    """What lies under the chain."""
    views = [(name, phrase(f"choose.views.{name}", lang)) for name in VIEWS]
    return [tools.options("choice", "view", phrase("choose.view", lang), views)]


# ---------------------------------------------------------------- the answer


def answer_spec(case: Case, party: str, lang: str) -> list[dict]:
    """Would the loss have happened without him; is his act a cause in law, and why."""
    who = short_names(case, lang)[party]
    asked = "happens" if case.party(party).act == "payment" else "happens_act"
    needed = [(name, phrase(f"commit.needed.{name}", lang)) for name in NEEDED]
    norms = [(name, phrase(f"commit.norms.{name}", lang)) for name in NORMS]
    return [
        tools.options("choice", "happens", phrase(f"commit.{asked}", lang, who=who), needed),
        tools.options("choice", "norm", phrase("commit.norm", lang, who=who), norms),
    ]


def answer_values(answer: Mapping) -> dict:
    """What the questions say: the reader's answer, or where they stand at first."""
    return {"happens": answer.get("happens", NEEDED[1]), "norm": answer.get("norm", NORMS[0])}


def is_answer(answer: Mapping) -> bool:
    """Whether the form can have been sent with this: nothing yet, or a whole answer."""
    if answer in ({}, {"opened": True}):
        return True
    whole = set(answer) == {"happens", "norm"}
    return whole and answer["happens"] in NEEDED and answer["norm"] in NORMS
