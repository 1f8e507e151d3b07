"""All victims' judgments, collected from the same assets: at one point, and where facts are open.

What a purse leaves to one victim depends on what all the others draw, at every point of the open
facts; corners of these do not hold the ends. But a debtor pays a victim the more, the larger the
room in his own purse and the smaller those in others' purses, and a victim gets the more, the
larger all of them. A room is never larger than the purse, and never smaller than the part that
falls to the victim where everybody draws all he could. Between these two every amount lies, and no
value can lie outside.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.interval import high_end, hull, low_end
from simlib.liability.assets import answering_with
from simlib.liability.bounds import outer, outer_of_pieces
from simlib.liability.records import Means, Solution
from simlib.liability.solve import Round, asked, begin, settle, start
from simlib.liability.unknowns import solve
from simlib.restitution.proportional_division import Divisions, divided, share_with_rooms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.interval import Number
    from simlib.liability.records import Debtor, Setting
    from simlib.money import Fen
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
    most = {v: _most_drawn(s, alone[v]) for v, s in settings.items()}
    solutions = {}
    for v, setting in settings.items():
        least = _least_rooms(v, settings, alone, most, beside)
        solutions[v] = _widened(setting, alone[v], most[v], least)
    return solutions


def _most_drawn(setting: Setting, solution: Solution) -> list[int]:
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
    widen = outer if setting.pieces is None else outer_of_pieces
    ends = _paid(setting, alone, most, least) if sure else [(0, top) for top in most]
    exposure = [
        hull([0 if form.leftover else low_end(e), max(high_end(e), top)])
        for form, e, top in zip(setting.forms, alone.exposure, most, strict=True)
    ]
    paid = [hull([low, high]) for low, high in ends]
    solution = replace(widen(setting, replace(alone, exposure=exposure, paid=paid)), paid=paid)
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
    suits = {v: (_InPieces if s.pieces else _AsOne)(s, point[v]) for v, s in settings.items()}
    purses = _purses(settings)
    divisions: Divisions = {}
    for rank in sorted({rank for s in settings.values() for rank in s.rounds}):
        groups = {v: s.rounds.get(rank, []) for v, s in settings.items()}
        for v, suit in suits.items():
            suit.begin(groups[v])
        _round(suits, groups, purses, divisions, beside)
    return {v: suit.settle() for v, suit in suits.items()}, divisions


class _AsOne:
    """One victim's suit at one point, decided as one piece, round by round."""

    def __init__(self, setting: Setting, point: Sequence[Number]) -> None:
        self.setting, self.here = setting, start(setting, point)

    def begin(self, group: Sequence[int]) -> None:
        """Begin a round: what each owes in it."""
        begin(self.here, group)

    def owes(self, i: int) -> Fen:
        """Return what a debtor owes in this round [fen]."""
        return self.here.owes[i]

    def draws(self, group: Sequence[int], rooms: Rooms) -> dict[int, Fen]:
        """Return what each who is sued pays if there is no more room in some purses [fen]."""
        round_ = asked(self.here, group, rooms)
        return dict(zip(round_.sued, round_.amounts, strict=True))

    def pay(self, paid: dict[int, Fen]) -> None:
        """End the round."""
        self.here.rounds.append(Round.of(self.here, paid))

    def settle(self) -> Solution:
        """Return the solution."""
        return settle(self.here)


class _InPieces:
    """One victim's suit over a loss that is cut into pieces, at one point.

    In every round all pieces are decided, in their order, on the rooms there are; what those of
    earlier rounds pay is settled.
    """

    def __init__(self, setting: Setting, point: Sequence[Number]) -> None:
        self.setting, self.point = setting, point
        self.rooms: Rooms = {}
        self._known: dict[tuple[tuple[int, Fen], ...], Solution] = {}

    def begin(self, group: Sequence[int]) -> None:
        """Begin a round."""

    def owes(self, i: int) -> Fen:
        """Return what a debtor owes in all pieces [fen]."""
        return low_end(self._at(self.rooms).exposure[i])

    def draws(self, group: Sequence[int], rooms: Rooms) -> dict[int, Fen]:
        """Return what each pays if there is no more room in some purses [fen]."""
        paid = self._at({**self.rooms, **rooms}).paid
        return {i: low_end(paid[i]) for i in group}

    def pay(self, paid: dict[int, Fen]) -> None:
        """End the round: from now on each has what he pays, and no more."""
        self.rooms |= paid

    def settle(self) -> Solution:
        """Return the solution."""
        return self._at(self.rooms)

    def _at(self, rooms: Rooms) -> Solution:
        key = tuple(sorted(rooms.items()))
        if key not in self._known:
            assert self.setting.pieces is not None  # or it is a suit as one
            self._known[key] = self.setting.pieces.evaluate(self.setting, self.point, rooms)
        return self._known[key]


def _purses(settings: dict[str, Setting]) -> dict[str, int | None]:
    return {d.id: d.assets for s in settings.values() for d in s.debtors}


def _round(
    suits: dict[str, _AsOne | _InPieces],
    groups: dict[str, list[int]],
    purses: dict[str, int | None],
    divisions: Divisions,
    beside: Served | None,
) -> None:
    """One round: everybody who pays in it pays all victims; fills `paid`, lowers the purses."""
    ids = list(dict.fromkeys(suits[v].setting.debtors[i].id for v in suits for i in groups[v]))
    places = {v: {suits[v].setting.debtors[i].id: i for i in groups[v]} for v in suits}
    names = list(suits)

    def title(v: str, debtor: str) -> int:
        i = places[v].get(debtor)
        if i is None or not suits[v].setting.debtors[i].sued:
            return 0
        owed = suits[v].owes(i)
        return max(0, owed - still_ordered(beside, v, suits[v].setting.debtors[i]))

    def draws(c: int, rooms: dict[int, int]) -> list[int]:
        v = names[c]
        limits = {places[v][ids[k]]: room for k, room in rooms.items() if ids[k] in places[v]}
        amounts = suits[v].draws(groups[v], limits)
        return [amounts.get(places[v].get(d, -1), 0) for d in ids]

    titles = [[title(v, d) for d in ids] for v in names]
    own = [purses[d] for d in ids]
    taken, rooms = share_with_rooms(own, titles, draws)
    divisions |= divided(ids, names, own, titles, taken, rooms, draws)
    for c, v in enumerate(names):
        by_id = dict(zip(ids, taken[c], strict=True))
        debtors = suits[v].setting.debtors
        suits[v].pay({i: by_id[debtors[i].id] for i in groups[v]})
    for k, (d, purse) in enumerate(zip(ids, own, strict=True)):
        if purse is not None:
            purses[d] = purse - sum(row[k] for row in taken)
