"""The board of lesson 05: from scores to a share, whence each number comes; courts and law."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.figures.board import (
    RULING,
    Answer,
    Bar,
    Board,
    Column,
    Large,
    Row,
    Word,
    bar,
    legend,
    scale,
    word,
)
from simlib.figures.people import short_names
from simlib.figures.riskbenefit.reckoned import (
    DIMENSIONS,
    Reckoned,
    against_paper,
    law_note,
    part_of,
    points,
)
from simlib.figures.row_premises import ASSUMED, authority, by_scale
from simlib.interval import Interval, high_end
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Ruling
    from simlib.interval import FenRange, ShareRange

TOPIC = "riskbenefit_lesson"
VALUE, WHENCE = "value", "whence"
LAW, COURT = "law", "court"  # the rows beside the model; earlier decisions are `court:0`, …
WHOLE = 10_000  # hundredths of a percent
PLAIN = {LAW: "law", COURT: "court", "base": "value", "score": "value"}
PROPOSED = "reform proposal"


def draw_board(
    now: Reckoned,
    lang: str = "zh",
    *,
    rows: Sequence[str],
    answer: int | None = None,
    before: Reckoned | None = None,
    kept: Reckoned | None = None,
    kept_title: str = "",
    still: Mapping[str, str] | None = None,
) -> Board:
    """Draw the model's steps from scores to a share, with courts and the law in force.

    Parameters
    ----------
    rows
        which rows stand there at first; the others follow behind *more*
    answer
        the reader's own answer [percent]
    before
        the view before the last change: rows that differ from it are marked
    kept, kept_title
        the view kept as A, and what A is in words
    still
        row → why it did not move with the last change, in words
    """
    then = _Drawn(kept, lang).values() if kept else {}
    drawn = _Drawn(now, lang)
    lines = drawn.rows(then)
    if before:
        were = {row.id: row for row in _Drawn(before, lang).rows(then)}
        lines = [_changed(row, were.get(row.id), still or {}) for row in lines]
    lines = [replace(row, more=row.id not in rows) for row in lines]
    lines.sort(key=lambda row: rows.index(row.id) if row.id in rows else len(rows))
    return Board(
        columns=drawn.columns(),
        column=VALUE,
        unit=words("board", "unit.percent", lang),
        top_fen=WHOLE,
        ticks=scale(WHOLE, lang),
        rows=tuple(lines),
        large=drawn.large(),
        sentence=now.sentence(lang),
        legend=legend(lines, lang),
        answer=_answer(answer, lang),
        kept=words("case_lesson", "board.kept", lang, title=kept_title) if kept else "",
        measure="percent",
        row=words(TOPIC, "lesson.row", lang),
    )


def _answer(percentage: int | None, lang: str) -> Answer | None:
    if percentage is None:
        return None
    return Answer(100 * percentage, words(TOPIC, "board.answer", lang), VALUE, "share")


def _changed(row: Row, then: Row | None, still: Mapping[str, str]) -> Row:
    """Mark a row that moved with the last change, or say why it did not."""
    if then is None:
        return row
    moved = (_seen(row), row.ghost, row.stamp) != (_seen(then), then.ghost, then.stamp)
    return replace(row, changed=moved, still="" if moved else still.get(row.id, ""))


def _seen(row: Row) -> list[tuple[object, ...]]:
    return [(cell.low, cell.high, cell.text) for cell in row.cells.values()]


def hundredths(value: ShareRange) -> FenRange:
    """A part of 1 as the board counts it [hundredths of a percent]."""
    if isinstance(value, Interval):
        return Interval(round(value.low * WHOLE), round(value.high * WHOLE))
    return round(value * WHOLE)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One helper under the model."""

    at: Reckoned
    lang: str

    def say(self, key: str, **values: object) -> str:
        return words(TOPIC, f"board.{key}", self.lang, **values)

    def columns(self) -> tuple[Column, ...]:
        bars, said = (
            (self.say(f"column.{id}"), self.say(f"column.{id}_note")) for id in (VALUE, WHENCE)
        )
        return (Column(VALUE, *bars), Column(WHENCE, *said, kind="word"))

    # ------------------------------------------------------------ rows

    def values(self) -> dict[str, ShareRange]:
        """Row → its number, of those the model and the law have."""
        found = self.at.assessment
        scores: dict[str, ShareRange] = {d: getattr(found, d) for d in (*DIMENSIONS, "score")}
        return scores | {"base": self.at.raw, "share": self.at.share, LAW: self.at.law_share}

    def rows(self, then: Mapping[str, ShareRange]) -> list[Row]:
        """Return the model's steps, the law in force, then decisions, the last one first."""
        ordered = [r for r in self.at.case.rulings if r.amount_fen is not None]
        courts = [self._court(r, n, len(ordered)) for n, r in enumerate(ordered)]
        steps = [self._step(id, value, then.get(id)) for id, value in self.values().items()]
        return [*steps, *courts[::-1]]

    def _step(self, id: str, value: ShareRange, kept: ShareRange | None) -> Row:
        name = self.say(f"row.{id}")
        row = "auto" if id == LAW else self.at.way
        key = "exposure" if id == LAW else id
        cells: dict[str, Bar | Word] = {
            VALUE: self._bar(value, name, f"{row}|{key}|{self.at.party}", kept),
            WHENCE: self._word(id, name),
        }
        law = authority(self.at.law, self.at.party)
        basis = {LAW: law, "base": ASSUMED, "score": ASSUMED}.get(id, PROPOSED)
        is_share = id == "share"
        ghost, stamp = (self._ghost(), self._stamp()) if is_share else ("", "")
        return Row(id, name, self._note(id), basis, cells, ghost, stamp)

    def _bar(self, value: ShareRange, name: str, say: str, kept: ShareRange | None) -> Bar:
        then = None if kept is None else hundredths(kept)
        return bar(hundredths(value), name, say, self.lang, then, "percent")

    def _word(self, id: str, name: str) -> Word:
        """Whence a row's number comes; words that cannot be asked about."""
        return word(self._whence(id), self.say("whence.name", row=name), "", self.lang)

    def _whence(self, id: str) -> str:
        if id in PLAIN:
            scaled = id == LAW and by_scale(self.at.law, self.at.party)
            return self.say("whence.law_scale" if scaled else f"whence.{PLAIN[id]}")
        of = (id,) if id in DIMENSIONS else ()
        counted = self.at.counted(*of)
        shown = {k: n for k, n in counted.items() if n or (k == "found" and not of)}
        parts = [self.say(f"whence.{kind}", count=n) for kind, n in shown.items()]
        if sum(counted.values()) == 1:
            parts = [self.say(f"whence.one_{kind}") for kind in shown]
        return self.say("between").join(parts)

    def _ghost(self) -> str:
        """The values contradict one of the paper's two comparisons: its scheme no more."""
        return self.say("ghost") if against_paper(self.at.regime) else ""

    def _stamp(self) -> str:
        """Why there is no share."""
        if high_end(self.at.share):
            return ""
        kind = self.at.assessment.limit
        return self.say(f"stamp.{kind if kind in ('gate', 'exempt') else 'none'}")

    # ------------------------------------------------------------ what stands beside a row

    def _note(self, id: str) -> str:
        if id == LAW:
            return law_note(self.at, self.lang)
        key = {"base": self._base_key, "share": self._share_key, "gain": self._gain_key}.get(id)
        return self.say(f"note.{key() if key else id}", **self._told())

    def _gain_key(self) -> str:
        return "gain_open" if self.at.person.gain_direct_fen is None else "gain"

    def _base_key(self) -> str:
        return "base_off" if "base" not in self.at.on else "base" if self.at.base else "base_open"

    def _share_key(self) -> str:
        kind = self.at.assessment.limit
        return "capped_open" if kind == "capped" and self.at.limit is None else kind

    def _told(self) -> dict[str, str]:
        """What the notes speak of."""
        at, lang = self.at, self.lang
        gain = at.person.gain_direct_fen
        numbers = {fact: self._fact(fact) for fact in ("foresight", "control")}
        cause = self.say("between").join(
            self.say(
                "fact", label=words("riskbenefit", f"fact.{fact}", lang), value=self._fact(fact)
            )
            for fact in at.facts_of("cause")
        )
        act = at.person.act
        return numbers | {
            "cause": cause,
            "act": words("terms", f"acts.{act}", lang) if act else self.say("act_open"),
            "gain": "" if gain is None else amount(gain, lang),
            "way": words("riskbenefit_lab", f"way.{at.way}", lang),
            "score": points(at.assessment.score),
            "base": "" if at.base is None else percent(at.base, lang),
            "limit": "" if at.limit is None else percent(at.limit, lang),
        }

    def _fact(self, name: str) -> str:
        value = getattr(self.at.person, name)
        if value is None:
            return words("lab", "open.unknown", self.lang)
        return f"{value:g}"

    def _court(self, ruling: Ruling, place: int, of: int) -> Row:
        id = COURT if place == of - 1 else f"{COURT}:{place}"
        name = words("case", f"instance.{ruling.instance or 'court'}", self.lang)
        key = "board.court" if of == 1 else "board.court_instance"
        name = words("case_lesson", key, self.lang, instance=name)
        fen = ruling.amount_fen or 0
        said = amount(fen, self.lang)
        cells: dict[str, Bar | Word] = {
            VALUE: self._bar(part_of(fen, self.at.case), name, f"{id}|exposure|", None),
            WHENCE: word(
                self.say("whence.court"), self.say("whence.name", row=name), "", self.lang
            ),
        }
        return Row(id, name, self.say("note.court", amount=said), RULING, cells)

    # ------------------------------------------------------------ the large number

    def large(self) -> Large:
        """Return the share under the assumptions that are set."""
        who = short_names(self.at.case, self.lang)[self.at.party]
        label = self.say("large", who=who)
        said = f"{self.at.way}|share|{self.at.party}"
        full = bar(hundredths(self.at.share), label, said, self.lang, None, "percent").name
        return Large(label, percent(self.at.share, self.lang), said, full)
