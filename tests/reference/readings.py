"""Whether somebody is a cause where nobody says if acts of a kind can stand in for each other.

Written from the rule alone and slow: each kind is read once as "any one is enough" and once as "all
were needed", and every set of people is gone through. What the readings do not agree on is untold.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product

Kinds = Sequence[tuple[str, ...]]


def causes(kinds: Kinds, alike: Collection[int], off: frozenset[str], who: str) -> dict[str, str]:
    """Question → yes, no or untold, of one who is there while others may be off.

    Parameters
    ----------
    kinds
        who gave each kind of help; the loss needs every kind
    alike
        the places among `kinds` of those of which any one is enough
    """
    there = frozenset(id for kind in kinds for id in kind) - off | {who}
    found = [_answers(needs, there, who) for needs in _readings(kinds, alike)]
    return {key: _agreed([each[key] for each in found]) for key in found[0]}


def _readings(kinds: Kinds, alike: Collection[int]) -> Iterator[Kinds]:
    """Every way to read the kinds: lists of groups, of each of which one must be there."""
    ways = [[[kind], [(id,) for id in kind]][: 1 if n in alike else 2]
            for n, kind in enumerate(kinds)]  # fmt: skip
    for chosen in product(*ways):
        yield [group for groups in chosen for group in groups]


def _answers(needs: Kinds, there: frozenset[str], who: str) -> dict[str, bool]:
    def lost(people: frozenset[str]) -> bool:
        return all(people & set(group) for group in needs)

    others = sorted(there - {who})
    sets = (frozenset(s) for n in range(len(others) + 1) for s in combinations(others, n))
    in_need = any(who in group for group in needs)
    return {
        "but_for": lost(there) and not lost(there - {who}),
        "ness": any(lost(s | {who}) and not lost(s) for s in sets),
        "furthering": in_need and lost(there),
    }


def _agreed(answers: Sequence[bool]) -> str:
    if len(set(answers)) > 1:
        return "untold"
    return "yes" if answers[0] else "no"
