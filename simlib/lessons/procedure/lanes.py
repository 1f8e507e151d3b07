"""The picture of lesson 07: the criminal track above, below it her suit in four ways.

All stand on one axis of months from the loss. What is heard is a bar in the colour of the way's
authority; what only waits is a frame, and a wall stands where the criminal case lets it go on. A
dashed line is an appeal against a ruling that sent her away, for that is a right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.figures.board import COURT, figures
from simlib.figures.names_of_people import short_names
from simlib.figures.opening.shapes import fitted, fitting, width_of, wrapped
from simlib.figures.picture import (
    Box,
    Grip,
    Line,
    Look,
    Mark,
    Person,
    Picture,
    Size,
    Switch,
    Thing,
    asking,
    telling,
    words,
)
from simlib.figures.style import BASIS, FADED, GRID, INK, PAPER, PRACTICE, ROLES, SLATE
from simlib.figures.suit_words import document_name
from simlib.interval import high_end, low_end
from simlib.lessons.procedure.outcomes import (
    FINAL,
    LAW,
    MONEY,
    NEVER,
    TRIALS,
    line,
    months_between,
)
from simlib.lessons.reader import lesson_of
from simlib.text import amount

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.lessons.procedure.outcomes import Suit
    from simlib.procedure import Step

TOPIC = "procedure"
HELD = ("stayed", "refused", "dismissed", "transferred", "rest")  # she waits
FIRST = ("filing", "mediation", "complaint")  # before it is heard
APPEAL = ("ruling_period", "ruling_second")
AFTER = ("judged", "second", "enforcement")  # shown where they decide, or bring money
AXIS = 1_800  # the axis is of so many hundredths of a month, or of twice or three times as many
TICKS = 3  # steps of the axis
ENDS = "criminal_final"  # what the criminal case ends in if he is convicted
DECIDED = ("claim_dismissed", "judgment", "partial_judgment", FINAL)
FULL = 1.08  # how much wider bold letters are


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in one drawing [px]: the axis' ends, rows, a bar's height, a figure."""

    left: Mapping[str, float]
    right: float
    money: float
    top: float
    step: float
    bar: float
    head: float


LAYOUTS = {
    "wide": Layout({"zh": 104, "en": 128}, 8, 130, 66, 34, 24, 6.2),
    "narrow": Layout({"zh": 92, "en": 126}, 6, 78, 64, 34, 24, 6.2),
}


def lanes(found: Mapping[str, Suit], scene: Scene, size: Size, say: Say) -> Picture:
    """Draw the criminal case and the suit in each way."""
    return _Lanes(found, scene, size, say).picture()


@dataclass(frozen=True, slots=True)
class _Span:
    """A step on the axis: from and to [hundredths of a month]; `ends` None: without end."""

    step: Step
    begins: int
    ends: int | None

    @property
    def last(self) -> int:
        return self.begins if self.ends is None else self.ends


class _Lanes:
    """One drawing of one outcome."""

    def __init__(self, found: Mapping[str, Suit], scene: Scene, size: Size, say: Say) -> None:
        self.found, self.scene, self.size, self.say = found, scene, size, say
        self.at = LAYOUTS[size.name]
        self.ways = [way for way in scene.rows if way != COURT]
        self.suit = found[LAW]
        self.asks_money = scene.column == MONEY
        self.sued = self.month(self.suit.schedule.sue_on)
        self.spans = {way: self._civil(found[way]) for way in self.ways}
        self.crime = self._spans(found[LAW], "criminal")
        self.left = self.at.left.get(say.lang, self.at.left["en"])
        self.right = size.width - (self.at.money if self.asks_money else self.at.right)
        ends = [span.last for spans in self.spans.values() for span in spans]
        need = max([*ends, *(span.last for span in self.crime), self.sued])
        self.top = AXIS * -(-need // AXIS)
        self.tail = max([need - max(self.sued, self.told), 0])

    # ------------------------------------------------------------ measures

    def month(self, day: datetime.date) -> int:
        """Return a day in months from the loss [hundredths]."""
        return months_between(self.suit.acted_on, day)

    @property
    def told(self) -> int:
        """When the criminal case has ended [hundredths of a month]; 0: never."""
        ends = self.suit.line.criminal_ends_on
        return self.month(ends) if ends else 0

    def x(self, month: float) -> float:
        """Return where a month stands."""
        return self.left + (self.right - self.left) * min(month, self.top) / self.top

    def y(self, row: int) -> float:
        """Return where the bar of a way begins."""
        return self.at.top + row * self.at.step

    def foot(self, y: float) -> float:
        """Return the foot of words in a bar that begins at a height."""
        return y + self.at.bar / 2 + 0.36 * self.size.small

    def color(self, way: str) -> str:
        """Return the colour of the authority a way has here."""
        told = line(self.found, way, self.scene, self.say)
        found = (told and told.authority) or lesson_of(TOPIC).rows[way].authority
        return BASIS.get(found, PRACTICE)

    def _spans(self, suit: Suit, track: str) -> list[_Span]:
        """The steps of a track on the axis; what takes no day is left out."""
        found = []
        for step in suit.line.steps:
            if step.track == track and step.begins is not None and step.begins != step.ends:
                ends = None if step.ends is None else self.month(step.ends)
                found.append(_Span(step, self.month(step.begins), ends))
        return found

    def _civil(self, suit: Suit) -> list[_Span]:
        """What is drawn of a suit: until it is judged for good; to the money, where that is asked.

        A second instance counts where it gives another document than the first.
        """
        shown = {*HELD, *FIRST, *APPEAL, *TRIALS}
        shown |= {"judged", "second"} if suit.line.document == FINAL else set()
        shown |= set(AFTER) if self.asks_money and suit.paid else set()
        spans = self._spans(suit, "civil")
        if any(span.step.state == "rest" for span in spans):  # it stands where they would
            shown -= set(AFTER)
        return [span for span in spans if span.step.state in shown]

    # ------------------------------------------------------------ the drawing

    def picture(self) -> Picture:
        """Draw the axis first, then bars, the day of the suit, and words over all of them."""
        rows = list(enumerate(self.ways))
        things = [*self._axis(), *self._criminal(), *self._day()]
        things += telling(thing for row, way in rows for thing in self._lane(row, way))
        things += asking(
            words(f"asks:{way}", self.say("tracks.asks"), self.x(self.sued) + 10,
                  self.foot(self.y(row)), self.size.small, bold=True) for row, way in rows
        )  # fmt: skip
        things += [thing for row, way in rows for thing in self._who(row, way)]
        if self.asks_money:
            things += telling(thing for row, way in rows for thing in self._money(row, way))
        things += self._hands()
        return Picture(self.size, self.low + 2 + 1.2 * self.size.small, things)

    @property
    def low(self) -> float:
        """Where the last lane ends."""
        return self.y(len(self.ways)) - (self.at.step - self.at.bar) + 4

    def _axis(self) -> list[Thing]:
        """Lines at the months, with their numbers below, the unit at the last."""
        found: list[Thing] = []
        small = self.size.small
        for n in range(TICKS + 1):
            month = self.top * n // TICKS
            x, said = self.x(month), f"{month // 100}"
            if n == TICKS:
                said = self.say("tracks.tick", n=said)
            half = width_of(said, small) / 2
            at = min(max(x, half), self.size.width - half)
            found.append(Line(id=f"tick:{n}", x=x, y=2, by=(x, self.low), color=GRID, wide=1))
            found.append(words(f"tick-said:{n}", said, at, self.low + 1.1 * small, small,
                               side="middle", soft=True))  # fmt: skip
        return found

    # ------------------------------------------------------------ the criminal case

    def _criminal(self) -> list[Thing]:
        """Its stages, and what it ends in; without end it runs to the edge."""
        name = self.say("procedure:tracks.criminal")
        found: list[Thing] = [words("criminal", name, 0, self.foot(2), self.size.small, bold=True)]
        for n, span in enumerate(self.crime):
            found += self._stage(f"criminal:{n}", span)
        last = self.crime[-1] if self.crime else None
        if last and last.step.document == ENDS:
            said, x = self.say(f"tracks.flags.{ENDS}"), self.x(last.last) + 8
            if x + width_of(said, self.size.small) < self.size.width:
                found.append(words("criminal:ends", said, x, self.foot(2), self.size.small))
        return found

    def _stage(self, id: str, span: _Span) -> list[Thing]:
        x, small = self.x(span.begins), self.size.small
        wide = self.x(self.top if span.ends is None else span.ends) - x
        said = self.say(f"tracks.states.{span.step.state}")
        if span.ends is None:
            said = self.say("tracks.endless", state=said)
        look: Look = "frame" if span.ends is None else "full"
        box = Box(id=id, x=x, y=2, w=max(wide - 1.5, 1), h=self.at.bar, color=SLATE, look=look,
                  round=4)  # fmt: skip
        if width_of(said, small) + 6 > wide:
            return [box]
        on, at = span.ends is not None, x + wide / 2
        return [box, words(f"{id}:said", said, at, self.foot(2), small, side="middle", on=on,
                           color=PAPER if on else INK)]  # fmt: skip

    # ------------------------------------------------------------ the day of the suit

    def _day(self) -> list[Thing]:
        """The line of her suit through every way, with its name; of a freeze, its day too."""
        x, small = self.x(self.sued), self.size.small
        color = ROLES["victim"]
        foot = self.at.top - 17 + 0.36 * small
        said = self._sues(0.4 * self.size.width, small)
        wide = FULL * width_of(said, small)
        before = x + 18 + wide > self.size.width
        at = x - 18 - wide if before else x + 18
        found: list[Thing] = [
            Line(id="suit", x=x, y=2 + self.at.bar, by=(x, self.low), color=color, wide=2.5),
            words("suit:said", said, at, foot, small, bold=True, color=color),
        ]
        found += self._usual(foot)
        found += self._walls_say(foot, x + 14 if before else at + wide)
        return [*found, *self._freeze(foot)]

    def _sues(self, room: float, size: float) -> str:
        """Say that she sues, and for which loss where there is room and no amount stands."""
        case, lang = self.suit.problem.case, self.say.lang
        who = short_names(case, lang)[case.claimant]
        plain = self.say("tracks.sues", who=who)
        full = self.say("tracks.sues_for", who=who, loss=amount(case.loss_fen, lang))
        texts = (plain,) if self.asks_money else (full, plain)
        return fitting(texts, room / FULL, size) or fitted(plain, room, size)

    def _usual(self, foot: float) -> list[Thing]:
        """Which of the three time lines is drawn, unless a freeze needs the room."""
        said, small = self.say("procedure:variants.ordinary"), self.size.small
        month, freeze = self._freezes(), self.say("tracks.states.preserving")
        needs = width_of(said, small) + width_of(freeze, small) + 25
        if month is not None and month <= self.sued and needs > self.x(month):
            return []
        return [words("usual", said, 0, foot, small, soft=True)]

    def _walls_say(self, foot: float, taken: float) -> list[Thing]:
        """What a wall is, once, at the right where there is room."""
        if self._freezes() is not None or not any(self._wall(way) for way in self.ways):
            return []
        small = self.size.small
        for key in ("tracks.wall", "tracks.wall_short"):
            x = self.size.width - width_of(self.say(key), small) - 12
            if x > taken + 12:
                sign = Box(id="wall", x=x, y=foot - 14, w=6, h=17)
                said = words("wall:said", self.say(key), x + 12, foot, small, soft=True)
                return telling([sign, said])
        return []

    def _freezes(self) -> int | None:
        """When she asks for preservation before she sues [hundredths of a month]; None: never."""
        on = self.suit.problem.preserve_on
        return self.month(on) if on and self.asks_money else None

    def _freeze(self, foot: float) -> list[Thing]:
        """The day of preservation, its name on the side that is free."""
        month = self._freezes()
        if month is None:
            return []
        x, small, said = self.x(month), self.size.small, self.say("tracks.states.preserving")
        low = self.at.top - 4
        mark = Mark(id="freeze", x=x, y=low, shape="down", size=7)
        line = Line(id="freeze:day", x=x, y=low, by=(x, self.low), wide=1.5)
        if month <= self.sued:
            at = min(x - 9, self.x(self.sued) - 16)
            return [line, mark, words("freeze:said", said, at, foot, small, side="end")]
        beyond = x + 12 + width_of(said, small)
        taken = self.x(self.sued) + 24 + FULL * width_of(self.say("tracks.sued"), small) * 3
        if beyond > self.size.width or x < taken:
            return [line, mark]
        return [line, mark, words("freeze:said", said, x + 9, foot, small)]

    # ------------------------------------------------------------ a way

    def _who(self, row: int, way: str) -> list[Thing]:
        """Name a way; she stands where her suit begins."""
        small, y = self.size.small, self.y(row)
        room = self.left - 4 - 3.5 * self.at.head
        lines = wrapped(self.say(f"rows.{way}.name"), room / FULL, small)[:2]
        foot = self.foot(y) - (len(lines) - 1) * 0.52 * small
        found: list[Thing] = [
            words(f"way:{way}:{n}", fitted(each, room, small), 0, foot + 1.05 * n * small, small,
                  bold=True) for n, each in enumerate(lines)
        ]  # fmt: skip
        figure = Person(id=f"person:{way}", x=self.x(self.sued) - 2.1 * self.at.head, y=y,
                        head=self.at.head, color=ROLES["victim"])  # fmt: skip
        return [*found, figure]

    def _lane(self, row: int, way: str) -> list[Thing]:
        """What becomes of her suit: heard, waiting, sent away; what decides on it at its end."""
        y, color, spans = self.y(row), self.color(way), self.spans[way]
        found: list[Thing] = []
        for n, span in enumerate(spans):
            found += self._part(f"{way}:{n}", way, span, y, color)
        found += self._appeal(way, y)
        if wall := self._wall(way):
            x = self.x(wall)
            found.append(Box(id=f"wall:{way}", x=x - 3, y=y - 4, w=6, h=self.at.bar + 8))
        return [*found, *self._ended(way, y)]

    def _part(self, id: str, way: str, span: _Span, y: float, color: str) -> list[Thing]:
        """One step: a bar, paler before and after it is heard, a frame where she waits."""
        state = span.step.state
        if state in APPEAL:
            return []
        x = self.x(span.begins)
        wide = self.x(self.top if span.ends is None else span.ends) - x
        look: Look = "frame" if state in HELD else "full" if state in TRIALS else "pale"
        box = Box(id=id, x=x, y=y, w=max(wide - 1, 2), h=self.at.bar, look=look, round=4,
                  color=FADED if look == "frame" else color)  # fmt: skip
        room = min(x + wide, self._edge(way)) - x
        said = next((text for text in self._says(way, span)
                     if FULL * width_of(text, self.size.small) + 10 < room), "")  # fmt: skip
        if not said:
            return [box]
        on = look == "full"
        return [box, words(f"{id}:said", said, x + room / 2, self.foot(y), self.size.small,
                           side="middle", bold=look != "pale", on=on,
                           color=PAPER if on else INK)]  # fmt: skip

    def _says(self, way: str, span: _Span) -> list[str]:
        """What may stand in a step, the longest first."""
        state = span.step.state
        named = self.say(f"tracks.states.{state}")
        if state not in HELD:
            return [named]
        document = self._held(way, span)
        found = [document_name(document, self.say.lang)] if document else []
        found += [self.say(f"tracks.{state}")] if state == "rest" else []
        found += [named]
        if span.ends is None:
            found = [*(self.say("tracks.endless", state=each) for each in found), *found]
        return [*found, *self._short(document)]

    def _short(self, document: str) -> list[str]:
        """Name a document in as few words as there are for it."""
        keys = (f"tracks.flags.{document}", f"tracks.short.{document}")
        return [self.say(key) for key in keys if document and self.say.has(key)]

    def _held(self, way: str, span: _Span) -> str:
        """Which document makes her wait; empty: none."""
        if span.step.state in ("stayed", "rest"):
            return "stay" if span.step.state == "stayed" else ""
        before = [s.step.document for s in self.spans[way] if s.last <= span.begins and s != span]
        return next((each for each in reversed(before) if each), "")

    def _wall(self, way: str) -> int:
        """Where the criminal case lets her suit go on [hundredths of a month]; 0: nowhere."""
        ends = [span.ends for span in self.spans[way] if span.step.state in HELD and span.ends]
        return ends[0] if ends else 0

    def _appeal(self, way: str, y: float) -> list[Thing]:
        """The way back of who was sent away: from the ruling to the second instance and down."""
        spans = [span for span in self.spans[way] if span.step.state in APPEAL]
        if not spans or spans[-1].ends is None:
            return []
        x, end, low = self.x(spans[0].begins), self.x(spans[-1].ends), y + self.at.bar - 3
        by = (x, y + 3, end, y + 3, end, low)
        return [Line(id=f"appeal:{way}", x=x, y=low, by=by, dashed=True, arrow=True)]

    def _ended(self, way: str, y: float) -> list[Thing]:
        """What decided on her suit, where there is room: after it, else before it began."""
        spans, suit = self.spans[way], self.found[way]
        last = max((span.last for span in spans), default=NEVER)
        if not spans or any(span.ends is None for span in spans) or self._collects(way):
            return []
        document = suit.line.document if suit.line.document in DECIDED else suit.document
        small, named = self.size.small, [document_name(document, self.say.lang)]
        named += self._short(document)
        x, edge = self.x(last) + 7, self._edge(way)
        start = self.x(self.sued) - 4.2 * self.at.head
        for said in named:
            if x + FULL * width_of(said, small) <= edge:
                return [words(f"ends:{way}", said, x, self.foot(y), small, bold=True)]
        for said in named:
            if start - FULL * width_of(said, small) > self.left:
                return [words(f"ends:{way}", said, start, self.foot(y), small, side="end",
                              bold=True)]  # fmt: skip
        return []

    def _collects(self, way: str) -> bool:
        """Whether what is drawn of a way ends in money, which stands beside it."""
        return any(span.step.state == "enforcement" for span in self.spans[way])

    # ------------------------------------------------------------ money

    def _money(self, row: int, way: str) -> list[Thing]:
        """What she is paid in the end, on a scale of her loss; a range is striped."""
        y, paid, loss = self.y(row), self.found[way].paid, self.suit.problem.case.loss_fen
        left, full = self.right + 8, self.size.width - self.right - 10
        bar, small = 8.0, self.size.small
        found: list[Thing] = [Box(id=f"loss:{way}", x=left, y=y + 18, w=full, h=bar, look="track")]
        if paid is None:
            return found
        low, high = (full * min(end, loss) / loss for end in (low_end(paid), high_end(paid)))
        color = ROLES["victim"]
        if low:
            found.append(Box(id=f"paid:{way}", x=left, y=y + 18, w=low, h=bar, color=color))
        if high > low:
            found.append(Box(id=f"open:{way}", x=left + low, y=y + 18, w=high - low, h=bar,
                             color=color, look="striped"))  # fmt: skip
        text = figures(paid, self.say.lang)
        if FULL * width_of(text, small) > full:
            return found
        return [*found, words(f"got:{way}", text, left, y + 14, small, bold=True)]

    # ------------------------------------------------------------ what the hand takes

    def _edge(self, way: str) -> float:
        """How far to the right words of a way may go: to the money, or to the switch."""
        return self.right - 4 if self.asks_money else self._turn(way) - 4

    def _turn(self, way: str) -> float:
        """Where what belongs to the switch of an appeal begins; the edge where there is none."""
        if "refusal" not in self.scene.knobs or not self._sent_away(way):
            return self.size.width
        return self.size.width - 46 - width_of(self.say("knob.refusal_is.appeal"), self.size.small)

    def _sent_away(self, way: str) -> bool:
        """Whether the suit was sent away at first, so that there is a ruling to appeal against."""
        return self.found[way].line.admissions[0].document != "registered"

    def _hands(self) -> list[Thing]:
        """The day of the suit, and whether she appeals."""
        far = max(0, self.top - self.tail) // 100
        near = 0 if self.told + self.tail > self.top - AXIS else (self.top - AXIS) // 100
        near = min(near, self.sued // 100)
        ends = self.x(100 * near), self.x(100 * far)
        found: list[Thing] = [
            Grip(
                id="sue",
                x=self.x(self.sued),
                y=self.at.top - 17,
                knob="sue",
                ends=ends,
                values=(near, far),
            )  # fmt: skip
        ]
        for row, way in enumerate(self.ways):
            if (x := self._turn(way)) < self.size.width:
                found += self._appeals(way, x, self.y(row))
        return found

    def _appeals(self, way: str, x: float, y: float) -> list[Thing]:
        """A switch: to appeal against the ruling, or to wait."""
        on = self.found[way].problem.held["refusal"] == "appeal"
        small, name = self.size.small, self.say("knob.refusal_is.appeal")
        x_switch, to = self.size.width - 22, "wait" if on else "appeal"
        switch = Switch(id=f"turn:{way}", x=x_switch, y=y + self.at.bar / 2, knob="refusal",
                        to=to, on=on, name=name)  # fmt: skip
        return [words(f"turn-said:{way}", name, x, self.foot(y), small), switch]
