"""The picture of lesson 08: records that fade at their holder's day, and arms that reach for them.

A bar is as long as its holder keeps a record, and as strong as the chance that he has it then; an
arm goes from the day the court asks to the day of the answer, and closes round a sheet or round
nothing. A dark band below is a copy that was secured. Two days the hand takes: of preservation,
above, and of the request, below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.opening.shapes import fitted, width_of
from simlib.figures.picture import (
    Box,
    Line,
    Picture,
    Thing,
    telling,
    words,
)
from simlib.figures.style import PAPER
from simlib.lessons.evidence.day_line import CLAW, Days
from simlib.lessons.evidence.lanes import Lane, Part, lane_of
from simlib.lessons.evidence.names import row_name
from simlib.lessons.evidence.outcomes import REFORM, Told

if TYPE_CHECKING:
    pass


class Fading(Days):
    """Records, each with its arm."""

    def picture(self) -> Picture:
        """Draw the days, then bars, copies, arms, sheets, and what the hand takes."""
        ids, ask = list(self.scene.rows), self.found.held["ask"]
        told = {id: self.found[id] for id in ids}
        lanes = {id: lane_of(id, told[id], ask, self.say.lang) for id in ids}
        low, x = self.low(len(ids)), self.x(ask)
        down = low + (32 if self.beside else 34)
        things = self.grid(len(ids))
        for row, (id, lane) in enumerate(lanes.items()):
            things += [*self._bars(row, id, lane, told[id]), *self.copy(row, id, lane)]
        things += [*self.preserve(len(ids), list(lanes.values())),
                   Line(id="asked", x=x, y=self.at.top, by=(x, down), wide=2.5)]  # fmt: skip
        for row, (id, lane) in enumerate(lanes.items()):
            color = self.color(told[id], self._stretches(lane)[0].look)
            things += [*self.name(row, id), *self._until(row, id, lane, told[id]),
                       *self.sheet(row, id, told[id].chance, color),
                       *telling(self._arm(row, id, lane, told[id]))]  # fmt: skip
        ends = 0.0, float(self.knobs["ask"].most)
        text = self.say("fading.ask", n=ask)
        things += [*self.hand("ask", down, ask, ends, ends),
                   self.told("ask", text, down + (5 if self.beside else 30))]  # fmt: skip
        return Picture(self.size, down + (18 if self.beside else 35), things)

    def _stretches(self, lane: Lane) -> list[Part]:
        """The stretches in which its holder has a record."""
        return [part for part in lane.parts if part.look in ("kept", "supposed")]

    def _bars(self, row: int, id: str, lane: Lane, told: Told) -> list[Thing]:
        return [thing for part in self._stretches(lane) for thing in self.bar(row, id, part, told)]

    def _until(self, row: int, id: str, lane: Lane, told: Told) -> list[Thing]:
        """Say until when it is kept, and by what: in the bar, clear of the arm, or above it."""
        part = next(each for each in lane.parts if each.look in ("kept", "supposed"))
        key = (
            "kept"
            if part.look == "kept"
            else "reform"
            if told.kept.clock.basis == REFORM
            else "supposed"
        )
        until = told.least if part.look == "kept" else told.lapses
        said = self.say("fading.endless" if until is None else f"fading.{key}", n=until)
        said = self.say("board.own") if told.own else said
        size = self.size.small
        if not self.beside:
            x = width_of(row_name(id, self.say.lang), size) * 1.08 + 8
            room = self.at.sheet - 66 - x
            text = fitted(said, room, size)
            return [words(f"until:{id}", text, x, self.y(row) - 4, size, soft=True)]
        at = self._clear(width_of(said, size) + 12, part, lane)
        if at is None:
            return []
        return [words(f"until:{id}", said, at + 6, self.middle(row) + 5.5, size, on=True, bold=True,
                      color=PAPER)]  # fmt: skip

    def _clear(self, wide: float, part: Part, lane: Lane) -> float | None:
        """Return where words of a width fit into a bar, clear of the arm and of preservation."""
        end = self.x(self.long if part.ends is None else part.ends)
        busy = []
        if lane.asked is not None:
            told = self.say("fading.answer", n=lane.answered)
            last = lane.asked if lane.answered is None else lane.answered
            taken = 0 if lane.answered is None else 24 + 1.1 * width_of(told, self.size.small)
            busy.append((self.x(lane.asked), self.x(last) + taken))
        if (day := self.found.held["preserve"]) is not None:
            busy.append((self.x(day), self.x(day)))
        at = self.at.begin
        for low, high in sorted(busy):
            if min(low, end) - at >= wide:
                return at
            at = max(at, high + 2)
        return at if end - at >= wide else None

    def _arm(self, row: int, id: str, lane: Lane, told: Told) -> list[Thing]:
        """An arm from the day of the request to that of the answer, round a sheet or nothing."""
        if told.own or lane.asked is None:
            return []
        x, y, size = self.x(lane.asked), self.middle(row), self.size
        if lane.answered is None:
            said, end = self.say("board.abroad"), self.at.end
            until = max(x + 4, end - width_of(said, size.small) - 8)
            return [
                Line(id=f"arm:{id}", x=x, y=y, by=(until, y), dashed=True, wide=2.5),
                words(f"answer:{id}", said, end, y + 5.5, size.small, side="end"),
            ]
        to, wide = max(self.x(lane.answered), x + 2), 5.0 if self.beside else 4.0
        claw = tuple(at for dx, dy in CLAW for at in (to + dx, y + dy * self.at.bar / 22))
        found: list[Thing] = [
            Line(id=f"glow:{id}", x=x, y=y, by=(to, y), color=PAPER, wide=wide + 3.5),
            Line(id=f"rim:{id}", x=claw[0], y=claw[1], by=claw[2:], color=PAPER, wide=wide + 3.5),
            Line(id=f"arm:{id}", x=x, y=y, by=(to, y), wide=wide),
            Line(id=f"claw:{id}", x=claw[0], y=claw[1], by=claw[2:], wide=wide - 1),
        ]
        if lane.mark == "early" and told.chance:
            found += self._caught(id, told, lane, to + 6, y)
        return found + self._answered(id, lane.answered, to + 20, y)

    def _caught(self, id: str, told: Told, lane: Lane, x: float, y: float) -> list[Thing]:
        """The sheet that an arm got hold of, in the colour of its row."""
        color, high = self.color(told, self._stretches(lane)[0].look), self.at.bar * 0.66
        return [
            Box(id=f"edge:{id}", x=x - 2, y=y - high / 2 - 2, w=14, h=high + 4, color=PAPER),
            Box(id=f"caught:{id}", x=x, y=y - high / 2, w=10, h=high, color=color, round=2),
        ]

    def _answered(self, id: str, day: int, x: float, y: float) -> list[Thing]:
        """Write the day of the answer beyond the hand, where there is room."""
        said = self.say("fading.answer" if self.beside else "board.day", n=day)
        size = self.size.small
        if x + width_of(said, size) > self.at.sheet - 4:
            return []
        return [words(f"answer:{id}", said, x, y + 5.5, size, bold=True)]
