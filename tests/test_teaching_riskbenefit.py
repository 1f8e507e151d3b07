"""The teacher's page of lesson 05: its scenes are the stage's, its numbers the engine's.

By hand, at the teaching setting: R = .6^.4·.9^.3·.6^.3 = .678, C = √(.8·.6) = .693, Z .533….754;
times .2/½ 21.3…30.1 %, cap 30.
"""

import re
from html import unescape

import pytest
from staged import make
from test_teaching import prose, tables

from simlib.lessons.reader import lesson_of
from simlib.resources import shelf
from simlib.text import LANGS, words
from simlib.widgets.stage.declared import scenes
from simlib.widgets.state import SCENE, Scene

SCENES = scenes("riskbenefit")
FILL, ACCOUNT, MULTIPLIED, LOWER = (
    lesson_of("riskbenefit").changes((name,))
    for name in ("filled", "account", "multiplied", "lower")
)

BASE = "chosen.parameter:base.payment"
# Each scene's table: what is turned in each row, and which rows of the stage its columns are.
TURNS = {
    "start": [{}, FILL, *(FILL | {"zhang.gain_direct_fen": fen} for fen in (0, 50_000))],
    "base": [{}, LOWER, {BASE: 0.3}, {BASE: 0.4}],
    "act": [{}, ACCOUNT, {"zhang.act": "tech"}, {"zhang.direct": True}],
    "grade": [
        {"zhang.grade": g, "zhang.fault": None} for g in ("knowing", "gross", "slight", "none")
    ],
    "twin": [{}, {"chosen.aggregator": "additive"}, MULTIPLIED, {BASE: 0.12}, {"long.push": 0.1}],
}  # fmt: skip
COLUMNS = {
    "start": ("gain", "risk", "cause", "share"),
    "base": ("base", "share"),
    "act": ("court", "law", "risk", "base", "share"),
    "grade": ("law", "risk", "base", "share"),
    "twin": ("court", "score", "base", "share"),
}


@pytest.fixture(scope="module", params=LANGS)
def lab(request):
    """A lab a language."""
    return make("riskbenefit", request.param)


def page(lang):
    """The teacher's page."""
    return prose(shelf("course") / lang / "teacher" / "05-riskbenefit.ipynb")


def said(lab, scene, turn):
    """What the board says in each column."""
    fields = lab.play.setting(scene, {**scene.changes, **turn})
    view = lab._view(Scene(**{name: fields[name] for name in SCENE}))
    rows = {row.id: row for row in lab.board(view, None, scene, None).rows}
    return [rows[id].cells["value"].text for id in COLUMNS[scene.id]]


def drawer(lab, turn):
    """Why the share in the scene of the act of help is what it is."""
    fields = lab.play.setting(SCENES[2], {**SCENES[2].changes, **turn})
    view = lab._view(Scene(**{name: fields[name] for name in SCENE}))
    return unescape(lab.reason(view, ["geometric", "share", "zhang"])[1])


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_the_numbers_are_the_engines(lab, scene):
    """Every cell of a scene's table."""
    rows = tables(page(lab.lang))[1 + SCENES.index(scene)]
    assert [row[1:] for row in rows] == [said(lab, scene, turn) for turn in TURNS[scene.id]]


def test_scenes_knobs_and_columns_are_called_as_on_the_stage(lab):
    """Titles, knobs and rows word for word; only rows in sight; each scene has its link."""
    text = page(lab.lang)
    titles = re.findall(r"^### [^：:]+[：:] ?(.*)$", text, re.M)
    assert titles == [scene["question"] for scene in lab.view.scenes]
    heads = [line.split("|")[1:-1] for line in re.findall(r"^\|.*\|(?=\n\|---)", text, re.M)][1:]
    knobs = {knob.label for knob in lab.knobs.values()}
    for scene, (knob, *told) in zip(SCENES, heads, strict=True):
        fields = lab.play.setting(scene)
        view = lab._view(Scene(**{name: fields[name] for name in SCENE}))
        names = {row.id: row.name for row in lab.board(view, None, scene, None).rows}
        assert knob.strip() in knobs
        assert [head.strip() for head in told] == [names[id] for id in COLUMNS[scene.id]]
        assert set(COLUMNS[scene.id]) <= set(scene.rows)
        assert f"05-riskbenefit.ipynb#scene-{scene.id})" in text


def test_by_hand():
    """As told 0–30; filled in 21–30; direct causation 60."""
    lab, (start, _, act, *_) = make("riskbenefit"), SCENES
    assert said(lab, start, {}) == ["0–100", "0–82", "0–100", "0–30"]
    assert said(lab, start, FILL) == ["0–100", "68", "69", "21–30"]
    assert said(lab, act, {"zhang.direct": True})[-1] == "60"


def test_values_driven_to_an_extreme_give_the_whole(lab):
    """Direct, floor 1, no least share of the fraudster: 100 %, as lesson and teacher's page say."""
    extreme = {"chosen.parameter:direct_floor": 1.0, "chosen.parameter:p_min": 0.0}
    assert said(lab, SCENES[2], {"zhang.direct": True, **extreme})[-1] == "100"


def test_the_paper_wants_a_cap_for_payment_only(lab):
    """For another act the drawer says that the course adds it."""
    for turn, key, limit, after in (
        ({}, "capped", "30%", "21%–30%"), (ACCOUNT, "capped_added", "15%", "10%–14%")
    ):  # fmt: skip
        line = words(
            "riskbenefit_lesson", f"reasons.limit.{key}", lab.lang, limit=limit, after=after
        )
        assert line in drawer(lab, turn)


def test_direct_causation_is_not_said_to_stay_below_the_fraudster(lab):
    """60 % for him leave 40: the drawer says that he may be above the fraudster."""
    for turn, key in (({}, "group"), ({"zhang.direct": True}, "group_free")):
        share = "60%" if turn else "21%–30%"
        line = words("riskbenefit_lesson", f"reasons.{key}", lab.lang, share=share)
        assert line in drawer(lab, turn)
