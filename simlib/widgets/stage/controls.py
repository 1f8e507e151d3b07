"""Every control of a stage, each with its place: in sight, folded in a group, or above all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from simlib.errors import SimlibError
from simlib.lessons.declaration import CHOSEN
from simlib.widgets import choosers

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.lessons.knob import Knob
    from simlib.widgets.stage.lesson import Group

Control = dict[str, object]
ENOUGH = 4  # values at which an arrow key stops


def choose(
    cases: Iterable[str],
    case: Case,
    helpers: list[str],
    own: Control,
    opened: Case | None,
    lang: str,
) -> list[Control]:
    """Case, position and party, and the reader's own case."""
    spec = choosers.choose_spec(cases, case, helpers, lang, opened)
    return [{**item, "place": "choose"} for item in (spec[0], own, *spec[1:])]


def marks(
    knob: Knob,
    case: Case,
    chosen: Mapping[str, object],
    stands: Iterable[Mapping[str, object]],
) -> Control:
    """The telling values of a quantity, in order: on a wall the arrow keys go from one to the next.

    They are its ends, what the file says, and what positions of the case and states of the lesson
    set (`stands`). Where these are less than four, quarters of the range are added.
    """
    if knob.kind != "range":
        return {}
    low, high, step = (float(knob.extra[name]) for name in ("min", "max", "step"))
    there = (_at(knob, case, chosen, stand) for stand in stands if knob.paths & set(stand))
    found = {low, high, knob.at(case, chosen), *there}
    kept = {value for value in found if isinstance(value, int | float) and low <= value <= high}
    if len(kept) < ENOUGH:
        kept |= {low + (high - low) * part / 4 for part in (1, 2, 3)}
    on_step = {low + round((value - low) / step) * step for value in kept}  # where a slider stands
    return {"marks": sorted({round(min(value, high), 6) for value in on_step})}


def _at(
    knob: Knob, case: Case, chosen: Mapping[str, object], stand: Mapping[str, object]
) -> object:
    """What a knob shows of a case set so; None where that is a state of another case."""
    facts = {path: value for path, value in stand.items() if not path.startswith(CHOSEN)}
    also = {path.removeprefix(CHOSEN): stand[path] for path in set(stand) - set(facts)}
    try:
        return knob.at(case.set(facts), {**chosen, **also})
    except SimlibError:
        return None


def knobs(
    found: Mapping[str, Knob],
    main: Sequence[str],
    groups: Sequence[Group],
    lang: str,
    telling: Callable[[Knob], Control],
) -> list[Control]:
    """The main knobs of a scene in its order, with `telling` values, then the others, by group."""
    shown = [found[name] for name in main if name in found]
    spec = [knob.spec(lang) | telling(knob) | {"place": "main"} for knob in shown]
    for group in groups:
        inner = [found[name] for name in group.knobs if name in found and name not in main]
        place = f"group:{group.id}"
        if inner:
            spec.append({"kind": "group", "id": group.id, "label": group.label, "place": place})
            spec += [knob.spec(lang) | {"place": place} for knob in inner]
    return spec
