"""Bounds for several suits on the same assets where facts are open: no value can lie outside.

What a purse leaves to one victim depends on what all the others draw, at every point of the open
facts; corners of these do not hold the ends. But a debtor pays a victim the more, the larger the
room in his own purse and the smaller those in others' purses, and a victim gets the more, the
larger all of them. A room is never larger than the purse, and never smaller than the part that
falls to the victim where everybody draws all he could. Between these two every amount lies.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.interval import high_end, hull, low_end
from simlib.liability.assets import answering_with
from simlib.liability.bounds import outer
from simlib.liability.model import Means
from simlib.liability.unknowns import solve

if TYPE_CHECKING:
    from simlib.liability.model import Debtor, Setting, Solution
    from simlib.restitution.orders import Served

Rooms = dict[int, int]


def within(
    settings: dict[str, Setting], alone: dict[str, Solution], beside: Served | None = None
) -> dict[str, Solution]:
    """Return every victim's amounts as intervals that hold all that sharing the assets may give.

    Parameters
    ----------
    alone
        victim → his suit solved as if there were no other
    beside
        orders of equal rank: see `still_ordered`
    """
    most = {v: _most(s, alone[v]) for v, s in settings.items()}
    solutions = {}
    for v, setting in settings.items():
        least = _least_rooms(v, settings, alone, most, beside)
        solutions[v] = _widened(setting, alone[v], most[v], least)
    return solutions


def _most(setting: Setting, solution: Solution) -> list[int]:
    """Return the most each debtor can be asked for and can pay at all."""
    tops = []
    for i, (form, debtor) in enumerate(zip(setting.forms, setting.debtors, strict=True)):
        open_ = form.leftover or _spreads(setting)
        top = high_end(solution.owed if open_ else solution.exposure[i])
        tops.append(top if debtor.sued and not debtor.released else 0)
    return tops


def _spreads(setting: Setting) -> bool:
    """Tell whether assets shape what is owed, so that only the widest ends are sure."""
    return any(form.spreads for form in setting.forms)


def _least_rooms(
    victim: str,
    settings: dict[str, Setting],
    alone: dict[str, Solution],
    most: dict[str, list[int]],
    beside: Served | None,
) -> Rooms:
    """Return what is left to a victim at least of each purse that may not suffice."""
    setting = settings[victim]
    titles: dict[str, int] = {}
    for v, s in settings.items():
        for debtor, top in zip(s.debtors, most[v], strict=True):
            titles[debtor.id] = titles.get(debtor.id, 0) + top
    rooms = {}
    for i, debtor in enumerate(setting.debtors):
        if debtor.assets is None or titles[debtor.id] <= debtor.assets:
            continue
        own, others = _sure(setting, alone[victim], i), titles[debtor.id] - most[victim][i]
        own = max(0, own - still_ordered(beside, victim, debtor))
        rooms[i] = max(0, debtor.assets * own // (own + others) - 1) if own + others else 0
    return rooms


def still_ordered(beside: Served | None, victim: str, debtor: Debtor) -> int:
    """Return what is still open of a victim's orders of equal rank against a debtor [fen].

    It had its part of the assets, so that a judgment for the same loss has no title for it.
    """
    if beside is None:
        return 0
    members = answering_with(debtor.party, debtor.payer)
    return sum(beside.rest(victim, p.id) for p in members)


def _sure(setting: Setting, solution: Solution, i: int) -> int:
    """Return the least a debtor can be asked for."""
    form = setting.forms[i]
    turned = form.capped and setting.rules["partial_payment"] != "outer"
    return 0 if turned or form.leftover else low_end(solution.exposure[i])


def _widened(setting: Setting, alone: Solution, most: list[int], least: Rooms) -> Solution:
    sure = not _spreads(setting)
    ends = _paid(setting, alone, most, least) if sure else [(0, top) for top in most]
    exposure = [
        hull([0 if form.leftover else low_end(e), max(high_end(e), top)])
        for form, e, top in zip(setting.forms, alone.exposure, most, strict=True)
    ]
    paid = [hull([low, high]) for low, high in ends]
    solution = outer(setting, replace(alone, exposure=exposure, paid=paid))
    low = low_end(solution.received)
    if sure and least:
        low = max(low, low_end(_solved(setting, least).received) - len(most))
    high = min(high_end(solution.received), high_end(alone.received) + len(most))
    high = min(high, high_end(alone.owed))
    return replace(solution, received=hull([min(low, high), high]))


def _paid(
    setting: Setting, alone: Solution, most: list[int], least: Rooms
) -> list[tuple[int, int]]:
    """The ends of what each pays: his own room largest and the others' least, and turned round."""
    slack, everybody = len(most), range(len(most))  # odd fen fall now here, now there
    crowded = _solved(setting, least)
    ends = []
    for i in everybody:
        low, high = alone.paid[i], crowded.paid[i]
        if i in least:
            low = _solved(setting, {i: least[i]}).paid[i]
            high = _solved(setting, {j: room for j, room in least.items() if j != i}).paid[i]
        purse = setting.debtors[i].assets
        top = most[i] if purse is None else min(most[i], purse)
        ends.append((max(0, min(top, low_end(low) - slack)), min(top, high_end(high) + slack)))
    return ends


def _solved(setting: Setting, rooms: Rooms) -> Solution:
    """Return the suit with no more than these rooms in some purses."""
    debtors = [
        replace(d, means=Means(rooms[i])) if i in rooms else d
        for i, d in enumerate(setting.debtors)
    ]
    return solve(replace(setting, debtors=debtors))
