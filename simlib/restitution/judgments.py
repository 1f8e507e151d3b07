"""All victims' judgments at one point of the unknown facts, collected from the same assets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import high_end
from simlib.liability.model import Solution
from simlib.liability.solve import Round, asked, begin, owed_now, settle, start
from simlib.restitution.bounds import still_ordered, within
from simlib.restitution.sharing import Divisions, divided, share_with_rooms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.interval import Number
    from simlib.liability.model import Setting
    from simlib.liability.solve import WholePoint
    from simlib.money import Fen
    from simlib.restitution.orders import Served


def judge(
    settings: dict[str, Setting], alone: dict[str, Solution], beside: Served | None = None
) -> tuple[dict[str, Solution], Divisions | None]:
    """Solve every victim's suit, the debtors' assets shared; intervals where facts are open.

    Parameters
    ----------
    alone
        victim → what his suit comes to without the others
    beside
        orders of equal rank: what is still open of a victim's had its part of the assets already,
        so that his judgment has a title only for what it gives beyond

    Returns
    -------
    solutions, divisions
        victim → solution; debtor → how his assets were divided, for those whose assets do not
        suffice (None where facts are open, and the division with them)
    """
    if len(settings) == 1 or not _scarce(settings, alone):
        return alone, {}
    if not any(s.box.axes for s in settings.values()):
        return at_point(settings, {v: [] for v in settings}, beside)
    return within(settings, alone, beside), None


def _scarce(settings: dict[str, Setting], alone: dict[str, Solution]) -> bool:
    """Tell whether some debtor's assets may not suffice for all that is asked of him."""
    titles: dict[str, Fen] = {}
    purses: dict[str, Fen] = {}
    for v, setting in settings.items():
        for i, debtor in enumerate(setting.debtors):
            if debtor.sued:
                titles[debtor.id] = titles.get(debtor.id, 0) + _most(setting, alone[v], i)
                if debtor.assets is not None:
                    purses[debtor.id] = debtor.assets
    return any(titles[d] > purse for d, purse in purses.items())


def _most(setting: Setting, solution: Solution, i: int) -> int:
    """Return the most a debtor can be asked for; who answers last answers for what others leave."""
    return high_end(solution.owed if setting.forms[i].leftover else solution.exposure[i])


def at_point(
    settings: dict[str, Setting],
    point: Mapping[str, Sequence[Number]],
    beside: Served | None = None,
) -> tuple[dict[str, Solution], Divisions]:
    """Return the amounts of all suits at one point, round by round as in each alone.

    1. in each round what every victim can ask of whom
    2. every debtor's assets shared among these titles (`share_with_rooms`)
    3. burdens, what each is short of his, and recourse, suit by suit
    """
    heres = {v: start(s, point[v]) for v, s in settings.items()}
    purses = _purses(settings)
    divisions: Divisions = {}
    for rank in sorted({rank for s in settings.values() for rank in s.rounds}):
        groups = {v: h.setting.rounds.get(rank, []) for v, h in heres.items()}
        for v, here in heres.items():
            begin(here, groups[v])
        _round(heres, groups, purses, divisions, beside)
    return {v: settle(h) for v, h in heres.items()}, divisions


def _purses(settings: dict[str, Setting]) -> dict[str, int | None]:
    return {d.id: d.assets for s in settings.values() for d in s.debtors}


def _round(
    heres: dict[str, WholePoint],
    groups: dict[str, list[int]],
    purses: dict[str, int | None],
    divisions: Divisions,
    beside: Served | None,
) -> None:
    """One round: everybody who pays in it pays all victims; fills `paid`, lowers the purses."""
    ids = list(dict.fromkeys(heres[v].setting.debtors[i].id for v in heres for i in groups[v]))
    places = {v: {heres[v].setting.debtors[i].id: i for i in groups[v]} for v in heres}
    names = list(heres)

    def title(v: str, debtor: str) -> int:
        i = places[v].get(debtor)
        if i is None or not heres[v].setting.debtors[i].sued:
            return 0
        owed = owed_now(heres[v], i)
        return max(0, owed - still_ordered(beside, v, heres[v].setting.debtors[i]))

    def draws(c: int, rooms: dict[int, int]) -> list[int]:
        v = names[c]
        limits = {places[v][ids[k]]: room for k, room in rooms.items() if ids[k] in places[v]}
        round_ = asked(heres[v], groups[v], limits)
        amounts = dict(zip(round_.sued, round_.amounts, strict=True))
        return [amounts.get(places[v].get(d, -1), 0) for d in ids]

    titles = [[title(v, d) for d in ids] for v in names]
    own = [purses[d] for d in ids]
    taken, rooms = share_with_rooms(own, titles, draws)
    divisions |= divided(ids, names, own, titles, taken, rooms, draws)
    for c, v in enumerate(names):
        by_id = dict(zip(ids, taken[c], strict=True))
        debtors = heres[v].setting.debtors
        paid = {i: by_id[debtors[i].id] for i in groups[v]}
        heres[v].rounds.append(Round.of(heres[v], paid))
    for k, (d, purse) in enumerate(zip(ids, own, strict=True)):
        if purse is not None:
            purses[d] = purse - sum(row[k] for row in taken)
