"""The board of lesson 04: what may be claimed of each, who bears it, who pays it now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.explain import face, minority
from simlib.figures.board import (
    PRACTICE,
    Bar,
    Board,
    Column,
    Large,
    Legend,
    Row,
    bar,
    figures,
    legend,
    rounded,
    scale,
    spoken,
)
from simlib.figures.carried_amounts import carried
from simlib.figures.liability.norms import by_analogy, norms_table
from simlib.figures.liability.told import beside, given_up, may_be_sued, sentence
from simlib.figures.people import debtors_of, short_names
from simlib.figures.row_premises import ghost
from simlib.interval import Interval, high_end
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.liability import Outcome
    from simlib.liability.outcome import PartyOutcome

TOPIC = "liability_lesson"
COLUMNS = ("exposure", "burden", "paid")
DOCTRINE = "doctrine"
MOST = 5  # rows of another case than the lesson's own that stand in sight


def draw_board(
    case: Case,
    outcomes: Mapping[str, Outcome],
    mode: str,
    lang: str = "zh",
    *,
    rows: Sequence[str],
    column: str,
    before: tuple[Case, Mapping[str, Outcome], str] | None = None,
    kept: Outcome | None = None,
    kept_title: str = "",
    still: Mapping[str, str] | None = None,
) -> Board:
    """Draw one form of liability: a row for each debtor, and one for what the victim bears.

    Parameters
    ----------
    outcomes
        mode → outcome, `mode` among them, and `auto` if the law in force gives an answer
    rows
        which parties stand there at first; if the case has none of them, its first
    column
        whose bars are drawn first
    before
        case, outcomes and mode before the last change: rows that differ are marked
    kept, kept_title
        the outcome kept as A, and what A is in words
    still
        party → why he did not move with the last change, in words
    """
    drawn = _Drawn(case, outcomes, mode, lang)
    lines = drawn.rows(kept)
    if before:
        then = {row.id: row for row in _Drawn(*before, lang).rows(kept)}
        lines = [_changed(row, then.get(row.id), still or {}) for row in lines]
    lines = _in_sight(lines, rows)
    top = max(case.loss_fen, *(row.end for row in lines))
    return Board(
        columns=drawn.columns(),
        column=column,
        unit=words("board", "unit.yuan", lang),
        top_fen=top,
        ticks=scale(top, lang),
        rows=tuple(lines),
        large=drawn.large(),
        sentence=sentence(case, drawn.outcome, drawn.names, column, lang),
        legend=drawn.legend(lines),
        kept=words(TOPIC, "board.kept", lang, title=kept_title) if kept else "",
        picture=norms_table(case, outcomes, mode, lang),
        row=words(TOPIC, "lesson.row", lang),
    )


def _in_sight(lines: Sequence[Row], rows: Sequence[str]) -> list[Row]:
    """Put the rows of a scene first and the others behind *more*; the victim's own comes last."""
    known = [row.id for row in lines]
    shown = [id for id in rows if id in known]
    if len(shown) < 2:  # another case than the scene speaks of
        shown = [*known[: MOST - 1], known[-1]]
    return [replace(row, more=row.id not in shown) for row in lines]


def _changed(row: Row, then: Row | None, still: Mapping[str, str]) -> Row:
    """Mark a row that moved with the last change, or say why it did not."""
    if then is None:
        return row
    moved = _marks(row) != _marks(then)
    return replace(row, changed=moved, still="" if moved else still.get(row.id, ""))


def _marks(row: Row) -> tuple[object, ...]:
    """Return what a reader sees of a row: another form alone is no movement of its bars."""
    ends = {id: (cell.low, cell.high) for id, cell in row.cells.items()}
    return ends, row.ghost, row.stamp, row.authority


def own_part(case: Case, outcome: Outcome) -> FenRange:
    """Return what the claimant bears by his own fault (1173), of what somebody is charged with."""
    found = [outcome.parties[id].burden_fen for id in debtors_of(outcome)]
    if not case.party(case.claimant).fault or any(isinstance(f, Interval) for f in found):
        return 0
    borne = sum(high_end(fen) for fen in found)
    return case.loss_fen - borne if borne else 0


def _of(mine: PartyOutcome, column: str) -> FenRange:
    found: FenRange = getattr(mine, f"{column}_fen")
    return found


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A case under one form of liability."""

    case: Case
    outcomes: Mapping[str, Outcome]
    mode: str
    lang: str

    @property
    def outcome(self) -> Outcome:
        return self.outcomes[self.mode]

    @property
    def names(self) -> dict[str, str]:
        return short_names(self.case, self.lang)

    def say(self, key: str, **values: object) -> str:
        return words(TOPIC, f"board.{key}", self.lang, **values)

    def columns(self) -> tuple[Column, ...]:
        return tuple(
            Column(id, self.say(f"column.{id}"), self.say(f"asked.{id}")) for id in COLUMNS
        )

    def rows(self, kept: Outcome | None) -> list[Row]:
        """Return a row for each debtor in file order, then the victim's own."""
        return [*(self._debtor(id, kept) for id in debtors_of(self.outcome)), self._victim(kept)]

    def _debtor(self, id: str, kept: Outcome | None) -> Row:
        mine = self.outcome.parties[id]
        then = kept.parties.get(id) if kept else None
        cells = {
            column: self._bar(id, column, _of(mine, column), _of(then, column) if then else None)
            for column in COLUMNS
        }
        said = ghost(self.outcome, self.outcomes, id, self.lang)
        note = beside(self.case, self.outcome, id, self.lang)
        return Row(id, self.names[id], note, self._authority(id), cells,
                   ghost="" if self._is_head(id) else said, stamp=self._stamp(id))  # fmt: skip

    def legend(self, lines: Sequence[Row]) -> tuple[Legend, ...]:
        """Return what the marks mean; the frame of what nobody pays yet is called as its row."""
        found = legend(lines, self.lang)
        if not may_be_sued(self.case, self.outcome):
            return found
        said = self.say("legend_open", row=self._victim_name())
        return tuple(replace(each, label=said) if each.kind == "own" else each for each in found)

    def _victim_name(self) -> str:
        key = "victim_open" if may_be_sued(self.case, self.outcome) else "victim"
        return self.say(key, who=self.names[self.case.claimant])

    def _victim(self, kept: Outcome | None) -> Row:
        """What he bears himself: by his own fault, and because nobody pays it."""
        outcome = self.outcome
        then = kept.unrecovered_fen if kept else None
        cells = {
            "burden": self._bar(self.case.claimant, "burden", own_part(self.case, outcome), None),
            "paid": self._bar(self.case.claimant, "paid", outcome.unrecovered_fen, then),
        }
        got = amount(rounded(outcome.received_fen), self.lang)
        gave = given_up(self.case, outcome)
        key, given = "victim_gave" if gave else "victim_note", amount(gave, self.lang)
        note = self.say(key, received=got, given=given) if gave else self.say(key, received=got)
        name = self._victim_name()
        blank = self.say("blank")
        law = self._authority("")
        return Row(self.case.claimant, name, note, law, cells, blank=blank, own=True)

    def _bar(self, id: str, column: str, fen: FenRange, kept_fen: FenRange | None) -> Bar:
        victim = id == self.case.claimant
        row = self._victim_name() if victim else self.names[id]
        asked = self.say(f"of_victim.{column}" if victim else f"asked.{column}")
        beside = self._beside(id, column, fen)
        # what stands below the victim's amount is what is asked: it is not said twice
        name = row if victim and beside else self.say("bar_name", row=row, column=asked)
        key = {"burden": "own_part", "paid": "unrecovered"}[column] if victim else column
        about = "" if victim else id
        drawn = bar(fen, name, f"{self.mode}|{key}|{about}", self.lang, kept_fen, beside=beside)
        return replace(drawn, what=asked) if victim else drawn

    def _beside(self, id: str, column: str, fen: FenRange) -> str:
        """What an amount must not be read without: that nobody pays it, or what he carries."""
        if id == self.case.claimant:
            return self._unpaid(fen) if column == "paid" and high_end(fen) else ""
        if column != "burden" or carried(self.outcome, id) not in ("carried", "carried_alike"):
            return ""
        now = figures(self.outcome.parties[id].carried_fen, self.lang)
        return self.say("carried", amount=now)

    def _unpaid(self, fen: FenRange) -> str:
        """That nobody pays it, or how much of it she gave up herself."""
        gave = given_up(self.case, self.outcome)
        key = "given" if gave == fen else "given_part" if gave else "unpaid"
        return self.say(key, amount=figures(gave, self.lang)) if gave else self.say(key)

    def _authority(self, id: str) -> str:
        """Whence a row has its amounts: that the fraudster owes all is a view of scholars.

        So is that gross negligence makes joint, by analogy.
        """
        if self.outcome.law.practice:
            return PRACTICE
        if self.mode == "several" and (minority(self.outcome) or self._owes_whole(id)):
            return DOCTRINE
        if id and (by_analogy(self.outcome, id) or self._beside_careless(id)):
            return DOCTRINE
        return self.outcome.basis

    def _owes_whole(self, id: str) -> bool:
        mine = self.outcome.parties.get(id)
        return self._is_head(id) and mine is not None and mine.exposure_fen != mine.burden_fen

    def _beside_careless(self, id: str) -> bool:
        """Tell whether he owes the whole though the law in force has all others owe parts."""
        others = [mine for other, mine in self.outcome.parties.items() if other != id]
        parts = any(mine.mode == "several" for mine in others)
        joint = any(mine.joint is not False for mine in others)
        return self.mode == "auto" and self._is_head(id) and parts and not joint

    def _is_head(self, id: str) -> bool:
        return bool(id) and self.case.party(id).role == "principal"

    def _stamp(self, id: str) -> str:
        """Return the word over an empty bar: how a suit ends that brings nothing from him."""
        key = "ruling" if self.outcome.document == "ruling" else ""
        if not key and self.outcome.parties[id].mode == "dismiss_claim":
            key = "dismissed"
        return words("case_lesson", f"board.stamp.{key}", self.lang) if key else ""

    def large(self) -> Large:
        """Return what the victim really receives under this form."""
        outcome = self.outcome
        mode = words("modes", f"{self.mode}.name", self.lang)
        who = self.names[self.case.claimant]
        label = self.say("large", who=who, mode=mode)
        if said := face(outcome, self.case, self.lang, self.names):
            label = self.say("large_face", label=label, face=said)
        fen = outcome.received_fen
        name = words("board", "name.bar", self.lang, name=label, amount=spoken(fen, self.lang))
        return Large(label, amount(rounded(fen), self.lang), f"{self.mode}|received|", name)
