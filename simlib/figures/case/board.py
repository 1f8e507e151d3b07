"""The board of lesson 01: what a court ordered, and what each form of liability gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.explain import minority
from simlib.figures.board import (
    COURT,
    PRACTICE,
    RULING,
    Answer,
    Bar,
    Board,
    Column,
    Large,
    Row,
    bar,
    figures,
    legend,
    rounded,
    scale,
    spoken,
)
from simlib.figures.carried_amounts import carried
from simlib.figures.case.told import sentence
from simlib.figures.people import short_names
from simlib.figures.row_premises import (
    authority,
    by_scale,
    dismissed,
    ghost,
    mark,
    note,
    scaled,
    stamp,
    unproved,
)
from simlib.interval import high_end
from simlib.law.regime import regime_for
from simlib.text import amount, percent, topic_words, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case, Ruling
    from simlib.interval import FenRange
    from simlib.liability import Outcome
    from simlib.money import Fen

TOPIC = "case_lesson"
COLUMNS = ("exposure", "received", "burden")
DOCTRINE = "doctrine"
ENDED = ("dismissed", "dismissed_one", "nothing")  # headlines that say how the claim ends


def draw_board(
    case: Case,
    outcomes: Mapping[str, Outcome],
    party: str,
    lang: str = "zh",
    *,
    rows: Sequence[str],
    column: str,
    answer_fen: Fen | None = None,
    before: Mapping[str, Outcome] | None = None,
    kept: Mapping[str, Outcome] | None = None,
    kept_title: str = "",
    kept_party: str = "",
    still: Mapping[str, str] | None = None,
) -> Board:
    """Draw what courts ordered and what each mode gives, for one helper.

    Parameters
    ----------
    outcomes
        mode → outcome; `auto` among them
    rows
        which rows stand there at first: `court` or modes; the others follow behind *more*
    column
        whose bars are drawn first
    answer_fen
        the reader's own answer [fen]
    before
        the outcomes before the last change: rows that differ from them are marked
    kept, kept_title, kept_party
        the outcomes kept as A, what A is in words, and whose they are if A is of another case
    still
        mode → why it did not move with the last change, in words
    """
    drawn = _Drawn(case, outcomes, party, lang)
    then_of = {mode: _amounts(o, kept_party or party) for mode, o in (kept or {}).items()}
    lines = drawn.rows(then_of)
    if before:
        then = {r.id: r for r in _Drawn(case, before, party, lang).rows(then_of)}
        lines = [_changed(row, then.get(row.id), still or {}) for row in lines]
    lines = [replace(row, more=row.id not in rows) for row in lines]
    lines.sort(key=lambda row: rows.index(row.id) if row.id in rows else len(rows))
    top = max(case.loss_fen, answer_fen or 0, *(row.end for row in lines))
    return Board(
        columns=drawn.columns(),
        column=column,
        unit=words("board", "unit.yuan", lang),
        top_fen=top,
        ticks=scale(top, lang),
        rows=tuple(lines),
        large=drawn.large(column),
        larges={id: drawn.large(id) for id in COLUMNS},
        sentence=sentence(case, outcomes, party, [r.id for r in lines if not r.more], column, lang),
        legend=legend(lines, lang),
        answer=_answer(answer_fen, lang),
        kept=words(TOPIC, "board.kept", lang, title=kept_title) if kept else "",
    )


def _answer(fen: Fen | None, lang: str) -> Answer | None:
    return None if fen is None else Answer(fen, words(TOPIC, "board.answer", lang))


def _changed(row: Row, then: Row | None, still: Mapping[str, str]) -> Row:
    """Mark a row that moved with the last change, or say why it did not."""
    if then is None:
        return row
    moved = (row.cells, row.ghost, row.stamp) != (then.cells, then.ghost, then.stamp)
    return replace(row, changed=moved, still="" if moved else still.get(row.id, ""))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A case under every mode, seen from one helper."""

    case: Case
    outcomes: Mapping[str, Outcome]
    party: str
    lang: str

    def say(self, key: str, **values: object) -> str:
        return words(TOPIC, f"board.{key}", self.lang, **values)

    def columns(self) -> tuple[Column, ...]:
        names = short_names(self.case, self.lang)
        named = {"who": names[self.party], "victim": names[self.case.claimant]}
        rich = [p.id for p in self.case.parties if self._taken_for_rich(p.id)]
        payers = self.say("between").join(names[id] for id in rich)
        said = {id: self.say(f"column.{id}", **named) for id in COLUMNS}
        if any(scaled(o, self.party) for o in self.outcomes.values()):
            said["burden"] += self.say("column.scale")
        if rich:
            said["received"] += self.say("column.able", who=payers)
        return tuple(Column(id, self.say(f"column.{id}_name"), said[id]) for id in COLUMNS)

    def _taken_for_rich(self, id: str) -> bool:
        party = self.case.party(id)
        return party.role != "victim" and party.sued and party.assets_fen is None

    def rows(self, kept: Mapping[str, Mapping[str, FenRange]]) -> list[Row]:
        """Return the decisions, the last one first, then the modes; `kept`: A's amounts."""
        ordered = [r for r in self.case.rulings if r.amount_fen is not None]
        courts = [self._court(r, n, len(ordered)) for n, r in enumerate(ordered)]
        return [*courts[::-1], *(self._mode(o, kept.get(m, {})) for m, o in self.outcomes.items())]

    def _court(self, ruling: Ruling, place: int, of: int) -> Row:
        last = place == of - 1
        id = COURT if last else f"{COURT}:{place}"
        name = words("case", f"instance.{ruling.instance or 'court'}", self.lang)
        name = self.say("court" if of == 1 else "court_instance", instance=name)
        docket = getattr(ruling.docket, self.lang) if ruling.docket else ""
        parts = (docket, self._ordered(ruling))
        fen = ruling.amount_fen or 0
        cells = {"exposure": self._bar(id, name, "exposure", fen, None)}
        said = self.say("notes_between").join(p for p in parts if p)
        return Row(id, name, said, RULING, cells, blank=self.say("blank"))

    def _ordered(self, ruling: Ruling) -> str:
        if ruling.note:
            return str(getattr(ruling.note, self.lang))
        if ruling.form == "full":
            return self.say("full")
        fen = ruling.amount_fen or 0
        share = ruling.share if ruling.share is not None else fen / self.case.loss_fen
        return percent(share, self.lang)

    def _mode(self, outcome: Outcome, then: Mapping[str, FenRange]) -> Row:
        mode, party = outcome.mode, self.party
        name = words("modes", f"{mode}.name", self.lang)
        name = name[0].upper() + name[1:]
        values = _amounts(outcome, party)
        fails = ghost(outcome, self.outcomes, party, self.lang)
        return Row(
            mode,
            name,
            self._note(outcome),
            self._authority(outcome),
            {id: self._bar(mode, name, id, values[id], then.get(id), outcome) for id in COLUMNS},
            fails,
            stamp(self.case, outcome, party, self.lang),
            form=self._form(outcome),
            mark=mark(self.case, outcome, party, self.lang) or self._scale(outcome, fails),
            same=self._same(outcome),
        )

    def _scale(self, outcome: Outcome, fails: str) -> str:
        """That an amount is a teaching scale, where no premise fails and no other row says it."""
        if self.lang == "en":  # its rows grow by a line then: the scene's answer says it instead
            return ""
        owes = by_scale(outcome, self.party) and high_end(outcome.parties[self.party].exposure_fen)
        return self.say("mark.scale") if owes and not fails and not self._same(outcome) else ""

    def _note(self, outcome: Outcome) -> str:
        """On what a row rests; first, whether the law in force takes its form just now."""
        said = note(self.case, outcome, self.party, self.lang)
        if not self._in_force(outcome) or self._same(outcome):
            return said
        return self.say("note.between").join((self.say("note.in_force"), said))

    def _in_force(self, outcome: Outcome) -> bool:
        law = self.outcomes["auto"].parties[self.party].mode
        return outcome.mode == law and law in self._routes()

    def _same(self, outcome: Outcome) -> str:
        """Say of the form the law in force takes that it gives the same; empty: it does not."""
        law = _amounts(self.outcomes["auto"], self.party)
        alike = self._in_force(outcome) and _amounts(outcome, self.party) == law
        return self.say("note.same") if alike else ""

    def _form(self, outcome: Outcome) -> str:
        """Which form the law in force takes, in a word; empty where it gives nothing."""
        mode = outcome.parties[self.party].mode
        named = outcome.mode == "auto" and mode in self._routes()
        short = topic_words(TOPIC, self.lang)["board"]["form"]
        return str(short.get(mode) or words("terms", f"forms.{mode}", self.lang)) if named else ""

    def _routes(self) -> set[str]:
        """The forms that the law in force chooses between on the days of the case."""
        return set(regime_for(self.case).auto.values())

    def _authority(self, outcome: Outcome) -> str:
        """Whence a row has its amount: shares for one who knew are a view of scholars."""
        if outcome.law.practice:
            return PRACTICE
        if outcome.mode == "several" and minority(outcome):
            return DOCTRINE
        return authority(outcome, self.party)

    def _bar(
        self,
        row: str,
        name: str,
        column: str,
        fen: FenRange,
        kept_fen: FenRange | None,
        outcome: Outcome | None = None,
    ) -> Bar:
        full = self.say("bar_name", row=name, column=self.say(f"column.{column}_name"))
        about = "" if column == "received" else self.party
        beside = self._carried(outcome) if outcome and column == "burden" else ""
        return bar(fen, full, f"{row}|{column}|{about}", self.lang, kept_fen, beside=beside)

    def _carried(self, outcome: Outcome) -> str:
        """What he bears instead of his burden, if it is more; empty: his burden."""
        if carried(outcome, self.party) not in ("carried", "carried_alike"):
            return ""
        fen = outcome.parties[self.party].carried_fen
        return self.say("carried", amount=figures(fen, self.lang))

    def large(self, column: str) -> Large:
        """Return what a column asks, under the law in force."""
        outcome = self.outcomes["auto"]
        fen = _amounts(outcome, self.party)[column]
        key = self._headline(outcome) if column == "exposure" else column
        names = short_names(self.case, self.lang)
        named = {"who": names[self.party], "victim": names[self.case.claimant]}
        label, text = self.say(f"large.{key}", **named), amount(rounded(fen), self.lang)
        full = words("board", "name.bar", self.lang, name=label, amount=spoken(fen, self.lang))
        if key in ENDED:  # a result in words: nothing is claimed
            text = self.say(f"large.{key}_text", **named)
            full = words("board", "name.bar", self.lang, name=label, amount=text)
        about = "" if column == "received" else self.party
        return Large(label, text, f"auto|{column}|{about}", full)

    def _headline(self, outcome: Outcome) -> str:
        """Which words stand over the large number: a teaching scale is not given out as law."""
        if unproved(self.outcomes, self.party):
            return dismissed(self.case, self.party)
        if outcome.parties[self.party].mode == "not_liable":
            return "nothing"
        return "scale" if by_scale(outcome, self.party) else "label"


def _amounts(outcome: Outcome, party: str) -> dict[str, FenRange]:
    mine = outcome.parties[party]
    values = (mine.exposure_fen, outcome.received_fen, mine.burden_fen)
    return dict(zip(COLUMNS, values, strict=True))
