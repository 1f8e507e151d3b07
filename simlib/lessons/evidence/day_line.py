"""What the pictures of lesson 08 share: a line of days, its rows, and the days the hand takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.evidence.retention import kept_until
from simlib.evidence.survival import Delay
from simlib.figures.board import spoken
from simlib.figures.opening.shapes import fitted, fitting, width_of
from simlib.figures.picture import (
    Area,
    Box,
    Grip,
    Line,
    Side,
    Size,
    Thing,
    telling,
    words,
)
from simlib.figures.style import BASIS, FADED, GRID, ROLES, paler
from simlib.lessons.evidence.lanes import Lane, Part, lane_of
from simlib.lessons.evidence.names import row_name
from simlib.lessons.evidence.outcomes import REFORM, TEACHING, Told
from simlib.lessons.reader import lesson_of
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.lessons.declaration import Scene
    from simlib.lessons.evidence.outcomes import Found
    from simlib.lessons.outcome import Say

TOPIC = "evidence"
LAW = "law in force"
LONG, STEP = 430, 100  # a line of days, and its marks [days]
FADE = 30  # so often a bar is drawn anew, as its record may have been deleted [days]
FAINT = 0.2  # how strong a bar is of what is surely gone
BAND = 6  # how high a secured copy is drawn [px]
TIP, TAIL = 12, 14  # the point of a bar without end; how a period that is over runs out [px]
CLAW = ((15, -9), (5, -11), (0, -5), (0, 5), (5, 11), (15, 9))  # of an arm, about its end [px]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in one drawing [px].

    Attributes
    ----------
    begin, end
        the line of days
    top, row, bar, down
        of the rows: where they begin, how high each is, its bar, and how far below its beginning
        that is
    sheet
        left edge of the sheets
    """

    begin: float
    end: float
    top: float
    row: float
    bar: float
    down: float
    sheet: float


LAYOUTS = {
    "wide": Layout(144, 664, 50, 38, 22, 8, 690),
    "narrow": Layout(12, 312, 50, 41, 16, 19, 338),
}


class Days:
    """A line of days with rows on it, and the days the hand takes."""

    def __init__(self, found: Found, scene: Scene, size: Size, say: Say) -> None:
        self.found, self.scene, self.size, self.say = found, scene, size, say
        self.at, self.beside = LAYOUTS[size.name], size.name == "wide"
        self.knobs = lesson_of(TOPIC).knobs

    # ------------------------------------------------------------ measures

    @property
    def long(self) -> float:
        """How many days the line has."""
        return LONG

    def x(self, day: float) -> float:
        """Return where a day stands; later ones at the end."""
        return self.at.begin + (self.at.end - self.at.begin) * min(day, self.long) / self.long

    def y(self, row: int) -> float:
        """Return where the bar of a row begins."""
        return self.at.top + row * self.at.row + self.at.down

    def middle(self, row: int) -> float:
        """Return the middle of a bar."""
        return self.y(row) + self.at.bar / 2

    def low(self, rows: int) -> float:
        """Return where the rows end."""
        return self.at.top + rows * self.at.row + 4

    # ------------------------------------------------------------ the line

    def grid(self, rows: int) -> list[Thing]:
        """Draw the days that are marked, with their numbers below."""
        low, size, found = self.low(rows), self.size, list[Thing]()
        step = STEP * -(-self.long // (5 * STEP))
        for n in range(int(self.long // step) + 1):
            day, x = n * step, self.x(n * step)
            said = f"{day:g}" if day else self.say("opening.start")
            side: Side = "middle" if day else "start"
            found += [
                Line(id=f"grid:{n}", x=x, y=self.at.top, by=(x, low), color=GRID, wide=1),
                words(f"day:{n}", said, x, low + 15, size.small, side=side, soft=True),
            ]  # fmt: skip
        return found

    def name(self, row: int, id: str) -> list[Thing]:
        """Name a row at the left of its bar, or above it."""
        size, called = self.size, row_name(id, self.say.lang)
        if self.beside:
            foot = self.middle(row) + 0.36 * size.text
            said = fitted(called, self.at.begin - 8, size.text)
        else:
            foot, said = self.y(row) - 4, called
        return [words(f"name:{id}", said, 0, foot, size.text if self.beside else size.small,
                      bold=True)]  # fmt: skip

    def stake(self, begins: float, foot: float) -> list[Thing]:
        """Say at the right who has lost how much, as far as there is room from a place on."""
        loss = amount(self.found.case.loss_fen, self.say.lang)
        texts = [self.say(f"fading.{key}", loss=loss) for key in ("lost_by", "lost")]
        said = fitting(texts, self.size.width - begins, self.size.small)
        return [words("lost", said, self.size.width, foot, self.size.small, side="end",
                      color=ROLES["victim"])] if said else []  # fmt: skip

    def sheet(self, row: int, id: str, chance: int, color: str) -> list[Thing]:
        """Draw a sheet, as full as the chance that it can be had, with that number."""
        wide, high = (24.0, 30.0) if self.beside else (22.0, 28.0)
        x, y = self.at.sheet, self.middle(row) - high / 2 - (0 if self.beside else 6)
        fill, size = high * chance / 10_000, self.size
        said = spoken(chance, self.say.lang, "percent")
        at = (size.width, self.middle(row) + 6) if self.beside else (x - 8, self.y(row) - 4)
        blank = Box(id=f"sheet:{id}", x=x, y=y, w=wide, h=high, look="frame", color=FADED, round=3)
        return [blank, *telling([
            Box(id=f"there:{id}", x=x, y=y + high - fill, w=wide, h=fill, color=color, round=3),
            words(f"chance:{id}", said, *at, size.small, side="end", bold=True),
        ])]  # fmt: skip

    # ------------------------------------------------------------ hands

    def hand(self, knob: str, y: float, value: float | None, days: tuple[float, float],
             values: tuple[float, float]) -> list[Thing]:  # fmt: skip
        """A track with what a hand takes hold of; an empty one where no day is chosen."""
        ends = self.x(days[0]), self.x(days[1])
        share = (values[0] if value is None else value) - values[0]
        at = ends[0] + (ends[1] - ends[0]) * min(1, share / (values[1] - values[0]))
        track = Box(id=f"track:{knob}", x=ends[0], y=y - 4, w=ends[1] - ends[0], h=8, look="track",
                    round=4)  # fmt: skip
        grip = Grip(id=f"grip:{knob}", x=at, y=y, knob=knob, ends=ends, values=values,
                    open=value is None)  # fmt: skip
        return [grip] if value is None else [track, grip]

    def told(self, knob: str, text: str, foot: float) -> Thing:
        """Name a track at its left, or above it."""
        room = self.at.begin - 14 if self.beside else self.size.width
        return words(f"told:{knob}", fitted(text, room, self.size.small), 0, foot, self.size.small,
                     bold=True)  # fmt: skip

    def preserve(self, rows: int, lanes: list[Lane]) -> list[Thing]:
        """The day of preservation, through all rows, and what becomes of the copy."""
        day = self.found.held["preserve"]
        y = 18 if self.beside else 34
        span = min(float(self.knobs["preserve"].most), self.long)
        text = self.say("fading.never") if day is None else self.say("fading.preserve", n=day)
        found = [*self.hand("preserve", y, day, (0, span), (0, span)),
                 *self.stake(self.x(span) + 16, y + 5),
                 self.told("preserve", text, 23 if self.beside else 15)]  # fmt: skip
        if day is None:
            note = self.say("fading.press")
        else:
            x, low = self.x(day), self.low(rows)
            found.insert(0, Line(id="preserved", x=x, y=y, by=(x, low), color=FADED, wide=2))
            note = self._secured(lanes)
        foot = self.at.top - 5 if self.beside else 15
        x = self.at.begin if self.beside else width_of(text, self.size.small) * 1.1 + 12
        said = fitted(note, self.size.width - x, self.size.small)
        return [*found, words("secured", said, x, foot, self.size.small, soft=True)]

    def _secured(self, lanes: list[Lane]) -> str:
        """Say from when there is a copy, and when preservation ends."""
        copies = [part.begins for lane in lanes for part in lane.parts if part.look in
                  ("copy", "held", "secured")]  # fmt: skip
        lifted = next((lane.lifted for lane in lanes if lane.lifted is not None), None)
        said = [self.say("fading.copy", n=min(copies))] if copies else [self.say("fading.nothing")]
        said += [] if lifted is None else [self.say("fading.lifted", n=lifted)]
        return self.say("clocks.comma").join(said)

    def copy(self, row: int, id: str, lane: Lane) -> list[Thing]:
        """A secured copy: a dark band below the bar, as long as it is there."""
        held = [part for part in lane.parts if part.look in ("copy", "held", "secured")]
        if not held:
            return []
        x = self.x(min(part.begins for part in held))
        ends = [self.long if part.ends is None else part.ends for part in held]
        return [Box(id=f"copy:{id}", x=x, y=self.y(row) + self.at.bar + 2,
                    w=self.x(max(ends)) - x, h=BAND, round=3)]  # fmt: skip

    def bar(self, row: int, id: str, part: Part, told: Told) -> list[Thing]:
        """How long a record is kept, as strong as the chance that it is there still."""
        color, y, h = self.color(told, part.look), self.y(row), self.at.bar
        last = self.long if part.ends is None else min(part.ends, self.long)
        if part.begins >= self.long:
            return []
        found: list[Thing] = []
        for n, day in enumerate(range(part.begins, int(last), FADE)):
            x, until = self.x(day), self.x(min(day + FADE, last))
            there = self.there(told, (day + min(day + FADE, last)) / 2)
            found.append(Box(id=f"kept:{id}:{part.look}:{n}", x=x, y=y, w=until - x + 1, h=h,
                             color=paler(color, FAINT + (1 - FAINT) * there)))  # fmt: skip
        end = self.x(last)
        if part.ends is None or part.ends > self.long:
            by = (end + TIP, y + h / 2, end, y + h)
            found.append(Area(id=f"on:{id}", x=end, y=y, by=by, color=color))
        elif part is self.last(told, row):
            found.append(Box(id=f"gone:{id}", x=end, y=y, w=TAIL, h=h, color=color, look="pale"))
        return found

    def last(self, told: Told, row: int) -> Part | None:
        """Return the last stretch in which its holder has a record."""
        lane = lane_of("", told, 0, self.say.lang)
        return [part for part in lane.parts if part.look in ("kept", "supposed")][-1]

    def color(self, told: Told, look: str) -> str:
        """Return the colour of what a stretch rests on; that of the victim of what is hers."""
        if told.own:
            return ROLES["victim"]
        if look == "kept":
            return BASIS[LAW]
        return BASIS[REFORM if told.kept.clock.basis == REFORM else TEACHING]

    def there(self, told: Told, day: float) -> float:
        """Return the chance that its holder still has a record on a day."""
        clock, values = told.kept.clock, self.found.parameters
        if clock.begins is None or told.own:
            return 1.0
        rate = values["evidence.deletion_per_day"] if told.kept.piece.kind.deleted else 0.0
        since = max(0.0, day - (clock.begins - told.acted_on).days)
        return kept_until(clock, since, Delay(0.0), values["evidence.breach"], rate)
