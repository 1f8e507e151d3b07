"""Her payments as bars, each cut by who answers for it, beside the pieces these make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.chain import TRACING, lots
from simlib.figures.drawing import NO_FIGURE, Cell, Cells, Drawing
from simlib.figures.markup import BREAK, bold
from simlib.figures.names_of_people import short_names
from simlib.figures.panels import FILLED, HOLLOW, Bar, Panel, Row, panels_figure
from simlib.figures.style import CURVES
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome
    from simlib.money import Fen

MOST_ROWS = 40  # payments drawn one by one; of more, the rest are one row


@dataclass(frozen=True, slots=True)
class Part:
    """Money of one payment in one piece: rows among the transfers and the pieces, and how much."""

    payment: int | None
    piece: int
    fen: Fen


def draw_pieces(case: Case, outcome: Outcome, lang: str = "zh", tracing: str = TRACING) -> Drawing:
    """Draw the claimant's payments in order, each cut by who answers for it, and the pieces.

    A loss that all answer for alike, or whose cut an unknown amount leaves open, is not drawn.

    Parameters
    ----------
    tracing
        the rule by which her money was followed in the outcome
    """
    columns = tuple(_say(f"column_{key}", lang) for key in ("n", "when", "who", "amount", "part",
                                                            "piece", "answers"))  # fmt: skip
    if not outcome.pieces:
        return Drawing(NO_FIGURE, columns, (), _say("one", lang))
    told = _Told(case, outcome, lang, tracing)
    top = max(max(sum(part.fen for part in parts) for parts in told.payments),
              max(piece.loss_fen for piece in outcome.pieces))  # fmt: skip
    return Drawing(
        panels_figure([told.payments_panel(), told.pieces_panel()], top, lang),
        columns, tuple(told.rows()), told.sentence(),
    )  # fmt: skip


def _say(key: str, lang: str, **values: object) -> str:
    return words("lab", f"pieces.{key}", lang, **values)


class _Told:
    """The pieces of one outcome, in words and bars."""

    def __init__(self, case: Case, outcome: Outcome, lang: str, tracing: str) -> None:
        self.case, self.outcome, self.lang = case, outcome, lang
        self.names = short_names(case, lang)
        sets = [set(piece.answers) for piece in outcome.pieces]
        self.all = [id for id in outcome.parties if all(id in own for own in sets)]
        self.payments = _payments(case, outcome, tracing)

    def say(self, key: str, **values: object) -> str:
        """Return words of the drawing."""
        return _say(key, self.lang, **values)

    def fen(self, fen: Fen) -> str:
        """Return an amount in words."""
        return amount(fen, self.lang)

    def answers(self, piece: int) -> str:
        """Name those who answer for a piece, without those who answer for all of them."""
        ids = [id for id in self.outcome.pieces[piece].answers if id not in self.all]
        return self.between([self.names[id] for id in ids]) or self.say("nobody_else")

    def between(self, parts: Sequence[str]) -> str:
        """Write a list."""
        return self.say("between").join(parts)

    # ------------------------------------------------------------ bars

    def payments_panel(self) -> Panel:
        """Draw the payments in order."""
        rows = [self._payment(n, parts) for n, parts in enumerate(self.payments[:MOST_ROWS], 1)]
        rest = [part for parts in self.payments[MOST_ROWS:] for part in parts]
        if rest:
            said = self.say("rest", n=len(self.payments) - MOST_ROWS,
                            amount=bold(self.fen(sum(part.fen for part in rest))))  # fmt: skip
            rows.append(Row(said, self._bars(sorted(rest, key=lambda part: part.piece))))
        note = self.say("payments_note" if self.all else "payments_plain")
        return Panel(self.say("payments", who=self._claimant), note, tuple(rows))

    def _payment(self, n: int, parts: Sequence[Part]) -> Row:
        first = self.say("payment", n=n, to=self._payee(parts[0].payment),
                         amount=bold(self.fen(sum(part.fen for part in parts))))  # fmt: skip
        if len(parts) == 1:
            return Row(first + BREAK + self.answers(parts[0].piece), self._bars(parts))
        cut = self.say("cut", pieces=self.between([str(part.piece + 1) for part in parts]))
        return Row(first + BREAK + cut, self._bars(parts))

    def _bars(self, parts: Sequence[Part]) -> tuple[Bar, ...]:
        bars, at = [], 0
        for part in parts:
            bars.append(Bar(at, at + part.fen, *_look(part.piece)))
            at += part.fen
        return tuple(bars)

    def pieces_panel(self) -> Panel:
        """Draw the pieces, in the order in which they are decided."""
        rows = []
        for n, piece in enumerate(self.outcome.pieces):
            said = self.say("piece", n=n + 1, amount=bold(self.fen(piece.loss_fen)))
            rows.append(Row(said + BREAK + self.answers(n),
                            (Bar(0, piece.loss_fen, *_look(n)),)))  # fmt: skip
        return Panel(self.say("pieces", n=len(rows)), self.say("pieces_note"), tuple(rows))

    # ------------------------------------------------------------ words

    @property
    def _claimant(self) -> str:
        return self.names[self.case.claimant]

    def _payee(self, payment: int | None) -> str:
        if payment is None:
            return self.say("unlisted")
        payee = self.case.transfers[payment].payee
        holder = next((a.holder for a in self.case.accounts if a.id == payee), payee)
        return self.names[holder]

    def _when(self, payment: int | None) -> str:
        at = None if payment is None else self.case.transfers[payment].at
        return "—" if at is None else f"{at:%Y-%m-%d %H:%M}"

    def rows(self) -> Iterator[Cells]:
        """Yield a row a part."""
        for n, parts in enumerate(self.payments, 1):
            whole = sum(part.fen for part in parts)
            for part in parts:
                to = self._payee(part.payment)
                cells = (str(n), self._when(part.payment), to, self.fen(whole), self.fen(part.fen),
                         str(part.piece + 1), self._everybody(part.piece))  # fmt: skip
                yield tuple(Cell(text) for text in cells)

    def _everybody(self, piece: int) -> str:
        ids = self.outcome.pieces[piece].answers
        return self.between([self.names[id] for id in ids]) or self.say("nobody")

    def sentence(self) -> str:
        """Say how many payments make how many pieces, and how much each answers for."""
        pieces = self.outcome.pieces
        owed = {id: self.outcome.answers_for(id) for id in self.outcome.parties}
        each = [self.say("answers_for", who=self.names[id], amount=self.fen(fen))
                for id, fen in owed.items() if fen]  # fmt: skip
        said = self.say("sentence", who=self._claimant, n=len(self.payments), pieces=len(pieces),
                        amount=self.fen(sum(piece.loss_fen for piece in pieces)),
                        each=self.between(each))  # fmt: skip
        if not self.all:
            return said
        return said + self.say("of_all", who=self.between([self.names[id] for id in self.all]))


def _look(piece: int) -> tuple[str, str]:
    """Return a piece's colour, and its kind of bar: hollow once the colours are used up."""
    return CURVES[piece % len(CURVES)], FILLED if piece // len(CURVES) % 2 == 0 else HOLLOW


def _payments(case: Case, outcome: Outcome, tracing: str) -> list[list[Part]]:
    """Return the payments in order, each with its parts in the order in which its fen left it."""
    waiting: dict[tuple[int | None, frozenset[str]], list[Part]] = {}
    for n in sorted(range(len(outcome.pieces)), key=lambda n: len(outcome.pieces[n].answers)):
        for paid in outcome.pieces[n].money:  # who answers for the last money comes on top
            kept = waiting.setdefault((paid.payment, paid.holders), [])
            kept.append(Part(paid.payment, n, paid.fen))
    found: dict[int | None, list[Part]] = {
        payment: parts for (payment, _), parts in waiting.items() if payment is None
    }
    for lot in lots(case, tracing):
        own, left = found.setdefault(lot.payment, []), lot.fen
        parts = waiting[lot.payment, lot.holders]
        while left:
            part = parts.pop(0)
            took = min(left, part.fen)
            if took < part.fen:
                parts.insert(0, replace(part, fen=part.fen - took))
            own.append(replace(part, fen=took))
            left -= took
    return [_joined(parts) for parts in found.values() if parts]


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Make parts of one piece that lie side by side one."""
    joined: list[Part] = []
    for part in parts:
        if joined and joined[-1].piece == part.piece:
            joined[-1] = replace(part, fen=joined[-1].fen + part.fen)
        else:
            joined.append(part)
    return joined
