"""Who is in a chain: one number for everybody who pays or is paid, role by role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.case.columns import IntArray
from simlib.synthetic.model import CARD, CASH, PROMOTION, SHOP, TECH, VICTIM, WALLET
from simlib.synthetic.plan import Plan

if TYPE_CHECKING:
    import numpy as np

LETTERS = {VICTIM: "v", CARD: "c", SHOP: "s", TECH: "tech", PROMOTION: "promo", CASH: "cash"}
LETTERS[WALLET] = "w"


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive numbers: `count` people or accounts of one role, from `start`."""

    role: int
    layer: int
    start: int
    count: int

    def any(self, n: int, rng: np.random.Generator) -> IntArray:
        """Return n of them, each drawn alone."""
        return rng.integers(self.start, self.start + self.count, n)

    def name(self, n: int) -> str:
        """Return the id of its n-th, counted from 1. Nothing like a card's or a person's number."""
        return f"{LETTERS[self.role]}{self.layer}-{n}" if self.layer else f"{LETTERS[self.role]}{n}"


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the chain."""

    victims: Group
    cards: tuple[Group, ...]
    shops: Group
    tech: Group
    promotion: Group
    cash: Group
    wallets: Group

    def groups(self) -> list[Group]:
        """Return all of them in the order of their numbers."""
        services = (self.tech, self.promotion, self.cash, self.wallets)
        return [self.victims, *self.cards, self.shops, *services]


def people(plan: Plan, values: Mapping[str, float]) -> People:
    """Return as many of each as the plan's batches and the settings make."""
    batches = [stage.batches for stage in plan.stages]
    cards = [max(min(2, n), round(n / values["card.batches"])) for n in batches]
    shops = max(1, round(sum(cards) * values["honest.shops"]))
    services = int(values["service.accounts"])
    wanted = [(VICTIM, 0, plan.victims), *((CARD, k, n) for k, n in enumerate(cards, start=1))]
    wanted += [(SHOP, 0, shops), (TECH, 0, services), (PROMOTION, 0, services)]
    wanted += [(CASH, 0, 1), (WALLET, 0, cards[-1])]
    groups, start = [], 0
    for role, layer, count in wanted:
        groups.append(Group(role, layer, start, count))
        start += count
    layers = len(cards)
    return People(groups[0], tuple(groups[1 : layers + 1]), *groups[layers + 1 :])
