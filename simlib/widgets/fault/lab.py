"""The lab of lesson 02: the same evidence under two reviews and three burdens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.case import load_case, shipped_cases
from simlib.fault import REVIEWS
from simlib.figures.board import spoken
from simlib.figures.fault import (
    draw_allocation,
    draw_board,
    draw_checklist,
    draw_criminal,
    draw_log,
    draw_readings,
)
from simlib.figures.fault.board import Shown
from simlib.figures.fault.names import grade_words, name_of, phrase
from simlib.figures.people import short_names
from simlib.interval import high_end
from simlib.text import amount, words
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.fault import bet, knobs, reasons, settings
from simlib.widgets.fault.found import Found
from simlib.widgets.fault.reveal import reveal
from simlib.widgets.fault.scenes import FIRST, INFERRED, SCENES, UNCLEAR
from simlib.widgets.fault.still import still_key, stood
from simlib.widgets.fault.tasks import TASKS
from simlib.widgets.markup import table
from simlib.widgets.plot import PlotView
from simlib.widgets.stage import Group, StageLab
from simlib.widgets.state import asked_state

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.figures.drawing import Drawing
    from simlib.interval import FenRange
    from simlib.lessons.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.stage import Question, StageScene, Task
    from simlib.widgets.state import Scene

# placeholder → procedure
CALLED = {
    burden.removeprefix("factual_").removesuffix("_fault") + suffix: name_of(burden, review)
    for burden in fault.BURDENS
    for review, suffix in zip(REVIEWS, ("_formal", ""), strict=True)
}


class FaultLab(StageLab):
    """Lesson 02's lab.

    Attributes
    ----------
    tables
        the module below the stage: one of five tables of the same file
    """

    topic, no, minutes = "fault", "02", 15
    first = (FIRST,)
    choices = settings.BELOW

    # ------------------------------------------------------------ the bet

    def questions(self) -> Sequence[Question]:
        """Grade, then norm."""
        return bet.questions(self.lang)

    def contradiction(self, answer: Mapping[str, Any]) -> str:
        """A norm that does not go with the grade."""
        return bet.contradiction(answer, self.lang)

    def reveal(self, view: View, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer beside both readings of 足以反驳."""
        return reveal(view, answer, self.lang)

    # ------------------------------------------------------------ the stage

    def cases(self) -> list[str]:
        """The lesson's own case, then the others whose file says anything about a helper."""
        return [*self.first, *_others()]

    def helpers(self, case: Case) -> list[str]:
        """Those about whose fault the file says anything."""
        return knobs.concerned(case)

    def refuses(self, case: Case) -> str:
        """A case must say something about somebody's knowledge."""
        return "" if self.helpers(case) else words("lab", "own.no_evidence", self.lang)

    def scenes(self) -> Sequence[StageScene]:
        """Five, from the bet to the criminal documents."""
        return SCENES

    def tasks(self) -> Sequence[Task]:
        """What is unclear, an original, a reading."""
        return TASKS

    def groups(self) -> Sequence[Group]:
        """Evidence of knowledge and of the rest, the criminal case, how it is weighed."""
        found = {
            "evidence": knobs.grouped(self.knobs, "pieces"),
            "how": ("rebuttal", "standard"),
            "criminal": knobs.grouped(self.knobs, "criminal"),
            "elements": knobs.grouped(self.knobs, "elements"),
        }
        return [Group(id, self.say(f"groups.{id}"), inner) for id, inner in found.items()]

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """Each piece of evidence about the helper; the criminal case against him; how to weigh."""
        own = knobs.knobs(lambda: self._file(case), party, self.lang)
        return [*own, *settings.settings(self.lang)]

    def _file(self, case: Case) -> Case:
        """A case before its changes: the one that is open, else the lesson's own."""
        base = self.state.base()
        rows = [[piece.id for piece in each.evidence] for each in (base, case)]
        return base if rows[0] == rows[1] else self.state.load(FIRST)

    def decide(self, case: Case, scene: Scene) -> Found:
        """What six procedures find in the file as it stands."""
        chosen = settings.chosen(scene.chosen)
        in_file = knobs.in_file(case, scene.changes)
        return Found(in_file, scene.party, chosen["standard"], chosen["rebuttal"])

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """The grade each procedure gives, who bears what is unclear, what may be claimed."""
        return draw_board(
            _found(view).case,
            view.scene.party,
            _shown(view),
            self.lang,
            rows=scene.rows,
            column=scene.column,
            bearer=scene.id == UNCLEAR,
            answer=self._answer(view),
            before=_shown(before) if before else None,
            kept=_shown(kept) if kept else None,
            kept_title=self.beside.title(),
            still=self.still,
            note=self._note(view),
        )

    def _answer(self, view: View) -> tuple[str, FenRange] | None:
        """The reader's grade, on the case that he answered about, and where it leads."""
        grade = self.state.committed.get("grade")
        if grade is None or view.scene.case_id != FIRST:
            return None
        owed = _found(view).owed_at(grade)
        return None if owed is None else (grade, owed)

    def _note(self, view: View) -> str:
        """What a case or a position cannot show here."""
        if all(piece.against is None for piece in view.case.evidence):
            return phrase("about.no_list", self.lang)
        found = next((p for p in view.case.positions if p.id == view.scene.position), None)
        graded = found and found.set and all(path.endswith(".grade") for path in found.set)
        return phrase("about.grade_only", self.lang) if graded else ""

    def names(self) -> dict[str, str]:
        """The helper and the victim of the lesson's own case."""
        case = self.state.load(FIRST)
        called = short_names(case, self.lang)
        return {"who": called[self.helpers(case)[0]], "victim": called[case.claimant]}

    def numbers(self, before: View, now: View) -> dict[str, str]:
        """Procedure → claim, grade, claim on the other reading, before and now; their gap."""
        found: dict[str, str] = {}
        for view, suffix in ((before, "_before"), (now, "")):
            owed = _found(view).owed
            for key, name in CALLED.items():
                finding = _found(view).findings[name]
                found[key + suffix] = spoken(owed[finding.grade] or 0, self.lang)
                found[f"{key}_other{suffix}"] = spoken(owed[finding.otherwise] or 0, self.lang)
                found[f"{key}_grade{suffix}"] = grade_words(finding.grade, self.lang)
        law = _found(now).findings[INFERRED]
        ends = [high_end(_found(now).owed[g] or 0) for g in (law.grade, law.otherwise)]
        return found | {"gap": amount(abs(ends[0] - ends[1]), self.lang)}

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Why a procedure gives the same grade as before."""
        findings = _found(now).findings
        return {
            name: self.say(f"still.{still_key(knob.group, findings[name])}")
            for name in stood(_found(before).findings, findings)
        }

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The steps behind a cell, then all its reasons; or a part of a finding."""
        return reasons.reason(_found(view), selected, self.lang)

    def can_ask(self, selected: list[str]) -> bool:
        """A procedure, and a part of what it finds."""
        return reasons.can_ask(selected)

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """One table at a time; the event log with its time line."""
        self.pick = Form(label=phrase("choose.table", self.lang), layout=LAYOUT)
        self.pick.spec = settings.table_spec(self.lang)
        self.pick.on_asked(self._picked)
        self.line, self.table = PlotView(layout=LAYOUT), Pane(layout=LAYOUT)
        self.table.on_say(self._asked)
        self.tables = box("simlib-lab", self.pick, self.table)
        self.tables.add_class("simlib-words")  # tables of sentences, which break where they must

    def show(self) -> None:
        """The table chosen, of the file as it stands."""
        chosen = settings.chosen(self.state.chosen)
        drawing = self._table(chosen["table"], chosen["burden"])
        if self._new("table", chosen["table"] == "log"):
            shown = (self.line,) if chosen["table"] == "log" else ()
            self.tables.children = (self.pick, *shown, self.table)
        self.pick.values = {name: chosen[name] for name in self.choices}
        if chosen["table"] == "log":
            with self.line.hold_sync():
                self.line.description = drawing.sentence
                self.line.figure = drawing.figure
        self.table.html = table(drawing, {}, "|".join(self.state.selected), self.lang)

    def _picked(self, wishes: dict[str, Any]) -> None:
        self._change({"chosen": self.state.chosen | wishes})

    def _table(self, name: str, burden: str) -> Drawing:
        found = _found(self.now)
        pair = [found.findings[name_of(burden, review)] for review in REVIEWS]
        case, party, real = found.case, found.party, name_of(burden, REVIEWS[1])
        if name == "checklist":
            return draw_checklist(case, pair, self.lang)
        if name == "allocation":
            return draw_allocation(case, pair[1], self.lang)
        if name == "readings":
            return draw_readings(case, party, burden, self.lang)
        if name == "log":
            return draw_log(case, party, fault.verify(case, party), real, self.lang)
        return draw_criminal(pair[1], self.lang)


def _found(view: View) -> Found:
    found = view.outcomes
    assert isinstance(found, Found)
    return found


def _shown(view: View) -> Shown:
    return Shown(_found(view).findings, _found(view).owed)


@cache
def _others() -> tuple[str, ...]:
    return tuple(
        name
        for name in shipped_cases()
        if name != FIRST and knobs.concerned(load_case(name)) and load_case(name).evidence
    )


def fault_lab(lang: str = "zh") -> FaultLab:
    """The lab of lesson 02, in the state that the page's address asks for."""
    return FaultLab(lang, link=asked_state())
