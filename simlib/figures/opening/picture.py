"""The picture of a case: the victim's money on its way to a card, and on to the fraudster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.figures.board import figures
from simlib.figures.opening.cast import Cast, Helper, cast
from simlib.figures.opening.shapes import (
    NARROW,
    WIDE,
    Size,
    band,
    both,
    card,
    feet,
    fitted,
    label,
    leader,
    person,
    svg,
    tip,
    width_of,
    wrapped,
)
from simlib.figures.style import FADED, PAPER, ROLES
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case

TOPIC = "opening"
VICTIM, PRINCIPAL = ROLES["victim"], ROLES["principal"]
TOP = 4  # above the first head [px]


def draw_case(case: Case, lang: str = "zh") -> str:
    """Draw a case as HTML: a wide and a narrow drawing, of which the page shows one."""
    return draw_cast(cast(case, lang), lang)


def draw_cast(found: Cast, lang: str = "zh") -> str:
    """Draw people and their money as HTML: a lesson may leave some of a case's cast out."""
    wide, narrow = (_Drawing(found, size, lang) for size in (WIDE, NARROW))
    return both(wide.svg("wide"), narrow.svg("narrow"))


def tell_case(case: Case, lang: str = "zh") -> str:
    """Tell a case in a few sentences: as its file does, else what its picture shows."""
    return getattr(case.summary, lang) if case.summary else cast(case, lang).title


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One drawing: victim at the left, cards in rows between, helpers below, fraudster right."""

    cast: Cast
    size: Size
    lang: str

    def svg(self, kind: str) -> str:
        inner, height = self._drawn()
        return svg(inner, self.size, height, self.cast.title, kind)

    @property
    def xs(self) -> tuple[float, float, float]:
        """Where victim, cards and fraudster stand."""
        edge = max(0.1 * self.size.width, 44)
        return edge, self.size.width / 2, self.size.width - edge

    @property
    def pitch(self) -> float:
        """How far one row of cards lies below the other."""
        return self.card_height + 2.6 * self.size.small + 10

    @property
    def card_height(self) -> float:
        return 3.3 * self.size.head

    @property
    def card_width(self) -> float:
        return (1.55 if self.size is NARROW else 2.1) * self.card_height

    def _drawn(self) -> tuple[str, float]:
        """Draw bands first, then people and cards, then words; return how high it all is."""
        cards, others = self.cast.cards, self.cast.others
        rows = max(len(cards), 1)
        top = TOP + (rows - 1) * self.pitch / 2
        middle = top + feet(0, self.size) / 2 + 4
        ends, bottom = self._ends(top)
        parts, low = self._cards(cards, middle) if cards else (self._direct(middle), 0.0)
        low = max(low, bottom)
        if others:
            under, low = self._others(others, low + 8, None if cards else middle)
            parts = under + parts
        if self.size is NARROW:
            told, low = self._told(low)
            parts += told
        if self.cast.more:
            low += 1.5 * self.size.small
            text = words(TOPIC, "more", self.lang, count=self.cast.more)
            parts += label(text, self.xs[1], low, self.size.small, FADED)
        return parts + ends, low + 8

    def _ends(self, top: float) -> tuple[str, float]:
        """Draw victim and fraudster, with their names."""
        left, _, right = self.xs
        said = words(TOPIC, "sued" if self.cast.sued else "not_sued", self.lang)
        absent = not self.cast.sued
        people = person(left, top, VICTIM, self.size)
        people += person(right, top, PRINCIPAL, self.size, absent)
        names = ((self.cast.victim, left), (self.cast.principal, right))
        foot = feet(top, self.size)
        drawn = [self._name(name, x, foot) for name, x in names]
        low = foot
        role = words("terms", "roles.victim", self.lang)
        roles = ("" if role == self.cast.victim else role, said)  # a name may be the role itself
        for (name, end), x, role in zip(drawn, (left, right), roles, strict=True):
            under = end + 1.4 * self.size.small
            people += name
            if role:
                people += label(role, x, under, self.size.small, FADED)
                low = max(low, under)
        return people, low

    def _name(self, text: str, x: float, y: float) -> tuple[str, float]:
        """Write a name below `y`, in two lines where one has no room; return where it ends."""
        room = 2 * min(self.xs[0] + 3, 0.16 * self.size.width)
        drawn = ""
        for line in wrapped(text, room, self.size.text)[:2]:
            y += 1.1 * self.size.text
            drawn += label(fitted(line, room, self.size.text), x, y, self.size.text, bold=True)
        return drawn, y

    def _direct(self, middle: float) -> str:
        """Draw money of which the file has no transfer: from her to the fraudster."""
        start, end = (self._after(0), middle), (self._before(2), middle)
        drawn = band(start, end, self.size.money, VICTIM)
        text = amount(self.cast.loss_fen, self.lang)
        return drawn + self._amount(text, self.xs[1], middle, self.size.money)

    def _after(self, place: int) -> float:
        return self.xs[place] + self._half(place) + 0.01 * self.size.width

    def _before(self, place: int) -> float:
        return self.xs[place] - self._half(place) - 0.01 * self.size.width

    def _half(self, place: int) -> float:
        return self.card_width / 2 if place == 1 else 1.75 * self.size.head

    def _amount(self, text: str, x: float, y: float, width: float) -> str:
        return label(text, x, y - width / 2 - 6, self._money, bold=True)

    def _cards(self, cards: list[Helper], middle: float) -> tuple[str, float]:
        bands, shapes, low = "", "", 0.0
        total = sum(h.received_fen or 0 for h in cards)
        from_top = middle - self._width(total) / 2
        for row, helper in enumerate(cards):
            y = middle + (row - (len(cards) - 1) / 2) * self.pitch
            wide = self._width(helper.received_fen or 0)
            bands += self._flow(helper, y, from_top + wide / 2, wide, middle)
            from_top += wide
            drawn, low = self._card(helper, y)
            shapes += drawn
        return bands + shapes, low

    def _width(self, fen: int) -> float:
        return self.size.money * fen / self.cast.loss_fen

    def _flow(self, helper: Helper, y: float, start: float, wide: float, middle: float) -> str:
        """Draw what came onto a card, and what went on: pale where the file does not say."""
        drawn = band((self._after(0), start), (self._before(1), y), wide, VICTIM)
        known = helper.passed_fen is not None
        on = self._width(helper.passed_fen or 0) if known else wide
        drawn += band((self._after(1), y), (self._before(2), middle), on, PRINCIPAL, known)
        at = (self._after(0) + self._before(1)) / 2
        fen = helper.received_fen or 0
        room = self._before(1) - self._after(0) + 4
        text = self._fits(room, amount(fen, self.lang), figures(fen, self.lang))
        if abs(y - start) < wide:  # straight: words above the middle
            return drawn + self._amount(text, at, (start + y) / 2, wide)
        return drawn + self._beside(text, y, wide, up=y < start)

    def _beside(self, text: str, y: float, wide: float, *, up: bool) -> str:
        """Write an amount where a bent flow runs out: on its outer side, which is free."""
        gap, high = tip(wide) + 3, self._money
        x = self._before(1) - max(0.06 * (self._before(1) - self._after(0)), 2)
        foot = y - gap if up else y + gap + 0.8 * high
        return label(text, x - width_of(text, high) / 2, foot, high, bold=True)

    def _fits(self, room: float, *texts: str) -> str:
        """Return the first of several words for the same thing that has room, else the last."""
        return next((t for t in texts if width_of(t, self._money) <= room), texts[-1])

    @property
    def _money(self) -> int:
        """How high an amount is written: smaller where victim and card stand close."""
        return self.size.small if self.size is NARROW else self.size.text

    def _card(self, helper: Helper, y: float) -> tuple[str, float]:
        x, high = self.xs[1], self.card_height
        drawn = card(x, y - high / 2, helper.color, self.card_width, high)
        name = words(TOPIC, "card", self.lang, who=helper.name)
        room = self.card_width - 6
        text = fitted(self._fits(room, name, helper.name), room, self.size.text)
        foot = y + high / 2 - high / 5
        drawn += label(text, x, foot, self.size.text, PAPER, bold=True, halo=False)
        if self.size is WIDE:
            return self._said(helper.said, x, y + high / 2, 0.6 * self.size.width, drawn)
        return drawn, y + high / 2

    def _told(self, low: float) -> tuple[str, float]:
        """Write what is said of each helper below everything, where they stand close."""
        drawn = ""
        for helper in self.cast.helpers:
            said = helper.said
            if said:
                said = words(TOPIC, "title.helper", self.lang, who=helper.name, said=said)
            drawn, low = self._said(said, self.xs[1], low, 0.94 * self.size.width, drawn)
        return drawn, low

    def _said(self, said: str, x: float, y: float, room: float, drawn: str) -> tuple[str, float]:
        """Write words in lines below `y`, after what is drawn; return where they end."""
        for text in wrapped(said, room, self.size.small) if said else ():
            y += 1.35 * self.size.small
            drawn += label(text, x, y, self.size.small, FADED)
        return drawn, y

    def _others(self, others: list[Helper], top: float, money: float | None) -> tuple[str, float]:
        """Draw those whose help carried no money, side by side, with a line up to the money."""
        step = self.size.width / (len(others) + 1)
        drawn, low = "", top
        for place, helper in enumerate(others, 1):
            x = step * place
            if money is not None:
                drawn += leader((x, top - 4), (x, money))
            drawn += person(x, top, helper.color, self.size)
            y = feet(top, self.size) + 1.1 * self.size.text
            name = fitted(helper.name, step, self.size.text)
            drawn += label(name, x, y, self.size.text, bold=True)
            if self.size is WIDE:
                drawn, y = self._said(helper.said, x, y, 0.95 * step, drawn)
            low = max(low, y)
        return drawn, low
