"""The picture at the head of lesson 06: three victims' money in one card, what is frozen of it."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from simlib.chain import accounts_of
from simlib.figures.chain.names import victims_of
from simlib.figures.opening.shapes import (
    Size,
    band,
    both,
    card,
    feet,
    label,
    person,
    svg,
    tip,
    width_of,
)
from simlib.figures.people import short_names
from simlib.figures.style import ENDS, FADED, INK, PAPER, ROLES
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.money import Fen

TOPIC = "chain_lesson"
WIDE, NARROW = Size(1120, 19, 16, 15, 46), Size(350, 15, 14, 10, 26)
TOP, GAP = 4, 10  # above the first head, and between a name and the next head [px]
VICTIM, PRINCIPAL = ROLES["victim"], ROLES["principal"]


def draw_mixing(case: Case, lang: str = "zh") -> str:
    """Draw the victims, the card they all paid, and the frozen account, as HTML."""
    wide, narrow = (_Drawing(case, size, lang) for size in (WIDE, NARROW))
    return both(wide.svg("wide"), narrow.svg("narrow"))


class _Drawing:
    """One drawing: victims below each other, one card, what is frozen; money as width."""

    def __init__(self, case: Case, size: Size, lang: str) -> None:
        self.case, self.size, self.lang = case, size, lang
        self.names = short_names(case, lang)
        self.paid = {id: self._paid(id) for id in victims_of(case)}
        self.frozen = next(a for a in case.accounts if a.frozen_fen)
        first = next(t.payee for t in case.transfers or () if t.payer in self.paid)
        self.first = next(a.holder for a in case.accounts if a.id == first)

    @property
    def narrow(self) -> bool:
        """Whether it is the drawing for a phone, which has room for few letters."""
        return self.size is NARROW

    def _paid(self, victim: str) -> Fen:
        mine = accounts_of(self.case, victim)
        return sum(t.amount_fen for t in self.case.transfers or () if t.payer in mine)

    def say(self, key: str, **values: object) -> str:
        return words(TOPIC, f"opening.{key}", self.lang, **values)

    def svg(self, kind: str) -> str:
        """Draw bands first, then people, card and box, then words."""
        size = self.size
        pitch = feet(0, size) + 1.1 * size.text + GAP
        height = TOP + pitch * len(self.paid)
        self.middle = TOP + (pitch * (len(self.paid) - 1) + feet(0, size)) / 2  # of the figures
        parts = [self._bands(pitch), self._victims(pitch), self._card(), self._box()]
        return svg("".join(parts), size, height, self._title(), kind)

    @property
    def xs(self) -> tuple[float, float, float]:
        """Where victims, the card and what is frozen stand."""
        card = 0.49 if self.narrow else 0.46
        return tuple(self.size.width * at for at in (0.1, card, 0.83))  # type: ignore[return-value]

    @property
    def card_size(self) -> tuple[float, float]:
        high = 5.8 * self.size.head
        return (1.14 if self.narrow else 1.44) * high, high

    @property
    def box_height(self) -> float:
        return 4.6 * self.size.text

    @property
    def box_middle(self) -> float:
        """Where the frozen account stands: above the money that went on."""
        return self.middle - self.box_height / 2

    def _width(self, fen: Fen) -> float:
        return self.size.money * fen / sum(self.paid.values())

    def _bands(self, pitch: float) -> str:
        left, at, right = self.xs
        wide, _ = self.card_size
        start, end = left + 2.6 * self.size.head, at - wide / 2
        drawn = words = ""
        for row, (fen, to) in enumerate(zip(self.paid.values(), self._landings(), strict=True)):
            own = self._width(fen)
            from_ = TOP + pitch * row + feet(0, self.size) / 2
            drawn += band((start, from_), (end, to), max(own, 2), VICTIM)
            words += self._on(fen, (start, from_), (end, to))
        drawn += words
        low = self.middle + self.size.money / 2
        kept, gone = self.frozen.frozen_fen or 0, sum(self.paid.values())
        first = self.middle - self.size.money / 4
        drawn += band((at + wide / 2, first), (right - self._half(), self.box_middle),
                      self._width(kept), ENDS["frozen"])  # fmt: skip
        wide_gone = self._width(gone - kept)
        foot = 2 * self.middle - TOP - wide_gone
        drawn += band((at + wide / 2, low), (self.size.width - 4, foot), wide_gone, PRINCIPAL,
                      known=False)  # fmt: skip
        said, small = self.say("gone"), self.size.small
        x = self.size.width - 8 - width_of(said, small) / 2
        return drawn + label(said, x, foot - wide_gone / 2 - 1.6 * small, small, FADED)

    def _landings(self) -> list[float]:
        """Return where the bands come in, their points below each other."""
        points = [tip(max(self._width(fen), 2)) for fen in self.paid.values()]
        ends = [*accumulate(2 * point for point in points)]
        return [
            self.middle - ends[-1] / 2 + end - point
            for end, point in zip(ends, points, strict=True)
        ]

    def _on(self, fen: Fen, start: tuple[float, float], end: tuple[float, float]) -> str:
        """Write an amount on its band where that is wide and straight, else outside of its bend."""
        own, small, text = self._width(fen), self.size.small, amount(fen, self.lang)
        (x, y), (to, low) = start, end
        if own > 1.1 * small and abs(low - y) < own:
            foot = (y + low) / 2 + 0.36 * small
            return label(text, (x + to - tip(own)) / 2, foot, small, PAPER, bold=True, halo=False)
        foot = y - own / 2 - 5 if low > y else y + own / 2 + small + 5
        return label(text, x + 0.33 * (to - x), max(foot, small), small, bold=True)

    def _victims(self, pitch: float) -> str:
        x, drawn = self.xs[0], ""
        for row, id in enumerate(self.paid):
            top = TOP + pitch * row
            drawn += person(x, top, VICTIM, self.size)
            foot = feet(top, self.size) + self.size.text
            drawn += label(self.names[id], x, foot, self.size.text, bold=True)
        return drawn

    def _card(self) -> str:
        x, (wide, high) = self.xs[1], self.card_size
        drawn = card(x, self.middle - high / 2, ROLES["helper"], wide, high)
        text = words("opening", "card", self.lang, who=self.names[self.first])
        text = self.names[self.first] if self.narrow else text
        return drawn + label(text, x, self.middle + high / 4, self.size.text, PAPER, bold=True,
                             halo=False)  # fmt: skip

    def _half(self) -> float:
        return (0.15 if self.narrow else 0.12) * self.size.width

    def _box(self) -> str:
        """Draw the frozen account: how much lies in it, and whose it is nobody knows."""
        x, half, high = self.xs[2], self._half(), self.box_height
        top = self.box_middle - high / 2
        drawn = (
            f'<rect x="{x - half:g}" y="{top:g}" width="{2 * half:g}" height="{high:g}" rx="6"'
            f' fill="{PAPER}" stroke="{ENDS["frozen"]}" stroke-width="2.5"/>'
        )
        key = "frozen_narrow" if self.narrow else "frozen"
        said = self.say(key, who=self.names[self.frozen.holder])
        lines = ((said, self.size.small, FADED), (self._kept, self.size.text, INK),
                 ("?" if self.lang == "en" else "？", self.size.text, ENDS["frozen"]))  # fmt: skip
        for n, (text, height, color) in enumerate(lines, 1):
            y = top + n * high / 3.3
            drawn += label(text, x, y, height, color, bold=n > 1, halo=False)
        return drawn

    @property
    def _kept(self) -> str:
        return amount(self.frozen.frozen_fen or 0, self.lang)

    def _title(self) -> str:
        paid = self.say("between").join(
            self.say("paid", who=self.names[id], amount=amount(fen, self.lang))
            for id, fen in self.paid.items()
        )
        return self.say("title", paid=paid, card=self.names[self.first],
                        frozen=self.names[self.frozen.holder], amount=self._kept)  # fmt: skip
