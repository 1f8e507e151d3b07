"""Random values by the ways of drawing that Hypothesis has, from a plain generator: fifty times as
fast, which is what thousands of whole cases need. Hypothesis draws the seed alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random


class Roll:
    """A way to draw a value: one of several, each as likely as the others."""

    def __init__(self, *ways: Callable[[Random], object]) -> None:
        self.ways = ways

    def __call__(self, chance: Random) -> object:
        """Draw a value."""
        way = self.ways[0] if len(self.ways) == 1 else chance.choice(self.ways)
        return way(chance)

    def __or__(self, other: Roll) -> Roll:
        """Either of two."""
        return Roll(*self.ways, *other.ways)

    def map(self, change: Callable) -> Roll:
        """The same, changed."""
        return Roll(lambda chance: change(self(chance)))


def integers(low: int, high: int) -> Roll:
    """A whole number; every fifth is one of the ends, and of the rest half are small."""

    def draw(chance: Random) -> int:
        kind = chance.random()
        if kind < 0.2:
            return low if kind < 0.1 else high
        return low + int((high - low + 1) * chance.random() ** (1 if kind < 0.6 else 4))

    return Roll(draw)


def just(value: object) -> Roll:
    """That value."""
    return Roll(lambda _: value)


def none() -> Roll:
    """Nothing."""
    return just(None)


def sampled_from(values: Sequence) -> Roll:
    """One of these."""
    return Roll(lambda chance: chance.choice(values))


def booleans() -> Roll:
    """Yes or no."""
    return sampled_from((False, True))


def permutations(values: Sequence) -> Roll:
    """These in any order."""
    return Roll(lambda chance: chance.sample(values, len(values)))


def lists(values: Roll, least: int, most: int) -> Roll:
    """Some of these."""
    return Roll(lambda chance: [values(chance) for _ in range(chance.randint(least, most))])


def some(values: Sequence, most: int) -> Roll:
    """At most so many of these, none twice."""
    return Roll(lambda chance: chance.sample(values, chance.randint(0, min(most, len(values)))))


def optional(fields: dict) -> Roll:
    """A table with some of these fields."""
    return Roll(lambda chance: {k: v(chance) for k, v in fields.items() if chance.random() < 0.5})
