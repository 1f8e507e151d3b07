"""The board of lesson 06: what goes back to each victim by a rule, and of whom she may claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.figures.board import Bar, Board, Column, Large, Row, bar, legend, rounded, scale, spoken
from simlib.figures.chain.names import victims_of
from simlib.figures.chain.pot import draw_pot
from simlib.figures.chain.rules import BY_LOSS, basis_of, rule_name
from simlib.figures.chain.told import (
    BACK,
    REST,
    Shown,
    amounts,
    came_straight,
    first_of,
    frozen_fen,
    grade_of,
    is_capped,
    is_late,
    is_whole,
    sentence,
    whole_yuan,
)
from simlib.figures.people import helpers_of, short_names
from simlib.figures.row_premises import ASSUMED, authority, by_scale, stamp
from simlib.figures.row_premises import note as ground
from simlib.interval import high_end
from simlib.restitution import FOREIGN
from simlib.restitution.frozen_money import open_of
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.interval import FenRange

TOPIC = "chain_lesson"
COLUMN = "amount"
MOST = 5  # rows of another case than the lesson's own that stand in sight


def draw_board(
    shown: Shown,
    lang: str = "zh",
    *,
    rows: Sequence[str],
    before: Shown | None = None,
    kept: Shown | None = None,
    kept_title: str = "",
    still: Mapping[str, str] | None = None,
) -> Board:
    """Draw who gets what of the frozen money, then what may be claimed of whom.

    Parameters
    ----------
    rows
        which rows stand there at first; if the case has none of them, its first
    before
        what was shown before the last change: rows that differ are marked
    kept, kept_title
        what is kept as A, and what that is in words
    still
        row → why it did not move with the last change, in words
    """
    drawn = _Drawn(shown, lang)
    lines = drawn.rows(amounts(kept) if kept else {})
    if before:
        then = {row.id: row for row in _Drawn(before, lang).rows({})}
        lines = [_changed(row, then.get(row.id), still or {}) for row in lines]
    lines = _in_sight(lines, rows)
    top = max(shown.law.claim_fen, *(row.end for row in lines if not row.more), 100)
    return Board(
        columns=(drawn.column(),),
        column=COLUMN,
        unit=words("board", "unit.yuan", lang),
        top_fen=top,
        ticks=scale(top, lang),
        rows=tuple(lines),
        large=drawn.large(),
        sentence=sentence(shown, lang),
        legend=legend(lines, lang),
        kept=words(TOPIC, "board.kept", lang, title=kept_title) if kept else "",
        picture=draw_pot(shown.case, shown.given, lang),
        row=words(TOPIC, "lesson.row", lang),
    )


def _in_sight(lines: Sequence[Row], rows: Sequence[str]) -> list[Row]:
    """Put the rows of a scene in sight and the others behind *more*."""
    shown = [id for id in rows if any(row.id == id for row in lines)]
    if len(shown) < 2:  # another case than the scene speaks of
        shown = [row.id for row in lines if row.id != REST][:MOST]
    order = {id: n for n, id in enumerate(shown)}
    groups = [row.group for row in lines]
    lines = sorted(lines, key=lambda row: (groups.index(row.group), order.get(row.id, MOST)))
    return [replace(row, more=row.id not in order) for row in lines]


def _changed(row: Row, then: Row | None, still: Mapping[str, str]) -> Row:
    """Mark a row that moved with the last change, or say why it did not."""
    if then is None:
        return row
    moved = _marks(row) != _marks(then)
    return replace(row, changed=moved, still="" if moved else still.get(row.id, ""))


def _marks(row: Row) -> tuple[object, ...]:
    """Return what moves in a row: the rule's own ghost and colour are no movement."""
    ends = {id: (cell.low, cell.high) for id, cell in row.cells.items()}
    return ends, row.stamp


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is shown, in a language."""

    shown: Shown
    lang: str

    @property
    def case(self) -> Case:
        return self.shown.case

    @property
    def names(self) -> dict[str, str]:
        return short_names(self.case, self.lang)

    def say(self, key: str, **values: object) -> str:
        return words(TOPIC, f"board.{key}", self.lang, **values)

    def column(self) -> Column:
        """Return the one column: without frozen money nothing goes back."""
        note = "column_note" if frozen_fen(self.case) else "column_note_claim"
        return Column(COLUMN, self.say("column"), self.say(note))

    def rows(self, kept: Mapping[str, FenRange]) -> list[Row]:
        """Return what goes back to whom, if anything is frozen, then of whom she may claim."""
        back = self._back(kept) if frozen_fen(self.case) else []
        return [*back, *(self._debtor(id, kept) for id in helpers_of(self.case))]

    # ------------------------------------------------------------ what goes back

    def _back(self, kept: Mapping[str, FenRange]) -> list[Row]:
        group = self.say("group.back", amount=amount(frozen_fen(self.case), self.lang))
        basis, said = basis_of(self.shown.method), ""
        if self.shown.method in FOREIGN:
            said = self.say("ghost.foreign")
        elif self.shown.given is None:
            said = self.say("ghost.none")
        found = amounts(self.shown)
        rows = []
        for id in [*(BACK + v for v in victims_of(self.case)), REST]:
            victim, note = id.removeprefix(BACK), self.say("rest_note") if id == REST else ""
            name = self.say("rest") if id == REST else self.say("back", who=self.names[victim])
            cells = {COLUMN: self._bar(id, name, found[id], kept.get(id))} if id in found else {}
            stamped = "" if id in found else self.say("stamp.none")
            rows.append(Row(id, name, note, basis, cells, said, stamped, group=group))
        return rows

    # ------------------------------------------------------------ of whom she may claim

    def _debtor(self, id: str, kept: Mapping[str, FenRange]) -> Row:
        law, name = self.shown.law, self.names[id]
        fen, late = law.parties[id].exposure_fen, is_late(law, id)
        group = self.say("group.liable", who=self.names[self.shown.victim])
        scaled = by_scale(law, id) and high_end(fen) > 0
        fen = whole_yuan(fen) if scaled else fen
        read = is_capped(law, id) or is_whole(self.shown, id)  # which reading is taken is assumed
        assumed = (late and high_end(fen)) or read
        return Row(
            id,
            self.say("of", who=name),
            self._ground(id, late),
            ASSUMED if assumed else authority(law, id),
            {COLUMN: self._bar(id, name, fen, kept.get(id))},
            stamp=stamp(self.shown.claim, law, id, self.lang),
            group=group,
            mark=self._part(id, late, scaled),
        )

    def _ground(self, id: str, late: bool) -> str:
        """On what a claim rests, and what she paid straight into his card."""
        law, claim = self.shown.law, self.shown.claim
        if late:
            return self.say("late_note")
        grade = words("terms", f"grades.{grade_of(claim, id)}", self.lang)
        joint = law.parties[id].mode == "joint"
        said = self.say("joint_note", grade=grade) if joint else ground(claim, law, id, self.lang)
        if (came := came_straight(self.shown, id)) is not None:
            back = claim.loss_fen - open_of(claim, claim.claimant).value if joint else 0
            key = "came_less_note" if back else "came_note"
            money = {"amount": amount(came, self.lang), "back": amount(back, self.lang)}
            said = self.say(key, said=said, **money)
        if is_whole(self.shown, id):
            return self.say("whole_note", said=said)
        return self.say("capped_note", said=said) if is_capped(law, id) else said

    def _part(self, id: str, late: bool, scaled: bool) -> str:
        """What a party did, how far it is to blame, what is assumed: a few words for a class."""
        said = self._done(id, late, scaled)
        read = is_capped(self.shown.law, id) or is_whole(self.shown, id)
        return self.say("mark.reading", said=said) if read and not scaled else said

    def _done(self, id: str, late: bool, scaled: bool) -> str:
        if late:
            return self.say("mark.late")
        act = self.case.party(id).act
        done = words("terms", f"acts.{act}", self.lang) if act else ""
        if came_straight(self.shown, id) is not None:
            done = self.say("mark.came")
        grade = words("terms", f"grades.{grade_of(self.shown.claim, id)}", self.lang)
        if scaled:
            return self.say("mark.scale", grade=grade)
        return self.say("mark.part", done=done, grade=grade) if done else grade

    def _bar(self, id: str, name: str, fen: FenRange, kept: FenRange | None) -> Bar:
        if id.startswith(BACK):
            say = f"{id.removeprefix(BACK)}|returned|{self.shown.method}"
        elif id == REST:
            say = f"{REST}|returned|{self.shown.method}"
        else:
            say, name = f"auto|exposure|{id}", self.say("of", who=name)
        return bar(fen, self.say("bar_name", row=name), say, self.lang, kept)

    # ------------------------------------------------------------ what is said of all

    def large(self) -> Large:
        """Return what goes back to her; where nothing is frozen, what may be claimed first."""
        victim, method = self.shown.victim, self.shown.method
        if frozen_fen(self.case):
            label = self._back_by(self.names[victim])
            say = f"{victim}|returned|{method}"
            if self.shown.given is None:
                return Large(label, self.say("large.none"), say, label)
            return self._large(label, self.shown.given.returned[victim], say)
        people = helpers_of(self.case)
        if not people:
            return Large(self.say("large.nobody"), "—", "", self.say("large.nobody"))
        first = first_of(self.shown, people)
        label = self.say("large.of", who=self.names[first], victim=self.names[victim])
        fen = self.shown.law.parties[first].exposure_fen
        return self._large(label, fen, f"auto|exposure|{first}")

    def _back_by(self, who: str) -> str:
        """By which rule it goes back, and what of that rule is assumed."""
        method, pots = self.shown.method, self.shown.given.accounts if self.shown.given else ()
        assumed = {
            "timestamp": any(pot.way == "pro_rata" for pot in pots),
            "pro_rata": True,
            BY_LOSS: any(pot.honest_fen for pot in pots),
        }
        said = {"who": who, "rule": rule_name(method, self.lang)}
        if not assumed.get(method):
            return self.say("large.back", **said)
        told = self.say(f"large.assumed.{method}")
        return self.say("large.back_assumed", assumed=told, **said)

    def _large(self, label: str, fen: FenRange, say: str) -> Large:
        name = words("board", "name.bar", self.lang, name=label, amount=spoken(fen, self.lang))
        return Large(label, amount(rounded(fen), self.lang), say, name)
