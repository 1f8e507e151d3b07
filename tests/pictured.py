"""What a lesson's picture must be: it follows each main knob, and no word lies over another."""

from itertools import combinations

import staged

from simlib.figures.opening.shapes import width_of
from simlib.figures.picture import SIZES, SMALL, drawings
from simlib.lessons.outcome import part_of
from simlib.lessons.reader import lesson_of
from simlib.widgets.prerendered_opening import scene_links

BOLD = 1.05  # how much wider bold letters are
HANG = 0.15  # how far letters hang below their foot, of their height
RISE = 0.8  # and how far they rise above it


def drawn(topic, scene, case, lang="zh", asks=False, **held):
    """Size → the picture of a scene as data, and its `steps`; empty: there is none."""
    table = staged.values(topic, scene, staged.solved(topic, case, lang, **held), lang, case)
    make = part_of(topic, "pictures", "picture")
    return drawings((make(table.found, table.scene, size, table.say) for size in SIZES), asks)


def sizes(pictures):
    """Size → picture, without the steps."""
    return {name: each for name, each in pictures.items() if name != "steps"}


def after(pictures, size, n):
    """A picture as the page has it after a step: `after` of picture-steps.js."""
    steps, picture = pictures["steps"], pictures[size]
    if n >= len(steps["said"]):
        return picture
    things = []
    for thing in picture["things"]:
        if thing["id"].split(":")[0] in steps["late"]:
            continue
        way = steps["ways"].get(thing["id"], {})
        things.append(thing | {name: _at(values, n) for name, values in way.items()})
    return picture | {"things": things}


def _at(values, n):
    """What stands from the last step on that is not after this one."""
    return [value for step, value in values if step <= n][-1]


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
    assert set(sizes(first)) == {size.name for size in SIZES}
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
    said = [each for each in picture["things"] if each["kind"] == "words" and each["text"]]
    boxes = [_box(thing) for thing in said]
    wrong = [
        text
        for text, left, top, right, low in boxes
        if left < -1 or right > picture["width"] + 1 or top < -1 or low > picture["height"] + 1
    ]
    for (one, *a), (other, *b) in combinations(boxes, 2):
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            wrong.append(f"{one} / {other}")
    return wrong


def _box(thing):
    """Words with their left, upper, right and lower edge."""
    size = thing.get("size", SMALL)
    wide = width_of(thing["text"], size) * (BOLD if thing.get("bold") else 1)
    share = {"start": 0, "middle": 0.5, "end": 1}[thing.get("side", "start")]
    left, foot = thing["x"] - share * wide, thing["y"]
    return (
        thing["text"],
        left,
        foot - RISE * size,
        left + wide,
        foot + HANG * size,
    )
