"""The teacher's page of lesson 07: its scenes are the stage's, its documents and days the engine's.

Zhao v Zhang by hand, see tests/widgets/test_procedure.py: sued in month 1, under the law as written
a stay, judged in month 9 on the ordinary line; side by side the claim dismissed in month 4.
"""

import re

import pytest
from staged import make, solved, values
from test_teaching import prose, tables

from simlib import load_case
from simlib.figures.suit_words import document_name
from simlib.lessons.reader import lesson_of
from simlib.procedure import REGIMES
from simlib.resources import shelf
from simlib.text import LANGS
from simlib.widgets.stage.declared import scenes

LESSON, SCENES = lesson_of("procedure"), scenes("procedure")
CASE = load_case(LESSON.cases[0])
SOME, ENOUGH, FULL, FROZEN, LATE, APPEALED = (
    LESSON.changes((name,)) for name in ("some", "enough", "full", "frozen", "late", "appealed")
)
NONE = {"chosen.proof": "none"}
TWELVE = {"chosen.caught": 12}
# Each scene's table: what is turned in each row.
TURNS = {
    "investigation": [{}, SOME, ENOUGH, TWELVE],
    "at_large": [{}, SOME, ENOUGH, TWELVE],
    "refused": [{}, APPEALED, APPEALED | NONE, APPEALED | {"chosen.reading_176": "broad"}],
    "after": [{}, {"chosen.disposition": "own-gain"}, FULL, {"chosen.sue": 6}],
    "assets": [{}, FROZEN, {"chosen.leak": 0}, LATE, LATE | FROZEN],
}


def page(lang):
    """The teacher's page."""
    return prose(shelf("course") / lang / "teacher" / "07-procedure.ipynb")


def said(scene, turn, lang):
    """What the suit gets in each row, and when it is judged, or what is paid."""
    asked = scene.changes | turn
    facts = {path: value for path, value in asked.items() if not path.startswith("chosen.")}
    held = {path.removeprefix("chosen."): value for path, value in asked.items()
            if path.startswith("chosen.")}  # fmt: skip
    case = CASE.at(scene.position).set(facts)
    found = solved("procedure", case, **held)
    told = values("procedure", scene.id, found, lang)
    between = "，" if lang == "zh" else ", "
    return [
        document_name(found[r].document, lang) + between + told.said(r, scene.column)
        for r in REGIMES
    ]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_documents_days_and_money_are_the_engines(scene, lang):
    """Every cell of a scene's table."""
    rows = tables(page(lang))[1 + SCENES.index(scene)]
    assert [row[1:] for row in rows] == [said(scene, turn, lang) for turn in TURNS[scene.id]]


@pytest.mark.parametrize("lang", LANGS)
def test_scenes_and_columns_are_called_as_on_the_stage(lang):
    """Titles and columns word for word; each scene has its link."""
    lab, text = make("procedure", lang), page(lang)
    titles = re.findall(r"^### [^：:]+[：:] ?(.*)$", text, re.M)
    assert titles == [scene["question"] for scene in lab.view.scenes]
    names = [row["name"] for row in lab.view.board["rows"]]
    heads = [line.split("|")[2:-1] for line in re.findall(r"^\|.*\|(?=\n\|---)", text, re.M)][1:]
    assert [[head.strip() for head in line] for line in heads] == [names] * len(SCENES)
    assert all(f"07-procedure.ipynb#scene-{scene.id})" in text for scene in SCENES)


def test_by_hand():
    """Month 9 after a stay, month 4 and dismissed side by side; nobody caught: no day."""
    first, large = SCENES[:2]
    assert said(first, {}, "zh")[1:3] == ["裁定中止，9个月", "判决驳回请求，4个月"]
    assert said(large, {}, "zh")[1] == "裁定中止，没有日期"
