"""Who is who in several statements. Nobody is merged with somebody else; what may be one is said.

An account is its whole number; a number hidden in part is one only with the name beside it. A
holder of accounts is a whole name. Whoever is known by a name alone is a holder of that name within
the one wallet or account in whose statement it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simlib.resources import table
from simlib.statement.alike import alike
from simlib.statement.identity.pseudonyms import Key, joined, parts
from simlib.statement.model import End, Movement, Note, Reading
from simlib.statement.names import Names
from simlib.statement.names_and_numbers import called, hidden, partly, shortened

if TYPE_CHECKING:
    from simlib.statement.deduplicate import Holder

OTHERS = "others"  # the party of everybody a statement does not name
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Identities:
    """Gives each account and each holder of some statements its id, in order of appearance."""

    def __init__(self, readings: Sequence[Reading], key: Key, keep_names: bool) -> None:
        self.key, self.keep = key, keep_names
        self.accounts: dict[str, str] = {}
        self.by_name: dict[str, None] = {}  # holders of whom nothing but a name is known
        self.uncertain: set[str] = set()  # accounts that may be several people's
        self.names = Names(readings, key)
        self.absent: set[str] = set()  # who stands only in rows that repeat another's
        self._shown: dict[str, str] = {}  # pseudonym → id, where accounts keep their numbers
        self._named = {made for o, made in key.holders.items() if parts(o)[0] == "name"}
        given = Counter(key.accounts.values())  # whoever the reader says is another shares its id
        self._said = {made for made, count in given.items() if count > 1}
        self._masked_names: dict[str, int] = {}  # holders known by a part of a name → rows
        self._ids: dict[tuple[End, str], str] = {}
        self._within: dict[tuple[str, End | None], str] = {}
        self._holders: dict[str, str] = {}
        for reading in readings:
            for m in sorted(reading.movements, key=lambda m: m.row):
                payer_first = m.own is None or m.own is m.payer
                for end in (m.payer, m.payee) if payer_first else (m.payee, m.payer):
                    id = self.of(end, self.within(reading, m))
                    if id in self._masked_names:
                        self._masked_names[id] += 1

    def within(self, reading: Reading, m: Movement) -> str:
        """Return the wallet or account within which a name alone tells somebody from others."""
        own, place = m.own, (reading.label, m.own)
        if place not in self._within:
            known = own is not None and bool(own.number or own.label)
            self._within[place] = (
                self.names.original(own) if own is not None and known
                else joined("statement", reading.label)
            )  # fmt: skip
        return self._within[place]

    def ends(self, reading: Reading, m: Movement) -> tuple[str, str]:
        """Return the ids of payer and payee."""
        within = self.within(reading, m)
        return self.of(m.payer, within), self.of(m.payee, within)

    def own(self, reading: Reading, m: Movement) -> str:
        """Return the id of whoever the statement belongs to; "" where it says of nobody."""
        return self.of(m.own, self.within(reading, m)) if m.own is not None else ""

    def of(self, end: End, within: str) -> str:
        """Return the id a transfer names: an account's, a party's, or that of everybody else."""
        place = end, "" if end.number or end.label else within
        known = self._ids.get(place)
        if known is None:
            known = self._ids[place] = self._new(end, within)
        return known

    def _new(self, end: End, within: str) -> str:
        if end.number or end.label:
            return self._account(end)
        name = called(end.name)
        if not name:
            return OTHERS
        holder = self._holder(joined("name", name, f"in {within}"), name)
        self.by_name[holder] = None
        if partly(name):
            self._masked_names[holder] = 0
        return holder

    def _account(self, end: End) -> str:
        original = self.names.original(end)
        account = made = self.key.account(original)
        names = self.names.of(original) or ((called(end.name),) if end.label else ())
        names = tuple(filter(None, names))
        if original == joined("number", end.number):
            self.key.names[made] = list(dict.fromkeys((*self.key.names.get(made, ()), *names)))
        whole = names[0] if names and not partly(names[0]) else ""
        holder = self._holder_of(made, original, whole)
        if self.keep and _ID.fullmatch(end.number) and original == joined("number", end.number):
            account = end.number
        self.accounts[account] = holder
        self._shown[made] = account
        self._holders[holder] = self._holders.get(holder) or (names[0] if names else "")
        if hidden(end.number) and not whole and made not in self._said:
            self.uncertain.add(account)
        return account

    def _holder_of(self, account: str, original: str, whole: str) -> str:
        """Return who holds an account; a name met later names the holder it had."""
        named = joined("name", whole)
        before = self.key.holder_of.get(account)
        if before is None:
            before = self._holder(named if whole else original, whole)
        elif whole and before not in self._named:
            before = self.key.holders.setdefault(named, before)
        self._named |= {before} if whole else set()
        self.key.holder_of[account] = before
        return before

    def _holder(self, original: str, name: str) -> str:
        holder = self.key.holder(original)
        self._holders[holder] = self._holders.get(holder) or name
        return holder

    def leave_out(self, absent: set[str]) -> None:
        """Say nothing of whoever stands only in rows that repeat another statement's."""
        if not absent:
            return
        self.accounts = {id: held for id, held in self.accounts.items() if id not in absent}
        self.by_name = dict.fromkeys(id for id in self.by_name if id not in absent)
        self.absent = absent | {made for made, id in self._shown.items() if id in absent}
        self.uncertain -= absent
        here = {*self.accounts.values(), *self.by_name}
        self._holders = {id: name for id, name in self._holders.items() if id in here}

    def holders(self) -> Iterator[Holder]:
        """Yield the holders, in order of appearance."""
        from simlib.statement.deduplicate import Holder

        both = [table("texts", lang, "statement.toml") for lang in ("zh", "en")]
        for id, name in self._holders.items():
            kept = "".join(filter(str.isprintable, shortened(name))) if self.keep else ""
            zh, en = (kept or words["pseudonym"].format(n=id[1:]) for words in both)
            yield Holder(id, zh, en)

    def warnings(self) -> list[Note]:
        """Return where one number stands for several accounts, or nobody knows for whose."""
        notes = self.names.warnings()
        if self.uncertain:
            notes.append(Note("masked-alone", _listed(sorted(self.uncertain, key=_order))))
        often = [id for id in self.known_by_name() if self._masked_names.get(id, 0) > 1]
        if often:
            notes.append(Note("masked-by-name", _listed(often)))
        return notes

    def assumptions(self) -> list[Note]:
        """Return what was taken for one person, and what was not though it may be."""
        notes = []
        held: dict[str, list[str]] = {}
        for account, holder in self.accounts.items():
            held.setdefault(holder, []).append(account)
        if several := [accounts for accounts in held.values() if len(accounts) > 1]:
            listed = _listed(["/".join(accounts) for accounts in several])
            notes.append(Note("same-name", {**listed, "first": several[0][-1]}))
        if alone := self.known_by_name():
            notes.append(Note("by-name", _listed(alone)))
        notes += self._alike()
        return notes

    def known_by_name(self) -> list[str]:
        """Return the holders who have no account here."""
        held = {*self.accounts.values()}
        return [holder for holder in self.by_name if holder not in held]

    def _alike(self) -> Iterator[Note]:
        """Yield who may be one person, and which accounts of one person may be one account."""
        people: list[list[str]] = []
        accounts: list[list[str]] = []
        for pair in alike(self.key, {*self._shown, *self.by_name}):
            if self.absent & {*pair}:
                continue
            holders = {self.key.holder_of.get(id, id) for id in pair}
            where = people if len(holders) > 1 else accounts
            where.append([self._shown.get(id, id) for id in pair])
        for code, pairs in (("maybe-same", people), ("maybe-one", accounts)):
            if pairs:
                listed = _listed(["/".join(pair) for pair in pairs])
                yield Note(code, {**listed, "first": "=".join(pairs[0])})


SHOWN = 6  # pseudonyms that are listed; of more the number is


def _listed(ids: Sequence[str]) -> dict[str, object]:
    more = "…" if len(ids) > SHOWN else ""
    return {"count": len(ids), "ids": ", ".join(ids[:SHOWN]) + more}


def _order(id: str) -> tuple[int, str]:
    return len(id), id
