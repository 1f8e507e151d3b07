"""The teacher's page of lesson 04: scenes, knobs and columns as on the stage, the engine's numbers.

FIX-1 by hand: L 25 000; shares P .60, A .25, C .15; assets P 0, A 3 000, C 20 000.
"""

import re

import pytest
from telling import tell
from test_teaching import prose, tables, yuan

from simlib import decide, load_case
from simlib.resources import shelf
from simlib.server import pages
from simlib.widgets.liability import LiabilityLab
from simlib.widgets.stage.declared import scenes

FIRST, SCENES = "fix-1", scenes("liability")
RECEIVED, OPEN = ("", "received"), ("victim", "unrecovered")
# Each scene's table: what is turned in each row; of whom what the columns show.
TURNS = {
    "start": [{"C.assets_fen": fen} for fen in (2_000_000, 375_000, 0, None)],
    "solvent": [
        {"mode": "joint"},
        {"mode": "several"},
        {"mode": "joint", "P.assets_fen": 0},
        {"mode": "several", "P.assets_fen": 0},
    ],
    "recourse": [{}, {"A.sued": True}],
    "release": [{}, {"A.released": True}],
    "caps": [{"partial_payment": way} for way in ("outer", "inner", "pro_rata")],
}
COLUMNS = {
    "start": [("A", "paid"), ("C", "paid"), OPEN, RECEIVED],
    "solvent": [("P", "paid"), ("A", "paid"), ("C", "paid"), RECEIVED],
    "recourse": [("A", "paid"), ("C", "paid"), OPEN, RECEIVED],
    "release": [("A", "exposure"), ("C", "exposure"), ("C", "paid"), RECEIVED],
    "caps": [("A", "exposure"), ("C", "exposure"), ("C", "paid"), RECEIVED],
}
CHOSEN = ("mode", "partial_payment")


def page(lang):
    """The teacher's page."""
    return shelf("course") / lang / "teacher" / "04-liability.ipynb"


def decided(scene, turn):
    """The outcome of a scene's row."""
    changes = {**scene.changes, **turn}
    held = {k.removeprefix("chosen."): v for k, v in changes.items() if k.startswith("chosen.")}
    held |= {k: v for k, v in turn.items() if k in CHOSEN}
    facts = {k: v for k, v in changes.items() if "." in k and not k.startswith("chosen.")}
    case = load_case(FIRST).at(scene.position).set(facts)
    rules = {k: v for k, v in held.items() if k != "mode"}
    return decide(case, held.get("mode", "joint"), rules)


def amount(outcome, party, what):
    """What a column shows of an outcome."""
    if what in ("received", "unrecovered"):
        return yuan(getattr(outcome, f"{what}_fen"))
    return yuan(getattr(outcome.parties[party], f"{what}_fen"))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
@pytest.mark.parametrize("lang", pages.LANGS)
def test_the_scenes_numbers_are_the_engines(lang, scene):
    """Every amount in a scene's table, but for a remark in brackets behind it."""
    rows = tables(prose(page(lang)))[1 + SCENES.index(scene)]
    told = [[re.split(r" ?[（(]", cell)[0] for cell in row[1:]] for row in rows]
    assert told == [
        [amount(decided(scene, turn), *column) for column in COLUMNS[scene.id]]
        for turn in TURNS[scene.id]
    ]


@pytest.mark.parametrize("lang", pages.LANGS)
def test_the_scenes_and_knobs_are_called_as_on_the_stage(lang):
    """Titles, knobs, rows and columns word for word; a table shows only rows in sight."""
    lab = LiabilityLab(lang)
    text = prose(page(lang))
    titles = re.findall(r"^### [^：:]+[：:] ?(.*)$", text, re.M)
    assert titles == [scene["question"] for scene in lab.view.scenes]
    knobs = {knob.label for knob in lab.knobs.values()}
    columns = {each["id"]: each["label"] for each in lab.view.board["columns"]}
    heads = [line.split("|")[1:-1] for line in re.findall(r"^\|.*\|(?=\n\|---)", text, re.M)][1:]
    for scene, (knob, *told) in zip(SCENES, heads, strict=True):
        assert knob.strip() in knobs
        tell(lab.view, {"scene": scene.id, "do": "ask"})
        names = {row["id"]: row["name"] for row in lab.view.board["rows"]}
        for head, (party, what) in zip(told, COLUMNS[scene.id], strict=True):
            row, _, seen = head.strip().replace(": ", "：").partition("：")
            if what == "received":  # the large number
                assert row in lab.view.board["large"]["label"]
            else:
                assert party in scene.rows
                column = "paid" if what == "unrecovered" else what
                assert (row, seen) == (names[party], columns[column])


@pytest.mark.parametrize("lang", pages.LANGS)
def test_every_scene_has_its_button(lang):
    """A link to each scene, and none to another."""
    found = re.findall(r"\]\(\.\./04-liability\.ipynb#scene-(\w+)\)", prose(page(lang)))
    assert set(found) == {scene.id for scene in SCENES}


def test_a_release_costs_between_means_and_share():
    """By hand: the others owe 18 750, C has it; 23 000 before: 4 250, of a share of 6 250."""
    scene = next(each for each in SCENES if each.id == "release")
    before, now = (decided(scene, turn) for turn in TURNS["release"])
    assert before.received_fen - now.received_fen == 425_000
