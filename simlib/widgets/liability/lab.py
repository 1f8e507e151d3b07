"""The lab of lesson 04: three layers of one outcome, and a second picture beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.explain import face
from simlib.figures.liability import (
    AT,
    draw_every_mode,
    draw_layers,
    draw_parting,
    draw_recourse,
)
from simlib.figures.people import short_names
from simlib.text import message, words
from simlib.widgets.controls import Form
from simlib.widgets.frame import LAYOUT, Lab, box
from simlib.widgets.liability import forms, knobs, panes
from simlib.widgets.liability.apart import Parting, parting
from simlib.widgets.liability.decided import Decided
from simlib.widgets.liability.forms import MODES
from simlib.widgets.markup import table
from simlib.widgets.plot import PlotView
from simlib.widgets.state import asked_state
from simlib.widgets.why import why

if TYPE_CHECKING:
    from ipywidgets import Widget

    from simlib.case.model import Case
    from simlib.figures.drawing import Drawing
    from simlib.widgets.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.state import Scene

FIRST = "fix-1"
REMEMBERED = 8  # sets of curves, of the settings shown last


class LiabilityLab(Lab):
    """Lesson 04's lab.

    Attributes
    ----------
    commit, play, why
        the parts: the reader's answer; knobs, the three layers and a second picture; reasons
    """

    first = (FIRST,)

    def parts(self) -> dict[str, tuple[Widget, ...]]:
        """Where the lesson's parts stand between its prose."""
        self._partings: dict[str, Parting] = {}
        self.about = self.pane()
        label = words("liability", "picture.label", self.lang)
        self.pick = Form(label=label, layout=LAYOUT)
        self.picture, self.more = PlotView(layout=LAYOUT), self.pane()
        self.pick.on_asked(self._chosen)
        self.more.on_say(self._asked)
        second = box("simlib-second", self.pick, self.picture, self.more)
        main = box("simlib-main", self.chart, self.board, second)
        return {
            "play": (self.choose, self.notice, self.about, box("simlib-stage", self.form, main)),
            "why": (self.reasons,),
        }

    # ------------------------------------------------------------ what can be set

    def helpers(self, case: Case) -> list[str]:
        """The knobs speak for all."""
        return []

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """Everybody's means and suit; shares, limits, release and the rest."""
        return knobs.knobs(case, self.lang)

    def folded(self) -> dict[str, str]:
        """Shares, limits and the rest lie behind means and suit."""
        fitted = {knob.group for knob in self.knobs.values()}
        return {g: title for g, title in knobs.folded(self.lang).items() if g in fitted}

    def choices(self, case: Case) -> tuple[list[dict], dict]:
        """Mode and rules."""
        return forms.choice_specs(self.lang), forms.chosen(case, self.state.chosen)

    # ------------------------------------------------------------ what comes of it

    def decide(self, case: Case, scene: Scene) -> Mapping:
        """The mode chosen now; every other when it is asked for."""
        mode = forms.chosen(case, scene.chosen)["mode"]
        found = Decided(case, MODES, forms.chosen_rules(scene.chosen))
        found.ask(mode)
        return found

    def draw(self, view: View, kept: View | None) -> Drawing:
        """The three layers of the mode chosen."""
        then = _outcome(kept) if kept else None
        return draw_layers(view.case, _outcome(view), self.lang, then)

    def reason(self, view: View, selected: list) -> str:
        """The reasons for one number, then the mode it belongs to."""
        known = selected and selected[0] in view.outcomes
        return why(view.case, view.outcomes, selected if known else [], self.lang)

    def can_ask(self, selected: list) -> bool:
        """Three names, the first of them a mode."""
        return len(selected) == 3 and selected[0] in MODES

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Which rows stood still, and which moved in the last layer only."""
        old, new, names = _outcome(before), _outcome(now), short_names(now.case, self.lang)
        said = {}
        for id, found in new.parties.items():
            name, then = names[id], old.parties.get(id)
            if found == then:
                said[name] = words("liability", "still.none", self.lang)
            elif then and _outer(found) == _outer(then):
                key = "collection" if found.carried_fen == then.carried_fen else "carried"
                said[name] = words("liability", f"still.{key}", self.lang)
        return said

    def place(self) -> None:
        """The facts of the case and of the position."""
        self.about.html = panes.about(self.state.base(), self.state.position, self.lang)

    def show(self) -> None:
        """The second picture: parting, recourse, or every mode."""
        chosen = forms.chosen(self.now.case, self.state.chosen)
        name = chosen["picture"]
        if self._new("pick", (self.state.opened, name)):
            self.pick.spec = forms.picture_specs(self.now.case, name, self.lang)
        self.pick.values = {key: chosen[key] for key in ("picture", "means", "versus")}
        drawing = {"parting": self._parting, "recourse": self._recourse, "every": self._every}[
            name
        ](chosen)
        with self.picture.hold_sync():
            self.picture.description = drawing.sentence
            self.picture.figure = drawing.figure
        self.more.html = table(drawing, {}, "|".join(self.state.selected), self.lang)

    # ------------------------------------------------------------ the second picture

    def _recourse(self, chosen: dict) -> Drawing:
        return draw_recourse(self.now.case, self.outcomes[chosen["mode"]], self.lang)

    def _every(self, chosen: dict) -> Drawing:
        outcomes = {mode: self.outcomes[mode] for mode in self.outcomes}
        refused = {m: message(e, self.lang) for m, e in self.outcomes.refused.items()}
        return draw_every_mode(self.now.case, outcomes, refused, self.lang)

    def _parting(self, chosen: dict) -> Drawing:
        case, party = self.now.case, chosen["means"]
        now = case.party(party).assets_fen
        guess = self.state.committed.get("at_fen") if party == forms.liable_ids(case)[-1] else None
        found = self._reckoned(case, chosen)
        if now is not None and now <= found.means_fen[-1]:
            found = found.met(now, self.outcomes)
        curves = [replace(c, face=self._face(c.mode)) for c in found.curves]
        return draw_parting(
            case, party, found.means_fen, curves, now, guess, found.at_fen, self.lang
        )

    def _face(self, mode: str) -> str:
        case = self.now.case
        return face(self.outcomes[mode], case, self.lang, short_names(case, self.lang))

    def _reckoned(self, case: Case, chosen: dict) -> Parting:
        """The curves and the place of parting: reckoned once for all the means of a party."""
        party, rules = chosen["means"], forms.chosen_rules(self.state.chosen)
        pair = dict.fromkeys((chosen["mode"], chosen["versus"]))
        modes = tuple(mode for mode in pair if mode in self.outcomes)
        path = f"{party}.assets_fen"
        changes = {k: v for k, v in self.state.changes.items() if k != path}
        key = repr((self.state.opened, self.state.position, changes, party, modes, rules))
        if key not in self._partings:
            found = parting(case, party, modes, rules)
            self._partings = dict(list(self._partings.items())[1 - REMEMBERED :]) | {key: found}
        return self._partings[key]

    def _asked(self, said: str) -> None:
        """A number was clicked; one of the parting's table moves the means to its row first."""
        mode, key, party = said.split("|")
        if not party.startswith(AT):
            super()._asked(said)
            return
        path = f"{forms.chosen(self.now.case, self.state.chosen)['means']}.assets_fen"
        changes = self.state.changes | {path: int(party.removeprefix(AT))}
        self._change({"changes": changes, "selected": [mode, key, ""]})
        self.reasons.revealed += 1

    # ------------------------------------------------------------ what the reader answers first

    def questions(self, case: Case) -> tuple[list[dict], dict]:
        """Where joint and several part, and who pays most."""
        answer = self.state.committed
        return forms.answer_spec(case, self.lang), forms.answer_values(case, answer)

    def read_answer(self, values: dict) -> dict:
        """The answer as the state keeps it."""
        return forms.read_answer(values)

    def is_answer(self, answer: dict) -> bool:
        """Nothing yet, opened by a teacher, or a whole answer."""
        return forms.is_answer(answer, self.state.base())

    def comment(self, case: Case, answer: dict) -> str:
        """The answers next to the engine's."""
        return panes.comment(case, answer, self.lang)


def liability_lab(lang: str = "zh") -> LiabilityLab:
    """The lab of lesson 04, in the state that the page's address asks for."""
    return LiabilityLab(lang, link=asked_state())


def _outcome(view: View) -> object:
    """The outcome under the mode that the scene chose."""
    return view.outcomes[forms.chosen(view.case, view.scene.chosen)["mode"]]


def _outer(found: object) -> tuple:
    """What a party owes and bears: everything but what is carried for now and really paid."""
    return found.mode, found.share, found.exposure_fen, found.burden_fen
