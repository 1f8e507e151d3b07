"""What a scene says: tracings by rule, and what is only reckoned where it is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from simlib.chain import METHODS, trace_case
from simlib.law.regime import rule
from simlib.liability import decide
from simlib.restitution import RULES, as_claimant, decide_all, give_back

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.chain import Tracing
    from simlib.liability import Outcome
    from simlib.restitution import Return, Together

LAW, GAIN = "auto", "benefit_cap"
RANK = "after_restitution"


class Traced(Mapping):
    """Rule → tracing of a case, seen from one victim; nothing is traced twice.

    Attributes
    ----------
    case, claim
        the case, and the same facts with `victim` as claimant
    method, victim
        the rule chosen, and whose money is asked about
    rule
        by which rule frozen money goes back before all sue
    rank
        how judgments rank beside orders of restitution (`after_restitution`)
    """

    def __init__(self, case: Case, method: str, victim: str, rule: str, rank: str) -> None:
        self.case, self.method, self.victim, self.rule = case, method, victim, rule
        self.rank = rank
        self._outcomes: dict[str, Outcome] = {}
        self._returns: dict[str, Return] = {}

    @property
    def tracing(self) -> Tracing:
        """Under the rule chosen."""
        return self[self.method]

    @cached_property
    def claim(self) -> Case:
        """The case as this victim's own."""
        return as_claimant(self.case, self.victim)

    def outcome(self, mode: str) -> Outcome:
        """What her claim comes to, later cards by the tracing rule chosen."""
        if mode not in self._outcomes:
            rules = {"tracing": self.method} if self.method in rule("tracing").values else {}
            self._outcomes[mode] = decide(self.claim, mode, rules)
        return self._outcomes[mode]

    def returned(self, rule: str) -> Return:
        """What of the frozen money goes back, and to whom."""
        if rule not in self._returns:
            self._returns[rule] = give_back(self.case, rule)
        return self._returns[rule]

    @cached_property
    def together(self) -> Together:
        """All victims' claims at once, after the return."""
        rules = {RANK: self.rank}
        return decide_all(self.case, LAW, rules, returns=self.returned(self.rule))

    def returns(self) -> dict[str, Return]:
        """Every rule's."""
        return {rule: self.returned(rule) for rule in RULES}

    def __getitem__(self, method: str) -> Tracing:
        if method not in METHODS:
            raise KeyError(method)
        return trace_case(self.case, method)

    def __iter__(self) -> Iterator[str]:
        return iter(METHODS if self.case.transfers else ())

    def __len__(self) -> int:
        return len(METHODS) if self.case.transfers else 0
