"""What the drawings of lesson 03 share, wide and narrow: words, hands, cards, money, pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.board import figures
from simlib.figures.names_of_people import short_names
from simlib.figures.opening.shapes import fitted, width_of, wrapped
from simlib.figures.picture import (
    Box,
    Card,
    Line,
    Look,
    Person,
    Side,
    Size,
    Stream,
    Switch,
    Thing,
    asking,
    telling,
    words,
)
from simlib.figures.picture_parts import colors
from simlib.figures.style import FADED, GRID, PAPER, ROLES
from simlib.interval import Interval, high_end
from simlib.lessons.causation.knobs import in_order
from simlib.lessons.causation.names import titles
from simlib.lessons.causation.outcomes import CONCERT, hypothetical, money_of
from simlib.lessons.causation.stations import Gate, Pay, Run, state_of
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.lessons.causation.outcomes import Chain
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.money import Fen

CARDS, GATES = 3, 4  # so many are drawn; a case with more has no picture
LATE = 2  # cards after the loss that are drawn; more are counted
STRIP = 13  # of a card, above its words [px]
BOLD = 1.08  # how much wider bold letters are than estimated
SEAM = 2  # between two pieces [px]
LINE = 6  # from one line below a piece to the next [px]


class Pipe:
    """What the drawings of both sizes share."""

    full = 60.0  # how wide the whole loss is drawn [px]

    def __init__(self, found: Chain, scene: Scene, size: Size, say: Say, way: Run) -> None:
        self.found, self.size, self.say, self.way = found, size, say, way
        self.case, self.acts = found.case, found.acts
        self.names = short_names(found.case, say.lang)
        self.colors = colors(found.case, self._in_order())
        order = in_order(found.case, found.acts)
        self.knobs = {id: f"switch:{n}" for n, id in enumerate(order, 1)}
        held = (each.removeprefix("promise:") for each in scene.knobs if "promise:" in each)
        self.promises = [id for id in held if any(self.who(act) == id for act in way.late)]

    def _in_order(self) -> list[str]:
        """Everybody, whose acts led to something first: there are not many colours."""
        idle = {self.who(act) for act in self.way.idle}
        return sorted((party.id for party in self.case.parties), key=lambda id: id in idle)

    def who(self, act: str) -> str:
        """Return whose act it is."""
        return self.acts.node(act).party

    def px(self, fen: Fen) -> float:
        """Return how wide an amount is drawn."""
        return self.full * fen / self.case.loss_fen

    # ------------------------------------------------------------ words

    def state(self, act: str) -> str:
        """What has become of an act, in a word: off, void, spare; nothing where it takes effect."""
        state = state_of(self.acts, act, self.found.off)
        return self.say(f"chain.state.{state}") if state in ("off", "lost", "ready") else ""

    def answers(self, act: str, room: float) -> list[str]:
        """Say whether the loss needed him, and whether he furthered it: in one line or two."""
        id, said = self.who(act), []
        for key in ("but_for", "furthering"):
            sure = not hypothetical(self.found, id, key)
            answer = self.found.answer(id, key) if sure else "yes_if"
            said.append(self.say(f"pipe.{key}", answer=self.say(f"board.answers.{answer}")))
        whole = self.say("pipe.comma").join(said)
        return [whole] if width_of(whole, self.size.small) <= room else said

    def answered(self, act: str, x: float, foot: float, room: float, side: Side) -> list[Thing]:
        """Write the answers for whoever did an act below what stands for it, if there is room."""
        lines, high = self.answers(act, room), self.size.small
        if max(width_of(line, high) for line in lines) > room:
            return []
        return telling(
            words(f"answer:{act}:{n}", line, x, foot + n * 1.2 * high, high, side=side)
            for n, line in enumerate(lines)
        )

    def called(self, act: str, room: float) -> list[str]:
        """Name who stands at a gate, and say at what step, or what has become of it: two lines."""
        node, size = self.acts.node(act), self.size.small
        names = wrapped(self.names[node.party], room, size)
        state = self.state(act)
        if len(names) > 1 and not state:
            return [fitted(line, room, size) for line in names[:2]]
        silent = any(act in part.members for part in self.acts.parts)
        said = state or self.say(f"chain.stage.{'silent' if silent else node.stage}")
        return [fitted(self.names[node.party], room, size), fitted(said, room, size)]

    def lost(self) -> str:
        """Say how much is lost as the switches stand."""
        if self.found.in_doubt:
            return self.say("pipe.untold")
        lost = self.way.lost
        said = amount(lost, self.say.lang)
        return self.say("pipe.lost", amount=said) if lost else self.say("pipe.averted")

    @property
    def look(self) -> Look:
        """How her money is drawn that gets to the line: pale where that is not told."""
        sure = self.way.stop is None and not self.found.in_doubt
        return "full" if sure else "pale"

    def titled(self, x: float, foot: float, side: Side, room: float) -> list[Thing]:
        """Write the loss beside its line, or a sign where that is asked."""
        size = self.size
        at = x, foot, size.text
        said = fitted(self.lost(), room / BOLD, size.text)
        return [
            *telling([words("loss", said, *at, side=side, bold=True)]),
            *asking([words("loss:asks", self.say("pipe.asks"), *at, side=side, bold=True)]),
        ]

    # ------------------------------------------------------------ hands

    def switch(self, act: str, x: float, y: float) -> Switch:
        """Return what turns an act on or off."""
        is_on = act not in self.found.off
        said = titles(self.case, self.acts, [act], self.say.lang)
        name = self.say("pipe.off" if is_on else "pipe.on", act=said)
        return Switch(id=f"hand:{act}", x=x, y=y, knob=self.knobs[act], to=not is_on, on=is_on,
                      name=name)  # fmt: skip

    def promised(self, id: str) -> bool:
        """Whether he promised beforehand."""
        return self.case.party(id).grade == CONCERT

    def promise(self, id: str, x: float, y: float, foot: float) -> list[Thing]:
        """Draw what turns a promise on or off, its name at the left."""
        is_on = self.promised(id)
        said = self.say("pipe.promise")
        name = self.say("knob.promise", who=self.names[id])
        far = x + width_of(said, self.size.small) + 34
        return [words(f"promise:{id}", said, x, foot, self.size.small, bold=is_on),
                Switch(id=f"hand:{id}", x=far, y=y, knob=f"promise:{id}", to=not is_on, on=is_on,
                       name=name)]  # fmt: skip

    # ------------------------------------------------------------ cards

    def card(self, act: str, x: float, y: float, w: float, h: float, low: bool) -> list[Thing]:
        """A card, its holder, what came to it; `low`: its switch stands below the words."""
        size, shut = self.size, self.state(act) not in ("", self.say("chain.state.ready"))
        color = FADED if shut else self.colors[self.who(act)]
        room = w - 16 if low else w - 66
        name = fitted(self.names[self.who(act)], room / BOLD, size.text)
        hand = (x + w / 2, y + h - 18) if low else (x + w - 30, y + STRIP + 15)
        return [
            Card(id=f"card:{act}", x=x, y=y, w=w, h=h, color=color),
            words(f"name:{act}", name, x + 10, y + STRIP + 18, size.text, bold=True, soft=shut),
            self.switch(act, *hand),
        ]

    def money(self, pay: Pay, x: float, foot: float, room: float) -> list[Thing]:
        """Write what comes to a card; where that is asked, what came to it in fact."""
        at, lang = (x, foot, self.size.small), self.say.lang
        came = self.say("pipe.got", amount=amount(pay.got, lang))
        fact = fitted(came, room, self.size.small)
        now = fitted(self._now(pay, came), room, self.size.small)
        return [*telling([words(f"now:{pay.act}", now, *at)]),
                *asking([words(f"got:{pay.act}", fact, *at)])]  # fmt: skip

    def _now(self, pay: Pay, came: str) -> str:
        if pay.shut:
            return self.state(pay.act)
        if not pay.now:
            return self.state(pay.act) or self.say("pipe.none")
        if pay.now == pay.got:
            return came
        if not pay.sure:
            return self.say("pipe.shares")
        return self.say("pipe.takes", amount=amount(pay.now, self.say.lang))

    def moved(self, act: str) -> str:
        """Say how much of hers went on to a card after the loss, as it happened."""
        if state := self.state(act):
            return state
        fen = money_of(self.case, self.who(act)) if self.is_real else None
        return self.say("pipe.moved", amount=amount(fen, self.say.lang)) if fen else ""

    @property
    def is_real(self) -> bool:
        """Whether all that led to the loss stands as it was: else nobody knows what went on."""
        return not self.found.off & self.acts.behind

    def passed(self, act: str, at: tuple[float, float]) -> list[Thing]:
        """What went on to a card after the loss; a thin line where nobody knows how much."""
        fen = money_of(self.case, self.who(act))
        if not self.is_real or self.state(act) or not fen or not high_end(fen):
            return []
        needs = {id for group in self.acts.node(act).needs for id in group}
        found: list[Thing] = []
        for pay in self.way.cards:
            if pay.act not in needs:
                continue
            id, (x, y) = f"on:{pay.act}:{act}", self.leaves(pay)
            if isinstance(fen, Interval):
                found.append(Line(id=id, x=x, y=y, by=at, arrow=True, color=ROLES["victim"]))
            else:
                wide = self.px(min(pay.got, fen))
                found.append(Stream(id=id, x=x, y=y, to_x=at[0], to_y=at[1], wide=wide, look="pale",
                                    color=ROLES["victim"]))  # fmt: skip
        return telling(found)

    def leaves(self, pay: Pay) -> tuple[float, float]:
        """Where money leaves a card."""
        raise NotImplementedError

    # ------------------------------------------------------------ her money

    def starts(self) -> list[tuple[Pay, float, float]]:
        """Each card with where its part of the pipe has its middle, and how wide that is."""
        found, at = [], 0.0
        for pay in self.way.cards:
            wide = self.px(pay.now)
            found.append((pay, at + wide / 2, wide))
            at += wide
        return found

    def rests(self) -> list[tuple[Pay, float, float]]:
        """The same as it happened: the bed of the money."""
        found, at = [], 0.0
        for pay in self.way.cards:
            wide = max(self.px(pay.got), 3)
            found.append((pay, min(at + wide / 2, self.full), wide))
            at += wide
        return found

    def stream(self, pay: Pay, at: tuple[float, float], to: tuple[float, float], wide: float,
               *, falls: bool, bed: bool = False) -> Stream:  # fmt: skip
        """Her money into a card, or the bed of it."""
        look: Look = "pale" if bed else "full" if pay.sure else "striped"
        id = f"{'bed' if bed else 'flow'}:{pay.act}"
        return Stream(id=id, x=at[0], y=at[1], to_x=to[0], to_y=to[1], wide=wide, falls=falls,
                      look=look, color=GRID if bed else ROLES["victim"])  # fmt: skip

    def seam(self, gate: Gate) -> float | None:
        """Where the edge of a lane lies in the pipe, if there are several."""
        low, high = gate.lane
        return None if (low, high) == (0, 1) else (low or high) * self.full

    def person(self, gate: Gate, x: float, y: float, head: float) -> Person:
        """Whoever stands at a gate."""
        return Person(id=f"person:{gate.act}", x=x, y=y, head=head,
                      color=FADED if gate.shut else self.colors[self.who(gate.act)])  # fmt: skip

    def gone(self) -> str:
        """Name those whose acts led nowhere, and those after the loss there is no room for."""
        idle = dict.fromkeys(self.names[self.who(act)] for act in self.way.idle)
        more = dict.fromkeys(self.names[self.who(act)] for act in self.way.late[LATE:])
        between = self.say("act.between")
        said = [self.say("pipe.idle", who=between.join(idle))] if idle else []
        said += [self.say("pipe.more", who=between.join(more))] if more else []
        return self.say("pipe.between").join(said)

    # ------------------------------------------------------------ the pieces

    @property
    def tall(self) -> float:
        """How high the pieces are, with the lines and names below them."""
        most = max((len(piece.answers) for piece in self.found.pieces), default=0)
        return 22 + LINE * most + 22

    def pieces(self, y: float) -> list[Thing]:
        """Her payments as they happened, cut by who answers for each part."""
        found: list[Thing] = []
        width, at, size = self.size.width, 0.0, self.size
        for n, piece in enumerate(self.found.pieces):
            w = width * piece.loss_fen / self.case.loss_fen
            found.append(Box(id=f"piece:{n}", x=at, y=y, w=w - SEAM, h=22, round=3,
                             color=ROLES["victim"]))  # fmt: skip
            said = figures(piece.loss_fen, self.say.lang)
            if width_of(said, size.small) * BOLD + 6 < w:
                found.append(words(f"piece-said:{n}", said, at + w / 2, y + 17, size.small,
                                   side="middle", bold=True, on=True, color=PAPER))  # fmt: skip
            found += self._liable(n, piece.answers, at, y + 22, w - SEAM)
            at += w
        return found

    def weighed(self, id: str) -> bool:
        """Whether it is open if he furthered it: then it is open if he answers."""
        return self.found.answer(id, "furthering") == "open"

    def cut(self) -> str:
        """What the pieces are; that no switch moves them, once one is turned."""
        liable = {id for piece in self.found.pieces for id in piece.answers}
        key = "weighed" if any(map(self.weighed, liable)) else "pieces"
        return (self.say("pipe.still") if self.found.off else "") + self.say(f"pipe.{key}")

    def _liable(self, n: int, ids: tuple[str, ...], x: float, y: float, w: float) -> list[Thing]:
        """Name who answers for a piece, each in his colour under a line as long as the piece.

        Stripes: for a share of it, or it is still to be weighed whether; no line is a share itself.
        """
        found: list[Thing] = []
        size, foot = self.size.small, y + LINE * len(ids) + 17
        needs = [width_of(self.names[id], size) + 8 for id in ids]
        spare = max(0.0, (w - sum(needs)) / max(1, len(ids)))
        at = x
        for row, (id, need) in enumerate(zip(ids, needs, strict=True)):
            part = self.found.law.parties[id].mode == "several" or self.weighed(id)
            look: Look = "striped" if part else "full"
            found.append(Box(id=f"liable:{n}:{id}", x=x, y=y + 2 + LINE * row, w=w, h=LINE - 1,
                             look=look, color=self.colors[id]))  # fmt: skip
            if at + need <= x + w + 6:
                found.append(words(f"liable-said:{n}:{id}", self.names[id], at, foot, size,
                                   color=self.colors[id]))  # fmt: skip
            at += need + spare
        return found
