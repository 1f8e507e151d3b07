"""The wide picture of lesson 03: her money from left to right."""

from __future__ import annotations

from simlib.figures.opening.shapes import fitted, wrapped
from simlib.figures.picture import (
    Box,
    Person,
    Picture,
    Thing,
    asking,
    telling,
    words,
)
from simlib.figures.style import PAPER, ROLES
from simlib.lessons.causation.pipe_parts import BOLD, LATE, Pipe
from simlib.lessons.causation.stations import Gate, Pay
from simlib.text import amount


class WidePipe(Pipe):
    """Her money from left to right."""

    begin, fork, line = 80.0, 322.0, 588.0  # where the pipe begins, parts, and ends [px]
    top = 84.0
    at, wide, high = 392.0, 176.0, 61.0  # of the cards
    late_at, late_wide = 600.0, 184.0

    def picture(self) -> Picture:
        """Draw the pipe, then gates, cards, the loss, what came after, and the pieces."""
        late, foot = self._late()
        low = max(228.0, 24 + self.step * len(self.way.cards), foot)
        things = [*self._pipe(), *self._victim()]
        things += [thing for n, gate in enumerate(self.way.gates) for thing in self._gate(n, gate)]
        things += [thing for n, pay in enumerate(self.way.cards) for thing in self._card(n, pay)]
        things += [Box(id="line", x=self.line, y=2, w=3, h=low - 8),
                   *self.titled(self.line - 8, 16, "end", self.line - self.at + 30),
                   *late]  # fmt: skip
        if not self.found.pieces:
            return Picture(self.size, low, things)
        said = words("pieces", self.cut(), 0, low + 14, self.size.small, soft=True)
        return Picture(self.size, low + 22 + self.tall, [*things, said, *self.pieces(low + 22)])

    @property
    def end(self) -> float:
        """Where the pipe ends: at the fork, or, where no card is known, at the loss."""
        return self.fork if self.way.cards else self.line

    @property
    def step(self) -> float:
        """From one card to the next: answers may need two lines."""
        acts = [pay.act for pay in self.way.cards] + list(self.way.late[:LATE])
        lines = max((len(self.answers(act, self.wide)) for act in acts), default=1)
        return 72.0 + 18 * lines

    @property
    def room(self) -> float:
        """How much room a gate has: they stand left of the cards, or of the name of the loss."""
        end = self.fork if self.way.cards else self.at + 50
        return (end - self.begin) / max(1, len(self.way.gates))

    def _x(self, n: int) -> float:
        """Return where a gate stands."""
        return self.begin + (n + 0.54) * self.room

    def _y(self, n: int) -> float:
        """Return where a card begins: all about the middle of the pipe."""
        number = len(self.way.cards)
        first = self.top + self.full / 2 - 42 - (number - 1) * self.step / 2
        return max(26.0, first) + n * self.step

    def leaves(self, pay: Pay) -> tuple[float, float]:
        """At the right edge of its card."""
        return self.at + self.wide, self._y(self.way.cards.index(pay)) + self.high / 2

    def _pipe(self) -> list[Thing]:
        """Her money as far as it gets, over the bed it could run in."""
        y = self.top
        found: list[Thing] = [Box(id="bed", x=self.begin, y=y, w=self.end - self.begin, h=self.full,
                                  look="track")]  # fmt: skip
        for pay, at, wide in self.rests():
            to = self.at, self._y(self.way.cards.index(pay)) + self.high / 2
            found.append(self.stream(pay, (self.fork, y + at), to, wide, falls=False, bed=True))
        gate = self.way.stop
        stop = self.end if gate is None or gate == len(self.way.gates) else self._x(gate)
        lanes = [Box(id="run", x=self.begin, y=y, w=stop - self.begin, h=self.full, look=self.look,
                     color=ROLES["victim"])]  # fmt: skip
        flows = []
        for pay, at, wide in self.starts():
            to = self.at, self._y(self.way.cards.index(pay)) + self.high / 2
            flows.append(self.stream(pay, (self.fork - 1, y + at), to, wide, falls=False))
        waits = Box(id="waits", x=self.begin, y=y, w=30, h=self.full, color=ROLES["victim"])
        return [*found, *telling([*lanes, *flows]), *asking([waits])]

    def _victim(self) -> list[Thing]:
        """Her, and what she had."""
        victim, size = self.case.claimant, self.size
        name = fitted(self.names[victim], 76 / BOLD, size.text)
        had = fitted(amount(self.case.loss_fen, self.say.lang), 100, size.small)
        said = words("stays", self.say("pipe.stays"), 0, self.top + 102, size.small, bold=True)
        stays = [] if self.way.lost else telling([said])
        return [
            Person(id=f"person:{victim}", x=36, y=self.top, head=size.head, color=ROLES["victim"]),
            words(f"name:{victim}", name, 8, self.top - 10, size.text, bold=True),
            words("had", had, 0, self.top + 82, size.small),
            *stays,
        ]

    def _gate(self, n: int, gate: Gate) -> list[Thing]:
        """Two posts, a shutter, who stands there, his switch and the answers for him."""
        x, size, color = self._x(n), self.size, self.colors[self.who(gate.act)]
        room = self.room - 4
        low, high = (self.top + lane * self.full for lane in gate.lane)
        posts = [
            Box(id=f"post:{k}:{gate.act}", x=x - 5, y=y, w=10, h=10, color=color, round=3)
            for k, y in enumerate((self.top - 11, self.top + self.full + 1))
        ]
        names = self.called(gate.act, room)
        shut = Box(id=f"shut:{gate.act}", x=x - 5, y=low, w=10, h=high - low if gate.shut else 0)
        return [
            *self._seam(x, gate), *posts, shut, self.person(gate, x, 0, 8),
            *(words(f"name:{gate.act}:{k}", name, x, 49 + 19 * k, size.small, side="middle",
                    bold=not k, soft=bool(k)) for k, name in enumerate(names)),
            self.switch(gate.act, x, self.top + self.full + 27),
            *self.answered(gate.act, x, self.top + self.full + 58, room, "middle"),
        ]  # fmt: skip

    def _seam(self, x: float, gate: Gate) -> list[Thing]:
        """The edge of a lane: past a gate that shuts only that her money finds another way."""
        seam, w = self.seam(gate), self.room
        if seam is None:
            return []
        y = self.top + seam - 1
        return [Box(id=f"seam:{gate.act}", x=x - w / 2, y=y, w=w, h=2, color=PAPER)]

    def _card(self, n: int, pay: Pay) -> list[Thing]:
        y = self._y(n)
        return [
            *self.card(pay.act, self.at, y, self.wide, self.high, low=False),
            *self.money(pay, self.at + 10, y + 54, self.wide - 14),
            *self.answered(pay.act, self.at, y + 78, self.wide + 12, "start"),
        ]

    def _late(self) -> tuple[list[Thing], float]:
        """What came after the loss: cards, promises, whose acts led nowhere; and where it ends."""
        size, x, late = self.size, self.late_at, self.way.late[:LATE]
        found: list[Thing] = []
        if late:
            after = self.say("pipe.after")
            found.append(words("after", after, x, 16, size.small, soft=True))
        for n, act in enumerate(late):
            found += self._after(act, 26 + n * self.step)
        foot = 26 + len(late) * self.step + 18
        for id in self.promises:
            found += self.promise(id, x, foot - 5, foot)
            foot += 34
        for n, line in enumerate(wrapped(self.gone(), size.width - x, size.small)[:2]):
            found.append(words(f"gone:{n}", line, x, foot, size.small, soft=True))
            foot += 1.25 * size.small
        return found, foot - 8

    def _after(self, act: str, y: float) -> list[Thing]:
        """A card after the loss, and the money that went on to it."""
        said = fitted(self.moved(act), self.late_wide - 14, self.size.small)
        return [
            *self.passed(act, (self.late_at, y + self.high / 2)),
            *self.card(act, self.late_at, y, self.late_wide, self.high, low=False),
            *telling([words(f"moved:{act}", said, self.late_at + 10, y + 54, self.size.small)]),
            *self.answered(act, self.late_at, y + 78, self.late_wide, "start"),
        ]
