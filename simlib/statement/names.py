"""Under which names each account's number appears, and what therefore tells accounts apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from simlib.statement.identity.pseudonyms import Key, joined, parts
from simlib.statement.model import End, Note, Reading
from simlib.statement.names_and_numbers import called, hidden, names_fit, partly

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
