"""Whose assets a claim reaches, and what of them goes to other victims' restitution."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, Generic, cast

from simlib.liability.numbers import WHOLE, F, N, Numbers, OneCase, Stated

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.money import Fen

OTHER_DEBTS = "other_debts"  # the judgment ranks behind others' restitution


@dataclass(frozen=True, slots=True)
class Purse(Generic[N]):
    """What one person has, and others' open restitution he owes [fen]."""

    assets: N
    beside: N
    numbers: Numbers[N, Any] = cast(Any, WHOLE)  # an array needs its own

    @property
    def cleared(self) -> N:
        """What is left once the restitution is served, as far as the assets reach."""
        return self.numbers.above_zero(self.assets - self.beside)

    def part_of(self, owed: N) -> N:
        """Return what of an amount owed here can be collected, in proportion to both debts.

        Halves of a fen upwards; all of it where the assets suffice for both.

        Examples
        --------
        >>> Purse(1_000, 500).part_of(1_500), Purse(3_000, 500).part_of(1_500)
        (750, 1500)
        """
        part = self.numbers.reduced(self.assets, owed, owed + self.beside)
        return self.numbers.minimum(owed, part)


@dataclass(frozen=True, slots=True)
class Means(Generic[N]):
    """What of a debtor's property a claim can reach [fen].

    Attributes
    ----------
    cleared
        what is left of it once others' restitution is served
    purses
        each person's assets and that restitution, where the judgment ranks with it; else none
    """

    cleared: N
    purses: tuple[Purse[N], ...] = ()
    numbers: Numbers[N, Any] = cast(Any, WHOLE)  # an array needs its own

    @property
    def most(self) -> N:
        """What can be reached at all, before what ranks with the claim takes its part."""
        if not self.purses:
            return self.cleared
        return reduce(add, (purse.assets for purse in self.purses))

    def collectable(self, owed: N) -> N:
        """Return what can be collected of an amount owed here."""
        if not self.purses:
            return self.numbers.minimum(owed, self.cleared)
        parts = [purse.part_of(owed) for purse in self.purses]
        return self.numbers.minimum(owed, reduce(add, parts))


def means_of(facts: Stated[N, F], party: Party, payer: Party) -> Means[N] | None:
    """Return what a claim against a party, or who answers for him, can reach; None is unlimited."""
    members, numbers = answering_with(party, payer), facts.numbers
    if any(p.assets_fen is None for p in members):
        return None
    purses = [
        Purse(facts.of(p, "assets_fen"), open_to_others(facts, (p.id,)), numbers) for p in members
    ]
    equal = facts.rules["after_restitution"] != OTHER_DEBTS
    shared = equal and any(numbers.anywhere(purse.beside) for purse in purses)
    cleared = reduce(add, (purse.cleared for purse in purses))
    return Means(cleared, tuple(purses) if shared else (), numbers)


def open_to_others(facts: Stated[N, F], ids: Collection[str]) -> N:
    """Return other victims' restitution that these parties still owe [fen].

    It ranks before other civil debts (刑事裁判涉财产部分执行规定13), a fine behind them; whether a
    judgment of a victim of the same crime is such a debt the rule `after_restitution` says.
    """
    case = facts.case
    open_ = [
        facts.fact("criminal", n, "restitution_others_fen")
        for n, c in enumerate(case.criminal)
        if c.party in ids
    ]
    open_ += [
        facts.fact("reparations", n, "ordered_fen") - facts.fact("reparations", n, "paid_fen")
        for n, r in enumerate(case.reparations)
        if r.party in ids and r.victim != case.claimant
    ]
    return facts.numbers.total(open_, facts.constant(0))


def purses_of(case: Case, members: Sequence[Party]) -> tuple[Purse[Fen], ...]:
    """Return what each has and owes other victims; none where somebody's assets are unlimited.

    刑事裁判涉财产部分执行规定13: restitution to victims ranks before other civil debts, a fine
    after them, so that a fine takes nothing away here.
    """
    known = [(p.id, p.assets_fen) for p in members if p.assets_fen is not None]
    if len(known) < len(members):
        return ()
    return tuple(Purse(fen, open_to_others(OneCase(case), (id,))) for id, fen in known)


def rank_matters(own: Sequence[Purse[Fen]], owed: Fen) -> bool:
    """Tell whether a judgment's rank beside others' restitution moves what can be collected."""
    behind = sum(purse.cleared for purse in own)
    return min(owed, behind) != min(owed, sum(purse.part_of(owed) for purse in own))


def answering_with(party: Party, payer: Party) -> list[Party]:
    """Return whose property a claim reaches: a minor's too, beside his guardian's (1188)."""
    return [payer] if party is payer or not party.minor else [payer, party]
