"""The controls of lesson 03: a switch for each act, and what causal force is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.figures.causation.names import phrase, titles
from simlib.text import words
from simlib.widgets.causation.forms import ACT
from simlib.widgets.knob import Knob, fraction

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.causation.model import Graph

FORCE = ("indispensability", "push")


@dataclass(frozen=True, slots=True)
class Switch(Knob):
    """An act, done or not done: a question put to the model, no fact of the case."""

    derived: bool = False
    off: bool = False

    @property
    def paths(self) -> set[str]:
        """No path of the case."""
        return set()

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Yours, if switched off; else stated in the case's model or derived."""
        if self.off:
            return "assumed", words("lab", "tag.yours", lang)
        if self.derived:
            return "teaching assumption", phrase("tag.derived", lang)
        return "stated", words("lab", "tag.stated", lang)


def knobs(case: Case, acts: Graph, held: Mapping, party: Party, lang: str) -> list[Knob]:
    """Every act of the chain; then what the causal force of the party asked about rests on."""
    found: list[Knob] = [_switch(case, acts, node.id, held, lang) for node in acts.nodes]
    if party.role == "principal":
        return found
    fields = ("causal_force",) if party.causal_force is not None else FORCE
    return [*found, *(_part(party.id, name, lang) for name in fields)]


def _switch(case: Case, acts: Graph, id: str, held: Mapping, lang: str) -> Switch:
    on = held.get(ACT + id, True)
    return Switch(
        ACT + id,
        "check",
        titles(case, acts, [id], lang),
        "acts",
        lambda _: on,
        lambda value, _: {ACT + id: value},
        acts.node(id).party,
        (),
        derived=acts.derived,
        off=not on,
    )


def _part(id: str, name: str, lang: str) -> Knob:
    return Knob(
        f"force:{name}", "range", phrase(f"knob.{name}", lang), "force",
        lambda now: getattr(now.party(id), name),
        lambda value, _: {f"{id}.{name}": value},
        id, (name,), discretionary=True, extra=fraction(lang, "unknown"),
    )  # fmt: skip
