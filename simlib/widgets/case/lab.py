"""The lab of lesson 01: one case under every mode, next to what courts ordered, and its twin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simlib.figures.case import draw_modes
from simlib.liability import COMPARED, compare
from simlib.text import words
from simlib.widgets.case import claims, forms, panes
from simlib.widgets.case.careless import careless
from simlib.widgets.case.forms import FIRST, TWIN
from simlib.widgets.case.knobs import knobs
from simlib.widgets.case.still import moved, still_key
from simlib.widgets.case.twin import Twin
from simlib.widgets.controls import Form
from simlib.widgets.frame import LAYOUT, Lab, box
from simlib.widgets.state import asked_state
from simlib.widgets.why import why

if TYPE_CHECKING:
    from ipywidgets import Widget

    from simlib.case.model import Case
    from simlib.figures.drawing import Drawing
    from simlib.widgets.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.state import Scene


class CaseLab(Lab):
    """Lesson 01's lab.

    Attributes
    ----------
    commit, play, why, courts
        the parts: the reader's answer; knobs, chart and table; reasons; rulings and the twin case,
        then the cause of action, unjust enrichment beside tort, why a careless lender is liable
    """

    first = (FIRST, TWIN)

    def parts(self) -> dict[str, tuple[Widget, ...]]:
        """Where the lesson's three parts stand between its prose."""
        self.rulings, self.twin = self.pane(), Twin(self.lang, LAYOUT)
        self.reported = self.pane()
        enters = self.pane(panes.enters(COMPARED, self.lang))
        return {
            "play": (self.choose, self.notice, self.stage(), enters),
            "why": (self.reasons,),
            "courts": (self.rulings, *self.twin.parts, self.reported, *self._claims()),
        }

    def _claims(self) -> tuple[Widget, ...]:
        self.claim_form = Form(label=words(claims.TOPIC, "form.label", self.lang), layout=LAYOUT)
        self.claim_form.on_asked(self._claimed)
        self.claimed, self.claim_why = self.pane(), self.pane(live=True)
        self.claimed.on_say(self._asked_claim)
        return box("simlib-stage", self.claim_form, self.claimed), self.claim_why

    # ------------------------------------------------------------ what can be set

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """Fault, gain, causal force, limit, assets, suit and proof of one helper."""
        return knobs(case, party, self.lang)

    def folded(self) -> dict[str, str]:
        """The degrees of proof lie behind the other knobs."""
        return {"proof": words("case", "knobs.proof", self.lang)}

    # ------------------------------------------------------------ what comes of it

    def decide(self, case: Case, scene: Scene) -> Mapping:
        """Every mode of the comparison."""
        claims.chosen(scene.chosen)
        return compare(case, COMPARED)

    def draw(self, view: View, kept: View | None) -> Drawing:
        """Bars of what she receives, the helper's exposure, the reader's own answer."""
        answer_fen = self.state.committed.get("amount_fen")
        then = {m: o.received_fen for m, o in kept.outcomes.items()} if kept else None
        return draw_modes(view.case, view.outcomes, view.scene.party, self.lang, answer_fen, then)

    def reason(self, view: View, selected: list) -> str:
        """The reasons for one number, then the mode it belongs to."""
        asked = [] if selected and selected[0] == "claim" else selected
        return why(view.case, view.outcomes, asked, self.lang)

    def can_ask(self, selected: list) -> bool:
        """Three names, the first of them a mode, or a number of the claims' table."""
        return len(selected) == 3 and (selected[0] in COMPARED or claims.can_ask(selected))

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Why a mode does not move with this knob."""
        return {
            mode: words("case", f"still.{still_key(knob.group, o, now.scene.party)}", self.lang)
            for mode, o in now.outcomes.items()
            if mode in before.outcomes and not moved(before.outcomes[mode], o)
        }

    def place(self) -> None:
        """Rulings and facts of the case; the twin on the same footing, so far as it has it."""
        case, state = self.state.base(), self.state
        self.rulings.html = panes.rulings(case, self.lang) + panes.sources(case, self.lang)
        self.twin.draw(TWIN if state.case_id != TWIN else FIRST, state.position)

    def show(self) -> None:
        """The cause of action chosen, and what each claim brings against the party shown."""
        now, lang = self.now, self.lang
        party, choice = now.scene.party, claims.Choice.of(now, self.state.selected, lang)
        if self._new("claims", (self.state.opened, self.state.own, party)):
            self.claim_form.spec = claims.spec(now.case, party, lang)
            self.reported.html = panes.reported(lang) + claims.intro(choice)
        self.claim_form.values = claims.chosen(now.scene.chosen)
        self.claimed.html = claims.shown(choice) + careless(
            now.case, party, lang, hint=choice.suit is not None
        )
        self.claim_why.html = claims.reason(choice)

    # ------------------------------------------------------------ what the reader does

    def _claimed(self, wishes: dict) -> None:
        held = claims.chosen(self.state.chosen)
        self._change({"chosen": held | wishes})

    def _asked_claim(self, said: str) -> None:
        """What is asked of the claims' table is answered below it, not in the reasons above."""
        self.state.selected = said.split("|")
        self._refresh()
        self.claim_why.revealed += 1

    # ------------------------------------------------------------ what the reader answers first

    def questions(self, case: Case) -> tuple[list[dict], dict]:
        """Norm, document, amount."""
        answer = self.state.committed
        return forms.answer_spec(case, self.lang), forms.answer_values(case, answer)

    def read_answer(self, values: dict) -> dict:
        """The answer as the state keeps it."""
        return forms.read_answer(values)

    def is_answer(self, answer: dict) -> bool:
        """Nothing yet, opened by a teacher, or a whole answer."""
        return forms.is_answer(answer)

    def comment(self, case: Case, answer: dict) -> str:
        """The answer next to what the court did."""
        return panes.feedback(case, answer, self.lang)


def case_lab(lang: str = "zh") -> CaseLab:
    """The lab of lesson 01, in the state that the page's address asks for."""
    return CaseLab(lang, link=asked_state())
