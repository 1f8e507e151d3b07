"""Clocks of retention along a line of days: a bar a row, the request, its answer, preservation.

In a suit the two tracks of lesson 07 stand above the clocks, on the same line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from simlib.figures.opening import shapes
from simlib.figures.opening.shapes import both, label, svg, width_of
from simlib.figures.style import FADED, GRID, INK, PAPER, RED, SLATE, TEAL
from simlib.lessons.evidence.lanes import Lane, Part, lane_of, lanes_of
from simlib.lessons.evidence.names import day_said, lesson, row_name
from simlib.lessons.evidence.outcomes import Suit

LEAST, STEP = 400, 100  # shortest line, and its marks [days]
TICK = 70  # room for a day under the clocks [px]
LONGER = 22  # room that English names need besides [px]
GAP = 9  # between the words of the legend [px]
BOLD = 1.15  # how much wider bold letters are than estimated
BAND = 5  # how high that is which is preserved for a time [px]
RADIUS = 5  # of what marks an answer [px]
MARKS = ("early", "late", "copied")  # what may stand at an answer, in the order of the legend
OFF = 2  # between the upper and the lower half of a lane, where a request lies [px]


@dataclass(frozen=True, slots=True)
class Size:
    """The measures of one drawing [px]: width, room for names, letters, height of a lane."""

    width: int
    left: int
    text: int
    small: int
    high: int


WIDE = Size(900, 92, 16, 15, 17)
NARROW = Size(362, 66, 13, 12, 15)


COLORS = {"kept": TEAL, "secured": INK, "criminal": SLATE, "civil": TEAL}


def draw_clocks(
    told: Sequence[Any], rows: Sequence[str], spoken: str, day: int, preserved: int | None,
    lang: str = "zh",
) -> str:  # fmt: skip
    """Draw the clocks of a board as HTML: a wide and a narrow drawing.

    What she holds herself has no clock and is left out.

    Parameters
    ----------
    told, rows
        what becomes of each row, and their names
    spoken
        the row whose tracks are drawn, where they are suits
    day, preserved
        of the request and of the application for preservation [days from the loss]
    """
    first = told[0]
    if isinstance(first, Suit):
        suit: Suit = told[list(rows).index(spoken)]
        lanes, day = lanes_of(suit, lang), suit.asked if suit.asked is not None else -1
    else:
        shown = [(name, each) for name, each in zip(rows, told, strict=True) if not each.own]
        lanes = [lane_of(row_name(name, lang), each, day, lang) for name, each in shown]
    title = _title(lanes, day, preserved, lang)
    wide, narrow = (_Drawing(lanes, day, preserved, size, lang) for size in (WIDE, NARROW))
    return both(wide.svg(title, "wide"), narrow.svg(title, "narrow"))


def _title(lanes: Sequence[Lane], day: int, preserved: int | None, lang: str) -> str:
    """Say every lane in words."""
    listed = "".join(_said(lane, lang) for lane in lanes)
    asked = lesson("clocks.asked", lang, day=day_said(day, lang)) if day >= 0 else ""
    held = lesson("clocks.preserved", lang, day=day_said(preserved or 0, lang))
    held = "" if preserved is None else held
    ends = _lifted(lanes)
    held += "" if ends is None else lesson("clocks.lifted", lang, day=day_said(ends, lang))
    return lesson("clocks.title", lang, lanes=listed, asked=asked, preserved=held)


def _lifted(lanes: Sequence[Lane]) -> int | None:
    """Return the day on which preservation is lifted, alike for all; None where it is not."""
    return next((lane.lifted for lane in lanes if lane.lifted is not None), None)


def _said(lane: Lane, lang: str) -> str:
    parts = []
    for part in (each for each in lane.parts if each.text):
        until = lesson("clocks.endless", lang) if part.ends is None else day_said(part.ends, lang)
        parts.append(lesson("clocks.part", lang, text=part.text, until=until))
    listed = lesson("clocks.comma", lang).join(parts)
    if lane.answered is not None:
        mark = lesson(f"clocks.legend.{lane.mark}", lang)
        listed += lesson("clocks.answer", lang, day=day_said(lane.answered, lang), mark=mark)
    return lesson("clocks.lane", lang, name=lane.name, parts=listed)


def _mark(name: str, x: float, y: float) -> str:
    """Draw what stands at an answer: a dot, a cross, or a ring where a copy was secured."""
    if name == "late":
        wide = 2 * RADIUS
        arms = f"M{x - RADIUS:g} {y - RADIUS:g}l{wide} {wide}m0-{wide}l-{wide} {wide}"
        return f'<path class="clock-late" d="{arms}" stroke="{RED}" stroke-width="3" fill="none"/>'
    fill = INK if name == "early" else PAPER
    return (
        f'<circle class="clock-{name}" cx="{x:g}" cy="{y:g}" r="{RADIUS}" fill="{fill}"'
        f' stroke="{INK}" stroke-width="2"/>'
    )


class _Drawing:
    """One drawing of all lanes."""

    def __init__(
        self, lanes: list[Lane], day: int, preserved: int | None, size: Size, lang: str
    ) -> None:
        self.lanes, self.day, self.preserved = lanes, day, preserved
        self.size = size if lang == "zh" else replace(size, left=size.left + LONGER)
        self.lang = lang
        self.text = size.text if lang == "zh" else size.text - 2
        ends = [p.ends if p.ends is not None else p.begins for lane in lanes for p in lane.parts]
        near = [end for end in ends if end <= 3 * LEAST] + [day, preserved or 0]
        near += [lane.answered or 0 for lane in lanes]
        self.top = max(LEAST, -(-max(near) // STEP) * STEP)
        self.upper = size.small + 6  # room for the words of the marks
        self.low = self.upper + len(lanes) * (size.high + OFF)

    def x(self, day: int) -> float:
        """Return where a day stands."""
        room = self.size.width - self.size.left - 6
        return self.size.left + room * min(day, self.top) / self.top

    def svg(self, title: str, kind: str) -> str:
        """Return the drawing; hatching is named after it, so that two may stand on one page."""
        hatch = (
            f'<defs><pattern id="clock-{kind}" width="7" height="7" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate(45)"><rect width="7" height="7" fill="{PAPER}"/>'
            f'<rect width="2.5" height="7" fill="{GRID}"/></pattern></defs>'
        )
        inner = hatch + self._grid()
        for n, lane in enumerate(self.lanes):
            inner += self._lane(lane, self.upper + n * (self.size.high + OFF), kind)
        foot = self.low + self.size.small + 6
        told = any(lane.answered is not None for lane in self.lanes)
        beside = told and kind == "wide"  # no room below: the board has to stay in sight
        inner += self._marks() + self._ticks(self.marked[:: len(self.marked) - 1 if beside else 1])
        if beside:
            inner += self._legend(self.size.left + 3 * self.size.small, foot - 5)
        elif told:
            inner += self._legend(4, foot + self.size.small)
            foot += self.size.small + 6
        return svg(inner, shapes.Size(self.size.width, 0, 0, 0, 0), foot, title, kind)

    @property
    def marked(self) -> range:
        """The days that are marked: every hundred, or more where there is no room."""
        room = (self.size.width - self.size.left) / TICK
        return range(0, self.top + 1, STEP * -(-self.top // int(STEP * room)))

    def _grid(self) -> str:
        return "".join(
            f'<path d="M{self.x(day):g} {self.upper - 3:g}V{self.low:g}" stroke="{GRID}"/>'
            for day in self.marked
        )

    def _ticks(self, marked: range) -> str:
        """Write days under the lanes."""
        drawn = ""
        for day in marked:
            said = day_said(day, self.lang)
            half = width_of(said, self.size.small) / 2 + 2
            at = min(max(self.x(day), half), self.size.width - half)
            drawn += label(said, at, self.low + self.size.small + 1, self.size.small, FADED)
        return drawn

    def _lane(self, lane: Lane, y: float, kind: str) -> str:
        foot = y + self.size.high / 2 + 0.36 * self.text
        width = self.size.left - 6
        drawn = label(
            shapes.fitted(lane.name, width, self.text),
            self.size.left / 2 - 2,
            foot,
            self.text,
            halo=False,
        )
        drawn += "".join(self._part(part, y, kind) for part in lane.parts)
        return drawn + self._request(lane, y)

    def _part(self, part: Part, y: float, kind: str) -> str:
        """Draw a stretch; its words inside where there is room."""
        if part.look in ("held", "copy"):
            return self._band(part, y)
        x = self.x(part.begins)
        endless = part.ends is None or part.ends > self.top
        end = self.x(self.top if part.ends is None else part.ends)
        high = self.size.high
        hatched = part.look in ("supposed", "waits")
        color = COLORS.get(part.look, TEAL)
        fill = f"url(#clock-{kind})" if hatched else color
        dash = ' stroke-dasharray="5 3"' if part.look == "supposed" else ""
        point = high / 2 if endless else 0
        shape = (
            f'<path d="M{x:g} {y:g}H{end - point:g}L{end:g} {y + high / 2:g}'
            f'L{end - point:g} {y + high:g}H{x:g}z" fill="{fill}" stroke="{color}"'
            f' stroke-width="1.2"{dash}/>'
        )
        middle = self._clear(part.text, x, end - point)
        if middle is None:
            return shape
        foot = y + high / 2 + 0.36 * self.text
        ink = INK if hatched else PAPER
        return shape + label(part.text, middle, foot, self.text, ink, halo=hatched)

    def _band(self, part: Part, y: float) -> str:
        """Draw what is preserved until that is lifted: dark, at the foot of the lane."""
        x, end = self.x(part.begins), self.x(part.begins if part.ends is None else part.ends)
        return (
            f'<rect class="clock-held" x="{x:g}" y="{y + self.size.high - BAND:g}"'
            f' width="{end - x:g}" height="{BAND}" fill="{INK}"/>'
        )

    def _clear(self, text: str, low: float, high: float) -> float | None:
        """Return the middle of words within a stretch, clear of the marks; None: no room."""
        half = width_of(text, self.text) / 2 + 4
        free = [(low, high)]
        for begins, ends in self._busy():
            cut = [((a, min(b, begins)), (max(a, ends), b)) for a, b in free]
            free = [part for pair in cut for part in pair if part[1] > part[0]]
        return next(((a + b) / 2 for a, b in free if text and b - a >= 2 * half), None)

    def _busy(self) -> list[tuple[float, float]]:
        """Return the stretches that the request, its answer and preservation take."""
        days = (self.preserved, _lifted(self.lanes))
        found = [(self.x(day), self.x(day)) for day in days if day is not None]
        if self.day >= 0:
            last = max([lane.answered or 0 for lane in self.lanes] + [self.day])
            found.append((self.x(self.day), self.x(last) + 8))
        return found

    def _request(self, lane: Lane, y: float) -> str:
        """Draw a request from its day to that of the answer, with a mark of what that brings."""
        if lane.asked is None or lane.answered is None:
            return ""
        x, end, middle = self.x(lane.asked), self.x(lane.answered), y + self.size.high / 2
        color = RED if lane.mark == "late" else INK
        drawn = (
            f'<path d="M{x:g} {middle:g}H{end:g}" stroke="{PAPER}" stroke-width="6"/>'
            f'<path d="M{x:g} {middle:g}H{end:g}" stroke="{color}" stroke-width="3"/>'
        )
        return drawn + _mark(lane.mark, end, middle)

    def _legend(self, x: float, foot: float) -> str:
        """Say under the lanes what the marks of answers are."""
        size = self.size.small
        drawn = ""
        for name in ("answer", *MARKS):
            said = lesson(f"clocks.legend.{name}", self.lang)
            if name in MARKS:
                x += RADIUS
                drawn += _mark(name, x, foot - 0.36 * size)
                x += RADIUS + 4
            drawn += (
                f'<text class="clock-legend" x="{x:g}" y="{foot:g}" font-size="{size}"'
                f' fill="{FADED}">{escape(said)}</text>'
            )
            x += width_of(said, size) + GAP
        return drawn

    def _marks(self) -> str:
        """Draw the days of preservation, its end and the request through all lanes, named above."""
        marks = [(self.day, "asked_mark", RED)] if self.day >= 0 else []
        ends = _lifted(self.lanes)
        if ends is not None:
            marks.insert(0, (ends, "lifted_mark", INK))
        if self.preserved is not None:
            marks.insert(0, (self.preserved, "preserved_mark", INK))
        said = [lesson(f"clocks.{key}", self.lang, n=day) for day, key, _ in marks]
        places = self._places([day for day, _, _ in marks], said)
        drawn = ""
        for (day, key, color), text, at in zip(marks, said, places, strict=True):
            dash = ' stroke-dasharray="4 3"' if key == "lifted_mark" else ""
            drawn += (
                f'<path d="M{self.x(day):g} {self.upper - 6:g}V{self.low:g}" stroke="{color}"'
                f' stroke-width="2.5"{dash}/>'
            )
            drawn += label(text, at, self.size.small, self.size.small, color, bold=True)
        return drawn

    def _places(self, days: Sequence[int], said: Sequence[str]) -> list[float]:
        """Return the middles of words at their days, moved apart where they would touch."""
        halves = [width_of(text, BOLD * self.size.small) / 2 + 4 for text in said]
        order = sorted(range(len(days)), key=lambda n: days[n])
        places, low, high = [0.0] * len(days), 0.0, float(self.size.width)
        for n in order:
            places[n] = max(self.x(days[n]), low + halves[n])
            low = places[n] + halves[n]
        for n in reversed(order):
            places[n] = min(places[n], high - halves[n])
            high = places[n] - halves[n]
        return places
