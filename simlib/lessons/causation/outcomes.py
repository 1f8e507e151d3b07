"""The board of lesson 03: three questions of causation for each party, and the money he passed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.chain import direct_receipts, passed_on
from simlib.fault import grade
from simlib.figures.board import Bar, Board, Column, Large, Legend, Row, Word, bar, scale, word
from simlib.figures.people import short_names
from simlib.law.regime import regime_for
from simlib.lessons.causation.names import lesson, phrase, title_of, titles
from simlib.lessons.causation.pictures import draw_chain, state_of
from simlib.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simlib.case.model import Case
    from simlib.causation import Graph, Steps
    from simlib.causation.act_graph import Node
    from simlib.interval import FenRange

ASKED = ("but_for", "ness", "furthering")
PASSED = "passed"
LOSS = "loss"
BELOW = ("none", "slight", "gross")  # grades that help under article 1169 does not have
MOST = 5  # rows of another case than the lesson's own that stand in sight


@dataclass(frozen=True, slots=True)
class Chain:
    """A case with some of its acts switched off.

    Attributes
    ----------
    acts, off
        the whole model, and the acts that are taken away
    steps
        party → the legal steps, asked with what the others did not do
    """

    case: Case
    acts: Graph
    off: frozenset[str]
    steps: Mapping[str, Steps]

    @property
    def happens(self) -> bool:
        """Whether the loss happens all the same."""
        return self.acts.happens(self.off)

    def answer(self, party: str, key: str) -> str:
        """Return what a step comes to for a party."""
        step = self.steps[party].step(key) if party in self.steps else None
        return step.answer if step else ""


def money_of(case: Case, id: str) -> FenRange | None:
    """Return the claimant's money that came to a helper's accounts [fen]; None: it is not told."""
    if case.party(id).role == "principal" or not case.transfers:
        return None
    first = direct_receipts(case, id)
    if first is not None:
        return first
    return passed_on(case, id) or 0


def below_knowing(case: Case, id: str) -> str:
    """Return a party's grade of fault if article 1169 does not reach it, else nothing."""
    found = grade(case.party(id), regime_for(case)).value
    return found if found in BELOW else ""


def draw_board(
    now: Chain,
    lang: str = "zh",
    *,
    order: Iterable[str],
    rows: Sequence[str],
    column: str,
    before: Chain | None = None,
    kept: Chain | None = None,
    kept_title: str = "",
    still: Mapping[str, str] | None = None,
) -> Board:
    """Draw the chain, and below it what is asked of each party.

    Parameters
    ----------
    order
        the parties in the order of their rows; of the first the sentence speaks
    rows
        which stand there at first; if the case has none of them, its first
    column
        whose bars are drawn
    before
        the chain before the last change: rows that differ are marked
    kept, kept_title
        the chain kept as A, and what A is in words
    still
        party → why he did not move with the last change, in words
    """
    parties, drawn = list(order), _Drawn(now, lang)
    lines = [drawn.row(id, kept) for id in parties]
    if before:
        then = _Drawn(before, lang)
        lines = [_changed(row, then, still or {}) for row in lines]
    lines = _in_sight(lines, rows)
    top = max(now.case.loss_fen, *(row.end for row in lines))
    return Board(
        columns=drawn.columns(),
        column=column,
        unit=words("board", "unit.yuan", lang),
        top_fen=top,
        ticks=(scale(top, lang)[0], scale(top, lang)[-1]),  # short bars have room for the ends
        rows=tuple(lines),
        large=drawn.large(),
        sentence=drawn.sentence(parties[0], kept),
        legend=(Legend("open", "", words("board", "legend.open", lang)),),
        kept=lesson("board.kept", lang, title=kept_title) if kept else "",
        picture=draw_chain(now.case, now.acts, now.off, lang),
        row=lesson("lesson.row", lang),
    )


def _in_sight(lines: Sequence[Row], rows: Sequence[str]) -> list[Row]:
    """Put the rows of a scene first, in its order, and the others behind *more*."""
    known = [row.id for row in lines]
    shown = [id for id in rows if id in known] or known[:MOST]
    ordered = sorted(lines, key=lambda row: _place(row.id, shown))
    return [replace(row, more=row.id not in shown) for row in ordered]


def _place(id: str, shown: Sequence[str]) -> int:
    return shown.index(id) if id in shown else len(shown)


def _changed(row: Row, then: _Drawn, still: Mapping[str, str]) -> Row:
    """Mark a row that moved with the last change, or say why it did not."""
    if row.id not in then.chain.steps:
        return row
    moved = _marks(row) != _marks(then.row(row.id, None))
    return replace(row, changed=moved, still="" if moved else still.get(row.id, ""))


def _marks(row: Row) -> list[tuple[object, ...]]:
    return [(id, cell.low, cell.high, cell.text) for id, cell in row.cells.items()]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A chain in a language."""

    chain: Chain
    lang: str

    @property
    def names(self) -> dict[str, str]:
        return short_names(self.chain.case, self.lang)

    def columns(self) -> tuple[Column, ...]:
        """Return three questions in words, then the money as bars."""
        return tuple(
            Column(
                key,
                self._say(f"column.{key}"),
                self._say(f"asked.{key}"),
                "bar" if key == PASSED else "word",
                brief=key != PASSED,
                basis=self._say(f"basis.{key}"),
                gloss=self._say(f"gloss.{key}"),
            )
            for key in (*ASKED, PASSED)
        )

    def row(self, id: str, kept: Chain | None) -> Row:
        """Return a party's answers and money, beside those of A."""
        cells: dict[str, Bar | Word] = {key: self._word(id, key, kept) for key in ASKED}
        fen = money_of(self.chain.case, id)
        if fen is not None:
            then = kept is not None and id in kept.steps and money_of(kept.case, id)
            held = None if then is False else then
            name = self._cell_name(id, PASSED)
            cells[PASSED] = bar(fen, name, f"{id}|{PASSED}|{id}", self.lang, held)
        return Row(id, self.names[id], self._note(id), "", cells)

    def _word(self, id: str, key: str, kept: Chain | None) -> Word:
        then = kept.answer(id, key) if kept else ""
        held = self._answer(then) if then else None
        text = self._answer(self.chain.answer(id, key))
        return word(text, self._cell_name(id, key), f"{id}|{key}|{id}", self.lang, held)

    def _answer(self, answer: str) -> str:
        return self._say(f"answers.{answer}")

    def _cell_name(self, id: str, column: str) -> str:
        who, asked = self.names[id], self._say(f"asked.{column}")
        return self._say("cell_name", who=who, asked=asked)

    def _note(self, id: str) -> str:
        """Say what has become of what he did, and where furthering is not the question."""
        case, acts = self.chain.case, self.chain.acts
        deeds = (self._act(node) for node in acts.nodes if node.party == id)
        told = [said for said in deeds if said]
        party = case.party(id)
        if party.role == "helper" and (grade := below_knowing(case, id)):
            name = words("terms", f"grades.{grade}", self.lang)
            told.append(self._say("below", grade=name))
        return self._say("between").join(told)

    def _act(self, node: Node) -> str:
        """Name an act and say what has become of it; empty where it simply takes effect."""
        case, acts, off = self.chain.case, self.chain.acts, self.chain.off
        title, state = title_of(case, acts, node.id, self.lang), state_of(acts, node.id, off)
        if state == "on":
            return ""
        left = acts.effective(off)
        lacks = [name for group in node.needs if not left & set(group) for name in group]
        who = dict.fromkeys(self.names[acts.node(name).party] for name in lacks)
        key = "void" if state == "lost" and not lacks else state
        said = self._say(f"state.{key}", who=phrase("between", self.lang).join(who))
        return self._say("act", act=title, state=said)

    def large(self) -> Large:
        """Return whether the loss happens."""
        text = self._say("happens" if self.chain.happens else "averted")
        label = self._say("large")
        name = words("board", "name.bar", self.lang, name=label.rstrip("？?"), amount=text)
        return Large(label, text, f"{LOSS}|happens|", name)

    def sentence(self, who: str, kept: Chain | None) -> str:
        """Say what is off, and of one party whether he was needed and whether he furthered it."""
        acts, off = self.chain.acts, self.chain.off
        gone = [node.id for node in acts.nodes if node.id in off]
        if gone:
            key = "off_happens" if self.chain.happens else "off_averted"
            listed = titles(self.chain.case, acts, gone, self.lang, "in_text")
            text = self._say(f"sentence.{key}", acts=listed)
        else:
            text = self._say("sentence.all" if self.chain.happens else "sentence.all_averted")
        pair = (self.chain.answer(who, "but_for"), self.chain.answer(who, "furthering"))
        if self.chain.happens:
            text += self._say(f"sentence.{'_'.join(pair)}", who=self.names[who])
        if kept:
            what = self._say("happens" if kept.happens else "averted")
            text += self._say("sentence.kept", what=what)
        return text + (self._say("sentence.derived") if acts.derived else "")

    def _say(self, key: str, **values: object) -> str:
        return lesson(f"board.{key}", self.lang, **values)
