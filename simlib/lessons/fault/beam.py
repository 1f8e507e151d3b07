"""The picture of lesson 02: pieces of evidence on a beam that has three places and no points.

Where the beam lies is what the evidence makes of his knowledge once its content is read: proved,
unclear, or its contrary proved; the standard of proof is the line between the first two. Burden
and presumption move no beam: each colours the middle with whoever bears what stays unclear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib import fault
from simlib.figures.names_of_people import short_names
from simlib.figures.opening.shapes import fitted, fitting, width_of
from simlib.figures.picture import (
    Box,
    Line,
    Look,
    Mark,
    Person,
    Picture,
    Side,
    Size,
    Switch,
    Thing,
    asking,
    telling,
    words,
)
from simlib.figures.picture_parts import colors
from simlib.figures.style import GREY, INK, PAPER, ROLES
from simlib.lessons.fault.names import called
from simlib.lessons.fault.outcomes import NOT_FOUND, REAL, bearer_if_unclear, knowledge
from simlib.text import amount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Evidence
    from simlib.lessons.declaration import Scene
    from simlib.lessons.fault.outcomes import Proof
    from simlib.lessons.outcome import Say

PLACES = ("known", "unclear", "not")
# what became of knowledge where the claimant proves it → where the beam lies, if anywhere
PLACE_OF = {
    "locked": "known", "general": "known", "found": "known", "convinced": "known",
    "unclear": "unclear", "rebutted": "not",
}  # fmt: skip
LOOKS: dict[str, Look] = {"sufficient": "full", "raised": "pale", "out": "pale"}
SIDE_OF = {"wide": 242.0, "narrow": 78.0}  # how wide an outer place is [px]
SHIFT = {"wide": 34.0, "narrow": 14.0}  # how far a higher standard moves its line [px]
RIGHT_FROM = {"wide": 496.0, "narrow": 0.0}  # where his own pieces begin [px]
LINES = {"wide": 3, "narrow": 1}  # lines of pieces that no hand moves
TOP, BAND, TILT = 22.0, 18.0, 7.0
ROW, LINE, CHIP = 32.0, 21.0, 11.0  # a piece with a switch; one without; its sign [px]
HEAD = 18.0  # how wide a person is at an end of the beam [px]
BOLD = 1.08  # how much wider bold letters are than estimated


class Beam:
    """The drawing of one size."""

    def __init__(self, found: Mapping[str, Proof], scene: Scene, size: Size, say: Say) -> None:
        self.found, self.scene, self.size, self.say = found, scene, size, say
        self.proof = found[f"plaintiff.{REAL}"]
        self.case, self.party = self.proof.case, self.proof.party
        self.names = short_names(self.case, say.lang)
        self.who = self.names[self.party]
        own = colors(self.case, [self.party])[self.party]
        self.colors = {"plaintiff": ROLES["victim"], "defendant": own, "nobody": GREY}
        self.there = {each.id for each in self.case.evidence if each.against is not None}
        self.weights = {r.evidence: r.weight for r in fault.read(self.case, self.party, REAL)}
        wide = size.name == "wide"
        higher = self.proof.finding.standard == "higher"
        self.line = SIDE_OF[size.name] - (SHIFT[size.name] if higher else 0)
        self.end = size.width - SIDE_OF[size.name]
        self.columns = 2 if wide else 1

    def picture(self) -> Picture | None:
        """Draw the places, the beam and what lies on it; None where no evidence is listed."""
        if self.proof.ground in NOT_FOUND or not self.proof.listed:
            return None
        left, low = self._pieces("plaintiff", self.low + 28, 0)
        beside = self.columns > 1
        top = self.low + 28 if beside else low
        right, under = self._pieces("defendant", top, RIGHT_FROM[self.size.name])
        things = [*self._places(), *self._standard(), *self._where(), *left, *right]
        return Picture(self.size, max(low, under) + 2, things)

    @property
    def low(self) -> float:
        """Where the places end."""
        return TOP + BAND * (1 + len(fault.BURDENS))

    # ------------------------------------------------------------ the places

    def _places(self) -> list[Thing]:
        """Three fields; the middle names who bears it under each burden."""
        h = self.low - TOP
        found: list[Thing] = []
        for place in ("known", "not"):
            x, w = self._span(place)
            found.append(Box(id=f"place:{place}", x=x, y=TOP, w=w, h=h, look="track"))
        x, w = self._span("unclear")
        found.append(Box(id="place:unclear", x=x, y=TOP, w=w, h=BAND, look="track"))
        for n, burden in enumerate(fault.BURDENS, 1):
            found += self._band(burden, TOP + n * BAND, x, w)
        return [*found, *telling(self._lit()), *self._titles()]

    def _band(self, burden: str, y: float, x: float, w: float) -> list[Thing]:
        """Who bears what stays unclear under one burden."""
        size = self.size.small
        bearer = bearer_if_unclear(self.found[f"{burden}.{REAL}"])
        who = {"plaintiff": self.names[self.case.claimant], "defendant": self.who}
        key = "nobody" if bearer == "nobody" else "bears"
        way = self.say(f"beam.way.{burden}")
        said = fitted(self.say(f"beam.{key}", way=way, name=who.get(bearer, "")), w - 14, size)
        color = self.colors[bearer]
        return telling([
            Box(id=f"band:{burden}", x=x, y=y, w=w, h=BAND - 1, look="pale", color=color),
            Box(id=f"edge:{burden}", x=x, y=y, w=6, h=BAND - 1, color=color),
            words(f"bears:{burden}", said, x + 11, y + 14, size, on=True),
        ])  # fmt: skip

    def _span(self, place: str) -> tuple[float, float]:
        """Return where a place begins, and how wide it is."""
        ends = (0.0, self.line, self.end, self.size.width)
        n = PLACES.index(place)
        return ends[n], ends[n + 1] - ends[n]

    @property
    def place(self) -> str:
        """Where the beam lies; empty where nothing speaks for knowledge."""
        return PLACE_OF.get(knowledge(self.proof), "")

    def _lit(self) -> list[Thing]:
        """The place that holds, dark."""
        if not self.place:
            return []
        x, w = self._span(self.place)
        h = BAND if self.place == "unclear" else self.low - TOP
        return [Box(id="lit", x=x, y=TOP, w=w, h=h)]

    def _titles(self) -> list[Thing]:
        """What each place is; white where it holds, and dark while that is asked."""
        found: list[Thing] = []
        for place in PLACES:
            if place == self.place:
                found += [*telling([self._title(place, PAPER)]), *asking([self._title(place, INK)])]
            else:
                found.append(self._title(place, INK))
        return found

    def _title(self, place: str, color: str) -> Thing:
        x, w = self._span(place)
        y = TOP + 14 if place == "unclear" else (TOP + self.low) / 2 + 5
        size = self.size.small
        said = fitted(self.say(f"beam.{self.size.name}.{place}", who=self.who), w / BOLD, size)
        return words(f"title:{place}", said, x + w / 2, y, size, side="middle", bold=True,
                     on=True, color=color)  # fmt: skip

    def _standard(self) -> list[Thing]:
        """The line that must be passed, and what the standard is called; what a pale sign says."""
        size = self.size
        standard = self.proof.finding.standard
        said = fitted(self.say(f"beam.standard.{standard}"), size.width, size.small)
        half = width_of(said, size.small) * BOLD / 2
        at = max(half, self.line)
        found: list[Thing] = [
            Box(id="standard", x=self.line - 2.5, y=TOP - 5, w=5, h=self.low - TOP + 10),
            words("standard:said", said, at, 14, size.small, side="middle", bold=True),
        ]
        pale = self.say("beam.pale")
        if at + half + 12 + width_of(pale, size.small) < size.width:
            found.append(words("pale", pale, size.width, 14, size.small, soft=True, side="end"))
        return found

    # ------------------------------------------------------------ the beam

    def _where(self) -> list[Thing]:
        """The beam, and the mark under the place where it lies; level while that is asked."""
        y = self.low + 17
        tilt = {"known": TILT, "not": -TILT}.get(self.place, 0.0)
        stand = Mark(id="stand", x=self.size.width / 2, y=y, shape="dot", size=13)
        level = self._tilted(0, y)
        return [*telling(self._tilted(tilt, y)), *asking(level), stand, *telling(self._mark())]

    def _mark(self) -> list[Thing]:
        if not self.place:
            return []
        x, w = self._span(self.place)
        return [Mark(id="mark", x=x + w / 2, y=self.low + 2, shape="up", size=12)]

    def _tilted(self, tilt: float, y: float) -> list[Thing]:
        """The beam, at each end whose side it is."""
        size, wide = self.size, self.size.width
        room = wide / 2 - 40 - HEAD
        victim = self.names[self.case.claimant]
        plain = self.say("beam.side.plaintiff", victim=victim)
        lost = amount(self.case.loss_fen, self.say.lang)
        full = self.say("beam.side.lost", victim=victim, loss=lost)
        left = fitting((full, plain), room, size.small) or fitted(plain, room, size.small)
        right = fitted(self.say("beam.side.defendant", who=self.who), room, size.small)
        margin = max(width_of(each, size.small) * BOLD for each in (left, right)) + HEAD + 10
        return [
            Line(id="beam", x=margin, y=y + tilt, by=(wide - margin, y - tilt), wide=5),
            *self._end("plaintiff", left, y + tilt, "start"),
            *self._end("defendant", right, y - tilt, "end"),
        ]

    def _end(self, side: str, said: str, y: float, at: Side) -> list[Thing]:
        """A person at the outer edge, and whose pieces hang there."""
        far, color = self.size.width, self.colors[side]
        x = HEAD / 2 if at == "start" else far - HEAD / 2
        text = HEAD + 3 if at == "start" else far - HEAD - 3
        return [
            Person(id=f"person:{side}", x=x, y=y - 11, head=5, color=color),
            words(f"name:{side}", said, text, y + 5, self.size.small, side=at, bold=True,
                  color=color),
        ]  # fmt: skip

    # ------------------------------------------------------------ the pieces

    def _pieces(self, side: str, top: float, x: float) -> tuple[list[Thing], float]:
        """The pieces of a side: those a hand moves first, a row each; where they end."""
        mine = [each for each in self.proof.listed if bool(each.rebuts) == (side == "defendant")]
        held = [each for each in mine if f"file:{each.id}" in self.scene.knobs]
        rest = [each for each in mine if each not in held and each.id in self.there]
        found: list[Thing] = []
        for n, each in enumerate(held):
            found += self._held(each, side, x, top + n * ROW)
        y = top + len(held) * ROW
        lines, under = self._rest(rest, side, x, y)
        return [*found, *lines], under

    def _width(self, side: str) -> float:
        """How wide the place for a side's pieces is."""
        if self.columns == 1:
            return self.size.width
        edge = RIGHT_FROM[self.size.name]
        return edge - 20 if side == "plaintiff" else self.size.width - edge

    def _held(self, each: Evidence, side: str, x: float, y: float) -> list[Thing]:
        """A piece with its switch, its sign and its name."""
        on, size = each.id in self.there, self.size
        form = "absent" if on else "original" if each.original else "copy"
        name = called(each, self.say)
        key = "takes" if on else "puts"
        mirrored = self.columns == 1 and side == "defendant"
        width = self._width(side)
        at = x + width - 20 if mirrored else x + 20
        edge = x + width - 64 if mirrored else x + 64
        gone = "" if on else self.say("beam.gone")
        said = fitted(name, width - 66 - width_of(gone, size.small), size.small) + gone
        text_x = edge - 3 if mirrored else edge
        text_side: Side = "end" if mirrored else "start"
        return [
            Switch(id=f"hand:{each.id}", x=at, y=y + 14, knob=f"file:{each.id}", to=form, on=on,
                   name=self.say(f"beam.{key}", piece=name)),
            self._sign(each, side, edge + 2 if mirrored else edge - 17, y + 9),
            words(f"piece:{each.id}", said, text_x, y + 19, size.small, side=text_side,
                  soft=not on),
        ]  # fmt: skip

    def _sign(self, each: Evidence, side: str, x: float, y: float) -> Thing:
        """A piece's sign: full if it can stand alone, pale if not, dashed if it is not there."""
        look = LOOKS[self.weights.get(each.id, "out")] if each.id in self.there else "ghost"
        return Box(id=f"sign:{each.id}", x=x, y=y, w=CHIP, h=CHIP, round=2, look=look,
                   color=self.colors[side])  # fmt: skip

    def _rest(
        self, rest: list[Evidence], side: str, x: float, y: float
    ) -> tuple[list[Thing], float]:
        """The other pieces: by name while there is room, else so many signs and their number."""
        if self.columns == 1:
            return self._counted(rest, side, x, y)
        across = 2 if side == "plaintiff" else 1
        most = across * LINES[self.size.name]
        shown = rest if len(rest) <= most else rest[: most - across]
        column = self._width(side) / across
        found: list[Thing] = []
        for n, each in enumerate(shown):
            left, top = x + n % across * column, y + n // across * LINE
            said = fitted(called(each, self.say), column - 22, self.size.small)
            found.append(self._sign(each, side, left, top + 5))
            found.append(words(f"piece:{each.id}", said, left + 17, top + 15, self.size.small))
        under = y + -(-len(shown) // across) * LINE
        more, low = self._counted(rest[len(shown) :], side, x, under)
        return [*found, *more], low

    def _counted(
        self, rest: list[Evidence], side: str, x: float, y: float
    ) -> tuple[list[Thing], float]:
        """Pieces as signs in a line, and how many they are."""
        if not rest:
            return [], y
        mirrored = self.columns == 1 and side == "defendant"
        width, step = self._width(side), CHIP + 4
        said = self.say("beam.more", n=len(rest))
        room = width - width_of(said, self.size.small) - 8
        shown = rest[: max(1, int(room // step))]
        signs = [
            self._sign(each, side, x + (width - (n + 1) * step if mirrored else n * step), y + 4)
            for n, each in enumerate(shown)
        ]
        after = len(shown) * step + 4
        at = x + (width - after if mirrored else after)
        text_side: Side = "end" if mirrored else "start"
        text = words(f"more:{side}", said, at, y + 15, self.size.small, side=text_side, soft=True)
        return [*signs, text], y + LINE
