"""Every control of a stage, each with its place: in sight, folded in a group, or above all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from simlib.widgets import choosers

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.lessons.knob import Knob
    from simlib.widgets.stage.lesson import Group

Control = dict[str, object]


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


def knobs(
    found: Mapping[str, Knob], main: Sequence[str], groups: Sequence[Group], lang: str
) -> list[Control]:
    """The main knobs of a scene in its order, then the others, folded by group."""
    shown = [name for name in main if name in found]
    spec: list[Control] = [found[name].spec(lang) | {"place": "main"} for name in shown]
    for group in groups:
        inner = [found[name] for name in group.knobs if name in found and name not in shown]
        place = f"group:{group.id}"
        if inner:
            spec.append({"kind": "group", "id": group.id, "label": group.label, "place": place})
            spec += [knob.spec(lang) | {"place": place} for knob in inner]
    return spec
