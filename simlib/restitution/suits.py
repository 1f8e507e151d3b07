"""The suits of several victims once orders of restitution were collected, each ready to decide."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from simlib.liability.assets import OTHER_DEBTS
from simlib.liability.unknowns import solve
from simlib.restitution.claimant import as_claimant
from simlib.restitution.orders import Served, Titles, after, closed, open_orders, serve
from simlib.restitution.rank import Budget, Late, budgets, last

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simlib.case.model import Case
    from simlib.liability.model import Setting, Solution
    from simlib.liability.outcome import Outcome
    from simlib.money import Fen


class Suits:
    """The suits of those victims who sue, after return and restitution.

    Attributes
    ----------
    case, returned, ready
        the case, what was given back to whom [fen], and what makes a suit ready to decide
    suing
        the victims who sue
    """

    def __init__(
        self,
        case: Case,
        returned: Mapping[str, Fen],
        ready: Callable[[Case], Setting],
        suing: Sequence[str],
    ) -> None:
        self.case, self.returned, self.ready, self.suing = case, returned, ready, suing

    def of(self, victim: str) -> Suits:
        """Return the suit of one victim as if he alone sued; orders are collected all the same."""
        if self.equal:
            return Suits(self.case, self.returned, self.ready, (victim,))
        return self

    @cached_property
    def equal(self) -> bool:
        """Whether judgments rank with orders of restitution that are collected here."""
        one, open_ = len(self.suing) == 1, open_orders(self.case, self.returned, outside=True)
        if not open_.parties or (one and not open_.titles):  # one judgment beside others' orders
            return False
        own = as_claimant(self.case, self.suing[0])
        return self.ready(own).rules["after_restitution"] != OTHER_DEBTS

    @cached_property
    def titles(self) -> Titles:
        """The open orders that are collected here."""
        return open_orders(self.case, self.returned, outside=self.equal)

    @cached_property
    def budgets(self) -> dict[str, Budget]:
        """How each party's assets are divided between orders and judgments of equal rank."""
        if not self.equal:
            return {}
        before = {
            v: self.ready(after(as_claimant(self.case, v), self.returned, None)) for v in self.suing
        }
        return budgets(self.titles, self.case, before, {v: solve(s) for v, s in before.items()})

    @cached_property
    def served(self) -> Served | None:
        """What is collected on the orders."""
        purses = {p: self.case.party(p).assets_fen for p in self.titles.parties}
        return serve(self.titles, purses | {p: own.fen for p, own in self.budgets.items()})

    @cached_property
    def views(self) -> dict[str, Case]:
        """Each victim's case once money was returned and restitution collected."""
        views = {
            v: after(as_claimant(self.case, v), self.returned, self.served) for v in self.suing
        }
        return {v: closed(view) for v, view in views.items()} if self.equal else views

    @cached_property
    def settings(self) -> dict[str, Setting]:
        """Each victim's suit, ready to decide."""
        return {v: self.ready(view) for v, view in self.views.items()}

    @cached_property
    def solutions(self) -> dict[str, Solution]:
        """Each victim's suit, solved as if there were no other."""
        return {v: solve(setting) for v, setting in self.settings.items()}

    @property
    def beside(self) -> Served | None:
        """What was collected on orders of equal rank: what stays open of them counts no title."""
        return self.served if self.equal else None

    def last(self, outcomes: Mapping[str, Outcome]) -> Late:
        """Return what the judgments leave to orders of equal rank."""
        if not self.equal or self.served is None:
            return Late({}, {})
        return last(self.case, self.returned, self.served, self.settings, outcomes)
