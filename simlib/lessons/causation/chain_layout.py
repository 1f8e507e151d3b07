"""Where the acts of a chain stand, and how its lines run between them.

Acts on the way to the loss stand in columns; those that lead nowhere stand below others; those
after the loss at its right. A line over other columns runs in a lane above all boxes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from simlib.causation.act_graph import LOSS, STAGES
from simlib.figures.opening import shapes

if TYPE_CHECKING:
    from simlib.causation.act_graph import Graph, Group

AFTERWARDS = ("after", "cash_out")  # the order after the loss
MOST = 4  # boxes of a column
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Size:
    """The measures of one drawing [px].

    Attributes
    ----------
    width
        of the whole
    text, latin
        height of letters, Chinese and other
    high, gap
        of a box; between one box and the next below it
    between
        one column and the next, of the width of a column
    loss
        how much wider the loss is than an act
    joint
        radius of an “or”
    """

    width: int
    text: int
    latin: int
    high: int
    gap: int
    between: float
    loss: int
    joint: int

    def drawn(self, width: float) -> shapes.Size:
        """Return the measures as other drawings have them, for a drawing of another width."""
        return replace(shapes.WIDE, width=round(width))


WIDE = Size(700, 16, 14, 40, 10, 0.27, 8, 10)
NARROW = Size(362, 14, 13, 38, 12, 0.25, 8, 9)


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its left upper corner, width and height."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def middle(self) -> float:
        """Half way across."""
        return self.x + self.wide / 2

    @property
    def centre(self) -> float:
        """Half way down."""
        return self.y + self.high / 2


@dataclass(slots=True)
class Layout:
    """Boxes, lines and junctions of a chain.

    Attributes
    ----------
    lines
        source, what needs it, and the points between
    joints
        of each “or” its place, where its own line ends, and between whom it stands
    joined
        the lines that end in one
    hidden
        how many acts there is no room for
    """

    width: float
    height: float
    boxes: dict[str, Box]
    loss: Box
    lines: list[tuple[str, str, tuple[Point, ...]]] = field(default_factory=list)
    joints: list[tuple[float, float, float, tuple[str, ...]]] = field(default_factory=list)
    joined: set[tuple[str, str]] = field(default_factory=set)
    hidden: int = 0


def lay_out(acts: Graph, size: Size) -> Layout:
    """Lay out a model of acts from left to right."""
    before, after = columns(acts)
    lanes = sum(_is_long(group, before) for group in acts.groups)
    top = 4 + 9 * lanes
    tall = max([len(column) for column in [*before, *after]] + [1])
    high = tall * (size.high + size.gap) - size.gap
    number = len(before) + 1 + len(after)
    aside = 1.7 * size.joint * any(len(g.members) > 1 and g.of == LOSS for g in acts.groups)
    step = (size.width - size.loss - aside - 4) / (number - size.between / (1 + size.between))
    wide = step / (1 + size.between)
    loss = Box(2 + step * len(before) + aside, 2, wide + size.loss, 0)
    found = Layout(size.width, 0, {}, loss)
    for n, column in enumerate([*before, [], *after]):
        x = 2 + step * n + (aside + size.loss if n > len(before) else 0)
        y = top + (high - len(column) * (size.high + size.gap) + size.gap) / 2
        for id in column[:MOST]:
            found.boxes[id] = Box(x, y, wide, size.high)
            y += size.high + size.gap
    low = top + high
    found.loss = replace(found.loss, high=low - found.loss.y)
    found.hidden = len(acts.nodes) - len(found.boxes)
    found.height = low + 4 + (18 if found.hidden else 0)
    _route(acts, found, before, after, size)
    return found


def columns(acts: Graph) -> tuple[list[list[str]], list[list[str]]]:
    """Return the acts before the loss and after it, in columns by stage and need.

    Acts that lead nowhere stand in the shortest column, below those on the way to the loss.
    """
    early = [id for id in acts.order if id in acts.behind and not acts.node(id).after_loss]
    late = [id for id in acts.order if acts.node(id).after_loss]
    before = _levels(acts, early) or [[]]
    for id in acts.order:
        if id not in acts.behind and not acts.node(id).after_loss:
            min(reversed(before), key=len).append(id)
    return before, _levels(acts, late)


def _levels(acts: Graph, ids: list[str]) -> list[list[str]]:
    stages = [s for s in STAGES if s not in AFTERWARDS] + list(AFTERWARDS)
    at: dict[str, int] = {}
    for id in ids:
        node = acts.node(id)
        behind = [at[n] + 1 for group in node.needs for n in group if n in at]
        at[id] = max([stages.index(node.stage) * 100, *behind])
    return [[id for id in ids if at[id] == level] for level in sorted(set(at.values()))]


def _is_long(group: Group, before: list[list[str]]) -> int:
    """Return how many lines of a group pass over a column on the way to what needs them."""
    if len(group.members) > 1:
        return 0
    place = {id: n for n, column in enumerate(before) for id in column}
    end = len(before) if group.of == LOSS else place.get(group.of, 0)
    return sum(end - place[id] > 1 for id in group.members if id in place)


def _route(
    acts: Graph, at: Layout, before: list[list[str]], after: list[list[str]], size: Size
) -> None:
    """Draw what each act and the loss need; what comes after the loss follows from it."""
    lane = 4.0
    early = {id for column in before for id in column}
    for group in acts.groups:
        if group.of != LOSS and group.of not in early:
            continue
        members = [id for id in group.members if id in at.boxes]
        target = at.loss if group.of == LOSS else at.boxes.get(group.of)
        if target is None or not members:
            continue
        lane = _join(at, members, group.of, target, before, lane, size)
    source = LOSS
    for column in after:
        for id in column[:MOST]:
            start = at.loss if source == LOSS else at.boxes[source]
            box = at.boxes[id]
            at.lines.append((source, id, ((start.x + start.wide, box.centre), (box.x, box.centre))))
        source = column[0]


def _join(
    at: Layout, members: list[str], of: str, target: Box, before: list[list[str]], lane: float,
    size: Size,
) -> float:  # fmt: skip
    """Draw the lines of one need; several meet in an “or” left of it."""
    place = {id: n for n, column in enumerate(before) for id in column}
    end = len(before) if of == LOSS else place[of]
    centres = [at.boxes[id].centre for id in members]
    y = sum(centres) / len(centres) if of == LOSS or len(members) > 1 else target.centre
    x = target.x
    if len(members) > 1:
        x = target.x - size.joint - 9
        at.joints.append((x, y, target.x, tuple(members)))
        at.joined |= {(id, of) for id in members}
    for id in members:
        box = at.boxes[id]
        start = (box.x + box.wide, box.centre)
        if end - place[id] > 1 and len(members) == 1:
            turn = start[0] + 6
            stop = target.x if of == LOSS else target.x - 8
            down = ((stop, lane),) if of == LOSS else ((stop, lane), (stop, y), (target.x, y))
            at.lines.append((id, of, (start, (turn, start[1]), (turn, lane), *down)))
            lane += 9
        elif start[1] == y:
            at.lines.append((id, of, (start, (x, y))))
        else:
            bend = x if len(members) > 1 else (start[0] + x) / 2
            at.lines.append((id, of, (start, (bend, start[1]), (bend, y), (x, y))))
    return lane
