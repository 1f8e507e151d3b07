"""The picture of lesson 06: victims' money in colours through cards to what is frozen.

A band is as wide as it is much, and in the colour of whose it is by the rule that is chosen; below
a card a frame says what may be claimed of its holder, as wide as the card if it is all. What is
frozen is a bar of its own below, cut by whom it goes back to.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.figures.board import figures
from simlib.figures.names_of_people import short_names
from simlib.figures.opening.shapes import fitted, width_of
from simlib.figures.picture import (
    Box,
    Card,
    Grip,
    Look,
    Person,
    Picture,
    Size,
    Split,
    Stream,
    Switch,
    Thing,
    asking,
    telling,
    words,
)
from simlib.figures.style import ENDS, FADED, GRID, INK, OTHER_MONEY, PAPER
from simlib.interval import high_end, low_end
from simlib.lessons.chain.accounts import COINS, Names, coins, frozen_fen, left_as, victims_of
from simlib.lessons.chain.flow_layout import GONE, OTHERS, Flow, Layout, Node
from simlib.lessons.chain.flow_steps import FlowSteps
from simlib.lessons.chain.knobs import tied
from simlib.lessons.chain.outcomes import rule_name
from simlib.money import half_up
from simlib.restitution import FOREIGN
from simlib.restitution.frozen_money import unfound
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.lessons.chain.outcomes import Traced
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.money import Fen

OPENING, EARLY = "opening:", "early"  # knobs that can be taken hold of
POT, CLAIM = 26, 6  # how high the frozen money is, and the frame of a claim [px]
LEAST = 0.8  # no band is narrower [px]
FULL = 1.05  # how much wider bold letters are


def flows(found: Traced, scene: Scene, size: Size, say: Say) -> Picture | None:
    """Draw the way of the money; None: there is none, or too much of it."""
    drawn = _Flows(found, scene, size, say)
    return drawn.picture() if drawn.layout.fits else None


class _Flows:
    """One drawing of one outcome."""

    def __init__(self, found: Traced, scene: Scene, size: Size, say: Say) -> None:
        self.found, self.scene, self.size, self.say = found, scene, size, say
        self.case, self.names = found.case, Names(found.case, say.lang)
        self.people = short_names(found.case, say.lang)
        self.colors = {id: color for id, (color, _) in coins(victims_of(found.case)).items()}
        self.openings = [
            knob.removeprefix(OPENING) for knob in scene.knobs if knob.startswith(OPENING)
        ]
        self.layout = Layout(self.case, self.names, size, self.openings)
        if self.layout.fits:
            for transfer in self.case.transfers:
                parts = {w: fen for w, fen in found.tracing.of(transfer.id).items() if fen}
                self.layout.pay(transfer.payer, transfer.payee, transfer.amount_fen, parts)
            by = rule_name(found.followed, say.lang) if found.method != found.followed else ""
            self.steps = FlowSteps(self.case, found.tracing, self.layout, self.names, by)

    def picture(self) -> Picture:
        """Draw money first, then who has it, then what is frozen."""
        low = self.layout.place(2)
        nodes = self.layout.nodes.values()
        money = list(self.layout.flows.values())
        bottom, pot = self._pot(low + 12)
        things = telling(thing for flow in money for thing in self._bands(flow))
        things += asking(thing for flow in money for thing in self._plain(flow))
        things += telling(self._falls(low + 12))
        things += [thing for node in nodes for thing in self._node(node)]
        things += telling(thing for node in nodes for thing in self._claim(node))
        things += [*pot, *self._hands()]
        things += telling(self._bar(node) for node in nodes if self._has_bar(node))
        return Picture(self.size, bottom, things, self.steps.steps(self.say))

    # ------------------------------------------------------------ money

    def _bands(self, flow: Flow) -> list[Thing]:
        """A flow, a band for each whose money it is; striped if no rule says whose."""
        if not flow.tells:
            return [self._band(flow, flow.id, 0, flow.fen, OTHER_MONEY, "striped")]
        found: list[Thing] = []
        before = 0
        for origin in (*victims_of(self.case), None):
            fen = flow.parts.get(origin, 0)
            if fen * self.layout.px > LEAST / 4:
                color = self.colors.get(origin, OTHER_MONEY)
                found.append(self._band(flow, f"{flow.id}:{origin}", before, fen, color, "full"))
            before += fen
        return found

    def _plain(self, flow: Flow) -> list[Thing]:
        return [self._band(flow, flow.id, 0, flow.fen, GRID, "full")]

    def _band(self, flow: Flow, id: str, before: Fen, fen: Fen, color: str, look: Look) -> Stream:
        """A part of a flow, from its payer's edge to its payee's."""
        out, into = flow.sides
        from_, start = self.layout.port(flow.payer, out, flow)
        to, end = self.layout.port(flow.payee, into, flow)
        px = self.layout.px
        wide, off = max(px * fen, LEAST), px * (before + fen / 2)
        one, other = (from_, start + off), (to, end + off)
        if self.layout.down:
            one, other = (one[1], one[0]), (other[1], other[0])
        return Stream(id=f"flow:{id}", x=one[0], y=one[1], to_x=other[0], to_y=other[1],
                      wide=wide, color=color, look=look, falls=self.layout.down)  # fmt: skip

    def _falls(self, low: float) -> list[Thing]:
        """What is frozen in a card falls into the bar of all that is."""
        if self.layout.down:
            return []
        found: list[Thing] = []
        for account in self.case.accounts:
            node = self.layout.nodes.get(account.id)
            if node and account.frozen_fen:
                x = node.x + node.w / 2
                found.append(Stream(id=f"falls:{node.id}", x=x, y=node.y + node.h, to_x=x,
                                    to_y=low + 20, look="pale", falls=True, color=ENDS["frozen"],
                                    wide=self.layout.px * account.frozen_fen))  # fmt: skip
        return found

    # ------------------------------------------------------------ who has it

    def _node(self, node: Node) -> list[Thing]:
        """A victim with her name and what she paid; a card with its holder's; an end."""
        if self.layout.is_victim(node):
            return self._victim(node)
        if node.id in (GONE, OTHERS):
            fen = sum(flow.fen for flow in self.layout.flows.values() if flow.payee is node)
            box = Box(id=f"ground:{node.id}", x=node.x, y=node.y, w=node.w, h=node.h, color=PAPER)
            edge = Box(id=f"end:{node.id}", x=node.x, y=node.y, w=node.w, h=node.h, color=FADED,
                       look="ghost", round=6)  # fmt: skip
            return [box, edge, *self._said(node, self._end(node), figures(fen, self.say.lang))]
        account = next((a for a in self.case.accounts if a.id == node.id), None)
        frozen = account.frozen_fen if account else None
        color = ENDS["frozen"] if frozen else self.names.color(node.id)
        card = Card(id=f"card:{node.id}", x=node.x, y=node.y, w=node.w, h=node.h, color=color)
        holds = figures(self.steps.end(node.id), self.say.lang)
        said = holds
        if frozen and not self.layout.down:
            said = self.say("flows.frozen", amount=figures(frozen, self.say.lang))
        return [card, *self._said(node, self.people[self.names.holder(node.id)], said, 6)]

    def _has_bar(self, node: Node) -> bool:
        return self.steps.has and self.steps.is_card(node.id)

    def _bar(self, node: Node) -> Split:
        """What is in a card while its money comes and goes, in the place of the frame of claims."""
        return Split(id=f"held:{node.id}", x=node.x, y=node.y + node.h + 2, w=node.w, h=CLAIM,
                     colors=self.steps.colors)  # fmt: skip

    def _end(self, node: Node) -> str:
        """Name an end: how money left, or who has it."""
        if node.id == OTHERS:
            return self.say("flows.others")
        if all(left_as(self.case, id) for id in node.members):
            return self.say("flows.gone")
        return self.people[self.names.holder(node.members[0])]

    def _said(self, node: Node, name: str, more: str, down: float = 0) -> list[Thing]:
        """Name a node; on a second line, or beside the name, how much it is about."""
        x, small = node.x + 8, self.size.small
        room = node.w - 14
        if self.layout.down:
            foot = node.y + node.h - 5 - (0 if down else 6)
            found: list[Thing] = []
            wide = width_of(figures(self.steps.top, self.say.lang), small)  # the widest it comes to
            if FULL * width_of(name, small) + max(wide, width_of(more, small)) + 8 < room:
                found.append(words(f"fact:{node.id}", more, node.x + node.w - 6, foot, small,
                                   side="end"))  # fmt: skip
            name = fitted(name, room / FULL, small)
            return [words(f"name:{node.id}", name, x, foot, small, bold=True), *found]
        foot = node.y + (22 if more else 31) + down
        more, name = fitted(more, room, small), fitted(name, room / FULL, small)
        said = [words(f"name:{node.id}", name, x, foot, small, bold=True)]
        if more:
            said.append(words(f"fact:{node.id}", more, x, foot + 18, small))
        return [*said]

    def _victim(self, node: Node) -> list[Thing]:
        """Her figure in the colour of her money."""
        fen = sum(flow.fen for flow in self.layout.flows.values() if flow.payer is node)
        small, down = self.size.small, self.layout.down
        head = 8 if down else 11
        x = node.x + 1.8 * head
        beside = x + 2.1 * head
        room = node.x + node.w - beside
        y = node.y + (node.h - 3.9 * head) / 2
        text = fitted(self.people[node.id], room / FULL, small)
        feet = (node.y + 13, node.y + 29) if down else (node.y + 23, node.y + 41)
        paid = fitted(figures(fen, self.say.lang), room, small)
        asked = node.id == self.found.victim
        return [
            Person(id=f"person:{node.id}", x=x, y=y, head=head, color=self.colors[node.id]),
            words(f"name:{node.id}", text, beside, feet[0], small, bold=asked),
            words(f"fact:{node.id}", paid, beside, feet[1], small, soft=True),
        ]

    # ------------------------------------------------------------ what may be claimed

    def _claim(self, node: Node) -> list[Thing]:
        """What may be claimed of whom a node belongs to: a frame below it, its width is all."""
        holder = self.names.holder(node.id)
        first = next((a.id for a in self.case.accounts if a.holder == holder), holder)
        asked, whole = self.found.law.parties.get(holder), self.found.law.claim_fen
        if node.id not in (first, holder) or asked is None or not whole:
            return []
        low, high = (min(1, end(asked.exposure_fen) / whole) for end in (low_end, high_end))
        y, found = node.y + node.h + 2, list[Thing]()
        color = self.colors.get(self.found.victim, INK)
        if low:
            found.append(Box(id=f"claim:{node.id}", x=node.x, y=y, w=node.w * low, h=CLAIM,
                             color=color, look="frame"))  # fmt: skip
        if high > low:
            found.append(Box(id=f"claim-open:{node.id}", x=node.x + node.w * low, y=y, h=CLAIM,
                             w=node.w * (high - low), color=color, look="striped"))  # fmt: skip
        return found

    # ------------------------------------------------------------ what is frozen

    def _pot(self, top: float) -> tuple[float, list[Thing]]:
        """The frozen money, cut by whom it goes back to, and what the signs mean; where it ends."""
        frozen, small = frozen_fen(self.case), self.size.small
        foot = top + small
        said, legend = self._legend(foot)
        if not frozen:
            return foot + 6, legend
        title, ghost = self._title(frozen, said)
        things = [*legend, words("pot:title", title, 0, foot, small, bold=True)]
        y, x = foot + 6, 0.0
        things.append(Box(id="pot", x=0, y=y, w=self.size.width, h=POT, color=ENDS["frozen"],
                          look="ghost" if ghost else "frame", round=3))  # fmt: skip
        mark = words("pot:asks", self.say("flows.asks"), self.size.width / 2, y + 19, small,
                     side="middle", bold=True)  # fmt: skip
        things += asking([mark])
        for id, name, fen, color, look in self._parts(frozen):
            wide = self.size.width * fen / frozen
            things += telling(self._part(id, name, fen, (x, y, wide), (color, look)))
            x += wide
        return y + POT + 2, things

    def _title(self, frozen: Fen, room: float) -> tuple[str, bool]:
        """What the bar is, and whether it is a mere comparison, as no rule of ours gives it."""
        said = self.say("flows.pot", amount=amount(frozen, self.say.lang))
        ghost = self.found.method in FOREIGN
        if ghost:
            more = self.say("flows.foreign", said=said)
            said = more if FULL * width_of(more, self.size.small) < room - 10 else said
        return fitted(said, (room - 10) / FULL, self.size.small), ghost

    def _parts(self, frozen: Fen) -> list[tuple[str, str, Fen, str, Look]]:
        """Id, name, amount, colour and look of each part of what is frozen."""
        given = self.found.given
        if given is None:
            return [("whole", self.say("board.pot.whole"), frozen, OTHER_MONEY, "striped")]
        look: Look = "pale" if self.found.method in FOREIGN else "full"
        found: list[tuple[str, str, Fen, str, Look]] = [
            (id, self.people[id], fen, self.colors[id], look) for id, fen in given.returned.items()
        ]
        rest = frozen - sum(given.returned.values())
        gap = min(rest, sum(unfound(self.case).values()))
        found.append(("rest", self.say("board.pot.rest"), rest - gap, OTHER_MONEY, "track"))
        found.append(("gap", self.say("board.pot.unfound"), gap, OTHER_MONEY, "striped"))
        return [each for each in found if each[2]]

    def _part(
        self,
        id: str,
        name: str,
        fen: Fen,
        place: tuple[float, float, float],
        seen: tuple[str, Look],
    ) -> list[Thing]:
        """A part of it, with as many words as there is room for."""
        (x, y, wide), (color, look), small = place, seen, self.size.small
        box = Box(id=f"back:{id}", x=x + 1, y=y + 1, w=max(wide - 2, 1), h=POT - 2, color=color,
                  look=look)  # fmt: skip
        much = figures(100 * half_up(Fraction(fen, 100)), self.say.lang)  # fen stand in the rows
        texts = (
            [name] if id == "whole" else [self.say("flows.part", who=name, amount=much), name, much]
        )
        said = next((text for text in texts if FULL * width_of(text, small) + 8 < wide), "")
        if not said:
            return [box]
        on = look == "full" and color != COINS[2][0]
        return [box, words(f"back-said:{id}", said, x + wide / 2, y + 19, small, side="middle",
                           bold=True, on=on, color=PAPER if on else INK)]  # fmt: skip

    def _legend(self, foot: float) -> tuple[float, list[Thing]]:
        """What a frame is, at the right; where it begins."""
        small = self.size.small
        said = self.say("flows.claim" if self.size.name == "wide" else "flows.claim_short",
                        amount=amount(self.found.law.claim_fen, self.say.lang))  # fmt: skip
        x = self.size.width - width_of(said, small)
        color = self.colors.get(self.found.victim, INK)
        sign = Box(id="legend", x=x - 34, y=foot - 9, w=28, h=CLAIM, color=color, look="frame")
        legend: list[Thing] = [sign, words("legend:said", said, x, foot, small, soft=True)]
        if self.steps.has:  # what bars below cards are, until frames of claims stand there
            legend.append(
                words("held-said", "", self.size.width, foot, small, side="end", soft=True)
            )
        return x - 34, legend

    # ------------------------------------------------------------ what the hand takes

    def _hands(self) -> list[Thing]:
        """What lay in a card before, and which of two payments came first."""
        found: list[Thing] = []
        for id in self.openings:
            node = self.layout.nodes.get(id)
            account = next((a for a in self.case.accounts if a.id == id), None)
            if node and account:
                found += self._opening(node, account.opening_fen)
        pair = tied(self.case) if EARLY in self.scene.knobs else None
        return found + (self._early(pair[1].payer) if pair else [])

    def _opening(self, node: Node, fen: Fen) -> list[Thing]:
        """Other money that lay in a card, as a bar above it, on the scale of claims."""
        whole, small = self.found.law.claim_fen or 1, self.size.small
        y, wide = node.y - 12, node.w * min(fen / whole, 1.2)
        said = self.say("flows.opening", amount=figures(fen, self.say.lang))
        end = node.x + wide
        bar = Box(id=f"own:{node.id}", x=node.x, y=y - 3, w=wide, h=6, color=OTHER_MONEY)
        grip = Grip(id=f"grip:{node.id}", x=end, y=y, knob=f"{OPENING}{node.id}",
                    ends=(node.x, node.x + 1.2 * node.w),
                    values=(0, 1.2 * whole / 100))  # fmt: skip
        long, edge = width_of(said, small), node.x + node.w + 0.9 * self.layout.at.between
        before = end + 16 + long > edge and end - 16 - long > node.x - 8
        at = end - 16 - long if before else min(end + 16, self.size.width - long)
        return [bar, words(f"own-said:{node.id}", said, at, y + 5, small), grip]

    def _early(self, payer: str) -> list[Thing]:
        """A switch on the way of the payment that may have come a second before the other."""
        victim = self.names.holder(payer)
        node = self.layout.nodes.get(victim)
        pair = tied(self.case)
        if node is None or pair is None or not pair[0].at or not pair[1].at:
            return []
        on = pair[1].at < pair[0].at
        small, said = self.size.small, self.say("flows.early")
        if self.layout.down:
            x, y = node.x + node.w - 12, node.y + node.h + self.layout.at.between / 2
            label = words("early", said, x - 26, y + 5, small, side="end")
        else:
            x, y = node.x + node.w + 22, node.y + node.h - 8
            label = words("early", said, x + 26, y + 5, small)
        name = self.say("flows.early_name", who=self.people[victim])
        return [label, Switch(id="turn:early", x=x, y=y, knob=EARLY, to=not on, on=on, name=name)]
