"""The drawing of lesson 01: her money on its way to a card, and a tub that may be filled again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.lessons.case.road import MOST, road
from simlib.lessons.case.tub import Tub

if TYPE_CHECKING:
    from simlib.figures.picture import Picture, Size
    from simlib.lessons.case.outcomes import Decided
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say


def picture(found: Decided, scene: Scene, size: Size, say: Say) -> Picture | None:
    """Draw what each form would bring back; None where her money took too long a way."""
    way = road(found.case, found.party)
    return None if len(way) > MOST + 2 else Tub(found, scene, size, say, way).picture()
