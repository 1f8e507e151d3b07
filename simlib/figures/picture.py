"""A picture: people, purses and money on its way, as data that one renderer draws and moves.

A lesson lists things with their places. The page draws them in that order; a thing that the next
picture has under the same id moves to its new place there, and one that can be taken hold of asks
for a knob. Places and lengths are pixels of a drawing that is `Size.width` wide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from typing import Literal, TypeAlias

from simlib.figures.style import FADED, INK


@dataclass(frozen=True, slots=True)
class Size:
    """The measures of one drawing [px].

    Attributes
    ----------
    name
        where it is shown: `wide` beside the knobs, `narrow` on a phone
    width
        of the drawing
    text, small
        height of letters: of names and amounts, of all else
    head
        radius of a head
    """

    name: str
    width: float
    text: float
    small: float
    head: float


SMALL = 15  # height of letters, unless a thing says otherwise [px]
WIDE = Size("wide", 784, 17, SMALL, 15)
NARROW = Size("narrow", 362, 16, SMALL, 9)
SIZES = (WIDE, NARROW)

Side: TypeAlias = Literal["start", "middle", "end"]
Look: TypeAlias = Literal["full", "pale", "striped", "frame", "ghost", "track"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A thing of a picture.

    Attributes
    ----------
    id
        by which the next picture knows it
    x, y
        where it begins, at the left and above, unless its kind says otherwise
    color
        of a person, of what stands for an authority
    veil
        when it is not shown: `tells`, while a question hides what the engine makes of the facts;
        `asks`, once that is told
    """

    id: str
    x: float
    y: float
    color: str = INK
    veil: Literal["", "tells", "asks"] = ""

    def to_json(self) -> dict[str, object]:
        """Return it as plain data: its kind, and what is not as usual."""
        found: dict[str, object] = {"kind": type(self).__name__.lower()}
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name != "veil" and (each.default is MISSING or value != each.default):
                found[each.name] = _short(value)
        return found


def _short(value: object) -> object:
    """Return a place to a tenth of a pixel; a small number, as a knob may have, as it is."""
    if isinstance(value, tuple):
        return tuple(_short(each) for each in value)
    if not isinstance(value, float):
        return value
    short = round(value, 1) if abs(value) > 1 else value
    return int(short) if short.is_integer() else short


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Thing):
    """A figure, centred at `x`; in outline who is absent."""

    head: float
    absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Thing):
    """Words whose foot is at `y`, with a halo.

    Attributes
    ----------
    size
        height of letters [px]
    on
        whether they stand on a dark ground, and have no halo
    """

    text: str
    size: float = SMALL
    side: Side = "start"
    bold: bool = False
    on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Thing):
    """A rectangle: a purse, a frame, a bar, a wall, as its look says.

    `full` is known, `pale` what is left, `striped` not known, `frame` what may be asked,
    `ghost` what fails, `track` what there is room for.
    """

    w: float
    h: float
    look: Look = "full"
    round: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Thing):
    """A bank card."""

    w: float
    h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Thing):
    """A bar that is cut: of its width each part takes a share, from the left.

    Attributes
    ----------
    colors, parts
        of each part
    """

    w: float
    h: float
    colors: tuple[str, ...]
    parts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vessel(Thing):
    """A tub, open above."""

    w: float
    h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream(Thing):
    """Money on its way from (`x`, `y`) to (`to_x`, `to_y`), the middle of either end.

    Attributes
    ----------
    wide
        as wide as it is much
    falls
        whether it goes down, rather than to the right
    part
        how much of it is there, from its upper or left edge on [share of its width]
    """

    to_x: float
    to_y: float
    wide: float
    look: Look = "full"
    falls: bool = False
    part: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Thing):
    """A line through points, `x`, `y` the first; with an arrow at its end if it leads somewhere.

    Attributes
    ----------
    by
        the other points, one coordinate after the other
    dashed
        a right, and no money
    """

    by: tuple[float, ...]
    dashed: bool = False
    arrow: bool = False
    wide: float = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Thing):
    """What lies within points, `x`, `y` the first; its look says what a box's does.

    Attributes
    ----------
    by
        the other points, one coordinate after the other
    """

    by: tuple[float, ...]
    look: Look = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Thing):
    """A sign whose point is at (`x`, `y`): a triangle `down` or `up`, or a `dot`."""

    shape: Literal["down", "up", "dot"]
    size: float = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Grip(Thing):
    """What a hand takes hold of, centred at (`x`, `y`); it asks for a quantity of a knob.

    Attributes
    ----------
    knob
        the knob's id
    ends, values
        places on its way, from the first to the last, and what the knob says at each [px]
    turn
        of its way: 0 to the right, 90 downwards; a place on it is x cos + y sin [degrees]
    open
        whether nothing is known: its way stands empty, and pressing it supposes something
    """

    knob: str
    ends: tuple[float, ...]
    values: tuple[float, ...]
    turn: float = 0
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Thing):
    """What a hand presses, at (`x`, `y`); it turns a knob of yes and no, or asks for a choice.

    Attributes
    ----------
    knob, to
        the knob's id, and what it is to say once pressed
    on
        whether it is on now
    name
        what pressing it does, for those who do not see it
    """

    knob: str
    to: bool | str
    name: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what happens, `tells` of it once no question hides that, and which things it is of.

    Attributes
    ----------
    of
        things by their ids, with all whose ids go on after a colon
    """

    said: str
    tells: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """How a picture comes about; after the last step it is as it is listed, in every size.

    Attributes
    ----------
    steps
        in order
    begins
        what is said before the first
    count
        what the number of a step is called, with `{n}` and `{of}` in it
    ways
        thing → field → (step, value), from which step on it has that value; the first are 0
    late
        groups of things, by what stands before a colon in their ids, that come with the last step
    """

    steps: Sequence[Step]
    begins: str
    count: str
    ways: Mapping[str, Mapping[str, Sequence[tuple[int, object]]]]
    late: Sequence[str]

    def to_json(self, shown: Collection[str], asks: bool = False) -> dict[str, object]:
        """Return it as plain data; `shown`: things there are; `asks`: a question hides the rest."""
        return {
            "said": [each.said + ("" if asks else each.tells) for each in self.steps],
            "of": [each.of for each in self.steps],
            "begins": self.begins,
            "count": self.count,
            "ways": {id: way for id, way in self.ways.items() if id in shown},
            "late": self.late,
        }


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing of a scene.

    Attributes
    ----------
    size
        for which it is made
    height
        of the drawing [px]
    things
        in the order in which they are drawn
    steps
        how it comes about, if it can be gone through
    """

    size: Size
    height: float
    things: Sequence[Thing]
    steps: Steps | None = None

    def shown(self, asks: bool = False) -> list[Thing]:
        """Return the things that are shown; `asks`: while a question hides the rest."""
        hidden = "tells" if asks else "asks"
        return [thing for thing in self.things if thing.veil != hidden]

    def to_json(self, asks: bool = False) -> dict[str, object]:
        """Return what of it is shown as plain data."""
        return {
            "width": self.size.width,
            "height": round(self.height, 1),
            "things": [thing.to_json() for thing in self.shown(asks)],
        }


def drawings(made: Iterable[Picture | None], asks: bool = False) -> dict[str, object]:
    """Return pictures of a scene by their sizes, and once for all sizes their `steps`."""
    found = [each for each in made if each is not None]
    sizes: dict[str, object] = {each.size.name: each.to_json(asks) for each in found}
    if not found or found[0].steps is None:
        return sizes
    ids = {thing.id for each in found for thing in each.shown(asks)}
    return sizes | {"steps": found[0].steps.to_json(ids, asks)}


def telling(things: Iterable[Thing]) -> list[Thing]:
    """Return things that are not shown while a question hides what they tell."""
    return [replace(thing, veil="tells") for thing in things]


def asking(things: Iterable[Thing]) -> list[Thing]:
    """Return things that stand in their place meanwhile: the facts of which the answer is made."""
    return [replace(thing, veil="asks") for thing in things]


def words(
    id: str, text: str, x: float, y: float, size: float, *, soft: bool = False,
    side: Side = "start", bold: bool = False, on: bool = False, color: str = "",
) -> Words:  # fmt: skip
    """Return words at a place; `soft` are those that can be passed over."""
    return Words(id=id, text=text, x=x, y=y, size=size, side=side, bold=bold, on=on,
                 color=color or (FADED if soft else INK))  # fmt: skip
