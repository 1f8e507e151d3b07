"""Who is who in several statements. Nobody is merged with somebody else; what may be one is said.

An account is its whole number; a number hidden in part is one only with the name beside it. A
holder of accounts is a whole name. Whoever is known by a name alone is a holder of that name within
the one wallet or account in whose statement it stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from simlib.resources import table
from simlib.statement.identity.pseudonyms import Key, joined, parts
from simlib.statement.model import End, Movement, Note
from simlib.statement.names_and_numbers import (
    called,
    hidden,
    names_fit,
    numbers_fit,
    partly,
    shortened,
)
from simlib.statement.normalise import Reading

# -------------------------------------------------------- who may be one

MOST_ALIKE = 50  # whole numbers of one ending that are compared
APART = "apart "  # before the account of somebody who only shares a name, as the reader says
ENDING = 4  # last digits by which a hidden number is looked for among whole ones


def ambiguous_pairs(key: Key, here: set[str]) -> list[tuple[str, str]]:
    """Return pairs of pseudonyms that may be one: a number hidden in part and a whole one it fits,
    with names that fit; somebody known by name only and whoever else has the name.

    Only pairs of which one is `here`, in the statements at hand, are returned.
    """
    found = dict.fromkeys((*_accounts(key), *_people(key)))
    return [pair for pair in found if here & {*pair}]


def _accounts(key: Key) -> Iterator[tuple[str, str]]:
    rows = [(made, *parts(original)) for original, made in key.accounts.items()]
    numbers = [(made, number, name) for made, kind, number, name in rows if kind == "number"]
    whole: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for made, number, _ in numbers:
        if not hidden(number):
            listed = whole[number[-ENDING:]]
            if len(listed) < MOST_ALIKE:
                listed.append((made, number))
    for made, number, name in numbers:
        if not hidden(number):
            continue
        for other, its in whole.get(number[-ENDING:], ()):
            if other == made:
                continue
            names = key.names.get(other) or [""]
            if numbers_fit(number, its) and any(
                not name or not n or names_fit(name, n) for n in names
            ):
                yield made, other


def _people(key: Key) -> Iterator[tuple[str, str]]:
    """Yield whoever is known by a whole name only, with the first other holder of that name."""
    named: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for original, made in key.holders.items():
        kind, name, within = parts(original)
        if kind == "name" and not partly(name) and not (within or "").startswith(APART):
            named[name].append((made, within is not None))
    for people in named.values():
        people.sort(key=lambda each: each[1])  # who has an account first
        for other, alone in people[1:]:
            if alone and other != people[0][0]:
                yield other, people[0][0]


# ---------------------------------------------- which names a number has

MOST_MASKED = 50  # ways to hide one name; more are more than one
Where = tuple[str, int]  # statement, row


def differ(names: Iterable[str]) -> bool:
    """Tell whether names beside one whole number cannot be one.

    Examples
    --------
    >>> differ(["张三", "张*"]), differ(["张三", "李四"])
    (False, True)
    """
    names = dict.fromkeys(names)
    whole = [name for name in names if not partly(name)]
    if len(whole) > 1 or len(names) - len(whole) > MOST_MASKED:
        return True
    against = list(whole)
    for name in names:
        if not all(names_fit(name, other) for other in against):
            return True
        against += [] if whole else [name]
    return False


class Names:
    """What tells an account from others, in some statements and the key they go on from.

    A whole number is an account, as long as every name beside it may be one name. A number hidden
    in part is an account only together with the name beside it. A number that has two names is two
    accounts, and a third where no name stands beside it: nobody knows whose of the two that is.
    """

    def __init__(self, readings: Sequence[Reading], key: Key) -> None:
        self.seen: dict[str, dict[str, Where]] = {}
        for reading in readings:
            for m in reading.movements:
                for end in (m.payer, m.payee):
                    if end.number and (name := called(end.name)):
                        self.seen.setdefault(end.number, {}).setdefault(
                            name, (reading.label, m.row)
                        )
        self.known: dict[str, list[str]] = {}
        self.split = set(self._split_before(key))
        self.split |= {number for number in self.seen if self._differ(number)}

    def _split_before(self, key: Key) -> Iterable[str]:
        named = {made: parts(original) for original, made in key.holders.items()}
        for original, made in key.accounts.items():
            kind, number, name = parts(original)
            if kind != "number" or hidden(number):
                continue
            if name is not None:
                yield number
                continue
            holder = named.get(key.holder_of.get(made, ""))
            before = [holder[1]] if holder and holder[0] == "name" else []
            self.known[number] = key.names.get(made) or before

    def _differ(self, number: str) -> bool:
        """Tell whether a whole number has names that cannot be one."""
        if hidden(number):
            return False
        return differ((*self.known.get(number, ()), *self.seen[number]))

    def original(self, end: End) -> str:
        """Return what tells this account from others; it has a number, or is a statement's own."""
        if not end.number:
            return joined("statement", end.label)
        name = called(end.name)
        if hidden(end.number):
            return joined("number", end.number, name)
        if end.number not in self.split or name in self.known.get(end.number, ()):
            return joined("number", end.number)
        return joined("number", end.number, name)

    def of(self, original: str) -> tuple[str, ...]:
        """Return the names this account was given, a whole one first; none where it has none."""
        kind, number, name = parts(original)
        if kind != "number":
            return ()
        if name is not None:
            return (name,) if name else ()
        names = dict.fromkeys((*self.known.get(number, ()), *self.seen.get(number, ())))
        if number in self.split:
            return tuple(self.known.get(number, ()))
        return tuple(sorted(names, key=partly))

    def warnings(self) -> list[Note]:
        """Return the numbers that stand for several accounts, with the first row that shows it."""
        whole, masked = [], []
        for number, names in self.seen.items():
            if number in self.split:
                whole.append(list(names.values())[-1 if len(names) < 2 else 1])
            elif hidden(number) and len(names) > 1:
                masked.append(list(names.values())[1])
        return [
            Note(code, {"label": places[0][0], "row": places[0][1], "count": len(places)})
            for code, places in (("two-names", whole), ("masked-names", masked))
            if places
        ]


# -------------------------------------------------- accounts and holders

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
        for pair in ambiguous_pairs(self.key, {*self._shown, *self.by_name}):
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


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds accounts, under a pseudonym (or his name, where names are kept)."""

    id: str
    zh: str
    en: str
