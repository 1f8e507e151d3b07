"""The lab of lesson 05: from three scores to a share, and what the share hangs on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from simlib.figures.board import rounded
from simlib.figures.people import short_names
from simlib.figures.riskbenefit import draw_board
from simlib.figures.riskbenefit.reckoned import points
from simlib.text import amount, percent
from simlib.widgets.riskbenefit import bet, forms, panes, reasons, sums
from simlib.widgets.riskbenefit.joined import Joined, reckoned
from simlib.widgets.riskbenefit.knobs import groups, knobs, lever_of
from simlib.widgets.riskbenefit.modules import Decides, Modelled
from simlib.widgets.riskbenefit.pictures import REAL
from simlib.widgets.riskbenefit.reveal import reveal
from simlib.widgets.riskbenefit.scenes import FIRST, SCENES
from simlib.widgets.riskbenefit.tasks import TASKS
from simlib.widgets.stage import Group, StageLab
from simlib.widgets.state import asked_state

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.lessons.knob import Knob
    from simlib.liability import Outcome
    from simlib.widgets.lesson import View
    from simlib.widgets.page_messages import Door
    from simlib.widgets.stage import Question, StageScene, Task
    from simlib.widgets.state import Scene

HYPOTHETICAL = ("hypo-payment", "hypo-tech", "hypo-account", "hypo-promotion")
MOVED = ("base", "share")  # rows of which it is said why they stand still


class RiskBenefitLab(StageLab):
    """Lesson 05's lab.

    Attributes
    ----------
    decides
        what moves the share, over any two inputs, and which knobs are dead
    model
        ways of joining, courts, what would have to change, all parameters, the axioms
    """

    topic, no, minutes = "riskbenefit", "05", 15
    first = (*REAL, *HYPOTHETICAL)
    choices = forms.CHOICES

    # ------------------------------------------------------------ the bet

    def questions(self) -> Sequence[Question]:
        """Which percentage, and what decides it."""
        return bet.questions(self.lang)

    def reveal(self, view: View, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer beside the model, the court and the law in force."""
        return reveal(view, answer, self.lang)

    # ------------------------------------------------------------ the stage

    def scenes(self) -> Sequence[StageScene]:
        """Five: what was found, the base, the class of act, fault, the twin."""
        return SCENES

    def tasks(self) -> Sequence[Task]:
        """Filling in, the base, fault."""
        return TASKS

    def groups(self) -> Sequence[Group]:
        """Facts, the model's rules, and its values by what they are for."""
        who = short_names(self.now.case, self.lang)[self.now.scene.party]
        found = groups(self.knobs)
        order = ("facts", "exempt", "model", "act", "weights", "others")
        return [
            Group(id, self.say(f"groups.{id}", who=who), found[id]) for id in order if id in found
        ]

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """One helper's facts, the model's rules and values."""
        return knobs(case, case.party(party), self.lang)

    def _refresh(self) -> None:
        """An act of help has knobs of its own: another act fits them anew."""
        if self._new("act", self.now.case.party(self.state.party).act):
            self._seen.pop("fit", None)
        super()._refresh()

    def decide(self, case: Case, scene: Scene) -> Mapping[str, Outcome]:
        """The model under each way of joining the dimensions, and the law in force."""
        setup = forms.setup(scene.chosen, case)
        helpers = self.helpers(case)
        party = scene.party if scene.party in helpers else helpers[0]
        forms.view_of(scene.chosen, case, case.party(party))
        return Joined(case, setup)

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """Scores, base and share; courts and the law in force beside them."""
        same = before is not None and before.scene.party == view.scene.party
        return draw_board(
            reckoned(view),
            self.lang,
            rows=scene.rows,
            answer=self.state.committed.get("share"),
            before=reckoned(before) if before and same else None,
            kept=reckoned(kept) if kept else None,
            kept_title=self.beside.title(),
            still=self.still,
        )

    def names(self) -> dict[str, str]:
        """The helper and the victim of the lesson's own case."""
        case = self.state.load(FIRST)
        called = short_names(case, self.lang)
        return {"who": called[self.helpers(case)[0]], "victim": called[case.claimant]}

    def numbers(self, before: View, now: View) -> dict[str, str]:
        """Shares, amounts, scores and counts of facts, before and now."""
        found = {}
        for view, suffix in ((before, "_before"), (now, "")):
            for name, said in self._told(view).items():
                found[name + suffix] = said
        return found

    def _told(self, view: View) -> dict[str, str]:
        at, lang = reckoned(view), self.lang
        rulings = [r.amount_fen / at.case.loss_fen for r in at.case.rulings if r.amount_fen]
        counted = {kind: str(count) for kind, count in at.counted().items()}
        law = at.law.parties[at.party].exposure_fen
        return counted | {
            "share": percent(at.share, lang),
            "fen": amount(at.fen, lang),
            "raw": percent(at.raw, lang),
            "base": "" if at.base is None else percent(at.base, lang),
            "cap": "" if at.limit is None else percent(at.limit, lang),
            "law": amount(rounded(law), lang),
            "court": percent(rulings[-1], lang) if rulings else "",
            "values": str(at.values),
            "loss": amount(at.case.loss_fen, lang),
            **{key: points(getattr(at.assessment, key)) for key in reasons.SCORES},
            "risk_sum": sums.risk_sum(at, lang),
            "cause_sum": sums.cause_sum(at, lang),
            **sums.law_weights(at),
        }

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Why the share stood still, if it did."""
        old, at = reckoned(before), reckoned(now)
        if old.share != at.share:
            return {}
        setup = forms.setup(now.scene.chosen, now.case)
        said = panes.reason_of(lever_of(knob), at.case, at.party, setup, self.lang)
        return dict.fromkeys(MOVED, said) if said else {}

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The steps behind a number, then all its reasons; or what a court ordered."""
        return reasons.reason(view, selected, self.lang)

    def can_ask(self, selected: list[str]) -> bool:
        """Three names, the first of them a row or a way of joining."""
        return reasons.can_ask(selected)

    def named(self, view: View) -> str:
        """Whose share it is, where a case has several helpers."""
        helpers = self.helpers(view.case)
        return short_names(view.case, self.lang)[view.scene.party] if len(helpers) > 1 else ""

    def file(self, kind: str) -> dict[str, str]:
        """What is saved; beside the outcomes, every value and rule they rest on."""
        found = super().file(kind)
        if kind != "json":
            return found
        rows = [asdict(row) for row in forms.registry_rows(self.state.chosen, self.now.case)]
        whole = json.loads(found["text"]) | {"registry": rows}
        return found | {"text": json.dumps(whole, ensure_ascii=False, indent=1, default=str)}

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """What decides; the model itself."""
        self._parts = Decides(self.lang), Modelled(self.lang)
        self.decides, self.model = (part.box for part in self._parts)
        for part in self._parts:
            part.on_asked(self._viewed)
            part.on_say(self._asked)
            part.on_seen(self.show)

    def _doors(self) -> list[Door]:
        return [*super()._doors(), *(door for part in self._parts for door in part.doors)]

    def _viewed(self, wishes: dict[str, Any]) -> None:
        """Another view, another input of the map, another target."""
        self._change({"chosen": forms.viewed(self.state.chosen, wishes)})

    def show(self) -> None:
        """Both modules, if in sight; whatever they do not hang on leaves them as they are."""
        state = self.state
        party = self.now.case.party(state.party)
        decides, model = self._parts
        if decides.seen and self._new("decides", (state.opened, self.now.scene)):
            decides.show(self.now, forms.view_of(state.chosen, self.now.case, party), state.opened)
        if model.seen and self._new("model", (state.opened, self.now.scene, tuple(state.selected))):
            view = forms.view_of(state.chosen, self.now.case, party)
            model.show(self.now, view, state.opened, state.selected)


def riskbenefit_lab(lang: str = "zh") -> RiskBenefitLab:
    """The lab of lesson 05, in the state that the page's address asks for."""
    return RiskBenefitLab(lang, link=asked_state())
