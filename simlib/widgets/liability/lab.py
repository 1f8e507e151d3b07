"""The lab of lesson 04: what its declaration cannot say of bet, board, drawer and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any, cast

from simlib.explain import face
from simlib.figures.names_of_people import short_names
from simlib.lessons.liability.knobs import SHOWN, mode_of
from simlib.lessons.liability.outcomes import (
    MODES,
    PICTURES,
    chosen,
    liable_ids,
    may_be_sued,
    mode_name,
    revealed,
    rows,
    rules_in,
    solve,
)
from simlib.lessons.liability.parting import AT, Parting, draw_parting, parting
from simlib.lessons.liability.pictures import draw_every_mode
from simlib.lessons.liability.reasons import cites, told
from simlib.lessons.liability.recourse import draw_recourse
from simlib.text import amount, message
from simlib.widgets import choosers
from simlib.widgets.comparison import setting_names
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.markup import articles, paragraphs, table, tag
from simlib.widgets.number_reasons import ends, why
from simlib.widgets.outcome_memory import Remembered
from simlib.widgets.plot import PlotView
from simlib.widgets.stage.declared import DeclaredLab
from simlib.widgets.stage.files import changed_facts

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.figures.drawing import Drawing
    from simlib.lessons.liability.outcomes import Found
    from simlib.widgets.lesson import View
    from simlib.widgets.stage import StageScene
    from simlib.widgets.state import Scene

BEHIND = {"unrecovered": "received", "own_part": "claim"}  # the engine's number behind another
VOICE = ("label", "value", "note")
REMEMBERED = 8  # sets of curves, of the settings shown last


class LiabilityLab(DeclaredLab):
    """Lesson 04's lab.

    Attributes
    ----------
    pictures
        the module below the stage: where two forms part, who pays whom, every form
    """

    topic = "liability"
    choices = ("picture", "means", "versus")

    # ------------------------------------------------------------ the bet

    def reveal(self, view: View, answer: Mapping[str, object]) -> dict[str, object]:
        """The amount first; a verdict on both answers; a class is shown both questions."""
        found: dict[str, Any] = dict(super().reveal(view, answer))
        given: dict[str, Any] = self.given(answer)
        say = self.phrases
        said = {**self.names(), **revealed(_found(view), say)}
        *yours, law = found["columns"]
        law["ended"] = say("reveal.ended", amount=said["amount"], who=said["most"])
        found["verdict"] = ""
        if given:
            at, payer = amount(given["at"], self.lang), said[given["payer"]]
            yours[0] |= {"value": at, "ended": say("reveal.ended", amount=at, who=payer)}
            marks = [self._mark(id, given[id], view.case, said["amount"]) for id in given]
            found["verdict"] = say(f"reveal.verdict.{'_'.join(marks)}")
            why = found["sentence"]
            found["sentence"] = say("reveal.joined", first=found["verdict"], then=why)
        answers = [
            {"id": "law", **{part: say(f"reveal.wall.{key}.{part}", **said) for part in VOICE}}
            for key in ("payer", "at")
        ]
        question = say("reveal.wall.question", **said)
        return {**found, "wall": {"question": question, "columns": [*yours, *answers]}}

    def _mark(self, id: str, given: Any, case: Case, exact: str) -> str:
        """Whether an answer is right, or an amount near."""
        if not self.is_right(id, given, case):
            return "wrong"
        return "near" if id == "at" and amount(given, self.lang) != exact else "right"

    # ------------------------------------------------------------ the stage

    def decide(self, case: Case, scene: Scene) -> Found:
        """The form chosen now; every other when it is asked for."""
        chosen(case, scene.chosen)  # refuses what no control gives
        return solve(case, scene.chosen)

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """Of every lesson's; the frame of what nobody pays yet is called as its row."""
        board = super().board(view, kept, scene, before)
        if not may_be_sued(_found(view)):
            return board
        row = rows(_found(view), self.phrases)[view.case.claimant]
        said = self.say("board.legend_open", row=row)
        found = (replace(each, label=said) if each.kind == "own" else each for each in board.legend)
        return replace(board, legend=tuple(found))

    def changed_facts(self) -> list[str]:
        """As the frame has it; of the two controls of the form, the one that shows it."""
        idle = "mode_other" if mode_of(self.state.chosen) in SHOWN else "mode"
        seen = [knob for knob in self.knobs.values() if knob.id != idle]
        return changed_facts(self.now, self.state.base(), seen, self.lang)

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The steps behind a number, then, folded, every step down to fact and article."""
        mode, key, party = selected
        if mode not in view.outcomes:
            return "", ""
        found = _found(view).under(mode)
        of = [mode, BEHIND.get(key, key), party]
        whole = why(view.case, found, of, self.lang)
        said = told(found, key, party, self.phrases)
        if said is None:
            return self.say("reasons.title_mode", mode=mode_name(mode, self.lang)), whole
        title, steps = said
        listed = tag("ol", "".join(tag("li", escape(step)) for step in steps), class_="stage-steps")
        cited = articles(cites(found, key, party), view.case, self.lang)
        folded = tag("summary", escape(self.say("reasons.whole"))) + whole
        first = ends(view.case, found, of, self.lang)
        return title, first + listed + cited + tag("details", folded)

    def can_ask(self, selected: list[str]) -> bool:
        """Three names, the first of them a form."""
        return len(selected) == 3 and selected[0] in MODES

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """One picture at a time, and its table."""
        self.partings: Remembered[Parting] = Remembered(REMEMBERED)
        self.pick = Form(label=self.say("choose.picture"), layout=LAYOUT)
        self.pick.on_asked(self._pick)
        self.pick.on_seen(self.show)
        self.picture, self.table = PlotView(layout=LAYOUT), Pane(layout=LAYOUT)
        self.table.on_say(self._asked)
        self.drawn_of = Pane(layout=LAYOUT)
        self.pictures = box("simlib-lab", self.pick, self.drawn_of, self.picture, self.table)

    def show(self) -> None:
        """The picture chosen, of what is set up now; once somebody has opened its fold."""
        asked = chosen(self.now.case, self.state.chosen)
        if self._new("pick", (self.state.opened, asked["picture"])):
            self.pick.spec = self._choices(asked["picture"])
        self.pick.values = {key: asked[key] for key in self.choices}
        if not self.pick.seen:
            return
        self.drawn_of.html = paragraphs(self._setting(), class_="simlib-set")
        drawing = self._drawing(asked)
        with self.picture.hold_sync():
            self.picture.description = drawing.sentence
            self.picture.figure = drawing.figure
        self.table.html = table(drawing, {}, "|".join(self.state.selected), self.lang)

    def _choices(self, picture: str) -> list[dict[str, Any]]:
        """Which picture; for the parting of two forms also whose means, and which form."""
        names, case = short_names(self.now.case, self.lang), self.now.case
        listed = {
            "picture": [(each, self.say(f"picture.{each}")) for each in PICTURES],
            "means": [(id, names[id]) for id in liable_ids(case)],
            "versus": [(mode, mode_name(mode, self.lang)) for mode in MODES],
        }
        shown = self.choices if picture == PICTURES[0] else self.choices[:1]
        return [
            choosers.options(kind, id, self.say(f"choose.{id}"), listed[id])
            for id in shown
            for kind in ["choice" if id == "picture" else "select"]
        ]

    def _setting(self) -> str:
        """Of which setting the picture is: the position that is open, and what differs from it."""
        held = [*setting_names(self.now, self.lang)[1:], *self.changed_facts()]
        return self.say("picture.set", list=self.say("picture.between").join(held))

    def _drawing(self, asked: Mapping[str, Any]) -> Drawing:
        found, case, lang = _found(self.now), self.now.case, self.lang
        if asked["picture"] == "recourse":
            return draw_recourse(case, found.now, lang)
        if asked["picture"] == "every":
            outcomes = dict(found)
            refused = {mode: message(error, lang) for mode, error in found.refused.items()}
            return draw_every_mode(case, outcomes, refused, lang)
        party, now = asked["means"], case.party(asked["means"]).assets_fen
        guess = self.state.committed.get("at_fen") if party == liable_ids(case)[-1] else None
        curves = self._parting(party, asked["versus"])
        if now is not None and now <= curves.means_fen[-1]:
            curves = curves.met(now, found)
        names = short_names(case, lang)
        faced = [replace(c, face=face(found[c.mode], case, lang, names)) for c in curves.curves]
        return draw_parting(case, party, replace(curves, curves=faced), now, guess, lang)

    def _parting(self, party: str, versus: str) -> Parting:
        """The curves and the place of parting: reckoned once for all the means of a party."""
        found, scene = _found(self.now), self.now.scene
        rules = rules_in(scene.chosen)
        modes = tuple(m for m in dict.fromkeys((found.mode, versus)) if m in found)
        changes = {k: v for k, v in scene.changes.items() if k != f"{party}.assets_fen"}
        key = (repr((self.state.opened, scene.position, changes, party, modes, rules)),)
        return self.partings.get(key, lambda: parting(found.case, party, modes, rules))

    def _asked(self, said: str) -> None:
        """A number was clicked; one of the parting's table moves the means to its row first."""
        place = said.rpartition("|")[2]
        if not place.startswith(AT):
            super()._asked(said)
            return
        means = chosen(self.now.case, self.state.chosen)["means"]
        changes = self.state.changes | {f"{means}.assets_fen": int(place.removeprefix(AT))}
        mode, key, _ = said.split("|")
        self._change({"changes": changes, "selected": [mode, key, ""]})


def _found(view: View) -> Found:
    return cast("Found", view.outcomes)
