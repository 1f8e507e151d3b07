"""What a scene takes for granted: said only while the stage is as the scene supposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.lessons.knob import turned
from simlib.text import topic_words, words
from simlib.widgets.stage.files import value_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simlib.lessons.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.stage.lesson import StageLesson
    from simlib.widgets.stage.scene import StageScene

TOPIC = "stage"
BOTH = "+"  # between knobs of which words speak together


def assumed(lesson: StageLesson, scene: StageScene, ends: tuple[View, View], now: View) -> str:
    """What nobody has found and a scene supposes, as far as it still holds; empty: nothing.

    Its words are

    - `assumes`: knob, or knobs with a `+` between, → what it stands for, said while they stand
      where the scene has them
    - `assumed`, said until something else is turned that its position sets
    - `turned`: knob → what is said instead once that knob stands elsewhere, with its `value`

    Parameters
    ----------
    ends
        the scene when it asks, and when it answers
    now
        what is set up
    """
    said = topic_words(f"{lesson.topic}_lesson", lesson.lang)["scenes"][scene.id]
    if now.scene.position != scene.position:
        return ""
    knobs = {knob.id: knob for knob in lesson.fit_knobs(now.case, now.scene.party)}
    groups, instead = said.get("assumes", {}), said.get("turned", {})
    stands = {name: _stands(knobs[name], ends, now) for name in _each([*groups, *instead])}
    spoken = {path for name in stands for path in knobs[name].paths}
    whole = str(said.get("assumed", "")) if _is_kept(scene, now, spoken) else ""
    kept = [name for name in groups if all(stands[each] for each in name.split(BOTH))]
    moved = {n: value_said(knobs[n], now, lesson.lang) for n in instead if not stands[n]}
    names = lesson.names()
    held = [lesson.say(f"scenes.{scene.id}.assumes.{name}", **names) for name in kept]
    gone = [
        lesson.say(f"scenes.{scene.id}.turned.{name}", value=value, **names)
        for name, value in moved.items()
    ]
    parts = [_say("assumes", held, lesson.lang), _say("turned", gone, lesson.lang)]
    stood = words(TOPIC, "page.assumes_and", lesson.lang).join(part for part in parts if part)
    return words(TOPIC, "page.assumes_stop", lesson.lang).join(p for p in (stood, whole) if p)


def _each(names: Iterable[str]) -> list[str]:
    """The knobs that some words speak of, each once."""
    return list(dict.fromkeys(each for name in names for each in name.split(BOTH)))


def _say(key: str, parts: Sequence[str], lang: str) -> str:
    """Some of what a scene assumes in one sentence; empty: there is none of it."""
    listed = words(TOPIC, "page.pause", lang).join(parts)
    return words(TOPIC, f"page.{key}", lang, list=listed) if parts else ""


def _is_kept(scene: StageScene, now: View, spoken: set[str]) -> bool:
    """Whether nothing was turned that its position sets, beyond what the scene itself turns.

    Parameters
    ----------
    spoken
        paths of which other words tell where they stand
    """
    its = {**scene.changes, **scene.turn}
    own = {
        path: value
        for each in now.case.positions
        if each.id == scene.position
        for path, value in each.set.items()
        if path not in its and path not in spoken
    }
    return not turned(now.case, own)


def _stands(knob: Knob, ends: tuple[View, View], now: View) -> bool:
    """Whether a knob stands as the scene has it, when it asks or when it answers."""

    def at(view: View) -> object:
        return knob.at(view.case, view.scene.chosen)

    return at(now) in [at(end) for end in ends]
