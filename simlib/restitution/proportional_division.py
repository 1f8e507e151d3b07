"""Several creditors on the same purses: each purse in proportion, and unused room flows on.

Every limited purse is divided among its titles in proportion to them; where a creditor draws less
than his part, because others pay him too, the rest is divided again among those who want more. That
changes what these draw from other purses, and so on, until nothing changes.

It ends, and the order does not matter. Call *room* what a purse leaves to one title. All rooms are
reckoned anew at once from all draws, so there is no order. They start at the lowest a purse can
come to: divided as if everybody drew all he could. A larger room in one purse lets its creditor
draw less from every other one; smaller draws leave larger rooms. So rooms only ever grow, by whole
fen, and none beyond its purse: after finitely many rounds nothing changes. The rooms reached are
the least ones that fit, whatever the order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simlib.money import Fen, pay_together

Row = list[int]  # one number a purse
Draws = Callable[[int, dict[int, int]], Row]
Rooms = list[dict[int, int]]  # [creditor] {purse: the most he gets there}
MOST_ROUNDS = 1_000  # what is left then is a matter of fen, and is given out below


def share_out(purses: Sequence[int | None], titles: Sequence[Row], draws: Draws) -> list[Row]:
    """Return what each creditor gets out of each purse.

    Parameters
    ----------
    purses
        what there is; None is without limit [fen]
    titles
        `[creditor][purse]`: what he may ask of it [fen]
    draws
        (creditor, {purse: the most he gets there}) → what he takes from each purse [fen]; a larger
        room in one purse must not make him take more from another

    Returns
    -------
    list of list of int
        `[creditor][purse]` [fen]; no purse gives more than it holds
    """
    return share_with_rooms(purses, titles, draws)[0]


def share_with_rooms(
    purses: Sequence[int | None], titles: Sequence[Row], draws: Draws
) -> tuple[list[Row], Rooms]:
    """Return what `share_out` does, and the rooms it came to [fen]."""
    scarce = _scarce(purses, titles)
    everybody = range(len(titles))
    rooms = [dict.fromkeys(scarce, 0) for _ in everybody]
    for k, purse in scarce.items():
        for c, part in zip(everybody, _divide(purse, titles, k), strict=True):
            rooms[c][k] = part
    allotted = rooms
    for _ in range(MOST_ROUNDS):
        allotted, after = _again(titles, draws, rooms, scarce)
        if after == rooms:
            break
        rooms = after
    taken = [draws(c, rooms[c]) for c in everybody]
    if _fits(purses, taken):
        return taken, rooms
    return _whole_fen(purses, titles, draws, allotted, scarce)


def _scarce(purses: Sequence[Fen | None], titles: Sequence[Row]) -> dict[int, Fen]:
    """The purses that do not suffice for what may be asked of them: place → what there is."""
    return {
        k: purse
        for k, purse in enumerate(purses)
        if purse is not None and sum(t[k] for t in titles) > purse
    }


def _divide(purse: int, titles: Sequence[Row], k: int, wanted: Row | None = None) -> Row:
    """Return a purse in proportion to its titles, nobody above what he wants."""
    own = [t[k] for t in titles]
    return pay_together(purse, wanted or own, own)


def _again(
    titles: Sequence[Row], draws: Draws, rooms: Rooms, scarce: dict[int, Fen]
) -> tuple[Rooms, Rooms]:
    """Return one round: what each purse allots now, and the rooms it leaves."""
    allotted: Rooms = [{} for _ in titles]
    after = [dict(own) for own in rooms]
    for k, purse in scarce.items():
        wanted = [
            draws(c, {j: r for j, r in own.items() if j != k} | {k: purse})[k]
            for c, own in enumerate(rooms)
        ]
        for c, part in enumerate(_divide(purse, titles, k, wanted)):
            allotted[c][k] = part
            if part == wanted[c]:
                part = purse  # he gets all he would take: only the purse is his limit
            after[c][k] = max(after[c][k], part)
    return allotted, after


def _fits(purses: Sequence[int | None], taken: list[Row]) -> bool:
    sums = [sum(column) for column in zip(*taken, strict=True)]
    return all(p is None or s <= p for p, s in zip(purses, sums, strict=True))


def _whole_fen(
    purses: Sequence[int | None],
    titles: Sequence[Row],
    draws: Draws,
    allotted: Rooms,
    scarce: dict[int, Fen],
) -> tuple[list[Row], Rooms]:
    """Where rounding would overdraw a purse: hold everybody to what it allots him, to the fen.

    What a purse then still holds goes to who takes it; each pass gives out at least one fen more.
    """
    limits = [dict(own) for own in allotted]
    taken = [draws(c, own) for c, own in enumerate(limits)]
    while True:
        trial = [dict(own) for own in limits]
        for k, purse in scarce.items():
            left = purse - sum(row[k] for row in taken)
            wanted = [
                draws(c, own | {k: taken[c][k] + left})[k] - taken[c][k]
                for c, own in enumerate(limits)
            ]
            more = _divide(max(0, left), titles, k, [max(0, w) for w in wanted])
            for c, part in enumerate(more):
                trial[c][k] = taken[c][k] + part
        better = [draws(c, own) for c, own in enumerate(trial)]
        if not _fits(purses, better) or _total(better) <= _total(taken):
            return taken, limits
        limits, taken = trial, better


def _total(rows: list[Row]) -> int:
    return sum(map(sum, rows))


@dataclass(frozen=True, slots=True)
class Division:
    """How a purse that does not suffice is divided, by creditor [fen].

    Attributes
    ----------
    purse
        what there is
    titles, taken, wanted
        creditor → what he may ask, what he gets, and what he would take if the others left it
    """

    purse: int
    titles: dict[str, int]
    taken: dict[str, int]
    wanted: dict[str, int]

    def short(self, creditor: str) -> bool:
        """Tell whether the others leave him less than he would take."""
        return self.wanted[creditor] > self.taken[creditor]


Divisions = dict[str, Division]


def divided(
    ids: Sequence[str],
    names: Sequence[str],
    purses: Sequence[int | None],
    titles: Sequence[Row],
    taken: Sequence[Row],
    rooms: Rooms,
    draws: Draws,
) -> Divisions:
    """How `share_with_rooms` divided each purse that does not suffice; `ids` of purses, `names` of
    who.
    """
    scarce, divisions = _scarce(purses, titles), {}
    for k, purse in scarce.items():
        wanted = [
            draws(c, {j: room for j, room in own.items() if j != k} | {k: purse})[k]
            for c, own in enumerate(rooms)
        ]
        columns = ([row[k] for row in rows] for rows in (titles, taken))
        by_name = [dict(zip(names, column, strict=True)) for column in (*columns, wanted)]
        divisions[ids[k]] = Division(purse, *by_name)
    return divisions
