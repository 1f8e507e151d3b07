"""What a scene takes for granted: said only while the stage is as the scene supposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.text import topic_words, words
from simlib.widgets.knob import turned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simlib.widgets.lesson import View
    from simlib.widgets.stage.lesson import StageLesson
    from simlib.widgets.stage.scene import StageScene

TOPIC = "stage"


def assumed(lesson: StageLesson, scene: StageScene, ends: tuple[View, View], now: View) -> str:
    """What nobody has found and a scene supposes, as far as it still holds; empty: nothing.

    Its words are `assumed`, said until something is turned that its position sets, and
    `assumes`: knob → what it stands for, said while that knob stands where the scene has it.

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
    whole = str(said.get("assumed", "")) if _is_kept(scene, now) else ""
    stands = _standing(lesson, said.get("assumes", {}), ends, now)
    names = lesson.names()
    parts = [lesson.say(f"scenes.{scene.id}.assumes.{name}", **names) for name in stands]
    if not parts:
        return whole
    listed = words(TOPIC, "page.pause", lesson.lang).join(parts)
    return whole + words(TOPIC, "page.assumes", lesson.lang, list=listed)


def _is_kept(scene: StageScene, now: View) -> bool:
    """Whether nothing was turned that its position sets, beyond what the scene itself turns."""
    its = {**scene.changes, **scene.turn}
    own = {
        path: value
        for each in now.case.positions
        if each.id == scene.position
        for path, value in each.set.items()
        if path not in its
    }
    return not turned(now.case, own)


def _standing(
    lesson: StageLesson, names: Iterable[str], ends: tuple[View, View], now: View
) -> list[str]:
    """Which of some knobs stand as the scene has them, when it asks or when it answers."""
    found = {knob.id: knob for knob in lesson.fit_knobs(now.case, now.scene.party)}

    def at(name: str, view: View) -> object:
        return found[name].at(view.case, view.scene.chosen)

    return [name for name in names if at(name, now) in [at(name, end) for end in ends]]
