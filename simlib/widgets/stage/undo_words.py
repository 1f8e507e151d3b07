"""What undo, redo, reset and a new scene did: which knob or setting stands elsewhere, in words."""

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
    key = "again" if action == "redo" else "back"
    moved = _setting(before, now, scenes, lang) or _moved(key, before, now, knobs, lang)
    return _listed(action, moved, lang)


def set_back(before: View, now: View, knobs: Iterable[Knob], lang: str) -> str:
    """Name the knobs that a scene has put back; empty: none of these.

    Parameters
    ----------
    knobs
        those that the reader had moved before it was set up
    """
    if before.scene.case_id == now.scene.case_id:
        return _listed("staged", _moved("put", before, now, knobs, lang), lang)
    return _listed("returned", [knob.label for knob in knobs], lang)


def _moved(
    key: str, before: View, now: View, knobs: Iterable[Knob], lang: str
) -> list[str]:  # fmt: skip
    """Each knob that stands elsewhere now, and where."""
    return [
        _say(key, lang, label=knob.label, value=value_said(knob, now, lang))
        for knob in knobs
        if _at(knob, before) != _at(knob, now)
    ]


def _listed(action: str, moved: list[str], lang: str) -> str:
    if not moved:
        return ""
    left = len(moved[MOST:])
    named = [*moved[:MOST], *([_say("rest", lang, count=left)] if left else [])]
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
