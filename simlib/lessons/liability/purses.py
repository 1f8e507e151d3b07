"""The picture of lesson 04: purses above a tub, on one scale of money.

What each pays falls from his purse into the victim's tub; what the tub still lacks the victim
bears. A frame is what may be asked of a person, a triangle what he bears in the end, a dashed line
whom he may turn to afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.figures.board import figures
from simlib.figures.names_of_people import debtors_of, short_names
from simlib.figures.opening.shapes import fitted, width_of, wrapped
from simlib.figures.picture import (
    Box,
    Grip,
    Line,
    Look,
    Mark,
    Person,
    Picture,
    Size,
    Stream,
    Thing,
    Vessel,
    Words,
    asking,
    telling,
    words,
)
from simlib.figures.picture_parts import colors
from simlib.figures.style import FADED, INK, PAPER, ROLES
from simlib.interval import Interval, added, high_end, low_end
from simlib.lessons.liability.outcomes import back_first, own_part, why_supposed
from simlib.text import amount, percent

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.lessons.declaration import Scene
    from simlib.lessons.liability.outcomes import Found
    from simlib.lessons.outcome import Say
    from simlib.liability.outcome import PartyOutcome
    from simlib.money import Fen

MOST = 5  # people drawn
FULL = 2.5  # an edge of the tub [px]
BOLD = 1.05  # how much wider bold letters are


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in one drawing [px]: the tub's left edge and width, rows, heights."""

    left: float
    full: float
    step: float
    bar: float
    tub: float
    top: float


LAYOUTS = {
    "wide": Layout(196, 540, 66, 30, 46, 16),
    "narrow": Layout(6, 350, 72, 26, 46, 34),
}


def purses(found: Found, scene: Scene, size: Size, say: Say) -> Picture:
    """Draw who may be asked for how much, who pays what, and what the victim's tub lacks."""
    return _Purses(found, scene, size, say).picture()


class _Purses:
    """One drawing of one outcome."""

    def __init__(self, found: Found, scene: Scene, size: Size, say: Say) -> None:
        self.found, self.scene, self.size, self.say = found, scene, size, say
        self.at = LAYOUTS[size.name]
        self.case = found.case
        self.names = short_names(found.case, say.lang)
        self.ids = debtors_of(found.now)[:MOST]
        self.colors = colors(found.case, self.ids)
        self.starts = self._starts()
        self.beside = size.name == "wide"  # names stand at the left of the purses

    # ------------------------------------------------------------ measures

    def px(self, fen: Fen) -> float:
        """Return how wide an amount is drawn."""
        return self.at.full * fen / self.case.loss_fen

    def x(self, fen: Fen) -> float:
        """Return where an amount ends in the tub, which nothing leaves."""
        return self.at.left + min(self.px(fen), self.at.full)

    def y(self, row: int) -> float:
        """Return where the purse of a row begins."""
        return self.at.top + row * self.at.step

    def mine(self, id: str) -> PartyOutcome:
        """Return what becomes of somebody."""
        return self.found.now.parties[id]

    def color(self, id: str) -> str:
        """Return whose colour it is."""
        return self.colors[id]

    def _starts(self) -> dict[str, Fen]:
        """Where what each pays begins in the tub, after what came back and what others pay."""
        at = self._back()
        found: dict[str, Fen] = {}
        for id in self.ids:
            found[id] = min(at, self.case.loss_fen)
            at += high_end(self.mine(id).paid_fen)
        return found

    def _back(self) -> Fen:
        """What she has got back before anybody pays [fen]."""
        own = own_part(self.found)
        claim = self.found.now.claim_fen
        if isinstance(own, Interval):
            return back_first(self.found)
        return max(0, self.case.loss_fen - own - claim)

    # ------------------------------------------------------------ the drawing

    def picture(self) -> Picture:
        """Draw streams first, then purses, the tub, and words over all of them."""
        rows = list(enumerate(self.ids))
        things = telling(thing for row, id in rows for thing in self._falls(row, id))
        things += telling(self._tub())
        things += telling(thing for row, id in rows for thing in self._purse(row, id))
        things += asking(thing for row, id in rows for thing in self._means(row, id))
        things += self._victim()
        things += [thing for row, id in rows for thing in self._person(row, id)]
        things += telling(thing for row, id in rows for thing in self._amounts(row, id))
        things += telling(self._recourse())
        things += telling(
            grip for row, id in rows for grip in self._grips(row, id, self.starts[id])
        )
        things += asking(grip for row, id in rows for grip in self._grips(row, id, 0))
        signs, foot = self._signs()
        things += telling(signs)
        return Picture(self.size, foot + 0.45 * self.size.small, things)

    @property
    def tub(self) -> float:
        """Where the tub begins."""
        return self.y(len(self.ids)) + (0 if self.beside else 12)

    @property
    def low(self) -> float:
        """Where the tub ends."""
        return self.tub + self.at.tub

    def _falls(self, row: int, id: str) -> list[Thing]:
        """What he pays on its way into the tub."""
        paid = self.mine(id).paid_fen
        wide = self.x(self.starts[id] + high_end(paid)) - self.x(self.starts[id])
        if not wide:
            return []
        x, top = self.x(self.starts[id]) + wide / 2, self.y(row) + self.at.bar
        look: Look = "striped" if isinstance(paid, Interval) else "pale"
        return [Stream(id=f"fall:{id}", x=x, y=top, to_x=x, to_y=self.tub + 6, wide=wide,
                       color=self.color(id), look=look, falls=True)]  # fmt: skip

    def _purse(self, row: int, id: str) -> list[Thing]:
        """The frame of what may be asked; in it what he pays, and what stays in his purse."""
        party, mine, y = self.case.party(id), self.mine(id), self.y(row)
        start, color = self.x(self.starts[id]), self.color(id)
        left = [] if party.assets_fen == 0 else self._left(id, start, y, color)
        return [*left, *self._paid(id, start, y, color), *self._asked(id, mine, start, y)]

    def _asked(self, id: str, mine: PartyOutcome, start: float, y: float) -> list[Thing]:
        """What may be asked of him: never beyond the tub, for three such do not add up."""
        asked = self.px(high_end(mine.exposure_fen))
        if not asked:
            return []
        x = min(start, self.at.left + self.at.full - asked)
        look: Look = "ghost" if why_supposed(self.found, id, "zh") else "frame"
        frame = Box(id=f"frame:{id}", x=x, y=y, w=asked, h=self.at.bar, look=look, round=6)
        if isinstance(mine.burden_fen, Interval):
            return [frame]
        at = self.x(self.starts[id] + mine.burden_fen)
        if start + self.px(mine.burden_fen) > self.at.left + self.at.full:
            at = x + self.px(mine.burden_fen)
        mark = Mark(id=f"burden:{id}", x=at, y=y - 1, shape="down")
        return [frame, Line(id=f"bears:{id}", x=at, y=y, by=(at, y + self.at.bar)), mark]

    def _paid(self, id: str, start: float, y: float, color: str) -> list[Thing]:
        paid = self.mine(id).paid_fen
        low, high = (self.x(self.starts[id] + end) for end in (low_end(paid), high_end(paid)))
        parts: list[Thing] = []
        if low > start:
            parts.append(Box(id=f"paid:{id}", x=start, y=y, w=low - start, h=self.at.bar,
                             color=color, round=6))  # fmt: skip
        if high > low:
            parts.append(Box(id=f"open:{id}", x=low, y=y, w=high - low, h=self.at.bar, color=color,
                             look="striped", round=6))  # fmt: skip
        return parts

    def _means(self, row: int, id: str) -> list[Thing]:
        """What he has, before anybody pays: a fact that an answer can be made of."""
        has, at = self.case.party(id).assets_fen, self.at
        wide = at.full if has is None else min(at.full, self.px(has))
        y, foot = self.y(row), self.y(row) + at.bar / 2 + 0.36 * self.size.text
        found: list[Thing] = [Box(id=f"means:{id}", x=at.left, y=y, w=wide, h=at.bar, look="pale",
                                  color=self.color(id), round=6)]  # fmt: skip
        if has:
            found.append(words(f"means-said:{id}", figures(has, self.say.lang), at.left + wide + 20,
                               foot, self.size.text, bold=True))  # fmt: skip
        return found if wide else []

    def _left(self, id: str, start: float, y: float, color: str) -> list[Thing]:
        """Draw what stays with him of what he has; of means without end, to the tub's edge."""
        has, paid = self.case.party(id).assets_fen, high_end(self.mine(id).paid_fen)
        ends = self.at.left + self.at.full
        end = ends if has is None else min(ends, start + self.px(has))
        begins = self.x(self.starts[id] + paid)
        if end <= begins:
            return []
        return [Box(id=f"left:{id}", x=begins, y=y, w=end - begins, h=self.at.bar, color=color,
                    look="pale", round=6)]  # fmt: skip

    # ------------------------------------------------------------ words

    def _person(self, row: int, id: str) -> list[Thing]:
        """Who he is, his share and means."""
        return self._beside(row, id) if self.beside else self._above(row, id)

    def _facts(self, id: str) -> tuple[str, str]:
        party = self.case.party(id)
        share = self.say("purses.share", share=percent(self.mine(id).share, self.say.lang))
        if not party.sued:
            return share, self.say("purses.not_sued")
        if party.assets_fen is None:
            return share, self.say("purses.endless")
        key = "has" if party.assets_fen else "nothing"
        return share, self.say(f"purses.{key}", amount=amount(party.assets_fen, self.say.lang))

    def _beside(self, row: int, id: str) -> list[Thing]:
        """Name, facts and figure at the left of the purse."""
        size, y = self.size, self.y(row)
        x = self.at.left - 14 - 1.75 * size.head
        room = x - 1.75 * size.head - 4
        lines = wrapped(self.names[id], room, 1.05 * size.text)[:2]
        foot, drawn = y + 0.5 * size.text, list[Thing]()
        for n, line in enumerate(lines):
            drawn.append(words(f"name:{id}:{n}", line, 0, foot, size.text, bold=True))
            foot += 1.25 * size.small
        for n, line in enumerate(self._facts(id)):
            text = fitted(line, room, size.small)
            drawn.append(words(f"fact:{id}:{n}", text, 0, foot, size.small, soft=True))
            foot += 1.25 * size.small
        figure = Person(id=f"person:{id}", x=x, y=y - 0.4 * size.head, head=size.head,
                        color=self.color(id))  # fmt: skip
        return [*drawn, figure]

    def _above(self, row: int, id: str) -> list[Thing]:
        """Figure, name and facts above the purse."""
        size, foot = self.size, self.y(row) - 12
        figure = Person(id=f"person:{id}", x=self.at.left + 1.8 * size.head, color=self.color(id),
                        y=foot - 3.3 * size.head, head=0.86 * size.head)  # fmt: skip
        x = self.at.left + 4.2 * size.head
        name = fitted(self.names[id], 0.4 * self.at.full, 1.05 * size.text)
        facts = self.say("purses.between").join(self._facts(id))
        beyond = x + width_of(name, 1.08 * size.text) + 8
        facts = fitted(facts, self.size.width - beyond, size.small)
        return [figure, words(f"name:{id}:0", name, x, foot, size.text, bold=True),
                words(f"fact:{id}:0", facts, beyond, foot, size.small, soft=True)]  # fmt: skip

    def _amounts(self, row: int, id: str) -> list[Thing]:
        """What he pays, or that his purse is empty; what stays in it."""
        paid, party = self.mine(id).paid_fen, self.case.party(id)
        size, foot = self.size, self.y(row) + self.at.bar / 2 + 0.36 * self.size.text
        start, end = (self.x(self.starts[id] + fen) for fen in (0, high_end(paid)))
        if not high_end(paid):
            key = "" if party.assets_fen or party.assets_fen is None else "purses.empty"
            if not key:
                return self._kept(id, start, foot)
            return [words(f"said:{id}", self.say(key), start + 20, foot, size.small, soft=True)]
        text = figures(paid, self.say.lang)
        inside = width_of(text, size.text) + 22 < end - start and not isinstance(paid, Interval)
        x = start + 10 if inside else end + 18
        if x + BOLD * width_of(text, size.text) > size.width:
            x = start - 8 - BOLD * width_of(text, size.text)
        color = PAPER if inside else INK
        said = words(f"said:{id}", text, x, foot, size.text, bold=True, on=inside, color=color)
        return [said, *self._kept(id, end if inside else x + width_of(text, size.text), foot)]

    def _said_to(self, row: int, id: str) -> float:
        """Return where what is said of his purse ends."""
        said = [each for each in self._amounts(row, id) if isinstance(each, Words)]
        return max((each.x + BOLD * width_of(each.text, each.size) for each in said), default=0)

    def _kept(self, id: str, begins: float, foot: float) -> list[Thing]:
        """Say how much stays in his purse, where there is room."""
        has, paid = self.case.party(id).assets_fen, self.mine(id).paid_fen
        if has is None or isinstance(paid, Interval) or has <= paid:
            return []
        text = self.say("purses.left", amount=figures(has - paid, self.say.lang))
        room = min(self.x(self.starts[id] + has), self.at.left + self.at.full) - begins - 34
        if width_of(text, self.size.small) > room:
            return []
        return [words(f"kept:{id}", text, begins + 12, foot, self.size.small)]

    # ------------------------------------------------------------ the tub

    def _tub(self) -> list[Thing]:
        """Draw the tub: what came back, what each pays, what is lacking, what she bears herself."""
        parts = [*self._filled(), *self._lacking()]
        if text := self._lacks():
            foot, end = self.low + 1.35 * self.size.small, self.at.left + self.at.full
            parts.append(words("tub:lacks", text, end, foot, self.size.small, side="end",
                               bold=True))  # fmt: skip
        return parts

    def _lacks(self) -> str:
        """What is said of what is lacking; empty: nothing is."""
        lacking = self.found.now.unrecovered_fen
        text = self.say("purses.lacking", amount=amount(lacking, self.say.lang))
        return text if high_end(lacking) else ""

    def _below(self, wide: float) -> float:
        """Return where so much stands below the tub: beside what it lacks, or a line lower."""
        room = self.at.full - BOLD * width_of(self._lacks(), self.size.small)
        return self.low + (1.35 if wide < room else 2.8) * self.size.small

    def _named(self) -> str:
        """What the tub is called where its name stands below it."""
        lost = amount(self.case.loss_fen, self.say.lang)
        return self.say("purses.tub", victim=self.names[self.case.claimant], amount=lost)

    def _victim(self) -> list[Thing]:
        """The tub with her name: how much would fill it; a sign where that is asked."""
        victim, at, size = self.case.claimant, self.at, self.size
        color, called = ROLES["victim"], self.names[self.case.claimant]
        sign = words("tub:asks", self.say("purses.asks"), at.left + at.full / 2,
                     self.low - 12, 1.6 * size.text, side="middle", bold=True)  # fmt: skip
        tub = Vessel(id="tub", x=at.left - FULL, y=self.tub - 10, w=at.full + 2 * FULL,
                     h=at.tub + 10 + FULL, color=color)  # fmt: skip
        found: list[Thing] = [*asking([sign]), tub]
        if not self.beside:
            foot = self._below(width_of(self._named(), size.small))
            return [*found, words("tub:full", self._named(), at.left, foot, size.small, soft=True)]
        x, head, foot = at.left - 14 - 1.75 * size.head, size.head, self.tub + 0.8 * size.text
        said = self.say("purses.lost", amount=amount(self.case.loss_fen, self.say.lang))
        return [
            *found,
            Person(id=f"person:{victim}", x=x, y=self.tub - 2, head=head, color=color),
            words(f"name:{victim}", called, 0, foot, size.text, bold=True),
            words("tub:full", said, 0, foot + 1.35 * size.small, size.small, soft=True),
        ]

    def _filled(self) -> list[Thing]:
        """What is in it, each part with whose it is where there is room."""
        found: list[Thing] = []
        if back := self._back():
            found += self._part("back", 0, back, FADED, self.say("purses.back"))
        for id in self.ids:
            paid = self.mine(id).paid_fen
            found += self._part(id, self.starts[id], paid, self.color(id), self.names[id])
        return found

    def _part(self, id: str, start: Fen, fen: FenRange, color: str, who: str) -> list[Thing]:
        x, low, high = (self.x(start + each) for each in (0, low_end(fen), high_end(fen)))
        top, tall, found = self.tub + 6, self.at.tub - 6, list[Thing]()
        if low > x:
            found.append(Box(id=f"in:{id}", x=x, y=top, w=low - x, h=tall, color=color))
        if high > low:
            found.append(Box(id=f"in-open:{id}", x=low, y=top, w=high - low, h=tall, color=color,
                             look="striped"))  # fmt: skip
        text = f"{who}{figures(fen, self.say.lang)}" if high > x else ""
        if text and low > x and width_of(text, self.size.small) + 8 < low - x:
            at = (x + low) / 2, top + tall / 2 + 5, self.size.small
            found.append(words(f"in-said:{id}", text, *at, side="middle", bold=True, on=True,
                               color=PAPER))  # fmt: skip
        return found

    def _lacking(self) -> list[Thing]:
        """What it lacks, and what she bears by her own fault."""
        own = own_part(self.found)
        filled = self._back() + high_end(added(self.mine(id).paid_fen for id in self.ids))
        if isinstance(own, Interval):
            own = 0
        x, end = self.x(filled), self.at.left + self.at.full - self.px(own)
        top, tall, found = self.tub + 6, self.at.tub - 6, list[Thing]()
        color = ROLES["victim"]
        if end > x:
            found.append(Box(id="lacking", x=x, y=top, w=end - x, h=tall, color=color, look="pale"))
            lacks = self.found.now.unrecovered_fen
            text = figures(lacks, self.say.lang)
            if width_of(text, self.size.text) + 6 < end - x and not isinstance(lacks, Interval):
                found.append(words("lacking:said", text, (x + end) / 2, top + tall / 2 + 6,
                                   self.size.text, side="middle", bold=True))  # fmt: skip
        if own:
            found.append(Box(id="own", x=end, y=top, w=self.px(own), h=tall, color=color,
                             look="ghost"))  # fmt: skip
            text = self.say("purses.own", amount=figures(own, self.say.lang))
            if width_of(text, self.size.small) < self.px(own):
                found.append(words("own:said", text, end + self.px(own) / 2, top + tall / 2 + 5,
                                   self.size.small, side="middle"))  # fmt: skip
        return found

    # ------------------------------------------------------------ recourse

    def _recourse(self) -> list[Thing]:
        """Whom each may turn to for what he paid too much: dashed, for it is a right."""
        found: list[Thing] = []
        edge = self.at.left + self.at.full
        lane = edge + (18 if self.beside else 3)
        for row, id in enumerate(self.ids):
            claims = [
                c for c in self.mine(id).recourse if high_end(c.fen) and c.against in self.ids
            ]
            if not claims:
                continue
            y = self.y(row) - 6
            at = self.x(self.starts[id] + low_end(self.mine(id).burden_fen))
            for claim in claims:
                to = self.y(self.ids.index(claim.against)) + self.at.bar / 2
                end = edge + 4 if self.beside else edge - 5
                by = (lane, y, lane, to, end, to)
                found.append(Line(id=f"recourse:{id}:{claim.against}", x=at + 10, y=y, by=by,
                                  dashed=True, arrow=True))  # fmt: skip
            found += self._turns(row, id, at, y)
        return found + self._turned_to()

    def _turns(self, row: int, id: str, at: float, y: float) -> list[Thing]:
        """Say how much he may recover, and behind whom."""
        if not self.beside:
            return []
        claims = self.mine(id).recourse
        key = "recourse_behind" if any(claim.subordinate for claim in claims) else "recourse"
        total = amount(added(claim.fen for claim in claims), self.say.lang)
        text = self.say(f"purses.{key}", amount=total,
                        victim=self.names[self.case.claimant])  # fmt: skip
        end = self.at.left + self.at.full
        x = min(at + 18, end - width_of(text, self.size.small))
        return [words(f"turns:{id}", text, x, y - 5, self.size.small)]

    def _turned_to(self) -> list[Thing]:
        """Say of each how much others may recover of him."""
        found: list[Thing] = []
        for row, id in enumerate(self.ids):
            against = [c.fen for other in self.ids for c in self.mine(other).recourse
                       if c.against == id]  # fmt: skip
            total = added(against) if against else 0
            if not high_end(total):
                continue
            text = self.say("purses.against", amount=figures(total, self.say.lang))
            foot = self.y(row) + self.at.bar / 2 + 0.36 * self.size.small
            x = self.at.left + self.at.full - (8 if self.beside else 12)
            text = fitted(text, x - self._said_to(row, id) - 8, self.size.small)
            found.append(words(f"against:{id}", text, x, foot, self.size.small, side="end"))
        return found

    # ------------------------------------------------------------ signs

    def _signs(self) -> tuple[list[Thing], float]:
        """What frame, triangle and dashed line mean, below the tub; the foot of the last line."""
        size, x = self.size, self.at.left
        marks = ("frame", "burden", "recourse") if self._recourse() else ("frame", "burden")
        said = {key: self.say(f"purses.sign.{key}") for key in marks}
        if self.beside:
            y = self._below(sum(52 + width_of(text, size.small) for text in said.values()))
        else:
            y = self._below(width_of(self._named(), size.small)) + 1.55 * size.small
        drawn: list[Thing] = [
            Box(id="sign:frame", x=x, y=y - 11, w=24, h=12, look="frame", round=4)
        ]
        for key, text in said.items():
            if x + 30 + width_of(text, size.small) > size.width:
                x, y = self.at.left, y + 1.45 * size.small
            if key == "burden":
                drawn.append(Mark(id="sign:burden", x=x + 14, y=y, shape="down"))
            if key == "recourse":
                drawn.append(Line(id="sign:recourse", x=x, y=y - 5, by=(x + 24, y - 5), dashed=True,
                                  arrow=True))  # fmt: skip
            drawn.append(words(f"sign:{key}:said", text, x + 30, y, size.small, soft=True))
            x += 52 + width_of(text, size.small)
        return drawn, y

    # ------------------------------------------------------------ what the hand takes

    def _grips(self, row: int, id: str, begins: Fen) -> list[Thing]:
        """The end of his purse, if he is sued: it is drawn as far as it lies above the tub."""
        party = self.case.party(id)
        if not party.sued or party.released:
            return []
        start, end = self.x(begins), self.at.left + self.at.full
        if end - start < 2 * self.size.head:
            return []
        has = party.assets_fen
        x = end if has is None else min(end, start + self.px(has))
        most = (end - start) / self.at.full * self.case.loss_fen / 100
        return [Grip(id=f"grip:{id}", x=x, y=self.y(row) + self.at.bar / 2, knob=f"assets:{id}",
                     ends=(start, end), values=(0, most), color=self.color(id))]  # fmt: skip
