"""The teacher's page of lesson 06: scenes, knobs and rows as on the stage, the engine's numbers.

hypo-layers by hand: art. 8(3) by its words gives Li 20 298.24 × 25 000 ÷ 104 000 = 4 879.38, by
open losses 20 298.24 × 25 000 ÷ 103 100 = 4 921.98.
"""

import re

import pytest
from staged import make, solved
from test_teaching import prose, tables, yuan

from simlib import load_case
from simlib.lessons.reader import lesson_of
from simlib.resources import shelf
from simlib.server import pages
from simlib.widgets.stage.declared import scenes

LESSON, SCENES = lesson_of("chain"), scenes("chain")
EARLY = LESSON.changes(("early",))

BACK = ("back:li", "back:chen", "back:wu")
FIFO, PRO_RATA = {"method": "fifo"}, {"method": "pro_rata"}
HALF = {"t1.amount_fen": 25_000_000, "t2.amount_fen": 25_000_000}
WHOLE = {"cap": "below_knowing"}
# Each scene's table: what is turned in each row, and which rows of the board the columns show.
TURNS = {
    "start": [{"method": m} for m in ("timestamp", "pro_rata", "by_loss", "fifo", "lifo",
                                      "lowest_balance")],
    "second": [FIFO, FIFO | EARLY, PRO_RATA, PRO_RATA | EARLY],
    "own": [{"xu-2.opening_fen": fen} for fen in (500_000, 1_500_000, 3_000_000)],
    "liable": [{}, PRO_RATA, FIFO, {"method": "lifo"}, {"he.grade": "gross", "he.fault": None}],
    "part": [{}, HALF, WHOLE, WHOLE | HALF],
}  # fmt: skip
COLUMNS = {
    "start": (*BACK, "he", "ma"),
    "second": BACK,
    "own": (*BACK, "rest"),
    "liable": ("back:li", "he", "tang", "ma", "fang"),
    "part": ("gao", "tao"),
}
CHOSEN = ("method", "cap")


def page(lang):
    """The teacher's page."""
    return shelf("course") / lang / "teacher" / "06-chain.ipynb"


def shown(scene, turn):
    """Row → amount, of a scene with some of it turned."""
    changes = {**scene.changes, **turn}
    held = {k.removeprefix("chosen."): v for k, v in changes.items() if k.startswith("chosen.")}
    held |= {k: v for k, v in turn.items() if k in CHOSEN}
    facts = {k: v for k, v in changes.items() if k not in CHOSEN and not k.startswith("chosen.")}
    position = scene.position
    if facts.pop("t11.at", None):
        position = "one-second"  # the same second, as the case's own position has it
    case = load_case(scene.case_id or LESSON.cases[0]).at(position).set(facts)
    return solved("chain", case, **held).amounts


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
@pytest.mark.parametrize("lang", pages.LANGS)
def test_the_scenes_numbers_are_the_engines(lang, scene):
    """Every amount in a scene's table, but for a remark in brackets behind it."""
    rows = tables(prose(page(lang)))[1 + SCENES.index(scene)]
    told = [[re.split(r" ?[（(]", cell)[0] for cell in row[1:]] for row in rows]
    assert told == [
        [yuan(shown(scene, turn)[column]) for column in COLUMNS[scene.id]]
        for turn in TURNS[scene.id]
    ]


@pytest.mark.parametrize("lang", pages.LANGS)
def test_the_scenes_and_knobs_are_called_as_on_the_stage(lang):
    """Titles, knobs and rows word for word; a table shows only rows in sight."""
    lab = make("chain", lang)
    text = prose(page(lang))
    titles = re.findall(r"^### [^：:]+[：:] ?(.*)$", text, re.M)
    assert titles == [scene["question"] for scene in lab.view.scenes]
    heads = [line.split("|")[1:-1] for line in re.findall(r"^\|.*\|(?=\n\|---)", text, re.M)][1:]
    for scene, (label, *told) in zip(SCENES, heads, strict=True):
        lab._staged_at(scene.id)
        main = {lab.knobs[name].label for name in scene.knobs}
        names = {row["id"]: row["name"] for row in lab.view.board["rows"] if not row["more"]}
        assert label.strip() in main
        assert [head.strip() for head in told] == [names[id] for id in COLUMNS[scene.id]]


@pytest.mark.parametrize("lang", pages.LANGS)
def test_every_scene_has_its_button(lang):
    """A link to each scene, and none to another."""
    found = re.findall(r"\]\(\.\./06-chain\.ipynb#scene-(\w+)\)", prose(page(lang)))
    assert set(found) == {scene.id for scene in SCENES}
