"""What the hand takes in lesson 01: the main knobs of a scene, beside her tub or below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.board import figures
from simlib.figures.opening.shapes import fitted, width_of
from simlib.figures.picture import Box, Grip, Look, Switch, Thing, words
from simlib.figures.style import GRID, MINUTES
from simlib.lessons.case.knobs import knobs
from simlib.lessons.case.way import TURN, below
from simlib.lessons.knob import to_fen, to_yuan

if TYPE_CHECKING:
    from collections.abc import Callable

    from simlib.lessons.case.tub import Tub
    from simlib.lessons.knob import Knob
    from simlib.money import Fen

GRADE = "grade"
GAP = 9  # between things and words [px]
HANDLE = 9  # how far a handle reaches past the end of its way [px]
MONEY = {"gain": False, "assets": True, "principal_assets": True}  # whether without end if open
TRACK = 14  # how high a track of a fraction is [px]
GRADES, OTHERS = 46, 29  # how high the grades are, and what stands below them [px]
LONG = 64  # how long a track is [px]
FIRST = 0.58  # of the room for the others, the first's part


class Hands:
    """The hands of one drawing: purses on the tub's scale; grade, fraction, finding."""

    def __init__(self, tub: Tub) -> None:
        self.tub, self.at, self.size, self.say = tub, tub.at, tub.size, tub.say
        case = tub.case
        made = {k.id: k for k in knobs(case, case, tub.found.party, tub.say.lang)}
        held = [made[id] for id in tub.scene.knobs if id in made]
        self.purses = [k for k in held if k.id in MONEY]
        self.grade = next((k for k in held if k.id == GRADE), None)
        self.others = [k for k in held if k.id not in MONEY and k.id != GRADE]
        self.purse_top = tub.low + 9
        rows = self.purse_top + len(self.purses) * self.at.purse
        self.top = below(tub)[0] + TURN + 10 if self.at.beside else rows
        self.low = max(rows, self.top + GRADES * bool(self.grade) + OTHERS * bool(self.others))

    def things(self) -> list[Thing]:
        """Everything the hand takes, with what it says."""
        found = [thing for n, knob in enumerate(self.purses) for thing in self._purse(n, knob)]
        top = self.top
        if self.grade:
            found += self._grades(self.grade, top)
            top += GRADES
        for n, knob in enumerate(self.others):
            make: Callable[..., list[Thing]] = self._check if knob.kind == "check" else self._track
            found += make(knob, n * FIRST * self.at.way, top)
        return found

    def _value(self, knob: Knob) -> object:
        return knob.read(self.tub.case)

    def _label(self, knob: Knob, room: float = 0) -> str:
        """What a knob is called; shorter, where there is little room."""
        called = self.tub.found.names(self.say.lang)
        keys = (f"tub.knob.{knob.id}", f"tub.short.{knob.id}")
        found = [self.say(key, who=called["who"]) for key in keys if self.say.has(key)]
        short = [each for each in found if not room or width_of(each, self.size.small) <= room]
        return [*short, *found[-1:], knob.label][0]

    # ------------------------------------------------------------ purses

    def _purse(self, n: int, knob: Knob) -> list[Thing]:
        """Money he has or gained, on the scale of the tub; open it is unknown, or without end."""
        at, y = self.at, self.purse_top + n * self.at.purse
        held = to_fen(self._value(knob))
        end = self.tub.end if held is None else self.tub.x(held)
        unknown = held is None and not MONEY[knob.id]
        look: Look = "striped" if unknown else "full"
        whole = to_yuan(self.tub.case.loss_fen) or 1
        hand = Grip(id=f"hand:{knob.id}", x=end, y=y + at.bar / 2, knob=knob.id, open=unknown,
                    ends=(at.left, self.tub.end), values=(0, whole))  # fmt: skip
        return [
            Box(id=f"room:{knob.id}", x=at.left, y=y, w=at.full, h=at.bar, look="track"),
            Box(id=f"purse:{knob.id}", x=at.left, y=y, w=end - at.left, h=at.bar, look=look,
                color=self._owner(knob), round=4),
            *self._purse_said(knob, held, y + at.bar / 2 + 5),
            hand,
        ]  # fmt: skip

    def _purse_said(self, knob: Knob, held: Fen | None, foot: float) -> list[Thing]:
        """Whose purse it is, and at the right edge what is in it, where there is room."""
        size, room, left = self.size.small, self.tub.room - HANDLE, self.tub.end + GAP + HANDLE
        said = str(knob.extra["open"]) if held is None else figures(held, self.say.lang)
        both = room - width_of(said, size) - GAP
        name = self._label(knob, max(both, 0))
        if width_of(name, size) > both:
            whole = self._label(knob, room)
            return [words(f"whose:{knob.id}", fitted(whole, room, size), left, foot, size)]
        return [
            words(f"whose:{knob.id}", name, left, foot, size),
            words(f"told:{knob.id}", said, self.size.width, foot, size, side="end"),
        ]  # fmt: skip

    def _owner(self, knob: Knob) -> str:
        return self.tub.colors[knob.owner or self.tub.found.party]

    # ------------------------------------------------------------ grade, fraction, finding

    def _grades(self, knob: Knob, top: float) -> list[Thing]:
        """The grades of fault in a row; the one that holds is on."""
        options = [str(each["value"]) for each in knob.extra["options"]]
        step, size, now = self.at.way / len(options), self.size.small, self._value(knob)
        found: list[Thing] = []
        for n, grade in enumerate(options):
            x, on = (n + 0.5) * step, grade == now
            text = self.say(f"tub.grade.{grade}")
            name = self.say("tub.turn", name=self._label(knob), to=text)
            found += [
                words(f"grade:{grade}", text, x, top + 42, size, side="middle", bold=on),
                Switch(id=f"hand:grade:{grade}", x=x, y=top + 14, knob=knob.id, to=grade, on=on,
                       name=name),
            ]  # fmt: skip
        return found

    def _track(self, knob: Knob, left: float, top: float) -> list[Thing]:
        """A fraction from 0 to the most there is; an open one is striped, without a handle."""
        y, x, size = top + 14, left + FIRST * self.at.way - LONG - 2 * GAP, self.size.small
        held, most = self._value(knob), float(knob.extra["max"])
        share = 1 if held is None else float(str(held)) / most
        look: Look = "striped" if held is None else "full"
        said = str(knob.extra.get("open", "")) if held is None else f"{float(str(held)):g}"
        text, room = self.say("tub.is", name=self._label(knob), value=said), x - left - GAP
        if width_of(text, size) > room:
            text = fitted(self._label(knob), room, size)
        way = Box(id=f"room:{knob.id}", x=x, y=y - TRACK / 2, w=LONG, h=TRACK, color=GRID, round=7)
        return [
            *([] if held is None else [way]),
            Box(id=f"part:{knob.id}", x=x, y=y - TRACK / 2, w=share * LONG, h=TRACK, round=7,
                color=MINUTES, look=look),
            words(f"told:{knob.id}", text, left, y + 5, size),
            Grip(id=f"hand:{knob.id}", x=x + share * LONG, y=y, knob=knob.id, open=held is None,
                 ends=(x, x + LONG), values=(0, most)),
        ]  # fmt: skip

    def _check(self, knob: Knob, left: float, top: float) -> list[Thing]:
        """A finding of yes or no."""
        on, y, size = bool(self._value(knob)), top + 14, self.size.small
        x, room = left + 2.5 * GAP, (1 - FIRST) * self.at.way - 5.5 * GAP
        text = fitted(self._label(knob, room), room, size)
        return [
            words(f"told:{knob.id}", text, x + 3 * GAP, y + 5, size, bold=on),
            Switch(id=f"hand:{knob.id}", x=x, y=y, knob=knob.id, to=not on, on=on,
                   name=self._label(knob)),
        ]  # fmt: skip
