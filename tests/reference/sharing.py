"""Several creditors on the same purses, reckoned slowly: levels found by halving, in any order.

Written from the definition and not from the engine. Every creditor draws from each purse the least
of: his share times a level that meets his claim, his title, his room. Every purse leaves to each
title the same fraction of it; who draws less leaves the rest to the others. Numbers are not
rounded, so that the engine may differ by fen.
"""

from __future__ import annotations

from random import Random

NO_LIMIT = float("inf")


def shared(
    purses: list[float | None],
    titles: list[list[float]],
    claims: list[float],
    shares: list[list[float]],
    seed: int = 0,
) -> list[list[float]]:
    """What each creditor gets out of each purse: `[creditor][purse]`."""
    return levelled(
        purses, titles, lambda c, rooms: draw(claims[c], titles[c], shares[c], rooms), seed
    )


def shared_in_pieces(
    purses: list[float | None], creditors: list[list[tuple]], seed: int = 0
) -> list[list[float]]:
    """The same where each creditor's claim is in pieces (claim, titles, shares), one after another:
    what one piece drew from a room is gone for the next."""

    def draws(c: int, rooms: list[float]) -> list[float]:
        left, got = list(rooms), [0.0] * len(purses)
        for claim, titles, shares in creditors[c]:
            for k, fen in enumerate(draw(claim, titles, shares, left)):
                left[k] -= fen
                got[k] += fen
        return got

    sums = [[sum(piece[1][k] for piece in own) for k in range(len(purses))] for own in creditors]
    return levelled(purses, sums, draws, seed)


def levelled(
    purses: list[float | None], titles: list[list[float]], draws: object, seed: int
) -> list[list[float]]:
    """What each gets where every purse leaves each title the same fraction.

    The purses are taken up one at a time, in an order drawn anew each round, until nothing moves.
    """
    order, everybody = Random(seed), range(len(titles))
    sums = [sum(t[k] for t in titles) for k in range(len(purses))]
    rooms = [
        [NO_LIMIT if p is None or s <= p else t[k] * p / s
         for k, (p, s) in enumerate(zip(purses, sums, strict=True))]
        for t in titles
    ]  # fmt: skip
    scarce = [k for k, p in enumerate(purses) if p is not None and sums[k] > p]
    for _ in range(10_000):
        moved = 0.0
        for k in order.sample(scarce, len(scarce)):
            wanted = []
            for c in everybody:
                lifted = [NO_LIMIT if j == k else r for j, r in enumerate(rooms[c])]
                wanted.append(draws(c, lifted)[k])
            level = halve(purses[k], lambda x, w=wanted, k=k: sum(
                min(v, x * titles[c][k]) for c, v in enumerate(w)), 1.0)  # fmt: skip
            for c in everybody:
                new = NO_LIMIT if level * titles[c][k] >= wanted[c] else level * titles[c][k]
                if new != rooms[c][k]:
                    finite = new != NO_LIMIT and rooms[c][k] != NO_LIMIT
                    moved = max(moved, abs(new - rooms[c][k]) if finite else 1.0)
                rooms[c][k] = new
        if moved < 1e-7:
            break
    return [draws(c, rooms[c]) for c in everybody]


def draw(claim: float, titles: list[float], shares: list[float], rooms: list[float]) -> list[float]:
    """What one creditor draws: his share times a level, as far as titles and rooms go."""
    caps = [min(t, r) for t, r in zip(titles, rooms, strict=True)]

    def at(level: float) -> list[float]:
        return [min(cap, s * level) for cap, s in zip(caps, shares, strict=True)]

    if sum(caps) <= claim:
        return caps
    top = max(c / s for c, s in zip(caps, shares, strict=True) if s)
    return at(halve(claim, lambda x: sum(at(x)), top))


def halve(goal: float, total: object, top: float) -> float:
    """The level at which a growing total meets a goal, at most `top`."""
    low, high = 0.0, top
    if total(top) <= goal:
        return top
    for _ in range(200):
        middle = (low + high) / 2
        if total(middle) < goal:
            low = middle
        else:
            high = middle
    return high
