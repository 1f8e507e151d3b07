"""The narrow picture of lesson 03: her money from above to below."""

from __future__ import annotations

from simlib.figures.opening.shapes import fitted, width_of, wrapped
from simlib.figures.picture import (
    Box,
    Person,
    Picture,
    Side,
    Thing,
    asking,
    telling,
    words,
)
from simlib.figures.style import PAPER, ROLES
from simlib.lessons.causation.pipe_parts import BOLD, LATE, Pipe
from simlib.lessons.causation.stations import Gate, Pay
from simlib.text import amount


class NarrowPipe(Pipe):
    """Her money from above to below."""

    full = 52.0
    begin, step, gap = 36.0, 33.0, 24.0  # where the pipe begins; a gate; to the cards [px]

    def picture(self) -> Picture:
        """Draw the pipe, then gates, cards, the loss, what came after, and the pieces."""
        things = [*self._pipe(), *self._victim()]
        things += [thing for n, gate in enumerate(self.way.gates) for thing in self._gate(n, gate)]
        things += [thing for n, pay in enumerate(self.way.cards) for thing in self._card(n, pay)]
        line = self.low
        things.append(Box(id="line", x=0, y=line, w=self.size.width, h=3))
        late, low = self._late(line)
        things += late
        if not self.found.pieces:
            return Picture(self.size, low, things)
        return Picture(self.size, low + 4 + self.tall, [*things, *self.pieces(low + 4)])

    @property
    def middle(self) -> float:
        """The middle of the pipe."""
        return self.size.width / 2

    @property
    def fork(self) -> float:
        """Where the pipe ends."""
        return self.begin + 14 + self.step * max(1, len(self.way.gates))

    @property
    def card_y(self) -> float:
        """Where the cards begin."""
        return self.fork + self.gap

    @property
    def slim(self) -> bool:
        """Whether a card is too narrow for its switch beside the name."""
        return len(self.way.cards) > LATE

    @property
    def card_h(self) -> float:
        """How high a card is."""
        return 92.0 if self.slim else 61.0

    @property
    def card_w(self) -> float:
        """How wide a card is."""
        number = max(2, len(self.way.cards))
        return (self.size.width - 12 * (number - 1)) / number

    @property
    def low(self) -> float:
        """Where the line of the loss lies."""
        if not self.way.cards:
            return self.fork
        lines = max(len(self.answers(pay.act, self.card_w)) for pay in self.way.cards)
        return self.card_y + self.card_h + 8 + 18 * lines

    def _x(self, n: int) -> float:
        """Return where a card begins; a single one stands below the pipe."""
        if len(self.way.cards) == 1:
            return self.middle - self.card_w / 2
        return n * (self.card_w + 12)

    def leaves(self, pay: Pay) -> tuple[float, float]:
        """At the lower edge of its card."""
        return self._x(self.way.cards.index(pay)) + self.card_w / 2, self.card_y + self.card_h

    def _pipe(self) -> list[Thing]:
        """Her money as far as it gets, over the bed it could run in."""
        left, top = self.middle - self.full / 2, self.begin
        found: list[Thing] = [Box(id="bed", x=left, y=top, w=self.full, h=self.fork - top,
                                  look="track")]  # fmt: skip
        for pay, at, wide in self.rests():
            to = self._x(self.way.cards.index(pay)) + self.card_w / 2, self.card_y
            found.append(self.stream(pay, (left + at, self.fork), to, wide, falls=True, bed=True))
        runs = self.way.stop is None
        ends = runs or self.way.stop == len(self.way.gates)
        stop = self.fork if ends else self._y(self.way.stop or 0)
        lanes = [Box(id="run", x=left, y=top, w=self.full, h=stop - top, look=self.look,
                     color=ROLES["victim"])]  # fmt: skip
        flows = []
        for pay, at, wide in self.starts():
            to = self._x(self.way.cards.index(pay)) + self.card_w / 2, self.card_y
            flows.append(self.stream(pay, (left + at, self.fork - 1), to, wide, falls=True))
        waits = Box(id="waits", x=left, y=top, w=self.full, h=8, color=ROLES["victim"])
        return [*found, *telling([*lanes, *flows]), *asking([waits])]

    def _victim(self) -> list[Thing]:
        """Her, and what she had."""
        victim, size, x = self.case.claimant, self.size, self.middle
        name = fitted(self.names[victim], 70, size.text)
        after = x + 22 + width_of(name, size.text) * BOLD + 6
        had = fitted(amount(self.case.loss_fen, self.say.lang), size.width - after, size.small)
        stays = [] if self.way.lost else telling([
            words("stays", self.say("pipe.stays"), x + 34, 34, size.small, bold=True)])  # fmt: skip
        return [
            Person(id=f"person:{victim}", x=x, y=0, head=size.head, color=ROLES["victim"]),
            words(f"name:{victim}", name, x + 22, 15, size.text, bold=True),
            words("had", had, after, 15, size.small, soft=True),
            *stays,
        ]

    def _y(self, n: int) -> float:
        """Return where a gate stands."""
        return self.begin + 20 + n * self.step

    def _gate(self, n: int, gate: Gate) -> list[Thing]:
        """Two posts, a shutter, his switch and who stands there: at the left, then at the right."""
        y, size, color = self._y(n), self.size, self.colors[self.who(gate.act)]
        left, right = self.middle - self.full / 2, self.middle + self.full / 2
        start, end = (left + lane * self.full for lane in gate.lane)
        posts = [Box(id=f"post:{k}:{gate.act}", x=x, y=y - 4, w=7, h=8, color=color, round=2)
                 for k, x in enumerate((left - 8, right + 1))]  # fmt: skip
        shut = Box(id=f"shut:{gate.act}", x=start, y=y - 4, w=end - start if gate.shut else 0, h=8)
        at_left = n % 2 == 0
        edge = left - 30 if at_left else right + 30
        room = (edge - 24 - 26) if at_left else size.width - 26 - edge - 24
        x = 26 if at_left else size.width - 26
        side: Side = "start" if at_left else "end"
        names = self.called(gate.act, room)
        return [
            *self._seam(y, gate), *posts, shut, self.switch(gate.act, edge, y),
            self.person(gate, 12 if at_left else size.width - 12, y - 14, 7),
            *(words(f"name:{gate.act}:{k}", name, x, y - 2 + 18 * k, size.small, side=side,
                    bold=not k, soft=bool(k)) for k, name in enumerate(names)),
        ]  # fmt: skip

    def _seam(self, y: float, gate: Gate) -> list[Thing]:
        """The edge of a lane: past a gate that shuts only that her money finds another way."""
        seam, h = self.seam(gate), self.step
        if seam is None:
            return []
        x = self.middle - self.full / 2 + seam - 1
        return [Box(id=f"seam:{gate.act}", x=x, y=y - h / 2, w=2, h=h, color=PAPER)]

    def _card(self, n: int, pay: Pay) -> list[Thing]:
        x, y, w = self._x(n), self.card_y, self.card_w
        return [
            *self.card(pay.act, x, y, w, self.card_h, low=self.slim),
            *self.money(pay, x + 10, y + 54, w - 14),
            *self.answered(pay.act, x, y + self.card_h + 17, w, "start"),
        ]

    def _late(self, line: float) -> tuple[list[Thing], float]:
        """What came after the loss, and where it ends: one card beside the words, or two below."""
        late, w = self.way.late[:LATE], (self.size.width - 12) / 2
        alone = len(late) == 1
        x = w + 12 if alone else 0
        room = self.size.width - x
        found = self.titled(x, line + 21, "start", room)
        foot, size = line + 21, self.size
        notes = [self.say("pipe.after")] if alone else []
        for n, note in enumerate([*notes, *wrapped(self.gone(), room, size.small)[:2]]):
            foot += 19
            said = fitted(note, room, size.small)
            found.append(words(f"gone:{n}", said, x, foot, size.small, soft=True))
        for id in self.promises:
            foot += 27
            found += self.promise(id, x, foot - 5, foot)
        top = line + 10 if alone else foot + 8
        for n, act in enumerate(late):
            found += self._after(act, n * (w + 12), top, w)
        lines = max((len(self.answers(act, w)) for act in late), default=0)
        return found, max(foot + 6, top + 66 + 18 * lines if late else 0)

    def _after(self, act: str, x: float, y: float, w: float) -> list[Thing]:
        """A card after the loss."""
        said = fitted(self.moved(act), w - 14, self.size.small)
        return [
            *self.card(act, x, y, w, 61, low=False),
            *telling([words(f"moved:{act}", said, x + 10, y + 54, self.size.small)]),
            *self.answered(act, x, y + 78, w, "start"),
        ]
