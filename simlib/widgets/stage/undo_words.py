"""What undo, redo and reset did: the knob or the setting that stands elsewhere now, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simlib.text import words
from simlib.widgets.stage.files import value_said

if TYPE_CHECKING:
    from simlib.lessons.knob import Knob
    from simlib.widgets.lesson import View

TOPIC = "stage"
MOST = 2  # knobs named; of the others it is said how many


def stepped(
    action: str, before: View, now: View, knobs: Iterable[Knob], scenes: tuple[int, int], lang: str
) -> str:
    """Name what a step changed; empty: neither a knob nor the setting.

    Parameters
    ----------
    action
        `undo`, `redo` or `reset`
    knobs
        those of the case that is shown now
    scenes
        the number of the scene that was shown before, and is shown now
    """
    found = _setting(before, now, scenes, lang) or [
        _say("again" if action == "redo" else "back", lang, label=knob.label, value=value)
        for knob in knobs
        if _at(knob, before) != _at(knob, now)
        for value in [value_said(knob, now, lang)]
    ]
    if not found:
        return ""
    left = len(found[MOST:])
    named = [*found[:MOST], *([_say("rest", lang, count=left)] if left else [])]
    return _say(action, lang, list=_say("between", lang).join(named))


def _setting(before: View, now: View, scenes: tuple[int, int], lang: str) -> list[str]:
    """Another case, scene or position, with which every knob moves; empty: it is the same."""
    if before.scene.case_id != now.scene.case_id and now.case:
        return [_say("case", lang, title=getattr(now.case.title, lang))]
    if scenes[0] != scenes[1]:
        return [_say("scene", lang, n=scenes[1])]
    position = next((p for p in now.case.positions if p.id == now.scene.position), None)
    if before.scene.position != now.scene.position and position:
        return [_say("position", lang, title=getattr(position.title, lang))]
    return []


def _at(knob: Knob, view: View) -> object:
    return knob.at(view.case, view.scene.chosen)


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"step.{key}", lang, **values)
