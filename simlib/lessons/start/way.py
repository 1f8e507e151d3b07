"""The picture of lesson 00's endings: one suit on the way with two gates, where it ends.

Before it is registered a suit that is not admissible is not accepted, afterwards it is rejected,
both by a ruling; past the first gate the claim is judged. A suit that a ruling ended is in outline,
one that a judgment ended is full. Below it is the way back to her: open, or ended by a wall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.opening.shapes import wrapped
from simlib.figures.picture import Box, Line, Person, Picture, Size, Switch, Thing, telling, words
from simlib.figures.style import ROLES
from simlib.law.suit import BARRED, endings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.law.suit import Ending
    from simlib.lessons.outcome import Say

# Where the way begins, a suit is registered, the gates stand, and suits end [px].
START = {"wide": 96.0, "narrow": 44.0}
DOORS = {"wide": (204.0, 330.0, 580.0), "narrow": (108.0, 192.0, 302.0)}
STOPS = {"wide": (150.0, 268.0, 456.0, 690.0), "narrow": (76.0, 150.0, 248.0, 330.0)}
TOP, ROAD, LANE, POST = 28.0, 34.0, 76.0, 6.0
SHEET = (16.0, 24.0)  # a suit [px]
FOLD, WORDS = 18.0, 92.0  # from one line of words to the next, and their room [px]
BACK = 14.0  # from the foot of a way to the way back [px]


class Way:
    """The drawing of one size; `found` is knob → the ending it chooses, from above."""

    def __init__(self, found: dict[str, Ending], size: Size, say: Say) -> None:
        self.found, self.size, self.say = found, size, say
        ids = [each.id for each in endings()]
        self.stops = dict(zip(ids, STOPS[size.name], strict=True))
        self.start = START[size.name]
        self.low = TOP + LANE * len(found)

    def picture(self, fact: bool) -> Picture:
        """Draw a way for each ending; `fact`: with a hand for what happened after it."""
        things: list[Thing] = []
        for n, (knob, ending) in enumerate(self.found.items()):
            y = TOP + n * LANE
            things += [*self._way(knob, y), *self._suit(knob, ending, y)]
            things += telling(self._back(knob, ending, y + ROAD + BACK))
        told, foot = self._told()
        hand = self._fact() if fact else []
        return Picture(self.size, foot, [*things, *self._doors(), *told, *hand])

    def _doors(self) -> list[Thing]:
        """Where a suit is registered, dashed, and the two gates, on every way."""
        size, foot = self.size, TOP - 8
        tops = [TOP + n * LANE for n in range(len(self.found))]
        filed, *gates = DOORS[size.name]
        found: list[Thing] = [
            words("name:filed", self.say("way.filed"), filed, foot - 5, size.small, side="middle"),
            *(Line(id=f"filed:{n}", x=filed, y=y, by=(filed, y + ROAD), dashed=True)
              for n, y in enumerate(tops)),
        ]  # fmt: skip
        for name, x in zip(("first", "second"), gates, strict=True):
            title = self.say(f"gates.narrow.{name}")
            found += [
                words(f"name:{name}", title, x, foot - 5, size.small, side="middle", bold=True),
                *(Box(id=f"gate:{name}:{n}", x=x - POST / 2, y=y - 8, w=POST, h=ROAD + 16)
                  for n, y in enumerate(tops)),
            ]  # fmt: skip
        return found

    def _way(self, knob: str, y: float) -> list[Thing]:
        """Who sues, and the way."""
        return [
            Person(id=f"person:{knob}", x=20, y=y, head=self.size.head * 0.6 + 2,
                   color=ROLES["victim"]),
            Box(id=f"way:{knob}", x=self.start, y=y, w=self.size.width - self.start, h=ROAD,
                look="track"),
        ]  # fmt: skip

    def _suit(self, knob: str, ending: Ending, y: float) -> list[Thing]:
        """The suit where it ends, and hands at the other places."""
        wide, high = SHEET
        x, top = self.stops[ending.id] - wide / 2, y + (ROAD - high) / 2
        ruled = ending.values["document"] == "ruling"
        return [
            Box(id=f"suit:{knob}", x=x, y=top, w=wide, h=high, look="frame" if ruled else "full",
                round=1),
            *(Switch(id=f"hand:{knob}:{id}", x=at, y=y + ROAD / 2, knob=knob, to=id,
                     name=self.say("way.hand", ending=self.say(f"way.stop.{id}")))
              for id, at in self.stops.items() if id != ending.id),
        ]  # fmt: skip

    def _back(self, knob: str, ending: Ending, y: float) -> list[Thing]:
        """The way back to her: to the beginning, or to a wall before it."""
        x, to, again = self.stops[ending.id], self.start - 20, ending.values["again"]
        shut = again == BARRED
        text = self.say(f"way.again.{again}")
        found: list[Thing] = [
            Line(id=f"back:{knob}", x=x, y=y - BACK + 2, by=(x, y, to + (8 if shut else 0), y),
                 arrow=True, dashed=not shut),
            words(f"again:{knob}", text, self.start + 6, y + 17, self.size.small),
        ]  # fmt: skip
        wall = Box(id=f"wall:{knob}", x=to, y=y - 9, w=POST, h=18)
        return [*found, wall] if shut else found

    def _told(self) -> tuple[Sequence[Thing], float]:
        """What each place is called, below all ways."""
        found: list[Thing] = []
        most = 0
        for id, x in self.stops.items():
            lines = wrapped(self.say(f"way.stop.{id}"), WORDS, self.size.small)
            most = max(most, len(lines))
            found += [
                words(f"stop:{id}:{n}", line, x, self.low + 12 + n * FOLD, self.size.small,
                      side="middle", bold=any(each.id == id for each in self.found.values()))
                for n, line in enumerate(lines)
            ]  # fmt: skip
        return found, self.low + 12 + (most - 1) * FOLD + 8

    def _fact(self) -> list[Thing]:
        """A hand for a new fact after the decision took effect, below the way at the right."""
        y, x = TOP + ROAD + BACK + 12, self.size.width - 22
        text = self.say(f"way.fact.{self.size.name}")
        return [
            words("name:fact", text, x - 28, y + 5, self.size.small, side="end"),
            Switch(id="hand:fact", x=x, y=y, knob="fact", to=True, name=text),
        ]
