"""Outcomes by way of joining, and that of the law in force, each decided when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from simlib.figures.people import helpers_of
from simlib.figures.riskbenefit import Reckoned
from simlib.liability import Outcome, decide
from simlib.riskbenefit import AGGREGATORS
from simlib.widgets.riskbenefit.forms import setup

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.widgets.lesson import View
    from simlib.widgets.riskbenefit.forms import Setup

MODE, LAW = "risk_benefit", "auto"


class Joined(Mapping[str, Outcome]):
    """Way of joining → outcome of one case under the model as it is set; the law under `auto`."""

    def __init__(self, case: Case, setup: Setup) -> None:
        self._case, self._setup = case, setup
        self._found: dict[str, Outcome] = {}
        self[setup.aggregator]  # what is refused is refused at once

    def __getitem__(self, way: str) -> Outcome:
        """The outcome; raises KeyError for a way we do not have."""
        if way not in (*AGGREGATORS, LAW):
            raise KeyError(way)
        if way not in self._found:
            self._found[way] = decide(self._case, LAW) if way == LAW else self._modelled(way)
        return self._found[way]

    def _modelled(self, way: str) -> Outcome:
        rules = {**self._setup.rules, "aggregator": way}
        return decide(self._case, MODE, rules, self._setup.regime)

    def __iter__(self) -> Iterator[str]:
        """All ways, in the order of the engine, then the law in force."""
        return iter((*AGGREGATORS, LAW))

    def __len__(self) -> int:
        """How many there are."""
        return len(AGGREGATORS) + 1


def reckoned(view: View) -> Reckoned:
    """The helper of a view under the model as it is set."""
    model = setup(view.scene.chosen, view.case)
    outcomes = view.outcomes
    return Reckoned(
        view.case,
        view.scene.party or helpers_of(view.case)[0],
        outcomes[model.aggregator],
        outcomes[LAW],
        model.regime,
        model.rules,
    )
