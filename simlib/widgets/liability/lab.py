"""The lab of lesson 04: one loss, several debtors, one form of liability at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simlib.figures.board import spoken
from simlib.figures.liability import AT, draw_board
from simlib.figures.people import short_names
from simlib.liability import decide
from simlib.text import percent, words
from simlib.widgets.comparison import setting_names
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.liability import bet, settings
from simlib.widgets.liability.decided import Decided
from simlib.widgets.liability.knobs import GROUPS, grouped, knobs
from simlib.widgets.liability.pictures import Pictures, picture_specs
from simlib.widgets.liability.reasons import reason
from simlib.widgets.liability.reveal import reveal
from simlib.widgets.liability.scenes import FIRST, SCENES
from simlib.widgets.liability.settings import MODES, SHOWN, mode_of, outcome_of
from simlib.widgets.liability.tasks import TASKS, lost
from simlib.widgets.markup import paragraphs, table
from simlib.widgets.plot import PlotView
from simlib.widgets.stage import Group, StageLab
from simlib.widgets.stage.files import changed_facts
from simlib.widgets.state import asked_state

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.lessons.knob import Knob
    from simlib.liability.outcome import PartyOutcome
    from simlib.widgets.lesson import View
    from simlib.widgets.stage import Question, StageScene, Task
    from simlib.widgets.state import Scene

AMOUNTS = ("exposure", "burden", "carried", "paid", "short")
PRO_RATA = {"partial_payment": "pro_rata"}


class LiabilityLab(StageLab):
    """Lesson 04's lab.

    Attributes
    ----------
    pictures
        the module below the stage: where two forms part, who pays whom, every form
    """

    topic, no, minutes = "liability", "04", 15
    first = (FIRST,)
    teaser_fold = "objections"
    choices = ("picture", "means", "versus")

    # ------------------------------------------------------------ the bet

    def questions(self) -> Sequence[Question]:
        """Who pays most, and where joint and several part."""
        return bet.questions(self.lang)

    def reveal(self, view: View, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer beside the engine's."""
        return reveal(view, answer, self.lang)

    # ------------------------------------------------------------ the stage

    def helpers(self, case: Case) -> list[str]:
        """The knobs speak for all."""
        return []

    def scenes(self) -> Sequence[StageScene]:
        """Five, from the bet to the helpers' limits."""
        return SCENES

    def tasks(self) -> Sequence[Task]:
        """Paid once, an internal share, a release."""
        return TASKS

    def groups(self) -> Sequence[Group]:
        """By what a knob moves, and who fixes it; last the forms and rules."""
        found = [(id, grouped(self.knobs, id)) for id in GROUPS]
        found += [("modes", ("mode_other",)), ("rules", settings.RULES)]
        return [Group(id, self.say(f"groups.{id}"), inner) for id, inner in found]

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """Form and rules, and everybody's means, suit, grade, share, limit and release."""
        return [*settings.settings(case, self.lang), *knobs(case, self.lang)]

    def decide(self, case: Case, scene: Scene) -> Mapping[str, Any]:
        """The form chosen now; every other when it is asked for."""
        mode = settings.chosen(case, scene.chosen)["mode"]
        found = Decided(case, MODES, settings.chosen_rules(scene.chosen))
        found.ask(mode)
        return found

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """What may be claimed of each, who bears it, who pays it now."""
        return draw_board(
            view.case,
            view.outcomes,
            mode_of(view.scene.chosen),
            self.lang,
            rows=scene.rows,
            column=scene.column,
            before=(before.case, before.outcomes, mode_of(before.scene.chosen)) if before else None,
            kept=outcome_of(kept) if kept else None,
            kept_title=self.beside.title(),
            still=self.still,
        )

    def names(self) -> dict[str, str]:
        """Everybody of the lesson's own case, by id."""
        return short_names(self.state.load(FIRST), self.lang)

    def numbers(self, before: View, now: View) -> dict[str, str]:
        """Of each party and of the victim, before and now; what is lost between; recourse."""
        found = {"less": spoken(lost(before, now), self.lang)}
        for view, suffix in ((before, "_before"), (now, "")):
            outcome = outcome_of(view)
            for key in ("received", "unrecovered", "claim"):
                found[key + suffix] = spoken(getattr(outcome, f"{key}_fen"), self.lang)
            for id, mine in outcome.parties.items():
                found |= self._of_party(id, mine, suffix)
        pro_rata = decide(now.case, mode_of(now.scene.chosen), PRO_RATA)
        return found | {"pro_rata": spoken(pro_rata.received_fen, self.lang)}

    def _of_party(self, id: str, mine: PartyOutcome, suffix: str) -> dict[str, str]:
        found = {
            f"{id}_{key}{suffix}": spoken(getattr(mine, f"{key}_fen"), self.lang) for key in AMOUNTS
        }
        found[f"{id}_share{suffix}"] = percent(mine.share, self.lang)
        claims = {f"{id}_of_{c.against}{suffix}": spoken(c.fen, self.lang) for c in mine.recourse}
        return found | claims

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Which debtors stood still, and of whom only the last layer moved."""
        old, new = outcome_of(before), outcome_of(now)
        said = {}
        for id, found in new.parties.items():
            then = old.parties.get(id)
            if found == then:
                said[id] = self._stood(found)
            elif then and _seen(found) == _seen(then):
                said[id] = words("liability", "still.carried", self.lang)
        return said

    def _stood(self, found: PartyOutcome) -> str:
        """That nothing moved; under several liability why: nobody pays for another."""
        if found.mode == "several" and found.paid_fen == found.burden_fen != 0:
            share = spoken(found.burden_fen, self.lang)
            return words("liability", "still.several", self.lang, amount=share)
        return words("liability", "still.none", self.lang)

    def changed_facts(self) -> list[str]:
        """As the frame has it; of the two controls of the form, the one that shows it."""
        idle = "mode_other" if mode_of(self.state.chosen) in SHOWN else "mode"
        told = [knob for knob in self.knobs.values() if knob.id != idle]
        return changed_facts(self.now, self.state.base(), told, self.lang)

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The steps behind a number, then all its reasons."""
        rules = settings.chosen_rules(view.scene.chosen)
        return reason(view.case, view.outcomes, selected, self.lang, rules)

    def can_ask(self, selected: list[str]) -> bool:
        """Three names, the first of them a form."""
        return len(selected) == 3 and selected[0] in MODES

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """One picture at a time, and its table."""
        self.drawer = Pictures(self.lang)
        self.pick = Form(label=words("liability", "picture.label", self.lang), layout=LAYOUT)
        self.pick.on_asked(self._picked)
        self.pick.on_seen(self.show)
        self.picture, self.table = PlotView(layout=LAYOUT), Pane(layout=LAYOUT)
        self.table.on_say(self._asked)
        self.drawn_of = Pane(layout=LAYOUT)
        self.pictures = box("simlib-lab", self.pick, self.drawn_of, self.picture, self.table)

    def show(self) -> None:
        """The picture chosen, of what is set up now; once somebody has opened its fold."""
        asked = settings.chosen(self.now.case, self.state.chosen)
        name = str(asked["picture"])
        if self._new("pick", (self.state.opened, name)):
            self.pick.spec = picture_specs(self.now.case, name, self.lang)
        self.pick.values = {key: asked[key] for key in self.choices}
        if not self.pick.seen:
            return
        self.drawn_of.html = paragraphs(self._setting(), class_="simlib-set")
        drawing = self.drawer.draw(self.now, self.state.committed, self.state.opened)
        with self.picture.hold_sync():
            self.picture.description = drawing.sentence
            self.picture.figure = drawing.figure
        self.table.html = table(drawing, {}, "|".join(self.state.selected), self.lang)

    def _setting(self) -> str:
        """Of which setting the picture is: the position that is open, and what differs from it."""
        between = words("liability", "picture.between", self.lang)
        held = [*setting_names(self.now, self.lang)[1:], *self.changed_facts()]
        return words("liability", "picture.set", self.lang, list=between.join(held))

    def _picked(self, wishes: dict[str, Any]) -> None:
        self._change({"chosen": self.state.chosen | wishes})

    def _asked(self, said: str) -> None:
        """A number was clicked; one of the parting's table moves the means to its row first."""
        place = said.rpartition("|")[2]
        if not place.startswith(AT):
            super()._asked(said)
            return
        means = settings.chosen(self.now.case, self.state.chosen)["means"]
        changes = self.state.changes | {f"{means}.assets_fen": int(place.removeprefix(AT))}
        mode, key, _ = said.split("|")
        self._change({"changes": changes, "selected": [mode, key, ""]})


def liability_lab(lang: str = "zh") -> LiabilityLab:
    """The lab of lesson 04, in the state that the page's address asks for."""
    return LiabilityLab(lang, link=asked_state())


def _seen(found: PartyOutcome) -> tuple[object, ...]:
    """What a party's row shows: all but what he carries for others and may recover."""
    return found.mode, found.share, found.exposure_fen, found.burden_fen, found.paid_fen
