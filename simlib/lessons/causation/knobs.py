"""The knobs of lesson 03: a switch for each act, a promise, and what causal force is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simlib.lessons.causation.names import phrase, titles
from simlib.lessons.knob import Knob, Setting, fraction
from simlib.text import words
from simlib.widgets.causation.settings import ACT

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.causation.act_graph import Graph

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
            return "teaching assumption", phrase("tag.derived", lang)
        return "stated", words("lab", "tag.stated", lang)


def knobs(case: Case, acts: Graph, party: Party, lang: str) -> list[Knob]:
    """Every act of the chain; promises; what the causal force of the party asked about rests on."""
    ordered = in_order(case, acts)
    found: list[Knob] = [_switch(case, acts, id, n, lang) for n, id in enumerate(ordered, 1)]
    found += [_promise(case.party(id), lang) for id in acts.parties if _is_late(case, acts, id)]
    if party.role == "principal":
        return found
    fields = ("causal_force",) if party.causal_force is not None else FORCE
    return [*found, *(_part(party.id, name, lang) for name in fields)]


def in_order(case: Case, acts: Graph) -> list[str]:
    """The acts as their switches are numbered: those on the way to the loss, cards first."""

    def rank(id: str) -> tuple[bool, bool, bool]:
        node = acts.node(id)
        principal = case.party(node.party).role == "principal"
        return id not in acts.behind, node.stage != "payment", principal

    return sorted((node.id for node in acts.nodes), key=rank)


def _is_late(case: Case, acts: Graph, id: str) -> bool:
    """Whether all a helper did came after the loss."""
    own = [acts.node(each) for each in acts.of(id)]
    return case.party(id).role != "principal" and all(node.after_loss for node in own)


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
        phrase("knob.promise", lang, who=getattr(party.name, lang)),
        "promise",
        lambda case: case.party(party.id).grade == "concert",
        write,
        party.id,
        ("grade", "fault"),
    )


def _part(id: str, name: str, lang: str) -> Knob:
    return Knob(
        f"force:{name}", "range", phrase(f"knob.{name}", lang), "force",
        lambda now: getattr(now.party(id), name),
        lambda value, _: {f"{id}.{name}": value},
        id, (name,), discretionary=True, extra=fraction(lang, "unknown"),
    )  # fmt: skip


def grouped(found: Mapping[str, Knob], group: str) -> tuple[str, ...]:
    """The ids of a group's knobs, in order."""
    return tuple(id for id, knob in found.items() if knob.group == group)
