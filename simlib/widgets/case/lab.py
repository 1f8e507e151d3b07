"""The lab of lesson 01: what of it no declaration says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simlib.figures.board import is_court
from simlib.lessons.board import Table, draw
from simlib.lessons.case.outcomes import FORMS, Decided, solve
from simlib.lessons.case.reveal import reveal
from simlib.text import words
from simlib.widgets.case import claims
from simlib.widgets.case.rulings import Twin, reported, rulings, sources
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.number_reasons import reason_in
from simlib.widgets.stage.declared import DeclaredLab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.widgets.lesson import View
    from simlib.widgets.state import Scene


class CaseLab(DeclaredLab):
    """Lesson 01's lab.

    Attributes
    ----------
    rulings
        what courts ordered, the twin case, decisions without numbers
    claims
        the cause of action, unjust enrichment beside tort, why a careless lender is liable
    """

    topic = "case"

    def reveal(self, view: View, answer: Mapping[str, object]) -> dict[str, object]:
        """The answer beside the court and the law in force, compared in a sentence."""
        return reveal(_found(view), self.given(answer), self.phrases)

    def decide(self, case: Case, scene: Scene) -> Decided:
        """Every form; a choice below the stage asks the engine nothing."""
        self.declared.chosen(scene.chosen)
        found = self.last.of(case, lambda: solve(case, {}).outcomes)
        return Decided(case, found, scene.party)

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The steps behind a number, then all its reasons; or what a court ordered."""
        if selected[0] == "claim":
            said = words(claims.TOPIC, "title.claims", self.lang)
            return said, claims.reason(self._choice(view, selected))
        return reason_in(view.case, view.outcomes, view.scene.party, selected, self.lang)

    def can_ask(self, selected: list[str]) -> bool:
        """Three names, the first of them a row, or a number of the claims' table."""
        row = selected[0] if len(selected) == 3 else ""
        return row in FORMS or (row != "" and (is_court(row) or claims.can_ask(selected)))

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """Rulings and the twin; the claims."""
        self.ruled, self.reported = Pane(layout=LAYOUT), Pane(layout=LAYOUT)
        self.twin = Twin(self._drawn_apart, self.lang, LAYOUT)
        self.rulings = box("simlib-lab", self.ruled, *self.twin.parts, self.reported)
        label = words(claims.TOPIC, "form.label", self.lang)
        self.claim_form = Form(label=label, layout=LAYOUT)
        self.claim_form.on_asked(self._claimed)
        self.claim_intro, self.claimed = Pane(layout=LAYOUT), Pane(layout=LAYOUT)
        self.claimed.on_say(self._asked)
        self.claims = box("simlib-lab", self.claim_intro, self.claim_form, self.claimed)

    def _drawn_apart(self, found: Decided, rows: tuple[str, ...]) -> Board:
        """The board of another case, with rows of its own."""
        scene = self.declared.scene("start").model_copy(update={"rows": rows})
        return draw(Table(self.declared, scene, found.case, found, None, self.phrases))

    def place(self) -> None:
        """Rulings and facts of the case; the twin on the same footing, so far as it has it."""
        case, state, (own, twin) = self.state.base(), self.state, self.declared.cases
        self.ruled.html = rulings(case, self.lang) + sources(case, self.lang)
        self.reported.html = reported(self.lang)
        self.twin.draw(twin if state.case_id != twin else own, state.position)

    def show(self) -> None:
        """The cause of action chosen, and what each claim brings against the party shown."""
        now, lang, state = self.now, self.lang, self.state
        party, choice = now.scene.party, self._choice(now, state.selected)
        if self._new("claims", (state.opened, state.own, party)):
            self.claim_form.spec = claims.spec(now.case, party, self.declared, lang)
            self.claim_intro.html = claims.intro(choice)
        self.claim_form.values = self.declared.chosen(now.scene.chosen)
        lender = claims.careless(now.case, party, lang, hint=choice.suit is not None)
        self.claimed.html = claims.shown(choice) + lender

    def _choice(self, view: View, selected: Sequence[str] = ()) -> claims.Choice:
        """What is sued for, and what of it is asked about."""
        held = self.declared.chosen(view.scene.chosen)
        suit = str(held["suit"] or "")
        return claims.Choice.of(_found(view), suit, str(held["held"]), selected, self.lang)

    def _claimed(self, wishes: dict[str, object]) -> None:
        if self._change({"chosen": self.declared.chosen(self.state.chosen) | wishes}):
            self._speak(claims.heard(self._choice(self.now)))


def _found(view: View) -> Decided:
    """What `decide` made of a view."""
    assert isinstance(view.outcomes, Decided)
    return view.outcomes
