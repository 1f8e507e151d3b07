"""What a count of cases can tell: the play of chance in a share, and what a total leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import comb

from simlib.errors import OutOfScope
from simlib.interval import Interval, high_end, hull, low_end

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


@dataclass(frozen=True, slots=True)
class Count:
    """A number of suits "dismissed", taken apart; a band where nobody published the parts.

    Attributes
    ----------
    dismissed, total
        the count as it is reported
    rulings, judgments
        how many of those dismissed ended by ruling, how many by judgment
    heard
        suits heard on the merits: the judgments, and those of the others that are taken as heard
    lost
        the share of the judgments among the suits heard; None: none was heard
    chance
        the exact interval of dismissed of total, as if drawn at random
    """

    dismissed: int
    total: int
    rulings: int | Interval[int]
    judgments: int | Interval[int]
    heard: int | Interval[int]
    lost: Fraction | Interval[Fraction] | None
    chance: Interval[float]

    def to_json(self) -> dict[str, object]:
        """Return the numbers as plain JSON data, each band as its ends."""
        bands = {
            name: {"low": low_end(value), "high": high_end(value)}
            for name in ("rulings", "judgments", "heard")
            for value in [getattr(self, name)]
        }
        ends = None if self.lost is None else (low_end(self.lost), high_end(self.lost))
        return {
            "dismissed": self.dismissed,
            "total": self.total,
            **bands,
            "lost": ends and {"low": str(ends[0]), "high": str(ends[1])},
            "chance": {"low": self.chance.low, "high": self.chance.high},
        }


def divide(
    dismissed: int, total: int, rulings: int | None, others_heard: int,
    times: int = 1, level: float = 0.95,
) -> Count:  # fmt: skip
    """Take a number of suits "dismissed" apart into rulings and judgments.

    Parameters
    ----------
    rulings
        how many of those dismissed ended by ruling; None: nobody knows
    others_heard
        how many of the suits not dismissed were heard on the merits
    times
        how many times as many suits the exact interval is reckoned for, at the same share
    level
        of the exact interval, in (0, 1)

    Raises
    ------
    OutOfScope
        for counts that no sample has

    Examples
    --------
    >>> divide(36, 42, 18, 6).lost, divide(36, 42, None, 6).heard
    (Fraction(3, 4), Interval(low=6, high=42))
    """
    others = total - dismissed
    if not 0 <= others_heard <= others or (rulings is not None and not 0 <= rulings <= dismissed):
        raise OutOfScope("no-such-count", hits=dismissed, total=total, level=level)
    known = range(dismissed + 1) if rulings is None else (rulings,)
    judged = [dismissed - each for each in known]
    shares = [Fraction(n, n + others_heard) for n in judged if n + others_heard]
    return Count(
        dismissed,
        total,
        hull(list(known)),
        hull(judged),
        hull([n + others_heard for n in judged]),
        hull(shares) if shares else None,
        Interval(*exact_interval(times * dismissed, times * total, level)),
    )


@cache
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
