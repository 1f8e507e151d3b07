"""Outcomes by way of joining, each decided when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from simlib.liability import Outcome, decide
from simlib.riskbenefit import AGGREGATORS

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.widgets.riskbenefit.forms import Setup

MODE = "risk_benefit"


class Joined(Mapping):
    """Way of joining → outcome of one case under the model as it is set; the chosen one first."""

    def __init__(self, case: Case, setup: Setup) -> None:
        self._case, self._setup = case, setup
        self._found: dict[str, Outcome] = {}
        self[setup.aggregator]  # what is refused is refused at once

    def __getitem__(self, way: str) -> Outcome:
        """The outcome; raises KeyError for a way we do not have."""
        if way not in AGGREGATORS:
            raise KeyError(way)
        if way not in self._found:
            rules = {**self._setup.rules, "aggregator": way}
            self._found[way] = decide(self._case, MODE, rules, self._setup.regime)
        return self._found[way]

    def __iter__(self) -> Iterator[str]:
        """All ways, in the order of the engine."""
        return iter(AGGREGATORS)

    def __len__(self) -> int:
        """How many ways there are."""
        return len(AGGREGATORS)
