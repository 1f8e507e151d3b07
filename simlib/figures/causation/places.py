"""Where the acts of a chain stand, and how its lines run between them.

Time runs downwards, two boxes to a row at most, so that a phone shows the same chain. Lines that
pass a box run in the lane between the two columns; lines that pass the loss run outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.causation.model import LOSS, STAGES

if TYPE_CHECKING:
    from simlib.causation.model import Graph, Group

BOX_PX, GAP_PX, TOP_PX = 78, 36, 8
JOINT_PX = 17  # of a junction above what its line leads to
COLUMNS, HALF = (0.26, 0.74), 0.205
LANE, APART, OUTER = 0.5, 0.018, (0.022, 0.978)
AFTERWARDS = ("after", "cash_out")  # the order after the loss
Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """A box: its column (0 or 1) and its row, with its edges in pixels from the top."""

    column: int
    row: int

    @property
    def x(self) -> float:
        """Its middle."""
        return COLUMNS[self.column]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return TOP_PX + self.row * (BOX_PX + GAP_PX)

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.top + BOX_PX / 2

    def side(self, inner: bool) -> float:
        """Its edge towards the lane, or away from it."""
        return self.x + HALF * (1 if inner == (self.column == 0) else -1)


@dataclass(frozen=True)
class Line:
    """A line from an act to what needs it; it ends in a junction where others are enough too."""

    source: str
    of: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Places:
    """Boxes, lines and junctions of a chain, and how tall it is [pixels]."""

    boxes: dict[str, Place]
    loss: Place
    lines: tuple[Line, ...]
    joints: tuple[tuple[Point, Point], ...]
    height: float


def place(acts: Graph) -> Places:
    """Lay out a model of acts."""
    before = _rows(acts, [id for id in acts.order if not acts.node(id).after_loss])
    after = _rows(acts, [id for id in acts.order if acts.node(id).after_loss])
    boxes = _boxes(acts, before, 0) | _boxes(acts, after, len(before) + 1)
    loss = Place(0, len(before))
    lines, joints = _Routes(boxes, loss).run(acts.groups)
    rows = len(before) + 1 + len(after)
    return Places(boxes, loss, lines, joints, 2 * TOP_PX + rows * (BOX_PX + GAP_PX) - GAP_PX)


def _rows(acts: Graph, ids: list[str]) -> list[list[str]]:
    """Sort acts by stage and need, two to a row."""
    stages = [s for s in STAGES if s not in AFTERWARDS] + list(AFTERWARDS)
    at: dict[str, int] = {}
    for id in ids:
        node = acts.node(id)
        behind = [at[n] + 1 for group in node.needs for n in group if n in at]
        at[id] = max([stages.index(node.stage) * 100, *behind])
    rows = [[id for id in ids if at[id] == level] for level in sorted(set(at.values()))]
    return [row[n : n + 2] for row in rows for n in range(0, len(row), 2)]


def _boxes(acts: Graph, rows: list[list[str]], first: int) -> dict[str, Place]:
    needed = {id for group in acts.groups for id in group.members}
    boxes = {}
    for n, row in enumerate(rows, first):
        for column, id in enumerate(row):
            aside = len(row) == 1 and id not in needed and not acts.node(id).after_loss
            boxes[id] = Place(1 if aside else column, n)
    return boxes


class _Routes:
    """The lines between boxes, straight down where nothing stands between."""

    def __init__(self, boxes: dict[str, Place], loss: Place) -> None:
        self.boxes, self.loss = boxes, loss
        self.lanes = 0

    def run(
        self, groups: tuple[Group, ...]
    ) -> tuple[tuple[Line, ...], tuple[tuple[Point, Point], ...]]:
        """Every line, and each junction with the point its own line leads to."""
        lines, joints = [], []
        for group in groups:
            several = len(group.members) > 1
            for id in group.members:
                points = self._path(id, group.of, self._joint(group) if several else None)
                lines.append(Line(id, group.of, tuple(points)))
            if several:
                x, y = self._joint(group)
                joints.append(((x, y), (x, y + JOINT_PX)))
        return tuple(lines), tuple(joints)

    def _joint(self, group: Group) -> Point:
        if group.of == LOSS:
            return self.boxes[group.members[0]].x, self.loss.top - JOINT_PX
        box = self.boxes[group.of]
        return box.x, box.top - JOINT_PX

    def _path(self, id: str, of: str, joint: Point | None) -> list[Point]:
        start, end = self.boxes[id], self.loss if of == LOSS else self.boxes[of]
        clear = self._clear(start, end.row)
        x = joint[0] if joint else end.x
        if start.row < self.loss.row < end.row and of != LOSS:
            lane = OUTER[start.column]
            head = [(start.side(False), start.middle), (lane, start.middle)]
        elif clear:
            lane = start.x
            head = [(lane, start.top + BOX_PX)]
            x = x if joint or of != LOSS else lane
        else:
            lane = LANE + APART * self.lanes
            self.lanes += 1
            head = [(start.side(True), start.middle), (lane, start.middle)]
            x = x if joint or of != LOSS else lane
        turn = end.top - JOINT_PX
        tail = [(lane, turn), (x, turn)] if x != lane else [(lane, turn)]
        return [*head, *tail] if joint else [*head, *tail, (x, end.top)]

    def _clear(self, start: Place, row: int) -> bool:
        between = range(start.row + 1, row)
        return not any(b.column == start.column and b.row in between for b in self.boxes.values())
