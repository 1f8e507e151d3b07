"""The picture of lesson 03: her money as a pipe through gates in a row and cards beside each other.

An act that is off shuts its gate or closes its card, and her money stops there or takes another
card. A dark line is the loss; what came after it stands behind. Below lies what was paid in fact,
cut by who answers for it: no switch moves that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.lessons.causation.pipe_narrow import NarrowPipe
from simlib.lessons.causation.pipe_wide import WidePipe
from simlib.lessons.causation.stations import run

if TYPE_CHECKING:
    from simlib.figures.picture import Picture, Size
    from simlib.lessons.causation.outcomes import Chain
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say

CARDS, GATES = 3, 4  # so many are drawn; a case with more has no picture


def pipe(found: Chain, scene: Scene, size: Size, say: Say) -> Picture | None:
    """Draw her money on its way; None where the acts make no row of gates and cards."""
    way = run(found)
    if way is None or len(way.cards) > CARDS or len(way.gates) > GATES:
        return None
    kind = WidePipe if size.name == "wide" else NarrowPipe
    return kind(found, scene, size, say, way).picture()
