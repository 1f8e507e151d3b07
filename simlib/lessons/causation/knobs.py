"""The knobs of lesson 03: a switch for each act, a promise, and what causal force is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simlib.causation import graph
from simlib.lessons.causation.names import lesson, titles
from simlib.lessons.knob import Knob, Setting, fraction
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.causation.act_graph import Graph

ACT = "act:"  # before the act, in the name of what is chosen
FORCE = ("indispensability", "push")


@dataclass(frozen=True, slots=True)
class Switch(Setting):
    """An act, done or not done: a question put to the model, no fact of the case."""

    derived: bool = False

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Yours, if switched off; else stated in the case's model or derived."""
        if changed & self.paths:
            return "assumed", words("lab", "tag.yours", lang)
        if self.derived:
            return "teaching assumption", lesson("act.derived", lang)
        return "stated", words("lab", "tag.stated", lang)


def knobs(case: Case, base: Callable[[], Case], party: str, lang: str) -> list[Knob]:
    """Every act of the chain; promises; what the causal force of the party asked about rests on."""
    acts, asked = graph(case), case.party(party)
    found: list[Knob] = [
        _switch(case, acts, id, n, lang) for n, id in enumerate(in_order(case, acts), 1)
    ]
    found += [_promise(case.party(id), lang) for id in acts.parties if _is_late(case, acts, id)]
    if asked.role == "principal":
        return found
    fields = ("causal_force",) if asked.causal_force is not None else FORCE
    return [*found, *(_part(party, name, lang) for name in fields)]


def options(case: Case, lang: str) -> dict[str, dict[str, str]]:
    """Whom one may ask about below the stage."""
    return {"who": {id: getattr(case.party(id).name, lang) for id in askable(case)}}


def askable(case: Case) -> list[str]:
    """Whoever acted: card holders first, other helpers, then principals."""
    acted = graph(case).parties

    def rank(id: str) -> tuple[bool, bool]:
        party = case.party(id)
        return party.role == "principal", party.act != "payment"

    return sorted((p.id for p in case.parties if p.id in acted), key=rank)


def in_order(case: Case, acts: Graph) -> list[str]:
    """The acts as their switches are numbered: those on the way to the loss, cards first."""

    def rank(id: str) -> tuple[bool, bool, bool]:
        node = acts.node(id)
        principal = case.party(node.party).role == "principal"
        return id not in acts.behind, node.stage != "payment", principal

    return sorted((node.id for node in acts.nodes), key=rank)


def _is_late(case: Case, acts: Graph, id: str) -> bool:
    """Whether all a helper did is stated to have come after the loss."""
    own = [acts.node(each) for each in acts.of(id)]
    late = not acts.derived and all(node.after_loss for node in own)
    return late and case.party(id).role != "principal"


def _switch(case: Case, acts: Graph, id: str, n: int, lang: str) -> Switch:
    name = ACT + id
    return Switch(
        f"switch:{n}",
        "check",
        titles(case, acts, [id], lang),
        "acts",
        lambda held: held.get(name, True),  # type: ignore[attr-defined]  # what is chosen
        lambda value, _: {name: value},
        None,
        (name,),
        derived=acts.derived,
    )


def _promise(party: Party, lang: str) -> Knob:
    def write(value: object, case: Case) -> dict[str, Any]:
        return {f"{party.id}.grade": "concert" if value else "knowing", f"{party.id}.fault": None}

    return Knob(
        f"promise:{party.id}",
        "check",
        lesson("knob.promise", lang, who=getattr(party.name, lang)),
        "promise",
        lambda case: case.party(party.id).grade == "concert",
        write,
        party.id,
        ("grade", "fault"),
    )


def _part(id: str, name: str, lang: str) -> Knob:
    return Knob(
        f"force:{name}", "range", lesson(f"knob.{name}", lang), "force",
        lambda now: getattr(now.party(id), name),
        lambda value, _: {f"{id}.{name}": value},
        id, (name,), discretionary=True, extra=fraction(lang, "unknown"),
    )  # fmt: skip
