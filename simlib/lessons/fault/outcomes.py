"""The board of lesson 02: six ways to find fault in one file, the grade and the claim of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.fault import BURDENS, REVIEWS
from simlib.figures.board import (
    Answer,
    Bar,
    Board,
    Column,
    Large,
    Row,
    Word,
    bar,
    legend,
    rounded,
    scale,
    spoken,
    word,
)
from simlib.figures.fault.names import grade_words, name_of
from simlib.figures.people import short_names
from simlib.interval import high_end
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simlib.case.model import Case
    from simlib.fault import Finding
    from simlib.interval import FenRange

TOPIC = "fault_lesson"
COLUMNS = ("grade", "bearer", "exposure")
WITHOUT = ("grade", "exposure")
FORMAL, REAL = REVIEWS
ORDER = tuple(name_of(burden, review) for review in (REAL, FORMAL) for burden in BURDENS)
PROVED = ("found", "convinced", "unanswered")  # knowledge is found, and nothing is unclear
LAW = name_of(BURDENS[1], REAL)  # inference, the law in force on the majority's reading
TEACHING = "teaching assumption"


@dataclass(frozen=True, slots=True)
class Shown:
    """One file as six procedures read it.

    Attributes
    ----------
    findings
        `burden.review` → finding, for all six
    owed
        grade → what may be claimed of the helper under the law in force [fen]; None: no answer
    """

    findings: Mapping[str, Finding]
    owed: Mapping[str, FenRange | None]


def draw_board(
    case: Case,
    party: str,
    found: Shown,
    lang: str = "zh",
    *,
    rows: Sequence[str],
    column: str,
    bearer: bool = False,
    answer: tuple[str, FenRange] | None = None,
    before: Shown | None = None,
    kept: Shown | None = None,
    kept_title: str = "",
    still: Mapping[str, str] | None = None,
    note: str = "",
) -> Board:
    """Draw what six procedures make of one file.

    Parameters
    ----------
    rows
        which procedures stand there at first; the others follow behind *more*
    column
        whose bars are drawn first
    bearer
        whether a column says who bears what stays unclear
    answer
        the grade the reader answered, and what may be claimed at it [fen]
    before
        what was found before the last change: rows that differ are marked
    kept, kept_title
        what was found in the setting kept as A, and what A is in words
    still
        procedure → why it did not move with the last change, in words
    note
        what the case cannot show here, behind the sentence
    """
    drawn = _Drawn(case, party, found, lang, COLUMNS if bearer else WITHOUT)
    lines = drawn.rows(kept)
    if before:
        then = {row.id: row for row in replace(drawn, found=before).rows(kept)}
        lines = [_changed(row, then[row.id], still or {}) for row in lines]
    lines = [replace(row, more=row.id not in rows) for row in lines]
    lines.sort(key=lambda row: rows.index(row.id) if row.id in rows else len(rows))
    top = max(case.loss_fen, *(row.end for row in lines))
    return Board(
        columns=drawn.columns(),
        column=column,
        unit=words("board", "unit.yuan", lang),
        top_fen=top,
        ticks=scale(top, lang),
        rows=tuple(lines),
        large=drawn.large(),
        sentence=drawn.sentence(note),
        legend=legend(lines, lang),
        answer=drawn.answer(answer) if answer else None,
        kept=words(TOPIC, "board.kept", lang, title=kept_title) if kept else "",
        row=words(TOPIC, "lesson.row", lang),
    )


def _changed(row: Row, then: Row, still: Mapping[str, str]) -> Row:
    """Mark a row that moved with the last change, or say why it did not."""
    moved = _marks(row) != _marks(then)
    return replace(row, changed=moved, still="" if moved else still.get(row.id, ""))


def _marks(row: Row) -> tuple[object, ...]:
    cells = {id: (cell.low, cell.high, cell.text) for id, cell in row.cells.items()}
    return cells, row.note, row.ghost, row.stamp


def knowledge(finding: Finding) -> str:
    """Tell what became of knowledge.

    `locked`, `found`, `convinced`, `presumed`, `inferred` (`unanswered`: nothing has an effect
    against it), or why it is not found: `rebutted` (its contrary is proved), `unclear`
    (真伪不明), `absent`.
    """
    if finding.locked:
        return "locked"
    if finding.grade in ("knowing", "concert"):
        if not finding.presumed:
            return "found"
        answered = any(j.hit for j in finding.items if j.grade == "knowing" and j.left != "none")
        inferred = "inferred" if answered else "unanswered"
        return {"factual_inference": inferred, "presumed_fault": "presumed"}.get(
            finding.burden, "convinced"
        )
    of_it = [j for j in finding.items if j.grade == "knowing" and j.support != "none"]
    states = {j.state for j in of_it}
    return next((state for state in ("rebutted", "unclear") if state in states), "absent")


def bearer_of(finding: Finding) -> str:
    """Tell who loses if knowledge stays unclear: `plaintiff`, `defendant`, `nobody`, or `contrary`
    where the minority's reading puts it on the defendant in fact; `clear` where it is found."""
    if knowledge(finding) in PROVED:
        return "clear"
    row = finding.row("fault")
    return "contrary" if row.consequence == "inference-stands" else row.bearer


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One file, one helper, one setting."""

    case: Case
    party: str
    found: Shown
    lang: str
    shown: tuple[str, ...]

    def say(self, key: str, **values: object) -> str:
        called = short_names(self.case, self.lang)
        named = {"who": called[self.party], "victim": called[self.case.claimant]}
        return words(TOPIC, f"board.{key}", self.lang, **named, **values)

    def columns(self) -> tuple[Column, ...]:
        said = [(id, self.say(f"column.{id}"), self.say(f"asked.{id}")) for id in self.shown]
        return tuple(Column(*each, "bar" if each[0] == "exposure" else "word") for each in said)

    def rows(self, kept: Shown | None) -> list[Row]:
        return [self._row(name, kept) for name in ORDER]

    def _row(self, name: str, kept: Shown | None) -> Row:
        finding = self.found.findings[name]
        then = kept.findings[name] if kept else None
        said = self.name(finding)
        cells: dict[str, Bar | Word] = {
            "grade": self._word("grade", self.leads, finding, then),
            "bearer": self._word("row-fault", self._bears, finding, then),
        }
        owed = self.found.owed[finding.grade]
        if owed is not None:
            held = kept.owed[then.grade] if kept and then else None
            about = self.say("bar_name", row=said, column=self.say("asked.exposure"))
            cells["exposure"] = bar(owed, about, f"{name}|exposure|", self.lang, held)
        formal = finding.review == FORMAL
        return Row(
            name,
            said,
            self.way(finding),
            TEACHING if formal else finding.basis,
            {id: cell for id, cell in cells.items() if id in self.shown},
            ghost=self.say("formal") if formal else "",
            stamp=self.say("nothing") if owed is not None and not high_end(owed) else "",
        )

    def name(self, finding: Finding) -> str:
        """Name a procedure: burden and review."""
        burden = self.say(f"burden.{finding.burden}")
        review = self.say(f"review.{finding.review}")
        return self.say("row_name", burden=burden, review=review)

    def way(self, finding: Finding) -> str:
        """Say who proves what in a procedure, and what became of knowledge."""
        said = self.say(f"knowledge.{knowledge(finding)}")
        if finding.locked:  # nobody proves it
            return said
        return self.say(f"way.{finding.burden}", knowledge=said)

    def leads(self, finding: Finding) -> str:
        """Name the grade and the form of liability it leads to."""
        form = words("fault_lab", f"found.form.{finding.mode}", self.lang)
        return self.say("leads", grade=grade_words(finding.grade, self.lang), form=form)

    def _bears(self, finding: Finding) -> str:
        return self.say(f"bearer.{bearer_of(finding)}")

    def _word(
        self, key: str, say: Callable[[Finding], str], finding: Finding, then: Finding | None
    ) -> Word:
        column = self.say("asked.grade" if key == "grade" else "asked.bearer")
        full = self.say("bar_name", row=self.name(finding), column=column)
        asks = f"{name_of(finding.burden, finding.review)}|{key}|"
        return word(say(finding), full, asks, self.lang, say(then) if then else None)

    def answer(self, answer: tuple[str, FenRange]) -> Answer:
        """Return a line where the reader's grade would lead."""
        grade, fen = answer
        label = self.say("answer", grade=grade_words(grade, self.lang))
        return Answer(high_end(fen), label)

    # ------------------------------------------------------------ the number and the sentence

    def large(self) -> Large:
        """Return what may be claimed as the law in force is read now."""
        finding = self.found.findings[LAW]
        owed = self.found.owed[finding.grade]
        label = self.say(f"large.{self._reading(finding)}")
        said = "—" if owed is None else spoken(owed, self.lang)
        name = words("board", "name.bar", self.lang, name=label, amount=said)
        text = "—" if owed is None else amount(rounded(owed), self.lang)
        return Large(label, text, f"{LAW}|exposure|", name)

    def _product(self, finding: Finding, owed: FenRange | None) -> str:
        """Of what share the claim is, where it is one that the file states."""
        share = self.case.party(self.party).share
        if finding.mode != "several" or owed is None or share is None:
            return ""
        said = {"loss": amount(self.case.loss_fen, self.lang), "share": percent(share, self.lang)}
        return self.say("sentence.share", **said)

    def _reading(self, finding: Finding) -> str:
        if finding.standard == "higher":
            return "higher"
        return "locked" if finding.locked else finding.rebuttal

    def sentence(self, note: str) -> str:
        """Say why inference gives its grade as it is read now, and of what share the claim is."""
        finding = self.found.findings[LAW]
        owed = self.found.owed[finding.grade]
        text = self.say(
            "sentence.found",
            knowledge=self.say(f"knowledge.{knowledge(finding)}"),
            grade=grade_words(finding.grade, self.lang),
        )
        return text + self._product(finding, owed) + note
