"""The lab of lesson 08: pieces of evidence and their clocks, on the day of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simlib.figures.evidence import (
    Asked,
    Stored,
    Suit,
    Told,
    cover,
    draw_board,
    draw_remedies,
    draw_staff,
    said,
)
from simlib.figures.people import short_names
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.evidence import bet, reasons, settings
from simlib.widgets.evidence.found import OF_SUIT, Found
from simlib.widgets.evidence.remedies import DAYS, remedies
from simlib.widgets.evidence.reveal import reveal
from simlib.widgets.evidence.scenes import (
    AFTER,
    ANSWERED,
    ASKED,
    CHANCE,
    COLUMNS,
    FIRST,
    LAW,
    LEFT,
    MATCH,
    MONEY,
    SCENES,
    SPOKEN,
    TRUTH,
    UNTIL,
)
from simlib.widgets.evidence.tasks import TASKS
from simlib.widgets.markup import table
from simlib.widgets.remembered import Remembered
from simlib.widgets.stage import Group, StageLab
from simlib.widgets.stage.task import OPEN, state_of
from simlib.widgets.state import asked_state

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.figures.drawing import Drawing
    from simlib.widgets.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.stage import Question, StageScene, Task
    from simlib.widgets.state import Scene

CALLED = {  # row → how the words of scenes and tasks call it
    "chat": "chat", "log": "log", "bank-records": "bank", "screenshot": "shot",
    "same": "same", "altered": "altered", "forged": "forged", "bare": "bare",
    "local": "local", "province": "province", "border": "border",
    "criminal_first": "first", LAW: "stay", "parallel": "parallel", "coordinated": "joint",
}  # fmt: skip
OF_ROW = {
    Told: (UNTIL, ANSWERED, CHANCE),
    Suit: (ASKED, LEFT, MONEY),
    Stored: (MATCH, AFTER, TRUTH),
}
COVERED = ("forged", TRUTH)  # row and column of which task 3 asks
MOST_SUITS = 64  # remembered at once
GROUPS = {
    "request": ("ask", "reply", "refuses"),
    "secure": ("preserve", "police"),
    "holder": ("beyond", "delete", "mandatory"),
    "court": ("objection", "explains", "complies"),
    "suit": ("sue", "caught", "assets"),
}


class EvidenceLab(StageLab):
    """Lesson 08's lab.

    Attributes
    ----------
    tables
        the module below the stage: the paper's remedies, and the people a request needs
    """

    topic, no, minutes = "evidence", "08", 15
    first = (FIRST, "hengnan-hengyang")
    choices = settings.BELOW
    teaser_fold = "police"

    @cached_property
    def _suits(self) -> Remembered[dict[str, Suit]]:
        """What was reckoned of suits, by all that they depend on: most knobs do not move them."""
        return Remembered(MOST_SUITS)

    # ------------------------------------------------------------ the bet

    def questions(self) -> Sequence[Question]:
        """Whether the law keeps the chats; what helps most."""
        return bet.questions(self.lang)

    def contradiction(self, answer: Mapping[str, Any]) -> str:
        """Speed for what is gone, or an order for what is sure."""
        return bet.contradiction(answer, self.lang)

    def reveal(self, view: View, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer beside the case and the law in force."""
        return reveal(view, answer, self.lang)

    # ------------------------------------------------------------ the stage

    def scenes(self) -> Sequence[StageScene]:
        """Who keeps what; too late; waiting; what a hash proves; far away."""
        return SCENES

    def tasks(self) -> Sequence[Task]:
        """A quick answer; an early order; a hash that matches."""
        return TASKS

    def groups(self) -> Sequence[Group]:
        """The request, who secures it, its holder, the suit."""
        return [Group(id, self.say(f"groups.{id}"), inner) for id, inner in GROUPS.items()]

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """Days, how fast a holder answers, preservation, and what is folded."""
        return settings.knobs(case, party, self.lang)

    def decide(self, case: Case, scene: Scene) -> Found:
        """What becomes of each row."""
        held = settings.chosen(scene.chosen)
        facts = self.state.opened, scene.case_id, scene.position, scene.changes, scene.party
        key = (repr((facts, [held[name] for name in OF_SUIT])),)
        found = Found(case, held, self.lang, self._suits.get(key, dict))
        for row in found:
            found[row]
        return found

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """The clocks, and what can be had of each row."""
        held = _found(view).held
        asked = Asked(
            scene.id,
            scene.rows,
            COLUMNS[scene.id],
            scene.column,
            SPOKEN[scene.id],
            held["ask"],
            held["preserve"],
            view.case.loss_fen,
        )
        board = draw_board(
            view.outcomes,
            asked,
            self.lang,
            before=before.outcomes if before else None,
            kept=kept.outcomes if kept else None,
            kept_title=self.beside.title(),
            still=self.still,
        )
        return cover(board, *COVERED, self.lang) if self._covers(scene, view) else board

    def _covers(self, scene: StageScene, view: View) -> bool:
        """Whether a task stands as it begins, and asks for a guess of what a row would show."""
        held, task = _found(view).held, self.play.task("forged")
        asks = scene.id == task.scene and held["objection"] == "none"
        return asks and state_of(self.state.tasks, task.id) == OPEN

    def names(self) -> dict[str, str]:
        """The helper and the victim of the lesson's own case."""
        case = self.state.load(FIRST)
        called = short_names(case, self.lang)
        return {"who": called[self.helpers(case)[0]], "victim": called[case.claimant]}

    def numbers(self, before: View, now: View) -> dict[str, str]:
        """Row → what each of its columns says; before and now."""
        found: dict[str, str] = {}
        for view, suffix in ((before, "_before"), (now, "")):
            for row, name in CALLED.items():
                told = view.outcomes[row]
                found |= {
                    f"{name}_{column}{suffix}": said(told, column, self.lang)
                    for column in OF_ROW[type(told)]
                }
        return found

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Why a row does not move with this knob."""
        return {row: reasons.still(knob.id, row, now.outcomes[row], self.lang) for row in CALLED}

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """Why a row says this."""
        return reasons.reason(_found(view), selected, self.lang)

    def can_ask(self, selected: list[str]) -> bool:
        """A cell of the board, or its large number."""
        return reasons.can_ask(selected)

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """One table at a time."""
        label = self.say("choose.view")
        self.pick, self.table = Form(label=label, layout=LAYOUT), Pane(layout=LAYOUT)
        self.pick.on_asked(lambda wishes: self._change({"chosen": self.state.chosen | wishes}))
        self.pick.on_seen(self.show)
        self.tables = box("simlib-lab", self.pick, self.table)
        self.tables.add_class("simlib-words")  # tables of sentences, which break where they must

    def show(self) -> None:
        """The table chosen, once its fold was opened."""
        held = settings.chosen(self.state.chosen)
        if self._new("pick", held["view"]):
            self.pick.spec = settings.view_spec(self.lang)
        self.pick.values = {item["id"]: held[item["id"]] for item in self.pick.spec}
        if self.pick.seen:
            self.table.html = table(self._table(held), {}, "", self.lang)

    def _table(self, held: Mapping[str, Any]) -> Drawing:
        if held["view"] == "staff":
            return draw_staff(self.lang)
        return draw_remedies(remedies(), DAYS, self.lang)


def _found(view: View) -> Found:
    found = view.outcomes
    assert isinstance(found, Found)
    return found


def evidence_lab(lang: str = "zh") -> EvidenceLab:
    """The lab of lesson 08, in the state that the page's address asks for."""
    return EvidenceLab(lang, link=asked_state())
