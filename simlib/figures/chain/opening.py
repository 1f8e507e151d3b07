"""The picture at the head of lesson 06: three victims' money in one card, what is frozen of it."""

from __future__ import annotations

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
WIDE, NARROW = Size(1120, 19, 16, 15, 34), Size(350, 15, 14, 10, 20)
TOP, GAP = 4, 12  # above the first head, and between a name and the next head [px]
THIN = 2  # no band is narrower [px]
APART, NEAR = 8, 4  # between points of bands, and between a band and its words [px]
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
        self.middle = TOP + pitch * (len(self.paid) - 1) / 2 + feet(0, size) / 2
        parts = [self._bands(pitch), self._victims(pitch), self._card(), self._box()]
        return svg("".join(parts), size, height, self._title(), kind)

    @property
    def xs(self) -> tuple[float, float, float]:
        """Where victims, the card and what is frozen stand."""
        parts = (0.08, 0.51, 0.845) if self.narrow else (0.1, 0.46, 0.83)
        return tuple(self.size.width * at for at in parts)  # type: ignore[return-value]

    @property
    def card_size(self) -> tuple[float, float]:
        high = 6.4 * self.size.head
        return (1.02 if self.narrow else 1.4) * high, high

    @property
    def box_height(self) -> float:
        return 4.6 * self.size.text

    @property
    def box_middle(self) -> float:
        """Where the frozen account stands: above the money that went on."""
        return self.middle - self.box_height / 2

    def _width(self, fen: Fen) -> float:
        return max(self.size.money * fen / sum(self.paid.values()), THIN)

    def _bands(self, pitch: float) -> str:
        left, at, _ = self.xs
        wide, _ = self.card_size
        start, end = left + 2.2 * self.size.head, at - wide / 2
        drawn, words_ = "", ""
        for row, (fen, y) in enumerate(zip(self.paid.values(), self._landings(), strict=True)):
            own, small = self._width(fen), self.size.small
            from_ = TOP + pitch * row + feet(0, self.size) / 2
            drawn += band((start, from_), (end, y), own, VICTIM)
            rises = y < from_ - own  # words stand where the band leaves room
            foot = from_ + own / 2 + small + 1 if rises else from_ - own / 2 - NEAR
            said = amount(fen, self.lang)
            words_ += self._on(said, start + width_of(said, small) / 2, foot)
        return drawn + self._onward(at + wide / 2) + words_

    def _landings(self) -> list[float]:
        """Return where each band meets the card: their points stand below each other."""
        highs = [2 * tip(self._width(fen)) for fen in self.paid.values()]
        y = self.middle - (sum(highs) + APART * (len(highs) - 1)) / 2
        found = []
        for high in highs:
            found.append(y + high / 2)
            y += high + APART
        return found

    def _onward(self, x: float) -> str:
        """Draw what was frozen of it, and the rest that went on below, with its words under it."""
        kept, whole = self.frozen.frozen_fen or 0, sum(self.paid.values())
        end, gone = self.size.width - 4, self._width(whole - kept)
        start = (x, self.middle - self.size.money / 2)
        drawn = band(start, (self.xs[2] - self._half(), self.box_middle), self._width(kept),
                     ENDS["frozen"])  # fmt: skip
        y = self.middle + tip(gone) + NEAR
        drawn += band((x, self.middle + self.size.money / 2), (end, y), gone, PRINCIPAL,
                      known=False)  # fmt: skip
        foot = y + gone / 2 + self.size.small + NEAR
        return drawn + label(self.say("gone"), (x + end) / 2, foot, self.size.small, FADED)

    def _on(self, text: str, x: float, y: float) -> str:
        return label(text, x, max(y, self.size.small), self.size.small, bold=True)

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
