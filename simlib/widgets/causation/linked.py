"""What a chain with some acts switched off says of each party; reckoned once for each scene."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simlib.causation import INDICES, chance, graph, graph_indices, legal_steps
from simlib.causation.force import causal_force
from simlib.law.regime import regime_for

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation import Chance, Graph, Steps
    from simlib.trace import Trace


@dataclass(frozen=True, slots=True)
class Told:
    """The legal steps of one party, and his place in the four indices."""

    steps: Steps
    indices: dict[str, float]

    def to_json(self) -> dict[str, object]:
        """Both as plain data."""
        answers = {s.key: s.answer for s in (*self.steps.establishing, *self.steps.extent)}
        return {
            "answers": answers,
            "indices": self.indices,
            "trace": self.steps.trace.to_json(),
            "citations": list(self.steps.citations),
        }


class Linked(Mapping[str, Told]):
    """Party → what is said of him.

    Attributes
    ----------
    case, acts, off
        the case, its whole model of acts, and the acts that are switched off
    steps
        party → the legal steps, asked in the world the switches of the others make: what he did
        himself stays, for that is what is asked about
    indices
        index → party → number, without the acts that are switched off
    """

    def __init__(self, case: Case, off: frozenset[str]) -> None:
        self.case, self.acts, self.off = case, graph(case), off
        self.steps: dict[str, Steps] = {
            id: legal_steps(case, id, acts=self.world(id)) for id in self.acts.parties
        }

    @property
    def happens(self) -> bool:
        """Whether the loss happens without the acts that are off."""
        return self.acts.happens(self.off)

    def answer(self, party: str, key: str) -> str:
        """What a step comes to for a party; empty where it is not asked."""
        step = self.steps[party].step(key)
        return step.answer if step else ""

    def world(self, party: str) -> Graph:
        """The model without what the others did not do."""
        others = self.off - self.acts.of(party)
        return self.acts.without(others) if others else self.acts

    @cached_property
    def indices(self) -> dict[str, dict[str, float]]:
        """The four indices; those whose acts are gone count as nothing."""
        found = graph_indices(self.acts.without(self.off) if self.off else self.acts)
        nobody = dict.fromkeys(self.acts.parties, 0.0)
        return {key: nobody | values for key, values in found.items()}

    def chance(self, party: str) -> Chance:
        """The chance of recovery he took away."""
        return chance(self.case, party)

    def force(self, party: str) -> Trace:
        """His causal force, as other lessons use it."""
        return causal_force(self.case.party(party), regime_for(self.case))

    def __getitem__(self, party: str) -> Told:
        """What is said of one party."""
        return Told(self.steps[party], {key: self.indices[key][party] for key in INDICES})

    def __iter__(self) -> Iterator[str]:
        """The parties who acted."""
        return iter(self.acts.parties)

    def __len__(self) -> int:
        """How many."""
        return len(self.acts.parties)
