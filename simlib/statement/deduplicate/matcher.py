"""Rows of several statements that are the same money: one matcher, and rules with names.

A rule says what two rows must have alike, what else must fit, and its verdict: `SAME`, the second
is not taken again, or `ASK`, both are taken and the reader is told, for nobody can tell.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple, TypeAlias

from simlib.statement.identity import Identities
from simlib.statement.model import End, Line, Movement, Note
from simlib.statement.names_and_numbers import called, ends_differ, hidden, names_fit, numbers_fit
from simlib.statement.normalise import Reading

Place: TypeAlias = tuple[int, int]  # number of the statement, row
Alike: TypeAlias = tuple[object, ...]  # what two rows must have alike to be one
Period: TypeAlias = tuple[datetime.datetime, datetime.datetime]
Periods: TypeAlias = Mapping[str, list[tuple[int, Period]]]  # account → statement, its period
APART_S = 300  # two banks may write down one transfer that far apart [s]
DAY = datetime.timedelta(days=1)
LOOKED_AT = 100  # rows of one amount about the same time that are compared with a row
MOST_SHOWN = 5  # pairs of rows that a note names
EXACT = 17  # digits that the number a spreadsheet keeps can have
FEWEST = 3  # different characters of a serial number; zeros are none
SAME, ASK = "same", "ask"
# a number of more digits than a spreadsheet shows, or as it shows it
_NUMBER = re.compile(r"[0-9]{12,60}|[0-9](?:\.[0-9]{1,20})?[eE]\+?[0-9]{1,2}")
_SERIAL = re.compile(r"[\w-]{12,}")  # a number rounded by a spreadsheet has a point or a plus


class Entry(NamedTuple):
    """A movement, the statement it stands in, and the ids of its ends and of its own account."""

    statement: int
    m: Movement
    payer: str
    payee: str
    own: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.statement, self.m.row

    @property
    def out(self) -> bool:
        """Whether its own account paid."""
        return self.m.own is self.m.payer


class Rule(NamedTuple):
    """When two rows are, or may be, one: `alike` is None for a row that is not looked at."""

    name: str
    verdict: str
    alike: Callable[[Entry], Alike | None]
    fits: Callable[[Entry, Entry], bool]


def matched(
    rule: Rule, firsts: Iterable[Entry], others: Iterable[Entry]
) -> Iterator[tuple[Entry, Entry]]:
    """Yield pairs of a first and another row that a rule makes one, each row in one pair at most;
    of several firsts the first."""
    listed: dict[Alike | None, list[Entry]] = defaultdict(list)
    for entry in firsts:
        listed[rule.alike(entry)].append(entry)
    for entry in others:
        if (key := rule.alike(entry)) is None or key not in listed:
            continue
        for n, first in enumerate(listed[key]):
            if rule.fits(first, entry):
                del listed[key][n]
                yield first, entry
                break


# ------------------------------------------------------------------ rules


def _ends_fit(one: Entry, other: Entry) -> bool:
    """Tell whether nothing that two rows say of payer and payee differs, but for what is hidden."""
    return not (ends_differ(one.m.payer, other.m.payer) or ends_differ(one.m.payee, other.m.payee))


def _row_fits(one: Entry, other: Entry) -> bool:
    return _ends_fit(one, other) and serials_fit(one.m.serial, other.m.serial)


def _whole_row(entry: Entry) -> Alike:
    m, side = entry.m, None if entry.m.own is None else entry.out
    return m.at, m.day_only, side, m.amount_fen, m.fee_fen, m.balance_fen


def _row_of_account(entry: Entry) -> Alike | None:
    """Where a balance stands, a serial number may be missing or rounded."""
    m = entry.m
    if m.own is None or not unmistakable(m):
        return None
    serial = m.serial if m.balance_fen is None else ""
    return entry.own, entry.out, m.amount_fen, m.at, serial, m.balance_fen


def _serial_number(entry: Entry) -> Alike | None:
    """Nobody says that both are of one account: the number must be long enough to tell."""
    m = entry.m
    if m.own is None or not _SERIAL.fullmatch(m.serial) or len({*m.serial}) < FEWEST:
        return None
    return m.serial, entry.out, m.amount_fen, m.at, m.day_only


def _no_balance_against(one: Entry, other: Entry) -> bool:
    balances = {one.m.balance_fen, other.m.balance_fen} - {None}
    return len(balances) < 2 and _ends_fit(one, other)


def _ends_and_amount(entry: Entry) -> Alike:
    return entry.payer, entry.payee, entry.m.amount_fen


def _one_moment(one: Entry, other: Entry) -> bool:
    """Tell whether two rows may be of one moment."""
    if one.m.day_only or other.m.day_only:
        return one.m.at.date() == other.m.at.date()
    return abs((one.m.at - other.m.at).total_seconds()) <= APART_S


def _within_a_day(one: Entry, other: Entry) -> bool:
    return abs(one.m.at - other.m.at) <= DAY


def _both_sides(out: Entry, into: Entry) -> bool:
    """Tell whether both ends may be the same, and at least one shows it, of rows of two accounts:
    one file may list both sides. Rows of which everything is known were compared before."""
    if (out.statement == into.statement and out.m.own == into.m.own) or not _one_moment(out, into):
        return False
    fits = [_may_be(out.m.payer, into.m.payer), _may_be(out.m.payee, into.m.payee)]
    whole = all(end.number and not hidden(end.number)
                for end in (out.m.payer, out.m.payee, into.m.payer, into.m.payee))  # fmt: skip
    return False not in fits and True in fits and not whole


SAME_SHEET = Rule("same-sheet", SAME, _whole_row, _row_fits)
SAME_ROW = Rule("same-transfer", SAME, _row_of_account, _row_fits)
SAME_SERIAL = Rule("same-serial", SAME, _serial_number, _no_balance_against)
OTHER_SIDE = Rule("same-transfer", SAME, _ends_and_amount, _one_moment)
FAR_APART = Rule("far-apart", ASK, _ends_and_amount, _within_a_day)
OVERLAP = Rule("overlap", ASK, _ends_and_amount, _one_moment)
MAYBE_TWICE = Rule("maybe-twice", ASK, lambda entry: (entry.m.amount_fen,), _both_sides)
RULES = (SAME_SHEET, SAME_ROW, SAME_SERIAL, OTHER_SIDE, FAR_APART, OVERLAP, MAYBE_TWICE)


def unmistakable(m: Movement) -> bool:
    """Tell whether a row with the same amount and time in another statement must be this one."""
    return bool(m.serial) or m.balance_fen is not None


def _may_be(one: End, other: End) -> bool | None:
    """Tell whether two ends may be one; None where nothing speaks for it or against it."""
    names = (called(one.name), called(other.name))
    said = names_fit(*names) if all(names) else None
    if one.number and other.number:
        return numbers_fit(one.number, other.number) and said is not False
    return said


def serials_fit(one: str, other: str) -> bool:
    """Tell whether two serial numbers may be one: equal, missing, or rounded by a spreadsheet.

    Examples
    --------
    >>> serials_fit("2024030112345678901", "2024030112345670000"), serials_fit("A1", "A2")
    (True, False)
    >>> serials_fit("2024030112345678901", "2.02403E+18"), serials_fit("120034", "120000")
    (True, False)
    """
    if one == other or not (one and other):
        return True
    if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
        return False
    near, whole = sorted(map(Decimal, (one, other)), key=_kept)
    kept = _kept(near)
    if kept > EXACT or near.adjusted() != whole.adjusted():
        return False
    return abs(whole - near) <= Decimal(1).scaleb(near.adjusted() + 1 - kept)


def _kept(number: Decimal) -> int:
    """Count the digits of a number before the zeros at its end."""
    return len("".join(map(str, number.as_tuple().digits)).rstrip("0"))


# ---------------------------------------------------------------- matcher


class Matcher:
    """The rows of some statements, and which of them an earlier row, or the other side's, lists
    already: in another statement, or in the same one where it has several people's accounts."""

    def __init__(self, readings: Sequence[Reading], ids: Identities) -> None:
        self.readings, self.ids = readings, ids
        self.entries = [
            [Entry(n, m, *ids.ends(reading, m), ids.own(reading, m)) for m in reading.movements]
            for n, reading in enumerate(readings)
        ]
        self.repeats: dict[Place, Place] = {}  # row → the one it repeats
        self.rule: dict[Place, Rule] = {}  # and by which rule
        ways = {SAME_SHEET: self._sheets, OTHER_SIDE: self._sides}
        for rule in (rule for rule in RULES if rule.verdict == SAME):
            found = ways.get(rule, self._repeated)(rule)
            self.repeats |= found
            self.rule |= dict.fromkeys(found, rule)
        self._confirmed = {*self.repeats.values()}

    def lines(self) -> dict[Place, Line]:
        """Return why each row that repeats another is not taken."""
        return {place: self._line(place, self.repeats[place]) for place in sorted(self.repeats)}

    def _line(self, place: Place, first: Place) -> Line:
        values = {"label": self.readings[first[0]].label, "first": first[1]}
        return Line(place[1], self.rule[place].name, values, self.readings[place[0]].label)

    def _left(self) -> Iterator[Entry]:
        """Yield the rows that repeat none."""
        for entries in self.entries:
            yield from (entry for entry in entries if entry.place not in self.repeats)

    # ---- the same

    def _sheets(self, rule: Rule) -> dict[Place, Place]:
        """Return every row of a sheet that was given before, and the row it repeats: all rows of
        both are alike, and nothing says that they are of two accounts."""
        again: dict[Place, Place] = {}
        for number in range(len(self.entries)):
            for first in range(number):
                found = self._sheet(rule, first, number)
                if found and not any(place in again for place in found.values()):
                    again |= found
                    break
        return again

    def _sheet(self, rule: Rule, first: int, number: int) -> dict[Place, Place]:
        one, other = self.entries[first], self.entries[number]
        if len(one) != len(other):
            return {}
        telling = len(one) > 1 and all(map(_telling, one))
        if not telling and self.readings[first].digest != self.readings[number].digest:
            return {}
        found = {b.place: a.place for a, b in matched(rule, one, other)}
        return found if len(found) == len(other) else {}

    def _repeated(self, rule: Rule) -> dict[Place, Place]:
        """Return rows that repeat one of an earlier statement, and the first of each: a row stands
        for one in each statement."""
        seen: list[Entry] = []
        repeats: dict[Place, Place] = {}
        for number, entries in enumerate(self.entries):
            taken = {first for (again, _), first in self.repeats.items() if again == number}
            here = [entry for entry in entries
                    if entry.place not in self.repeats and rule.alike(entry)]  # fmt: skip
            free = (entry for entry in seen if entry.place not in taken)
            found = {b.place: a.place for a, b in matched(rule, free, here)}
            repeats |= found
            seen += (entry for entry in here if entry.place not in found)
        return repeats

    def _sides(self, rule: Rule) -> dict[Place, Place]:
        """Return the payee's row of each transfer that the payer's account lists too."""
        return {into.place: out.place for out, into in matched(rule, *self._two_sides())}

    def _two_sides(self) -> tuple[list[Entry], list[Entry]]:
        """Return the payers' rows and the payees' rows of transfers between two known accounts, by
        their ends, amount and time."""
        known = [
            entry for entry in self._left()
            if entry.m.own and entry.m.payer.number and entry.m.payee.number
            and entry.payer != entry.payee and not self.ids.uncertain & {entry.payer, entry.payee}
        ]  # fmt: skip
        known.sort(key=lambda e: (*_ends_and_amount(e), e.m.at, e.place))
        return [e for e in known if e.out], [e for e in known if not e.out]

    # ---- to be asked

    def notes(self) -> list[Note]:
        """Return transfers between two accounts that only one of their statements lists, and rows
        that may be there twice because nothing tells them apart."""
        periods: dict[str, list[tuple[int, Period]]] = defaultdict(list)
        for number, entries in enumerate(self.entries):
            if not all(entry.place in self.repeats for entry in entries):  # given before
                for own, period in _periods(entries).items():
                    periods[own].append((number, period))
        return [
            *self._one_sided(periods), *self._overlaps(periods), *self._far_apart(),
            *self._likely_one(), *self._maybe_twice(),
        ]  # fmt: skip

    def _one_sided(self, periods: Periods) -> Iterator[Note]:
        for reading, entries in zip(self.readings, self.entries, strict=True):
            lone = []
            for e in entries:
                if e.m.own is None or e.place in self.repeats or e.place in self._confirmed:
                    continue
                other = e.payee if e.out else e.payer
                covered = any(a <= e.m.at <= b for _, (a, b) in periods.get(other, ()))
                if covered and other != e.own:
                    lone.append(e.m.row)
            if lone:
                values = {"label": reading.label, "row": lone[0], "count": len(lone)}
                yield Note("one-sided", values)

    def _overlaps(self, periods: Periods) -> Iterator[Note]:
        for own, of_account in periods.items():
            for (one, (first, last)), (other, (start, end)) in combinations(of_account, 2):
                unsure = any(not unmistakable(e.m) for n in (one, other) for e in self.entries[n])
                if unsure and start <= last and first <= end:
                    values = {"label": self.readings[one].label}
                    values["other"] = self.readings[other].label
                    of_own = [[e for e in self.entries[n] if e.m.own and e.own == own
                               and e.place not in self.repeats] for n in (one, other)]  # fmt: skip
                    pairs = sorted((a.place, b.place) for a, b in matched(OVERLAP, *of_own))
                    yield Note(OVERLAP.name, {**values, **self._listed(pairs)})

    def _far_apart(self) -> Iterator[Note]:
        """Yield the transfers that both sides list within a day, too far apart to be told as
        one."""
        outs, into = self._two_sides()
        outs = [entry for entry in outs if entry.place not in self._confirmed]
        if pairs := [(a.place, b.place) for a, b in matched(FAR_APART, outs, into)]:
            yield Note(FAR_APART.name, self._listed(pairs))

    def _listed(self, pairs: Sequence[tuple[Place, Place]]) -> dict[str, object]:
        """Return how many pairs of rows there are, and the first of them: statement:row."""
        named = [" = ".join(f"{self.readings[number].label}:{row}" for number, row in pair)
                 for pair in pairs[:MOST_SHOWN]]  # fmt: skip
        listed = "; ".join(named) + ("; …" if len(pairs) > MOST_SHOWN else "")
        return {"count": len(pairs), "listed": listed}

    def _likely_one(self) -> Iterator[Note]:
        """Yield which accounts are likely one, for rows of both have the same serial numbers."""
        at = {entry.place: entry for entries in self.entries for entry in entries}
        pairs = Counter((first[0], place[0], at[first].own, at[place].own)
                        for place, first in sorted(self.repeats.items())
                        if self.rule[place] is SAME_SERIAL)  # fmt: skip
        for (first, number, one, other), count in pairs.items():
            if one != other and other not in self.ids.absent:
                values = {"label": self.readings[first].label, "other": self.readings[number].label}
                yield Note("likely-one", {**values, "count": count, "first": f"{one}={other}"})

    def _maybe_twice(self) -> Iterator[Note]:
        """Yield how many transfers stand in the payer's statement and, it may be, again in the
        payee's: both are taken, for nobody can tell."""
        paid: dict[Alike | None, list[Entry]] = defaultdict(list)
        received: list[Entry] = []
        for e in self._left():
            if e.m.own:
                (paid[MAYBE_TWICE.alike(e)] if e.out else received).append(e)
        for rows in paid.values():
            rows.sort(key=_at)
        found = [(into, out) for into in received
                 if (out := _about(into, paid[MAYBE_TWICE.alike(into)]))]  # fmt: skip
        if found:
            into, out = found[0]
            values = {"label": self.readings[into.statement].label, "row": into.m.row,
                      "other": self.readings[out.statement].label, "first": out.m.row,
                      "count": len(found)}  # fmt: skip
            yield Note(MAYBE_TWICE.name, values)

    # ---- what follows

    def sheets_again(self) -> Iterator[Note]:
        """Yield which sheets were given before and are not taken again."""
        counts = Counter((place[0], self.repeats[place][0]) for place in sorted(self.repeats)
                         if self.rule[place] is SAME_SHEET)  # fmt: skip
        for (number, first), count in counts.items():
            values = {"label": self.readings[number].label, "other": self.readings[first].label}
            yield Note(SAME_SHEET.name, {**values, "count": count})

    def only_repeated(self) -> set[str]:
        """Return whoever stands only in rows that were taken from another export."""
        met: dict[bool, set[str]] = {True: set(), False: set()}
        for entry in (entry for entries in self.entries for entry in entries):
            repeated = self.rule.get(entry.place) in (SAME_SERIAL, SAME_SHEET)
            met[repeated] |= {entry.payer, entry.payee}
        return met[True] - met[False]


def _telling(entry: Entry) -> bool:
    """Tell whether a row is unlike rows of other accounts: by its balance, its time, its ends."""
    m = entry.m
    ends = (m.payer, m.payee) if m.own is None else (m.own,)
    return m.balance_fen is not None or not m.day_only or all(end.number for end in ends)


def _at(entry: Entry) -> datetime.datetime:
    return entry.m.at


def _about(into: Entry, outs: list[Entry]) -> Entry | None:
    """Return the first of some rows at about this time that may be the other side of a row."""
    midnight = into.m.at.replace(hour=0, minute=0, second=0, microsecond=0)
    for since in (into.m.at - datetime.timedelta(seconds=APART_S), midnight):  # of a day only too
        start = bisect_left(outs, since, key=_at)
        for out in outs[start : start + LOOKED_AT]:
            if MAYBE_TWICE.fits(out, into):
                return out
    return None


def _periods(entries: Iterable[Entry]) -> dict[str, Period]:
    """Return from when to when a statement covers each of its accounts."""
    periods: dict[str, Period] = {}
    for e in entries:
        if e.m.own is not None:
            first, last = periods.get(e.own, (e.m.at, e.m.at))
            periods[e.own] = (min(first, e.m.at), max(last, e.m.at))
    return periods
