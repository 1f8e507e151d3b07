"""The teacher's page of lesson 05: its scenes are the stage's, its numbers the engine's.

By hand, at the teaching setting: R = .6^.4·.9^.3·.6^.3 = .678, C = √(.8·.6) = .693, Z .533….754;
times .2/½ 21.3…30.1 %, cap 30.
"""

import re

import pytest
from test_teaching import prose, tables

from simlib.resources import shelf
from simlib.text import LANGS
from simlib.widgets.riskbenefit.lab import RiskBenefitLab
from simlib.widgets.riskbenefit.scenes import ACCOUNT, FILL, LOWER, MULTIPLIED, SCENES
from simlib.widgets.state import SCENE, Scene

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
    return RiskBenefitLab(request.param)


def page(lang):
    """The teacher's page."""
    return prose(shelf("course") / lang / "teacher" / "05-riskbenefit.ipynb")


def said(lab, scene, turn):
    """What the board says in each column."""
    fields = lab.play.setting(scene, {**scene.changes, **turn})
    view = lab._view(Scene(**{name: fields[name] for name in SCENE}))
    rows = {row.id: row for row in lab.board(view, None, scene, None).rows}
    return [rows[id].cells["value"].text for id in COLUMNS[scene.id]]


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
    lab, (start, _, act, *_) = RiskBenefitLab("zh"), SCENES
    assert said(lab, start, {}) == ["0–100", "0–82", "0–100", "0–30"]
    assert said(lab, start, FILL) == ["0–100", "68", "69", "21–30"]
    assert said(lab, act, {"zhang.direct": True})[-1] == "60"
