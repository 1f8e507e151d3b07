"""What the law in force makes of the case that is being written: a board, and its reasons."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.explain import form_name
from simlib.figures.answered_part import part_note
from simlib.figures.asked_number import Asked
from simlib.figures.board import Bar, Board, Column, Large, Row, bar, legend, rounded, scale, spoken
from simlib.figures.number_steps import steps
from simlib.figures.row_premises import authority, by_scale, contested, scaled
from simlib.interval import high_end, hull, low_end
from simlib.text import amount, message, topic_words, words
from simlib.widgets.markup import tag
from simlib.widgets.number_reasons import why
from simlib.widgets.own.fields import label
from simlib.widgets.own.grade_branches import MODE, Branches
from simlib.widgets.own.reason_ends import first_lines

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.errors import SimlibError
    from simlib.interval import FenRange
    from simlib.liability import Outcome
    from simlib.widgets.own.grade_branches import Branch

LESSON = "case_lesson"
COLUMNS = {"exposure": "exposure", "received": "paid", "burden": "burden"}  # → key of a reason
MOST_ROWS = 5  # in sight before more are asked for


class Result:
    """One case under the law in force.

    Attributes
    ----------
    refused
        why the law in force gives no result; empty: it gives one
    """

    def __init__(self, case: Case, lang: str) -> None:
        self.case, self.lang, self.refused = case, lang, ""
        self.branches = Branches(case)
        if not self.branches.all and self.branches.refused:
            self.refused = self._say("refused", reason=self._reason(self.branches.refused))

    def to_json(self) -> dict[str, object]:
        """Return what the page shows: a board and one line, or a sentence why there is none."""
        if self.refused:
            return {"refused": self.refused, "line": self.refused, "board": None}
        return {"refused": "", "line": self._line(), "board": self.board().to_json()}

    def board(self) -> Board:
        """Draw who owes, pays and bears how much, one row a party."""
        rows = tuple(self._row(id, n) for n, id in enumerate(self._ids()))
        top = max(self.case.loss_fen, *(row.end for row in rows))
        columns = [Column(id, self._say(id), self._say(f"{id}_note")) for id in COLUMNS]
        received = self._received()
        large = self._say("large", who=self._claimant())
        sentence = self._say(
            "sentence", who=self._claimant(), loss=amount(self.case.loss_fen, self.lang),
            received=received, only=self._only(),
        )  # fmt: skip
        return Board(
            tuple(columns), "exposure", words("board", "unit.yuan", self.lang), top,
            scale(top, self.lang), rows,
            Large(large, received, f"{MODE}|received|", f"{large}{received}"),
            sentence, legend(rows, self.lang),
        )  # fmt: skip

    def why(self, say: str) -> dict[str, str]:
        """Return the reasons for one number of the board; an empty dict if it has none such.

        First its ends and why, then the steps as lesson 01 has them, then, folded, all of it.
        """
        mode, key, party = (*say.split("|"), "", "")[:3]
        if self.refused or mode != MODE or not self._has(key, party):
            return {}
        lines = first_lines(self.branches, key, party, self.lang)
        if party in self.branches.open:
            lines.insert(-1 if len(lines) > 1 else 1, self._by_grade(key, party))
        if party:
            stop, most = words("own_lab", "ui.stop", self.lang), self.branches.most(key, party)
            lines += [said + stop for said in self._answering(most, party)]
        html = "".join(tag("p", escape(line), class_="own-end") for line in lines)
        ends = {id(branch): branch for branch in self.branches.ends(key, party)}
        named = ("at_least", "at_most") if len(ends) > 1 else ("",)
        for name, branch in zip(named, ends.values(), strict=True):
            html += self._reasons(branch, key, party, name)
        return {"say": say, "title": self._title(key, party), "html": html}

    def _reasons(self, branch: Branch, key: str, party: str, end: str) -> str:
        """The steps and all reasons of one branch; folded where the first lines say it."""
        outcomes = {MODE: branch.outcome}
        listed = ""
        if key in ("exposure", "burden") and self.case.party(party).role != "principal":
            asked = Asked(branch.case, outcomes, MODE, key, party, self.lang)
            listed = "".join(tag("li", escape(step)) for step in steps(asked))
        whole = why(branch.case, outcomes, [MODE, key, party], self.lang)
        said = self._say("whole_of", end=self._say(end)) if end else self._say("whole")
        inner = tag("ol", listed, class_="stage-steps") if listed else ""
        if end:  # of two branches each has its own
            return tag("details", tag("summary", escape(said)) + inner + whole)
        return inner + tag("details", tag("summary", escape(said)) + whole)

    def _title(self, key: str, party: str) -> str:
        if not party:
            return self._say("why_all", amount=spoken(self.branches.fen("received"), self.lang))
        column = next(id for id, of in COLUMNS.items() if of == key)
        said = spoken(self.branches.fen(key, party), self.lang)
        return self._say("why", who=self._name(party), column=self._say(column), amount=said)

    def _row(self, id: str, number: int) -> Row:
        cells = {column: self._bar(id, column) for column in COLUMNS}
        idle = not self.case.party(id).sued and not high_end(self._fen("exposure", id))
        more = idle or number >= MOST_ROWS
        most = self.branches.most("exposure", id)
        found = authority(most.outcome, id)
        return Row(id, self._name(id), self._note(most, id), found, cells, more=more)

    def _reason(self, error: SimlibError) -> str:
        """Say why the law in force gives no result: people by name, fields as the page says."""
        said = topic_words("own_lab", self.lang)["refusal"].get(error.code)
        if said is None:
            return message(error, self.lang)
        field = label("parties", "answered_by", self.lang)
        return str(said.format(who=self._name(str(error.values["party"])), field=field))

    def _answering(self, most: Branch, id: str) -> list[str]:
        """Say for whom somebody answers in another's place, and what is not reckoned of it."""
        told = {(a["key"], a.get("party")) for a in most.outcome.assumptions}
        said = []
        for ward in self.case.parties:
            if ward.answered_by != id or ward.id not in most.outcome.parties:
                continue
            kind = "minor" if ward.minor else "worker"
            said.append(self._say(f"for_{kind}", who=self._name(ward.id)))
            if ward.minor and ("answered.reduced", id) in told:
                said.append(self._say("reduced"))
        return said

    def _note(self, most: Branch, id: str) -> str:
        """Say on what a row rests; what bounds its amount, and that a teaching scale makes it."""
        if self.case.party(id).unstated:
            return words("terms", "roles.unknown", self.lang)
        outcome = most.outcome
        form = self._open_form(id) or self._form(outcome, id)
        parts = [form if self.case.party(id).sued else self._say("not_sued", form=form)]
        if note := part_note(outcome, id, self.lang):
            parts.append(note)
        parts += self._answering(most, id)
        found = [branch.outcome for branch in self.branches.all]
        if any(contested(b.case, b.outcome, id) for b in self.branches.all):
            parts.append(words(LESSON, "board.note.pure_loss", self.lang))
        if any(high_end(o.parties[id].exposure_fen) and by_scale(o, id) for o in found):
            open_ = id in self.branches.open
            scale_ = (
                self._say("open_scale") if open_ else words(LESSON, "board.note.scale", self.lang)
            )
            parts.append(scale_)
        elif any(high_end(o.parties[id].burden_fen) and scaled(o, id) for o in found):
            parts.append(words(LESSON, "board.note.scale_inside", self.lang))
        return words(LESSON, "board.note.between", self.lang).join(parts)

    def _form(self, outcome: Outcome, id: str) -> str:
        """Name a party's form of liability; of whom another answers for, that other."""
        payer = self.case.party(id).answered_by
        if outcome.parties[id].mode == "answered_for" and payer:
            return self._say("answered_for", who=self._name(payer))
        return form_name(outcome, id, self.lang)

    def _open_form(self, id: str) -> str:
        """Say which grade leads to which form, where the party's grade was not found out."""
        if id not in self.branches.open:
            return ""
        said = [
            self._say("open_form", form=form, grades=self._graded(grades))
            for form, grades in self._forms(id).items()
        ]
        return self._say("open", forms=self._say("open_between").join(said))

    def _by_grade(self, key: str, id: str) -> str:
        """Say what an amount of such a party is in each form."""
        said = []
        for form, grades in self._forms(id).items():
            some = [b.fen(key, id) for b in self.branches.all if b.grades[id] in grades]
            fen = amount(rounded(hull(some)), self.lang)
            grades_ = self._graded(grades)
            said.append(self._say("open_amount", form=form, grades=grades_, amount=fen))
        return self._say("open_amounts", amounts=self._say("open_between").join(said))

    def _forms(self, id: str) -> dict[str, list[str]]:
        """Return the grades that lead to each form: its name → grades."""
        forms: dict[str, list[str]] = {}
        for branch in self.branches.all:
            if len(set(branch.grades.values())) == 1:  # all alike: each grade once
                name = form_name(branch.outcome, id, self.lang)
                forms.setdefault(name, []).append(branch.grades[id])
        return forms

    def _graded(self, grades: list[str]) -> str:
        said = [words("terms", f"grades.{grade}", self.lang) for grade in grades]
        return self._say("between").join(said)

    def _only(self) -> str:
        """Say who alone is sued, where another owes as well."""
        owing = self._owing()
        sued = [self._name(id) for id in owing if self.case.party(id).sued]
        if not sued or len(sued) == len(owing):
            return ""
        return self._say("only", who=self._say("between").join(sued))

    def _bar(self, id: str, column: str) -> Bar:
        key = COLUMNS[column]
        name = self._say("name", who=self._name(id), column=self._say(column))
        return bar(self._fen(key, id), name, f"{MODE}|{key}|{id}", self.lang)

    def _line(self) -> str:
        """Say in one line who owes how much."""
        owing = self._owing()
        sued = [id for id in owing if self.case.party(id).sued]
        if len(sued) == 1:
            fen = self._fen("exposure", sued[0])
            return self._say(
                "line", who=self._name(sued[0]), amount=amount(rounded(fen), self.lang)
            )
        if not owing:
            return self._say("line_none")
        some = sued or owing
        sure = all(low_end(self._fen("exposure", id)) > 0 for id in some)
        key = "line_more" if sure else "line_upto"
        return self._say(key, count=len(some), received=self._received())

    def _ids(self) -> list[str]:
        return list(self.branches.all[0].outcome.parties)

    def _owing(self) -> list[str]:
        return [id for id in self._ids() if high_end(self._fen("exposure", id)) > 0]

    def _fen(self, key: str, id: str) -> FenRange:
        return self.branches.fen(key, id)

    def _received(self) -> str:
        return amount(rounded(self.branches.fen("received")), self.lang)

    def _has(self, key: str, party: str) -> bool:
        """Whether a number is on the board."""
        if not party:
            return key == "received"
        return key in COLUMNS.values() and party in self._ids()

    def _claimant(self) -> str:
        return self._name(self.case.claimant)

    def _name(self, id: str) -> str:
        return str(getattr(self.case.party(id).name, self.lang))

    def _say(self, key: str, **values: object) -> str:
        return words("own_lab", f"preview.{key}", self.lang, **values)
