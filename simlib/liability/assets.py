"""In which order one party's assets are used: other victims, this judgment, then the fine.

刑事裁判涉财产部分执行规定13 ranks medical expenses for personal injury, restitution to victims,
other civil debts, fines, confiscation. Whether a civil judgment on the same crime is of the third
rank or shares the second is open: the rule `after_restitution`. A fine is no part of the damages
and lessens nothing: it is served from what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import add
from typing import TYPE_CHECKING, TypeAlias

from simlib.interval import FenRange, at_ends, high_end, low_end
from simlib.law.authority import authority
from simlib.liability.numbers import F, N, OneCase, Stated
from simlib.liability.records import Means, Purse
from simlib.liability.restitution_orders import open_to_others_traces
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case, Criminal, Party
    from simlib.liability.outcome import Outcome
    from simlib.liability.records import Purse
    from simlib.money import Fen

OTHER_DEBTS = "other_debts"  # the judgment ranks behind others' restitution
Formula: TypeAlias = Callable[[int], int]
Rests: TypeAlias = tuple[FenRange, FenRange | None]  # to the fine, and what is left
NOT_ANSWERING = ("not_liable", "answered_for")
TO_THE_CLAIMANT = ("own-gain", "full")


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


# ---------------------------------------------------------------- in which order


@dataclass(frozen=True, slots=True)
class Waterfall:
    """What one sued party's assets go to, in order; amounts in fen, intervals where open.

    Attributes
    ----------
    party
        his id
    assets_fen
        what he has (a guardian: with what the minors he answers for have); None is unlimited
    others_fen, judgment_fen, fine_fen, left_fen
        to other victims' open restitution, to this judgment, to the fine, and what is left; they
        add up to the assets. `left_fen` is None where these are unlimited. What others get is open
        with the judgment where both share his assets
    others_open_fen, fine_open_fen
        what stays unpaid of restitution and of the fine
    notes
        what a reader must know, as keys of `texts/*/order.toml` (`note`): `ranked_behind` or
        `equal_rank` where that moved what is paid, `restitution_short`, `fine_short`,
        `recourse_before_fine`, `own_restitution`
    trace
        the reasons for `left_fen`
    """

    party: str
    assets_fen: int | None
    others_fen: FenRange
    judgment_fen: FenRange
    fine_fen: FenRange
    left_fen: FenRange | None
    others_open_fen: FenRange
    fine_open_fen: FenRange
    notes: tuple[str, ...]
    trace: Trace


def waterfall(case: Case, outcome: Outcome) -> tuple[Waterfall, ...]:
    """Return the order of assets for each sued party who answers in an outcome, in file order.

    1. restitution to other victims that is still open, or what this judgment leaves of it
    2. this judgment: what the outcome says he pays now
    3. the fine
    4. what is left

    Parameters
    ----------
    outcome
        `decide(case, …)` of the same case

    Raises
    ------
    ValueError
        if the outcome has someone pay more than he can, because it is of another case

    References
    ----------
    property-enforcement-rules:13(1), civil-code:187, criminal-law:36(2)

    Examples
    --------
    >>> from simlib import decide, load_case
    >>> case = load_case("fix-1").set({"C.assets_fen": 2_000_000})
    >>> [w.left_fen for w in waterfall(case, decide(case, "several"))]
    [0, 0, 1625000]
    """
    return tuple(
        _ordered(case, outcome, case.party(id))
        for id, answer in outcome.parties.items()
        if case.party(id).sued and answer.mode not in NOT_ANSWERING
    )


def wards(case: Case, outcome: Outcome, party: str) -> list[Party]:
    """Return the minors in whose place a party answers in this outcome."""
    return [
        p
        for p in case.parties
        if p.minor
        and p.answered_by == party
        and p.id in outcome.parties
        and outcome.parties[p.id].mode == "answered_for"
    ]


def _ordered(case: Case, outcome: Outcome, party: Party) -> Waterfall:
    members = [party, *wards(case, outcome, party.id)]
    ids = [member.id for member in members]
    crimes = [(i, c) for i, c in enumerate(case.criminal) if c.party in ids]
    own, answer = purses_of(case, members), outcome.parties[party.id]
    paid, fines = answer.paid_fen, sum(c.fine_fen or 0 for _, c in crimes)
    owing, free = open_to_others(OneCase(case), ids), sum(purse.cleared for purse in own)
    to_others = partial(_to_others, own, owing, party.id)
    others = at_ends(to_others, paid)
    fine, left = _last(own, to_others, paid, fines)
    open_fine = at_ends(lambda served: fines - served, fine)
    open_others = at_ends(lambda served: owing - served, others)
    matters = rank_matters(own, high_end(answer.exposure_fen))
    notes = {
        "ranked_behind": matters and high_end(paid) == free,
        "equal_rank": matters and high_end(paid) > free,
        "restitution_short": high_end(open_others),
        "fine_short": high_end(open_fine),
        "recourse_before_fine": high_end(fine) and _sought(outcome, party.id),
        "own_restitution": _to_the_claimant(case, ids, crimes),
    }
    return Waterfall(
        party=party.id,
        assets_fen=sum(purse.assets for purse in own) if own else None,
        others_fen=others,
        judgment_fen=paid,
        fine_fen=fine,
        left_fen=left,
        others_open_fen=open_others,
        fine_open_fen=open_fine,
        notes=tuple(key for key, holds in notes.items() if holds),
        trace=_left_step(case, outcome, members, own, (others, fine, left)),
    )


def _to_others(own: Sequence[Purse[Fen]], owing: Fen, party: str, paid: Fen) -> Fen:
    """What goes to other victims: as far as each purse reaches, or what this judgment leaves."""
    if not own:
        return owing
    assets = sum(purse.assets for purse in own)
    if paid > assets:
        raise ValueError(f"{party} pays more than he has: the outcome is of another case")
    return min(sum(min(purse.assets, purse.beside) for purse in own), assets - paid)


def _last(own: Sequence[Purse[Fen]], to_others: Formula, paid: FenRange, fines: Fen) -> Rests:
    """What goes to the fine, only of what others and this judgment leave, and what is left."""
    if not own:
        return fines, None
    assets = sum(purse.assets for purse in own)
    room = at_ends(lambda fen: assets - to_others(fen) - fen, paid)
    fine = at_ends(lambda rest: min(fines, rest), room)
    return fine, at_ends(lambda rest: max(0, rest - fines), room)


def _to_the_claimant(case: Case, ids: list[str], crimes: list[tuple[int, Criminal]]) -> bool:
    """Tell whether a criminal court also ordered restitution to the claimant herself."""
    named = any(r.party in ids and r.victim == case.claimant for r in case.reparations)
    return named or any(c.restitution in TO_THE_CLAIMANT for _, c in crimes)


def _sought(outcome: Outcome, party: str) -> bool:
    """Tell whether a co-debtor has recourse against him: a civil debt too, so before the fine."""
    return any(
        claim.against == party for other in outcome.parties.values() for claim in other.recourse
    )


def _left_step(
    case: Case,
    outcome: Outcome,
    members: list[Party],
    own: Sequence[Purse[Fen]],
    amounts: tuple[FenRange, FenRange, FenRange | None],
) -> Trace:
    """Return the reasons for what is left: assets, other victims, this judgment, the fine."""
    others, fine, left = amounts
    id, ids = members[0].id, [m.id for m in members]
    first, paid = _assets_step(case, members, own), outcome.reason("paid", id)
    second = _others_step(case, members, own, others, paid)
    fines = tuple(
        Trace(
            "fine_ordered", c.fine_fen, "fen", source=f"case:criminal[{i}].fine_fen", party=c.party
        )
        for i, c in enumerate(case.criminal)
        if c.party in ids and c.fine_fen
    )
    below, cites = (first, second, paid), authority("assets", case, "order")
    third: Trace = Trace("fine", 0, "fen", source="case:criminal")
    if fines:
        third = Trace("fine", fine, "fen", "order.fine", (*below, *fines), cites=cites)
    return Trace("left_over", left, "fen", "order.left", (*below, third), party=id, cites=cites)


def _assets_step(case: Case, members: list[Party], own: Sequence[Purse[Fen]]) -> Trace:
    leaves = [
        Trace("assets", m.assets_fen, "fen", source=f"case:parties.{m.id}.assets_fen", party=m.id)
        for m in members
    ]
    if len(leaves) == 1:
        return leaves[0]
    cites = authority("assets", case, "minor")
    whole = sum(purse.assets for purse in own) if own else None
    return Trace("assets", whole, "fen", "assets.with-wards", tuple(leaves), cites=cites)


def _others_step(
    case: Case, members: list[Party], own: Sequence[Purse[Fen]], served: FenRange, paid: Trace
) -> Trace:
    """Write what goes to other victims: first, or what a judgment of equal rank leaves."""
    children = open_to_others_traces(case, [m.id for m in members], "others_ordered")
    if not children:
        return Trace("others_restitution", 0, "fen", source="case:criminal")
    first = sum(min(purse.assets, purse.beside) for purse in own)
    rule, rests = "order.others", (_assets_step(case, members, own), *children)
    if own and low_end(served) < first:
        rule, rests = "order.beside", (*rests, paid)
    cites = authority("assets", case, "order")
    return Trace("others_restitution", served, "fen", rule, rests, cites=cites)
