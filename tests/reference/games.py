"""Shares from the game the parties play: the Shapley value, coalition by coalition."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import factorial


def kind_of(who: object) -> str:
    """What he stands for in the game: a principal, his act of help, or a role of its own."""
    return who.act if who.role == "helper" else who.role


def succeeds(coalition: tuple, kinds: set) -> bool:
    """The fraud comes off with one principal and one of each kind of help there was."""
    return kinds <= {kind_of(who) for who in coalition}


def shapley(liable: tuple) -> list[Fraction]:
    """Each one's mean contribution: Σ |S|! (n − |S| − 1)! / n! over the S he makes succeed."""
    kinds, n = {kind_of(who) for who in liable}, len(liable)
    values = []
    for who in liable:
        others = [other for other in liable if other is not who]
        value = Fraction(0)
        for size in range(n):
            weight = Fraction(factorial(size) * factorial(n - size - 1), factorial(n))
            for group in combinations(others, size):
                turns = succeeds((*group, who), kinds) and not succeeds(group, kinds)
                value += weight if turns else 0
        values.append(value)
    return values
