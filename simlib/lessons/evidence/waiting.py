"""The picture of lesson 08 for a suit: two tracks over the clock of the chats.

Filled is what a court or the police do, a frame is waiting. The hand takes the day of preservation,
that of the suit, and that on which the suspect is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.opening.shapes import width_of
from simlib.figures.picture import (
    Box,
    Line,
    Look,
    Picture,
    Side,
    Size,
    Thing,
    telling,
    words,
)
from simlib.figures.style import INK, PAPER
from simlib.lessons.evidence.clocks import COLORS
from simlib.lessons.evidence.day_line import LONG, Days
from simlib.lessons.evidence.lanes import CLOCK, Lane, Part, lanes_of
from simlib.lessons.evidence.outcomes import Suit, Told

if TYPE_CHECKING:
    from simlib.lessons.declaration import Scene
    from simlib.lessons.evidence.outcomes import Found
    from simlib.lessons.outcome import Say


MONTH = 365.25 / 12  # days
MOST = 1_200  # what ends later is not needed to read the line [days]
TRACKS = ("criminal", "civil")


class Waiting(Days):
    """Both tracks of the row that speaks, and what is left of the chats."""

    def __init__(self, found: Found, scene: Scene, size: Size, say: Say) -> None:
        super().__init__(found, scene, size, say)
        self.suit: Suit = found[scene.speaks]
        self.lanes = lanes_of(self.suit, say.lang)
        self.hands = [knob for knob in ("caught", "sue") if knob in scene.knobs]

    @property
    def long(self) -> float:
        """As long as it takes to see the end of both tracks."""
        parts = [part for lane in self.lanes for part in lane.parts]
        ends = [part.begins if part.ends is None else part.ends for part in parts]
        months = [float(self.found.held[knob] or 0) for knob in ("caught", "sue")]
        near = [float(end) for end in ends if end <= MOST]
        return max(LONG, *near, *(MONTH * each for each in months)) + 10

    def picture(self) -> Picture:
        """Draw the days, then both tracks, the clock, and what the hand takes."""
        rows = len(self.lanes)
        low, things = self.low(rows), self.grid(rows)
        for row, lane in enumerate(self.lanes):
            things += self._lane(row, lane)
        things += self.preserve(rows, self.lanes)
        asked = self.suit.asked
        if asked is not None:
            x = self.x(asked)
            things += telling([Line(id="asked", x=x, y=self.at.top, by=(x, low), wide=2.5),
                               self._asked(asked, x)])  # fmt: skip
        down = low + 34
        for knob in self.hands:
            things += self._hand(knob, down)
            down += 32 if self.beside else 50
        return Picture(self.size, down - (14 if self.beside else 12), things)

    def _asked(self, day: int, x: float) -> Thing:
        """Say on which day the court asks, at its line."""
        said, size = self.say("clocks.asked_mark", n=day), self.size.small
        fits = x + 4 + width_of(said, size) * 1.1 < self.at.end
        side: Side = "start" if fits else "end"
        foot = self.middle(len(self.lanes) - 1) + 5.5
        return words("asked:said", said, x + (5 if fits else -5), foot, size, side=side, bold=True)

    def _hand(self, knob: str, y: float) -> list[Thing]:
        """The months of the suit or of the arrest, as far as the line of days goes."""
        value = self.found.held[knob]
        most = min(self.knobs[knob].most, int(self.long / MONTH))
        text = self.say(f"fading.{knob}" if value is not None else f"fading.{knob}_never", n=value)
        ends = 0.0, most * MONTH
        return [*self.hand(knob, y, value, ends, (0.0, float(most))),
                self.told(knob, text, y + (5 if self.beside else 27))]  # fmt: skip

    def _lane(self, row: int, lane: Lane) -> list[Thing]:
        """A track of the likeliest outcome, or the clock of the chats with their sheet."""
        track = TRACKS[row] if row < len(TRACKS) else ""
        if track:
            foot = self.middle(row) + 0.36 * self.size.text if self.beside else self.y(row) - 4
            high = self.size.text if self.beside else self.size.small
            named: list[Thing] = [words(f"name:{track}", lane.name, 0, foot, high, bold=True)]
            parts = [self._part(row, track, n, part) for n, part in enumerate(lane.parts)]
            return [*telling(thing for part in parts for thing in part), *named]
        told = Told(self.suit.chat, self.suit.acted_on, self.found.manner("local"))
        kept = [part for part in lane.parts if part.look in ("kept", "supposed")]
        bars = [thing for part in kept for thing in self.bar(row, CLOCK, part, told)]
        color = self.color(told, kept[-1].look)
        return [*bars, *self.copy(row, CLOCK, lane), *self.name(row, CLOCK),
                *self.sheet(row, CLOCK, self.suit.chance, color)]  # fmt: skip

    def _part(self, row: int, track: str, n: int, part: Part) -> list[Thing]:
        """A stretch of a track: filled where somebody is at work, a frame where all wait."""
        x, y, h = self.x(part.begins), self.y(row), self.at.bar
        w = self.x(self.long if part.ends is None else part.ends) - x
        waits = part.look == "waits"
        look: Look = "frame" if waits else "full"
        color = COLORS[track]
        found: list[Thing] = [Box(id=f"{track}:{n}", x=x, y=y + 1, w=max(w - 1, 1), h=h - 2,
                                  look=look, color=color, round=2)]  # fmt: skip
        size = self.size.small
        if width_of(part.text, size) + 8 < w and h > size:
            found.append(words(f"{track}:said:{n}", part.text, x + 5, y + h / 2 + 5.5, size,
                               on=not waits, color=INK if waits else PAPER))  # fmt: skip
        return found
