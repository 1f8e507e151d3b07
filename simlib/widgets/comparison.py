"""A beside B: one scene is kept, and whatever is shown next says how it differs from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.text import words
from simlib.widgets.state import OWN, fields_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from simlib.widgets.lesson import View
    from simlib.widgets.state import LabState, Scene


class Kept:
    """What is kept as A, decided once, not at every step of a knob.

    Parameters
    ----------
    state
        the lab's, whose `kept` is A
    look, named
        the lab's: scene → view, view → what else tells it apart
    """

    def __init__(
        self,
        state: LabState,
        look: Callable[[Scene], View],
        named: Callable[[View], str],
        lang: str,
    ) -> None:
        self._state, self._look, self._named, self._lang = state, look, named, lang
        self._seen: tuple[View, str] | None = None

    def press(self, action: str) -> dict[str, object]:
        """What changes in the state when the reader presses `keep`, `swap` or `clear`."""
        scene, kept = self._state.scene(), self._state.kept
        if action == "swap":
            return {**fields_of(kept), "kept": scene} if kept else {}
        return {"kept": scene if action == "keep" else None}

    def open_tools(self) -> dict[str, bool]:
        """Button → whether there is anything for it to do."""
        kept = self._state.kept
        other = kept != self._state.scene()
        return {"keep": other, "swap": kept is not None and other, "clear": kept is not None}

    @property
    def view(self) -> View | None:
        """A, or None."""
        scene = self._state.kept
        if scene is None:
            return None
        own = self._state.own if scene.case_id == OWN else ""
        if self._seen is None or (self._seen[0].scene, self._seen[1]) != (scene, own):
            self._seen = (self._look(scene), own)
        return self._seen[0]

    def title(self) -> str:
        """What A is, in words; empty without an A."""
        return self._title(self.view) if self.view else ""

    def _title(self, view: View) -> str:
        names = setting_names(view, self._lang)
        names += filter(None, [self._named(view)])
        title = words("lab", "kept.between", self._lang).join(names)
        count = len(view.scene.changes)
        return words("lab", "kept.title", self._lang, title=title, count=count) if count else title


def setting_names(view: View, lang: str) -> list[str]:
    """What its case is called, and the position it is at, if any."""
    position = next((p for p in view.case.positions if p.id == view.scene.position), None)
    return [getattr(each.title, lang) for each in (view.case, position) if each]
