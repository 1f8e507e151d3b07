"""What a lesson's picture must be: it follows each main knob, and no word lies over another."""

from itertools import combinations

import staged

from simlib.figures.opening.shapes import width_of
from simlib.figures.picture import SIZES
from simlib.lessons.outcome import part_of
from simlib.lessons.reader import lesson_of
from simlib.widgets.prerendered_opening import scene_links

BOLD = 1.05  # how much wider bold letters are
HANG = 0.15  # how far letters hang below their foot, of their height
RISE = 0.8  # and how far they rise above it


def drawn(topic, scene, case, lang="zh", asks=False, **held):
    """Size → the picture of a scene as data; empty: there is none."""
    table = staged.values(topic, scene, staged.solved(topic, case, lang, **held), lang, case)
    make = part_of(topic, "pictures", "picture")
    made = {size.name: make(table.found, table.scene, size, table.say) for size in SIZES}
    return {name: each.to_json(asks) for name, each in made.items() if each is not None}


def at_scene(topic, scene, lang="zh"):
    """A lesson's lab at a scene, as its link opens it."""
    return staged.make(topic, lang, link=scene_links(topic)[scene])


def shown(lab):
    """Size → the picture of what the lab shows."""
    return lab.view.drawn


def ask(lab, **wishes):
    """Move knobs as a page does; the pictures then."""
    asked = dict(lab.view.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    lab.view.asked = asked
    return shown(lab)


def unmoved(topic, scene):
    """The main knobs of a scene of which no value moves anything of its picture."""
    lab = at_scene(topic, scene)
    first, begun = shown(lab), dict(lab.view.values)
    assert set(first) == {size.name for size in SIZES}
    still = []
    for knob in lesson_of(topic).scene(scene).knobs:
        item = next(each for each in lab.view.spec if each["id"] == knob)
        if not any(ask(lab, **{knob: value}) != first for value in _values(item)):
            still.append(knob)
        ask(lab, **{knob: begun[knob]})
    return still


def _values(item):
    """Values of a control that may move something."""
    if item.get("options"):
        return [option["value"] for option in item["options"]]
    if "max" not in item:
        return [False, True]
    low, high = item.get("min", 0), item["max"]
    return [high, (low + high) // 2, low]


def overprinted(picture):
    """Words that lie over other words, or run out of the drawing."""
    boxes = [_box(thing) for thing in picture["things"] if thing["kind"] == "words"]
    wrong = [
        said
        for said, left, top, right, low in boxes
        if left < -1 or right > picture["width"] + 1 or top < -1 or low > picture["height"] + 1
    ]
    for (one, *a), (other, *b) in combinations(boxes, 2):
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            wrong.append(f"{one} / {other}")
    return wrong


def _box(thing):
    """Words with their left, upper, right and lower edge."""
    wide = width_of(thing["text"], thing["size"]) * (BOLD if thing.get("bold") else 1)
    share = {"start": 0, "middle": 0.5, "end": 1}[thing.get("side", "start")]
    left, foot = thing["x"] - share * wide, thing["y"]
    return (
        thing["text"],
        left,
        foot - RISE * thing["size"],
        left + wide,
        foot + HANG * thing["size"],
    )
