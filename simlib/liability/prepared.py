"""What all decisions about one case start from, computed once and handed to each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.law.rule import word
from simlib.liability import facts, shares
from simlib.liability.numbers import OneCase

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import WeightRange
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.facts import Debtor, ReasonedClaim
    from simlib.liability.reasoned import Reasoned
    from simlib.money import Fen

CLAIMED_BY = ("deduction", "victim_fault")  # the rules that shape the claim
DEBTORS_BY = ("victim_fault", "tracing", "flow_cap", "after_restitution")  # and the debtors


class Prepared:
    """A case with its claim, debtors and weights, each computed once for the rules it depends on.

    Make one for several decisions about the same case, and drop it with them.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self._regimes: list[Regime] = []
        self._claims: dict[tuple[object, ...], ReasonedClaim] = {}
        self._before: dict[object, tuple[dict[str, Fen], Fen]] = {}
        self._debtors: dict[tuple[object, ...], list[Debtor]] = {}
        self._weights: dict[tuple[object, ...], list[Reasoned[WeightRange]]] = {}

    def claim(self, rules: Rules) -> ReasonedClaim:
        """Return the claim: see `facts.claim`."""
        key = tuple(rules[name] for name in CLAIMED_BY)
        if key not in self._claims:
            self._claims[key] = facts.claim(self.case, rules)
        return self._claims[key]

    def paid_before(self, rules: Rules) -> tuple[dict[str, Fen], Fen]:
        """Return what each party paid already: see `facts.paid_before`."""
        key = rules["deduction"]
        if key not in self._before:
            self._before[key] = facts.paid_before(OneCase(self.case, rules))
        return self._before[key]

    def debtors(self, rules: Rules, regime: Regime, substitute: bool) -> list[Debtor]:
        """Return who is liable: see `facts.debtors`."""
        key = self._debtors_key(rules, regime, substitute)
        if key not in self._debtors:
            own = self.claim(rules).own_fault
            self._debtors[key] = facts.debtors(self.case, regime, own, substitute, rules)
        return self._debtors[key]

    def weights(
        self,
        share_rule: str,
        members: tuple[int, ...],
        rules: Rules,
        regime: Regime,
        substitute: bool,
    ) -> list[Reasoned[WeightRange]]:
        """Return the weights of those debtors who have a share: see `shares.weights`.

        `members` are their places among the debtors.
        """
        key = (share_rule, members, *self._debtors_key(rules, regime, substitute))
        if key not in self._weights:
            liable, tracing = self.debtors(rules, regime, substitute), word(rules, "tracing")
            sharing = [liable[i] for i in members]
            self._weights[key] = shares.weights(share_rule, sharing, self.case, tracing)
        return self._weights[key]

    def _debtors_key(self, rules: Rules, regime: Regime, substitute: bool) -> tuple[object, ...]:
        chosen = (rules[name] for name in DEBTORS_BY)
        return self._place(regime), substitute, *chosen

    def _place(self, regime: Regime) -> int:
        """A regime's number here; each is told by identity, since its values may be arrays."""
        for place, known in enumerate(self._regimes):
            if known is regime:
                return place
        self._regimes.append(regime)
        return len(self._regimes) - 1
