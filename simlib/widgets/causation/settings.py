"""What lesson 03 lets choose besides the facts: acts on or off, and what its module shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.lessons.causation.names import phrase
from simlib.widgets import choosers

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation.act_graph import Graph

VIEWS = ("steps", "indices", "chance", "hearing", "force")
ACT = "act:"


def askable(case: Case, acts: Graph) -> list[str]:
    """Whom one may ask about: card holders first, other helpers, then principals."""

    def rank(id: str) -> tuple[bool, bool]:
        party = case.party(id)
        return party.role == "principal", party.act != "payment"

    return sorted((p.id for p in case.parties if p.id in acts.parties), key=rank)


def chosen(held: Mapping[str, Any], case: Case, acts: Graph) -> dict[str, str]:
    """Whom and what the module shows, with what stands where the reader chose nothing.

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


def off_of(held: Mapping[str, Any]) -> frozenset[str]:
    """The acts that are switched off."""
    return frozenset(n.removeprefix(ACT) for n, on in held.items() if n.startswith(ACT) and not on)


def view_spec(case: Case, acts: Graph, view: str, lang: str) -> list[dict[str, Any]]:
    """What the module shows, and of whom, where it is shown of somebody."""
    views = [(name, phrase(f"choose.views.{name}", lang)) for name in VIEWS]
    spec = [choosers.options("choice", "view", phrase("choose.view", lang), views)]
    if view in ("indices", "hearing"):
        return spec
    people = [(id, getattr(case.party(id).name, lang)) for id in askable(case, acts)]
    return [*spec, choosers.options("select", "who", phrase("choose.who", lang), people)]
