"""Reset: back to where what is set up began, and which knobs have left it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from simlib.lessons.declaration import CHOSEN
from simlib.lessons.knob import Setting, turned

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.lessons.knob import Knob
    from simlib.widgets.state import Scene

NOWHERE = object()  # no value a path can have


def moved(base: Case, now: Scene, start: Scene) -> set[str]:
    """The paths of facts and choices that are another now than where the reader set out."""
    facts = turned(base, now.changes), turned(base, start.changes)
    return _differ(*facts) | {CHOSEN + name for name in _differ(now.chosen, start.chosen)}


def reset(
    knobs: Iterable[Knob], whole: bool, case: Case, now: Scene, start: Scene
) -> dict[str, object]:
    """The state's fields with these knobs back where the reader set out.

    Parameters
    ----------
    whole
        whether they are all there are: then what no knob moves goes back with them
    case
        as it is now: what a knob writes can hang on it
    """
    paths = set().union(*(_moves(knob, case, now) for knob in knobs))
    found: dict[str, object] = {}
    for field, before in (("changes", ""), ("chosen", CHOSEN)):
        held, began = getattr(now, field), getattr(start, field)
        found[field] = {k: v for k, v in held.items() if before + k not in paths} | {
            k: v for k, v in began.items() if whole or before + k in paths
        }
    return found


def _moves(knob: Knob, case: Case, now: Scene) -> set[str]:
    """What a knob speaks for, and what it writes with it: two facts that exclude each other."""
    value = knob.at(case, now.chosen)
    if isinstance(knob, Setting):
        written = knob.write(value, now.chosen)  # type: ignore[arg-type]  # it reads no case
        return knob.paths | {CHOSEN + name for name in written}
    return knob.paths | set(knob.write(value, case))


def _differ(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    return {k for k in {*one, *other} if one.get(k, NOWHERE) != other.get(k, NOWHERE)}
