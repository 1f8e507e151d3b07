"""What a scene says: tracings by rule, and what is only reckoned where it is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simlib.chain import METHODS, trace_case
from simlib.law.regime import rule
from simlib.liability import decide
from simlib.restitution import FOREIGN, RULES, as_claimant, decide_all, give_back

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.chain import Tracing
    from simlib.liability import Outcome
    from simlib.restitution import Return, Together

LAW, GAIN = "auto", "benefit_cap"
RANK, CAP = "after_restitution", "flow_cap"
UNTRACED = {
    "by_loss": "timestamp"
}  # what follows no money → by which rule it is shown all the same


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen beside the facts.

    Attributes
    ----------
    method, who
        the rule on the stage, and whose money is asked about
    cap
        who answers for no more than came into his account (`flow_cap`)
    give, rank
        of the ledgers: by which rule frozen money goes back before all sue, and how judgments
        rank beside orders of restitution (`after_restitution`)
    """

    method: str
    who: str
    cap: str
    give: str
    rank: str


class Traced(Mapping[str, "Tracing"]):
    """Rule → tracing of a case, seen from one victim; nothing is traced twice.

    Attributes
    ----------
    case, choice
        the case, and what is chosen beside its facts
    """

    def __init__(self, case: Case, choice: Choice) -> None:
        self.case, self.choice = case, choice
        self._outcomes: dict[str, Outcome] = {}
        self._returns: dict[str, Return] = {}

    @property
    def method(self) -> str:
        """The rule chosen; some of them follow no money."""
        return self.choice.method

    @property
    def victim(self) -> str:
        """Whose money is asked about."""
        return self.choice.who

    @property
    def followed(self) -> str:
        """By which rule money is followed while this one is chosen."""
        return UNTRACED.get(self.method, self.method)

    @property
    def tracing(self) -> Tracing:
        """Under the rule by which money is followed."""
        return self[self.followed]

    @property
    def limiting(self) -> str:
        """By which rule a later card is limited: poison tells no amount."""
        known = rule("tracing").values
        return self.followed if self.followed in known else str(known[0])

    @cached_property
    def claim(self) -> Case:
        """The case as this victim's own."""
        return as_claimant(self.case, self.victim)

    def outcome(self, mode: str) -> Outcome:
        """What her claim comes to, later cards by the tracing rule chosen."""
        if mode not in self._outcomes:
            rules = {} if self.choice.cap == rule(CAP).values[0] else {CAP: self.choice.cap}
            if self.limiting != rule("tracing").values[0]:
                rules["tracing"] = self.limiting
            self._outcomes[mode] = decide(self.claim, mode, rules)
        return self._outcomes[mode]

    def returned(self, rule: str) -> Return:
        """What of the frozen money goes back by a rule, and to whom."""
        if rule not in self._returns:
            self._returns[rule] = give_back(self.case, rule)
        return self._returns[rule]

    @property
    def given(self) -> Return | None:
        """What goes back by the rule chosen; None: it gives no amount."""
        return self.returned(self.method) if self.method in (*RULES, *FOREIGN) else None

    @cached_property
    def together(self) -> Together:
        """All victims' claims at once, after the return."""
        rules = {RANK: self.choice.rank}
        return decide_all(self.case, LAW, rules, returns=self.returned(self.choice.give))

    def returns(self) -> dict[str, Return]:
        """Every rule's that a document here provides."""
        return {rule: self.returned(rule) for rule in RULES}

    def __getitem__(self, method: str) -> Tracing:
        if method not in METHODS:
            raise KeyError(method)
        return trace_case(self.case, method)

    def __iter__(self) -> Iterator[str]:
        return iter(METHODS if self.case.transfers else ())

    def __len__(self) -> int:
        return len(METHODS) if self.case.transfers else 0
