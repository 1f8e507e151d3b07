"""The picture of lesson 05: three corners, and the share that grows in a corridor with walls.

The corridor is the whole loss. The share fills it up to a wall: the cap of his kind of act, the
floor of direct causation, or a shut door. Below it, on the same scale, the law in force and what a
court ordered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.fault import grade
from simlib.figures.names_of_people import short_names
from simlib.figures.opening.shapes import fitted, width_of, wrapped
from simlib.figures.picture import (
    Box,
    Grip,
    Line,
    Mark,
    Picture,
    Size,
    Switch,
    Thing,
    Words,
    asking,
    telling,
    words,
)
from simlib.figures.row_premises import authority
from simlib.figures.style import BASIS, FADED, INK, RULING
from simlib.interval import high_end, low_end
from simlib.lessons.riskbenefit.knobs import ASSUMED, FILLED
from simlib.lessons.riskbenefit.model import points
from simlib.lessons.riskbenefit.outcomes import WHENCE, called, form_note, value
from simlib.lessons.riskbenefit.triangle import Corners, triangle
from simlib.liability.records import KNOWING
from simlib.text import amount, percent

if TYPE_CHECKING:
    from simlib.interval import ShareRange
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.lessons.riskbenefit.model import Model

SHARE = BASIS["reform proposal"]
WALL = 8.0  # how thick a wall is [px]
OUT = 9.0  # how far it stands out of the corridor [px]
SHUT = ("gate", "exempt")
KNEW, LESS = "knowing", "slight"  # grades of fault that the hand sets
SEEN = 0.01  # of the corridor: a part that is smaller is not drawn apart


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in one drawing [px].

    Attributes
    ----------
    left, full
        of the corridor: its left edge, and how wide the whole loss is
    title, top, tall
        feet of its title, its upper edge and height
    lane, lanes
        the upper edge of the first lane below, and how far one lies below another
    thick
        height of a lane
    facts, room
        where it is said what the scores rest on, and how wide that may be
    """

    corners: Corners
    left: float
    full: float
    title: float
    top: float
    tall: float
    lane: float
    lanes: float
    thick: float
    facts: tuple[float, float]
    room: float


LAYOUTS = {
    "wide": Layout(
        Corners(150, 98, 80, {"gain": (176, 24, "start"), "risk": (0, 170, "start"),
                              "cause": (316, 170, "end")}, 154, False),
        344, 424, 18, 58, 30, 150, 36, 11, (0, 192), 310,
    ),
    "narrow": Layout(
        Corners(176, 68, 56, {"gain": (200, 16, "start"), "risk": (0, 98, "start"),
                              "cause": (362, 98, "end")}, 112, True),
        0, 350, 138, 172, 24, 250, 36, 12, (0, 16), 124,
    ),
}  # fmt: skip


def corridor(found: Model, scene: Scene, size: Size, say: Say) -> Picture:
    """Draw what the share is made of, and how far it grows before a wall stops it."""
    return _Corridor(found, scene, size, say).picture()


class _Corridor:
    """One drawing of one outcome."""

    def __init__(self, found: Model, scene: Scene, size: Size, say: Say) -> None:
        self.found, self.scene, self.size, self.say = found, scene, size, say
        self.at = LAYOUTS[size.name]
        self.kind = found.assessment.limit
        self.low, self.high = float(low_end(found.share)), float(high_end(found.share))
        self.raw = min(1.0, float(high_end(found.raw)))
        self.is_wide = size.name == "wide"

    def x(self, share: float) -> float:
        """Return where a share ends in the corridor."""
        return self.at.left + self.at.full * min(1.0, share)

    def px(self, share: float) -> float:
        """Return how wide a share is drawn."""
        return self.x(share) - self.at.left

    # ------------------------------------------------------------ the drawing

    def picture(self) -> Picture:
        """Draw the figure, the corridor with its walls, lanes below it, and hands over all."""
        things = triangle(self.found, self.at.corners, self.size, self.say)
        things += [*self._facts(), *self._title(), *self._room()]
        things += telling(self._share())
        things += [*self._base(), *self._walls()]
        things += telling(self._said())
        things += asking([self._sign()])
        law = self._law()
        things += telling(law)
        things += self._court()
        things += [*self._filled(), *self._turned()]
        return Picture(self.size, self._low(), things)

    def _low(self) -> float:
        lanes = self.at.lane + self.at.lanes + self.at.thick + 2
        facts = self.at.facts[1] + 1.3 * self.size.small * len(self._counted())
        return max(lanes, facts) if self.is_wide else lanes

    # ------------------------------------------------------------ of what the scores are made

    def _counted(self) -> list[str]:
        """How many facts are of each kind: in one line, or as it breaks; of a phone a line each."""
        told = value(self.found, "share", WHENCE, self.say)
        text = told.word if told else ""
        if not self.is_wide:
            return text.split(self.say("board.between"))
        return wrapped(text, self.at.room - self._inset(), self.size.small)

    def _inset(self) -> float:
        """How far the counts stand in, where a switch stands before them."""
        return 52 if self.is_wide and self._filled() else 0

    def _facts(self) -> list[Thing]:
        (x, y), size = self.at.facts, self.size
        return [words(f"facts:{n}", text, x + self._inset(), y + 1.3 * n * size.small, size.small,
                      soft=True) for n, text in enumerate(self._counted())]  # fmt: skip

    def _filled(self) -> list[Thing]:
        """What fills in all that nobody stated, where the scene has it."""
        if "filled" not in self.scene.knobs:
            return []
        on = all(getattr(self.found.person, fact) is not None for fact in FILLED)
        to, name = "open" if on else ASSUMED, self.say("corridor.fill")
        if not self.is_wide:
            return self._beside_figure("filled", to, on, name, self.say("corridor.fill_brief"))
        (x, y) = self.at.facts
        return [
            Switch(id="switch:filled", x=x + 22, y=y - 5, knob="filled", to=to, on=on, name=name)
        ]

    def _turned(self) -> list[Thing]:
        """What finds direct causation, or that he knew, where the scene asks about it."""
        if "direct" in self.scene.knobs:
            on, text = self.found.person.direct, self.say("corridor.direct")
            return self._beside_figure("direct", not on, on, self.say("knob.direct"), text)
        if "grade" not in self.scene.knobs:
            return []
        held = grade(self.found.person, self.found.regime).value
        to, text = LESS if held in KNOWING else KNEW, self.say(f"terms:grades.{KNEW}")
        return self._beside_figure("grade", to, held in KNOWING, text, text)

    def _beside_figure(
        self, knob: str, to: bool | str, on: bool, name: str, text: str
    ) -> list[Thing]:
        """A switch at the right, with words before it; where there is room beside the title."""
        end, size = self.size.width, self.size.small
        y = self.at.title - 5 if self.is_wide else self.at.corners.y - 12
        said = words(f"{knob}:said", text, end - 48, y + 5, size, side="end")
        switch = Switch(id=f"switch:{knob}", x=end - 22, y=y, knob=knob, to=to, on=on, name=name)
        return [said, switch]

    # ------------------------------------------------------------ the corridor

    def _title(self) -> list[Thing]:
        """Whose share it is, and of what it is made."""
        at, size, say = self.at, self.size, self.say
        name = say("corridor.share", who=short_names(self.found.case, say.lang)[self.found.party])
        score = say("corridor.joined", score=points(self.found.assessment.score))
        said = next((each.text for each in self._turned() if isinstance(each, Words)), "")
        switch = width_of(said, size.small) + 60 if self.is_wide and said else 0
        end = at.left + at.full - switch
        name = fitted(name, (end - at.left) / 1.08, size.text)
        beside = at.left + width_of(name, 1.08 * size.text) + 12
        title = words("name:share", name, at.left, at.title, size.text, bold=True)
        if beside + width_of(score, size.small) > end:
            return [title]
        return [title, words("title:score", score, beside, at.title, size.small, soft=True)]

    def _room(self) -> list[Thing]:
        """The whole loss; at its left an arrow from the figure, where there is room."""
        at = self.at
        track = Box(id="corridor", x=at.left, y=at.top, w=at.full, h=at.tall, look="track")
        if not self.is_wide:
            return [track]
        y = at.top + at.tall / 2
        return [track, Line(id="leads", x=at.left - 60, y=y, by=(at.left - 12, y), arrow=True)]

    def _share(self) -> list[Thing]:
        """What is certain of it, what is open, and how far it would have gone without a wall."""
        at, drawn = self.at, list[Thing]()
        if self.raw > self.high + SEEN and self.kind not in (*SHUT, "direct"):
            beyond = self.px(self.raw) - self.px(self.high)
            drawn.append(Box(id="beyond", x=self.x(self.high), y=at.top + 4, w=beyond,
                             h=at.tall - 8, color=SHARE, look="ghost"))  # fmt: skip
        if self.high > self.low:
            drawn.append(Box(id="share:open", x=self.x(self.low), y=at.top, h=at.tall, color=SHARE,
                             w=self.px(self.high) - self.px(self.low), look="striped"))  # fmt: skip
        if self.low:
            drawn.append(Box(id="share", x=at.left, y=at.top, w=self.px(self.low), h=at.tall,
                             color=SHARE))  # fmt: skip
        return drawn

    def _said(self) -> list[Thing]:
        """The share in words, with its amount where there is room; beside its end or on it."""
        at, size, lang = self.at, self.size, self.say.lang
        foot, end = at.top + at.tall / 2 + 0.36 * size.text, at.left + at.full
        plain = percent(self.found.share, lang)
        full = self.say("corridor.worth", share=plain, amount=amount(self.found.fen, lang))
        for text in (full, plain):
            wide = 1.1 * width_of(text, size.text)
            if (x := self._beside(wide)) + wide < end:
                return [words("share:said", text, x, foot, size.text, bold=True)]
        return [words("share:said", plain, end - 12, foot, size.text, bold=True, side="end")]

    def _beside(self, wide: float) -> float:
        """Return where words begin that stand beside the end of the share, clear of its wall."""
        wall = self.x(self.found.limit or 0)
        reached = self.raw if self.kind == "capped" else self.high
        x = self.x(max(reached, self.high)) + 12
        across = x - 12 < wall + WALL < x + wide + WALL + 12
        return wall + WALL + 10 if across else x

    def _sign(self) -> Thing:
        """A sign where the share is asked."""
        at, size = self.at, 1.4 * self.size.text
        x, foot = at.left + at.full / 2, at.top + at.tall / 2 + 0.36 * size
        return words("share:asks", self.say("corridor.asks"), x, foot, size, side="middle",
                     bold=True)  # fmt: skip

    # ------------------------------------------------------------ walls

    def _walls(self) -> list[Thing]:
        """The wall that stops it; beside a floor the cap that gives way."""
        found, say = self.found, self.say
        if self.kind in SHUT:
            return self._wall("stop", 0, say(f"corridor.{self.kind}"))
        if self.kind == "direct" and found.limit is not None:
            floor = self._wall(
                "stop", found.limit, say("corridor.floor", share=self._percent(found.limit))
            )
            cap = found.cap
            away = [] if cap is None else self._wall("cap", cap, "", ghost=True)
            return [*away, *floor]
        if self.kind != "capped":
            return []
        if found.limit is None:
            return [self._over("stop:said", self.at.left, say("corridor.cap_open"))]
        return self._wall(
            "stop", found.limit, say("corridor.cap", share=self._percent(found.limit))
        )

    def _wall(self, id: str, share: float, text: str, ghost: bool = False) -> list[Thing]:
        at = self.at
        wall = Box(id=f"wall:{id}", x=self.x(share), y=at.top - OUT, w=WALL, h=at.tall + 2 * OUT,
                   color=FADED if ghost else INK, look="ghost" if ghost else "full")  # fmt: skip
        return [wall, self._over(f"{id}:said", self.x(share), text)] if text else [wall]

    def _over(self, id: str, x: float, text: str) -> Thing:
        """Words over the corridor from a place on, or up to the end where they would leave it."""
        at, size = self.at, self.size
        text = fitted(text, at.full, size.small)
        x = min(x, self.size.width - 1.08 * width_of(text, size.small))
        return words(id, text, x, at.top - OUT - 5, size.small, bold=True)

    def _base(self) -> list[Thing]:
        """Where half a score ends: a mark that can be moved, if there is a base."""
        base, at, size = self.found.base, self.at, self.size
        if base is None:
            return []
        x, low = self.x(base), at.top + at.tall
        text = self.say("corridor.base", share=self._percent(base))
        wide, end = width_of(text, size.small), at.left + at.full
        side = x + 20 + wide < self.size.width
        said = words("base:said", fitted(text, end - at.left, size.small),
                     x + (20 if side else -20), low + 22, size.small,
                     side="start" if side else "end")  # fmt: skip
        ends = self.found.base_ends
        grip = Grip(id="grip:base", x=x, y=low + 17, knob="base", values=ends,
                    ends=(self.x(ends[0]), self.x(ends[1])))  # fmt: skip
        line = Line(id="base", x=x, y=at.top - 3, by=(x, low + 8), wide=2)
        return [line, Mark(id="base:mark", x=x, y=low, shape="up"), said, grip]

    def _percent(self, share: ShareRange) -> str:
        return percent(share, self.say.lang)

    # ------------------------------------------------------------ other answers

    def _law(self) -> list[Thing]:
        """What may be claimed under the law in force."""
        found = self.found
        color = BASIS[authority(found.law, found.party)]
        return self._lane("law", 0, found.steps["law"], color, form_note(found, self.say.lang))

    def _court(self) -> list[Thing]:
        """What the court ordered in the end, if there is a decision."""
        part = self.found.ordered("court")
        if part is None:
            return []
        return self._lane("court", 1, part, RULING, "")

    def _lane(self, row: str, n: int, part: ShareRange, color: str, note: str) -> list[Thing]:
        """An answer on the scale of the corridor, its name above it."""
        at, size = self.at, self.size
        y = at.lane + n * at.lanes
        low, high = float(low_end(part)), float(high_end(part))
        name, said, end = called(self.found, row, self.say), self._percent(part), at.left + at.full
        drawn: list[Thing] = [
            Box(id=f"{row}:room", x=at.left, y=y, w=at.full, h=at.thick, look="track")
        ]
        if high > low:
            drawn.append(Box(id=f"{row}:open", x=self.x(low), y=y, w=self.px(high) - self.px(low),
                             h=at.thick, color=color, look="striped"))  # fmt: skip
        if low:
            drawn.append(
                Box(id=f"{row}:bar", x=at.left, y=y, w=self.px(low), h=at.thick, color=color)
            )
        beside = at.left + width_of(name, 1.08 * size.text) + 12
        room = end - beside - 1.1 * width_of(said, size.text) - 10
        drawn.append(words(f"name:{row}", name, at.left, y - 6, size.text, bold=True))
        drawn.append(words(f"{row}:said", said, end, y - 6, size.text, side="end", bold=True))
        if note and width_of(note, size.small) <= room:
            drawn.append(words(f"{row}:note", note, beside, y - 6,
                               size.small, soft=True))  # fmt: skip
        return drawn
