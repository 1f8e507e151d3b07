"""Bounds for amounts that open shares move against each other, where corners may miss an end.

They may be wider than what the facts allow, and never narrower: each follows from what a debtor
owes at least and at most whatever the others do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.interval import FenRange, Interval, added, high_end, hull, low_end
from simlib.liability.after_payment import heirs
from simlib.liability.records import AMOUNTS

if TYPE_CHECKING:
    from simlib.liability.by_piece import OfPiece
    from simlib.liability.records import Setting, Solution

Ends = tuple[int, int]


def outer_of_pieces(setting: Setting, solution: Solution) -> Solution:
    """Widen what many unknowns may move jointly in a loss that is cut into pieces.

    Each piece on its own, whatever earlier ones left of the assets, and the sums; where an unknown
    amount moves the cut, between nothing and all.
    """
    pieces = setting.pieces
    if pieces is None or not solution.pieces:
        return _anything(setting, solution)
    own, low = [], pieces.low(setting)
    for of, each in zip(low, solution.pieces, strict=True):
        own.append(each if of.setting is None else outer(of.setting, each, loose=True))
    sums = {name: list(getattr(solution, name)) for name in AMOUNTS}
    recourse = {kind: [list(row) for row in rows] for kind, rows in solution.recourse.items()}
    for i, form in enumerate(setting.forms):
        if form.outside:
            sums["paid"][i] = hull([0, high_end(sums["exposure"][i])])
            sums["short"][i] = hull([0, high_end(sums["burden"][i])])
            continue
        for name in AMOUNTS:
            sums[name][i] = added(getattr(each, name)[n] for each, n, _ in _places(own, low, i))
        for kind, rows in recourse.items():
            for j in range(len(rows)):
                rows[i][j] = added(
                    each.recourse[kind][n][others.index(j)]
                    for each, n, others in _places(own, low, i)
                    if j in others
                )
    joint = [None if any(each.joint[n] is None for each, n, _ in _places(own, low, i)) else flag
             for i, flag in enumerate(solution.joint)]  # fmt: skip
    top = high_end(solution.owed)
    received = hull([0, min(top, sum(high_end(p) for p in sums["paid"]))])
    return replace(
        solution.with_amounts(sums), recourse=recourse, received=received,
        owed=added(each.owed for each in own), joint=joint, exact=False, pieces=own,
    )  # fmt: skip


def _places(
    own: Sequence[Solution], low: Sequence[OfPiece], i: int
) -> Iterator[tuple[Solution, int, tuple[int, ...]]]:
    """Yield what each piece one answers for comes to, his place in it, and who is in it."""
    for each, of in zip(own, low, strict=True):
        members = of.piece.members
        if i in members:
            yield each, members.index(i), members


def _anything(setting: Setting, solution: Solution) -> Solution:
    """Return what holds whatever the cut: between nothing and all that is due, owed and there."""
    damages, claim, count = setting.claim.damages_fen, setting.claim.fen, len(setting.debtors)
    held = [i in setting.sharing for i in range(count)]

    def upto(most: int, values: Sequence[FenRange]) -> list[FenRange]:
        return [hull([0, most]) if h else v for h, v in zip(held, values, strict=True)]

    purses = [claim if d.assets is None else min(claim, d.assets) for d in setting.debtors]
    purses = [fen if d.sued else 0 for fen, d in zip(purses, setting.debtors, strict=True)]
    all_ = {name: upto(damages, getattr(solution, name)) for name in AMOUNTS}
    all_["exposure"] = upto(claim, solution.exposure)
    all_["paid"] = [hull([0, fen]) for fen in purses]
    each = [
        hull([0, damages]) if i != j and held[i] and held[j] else 0
        for i in range(count)
        for j in range(count)
    ]
    rows = [each[i * count : (i + 1) * count] for i in range(count)]
    return replace(
        solution.with_amounts(all_), recourse=dict.fromkeys(solution.recourse, rows),
        share=[Interval(0.0, 1.0) if h else s for h, s in zip(held, solution.share, strict=True)],
        received=hull([0, min(claim, sum(purses))]), owed=hull([0, claim]),
        joint=[None if h else j for h, j in zip(held, solution.joint, strict=True)], exact=False,
    )  # fmt: skip


def outer(setting: Setting, solution: Solution, loose: bool = False) -> Solution:
    """Widen what many unknowns may move jointly until no value can lie outside.

    1. where shares turn one kind of debt into another, or move the claim: what each owes and pays
    2. what each finally bears once lost shares are re-spread
    3. what each is short of it, recourse, and what the claimant receives

    Parameters
    ----------
    loose
        whether assets may be less than they are, so that anybody may pay nothing
    """
    solution = replace(solution, before=_before(setting, solution))
    if loose or _stepping(setting, solution):
        solution = _stepped(setting, solution)
    solution = replace(solution, outer=_outer(setting, solution))
    solution = replace(solution, burden=_burdens(setting, solution))
    solution = replace(solution, carried=_carried(solution))
    least = [low_end(p) + low_end(b) for p, b in zip(solution.paid, solution.before, strict=True)]
    most = [high_end(p) + high_end(b) for p, b in zip(solution.paid, solution.before, strict=True)]
    low, high = (sum(end(p) for p in solution.paid) for end in (low_end, high_end))
    top = high_end(solution.owed)
    received = hull([min(top, low), min(top, high)])
    met = high >= low_end(solution.owed)  # and then nobody may claim anything of some
    short = [
        hull([0 if met else max(0, low_end(b) - high), max(0, high_end(b) - low)])
        for b, low, high in zip(solution.burden, least, most, strict=True)
    ]
    claims = {
        kind: [[hull([0, fen]) for fen in row] for row in rows]
        for kind, rows in _claims(setting, solution, least, most).items()
    }
    return replace(solution, short=short, recourse=claims, received=received, exact=False)


def _outer(setting: Setting, solution: Solution) -> list[FenRange]:
    """Return what each could be held to: as searched, or, where shares step, up to all damages."""
    if not _stepping(setting, solution):
        return list(solution.outer)
    damages = setting.claim.damages_fen
    return [o if not high_end(o) else hull([0, damages]) for o in solution.outer]


def _claims(
    setting: Setting, solution: Solution, least: list[int], most: list[int]
) -> dict[str, list[list[int]]]:
    """Return the most each may recover of each other, by kind."""
    over = [max(0, m - low_end(c)) for m, c in zip(most, solution.carried, strict=True)]
    short = [max(0, high_end(c) - x) for x, c in zip(least, solution.carried, strict=True)]
    gaps = [
        max(0, high_end(c) - low_end(b))
        for c, b in zip(solution.carried, solution.burden, strict=True)
    ]
    lacks = [
        max(0, high_end(b) - low_end(c))
        for c, b in zip(solution.carried, solution.burden, strict=True)
    ]
    count = len(over)
    group = [i in setting.sharing and not setting.forms[i].second_line for i in range(count)]
    heads = [d.principal for d in setting.debtors]
    barred = setting.rules["principal_recourse"] == "none"

    def rows(mine: list[int], theirs: list[int]) -> list[list[int]]:
        return [
            [
                min(mine[i], theirs[j])
                if i != j and group[i] and group[j] and not (barred and heads[i] and not heads[j])
                else 0
                for j in range(count)
            ]
            for i in range(count)
        ]

    second = [i in setting.sharing and setting.forms[i].second_line for i in range(count)]
    return {
        "share": rows(over, short),
        "insolvent": rows(gaps, lacks),
        "whole": [
            [most[i] if second[i] and heads[j] and j in setting.sharing else 0
             for j in range(count)]
            for i in range(count)
        ],
    }  # fmt: skip


def _carried(solution: Solution) -> list[FenRange]:
    """Return what each carries: his burden, or, if jointly liable, up to his outer limit."""
    return [
        b if joint is False else hull([0, max(high_end(b), high_end(o))])
        for b, joint, o in zip(solution.burden, solution.joint, solution.outer, strict=True)
    ]


def _open(solution: Solution) -> bool:
    return any(isinstance(u, Interval) for u in solution.units)


def _before(setting: Setting, solution: Solution) -> list[FenRange]:
    """What each paid before; the odd fen of an unknown payment may fall on either principal."""
    if not (_open(solution) and len(setting.heads) > 1 and setting.unknown_before):
        return list(solution.before)
    return [
        hull([max(0, low_end(b) - 1), high_end(b) + 1]) if d.principal else b
        for d, b in zip(setting.debtors, solution.before, strict=True)
    ]


def _stepping(setting: Setting, solution: Solution) -> bool:
    """Whether moving shares may turn joint debts into several ones, or move what is still owed."""
    steps = any(form.steps for form in setting.forms)
    nested = setting.rules["caps"] == "nested" and any(form.capped for form in setting.forms)
    credited = setting.unknown_before and len(setting.heads) > 1
    released = any(d.released for d in setting.debtors)
    return _open(solution) and bool(steps or nested or credited or released)


def _stepped(setting: Setting, solution: Solution) -> Solution:
    """Return what each owes, and pays: between nothing and all he owes and has."""
    owed = _owed(setting, solution)
    solution = replace(solution, owed=hull(list(owed)), joint=_joint(setting, solution))
    ends = [_exposure(setting, solution, i) for i in range(len(solution.part))]
    exposure = [hull(list(e)) for e in ends]
    paid = [
        hull([0, high if d.assets is None else min(high, d.assets)]) if d.sued else 0
        for d, (_, high) in zip(setting.debtors, ends, strict=True)
    ]
    return replace(solution, exposure=exposure, paid=paid)


def _owed(setting: Setting, solution: Solution) -> Ends:
    """Return the claim less released parts, these as small and as large as they can be."""
    given = [0, 0]
    for i in setting.given_up:
        part, before = solution.due[i], solution.before[i]
        given[0] += max(0, low_end(part) - high_end(before))
        given[1] += max(0, high_end(part) - low_end(before))
    claim = setting.claim.fen
    return max(0, claim - given[1]), max(0, claim - given[0])


def _joint(setting: Setting, solution: Solution) -> list[bool | None]:
    """Return who is jointly liable while open shares move; None where that is open."""
    return [form.jointly_open(setting, solution, i) for i, form in enumerate(setting.forms)]


def _exposure(setting: Setting, solution: Solution, i: int) -> Ends:
    """Return what a debtor owes at least and at most."""
    debtor = setting.debtors[i]
    if debtor.released:
        return 0, 0
    low, high = setting.forms[i].bounds(setting, solution, i)
    low, high = min(low, low_end(solution.owed)), min(high, high_end(solution.owed))
    if debtor.own_part is not None:
        low = min(low, debtor.own_part - high_end(solution.before[i]))
        high = min(high, debtor.own_part - low_end(solution.before[i]))
    return max(0, low), max(0, high)


def _burdens(setting: Setting, solution: Solution) -> list[FenRange]:
    """What each bears: his part up to his outer limit, a principal with all that others may cut."""
    if not _open(solution):
        return list(solution.burden)
    heads, own = heirs(setting), []
    for i, (part, outer) in enumerate(zip(solution.due, solution.outer, strict=True)):
        if setting.debtors[i].released or setting.forms[i].outside:
            own.append(solution.burden[i])
            continue
        low = min(low_end(part), low_end(outer))
        own.append(hull([low, min(high_end(part), high_end(outer))]))
    burdens = [0 if f.second_line else b for f, b in zip(setting.forms, own, strict=True)]
    kept = [solution.due[i] if i in setting.given_up else b for i, b in enumerate(burdens)]
    cut = sum(max(0, high_end(solution.part[i]) - low_end(kept[i])) for i in setting.sharing)
    return [
        hull([low_end(b), min(high_end(solution.outer[i]), high_end(b) + cut)]) if i in heads else b
        for i, b in enumerate(burdens)
    ]
