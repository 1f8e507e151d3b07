"""The lab of lesson 06: change the tracing rule; what goes back moves, who is liable does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simlib.figures.board import spoken
from simlib.figures.chain import (
    draw_board,
    draw_liable,
    draw_money,
    draw_pool,
    draw_rules,
    draw_steps,
    film,
    nothing,
)
from simlib.figures.chain.names import Names, phrase
from simlib.figures.chain.rules import GIVEN, rule_name, rule_title
from simlib.figures.chain.told import BACK, REST, Shown, amounts
from simlib.figures.people import short_names
from simlib.restitution import FOREIGN, RULES
from simlib.widgets.chain import bet, knobs, panes, reasons, settings
from simlib.widgets.chain.reveal import reveal
from simlib.widgets.chain.scenes import FIRST, OTHER, SCENES
from simlib.widgets.chain.tasks import TASKS
from simlib.widgets.chain.traced import GAIN, LAW, Traced
from simlib.widgets.chain.view import ChainView
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.markup import table
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

GROUPS = {  # prefixes of the knobs' names
    "rules": ("method", "who", "cap"),
    "cards": ("opening:", "amount:", "frozen:", "early", "split"),
    "people": ("grade",),
    "means": ("assets:", "poor"),
}


class ChainLab(StageLab):
    """Lesson 06's lab.

    Attributes
    ----------
    film
        the chain step by step, with the rule in it
    pictures
        the module below: six rules, who owes, the pool and ledgers, every step, all streams
    """

    topic, no, minutes = "chain", "06", 15
    first = (FIRST, OTHER)
    choices = settings.OF_MODULE
    teaser_fold = "titles"

    # ------------------------------------------------------------ the bet

    def questions(self) -> Sequence[Question]:
        """How much comes back, and what the rule decides."""
        return bet.questions(self.lang)

    def reveal(self, view: View, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer beside both documents and the law in force."""
        return reveal(view, answer, self.lang)

    # ------------------------------------------------------------ the stage

    def helpers(self, case: Case) -> list[str]:
        """Nobody in particular: the knobs speak of accounts."""
        return []

    def refuses(self, case: Case) -> str:
        """Money can be followed though nobody helped."""
        return "" if case.transfers else super().refuses(case)

    def scenes(self) -> Sequence[StageScene]:
        """Five, from the rule to a part of the loss."""
        return SCENES

    def tasks(self) -> Sequence[Task]:
        """A second earlier, another rule, a part of the loss."""
        return TASKS

    def groups(self) -> Sequence[Group]:
        """By what a knob moves."""
        found = []
        for id, starts in GROUPS.items():
            inner = tuple(name for name in self.knobs if name.startswith(starts))
            found.append(Group(id, self.say(f"groups.{id}"), inner))
        return found

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """The rule, whose money; money of others in the cards, what was frozen, who knew."""
        base = self.state.base()
        if base.id != case.id:  # a task of the lesson's other case
            base = case
        return [*settings.settings(base, self.lang), *knobs.knobs(base, case.loss_fen, self.lang)]

    def decide(self, case: Case, scene: Scene) -> Mapping[str, Any]:
        """The return and the claim now; everything else when it is looked at."""
        traced = Traced(case, settings.choice_of(scene.chosen, case))
        traced.outcome(LAW)
        return traced

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """What goes back to each victim, and of whom she may claim."""
        return draw_board(
            _shown(view),
            self.lang,
            rows=scene.rows,
            before=_shown(before) if before else None,
            kept=_shown(kept) if kept else None,
            kept_title=self.beside.title(),
            still=self.still,
        )

    def named(self, view: View) -> str:
        """Whose money, under which rule."""
        traced: Traced = view.outcomes  # type: ignore[assignment]
        who = Names(view.case, self.lang).money(traced.victim)
        return phrase("kept", self.lang, who=who, rule=rule_name(traced.method, self.lang))

    def names(self) -> dict[str, str]:
        """Everybody of both cases of the lesson, by id."""
        cases = (self.state.load(id) for id in (OTHER, FIRST))
        return {id: name for case in cases for id, name in short_names(case, self.lang).items()}

    def numbers(self, before: View, now: View) -> dict[str, str]:
        """Row → amount, before and now; what goes back by each other rule, now."""
        found = {}
        for view, suffix in ((before, "_before"), (now, "")):
            for row, fen in amounts(_shown(view)).items():
                found[row.replace(BACK, "back_") + suffix] = spoken(fen, self.lang)
            found |= self._by_rule(view, suffix)
        return found

    def _by_rule(self, view: View, suffix: str) -> dict[str, str]:
        traced: Traced = view.outcomes  # type: ignore[assignment]
        found = {"rule" + suffix: rule_name(traced.method, self.lang)}
        for rule in (*RULES, *FOREIGN):
            for id, fen in traced.returned(rule).returned.items():
                found[f"{id}_{rule}{suffix}"] = spoken(fen, self.lang)
        return found

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Why a row does not move with this knob: the rule moves no claim, grades no return."""
        then, after = amounts(_shown(before)), amounts(_shown(now))
        return {
            row: self.say(f"still.{self._still(row, knob.group)}")
            for row, fen in after.items()
            if then.get(row) == fen
        }

    def _still(self, row: str, group: str) -> str:
        back = row.startswith(BACK) or row == REST
        if back:
            return "back_liable" if group in ("grade", "cap", "who") else "back"
        return {"method": "rule", "grade": "own_grade"}.get(group, "claim")

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The steps behind a number, then the rule and its authority."""
        return reasons.reason(view.outcomes, selected, self.lang)  # type: ignore[arg-type]

    def can_ask(self, selected: list[str]) -> bool:
        """A number of the board or of one of the tables."""
        return reasons.can_ask(selected)

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """The film; one picture at a time, and its table."""
        self.film = ChainView(layout=LAYOUT)
        self.film.on_rule(self._ruled)
        self.pick = Form(label=phrase("choose.view", self.lang), layout=LAYOUT)
        self.pick.on_asked(self._picked)
        self.picture, self.table = PlotView(layout=LAYOUT), Pane(layout=LAYOUT)
        self.table.on_say(self._asked)
        self.pictures = box("simlib-lab", self.pick, self.picture, self.table)

    def show(self) -> None:
        """The film under the rule chosen, and the picture chosen."""
        traced: Traced = self.now.outcomes  # type: ignore[assignment]
        there = len(traced) > 0
        with self.film.hold_sync():
            self.film.rules = self._rules(traced) if there else {}
            self.film.film = (
                film(traced.case, traced.tracing, traced.victim, self.lang) if there
                else {"steps": []}
            )  # fmt: skip
        held = settings.chosen(self.state.chosen, self.now.case)
        ordered = settings.ordered(self.now.case)
        if self._new("pick", (self.state.opened, held["view"], ordered)):
            self.pick.spec = settings.view_spec(held["view"], ordered, self.lang)
        self.pick.values = {name: held[name] for name in self.choices}
        self._picture(held["view"], traced)

    def _rules(self, traced: Traced) -> dict[str, Any]:
        options = [{"value": rule, "label": rule_title(rule, self.lang)} for rule in GIVEN]
        label, said = (phrase(f"choose.{key}", self.lang) for key in ("method", "untraced"))
        untraced = said if traced.method != traced.followed else ""
        return {"label": label, "options": options, "value": traced.method, "note": untraced}

    def _ruled(self, rule: str) -> None:
        self._change({"chosen": self.state.chosen | {"method": rule}})

    def _picked(self, wishes: dict[str, Any]) -> None:
        self._change({"chosen": self.state.chosen | wishes})

    def _picture(self, view: str, traced: Traced) -> None:
        """One drawing with its table, and what belongs under it."""
        drawing = self._drawn_as(view, traced)
        drawn = bool(drawing.figure["data"])
        if self._new("picture", drawn):
            charts = (self.picture,) if drawn else ()
            self.pictures.children = (self.pick, *charts, self.table)
        with self.picture.hold_sync():
            self.picture.description = drawing.sentence
            self.picture.figure = drawing.figure
        selected = "|".join(self.state.selected)
        html = table(drawing, {}, selected, self.lang)
        if view == "liable" and len(traced):
            html += panes.liable(traced.method, self.lang)
        if view == "pool" and len(traced):
            html += panes.ledgers(traced, selected, self.lang)
        self.table.html = html

    @property
    def drawing(self) -> Drawing:
        """All streams of money under the rule chosen, whichever picture is shown."""
        return self._drawn_as("money", self.now.outcomes)  # type: ignore[arg-type]

    def _drawn_as(self, view: str, traced: Traced) -> Drawing:
        case, lang = traced.case, self.lang
        if not len(traced):
            return nothing(lang)
        if view == "rules":
            return draw_rules(case, traced, traced.victim, lang)
        if view == "pool":
            return draw_pool(case, traced.returns(), lang)
        if view == "steps":
            return draw_steps(case, traced.tracing, lang)
        if view == "money":
            return draw_money(case, traced.tracing, traced.victim, lang)
        law, gain = traced.outcome(LAW), traced.outcome(GAIN)
        return draw_liable(traced.claim, traced.tracing, law, gain, lang)


def _shown(view: View) -> Shown:
    """What of a view the board is drawn of."""
    traced: Traced = view.outcomes  # type: ignore[assignment]
    law = traced.outcome(LAW)
    return Shown(view.case, traced.claim, traced.victim, traced.method, traced.given, law)


def chain_lab(lang: str = "zh") -> ChainLab:
    """The lab of lesson 06, in the state that the page's address asks for."""
    return ChainLab(lang, link=asked_state())
