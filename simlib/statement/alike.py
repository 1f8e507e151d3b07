"""Accounts and people of whom nobody can say that they are two; they are never made one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from simlib.statement.identity.pseudonyms import Key, parts
from simlib.statement.names_and_numbers import hidden, names_fit, numbers_fit, partly

MOST_ALIKE = 50  # whole numbers of one ending that are compared
APART = "apart "  # before the account of somebody who only shares a name, as the reader says
ENDING = 4  # last digits by which a hidden number is looked for among whole ones


def alike(key: Key, here: set[str]) -> list[tuple[str, str]]:
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
            alike = whole[number[-ENDING:]]
            if len(alike) < MOST_ALIKE:
                alike.append((made, number))
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
