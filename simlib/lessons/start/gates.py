"""The picture of lesson 00: 42 suits on a way with two gates, 36 of them turned back.

The first gate asks whether the suit is admissible and turns back by a ruling; the second asks
whether the claim is founded and turns back by a judgment. Of the 36 the paper does not say at
which they stopped: they are striped until the reader draws them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.opening.shapes import fitted, wrapped
from simlib.figures.picture import (
    Box,
    Grip,
    Line,
    Look,
    Person,
    Picture,
    Size,
    Thing,
    words,
)
from simlib.figures.style import INK, ROLES
from simlib.interval import Interval, low_end

if TYPE_CHECKING:
    from simlib.lessons.outcome import Say
    from simlib.uncertainty.counts import Count

GATES = {"wide": (300.0, 560.0), "narrow": (126.0, 244.0)}
START = {"wide": 96.0, "narrow": 44.0}  # where the way begins [px]
GAP = {"wide": 26.0, "narrow": 16.0}  # between those that a ruling and a judgment ended [px]
ROAD, HIGH, POST = 30.0, 30.0, 6.0
ROW, MARK = 100.0, 22.0  # the row of those dismissed, and how high a suit is [px]
FOLD = 18.0  # from one line of words to the next [px]


class Gates:
    """The drawing of one size."""

    def __init__(self, count: Count, size: Size, say: Say) -> None:
        self.count, self.size, self.say = count, size, say
        known = not isinstance(count.rulings, Interval)
        self.rulings = int(low_end(count.rulings)) if known else None
        self.gap = GAP[size.name]
        self.step = (size.width - self.gap) / count.dismissed
        self.gates = GATES[size.name]

    def picture(self) -> Picture:
        """Draw the way, those that passed, the row of those turned back, and what that means."""
        told, low = self._told()
        things = [*self._way(), *self._others(), *self._back(), *self._row(), *self._hand(), *told]
        return Picture(self.size, low, things)

    def _way(self) -> list[Thing]:
        """Who sues, the way, and its two gates."""
        size, start = self.size, START[self.size.name]
        found: list[Thing] = [
            Person(id="person:victim", x=20, y=ROAD - 2, head=size.head * 0.6 + 2,
                   color=ROLES["victim"]),
            Box(id="way", x=start, y=ROAD, w=size.width - start, h=HIGH, look="track"),
            words("name:all", self.say("gates.all", n=self.count.total), start + 6, ROAD + 20,
                  size.small, bold=True, on=True),
        ]  # fmt: skip
        for name, x in zip(("first", "second"), self.gates, strict=True):
            title = self.say(f"gates.{size.name}.{name}")
            found += [
                words(f"name:{name}", title, x, 15, size.small, side="middle", bold=True),
                Box(id=f"gate:{name}", x=x - POST / 2, y=ROAD - 9, w=POST, h=HIGH + 18),
            ]
        return found

    def _others(self) -> list[Thing]:
        """Those not dismissed: past both gates who was heard, between them in outline who not."""
        size, count = self.size, self.count
        others = count.total - count.dismissed
        heard = int(low_end(count.heard)) - int(low_end(count.judgments))
        found: list[Thing] = []
        step = (size.width - self.gates[1] - 16) / others
        back = (self.gates[1] - self.gates[0] - 20) / others
        for n in range(others):
            past = n >= others - heard
            x = self.gates[1] + 10 + n * step if past else self.gates[0] + 10 + n * back
            look: Look = "full" if past else "ghost"
            found.append(self._mark(f"other:{n}", x, ROAD + 4, look))
        said = self.say(f"gates.{size.name}.others", n=others, heard=heard)
        said = fitted(said, size.width - self.gates[1] - 30, size.small)
        at = size.width
        return [*found, words("others", said, at, ROAD + HIGH + 16, size.small, side="end")]

    def _mark(self, id: str, x: float, y: float, look: Look) -> Thing:
        return Box(id=id, x=x, y=y, w=min(14.0, self.step * 0.7), h=MARK, look=look, round=1)

    def _x(self, n: int) -> float:
        """Return where one of those dismissed stands, in the row drawn apart."""
        apart = self.gap if self.rulings is not None and n >= self.rulings else 0.0
        return n * self.step + apart

    def _row(self) -> list[Thing]:
        """Those dismissed: in outline by a ruling, full by a judgment, striped if unknown."""
        looks: list[Look] = ["striped"] * self.count.dismissed
        if self.rulings is not None:
            looks = ["frame" if n < self.rulings else "full" for n in range(self.count.dismissed)]
        return [self._mark(f"suit:{n}", self._x(n), ROW, look) for n, look in enumerate(looks)]

    def _back(self) -> list[Thing]:
        """From each gate down to those whom it turned back; dashed where nobody knows whom."""
        found: list[Thing] = []
        whole, known = self.count.dismissed, self.rulings is not None
        cut = self.rulings if self.rulings is not None else whole // 2
        for name, x, first, last in (
            ("first", self.gates[0], 0, cut), ("second", self.gates[1], cut, whole),
        ):  # fmt: skip
            if first == last:
                continue
            to = (self._x(first) + self._x(last - 1)) / 2 + self.step / 2
            found.append(Line(id=f"back:{name}", x=x - 10, y=ROAD + HIGH, dashed=not known,
                              by=(x - 10, ROAD + HIGH + 16, to, ROW - 4), arrow=True))  # fmt: skip
        return found

    def _hand(self) -> list[Thing]:
        """A grip that draws the row apart; an empty track while nobody knows."""
        whole = self.count.dismissed
        at = (self.rulings if self.rulings is not None else whole) * self.step + self.gap / 2
        ends = (self.gap / 2, whole * self.step + self.gap / 2)
        y = ROW + MARK + 22
        return [
            Grip(id="grip:rulings", x=at, y=y, knob="rulings", ends=ends, values=(0, whole),
                 open=self.rulings is None)
        ]  # fmt: skip

    def _told(self) -> tuple[list[Thing], float]:
        """What a document lets her do; where nobody knows which it was, that nobody says."""
        size, top = self.size, ROW + MARK + 54
        if self.rulings is None:
            sides = [("unknown", self.count.dismissed, 0.0, size.width)]
        else:
            half = size.width / 2
            sides = [("ruling", self.rulings, 0.0, half),
                     ("judgment", self.count.dismissed - self.rulings, half, half)]  # fmt: skip
        found: list[Thing] = []
        most = 0
        for key, n, x, width in sides:
            lines = wrapped(self.say(f"gates.{key}", n=n), width - 10, size.small)[:3]
            most = max(most, len(lines))
            found += [
                words(f"{key}:{k}", line, x, top + k * FOLD, size.small, color=INK)
                for k, line in enumerate(lines)
            ]
        return found, top + (most - 1) * FOLD + 8
