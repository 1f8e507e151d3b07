"""Where things stand in the picture of lesson 06: whoever is paid stands after who pays him.

Levels go to the right in the wide drawing and down in the narrow one; `along` is that way, `across`
the other. Places are pixels.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from simlib.lessons.chain.accounts import Names, depths, is_long, left_as

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simlib.case.model import Case
    from simlib.figures.picture import Size
    from simlib.money import Fen

GONE, OTHERS = "gone", "others"  # money that left all accounts, and people without a part
VICTIM = 96  # as wide as a victim is beside a card [px]
MOST_LEVELS, MOST_BESIDE = 7, 5
Side: TypeAlias = Literal["late", "early"]  # of a node: where money goes on, where it comes in


@dataclass
class Node:
    """Somebody's money: a victim, a card, or an end.

    Attributes
    ----------
    id, level
        how it is called, and how far it is from the victims
    x, y, w, h
        its rectangle
    members
        accounts and people it stands for
    ports
        side → flows that meet it there
    """

    id: str
    level: int
    x: float = 0
    y: float = 0
    w: float = 0
    h: float = 0
    members: list[str] = field(default_factory=list)
    ports: dict[Side, list[Flow]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Flow:
    """All that one node paid another, by whose money it was.

    Attributes
    ----------
    parts
        whose → how much [fen]; None is other money
    tells
        whether the rule says whose it was
    """

    payer: Node
    payee: Node
    parts: dict[str | None, Fen]
    fen: Fen
    tells: bool = True

    @property
    def id(self) -> str:
        """By which the next picture knows it."""
        return f"{self.payer.id}-{self.payee.id}"

    @property
    def ends(self) -> tuple[str, str]:
        """The nodes it leads from and to."""
        return self.payer.id, self.payee.id

    @property
    def sides(self) -> tuple[Side, Side]:
        """Where it leaves, and where it comes in: money that comes back goes the other way."""
        return ("late", "early") if self.payer.level < self.payee.level else ("early", "late")

    def other(self, node: Node) -> Node:
        """Return its other end."""
        return self.payee if node is self.payer else self.payer


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one drawing [px]: a node, the least room between levels, what the widest flow takes."""

    wide: float
    high: float
    beside: float
    between: float
    flow: float


MEASURES = {
    "wide": Measures(118, 54, 12, 44, 34),
    "narrow": Measures(112, 31, 8, 17, 30),
}


def node_of(case: Case, names: Names, id: str) -> str:
    """Name the node an account or a person belongs to."""
    party = case.party(names.holder(id))
    if party.role == "victim":
        return party.id
    if left_as(case, id) or party.role == "principal":
        return GONE
    if id == party.id and party.unstated:
        return OTHERS
    return id


class Layout:
    """Nodes and flows of a case in one size; `fits` is whether they can be drawn."""

    def __init__(self, case: Case, names: Names, size: Size, wide_gap: Iterable[str] = ()) -> None:
        self.case, self.names, self.size = case, names, size
        self.at, self.down = MEASURES[size.name], size.name == "narrow"
        self.raised = set(wide_gap)  # nodes over which something else stands
        self.nodes: dict[str, Node] = {}
        self.flows: dict[tuple[str, str], Flow] = {}
        if case.transfers and not is_long(case):
            for id, level in depths(case).items():
                name = node_of(case, names, id)
                node = self.nodes.setdefault(name, Node(name, level))
                node.level = max(node.level, level)
                node.members.append(id)
        self.levels = self._levels()

    @property
    def fits(self) -> bool:
        """Whether there is room for all of it."""
        beside = max((len(level) for level in self.levels), default=0)
        return 1 < len(self.levels) <= MOST_LEVELS and beside <= MOST_BESIDE

    def _levels(self) -> list[list[Node]]:
        """Nodes by level; what is frozen stands last, for it falls from there."""
        found: dict[int, list[Node]] = defaultdict(list)
        for node in self.nodes.values():
            found[node.level].append(node)
        frozen = {a.id for a in self.case.accounts if a.frozen_fen}
        for level in found.values():
            level.sort(key=lambda node: (node.id in frozen and not self.down, node.id == GONE))
        return [found[level] for level in sorted(found)]

    def pay(self, payer: str, payee: str, fen: Fen, parts: dict[str | None, Fen]) -> None:
        """Add a payment to what its ends have between them."""
        one, other = (node_of(self.case, self.names, id) for id in (payer, payee))
        if one == other:
            return
        empty = Flow(self.nodes[one], self.nodes[other], {}, 0)
        flow = self.flows.setdefault((one, other), empty)
        flow.fen += fen
        flow.tells = flow.tells and sum(parts.values()) == fen
        for origin, part in parts.items():
            flow.parts[origin] = flow.parts.get(origin, 0) + part

    def is_victim(self, node: Node) -> bool:
        """Whether a node is a victim, who has no card here."""
        people = {party.id for party in self.case.parties if party.role == "victim"}
        return node.id in people

    # ------------------------------------------------------------ places

    def place(self, top: float) -> float:
        """Give every node its rectangle and its ports, from a height on; return where all ends."""
        low = self._rows(top) if self.down else self._columns(top)
        for flow in self.flows.values():
            for node, side in zip((flow.payer, flow.payee), flow.sides, strict=True):
                node.ports[side].append(flow)
        for node in self.nodes.values():
            for flows in node.ports.values():
                flows.sort(key=lambda flow: self.across(flow.other(node)))
        return low

    def _columns(self, top: float) -> float:
        """Levels beside each other, each in the middle of the height."""
        at, count = self.at, len(self.levels)
        wide = min(at.wide, (self.size.width - at.between * (count - 1)) / count)
        step = (self.size.width - wide) / max(count - 1, 1)
        highs = [self._high(level) for level in self.levels]
        for n, level in enumerate(self.levels):
            y = top + (max(highs) - highs[n]) / 2
            for node in level:
                y += self._over(node)
                narrower = self.is_victim(node)
                node.x, node.y, node.h = n * step, y, at.high
                node.w = min(wide, VICTIM) if narrower else wide
                y += at.high + at.beside
        return top + max(highs)

    def _high(self, level: list[Node]) -> float:
        tall = sum(self.at.high + self._over(node) for node in level)
        return tall + self.at.beside * (len(level) - 1)

    def _over(self, node: Node) -> float:
        """Room above a node for what can be taken hold of there."""
        return 22 if node.id in self.raised else 0

    def _rows(self, top: float) -> float:
        """Levels below each other, each as wide as the drawing."""
        at, y = self.at, top
        for level in self.levels:
            room = self.size.width / len(level)
            wide = min(at.wide, room - at.beside)
            y += max(self._over(node) for node in level) / 2
            for n, node in enumerate(level):
                node.x, node.y, node.w, node.h = (n + 0.5) * room - wide / 2, y, wide, at.high
            y += at.high + at.between
        return y - at.between

    def across(self, node: Node) -> float:
        """Return the middle of a node across the way of money."""
        return node.x + node.w / 2 if self.down else node.y + node.h / 2

    @property
    def px(self) -> float:
        """How wide a fen is drawn, so that all that meets one side of a node has room."""
        ports = [flows for node in self.nodes.values() for flows in node.ports.values()]
        sides = [sum(flow.fen for flow in flows) for flows in ports]
        return self.at.flow / max(*sides, 1)

    def port(self, node: Node, side: Side, flow: Flow) -> tuple[float, float]:
        """Return where a flow meets a node: along the way, and across to its nearer edge."""
        flows = node.ports[side]
        before = sum(each.fen for each in flows[: flows.index(flow)])
        start = self.across(node) - self.px * sum(each.fen for each in flows) / 2
        if self.down:
            along = node.y + node.h if side == "late" else node.y
        else:
            along = node.x + node.w if side == "late" else node.x
        return along, start + self.px * before
