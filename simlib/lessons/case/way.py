"""The way of her money in lesson 01: people in a row, what went from each to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.opening.shapes import fitted, width_of
from simlib.figures.picture import Card, Line, Look, Person, Stream, Thing, words
from simlib.figures.style import ROLES
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.lessons.case.road import Stop
    from simlib.lessons.case.tub import Tub

BOLD = 1.15  # how much wider bold letters are than estimated
WIDTHS = {"wide": 16.0, "narrow": 10.0}  # of the whole loss [px]
HEADS = {"wide": 12.0, "narrow": 7.0}  # the largest radius of a head
HEADS_OF = {3: 12.0, 4: 9.0}  # and of so many
LEAST = 7.0  # of more
CARD = 4.0, 2.7  # a card's width and height, of a head's radius
GAP = 6
TURN = 4  # how far below the names the way back turns


def draw_way(tub: Tub) -> list[Thing]:
    """Draw everybody on the way of her money, and him whose liability is asked."""
    return _Way(tub).things()


def below(tub: Tub) -> tuple[float, float]:
    """Return how low the names reach, and where the helper stands."""
    way = _Way(tub)
    return way.foot + 5, way.x(way.people.index(tub.found.party))


class _Way:
    """One drawing of the way."""

    def __init__(self, tub: Tub) -> None:
        self.tub, self.size, self.case = tub, tub.size, tub.case
        self.stops = tub.way
        self.apart = not any(stop.id == tub.found.party for stop in self.stops)
        self.head = min(HEADS[tub.size.name], HEADS_OF.get(max(3, len(self.people)), LEAST))
        self.card = tuple(each * self.head for each in CARD)
        self.middle = 2 + 1.95 * self.head

    @property
    def people(self) -> list[str]:
        """Everybody in order; who had none of her money stands at the end."""
        return [*(stop.id for stop in self.stops), *([self.tub.found.party] * self.apart)]

    @property
    def half(self) -> float:
        """Half of how wide a figure is, or a card with its holder."""
        return 1.75 * self.head

    def x(self, n: int) -> float:
        """Where somebody stands."""
        first, last = self._edge(0), self.tub.at.way - self._edge(-1)
        return first + (last - first) * n / (len(self.people) - 1)

    def _edge(self, n: int) -> float:
        """How far from the edge somebody stands: his words have room on both sides."""
        text, bold = self._told(self.people[n])
        return max(self.half, width_of(text, self.size.small) * (BOLD if bold else 1) / 2)

    def _said(self, id: str) -> list[str]:
        """His name; where there is room what else is known of him."""
        say, name = self.tub.say, self.tub.names[id]
        party = self.case.party(id)
        if party.role == "principal" and not party.sued:
            return [name, say("tub.not_sued")]
        if id == self.case.claimant:
            return [name, say("tub.lost", amount=amount(self.case.loss_fen, say.lang))]
        return [name, ""]

    def things(self) -> list[Thing]:
        """Money first, then people and words."""
        found: list[Thing] = []
        for n, stop in enumerate(self.stops[1:], 1):
            found += self._moved(n, stop)
        for n, id in enumerate(self.people):
            found += self._person(n, id)
        return found

    def _cards(self, n: int) -> float:
        """How far the card of somebody on the way reaches to his left."""
        id = self.people[n]
        has = 0 < n < len(self.stops) and self.case.party(id).role != "principal"
        return self.half + 3 + self.card[0] if has else self.half

    def _moved(self, n: int, stop: Stop) -> list[Thing]:
        """What came to somebody: as wide as it is much; stripes where nobody knows."""
        start, end = self.x(n - 1) + self.half + GAP, self.x(n) - self._cards(n) - GAP
        whole, fen = WIDTHS[self.size.name], stop.fen
        wide = whole * (1 if fen is None else min(1, max(0.12, fen / self.case.loss_fen)))
        y = self.middle
        look: Look = "striped" if fen is None else "full"
        tip = Line(id=f"tip:{stop.id}", x=end - 10, y=y, by=(end + 4, y), color=ROLES["victim"],
                   arrow=True)  # fmt: skip
        run = Stream(id=f"moved:{stop.id}", x=start, y=y, to_x=end - 6, to_y=y, wide=wide,
                     look=look,
                     color=ROLES["victim"])  # fmt: skip
        text = "" if fen is None else amount(fen, self.tub.say.lang)
        foot, size = y + whole / 2 + self.size.small + 1, self.size.small
        middle, half = (start + end) / 2, width_of(text, size) / 2
        if not text or 2 * half > end - start or self._is_below(middle - half, middle + half):
            return [run, tip]
        return [run, tip, words(f"said:{stop.id}", text, middle, foot, size,
                                side="middle")]  # fmt: skip

    def _is_below(self, start: float, end: float) -> bool:
        """Whether a name stands below a stretch of the way."""
        for n, id in enumerate(self.people):
            half = width_of(self._told(id)[0], self.size.small) * BOLD / 2
            if self.x(n) - half < end and start < self.x(n) + half:
                return True
        return False

    def _person(self, n: int, id: str) -> list[Thing]:
        """His figure, his card before it, his name below."""
        x, head, party = self.x(n), self.head, self.case.party(id)
        absent = party.role == "principal" and not party.sued
        color = self.tub.colors[id]
        found: list[Thing] = [
            Person(id=f"person:{id}", x=x, y=2, head=head, color=color, absent=absent)
        ]
        if self._cards(n) > self.half:
            wide, high = self.card
            found.append(Card(id=f"card:{id}", x=x - self._cards(n), y=self.middle - high / 2,
                              w=wide, h=high, color=color))  # fmt: skip
        return [*found, *self._words(n, id)]

    def _told(self, id: str) -> tuple[str, bool]:
        """What stands below him, in one line: name and facts, or the name alone, in bold."""
        size, (name, fact) = self.size.small, self._said(id)
        room = self.tub.at.way / (len(self.people) + 0.05)
        whole = self.tub.say("tub.person", name=name, fact=fact) if fact else name
        if fact and width_of(whole, size) <= room:
            return whole, False
        return fitted(name, room / BOLD, size), True

    def _words(self, n: int, id: str) -> list[Thing]:
        text, bold = self._told(id)
        return [words(f"name:{id}", text, self.x(n), self.foot, self.size.small, side="middle",
                      bold=bold)]  # fmt: skip

    @property
    def foot(self) -> float:
        """The foot of the names."""
        return 3 + 3.9 * self.head + self.size.small
