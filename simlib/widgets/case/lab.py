"""The lab of lesson 01: one case under every form of liability, beside what the court ordered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simlib.figures.board import is_court, spoken
from simlib.figures.case import draw_board
from simlib.figures.people import short_names
from simlib.liability import compare
from simlib.text import words
from simlib.widgets.case import bet, claims, panes
from simlib.widgets.case.careless import careless
from simlib.widgets.case.knobs import knobs
from simlib.widgets.case.reasons import reason
from simlib.widgets.case.reveal import reveal
from simlib.widgets.case.scenes import FIRST, ROWS, SCENES, TWIN
from simlib.widgets.case.still import UNHELD, means_key, moved, still_key
from simlib.widgets.case.tasks import TASKS
from simlib.widgets.case.twin import Twin
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.stage import Group, StageLab
from simlib.widgets.state import asked_state

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.lessons.knob import Knob
    from simlib.liability import Outcome
    from simlib.widgets.lesson import View
    from simlib.widgets.stage import Clash, Question, StageScene, Task
    from simlib.widgets.state import Scene

GROUPS = {
    "facts": ("grade", "weight", "gain", "cause"),
    "court": ("undeterminable", "limit", "court_share", "victim_fault"),
    "money": ("assets", "principal_sued", "principal_assets"),
    "proof": ("proof_act", "proof_damage", "proof_fault", "proof_causation"),
}


class CaseLab(StageLab):
    """Lesson 01's lab.

    Attributes
    ----------
    rulings
        what courts ordered, the twin case, decisions without numbers
    claims
        the cause of action, unjust enrichment beside tort, why a careless lender is liable
    """

    topic, no, minutes = "case", "01", 15
    first = (FIRST, TWIN)
    choices = claims.CHOICES
    teaser_fold = "twin"

    # ------------------------------------------------------------ the bet

    def questions(self) -> Sequence[Question]:
        """Norm, document, amount."""
        return bet.questions(self.lang)

    def clashes(self) -> Sequence[Clash]:
        """An amount with a dismissal, or none with a judgment for the plaintiff."""
        return bet.clashes(self.lang)

    def reveal(self, view: View, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer beside the court and the law in force."""
        return reveal(view, answer, self.lang)

    # ------------------------------------------------------------ the stage

    def scenes(self) -> Sequence[StageScene]:
        """Five, from the bet to the fraudster's insolvency."""
        return SCENES

    def tasks(self) -> Sequence[Task]:
        """Fault, gain, insolvency."""
        return TASKS

    def groups(self) -> Sequence[Group]:
        """By what a knob moves, and who fixes it."""
        who = short_names(self.now.case, self.lang)[self.now.scene.party]
        return [Group(id, self.say(f"groups.{id}", who=who), found) for id, found in GROUPS.items()]

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """Fault, gain, causal force, limit, assets, suit and proof of one helper."""
        return knobs(case, party, self.lang)

    def decide(self, case: Case, scene: Scene) -> Mapping[str, Outcome]:
        """Every form of the comparison."""
        claims.chosen(scene.chosen)
        return self.last.of(case, lambda: compare(case, ROWS))

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """What may be claimed, what is received, what the helper bears, row by row."""
        return draw_board(
            view.case,
            view.outcomes,
            view.scene.party,
            self.lang,
            rows=scene.rows,
            column=scene.column,
            answer_fen=self.state.committed.get("amount_fen"),
            before=before.outcomes if before else None,
            kept=kept.outcomes if kept else None,
            kept_title=self.beside.title(),
            kept_party=kept.scene.party if kept else "",
            still=self.still,
        )

    def names(self) -> dict[str, str]:
        """The helper and the victim of the lesson's own case."""
        case = self.state.load(FIRST)
        called = short_names(case, self.lang)
        return {"who": called[self.helpers(case)[0]], "victim": called[case.claimant]}

    def numbers(self, before: View, now: View) -> dict[str, str]:
        """Row → what may be claimed, received and borne, before and now."""
        found = {}
        for view, suffix in ((before, "_before"), (now, "")):
            for row, outcome in view.outcomes.items():
                mine = outcome.parties[view.scene.party]
                found[f"{row}{suffix}"] = spoken(mine.exposure_fen, self.lang)
                found[f"{row}_received{suffix}"] = spoken(outcome.received_fen, self.lang)
                found[f"{row}_burden{suffix}"] = spoken(mine.burden_fen, self.lang)
        return found

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Why a form does not move with this knob."""
        return {
            mode: self._still(knob, o, now)
            for mode, o in now.outcomes.items()
            if mode in before.outcomes and not moved(before.outcomes[mode], o)
        }

    def _still(self, knob: Knob, outcome: Outcome, now: View) -> str:
        party, names = now.scene.party, short_names(now.case, self.lang)
        whose = knob.owner or party
        by_means = knob.group == "assets" and outcome.parties[party].mode not in UNHELD
        key = (
            means_key(now.case, outcome, party, whose)
            if by_means
            else still_key(knob.group, outcome, party)
        )
        named = {"who": names[party], "whose": names[whose], "victim": names[now.case.claimant]}
        return words("case", f"still.{key}", self.lang, **named)

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The steps behind a number, then all its reasons; or what a court ordered."""
        if selected[0] == "claim":
            choice = claims.Choice.of(view, selected, self.lang)
            return words(claims.TOPIC, "title.claims", self.lang), claims.reason(choice)
        return reason(view, selected, self.lang)

    def can_ask(self, selected: list[str]) -> bool:
        """Three names, the first of them a row, or a number of the claims' table."""
        row = selected[0] if len(selected) == 3 else ""
        return row in ROWS or (row != "" and (is_court(row) or claims.can_ask(selected)))

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """Rulings and the twin; the claims."""
        self.ruled, self.reported = Pane(layout=LAYOUT), Pane(layout=LAYOUT)
        self.twin = Twin(self.lang, LAYOUT)
        self.rulings = box("simlib-lab", self.ruled, *self.twin.parts, self.reported)
        label = words(claims.TOPIC, "form.label", self.lang)
        self.claim_form = Form(label=label, layout=LAYOUT)
        self.claim_form.on_asked(self._claimed)
        self.claim_intro, self.claimed = Pane(layout=LAYOUT), Pane(layout=LAYOUT)
        self.claimed.on_say(self._asked)
        self.claims = box("simlib-lab", self.claim_intro, self.claim_form, self.claimed)

    def place(self) -> None:
        """Rulings and facts of the case; the twin on the same footing, so far as it has it."""
        case, state = self.state.base(), self.state
        self.ruled.html = panes.rulings(case, self.lang) + panes.sources(case, self.lang)
        self.reported.html = panes.reported(self.lang)
        self.twin.draw(TWIN if state.case_id != TWIN else FIRST, state.position)

    def show(self) -> None:
        """The cause of action chosen, and what each claim brings against the party shown."""
        now, lang = self.now, self.lang
        party, choice = now.scene.party, claims.Choice.of(now, self.state.selected, lang)
        if self._new("claims", (self.state.opened, self.state.own, party)):
            self.claim_form.spec = claims.spec(now.case, party, lang)
            self.claim_intro.html = claims.intro(choice)
        self.claim_form.values = claims.chosen(now.scene.chosen)
        self.claimed.html = claims.shown(choice) + careless(
            now.case, party, lang, hint=choice.suit is not None
        )

    def _claimed(self, wishes: dict[str, Any]) -> None:
        if self._change({"chosen": claims.chosen(self.state.chosen) | wishes}):
            self._speak(claims.heard(claims.Choice.of(self.now, (), self.lang)))


def case_lab(lang: str = "zh") -> CaseLab:
    """The lab of lesson 01, in the state that the page's address asks for."""
    return CaseLab(lang, link=asked_state())
