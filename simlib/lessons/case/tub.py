"""The picture of lesson 01: the way of her money, and her tub, on one scale for all rows.

Each row of the scene fills the tub as far as its form goes; stripes are what is open, dashes a
form whose premise fails. A line leads from the helper into the row of the law in force. Beside
the knobs of a wide window way and hands stand at the left of the tub, on a phone above and below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.figures.board import PRACTICE, is_court
from simlib.figures.names_of_people import short_names
from simlib.figures.opening.shapes import fitted, width_of
from simlib.figures.picture import (
    Box,
    Line,
    Look,
    Picture,
    Size,
    Thing,
    Vessel,
    asking,
    telling,
    words,
)
from simlib.figures.picture_parts import colors
from simlib.figures.style import BASIS, INK, ROLES, RULING
from simlib.figures.style import PRACTICE as PRACTICE_HUE
from simlib.interval import high_end, low_end
from simlib.lessons.case.hands import Hands
from simlib.lessons.case.outcomes import EXPOSURE, LAW, line, name_of, value
from simlib.lessons.case.way import BOLD, TURN, below, draw_way
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.lessons.case.outcomes import Decided
    from simlib.lessons.case.road import Stop
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.money import Fen

EDGE = 2.5  # half of the tub's wall [px]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in one drawing [px].

    Attributes
    ----------
    way
        how far the people and the hands reach, from the left edge
    left, full, top
        the tub: its left edge, how wide it is, where its rows begin
    step, bar, purse
        from row to row; how high a bar is; from purse to purse
    lane
        where the way back turns to its row
    beside
        whether people and hands stand beside the tub
    """

    way: float
    left: float
    full: float
    top: float
    step: float
    bar: float
    purse: float
    lane: float
    beside: bool


LAYOUTS = {
    "wide": Layout(372, 400, 200, 26, 28, 19, 26, 386, True),
    "narrow": Layout(362, 18, 162, 67, 16, 11, 23, 5, False),
}
GAP = 9  # between the tub and what is said of a row


class Tub:
    """One drawing of one case under the forms of a scene."""

    def __init__(self, found: Decided, scene: Scene, size: Size, say: Say, way: list[Stop]) -> None:
        self.found, self.scene, self.size, self.say, self.way = found, scene, size, say, way
        self.at = LAYOUTS[size.name]
        self.case = found.case
        self.names = short_names(found.case, say.lang)
        self.colors = colors(found.case, [party.id for party in found.case.parties])
        self.amounts = self._amounts()

    def _amounts(self) -> dict[str, FenRange]:
        """Row → what it gives in the scene's column, in order."""
        cells = {
            row: value(self.found, row, self.scene.column, self.say)
            for row in self.scene.rows
            if row in self.found or is_court(row)
        }
        return {
            row: cell.amount
            for row, cell in cells.items()
            if cell is not None and cell.amount is not None
        }

    # ------------------------------------------------------------ measures

    def x(self, fen: Fen) -> float:
        """Return where an amount ends in the tub, which nothing leaves."""
        return self.at.left + self.at.full * min(1, fen / self.case.loss_fen)

    def y(self, row: int) -> float:
        """Return where the bar of a row begins."""
        return self.at.top + row * self.at.step

    @property
    def end(self) -> float:
        """The right edge of the tub."""
        return self.at.left + self.at.full

    @property
    def low(self) -> float:
        """Where the tub ends."""
        return self.y(len(self.amounts) - 1) + self.at.bar + 5

    @property
    def room(self) -> float:
        """How much room the words at the right of the tub have."""
        return self.size.width - self.end - GAP

    # ------------------------------------------------------------ the drawing

    def picture(self) -> Picture:
        """Draw the way of her money, the tub with its rows, the way back, the hands."""
        rows = list(enumerate(self.amounts.items()))
        things: list[Thing] = [*draw_way(self)]
        things += self._vessel()
        things += telling(thing for n, (row, fen) in rows for thing in self._row(n, row, fen))
        things += [thing for n, row in enumerate(self.amounts) for thing in self._name(n, row)]
        things += telling(self._back())
        hands = Hands(self)
        return Picture(self.size, max(self.low + EDGE, hands.low), [*things, *hands.things()])

    def _vessel(self) -> list[Thing]:
        """Her tub with what it holds when full, and a sign in it where what fills it is asked."""
        at, color, middle = self.at, ROLES["victim"], self.at.left + self.at.full / 2
        top = at.top - 5
        sign = words("tub:asks", self.say("tub.asks"), middle,
                     (top + self.low) / 2 + 0.5 * self.size.text, 1.6 * self.size.text,
                     side="middle", bold=True)  # fmt: skip
        return [
            *self._full(middle, top - 7),
            Box(id="tub:room", x=at.left, y=top, w=at.full, h=self.low - top, color=color,
                look="pale"),
            Vessel(id="tub", x=at.left - EDGE, y=top - 3, w=at.full + 2 * EDGE,
                   h=self.low - top + 3 + EDGE, color=color),
            *asking([sign]),
        ]  # fmt: skip

    def _full(self, middle: float, foot: float) -> list[Thing]:
        """Whose loss fills the tub, and how much it is; on a phone her name stands above it."""
        if not self.at.beside:
            return []
        name = self.names[self.case.claimant]
        text = self.say("tub.loss", who=name, amount=amount(self.case.loss_fen, self.say.lang))
        size, room = self.size.small, self.at.full + 2 * self.at.bar
        return [words("tub:full", fitted(text, room, size), middle, foot, size, side="middle")]

    def _color(self, row: str) -> str:
        """The colour of the authority of a row."""
        if is_court(row):
            return RULING
        found = line(self.found, row, self.scene, self.say)
        kind = found.authority if found else ""
        return PRACTICE_HUE if kind == PRACTICE else BASIS.get(kind, INK)

    def _row(self, n: int, row: str, fen: FenRange) -> list[Thing]:
        """How far a form fills the tub."""
        color, y, h = self._color(row), self.y(n), self.at.bar
        start, low, high = self.at.left, self.x(low_end(fen)), self.x(high_end(fen))
        found = line(self.found, row, self.scene, self.say)
        fails = bool(found and found.ghost)
        known: Look = "ghost" if fails else "full"
        unknown: Look = "ghost" if fails else "striped"
        boxes = [("sure", start, low, known), ("open", low, high, unknown)]
        return [
            Box(id=f"{name}:{row}", x=left, y=y, w=right - left, h=h, color=color, look=look)
            for name, left, right, look in boxes
            if right > left
        ]

    def _name(self, n: int, row: str) -> list[Thing]:
        """What a row is called; of the law in force which form it takes, if there is room.

        How much it gives stands in the row itself, below the drawing.
        """
        size, wider, room = self.size.small, BOLD if row == LAW else 1, self.room
        key = f"tub.row.{row}"
        text = self.say(key) if self.say.has(key) else name_of(self.found, row, self.say)
        at = self.end + GAP, self.y(n) + self.at.bar / 2 + 5, size
        plain = [words(f"row:{row}", fitted(text, room / wider, size), *at, bold=row == LAW)]
        found = line(self.found, row, self.scene, self.say)
        whole = self.say("tub.form", name=text, form=found.form) if found and found.form else ""
        if not whole or width_of(whole, size) * wider > room:
            return list(plain)
        return [*asking(plain), *telling([words(f"form:{row}", whole, *at, bold=row == LAW)])]

    def _back(self) -> list[Thing]:
        """The way back from him into her tub, under the law in force; a right only is dashed."""
        if LAW not in self.amounts or not high_end(self.amounts[LAW]):
            return []
        y = self.y(list(self.amounts).index(LAW)) + self.at.bar / 2
        start, x = below(self)
        lane, turn = self.at.lane, start + TURN
        by = (x, turn, lane, turn, lane, y, self.at.left - 1, y)
        return [Line(id="back", x=x, y=start, by=by, color=self._color(LAW), arrow=True, wide=3,
                     dashed=self.scene.column == EXPOSURE)]  # fmt: skip
