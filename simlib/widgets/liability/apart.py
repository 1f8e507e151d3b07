"""Where modes come apart: the engine over one party's means, and the exact place."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from simlib.figures.liability import Curve
from simlib.liability import decide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.liability import Outcome

STEPS = 40


def means(case: Case, *more_fen: int | None) -> list[int]:
    """Means from nothing to the loss in even steps, and whatever else is to be met [fen]."""
    most = case.loss_fen
    even = {most * n // STEPS for n in range(STEPS + 1)}
    return sorted(even | {fen for fen in more_fen if fen is not None and 0 <= fen <= most})


def received(
    case: Case, party: str, means_fen: Sequence[int], mode: str, rules: dict
) -> tuple[object, ...]:
    """What the victim receives under a mode, at each of the party's means [fen]."""
    return tuple(
        decide(case.set({f"{party}.assets_fen": fen}), mode, rules).received_fen
        for fen in means_fen
    )


def curves(
    case: Case, party: str, means_fen: Sequence[int], modes: Sequence[str], rules: dict
) -> list[Curve]:
    """A curve for each of the modes."""
    return [Curve(mode, received(case, party, means_fen, mode, rules)) for mode in modes]


def met(
    means_fen: Sequence[int], drawn: Sequence[Curve], now_fen: int, outcomes: Mapping[str, Outcome]
) -> tuple[list[int], list[Curve]]:
    """Means and curves with the reader's own place among them, as it was decided already [fen]."""
    n = bisect_left(means_fen, now_fen)
    after = n + 1 if means_fen[n] == now_fen else n
    grid = [*means_fen[:n], now_fen, *means_fen[after:]]
    return grid, [
        Curve(c.mode, (*c.received[:n], outcomes[c.mode].received_fen, *c.received[after:]))
        for c in drawn
    ]


def parted(case: Case, party: str, pair: tuple[str, str], rules: dict) -> int | None:
    """The most means at which two modes still give the victim the same [fen].

    None if they differ from the beginning, or never. Between the steps of the grid the place is
    found by halving, to the fen.
    """
    grid = means(case)
    first = next((n for n, fen in enumerate(grid) if _differ(case, party, fen, pair, rules)), None)
    if not first:
        return None
    between = range(grid[first - 1], grid[first])
    return (
        between[0]
        + bisect_left(between, True, key=lambda fen: _differ(case, party, fen, pair, rules))
        - 1
    )


def _differ(case: Case, party: str, fen: int, pair: tuple[str, str], rules: dict) -> bool:
    one, other = (received(case, party, [fen], mode, rules) for mode in pair)
    return one != other
