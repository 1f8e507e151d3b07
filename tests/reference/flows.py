"""The claimant's money on its way through others' accounts: purses of marked and other coins."""

from __future__ import annotations

from fractions import Fraction

from reference.amounts import split


class Purse:
    """Lots of money in the order they came: (hers or not, fen)."""

    def __init__(self, other: int) -> None:
        self.lots = [(False, other)]
        self.newest: list | None = None

    def total(self, mark: bool | None = None) -> int:
        """What is there; with a mark, what of it is hers (or is not)."""
        return sum(fen for hers, fen in self.lots if mark is None or hers is mark)

    def add(self, lots: list) -> None:
        """Money comes in."""
        if sum(fen for _, fen in lots):
            self.lots, self.newest = self.lots + lots, lots

    def give(self, fen: int, method: str) -> list:
        """Money goes out; what is missing was there all along, and is nobody's."""
        if missing := max(0, fen - self.total()):
            self.add([(False, missing)])
            if method == "timestamp" and missing:
                self.newest = None
        newest, self.newest = self.newest, None
        if method in ("fifo", "lifo"):
            return self.ends(fen, last=method == "lifo")
        if method == "timestamp" and newest and sum(f for _, f in newest) == fen:
            gone = {mark: sum(f for m, f in newest if m is mark) for mark in (True, False)}
            return self.mixed(gone)
        her, others = self.total(True), self.total(False)
        if method == "lowest_balance":
            first = min(fen, others)
            return self.mixed({False: first, True: fen - first})
        parts = split(fen, [her, others]) if fen else [0, 0]
        return self.mixed({True: parts[0], False: parts[1]})

    def ends(self, fen: int, last: bool) -> list:
        """Lots from one end, in the order they lay."""
        gone: list = []
        while fen:
            mark, lies = self.lots.pop(-1 if last else 0)
            part = min(lies, fen)
            if lies > part:
                self.lots.insert(len(self.lots) if last else 0, (mark, lies - part))
            gone.insert(0 if last else len(gone), (mark, part))
            fen -= part
        return gone

    def mixed(self, gone: dict) -> list:
        """So much of each kind, from wherever it lies."""
        left = {mark: self.total(mark) - gone[mark] for mark in (True, False)}
        self.lots = [(True, left[True]), (False, left[False])]
        return [(True, gone[True]), (False, gone[False])]


def came(case: dict, places: list[str], hers: list[str], method: str) -> int:
    """Her money that came into these places from outside them, followed transfer by transfer."""
    transfers = case.get("transfers", [])
    into = dict.fromkeys(ends(case), 0)
    for t in transfers:
        into[t["payee"]] += t["amount_fen"]
    stated = {a["id"]: a.get("inflow_fen", 0) for a in case.get("accounts", [])}
    purses = {name: Purse(max(0, stated.get(name, 0) - into[name])) for name in into}
    found = 0
    for t in transfers:
        payer, payee, fen = t["payer"], t["payee"], t["amount_fen"]
        if payer == payee:
            continue
        lots = [(True, fen)] if payer in hers else purses[payer].give(fen, method)
        if payee in places and payer not in places:
            found += sum(part for mark, part in lots if mark)
        if payee not in hers:
            purses[payee].add(lots)
    return min(found, sum(t["amount_fen"] for t in transfers if t["payer"] in hers))


def ends(case: dict) -> set[str]:
    """Everybody who pays or is paid."""
    return {t[end] for t in case.get("transfers", []) for end in ("payer", "payee")}


def may_be_hers(case: dict, places: list[str], hers: list[str]) -> bool:
    """Whether somebody whom her money reached paid into these places."""
    reached, transfers = set(hers), case.get("transfers", [])
    for _ in transfers:
        reached |= {t["payee"] for t in transfers if t["payer"] in reached}
    others = reached - set(hers) - set(places)
    return any(t["payee"] in places and t["payer"] in others for t in transfers)


def part(own: int, total: int) -> Fraction:
    """Her part of all that came in."""
    return Fraction(own, total) if total else Fraction(1)
