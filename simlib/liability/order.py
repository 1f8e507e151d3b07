"""In which order one party's assets are used: other victims, this judgment, then the fine.

刑事裁判涉财产部分执行规定13 ranks medical expenses for personal injury, restitution to victims,
other civil debts, fines, confiscation; a civil judgment on a property loss is of the third rank.
A fine is no part of the damages and lessens nothing: it is served from what is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.interval import FenRange, high_end, hull, low_end
from simlib.liability.facts import available
from simlib.liability.titles import served_first, served_first_traces
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case, Criminal, Party
    from simlib.liability.outcome import Outcome
    from simlib.money import Fen

NOT_ANSWERING = ("not_liable", "answered_for")
ORDER_CITES = ("property-enforcement-rules:13(1)", "civil-code:187", "criminal-law:36(2)")
TO_THE_CLAIMANT = ("own-gain", "full")


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
        add up to the assets. `left_fen` is None where these are unlimited
    others_open_fen, fine_open_fen
        what stays unpaid of restitution and of the fine
    notes
        what a reader must know, as keys of `texts/*/order.toml` (`note`): `restitution_short`,
        `fine_short`, `recourse_before_fine`, `own_restitution`
    trace
        the reasons for `left_fen`
    """

    party: str
    assets_fen: int | None
    others_fen: int
    judgment_fen: FenRange
    fine_fen: FenRange
    left_fen: FenRange | None
    others_open_fen: int
    fine_open_fen: FenRange
    notes: tuple[str, ...]
    trace: Trace


def waterfall(case: Case, outcome: Outcome) -> tuple[Waterfall, ...]:
    """Return the order of assets for each sued party who answers in an outcome, in file order.

    1. restitution to other victims that is still open
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
    assets, others = _assets(members), _others(case, members)
    paid = outcome.parties[party.id].paid_fen
    fines = sum(c.fine_fen or 0 for _, c in crimes)
    fine, left = _last(assets, others, paid, fines, party.id)
    open_fine = _each(lambda served: fines - served, fine)
    open_others = served_first(case, ids) - others
    notes = {
        "restitution_short": open_others,
        "fine_short": high_end(open_fine),
        "recourse_before_fine": high_end(fine) and _sought(outcome, party.id),
        "own_restitution": _to_the_claimant(case, ids, crimes),
    }
    return Waterfall(
        party=party.id,
        assets_fen=assets,
        others_fen=others,
        judgment_fen=paid,
        fine_fen=fine,
        left_fen=left,
        others_open_fen=open_others,
        fine_open_fen=open_fine,
        notes=tuple(key for key, holds in notes.items() if holds),
        trace=_left_step(case, outcome, members, (assets, others, fine, left)),
    )


def _last(
    assets: Fen | None, others: Fen, paid: FenRange, fines: Fen, party: str
) -> tuple[FenRange, FenRange | None]:
    """What goes to the fine, only of what others and this judgment leave, and what is left."""
    if assets is None:
        return fines, None
    room = assets - others
    if high_end(paid) > room:
        raise ValueError(f"{party} pays more than he has: the outcome is of another case")
    fine = _each(lambda p: min(fines, room - p), paid)
    return fine, _each(lambda p: max(0, room - p - fines), paid)


def _to_the_claimant(case: Case, ids: list[str], crimes: list[tuple[int, Criminal]]) -> bool:
    """Tell whether a criminal court also ordered restitution to the claimant herself."""
    named = any(r.party in ids and r.victim == case.claimant for r in case.reparations)
    return named or any(c.restitution in TO_THE_CLAIMANT for _, c in crimes)


def _sought(outcome: Outcome, party: str) -> bool:
    """Tell whether a co-debtor has recourse against him: a civil debt too, so before the fine."""
    return any(
        claim.against == party for other in outcome.parties.values() for claim in other.recourse
    )


def _assets(members: list[Party]) -> Fen | None:
    """Return what they have together; None is unlimited."""
    known = [m.assets_fen for m in members if m.assets_fen is not None]
    return sum(known) if len(known) == len(members) else None


def _others(case: Case, members: list[Party]) -> Fen:
    """What goes to other victims: each member's restitution, as far as his own assets reach."""
    served = 0
    for member in members:
        room, assets = available(case, member), member.assets_fen
        whole = served_first(case, (member.id,))
        served += whole if room is None or assets is None else assets - room
    return served


def _left_step(
    case: Case,
    outcome: Outcome,
    members: list[Party],
    amounts: tuple[Fen | None, Fen, FenRange, FenRange | None],
) -> Trace:
    """Return the reasons for what is left: assets, other victims, this judgment, the fine."""
    assets, others, fine, left = amounts
    id, ids = members[0].id, [m.id for m in members]
    first, paid = _assets_step(members, assets), outcome.reason("paid", id)
    second = _others_step(case, members, assets, others)
    fines = tuple(
        Trace(
            "fine_ordered", c.fine_fen, "fen", source=f"case:criminal[{i}].fine_fen", party=c.party
        )
        for i, c in enumerate(case.criminal)
        if c.party in ids and c.fine_fen
    )
    below = (first, second, paid)
    third: Trace = Trace("fine", 0, "fen", source="case:criminal")
    if fines:
        third = Trace("fine", fine, "fen", "order.fine", (*below, *fines), cites=ORDER_CITES)
    return Trace(
        "left_over", left, "fen", "order.left", (*below, third), party=id, cites=ORDER_CITES
    )


def _assets_step(members: list[Party], whole: Fen | None) -> Trace:
    leaves = [
        Trace("assets", m.assets_fen, "fen", source=f"case:parties.{m.id}.assets_fen", party=m.id)
        for m in members
    ]
    if len(leaves) == 1:
        return leaves[0]
    cites = ("civil-code:1188(2)",)
    return Trace("assets", whole, "fen", "assets.with-wards", tuple(leaves), cites=cites)


def _others_step(case: Case, members: list[Party], assets: Fen | None, served: Fen) -> Trace:
    children = served_first_traces(case, [m.id for m in members], "others_ordered")
    if not children:
        return Trace("others_restitution", 0, "fen", source="case:criminal")
    steps = (_assets_step(members, assets), *children)
    return Trace("others_restitution", served, "fen", "order.others", steps, cites=ORDER_CITES)


def _each(formula: Callable[[Fen], Fen], amount: FenRange) -> FenRange:
    """Return a monotone formula of an amount that may be an interval."""
    return hull([formula(low_end(amount)), formula(high_end(amount))])
