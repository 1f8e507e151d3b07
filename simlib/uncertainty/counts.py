"""What a count of cases can tell: the play of chance in a share, and what a total leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import comb

from simlib.errors import OutOfScope

# what is said of courts and victims → whether a number dismissed of a total shows it by itself
CLAIMS = {
    "dismissed": True,
    "unfiled": False,
    "unheard": False,
    "lost": False,
    "trend": False,
    "region": False,
    "cause": False,
}
HALVINGS = 60  # of [0, 1]: finer than a float


def exact_interval(hits: int, total: int, level: float = 0.95) -> tuple[float, float]:
    """The Clopper–Pearson interval for a share, which covers at least `level` whatever the share.

    It speaks of chance alone: of what would vary if `total` cases were drawn at random again. A
    sample that somebody picked was not drawn at random, and no interval makes up for that.

    Parameters
    ----------
    hits, total
        so many of so many cases, 0 ≤ hits ≤ total
    level
        in (0, 1)

    Raises
    ------
    OutOfScope
        for any other count or level

    References
    ----------
    Clopper and Pearson, Biometrika 26 (1934) 404–413.

    Examples
    --------
    >>> [round(end, 4) for end in exact_interval(36, 42)]
    [0.7146, 0.9457]
    """
    if not 0 <= hits <= total or total < 1 or not 0 < level < 1:
        raise OutOfScope("no-such-count", hits=hits, total=total, level=level)
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else _where(lambda p: _at_least(hits, total, p) - tail)
    high = 1.0 if hits == total else _where(lambda p: tail - _at_most(hits, total, p))
    return low, high


def splits(dismissed: int, total: int) -> tuple[tuple[int, int, Fraction | None], ...]:
    """Return every way in which a total of suits "dismissed" can be made up.

    Returns
    -------
    tuple
        (by ruling, by judgment, share lost of those heard on the merits), for each number that
        judgments can have; the suits not dismissed are taken to have been heard. The share is
        None where nothing was heard.

    Raises
    ------
    OutOfScope
        unless 0 ≤ dismissed ≤ total and total ≥ 1

    Examples
    --------
    >>> splits(2, 3)[1]
    (1, 1, Fraction(1, 2))
    """
    if not 0 <= dismissed <= total or total < 1:
        raise OutOfScope("no-such-count", hits=dismissed, total=total, level=0.95)
    return tuple(_ways(dismissed, total - dismissed))


def _ways(dismissed: int, rest: int) -> Iterator[tuple[int, int, Fraction | None]]:
    for lost in range(dismissed + 1):
        heard = lost + rest
        yield dismissed - lost, lost, Fraction(lost, heard) if heard else None


def _at_most(hits: int, total: int, p: float) -> float:
    """Return the chance of at most so many hits."""
    return sum(comb(total, k) * p**k * (1 - p) ** (total - k) for k in range(hits + 1))


def _at_least(hits: int, total: int, p: float) -> float:
    return sum(comb(total, k) * p**k * (1 - p) ** (total - k) for k in range(hits, total + 1))


def _where(rising: Callable[[float], float]) -> float:
    """Return where an increasing function of a share passes zero."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2
