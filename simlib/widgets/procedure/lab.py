"""The lab of lesson 07: one suit beside a criminal case, in four ways to treat it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simlib.figures.people import short_names
from simlib.figures.procedure import (
    Asked,
    draw_board,
    draw_chances,
    draw_limits,
    draw_steps,
    months_said,
    ordinary_said,
    paid_said,
)
from simlib.figures.suits import document_name
from simlib.procedure import REGIMES
from simlib.procedure.spread import spread
from simlib.text import topic_words
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.markup import table
from simlib.widgets.procedure import bet, reasons, settings
from simlib.widgets.procedure.found import Found
from simlib.widgets.procedure.reveal import reveal
from simlib.widgets.procedure.scenes import COLUMNS, FIRST, LAW, MONTHS, PICTURED, SCENES, SPOKEN
from simlib.widgets.procedure.still import still
from simlib.widgets.procedure.tasks import TASKS
from simlib.widgets.stage import Group, StageLab
from simlib.widgets.state import asked_state

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.figures.drawing import Drawing
    from simlib.widgets.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.stage import Question, StageScene, Task
    from simlib.widgets.state import Scene

CALLED = {"criminal_first": "first", LAW: "stay", "parallel": "parallel", "coordinated": "joint"}
LINES = 100_000  # drawn for the table of chances
GROUPS = {
    "suit": ("sue", "proof"),
    "criminal": ("caught", "effective", "disposition"),
    "readings": ("reading_176", "reading_129"),
    "money": ("preserve", "leak", "assets"),
}


class ProcedureLab(StageLab):
    """Lesson 07's lab.

    Attributes
    ----------
    tables
        the module below the stage: a line step by step, the limits of time, many time lines
    """

    topic, no, minutes = "procedure", "07", 15
    first = (FIRST, "hengnan-hengyang")
    choices = settings.BELOW
    teaser_fold = "jiangmen"

    # ------------------------------------------------------------ the bet

    def questions(self) -> Sequence[Question]:
        """Which document she gets; which limit says how long she waits."""
        return bet.questions(self.lang)

    def contradiction(self, answer: Mapping[str, Any]) -> str:
        """A limit that does not go with the document."""
        return bet.contradiction(answer, self.lang)

    def reveal(self, view: View, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer beside the case and the law in force."""
        return reveal(view, answer, self.lang)

    # ------------------------------------------------------------ the stage

    def scenes(self) -> Sequence[StageScene]:
        """Five, from the investigation to his means."""
        return SCENES

    def tasks(self) -> Sequence[Task]:
        """A suspect at large; a suit too early; waiting and money."""
        return TASKS

    def groups(self) -> Sequence[Group]:
        """The suit, the criminal case, readings, money."""
        return [Group(id, self.say(f"groups.{id}"), inner) for id, inner in GROUPS.items()]

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """Days, proof, readings, what is ordered, means."""
        return settings.knobs(case, party, self.lang)

    def decide(self, case: Case, scene: Scene) -> Found:
        """What four regimes make of the suit."""
        found = Found(case, settings.chosen(scene.chosen))
        for regime in found:
            found[regime]
        return found

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """The tracks of one regime, and what becomes of the suit in all four."""
        asked = Asked(
            scene.rows,
            COLUMNS[scene.id],
            scene.column,
            SPOKEN.get(scene.id, LAW),
            scene.id in PICTURED,
            _awarded(view.case),
            view.case.loss_fen,
        )
        return draw_board(
            view.outcomes,
            asked,
            self.lang,
            before=before.outcomes if before else None,
            kept=kept.outcomes if kept else None,
            kept_title=self.beside.title(),
            still=self.still,
        )

    def names(self) -> dict[str, str]:
        """The helper and the victim of the lesson's own case."""
        case = self.state.load(FIRST)
        called = short_names(case, self.lang)
        return {"who": called[self.helpers(case)[0]], "victim": called[case.claimant]}

    def numbers(self, before: View, now: View) -> dict[str, str]:
        """Regime → document, months with their band, money; before and now."""
        found: dict[str, str] = {}
        for view, suffix in ((before, "_before"), (now, "")):
            for regime, name in CALLED.items():
                told = view.outcomes[regime]
                said = {
                    "doc": document_name(told.document, self.lang),
                    "again": self.say(f"again.{told.again}"),
                    "months": ordinary_said(told, MONTHS, self.lang),
                    "band": months_said(told.months, self.lang),
                    "money": paid_said(told.paid, self.lang),
                }
                found |= {f"{name}_{key}{suffix}": text for key, text in said.items()}
        return found

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Why a row does not move with this knob."""
        said = topic_words("procedure_lesson", self.lang)["still"]
        columns = COLUMNS[self._drawn_scene().id]
        states = _found(before), _found(now)
        return {regime: said[still(knob.id, regime, states, columns, said)] for regime in REGIMES}

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """Why a suit gets this document, this day, this money."""
        return reasons.reason(_found(view), _awarded(view.case) or 0, selected, self.lang)

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
        """The table chosen, of the case as it stands, once its fold was opened."""
        held = settings.chosen(self.state.chosen)
        if self._new("pick", held["view"]):
            self.pick.spec = settings.view_spec(held["view"], self.lang)
        self.pick.values = {item["id"]: held[item["id"]] for item in self.pick.spec}
        if self.pick.seen:
            self.table.html = table(self._table(held), {}, "", self.lang)

    def _table(self, held: Mapping[str, Any]) -> Drawing:
        found = _found(self.now)
        if held["view"] == "steps":
            told = found[held["regime"]]
            return draw_steps(told, held["variant"], self.lang)
        if held["view"] == "limits":
            return draw_limits(found.case, found.sue_on, self.lang)
        drawn = {
            regime: spread(found.case, regime, LINES, switches=found.switches, sue_on=found.sue_on)
            for regime in REGIMES
        }
        return draw_chances(drawn, LINES, self.lang)


def _awarded(case: Case) -> int | None:
    """What the last court ordered [fen]; None: nothing is known of it."""
    return case.rulings[-1].amount_fen if case.rulings else None


def _found(view: View) -> Found:
    found = view.outcomes
    assert isinstance(found, Found)
    return found


def procedure_lab(lang: str = "zh") -> ProcedureLab:
    """The lab of lesson 07, in the state that the page's address asks for."""
    return ProcedureLab(lang, link=asked_state())
