"""Marking: right or not, and if not, which step went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.exercise.model import Choice
from simlib.exercise.typed_amount import read_fen

if TYPE_CHECKING:
    from simlib.exercise.model import Amount, Slip, Step

TRIES = 2  # after so many the key is told
POINTS = (2, 1)  # for an answer right at the first, at the second try
UNITS = (10_000, 100)  # 元 for 万元, fen for 元


@dataclass(frozen=True, slots=True)
class Verdict:
    """The mark of one answer.

    Attributes
    ----------
    kind
        `right`; `also` (another view, accepted); `slip` (a usual wrong way, named in `slip`);
        `unit` (the right digits in the wrong unit); `inexact` (parts of a fen); `wrong`;
        `unread` (no answer at all, which costs no try)
    settled
        whether the step is over: answered, or tried often enough
    points
        what it earns, 0 to 2
    slip
        the usual wrong way that gives this number
    """

    kind: str
    settled: bool
    points: int = 0
    slip: Slip | None = None

    @property
    def right(self) -> bool:
        """Tell whether the answer is accepted."""
        return self.kind in ("right", "also")


def mark(step: Step, given: str, tries: int = 1) -> Verdict:
    """Judge an answer.

    Parameters
    ----------
    given
        the option chosen, or the amount as typed
    tries
        how often this step has been answered, this answer included, ≥ 1
    """
    kind, slip = _choice(step, given) if isinstance(step, Choice) else _amount(step, given)
    if kind == "unread":
        return Verdict(kind, settled=False)
    if kind in ("right", "also"):
        points = POINTS[tries - 1] if tries <= len(POINTS) else 0
        return Verdict(kind, settled=True, points=points)
    return Verdict(kind, settled=tries >= TRIES, slip=slip)


def _choice(step: Choice, given: str) -> tuple[str, None]:
    if given == step.key:
        return "right", None
    if given in step.also:
        return "also", None
    return ("wrong" if given in step.options else "unread"), None


def _amount(step: Amount, given: str) -> tuple[str, Slip | None]:
    fen = read_fen(given)
    if fen is None:
        return "unread", None
    if fen == step.key:
        return "right", None
    for slip in step.slips:
        if fen == slip.fen:
            return "slip", slip
    if any(fen * unit == step.key or fen == step.key * unit for unit in UNITS):
        return "unit", None
    return ("wrong" if fen.denominator == 1 else "inexact"), None
