"""The short list of steps behind a cell of the board: burden, review, items, answer, grade, sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.figures.board import spoken
from simlib.figures.fault.board import bearer_of, knowledge
from simlib.figures.fault.names import engine, graded_words, piece
from simlib.figures.people import short_names
from simlib.text import amount, percent, words
from simlib.widgets.fault.found import Found, Told

if TYPE_CHECKING:
    from simlib.fault import Finding, Judged

TOPIC = "fault_lesson"
GRADE, EXPOSURE, BEARER = "grade", "exposure", "row-fault"
OF_BOARD = ("", GRADE, EXPOSURE, BEARER)
KNOWING = "knowing"  # the grade an item gives whose inference stands


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell that is asked about: what one procedure finds, and which column."""

    found: Found
    told: Told
    key: str
    lang: str

    @property
    def finding(self) -> Finding:
        return self.told.finding

    def say(self, key: str, **values: object) -> str:
        called = short_names(self.found.case, self.lang)
        named = {"who": called[self.found.party], "victim": called[self.found.case.claimant]}
        return words(TOPIC, key, self.lang, **named, **values)

    @property
    def row(self) -> str:
        """The procedure as the board names it."""
        burden = self.say(f"board.burden.{self.finding.burden}")
        review = self.say(f"board.review.{self.finding.review}")
        return self.say("board.row_name", burden=burden, review=review)

    def title(self) -> str:
        """What is asked, with the answer."""
        if self.key == BEARER:
            return self.say("reasons.title.row", row=self.row)
        if self.key not in OF_BOARD:
            return self.say("reasons.title.part", row=self.row)
        if self.key == EXPOSURE:
            if self.told.outcome is None:
                return self.say("reasons.title.open", row=self.row)
            return self.say("reasons.title.exposure", amount=self._owed(), row=self.row)
        form = words("fault_lab", f"found.form.{self.finding.mode}", self.lang)
        values = {"grade": graded_words(self.finding, self.lang), "form": form}
        return self.say("reasons.title.grade", row=self.row, **values)

    def steps(self) -> list[str]:
        """From the burden to what is asked."""
        said = [self._burden()]
        if self.key == BEARER:
            told = self.say(f"board.bearer.{bearer_of(self.finding)}")
            return [*said, self.say("reasons.row", bearer=told)]
        said.append(self.say(f"reasons.review.{self.finding.review}"))
        if self.finding.locked:
            said.append(self.say("reasons.locked"))
        else:
            said += [self._items(), self._answer()]
        said.append(self._grade())
        if not self.finding.locked:
            said.append(self.say("reasons.assumed"))
        return [*said, self._sum()] if self.key == EXPOSURE else said

    def _burden(self) -> str:
        way = self.finding
        key = way.burden
        if key == "factual_inference":
            key = way.rebuttal
        if way.standard == "higher" and way.burden != "presumed_fault":
            key = "higher"
        return self.say(f"reasons.burden.{key}")

    def _standing(self) -> list[Judged]:
        """Items for knowledge whose known fact is proved, whatever becomes of the inference."""
        return [j for j in self.finding.items if j.grade == KNOWING and j.left != "none"]

    def _items(self) -> str:
        standing = self._standing()
        if not standing:
            return self.say("reasons.no_items")
        between = words("fault_lab", "table.between", self.lang)
        listed = between.join(self._item(judged) for judged in standing)
        return self.say("reasons.items", items=listed)

    def _item(self, judged: Judged) -> str:
        runs = [engine(f"inference.{run}.name", self.lang) for run in judged.inferences]
        shown = [piece(self.found.case, id, self.lang) for id in judged.evidence]
        evidence = words("fault_lab", "table.stop", self.lang).join([*shown, *runs])
        name = engine(f"item.{judged.id}.name", self.lang)
        return self.say("reasons.item", name=name, evidence=evidence)

    def _answer(self) -> str:
        hit = next((j for j in self._standing() if j.hit), None)
        if hit is None or hit.hit is None:
            return self.say("reasons.no_answer")
        between = words("fault_lab", "table.between", self.lang)
        pieces = between.join(piece(self.found.case, id, self.lang) for id in hit.against)
        needed = hit.needed_inferred or hit.needed
        return self.say(
            "reasons.answer",
            pieces=pieces,
            hit=engine(f"strength.{hit.hit}", self.lang),
            needed=engine(f"strength.{needed}", self.lang),
        )

    def _grade(self) -> str:
        told = self.say(f"board.knowledge.{knowledge(self.finding)}")
        grade = graded_words(self.finding, self.lang)
        return self.say("reasons.grade", knowledge=told, grade=grade)

    def _owed(self) -> str:
        owed = self.found.owed[self.finding.grade]
        return "—" if owed is None else spoken(owed, self.lang)

    def _sum(self) -> str:
        """From the grade to the claim."""
        outcome, grade = self.told.outcome, self.finding.grade
        if outcome is None:
            return self.say("reasons.owed.open")
        mine = outcome.parties[self.found.party]
        said = {"amount": amount(mine.exposure_fen, self.lang)}
        if mine.mode != "several":
            key = {"none": "none", "concert": "concert"}.get(grade, mine.mode)
            return self.say(f"reasons.owed.{key}", **said)
        if self.found.case.party(self.found.party).share is None:
            return self.say("reasons.owed.scale", **said)
        loss, share = amount(self.found.case.loss_fen, self.lang), percent(mine.share, self.lang)
        return self.say("reasons.owed.several", loss=loss, share=share, **said)
