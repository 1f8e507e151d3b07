"""What pictures that move share: whose colour it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simlib.figures.names_of_people import color_of
from simlib.figures.style import HELPERS

if TYPE_CHECKING:
    from simlib.case.model import Case


def colors(case: Case, ids: Iterable[str]) -> dict[str, str]:
    """Return the colours of people: helpers have one each, in the order given."""
    found: dict[str, str] = {}
    helpers = 0
    for id in ids:
        if case.party(id).role == "helper":
            found[id] = HELPERS[helpers % len(HELPERS)]
            helpers += 1
        else:
            found[id] = color_of(case, id)
    return found
