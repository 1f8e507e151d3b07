"""The teacher's page of lesson 03: scenes as on the stage, answers and amounts from the engine.

hypo-chain by hand: either of two cards is enough; whoever is asked about, his own act counts.
"""

import re

import pytest
from test_teaching import prose, tables

from simlib.lessons.causation.names import lesson
from simlib.lessons.reader import lesson_of
from simlib.money import Fen
from simlib.resources import shelf
from simlib.text import LANGS
from simlib.widgets.causation import CausationLab
from simlib.widgets.stage.declared import scenes
from simlib.widgets.state import SCENE, Scene

SCENES = scenes("causation")
GAO_OFF, DU_OFF, PROMISED = (
    lesson_of("causation").changes((name,)) for name in ("gao_off", "du_off", "promised")
)
POSTS_OFF = {"chosen.act:post": False}
LOSS = ("", "loss")
# Each scene's table: what is turned in each row; of whom its columns say what.
TURNS = {
    "start": [{}, GAO_OFF, DU_OFF, POSTS_OFF],
    "both": [GAO_OFF, GAO_OFF | DU_OFF],
    "substitute": [{}, DU_OFF],
    "reserve": [{}, GAO_OFF],
    "promise": [{}, PROMISED],
}
EVERY = ("but_for", "ness", "furthering", "passed")
COLUMNS = {
    "start": [LOSS, *((id, key) for id in ("gao", "du") for key in ("but_for", "furthering"))],
    "both": [LOSS, ("gao", "but_for"), ("du", "but_for")],
    "substitute": [("gao", key) for key in EVERY],
    "reserve": [("du", key) for key in EVERY],
    "promise": [("luo", key) for key in EVERY],
}


def page(lang):
    """The teacher's page."""
    return prose(shelf("course") / lang / "teacher" / "03-causation.ipynb")


def said(lab, scene, turn):
    """What the board says in each column of a scene's table."""
    fields = lab.play.setting(scene, {**scene.changes, **turn})
    view = lab._view(Scene(**{name: fields[name] for name in SCENE}))
    board = lab.board(view, None, scene, None)
    rows = {row.id: row.cells for row in board.rows}
    return [
        board.large.text if id == "" else text_of(rows[id][key]) for id, key in COLUMNS[scene.id]
    ]


def text_of(cell):
    """A word as it stands, an amount in plain yuan."""
    low: Fen | None = cell.low
    return cell.text if low is None else str(low // 100)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_answers_and_amounts_are_the_engines(scene, lang):
    """Every cell of a scene's table."""
    lab, rows = CausationLab(lang), tables(page(lang))[1 + SCENES.index(scene)]
    assert [row[1:] for row in rows] == [said(lab, scene, turn) for turn in TURNS[scene.id]]


@pytest.mark.parametrize("lang", LANGS)
def test_scenes_and_columns_are_called_as_on_the_stage(lang):
    """Titles and columns word for word; each scene has its link."""
    lab, text = CausationLab(lang), page(lang)
    titles = re.findall(r"^### [^：:]+[：:] ?(.*)$", text, re.M)
    assert titles == [scene["question"] for scene in lab.view.scenes]
    between = "：" if lang == "zh" else ": "
    heads = [line.split("|")[2:-1] for line in re.findall(r"^\|.*\|(?=\n\|---)", text, re.M)][1:]
    names = lab.names()
    for scene, line in zip(SCENES, heads, strict=True):
        wanted = [
            names[id] + between + lesson(f"board.column.{key}", lang)
            for id, key in COLUMNS[scene.id]
            if id
        ]
        assert [head.strip() for head in line][-len(wanted) :] == wanted
        assert f"03-causation.ipynb#scene-{scene.id})" in text


def test_by_hand():
    """Du's card off: Gao's becomes indispensable; both off: no loss; Luo's promise is open."""
    lab = CausationLab("zh")
    assert said(lab, SCENES[2], DU_OFF) == ["是", "是", "是", "60000"]
    assert said(lab, SCENES[1], GAO_OFF | DU_OFF)[0] == "不会发生"
    assert said(lab, SCENES[4], PROMISED) == ["否", "否", "待权衡", "50000"]
