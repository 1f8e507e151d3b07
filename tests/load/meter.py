"""What is noted while a class works: times, failures, answers that never came."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

SHARES = (50, 95, 99)  # percentiles


@dataclass
class Meter:
    """Notes of a whole class.

    Attributes
    ----------
    times
        kind of wait → how long each took [s]
    lost
        answers that did not come in time, or not with what was asked
    errors
        what no student should meet
    waits
        pages to wait on, because the server was full
    """

    times: dict[str, list[float]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    waits: int = 0

    def note(self, kind: str, seconds: float) -> None:
        """One more wait of a kind."""
        self.times.setdefault(kind, []).append(seconds)

    @property
    def is_well(self) -> bool:
        """Whether nothing failed and nothing was lost."""
        return not self.lost and not self.errors


def percentile(times: Sequence[float], share: float) -> float:
    """The least of the times that `share` percent of them do not exceed (nearest rank).

    Examples
    --------
    >>> percentile([1, 2, 3, 4], 50), percentile([1, 2, 3, 4], 95), percentile([7], 99)
    (2, 4, 7)
    """
    ordered = sorted(times)
    return ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)]
