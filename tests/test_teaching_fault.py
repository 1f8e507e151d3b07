"""The teacher's page of lesson 02: its scenes are the stage's, its grades and amounts the engine's.

hypo-knowledge by hand: slight and gross are several, 25 % of 80,000; knowing is joint, 80,000.
"""

import re

import pytest
from staged import solved
from test_teaching import prose, tables

from simlib import load_case
from simlib.interval import high_end
from simlib.lessons.fault.knobs import VERDICTS, in_file
from simlib.lessons.reader import lesson_of
from simlib.resources import shelf
from simlib.text import LANGS, words
from simlib.widgets.fault.lab import FaultLab
from simlib.widgets.stage.declared import scenes

LESSON, SCENES = lesson_of("fault"), scenes("fault")
CASE, ROWS = load_case(LESSON.cases[0]), LESSON.named("five")
CONTRARY, FOUND, STORY_OUT, ADVERT_OUT = (
    LESSON.changes((state,)) for state in ("contrary", "found", "story_out", "advert_out")
)
BACK = {"e-advert.against": "deng", "e-advert.shows": [], "e-advert.rebuts": ["knowledge"],
        "e-advert.strength": "doubt"}  # fmt: skip
HIGHER = {"chosen.standard": "higher"}
DOCUMENTS = ("not-prosecuted", "waived", "cleared", "not-effective", "general")
# Each scene's table: what is turned in each row, and how many of the scene's rows are its columns.
TURNS = {
    "start": [{}, {"e-price.original": True}, FOUND, CONTRARY],
    "unclear": [{}, STORY_OUT, CONTRARY, BACK | FOUND],
    "advert": [{}, FOUND, ADVERT_OUT, FOUND | CONTRARY],
    "reading": [{}, CONTRARY, CONTRARY | FOUND, HIGHER],
    "criminal": [
        dict(zip(("criminal[0].status", "criminal[0].finds"), VERDICTS[name], strict=True))
        for name in DOCUMENTS
    ],
}
COLUMNS = {"start": ROWS, "unclear": ROWS[:3]}


def columns(scene):
    """The ways of proof that a scene's table shows."""
    return COLUMNS.get(scene.id, ROWS[:4])


def page(lang):
    """The teacher's page."""
    return prose(shelf("course") / lang / "teacher" / "02-fault.ipynb")


def said(scene, turn, lang):
    """What the engine finds in each column: the grade, and what may be claimed in yuan."""
    asked = scene.changes | turn
    facts = {path: value for path, value in asked.items() if not path.startswith("chosen.")}
    case = in_file(CASE.at(scene.position).set(facts), facts)
    chosen = {p.removeprefix("chosen."): v for p, v in asked.items() if p.startswith("chosen.")}
    found = solved("fault", case, party="deng", **chosen)
    between = "，" if lang == "zh" else ", "
    return [
        words("terms", f"grades.{told.finding.grade}", lang)
        + f"{between}{high_end(told.owed) // 100}"
        for told in (found[row] for row in columns(scene))
    ]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_grades_and_amounts_are_the_engines(scene, lang):
    """Every cell of a scene's table."""
    rows = tables(page(lang))[1 + SCENES.index(scene)]
    assert [row[1:] for row in rows] == [said(scene, turn, lang) for turn in TURNS[scene.id]]


@pytest.mark.parametrize("lang", LANGS)
def test_scenes_and_columns_are_called_as_on_the_stage(lang):
    """Titles and columns word for word; each scene has its link."""
    lab, text = FaultLab(lang), page(lang)
    titles = re.findall(r"^### [^：:]+[：:] ?(.*)$", text, re.M)
    assert titles == [scene["question"] for scene in lab.view.scenes]
    names = {row["id"]: row["name"] for row in lab.view.board["rows"]}
    heads = [line.split("|")[2:-1] for line in re.findall(r"^\|.*\|(?=\n\|---)", text, re.M)][1:]
    wanted = [[names[row] for row in columns(scene)] for scene in SCENES]
    assert [[head.strip() for head in line] for line in heads] == wanted
    assert all(f"02-fault.ipynb#scene-{scene.id})" in text for scene in SCENES)


def test_by_hand():
    """As the file stands: a doubt, so gross and 20,000; the statement gone, knowing and 80,000."""
    start, unclear = SCENES[:2]
    assert said(start, {}, "zh")[1:3] == ["重大过失，20000", "明知，80000"]
    assert said(unclear, STORY_OUT, "zh") == ["明知，80000"] * 3
