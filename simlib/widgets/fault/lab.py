"""The lab of lesson 02: the same evidence under two reviews and three burdens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from simlib.case import load_case, shipped_cases
from simlib.figures.board import Answer
from simlib.interval import high_end
from simlib.lessons.fault.knobs import concerned, in_file
from simlib.lessons.fault.outcomes import LAW, solve
from simlib.lessons.reader import lesson_of
from simlib.widgets.fault import reasons
from simlib.widgets.stage.declared import DeclaredLab

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.lessons.outcome import Solved
    from simlib.widgets.lesson import View
    from simlib.widgets.stage import StageScene
    from simlib.widgets.state import Scene


class FaultLab(DeclaredLab):
    """Lesson 02's lab."""

    topic = "fault"

    def cases(self) -> list[str]:
        """The lesson's own case, then the others whose file says anything about a helper."""
        return [*self.first, *_others()]

    def helpers(self, case: Case) -> list[str]:
        """Those about whose fault the file says anything."""
        return concerned(case)

    def comment(
        self, answer: Mapping[str, Any], wrong: list[str], said: Mapping[str, str], whose: str
    ) -> str:
        """Which reading gives the grade answered; of an old link a norm that is not its; why."""
        say, asked = self.phrases, self.declared.bet["grade"]
        told = say("reveal.why", **said)
        if not answer:
            return told
        grade = answer["grade"]
        values = {**said, "whose": say(f"reveal.whose.{whose}"), "grade": self._grade(grade)}
        if self.contradiction(answer):
            norms = {norm: say(f"bet.norm_is.{norm}") for norm in self.declared.bet["norm"].options}
            fits = (n for n in norms if not self.contradiction({"grade": grade, "norm": n}))
            own = {"own": norms[answer["norm"]], "norm": norms[next(fits)]}
            told = say("reveal.joined", first=say("reveal.differs", **values, **own), then=told)
        held = {**dict.fromkeys(asked.minority, "minority"), asked.right: "agrees"}
        first = say(f"reveal.{held.get(grade, 'neither')}", **values)
        return say("reveal.joined", first=first, then=told)

    def _grade(self, grade: str) -> str:
        return self.phrases(f"terms:grades.{grade}")

    def decide(self, case: Case, scene: Scene) -> Solved:
        """What six procedures find in the file as it stands, beside the one before his changes."""
        chosen, now = self.declared.chosen(scene.chosen), in_file(case, scene.changes)
        return solve(now, chosen, self.lang, scene.party, self.state.base(scene))

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """The grade each procedure gives, who bears what is unclear, what may be claimed.

        A position that sets nothing but grades moves nothing that evidence decides, which is said.
        """
        board = super().board(view, kept, scene, before)
        at = next((p for p in view.case.positions if p.id == view.scene.position), None)
        graded = at and at.set and all(path.endswith((".grade", ".fault")) for path in at.set)
        if not graded or view.outcomes[LAW].ground != "evidence":
            return board
        return replace(board, sentence=board.sentence + self.say("about.grade_only"))

    def marked(self, view: View) -> Answer | None:
        """The reader's grade, on the case that he answered about, and where it leads."""
        grade = self.state.committed.get("grade")
        if grade is None or view.scene.case_id != self.first[0]:
            return None
        owed = view.outcomes[LAW].owed_at(grade)
        label = self.say("board.answer", grade=self._grade(grade))
        return None if owed is None else Answer(high_end(owed), label)

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The steps behind a cell, then all its reasons; or a part of a finding."""
        row, key, _ = selected
        return reasons.reason(view.outcomes[row], key, self.about(view))

    def can_ask(self, selected: list[str]) -> bool:
        """A procedure, and a part of what it finds."""
        return reasons.can_ask(selected)


@cache
def _others() -> tuple[str, ...]:
    return tuple(
        name
        for name in shipped_cases()
        if name not in lesson_of("fault").cases
        and concerned(load_case(name))
        and load_case(name).evidence
    )
