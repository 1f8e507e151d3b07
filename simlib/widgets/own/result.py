"""What the law in force makes of the case that is being written: a board, and its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.errors import SimlibError
from simlib.explain import form_name
from simlib.figures.board import Bar, Board, Column, Large, Row, bar, legend, rounded, scale, spoken
from simlib.figures.ghost import by_scale, scaled
from simlib.interval import high_end
from simlib.liability import decide
from simlib.text import amount, message, words
from simlib.widgets.why import why

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome

MODE, BASIS = "auto", "law in force"
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
        self.outcome: Outcome | None = None
        try:
            self.outcome = decide(case, MODE)
        except SimlibError as error:
            self.refused = self._say("refused", reason=message(error, lang))

    def to_json(self) -> dict[str, object]:
        """Return what the page shows: a board and one line, or a sentence why there is none."""
        if self.outcome is None:
            return {"refused": self.refused, "line": self.refused, "board": None}
        board = self.board(self.outcome)
        return {"refused": "", "line": self._line(self.outcome), "board": board.to_json()}

    def board(self, outcome: Outcome) -> Board:
        """Draw who owes, pays and bears how much, one row a party."""
        rows = tuple(self._row(outcome, id, n) for n, id in enumerate(outcome.parties))
        top = max(self.case.loss_fen, *(row.end for row in rows))
        columns = [Column(id, self._say(id), self._say(f"{id}_note")) for id in COLUMNS]
        received = amount(rounded(outcome.received_fen), self.lang)
        large = self._say("large", who=self._claimant())
        sentence = self._say(
            "sentence", who=self._claimant(), loss=amount(self.case.loss_fen, self.lang),
            received=received, only=self._only(outcome),
        )  # fmt: skip
        return Board(
            tuple(columns), "exposure", words("board", "unit.yuan", self.lang), top,
            scale(top, self.lang), rows,
            Large(large, received, f"{MODE}|received|", f"{large}{received}"),
            sentence, legend(rows, self.lang),
        )  # fmt: skip

    def why(self, say: str) -> dict[str, str]:
        """Return the reasons for one number of the board; an empty dict if it has none such."""
        mode, key, party = (*say.split("|"), "", "")[:3]
        if self.outcome is None or mode != MODE or not _has(self.outcome, key, party):
            return {}
        html = why(self.case, {MODE: self.outcome}, [MODE, key, party], self.lang)
        return {"say": say, "title": self._title(self.outcome, key, party), "html": html}

    def _title(self, outcome: Outcome, key: str, party: str) -> str:
        if not party:
            return self._say("why_all", amount=spoken(outcome.received_fen, self.lang))
        column = next(id for id, of in COLUMNS.items() if of == key)
        fen = getattr(outcome.parties[party], f"{key}_fen")
        return self._say(
            "why", who=self._name(party), column=self._say(column), amount=spoken(fen, self.lang)
        )

    def _row(self, outcome: Outcome, id: str, number: int) -> Row:
        cells = {column: self._bar(outcome, id, column) for column in COLUMNS}
        idle = not self.case.party(id).sued and not high_end(outcome.parties[id].exposure_fen)
        more = idle or number >= MOST_ROWS
        return Row(id, self._name(id), self._note(outcome, id), BASIS, cells, more=more)

    def _note(self, outcome: Outcome, id: str) -> str:
        """Say on what a row rests; that a teaching scale makes its amount, as the lesson does."""
        parts = [form_name(outcome, id, self.lang)]
        if not self.case.party(id).sued:
            parts = [self._say("not_sued", form=parts[0])]
        if high_end(outcome.parties[id].exposure_fen) and by_scale(outcome, id):
            parts.append(words("case_lesson", "board.note.scale", self.lang))
        elif high_end(outcome.parties[id].burden_fen) and scaled(outcome, id):
            parts.append(words("case_lesson", "board.note.scale_inside", self.lang))
        return words("case_lesson", "board.note.between", self.lang).join(parts)

    def _only(self, outcome: Outcome) -> str:
        """Say who alone is sued, where another owes as well."""
        owing = [id for id, p in outcome.parties.items() if high_end(p.exposure_fen) > 0]
        sued = [self._name(id) for id in owing if self.case.party(id).sued]
        if not sued or len(sued) == len(owing):
            return ""
        return self._say("only", who=self._say("between").join(sued))

    def _bar(self, outcome: Outcome, id: str, column: str) -> Bar:
        key = COLUMNS[column]
        fen = getattr(outcome.parties[id], f"{key}_fen")
        name = self._say("name", who=self._name(id), column=self._say(column))
        return bar(fen, name, f"{MODE}|{key}|{id}", self.lang)

    def _line(self, outcome: Outcome) -> str:
        """Say in one line who owes how much."""
        owing = [id for id, p in outcome.parties.items() if high_end(p.exposure_fen) > 0]
        sued = [id for id in owing if self.case.party(id).sued]
        if len(sued) == 1:
            fen = outcome.parties[sued[0]].exposure_fen
            return self._say(
                "line", who=self._name(sued[0]), amount=amount(rounded(fen), self.lang)
            )
        if not owing:
            return self._say("line_none")
        received = amount(rounded(outcome.received_fen), self.lang)
        return self._say("line_more", count=len(sued) or len(owing), received=received)

    def _claimant(self) -> str:
        return self._name(self.case.claimant)

    def _name(self, id: str) -> str:
        return str(getattr(self.case.party(id).name, self.lang))

    def _say(self, key: str, **values: object) -> str:
        return words("own_lab", f"preview.{key}", self.lang, **values)


def _has(outcome: Outcome, key: str, party: str) -> bool:
    """Whether a number is on the board."""
    if not party:
        return key == "received"
    return key in COLUMNS.values() and party in outcome.parties
