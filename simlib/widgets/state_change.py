"""From one state of a lab to the next: the whole step, or nothing of it and a sentence why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from simlib.errors import CaseError, LawError, SimlibError
from simlib.lessons.knob import Setting
from simlib.text import message, words
from simlib.widgets.lesson import Basis, View
from simlib.widgets.markup import paragraphs
from simlib.widgets.outcome_memory import VIEWS, Last
from simlib.widgets.page_messages import Nonsense, report
from simlib.widgets.reset import reset
from simlib.widgets.state import OWN, LabState, Scene, fields_of

if TYPE_CHECKING:
    from simlib.lessons.knob import Knob
    from simlib.widgets.comparison import Kept
    from simlib.widgets.history import History
    from simlib.widgets.outcome_memory import Decided
    from simlib.widgets.own_case import Mine

# what a step brings back: the state, its history, the case that is waited for, what is beside
Held: TypeAlias = tuple[dict[str, object], tuple[object, ...], str | None, dict[str, object]]


class Steps(Basis):
    """What a lab does when the reader changes something; a frame shows what has become of it.

    Whatever fails on the way, for a reason of the law or of the program, leaves everything as it
    was: `attempt` alone takes steps back.

    Attributes
    ----------
    now
        the scene that is shown (B) with its outcomes
    restored
        whether the link of the page's address could be shown; None: there was none
    knobs
        id → knob
    still
        row → words that say why it stands still after the last knob
    """

    HELD: tuple[str, ...] = ("still",)  # what a step that fails brings back, beside the state
    history: History
    mine: Mine
    beside: Kept
    now: View
    restored: bool | None
    knobs: dict[str, Knob]
    still: dict[str, str]
    _seen: dict[str, object]

    # ------------------------------------------------------------ what a frame gives

    def _refresh(self) -> None:
        """Show the state, whatever it has become."""
        raise NotImplementedError

    def _fill(self) -> None:
        """Show what the controls say."""
        raise NotImplementedError

    def note(self, html: str) -> None:
        """Show what was refused; empty: nothing was."""
        raise NotImplementedError

    def again(self) -> None:
        """Let the page show once more what holds: it shows what the reader wished."""
        raise NotImplementedError

    def send_own(self, content: dict[str, object]) -> None:
        """Tell the page something about the reader's own case."""
        raise NotImplementedError

    def hand_over(self, link: str) -> None:
        """Show the state in the fragment of the page's address."""
        raise NotImplementedError

    def set_out(self) -> Scene:
        """What was set up before the reader turned anything; of it the facts and choices count."""
        raise NotImplementedError

    # ------------------------------------------------------------ the whole step or nothing of it

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
            self._back(held, self._refused(error))
        except Exception:  # of whatever kind: the reader can do nothing about it
            report(f"{type(self).__name__} took a step back")
            self._back(held, sorry or words("lab", "step.failed", self.lang))
        else:
            return True
        return False

    def _refused(self, error: SimlibError) -> str:
        """Why, in words: what a file is to say instead only who wrote the file is told."""
        theirs = self.state.case_id == OWN and not isinstance(error, CaseError)
        if theirs or isinstance(error, LawError):
            return message(error, self.lang)
        return words("lab", "step.clash", self.lang)

    def _held(self) -> Held:
        fields = {name: getattr(self.state, name) for name in LabState.FIELDS}
        beside = {name: getattr(self, name) for name in self.HELD}
        return fields, self.history.held(), self.mine.awaited, beside

    def _back(
        self,
        held: Held,
        said: str,
    ) -> None:
        """Show what was held, and say why; forms the page has moved go back too."""
        fields, history, self.mine.awaited, beside = held
        for name, value in beside.items():
            setattr(self, name, value)
        self.state.put(fields)
        self.history.hold(history)
        self._seen.clear()  # a part may have been fitted to what is taken back
        try:
            self._settle()
            self._refresh()
        finally:
            self.warn(said)
            self.again()

    def _change(
        self,
        fields: Mapping[str, object],
        stroke: tuple[object, ...] | None = None,
        knob: Knob | None = None,
    ) -> bool:
        """Take over what the reader changed, or say why not."""

        def change() -> None:
            before = self.now
            self._put(fields)
            self._settle()
            if self.now.scene != before.scene:
                self.note("")
            self._stepped(before, knob)
            self.history.record(self.state.snapshot(), stroke)
            self._refresh()

        return self.attempt(change)

    def _stepped(self, before: View, knob: Knob | None) -> None:
        """What there is to say of a step, before it is shown; `knob`: what it was made with."""
        self.still = self.standstill(knob, before, self.now) if knob else {}

    def _restore(self, snapshot: dict[str, object]) -> None:
        """Show a state of before again."""
        before = self.now
        self._put(snapshot)
        self.note("")
        self._settle()
        self._stepped(before, None)
        self._refresh()

    def _put(self, fields: Mapping[str, object]) -> None:
        """Set fields of the state. Another case has other numbers to ask about."""
        if fields.get("case_id", self.state.case_id) != self.state.case_id:
            fields = {"selected": [], **fields}
        self.state.put(fields)

    def renew(self, record: bool = False) -> None:
        """Show a state that was put from outside; `record`: as a step that can be taken back."""
        before = self.now
        self.note("")
        self._settle()
        self._stepped(before, None)
        self._refresh()
        if record:
            self.history.record(self.state.snapshot())
        else:
            self.history.start(self.state.snapshot())
        self._fill()

    # ------------------------------------------------------------ what the reader does

    def _begin(self, link: str | None) -> None:
        """Show the state of the page's address, if it is one."""
        self.restored = self.state.from_text(link, self.accept) if link else None
        if self.mine.awaited:  # what asks for the case lies behind the questions
            self.state.committed = {"opened": True}
        self._settle()
        self.history.start(self.state.snapshot())
        self._refresh()

    def _chosen(self, wishes: Mapping[str, object]) -> None:
        """Another case, position or party, or what else the lesson lets choose."""
        if wishes.get("case") == OWN and (reason := self.refuses(self.state.load(OWN))):
            self.refuse(reason)
            return
        fields: dict[str, object] = {}
        own = {k: v for k, v in wishes.items() if k not in ("case", "position", "party")}
        if "case" in wishes:
            fields |= self._opening(str(wishes["case"])) | {"committed": {"opened": True}}
        if "position" in wishes:
            fields |= {"position": wishes["position"], "changes": {}}
        if "party" in wishes:
            fields["party"] = wishes["party"]
        if own:
            fields["chosen"] = self.state.chosen | own
        self._change(fields)

    def _turn(self, wishes: Mapping[str, object], strokes: Mapping[str, int]) -> None:
        """A knob was moved: write its fact, or what it chooses beside the facts."""
        changes, chosen = dict(self.state.changes), dict(self.state.chosen)
        case = self.state.case()
        for name, value in wishes.items():
            knob = self.knobs[name]
            if isinstance(knob, Setting):
                chosen |= knob.write(value, chosen)  # type: ignore[arg-type]  # it reads no case
            else:
                changes |= knob.write(value, case)
        stroke = tuple((name, strokes[name]) for name in wishes)
        self._change({"changes": changes, "chosen": chosen}, stroke, self.knobs[name])

    def _press(self, action: str, name: str) -> bool:
        """A tool every frame has; False: it is none."""
        if action == "reset":
            back = [self.knobs[name]] if name else list(self.knobs.values())
            now, start = self.state.scene(), self.set_out()
            self._change(reset(back, not name, self.now.case, now, start))
        elif action in ("undo", "redo"):
            self._restore(getattr(self.history, action)())
        elif action in ("keep", "swap", "clear"):
            self._change(self.beside.press(action))
        else:
            return False
        return True

    def _opening(self, case_id: str) -> dict[str, object]:
        """A case as it is first shown."""
        positions = [p.id for p in self.state.load(case_id).positions]
        first = positions[0] if positions else ""
        return fields_of(Scene(case_id, first)) | {"stage": ""}

    # ------------------------------------------------------------ what is set up

    def accept(self) -> None:
        """Refuse a state from a link that no reader can have left."""
        if self.state.selected and not self.can_ask(self.state.selected):
            raise ValueError("asks about a number no table has")
        if not self.is_answer(self.state.committed):
            raise ValueError("an answer the form cannot give")
        if not self.is_staged(self.state.stage, self.state.tasks):
            raise ValueError("a scene or a task that this lesson has not")
        self._choose_party()
        kept = self.state.kept
        for scene in filter(None, (self.state.scene(), kept)):
            if scene.case_id == OWN and self.refuses(self.state.load(OWN)):
                raise ValueError("a case that this lesson cannot show")
            self.decide(self.state.case(scene), scene)
        helpers = self.helpers(self.state.base(kept)) if kept else []
        if kept and helpers and kept.party not in helpers:
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

    @cached_property
    def last(self) -> Last:
        """For a lesson whose outcomes hang on the case alone."""
        return Last()

    def _view(self, scene: Scene) -> View:
        def decided() -> Decided:
            case = self.state.case(scene)
            return case, self.decide(case, scene)

        own = self.state.own if scene.case_id == OWN else ""
        return View(scene, *VIEWS.get((type(self), repr(scene), own), decided))

    def _new(self, name: str, value: object) -> bool:
        """Whether a part has to be fitted anew, because what it hangs on is another."""
        old, self._seen[name] = self._seen.get(name), value
        return old != value

    # ------------------------------------------------------------ what is refused

    def refuse(self, said: str) -> None:
        """Say why a wish is not followed; the page shows the wish: back to what holds."""
        self.warn(said)
        self.again()

    def warn(self, said: str) -> None:
        """Say what was refused, and why."""
        self.note(paragraphs(said, class_="simlib-warn"))
