"""The lab of lesson 03: switch acts off, see whether the loss still happens, ask the law why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simlib.causation import graph
from simlib.figures.board import spoken
from simlib.figures.people import short_names
from simlib.lessons.causation import ASKED, draw_board, draw_chance, draw_indices, money_of
from simlib.lessons.causation.knobs import grouped, knobs
from simlib.lessons.causation.names import lesson, phrase, share_words
from simlib.lessons.causation.outcomes import Chain
from simlib.widgets.causation import bet, panes, reasons, settings
from simlib.widgets.causation.linked import Linked
from simlib.widgets.causation.reveal import reveal
from simlib.widgets.causation.scenes import FIRST, LUO, SCENES
from simlib.widgets.causation.still import still_key
from simlib.widgets.causation.tasks import TASKS, linked
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.markup import paragraphs, table
from simlib.widgets.plot import PlotView
from simlib.widgets.stage import Group, StageLab
from simlib.widgets.state import asked_state

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.figures.drawing import Drawing
    from simlib.lessons.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.stage import Question, StageScene, Task
    from simlib.widgets.state import Scene

GROUPS = ("acts", "promise", "force")


class CausationLab(StageLab):
    """Lesson 03's lab.

    Attributes
    ----------
    views
        the module below the stage: legal steps, four indices, lost chance, two experts, force
    """

    topic, no, minutes = "causation", "03", 15
    first = (FIRST, "fix-1", "2024-lu-0302-5690", "hengnan-hengyang")
    choices = ("who", "view")

    # ------------------------------------------------------------ the bet

    def questions(self) -> Sequence[Question]:
        """Would the loss have happened without his card; is his act a cause of it."""
        return bet.questions(self.lang)

    def contradiction(self, answer: Mapping[str, Any]) -> str:
        """A reason in law that says otherwise of the loss without him."""
        return bet.contradiction(answer, self.lang)

    def reveal(self, view: View, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer beside the chain and the law in force."""
        return reveal(view, answer, self.lang)

    # ------------------------------------------------------------ the stage

    def helpers(self, case: Case) -> list[str]:
        """Nobody in particular: the switches speak for all."""
        return []

    def scenes(self) -> Sequence[StageScene]:
        """Five, from the bet to a promise made before."""
        return SCENES

    def tasks(self) -> Sequence[Task]:
        """Either card, a substitute, a promise."""
        return TASKS

    def groups(self) -> Sequence[Group]:
        """Acts, promises, and causal force, which the chain does not use."""
        return [Group(id, self.say(f"groups.{id}"), grouped(self.knobs, id)) for id in GROUPS]

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """A switch for every act; promises; the causal force of the party asked about below."""
        acts = graph(case)
        people, asked = settings.askable(case, acts), self.state.chosen.get("who")
        who = asked if asked in people else people[0]
        return knobs(case, acts, case.party(who), self.lang)

    def decide(self, case: Case, scene: Scene) -> Mapping[str, Any]:
        """What the chain says of each party."""
        settings.chosen(scene.chosen, case, graph(case))
        return Linked(case, settings.off_of(scene.chosen))

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """The chain, what is asked of each party, and the money that came to him."""
        return draw_board(
            _chain(view),
            self.lang,
            order=settings.askable(view.case, linked(view).acts),
            rows=scene.rows,
            column=scene.column,
            before=_chain(before) if before else None,
            kept=_chain(kept) if kept and kept.scene.case_id == view.scene.case_id else None,
            kept_title=self.beside.title(),
            still=self.still,
        )

    def names(self) -> dict[str, str]:
        """Everybody of the lesson's own case, by id."""
        return short_names(self.state.load(FIRST), self.lang)

    def numbers(self, before: View, now: View) -> dict[str, str]:
        """Of each party his answers, money and Shapley value; the loss; before and now."""
        found = {}
        for view, suffix in ((before, "_before"), (now, "")):
            told = linked(view)
            found[f"loss{suffix}"] = lesson(f"board.{_loss(told)}", self.lang)
            for id in told.acts.parties:
                for key in ASKED:
                    answer = lesson(f"board.answers.{told.answer(id, key)}", self.lang)
                    found[f"{id}_{key}{suffix}"] = answer
                fen = money_of(view.case, id)
                found[f"{id}_passed{suffix}"] = "" if fen is None else spoken(fen, self.lang)
                shapley = told.indices["shapley"][id]
                found[f"{id}_shapley{suffix}"] = share_words(shapley, self.lang)
        lost = linked(now).chance(LUO).interval
        return found | {"luo_chance": spoken(lost, self.lang) if lost else ""}

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Why the answers for a party do not move with this knob."""
        return {
            id: self.say(f"board.still.{still_key(knob, linked(now), id)}")
            for id in linked(now).acts.parties
            if id in linked(before).steps and _same(linked(before), linked(now), id)
        }

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The reasons for the loss, a step, an index or the money."""
        return reasons.reason(linked(view), selected, self.lang)

    def can_ask(self, selected: list[str]) -> bool:
        """The loss, or a party and a step or an index of his."""
        return reasons.can_ask(selected)

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """One of five views at a time, of the chain as it is set up."""
        self.pick = Form(label=phrase("choose.view", self.lang), layout=LAYOUT)
        self.pick.on_asked(self._picked)
        self.chart, self.told = PlotView(layout=LAYOUT), Pane(layout=LAYOUT)
        self.told.on_say(self._asked)
        self.views = box("simlib-lab", self.pick, self.chart, self.told)

    def show(self) -> None:
        """The view chosen, of the party chosen."""
        found = linked(self.now)
        chosen = settings.chosen(self.state.chosen, self.now.case, found.acts)
        view, who = chosen["view"], chosen["who"]
        if self._new("pick", (self.state.opened, self.state.position, view)):
            self.pick.spec = settings.view_spec(self.now.case, found.acts, view, self.lang)
        self.pick.values = chosen
        html, drawing = self._under(found, view, who)
        if self._new("views", drawing is not None):
            charts = [self.chart] if drawing else []
            self.views.children = (self.pick, *charts, self.told)
        if drawing:
            figure: dict[str, Any] = drawing.figure
            with self.chart.hold_sync():
                self.chart.description, self.chart.figure = drawing.sentence, figure
        self.told.html = html

    def _under(self, found: Linked, view: str, who: str) -> tuple[str, Drawing | None]:
        """HTML of a view, and its chart if it has one."""
        selected = "|".join(self.state.selected)
        if view == "indices":
            drawing = draw_indices(found.case, found.indices, self.lang)
            return table(drawing, {}, selected, self.lang), drawing
        if view == "chance":
            lost = found.chance(who)
            drawing = draw_chance(found.case, lost, self.lang)
            html = table(drawing, {}, selected, self.lang) + panes.chance(lost, self.lang)
            if found.off:
                html += paragraphs(phrase("chance.of_file", self.lang), class_="simlib-hint")
            return html, drawing if drawing.figure["data"] else None
        if view == "hearing":
            return panes.hearing(self.lang), None
        if view == "force":
            return panes.force(found, who, self.lang), None
        return panes.steps(found, who, self.lang), None

    def _picked(self, wishes: dict[str, Any]) -> None:
        if self._change({"chosen": self.state.chosen | wishes}) and "who" in wishes:
            self._fit()  # the knobs of causal force are those of the party asked about
            self._fill()


def causation_lab(lang: str = "zh") -> CausationLab:
    """The lab of lesson 03, in the state that the page's address asks for."""
    return CausationLab(lang, link=asked_state())


def _chain(view: View) -> Chain:
    found = linked(view)
    return Chain(view.case, found.acts, found.off, found.steps)


def _loss(found: Linked) -> str:
    return "happens" if found.happens else "averted"


def _same(before: Linked, now: Linked, id: str) -> bool:
    pairs = ((found.answer(id, key) for key in ASKED) for found in (before, now))
    then, after = map(list, pairs)
    return then == after and money_of(before.case, id) == money_of(now.case, id)
