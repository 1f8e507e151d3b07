"""Tracing coin by coin: every fen is an item of a list that says whose it is.

A second, slow reading of the tracing methods, written from their definitions; it shares no code
with `simlib.chain`. Transfers are plain tables with id, payer, payee, amount_fen, fee_fen, at.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass
class Found:
    """What was whose: of transfers and fees, at the end, and what came in unlisted."""

    of: dict[str, Counter] = field(default_factory=dict)
    fee_of: dict[str, Counter] = field(default_factory=dict)
    held: dict[str, Counter] = field(default_factory=dict)
    unlisted: Counter = field(default_factory=Counter)


def follow(rows: list[dict], origins: dict, method: str, opening: dict | None = None) -> Found:
    """Follow the coins; `origins` is name → accounts."""
    owner = {account: name for name, accounts in origins.items() for account in accounts}
    coins: dict[str, list] = {a: [None] * n for a, n in (opening or {}).items() if a not in owner}
    last: dict[str, list | None] = {}  # what came last, while nothing has left since
    found, names = Found(), [*origins, None]
    for row in ordered(rows):
        payer, payee = row["payer"], row["payee"]
        parts = [0 if payer == payee else row["amount_fen"], row["fee_fen"]]
        if payer in owner:
            paid = [[owner[payer]] * n for n in parts]
        else:
            paid = _pay(coins.setdefault(payer, []), parts, method, names, last, payer, found)
        found.of[row["id"]], found.fee_of[row["id"]] = map(Counter, paid)
        if payer != payee and parts[0]:
            coins.setdefault(payee, []).extend(paid[0])
            last[payee] = paid[0]
    found.held = {account: Counter(pile) for account, pile in coins.items()}
    return found


def ordered(rows: list[dict]) -> list[dict]:
    """By instant; one without an instant stays behind the one before it in the file."""
    blocks: list[list[dict]] = []  # a dated row with the undated ones that follow it
    loose: list[dict] = []
    for row in rows:
        if row["at"] is not None:
            blocks.append([row])
        elif blocks:
            blocks[-1].append(row)
        else:
            loose.append(row)
    blocks.sort(key=lambda block: block[0]["at"])
    return loose + [row for block in blocks for row in block]


def _pay(pile, parts, method, names, last, payer, found) -> list[list]:
    if not sum(parts):
        return [[], []]
    came = last.pop(payer, None)
    if method == "timestamp" and came is not None and len(came) == sum(parts):
        for coin in came:
            pile.remove(coin)
        heap, paid = list(came), []
        for part in parts:
            paid.append(_draw(heap, part, "pro_rata", names))
        return paid
    paid = []
    for part in parts:
        missing = max(0, part - len(pile))
        pile.extend([None] * missing)
        if missing:
            found.unlisted[payer] += missing
        paid.append(_draw(pile, part, method, names))
    return paid


def _draw(pile: list, number: int, method: str, names: list) -> list:
    """Take coins out of a pile."""
    if method == "fifo":
        taken = pile[:number]
        del pile[:number]
        return taken
    if method == "lifo":
        taken = pile[len(pile) - number :]
        del pile[len(pile) - number :]
        return taken
    taken = []
    if method == "lowest_balance":
        taken = [None] * min(number, pile.count(None))
        names = names[:-1]
    shares = _shares(number - len(taken), [pile.count(name) for name in names])
    taken += [name for name, share in zip(names, shares, strict=True) for _ in range(share)]
    for coin in taken:
        pile.remove(coin)
    return taken


def _shares(number: int, counts: list[int]) -> list[int]:
    """Largest remainder; the earlier name first where remainders tie."""
    if not number:
        return [0] * len(counts)
    exact = [Fraction(number * count, sum(counts)) for count in counts]
    shares = [math.floor(share) for share in exact]
    while sum(shares) < number:
        gaps = [share - whole for share, whole in zip(exact, shares, strict=True)]
        shares[gaps.index(max(gaps))] += 1
    return shares


def reach(rows: list[dict], origin: set[str], sources: set[str], opening: dict) -> dict[str, int]:
    """Poison, for one origin: what of each transfer its money had touched.

    `sources` are the accounts of all origins: what they pay is their own.
    """
    balance, touched, of = Counter(opening), set(), {}
    for row in ordered(rows):
        payer, payee, fee = row["payer"], row["payee"], row["fee_fen"]
        amount = 0 if payer == payee else row["amount_fen"]
        bad = payer in origin or (payer not in sources and payer in touched)
        balance[payer] = max(balance[payer], amount)
        bad_fen = amount if bad else 0
        balance[payer] -= amount
        if not balance[payer]:
            touched.discard(payer)
        balance[payer] = max(0, balance[payer] - fee)
        if not balance[payer]:
            touched.discard(payer)
        of[row["id"]] = bad_fen
        balance[payee] += amount
        if bad_fen and payee not in sources:
            touched.add(payee)
    return of
