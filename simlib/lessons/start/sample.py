"""The picture of lesson 00's sample: the 42 suits above, a hundred of all such suits below.

Drawn at random the 42 speak of the others, as far as chance leaves it open: of the hundred so many
are full, so many striped. Picked they do not: the way down ends at a wall, and all are striped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.picture import Box, Line, Look, Picture, Size, Switch, Thing, words

if TYPE_CHECKING:
    from simlib.figures.start import Sorted
    from simlib.lessons.outcome import Say

ALL = 100  # of all such suits
ROWS = {"wide": 2, "narrow": 4}  # in which they stand
TOP, MARK, LOW = 24.0, 22.0, 18.0  # the row of the 42, how high a suit is above and below [px]
WAY, HAND = 52.0, 72.0  # where the way down begins, and the hand stands [px]
BELOW, GAP = 130.0, 4.0  # where the hundred begin, and between their rows [px]
WALL = (40.0, 6.0)  # [px]


class Sample:
    """The drawing of one size."""

    def __init__(self, shown: Sorted, size: Size, say: Say) -> None:
        self.count, self.random, self.times = shown.count, shown.random, shown.times
        self.size, self.say = size, say
        self.rows = ROWS[size.name]
        chance = shown.count.chance
        self.ends = round(ALL * chance.low), round(ALL * chance.high)

    def picture(self) -> Picture:
        """Draw the suits counted, the way to the others or its wall, and what is known of them."""
        things = [*self._counted(), *self._hand(), *self._way(), *self._others()]
        foot = BELOW + self.rows * (LOW + GAP)
        return Picture(self.size, foot + 22, [*things, *self._told(foot + 16)])

    def _counted(self) -> list[Thing]:
        """The 42 in a row: full who was dismissed, in outline who was not."""
        count, step = self.count, self.size.width / self.count.total
        title = self.say("sample.counted" if self.times == 1 else "sample.assumed",
                         n=count.total * self.times, each=self.times)  # fmt: skip
        found: list[Thing] = [words("name:all", title, 0, 15, self.size.small, bold=True)]
        for n in range(count.total):
            dismissed = n < count.dismissed
            id = f"suit:{n}" if dismissed else f"other:{n - count.dismissed}"
            found.append(self._mark(id, n * step, TOP, min(14.0, step * 0.7), MARK,
                                    "full" if dismissed else "frame"))  # fmt: skip
        return found

    def _mark(self, id: str, x: float, y: float, w: float, h: float, look: Look) -> Thing:
        return Box(id=id, x=x, y=y, w=w, h=h, look=look, round=1)

    def _hand(self) -> list[Thing]:
        """A hand that takes them as drawn at random, or as picked."""
        text = self.say("sample.hand")
        return [
            Switch(id="hand:sample", x=24, y=HAND, knob="sample", on=self.random, name=text,
                   to="picked" if self.random else "random"),
            words("name:hand", text, 54, HAND + 5, self.size.small),
        ]  # fmt: skip

    def _way(self) -> list[Thing]:
        """From the 42 to all others, or to a wall before them."""
        x, (wide, high) = self.size.width * 0.72, WALL
        low = HAND + 26
        end = low if self.random else low - high - 8
        found: list[Thing] = [
            Line(id="way:sample", x=x, y=WAY, by=(x, end), arrow=True, dashed=not self.random)
        ]
        wall = Box(id="wall:sample", x=x - wide / 2, y=low - high, w=wide, h=high)
        return found if self.random else [*found, wall]

    def _others(self) -> list[Thing]:
        """A hundred of all such suits, column by column: striped as far as nobody knows."""
        low, high = self.ends if self.random else (0, ALL)
        title = words("name:such", self.say("sample.such", n=ALL), 0, BELOW - 10, self.size.small,
                      bold=True)  # fmt: skip
        step, down = self.size.width * self.rows / ALL, LOW + GAP
        looks: list[Look] = ["full"] * low
        looks += ["striped"] * (high - low)
        looks += ["frame"] * (ALL - high)
        return [title, *(
            self._mark(f"such:{n}", n // self.rows * step, BELOW + n % self.rows * down,
                       step * 0.7, LOW, look)
            for n, look in enumerate(looks)
        )]  # fmt: skip

    def _told(self, foot: float) -> list[Thing]:
        """How many of the hundred; of picked ones only what chance alone would leave open."""
        low, high = self.ends
        key = f"sample.{self.size.name}." + ("random" if self.random else "picked")
        return [words("such:told", self.say(key, low=low, high=high), 0, foot, self.size.small)]
