"""Whose assets a claim reaches, and what of them goes to other victims' restitution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.liability.restitution_orders import open_to_others
from simlib.money import half_up

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.law.rule import Rules
    from simlib.money import Fen

OTHER_DEBTS = "other_debts"  # the judgment ranks behind others' restitution


@dataclass(frozen=True, slots=True)
class Purse:
    """What one person has, and others' open restitution he owes [fen]."""

    assets: Fen
    beside: Fen

    @property
    def cleared(self) -> Fen:
        """What is left once the restitution is served, as far as the assets reach."""
        return max(0, self.assets - self.beside)

    def part_of(self, owed: Fen) -> Fen:
        """Return what of an amount owed here can be collected, in proportion to both debts.

        Halves of a fen upwards; all of it where the assets suffice for both.

        Examples
        --------
        >>> Purse(1_000, 500).part_of(1_500), Purse(3_000, 500).part_of(1_500)
        (750, 1500)
        """
        whole = owed + self.beside
        return min(owed, half_up(Fraction(self.assets * owed, whole))) if whole else 0


def reach(case: Case, party: Party, payer: Party, rules: Rules) -> Fen | None:
    """What this claim can reach, before what ranks with it takes its part; None is unlimited."""
    members = answering_with(party, payer)
    if any(p.assets_fen is None for p in members):
        return None
    first = rules["after_restitution"] == OTHER_DEBTS
    return sum(purse.cleared if first else purse.assets for purse in purses_of(case, members))


def sharing(case: Case, party: Party, payer: Party, rules: Rules) -> tuple[Purse, ...]:
    """Return whose assets this claim shares with others' restitution; none if it shares none."""
    own = purses_of(case, answering_with(party, payer))
    shares = rules["after_restitution"] != OTHER_DEBTS and any(purse.beside for purse in own)
    return own if shares else ()


def purses_of(case: Case, members: Sequence[Party]) -> tuple[Purse, ...]:
    """Return what each has and owes other victims; none where somebody's assets are unlimited.

    刑事裁判涉财产部分执行规定13: restitution to victims ranks before other civil debts, a fine
    after them, so that a fine takes nothing away here.
    """
    known = [(p.id, p.assets_fen) for p in members if p.assets_fen is not None]
    if len(known) < len(members):
        return ()
    return tuple(Purse(fen, open_to_others(case, (id,))) for id, fen in known)


def rank_matters(own: Sequence[Purse], owed: Fen) -> bool:
    """Tell whether a judgment's rank beside others' restitution moves what can be collected."""
    behind = sum(purse.cleared for purse in own)
    return min(owed, behind) != min(owed, sum(purse.part_of(owed) for purse in own))


def answering_with(party: Party, payer: Party) -> list[Party]:
    """Return whose property a claim reaches: a minor's too, beside his guardian's (1188)."""
    return [payer] if party is payer or not party.minor else [payer, party]
