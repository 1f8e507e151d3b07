"""From one state of a lab to the next: the whole step, or nothing of it and a sentence why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simlib.errors import SimlibError
from simlib.text import message, words
from simlib.widgets.door import Nonsense, report
from simlib.widgets.lesson import Lesson, View
from simlib.widgets.markup import paragraphs
from simlib.widgets.state import OWN, LabState, Scene, fields_of

if TYPE_CHECKING:
    from simlib.widgets.knob import Knob


class Steps(Lesson):
    """What a lab does when the reader changes something. `frame.Lab` shows what has become of it.

    Whatever fails on the way, for a reason of the law or of the program, leaves everything as it
    was: `attempt` alone takes steps back.
    """

    def attempt(self, act: Callable[[], None], sorry: str = "") -> bool:
        """Do `act` wholly or not at all; False: it failed, and the page is told why.

        Parameters
        ----------
        sorry
            what is said if the program stumbles, rather than that it was a fault of the program
        """
        held = self._held()
        try:
            act()
        except Nonsense:
            raise
        except SimlibError as error:
            self._back(held, message(error, self.lang))
        except Exception:  # of whatever kind: the reader can do nothing about it
            report(f"{type(self).__name__} took a step back")
            self._back(held, sorry or words("lab", "step.failed", self.lang))
        else:
            return True
        return False

    def _held(self) -> tuple:
        fields = {name: getattr(self.state, name) for name in LabState.FIELDS}
        return fields, self.history.held(), self.still, self.mine.awaited

    def _back(self, held: tuple, said: str) -> None:
        """Show what was held, and say why; forms the page has moved go back too."""
        fields, history, self.still, self.mine.awaited = held
        self.state.put(fields)
        self.history.hold(history)
        self._seen.clear()  # a part may have been fitted to what is taken back
        try:
            self._settle()
            self._refresh()
        finally:
            self.warn(said)
            for form in (self.answer, self.choose, self.form):
                form.again()

    def _change(self, fields: dict, stroke: tuple | None = None, knob: Knob | None = None) -> bool:
        """Take over what the reader changed, or say why not."""

        def change() -> None:
            before = self.now
            self._put(fields)
            self._settle()
            if self.now.scene != before.scene:
                self.notice.html = ""
            self.still = self.standstill(knob, before, self.now) if knob else {}
            self.history.record(self.state.snapshot(), stroke)
            self._refresh()

        return self.attempt(change)

    def _restore(self, snapshot: dict) -> None:
        """Show a state of before again."""
        self._put(snapshot)
        self.still, self.notice.html = {}, ""
        self._settle()
        self._refresh()

    def _put(self, fields: dict) -> None:
        """Set fields of the state. Another case has other numbers to ask about."""
        if fields.get("case_id", self.state.case_id) != self.state.case_id:
            fields = {"selected": [], **fields}
        self.state.put(fields)

    def renew(self, record: bool = False) -> None:
        """Show a state that was put from outside; `record`: as a step that can be taken back."""
        self.still, self.notice.html = {}, ""
        self._settle()
        self._refresh()
        if record:
            self.history.record(self.state.snapshot())
        else:
            self.history.start(self.state.snapshot())
        self._fill()

    def _opening(self, case_id: str) -> dict:
        """A case as it is first shown."""
        positions = [p.id for p in self.state.load(case_id).positions]
        first = positions[0] if positions else ""
        return fields_of(Scene(case_id, first))

    def accept(self) -> None:
        """Refuse a state from a link that no reader can have left."""
        if self.state.selected and not self.can_ask(self.state.selected):
            raise ValueError("asks about a number no table has")
        if not self.is_answer(self.state.committed):
            raise ValueError("an answer the form cannot give")
        self._choose_party()
        kept = self.state.kept
        for scene in filter(None, (self.state.scene(), kept)):
            if scene.case_id == OWN and self.refuses(self.state.load(OWN)):
                raise ValueError("a case that this lesson cannot show")
            self.decide(self.state.case(scene), scene)
        helpers = self.helpers(self.state.base(kept)) if kept else []
        if helpers and kept.party not in helpers:
            raise ValueError("A speaks of nobody the knobs can move")

    def _settle(self) -> None:
        """Decide the scene that is set up now."""
        self._choose_party()
        self.now = self._view(self.state.scene())

    def _choose_party(self) -> None:
        """Somebody whose facts the knobs can move, if the state names nobody else."""
        helpers = self.helpers(self.state.base())
        if self.state.party not in helpers:
            self.state.party = next(iter(helpers), "")

    def _view(self, scene: Scene) -> View:
        case = self.state.case(scene)
        return View(scene, case, self.decide(case, scene))

    def refuse(self, said: str) -> None:
        """Say why a wish is not followed; the page shows the wish: back to what holds."""
        self.warn(said)
        for form in (self.choose, self.form):
            form.again()

    def warn(self, said: str) -> None:
        """Say what was refused, and why; before he has answered, beside the questions too."""
        self.notice.html = paragraphs(said, class_="simlib-warn")
        if not self.state.committed:
            self.feedback.html = self.notice.html
