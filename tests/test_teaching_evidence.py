"""The teacher's page of lesson 08: its scenes are the stage's, its numbers the engine's.

Zhao v Zhang by hand, see tests/widgets/test_evidence.py.
"""

import re

import pytest
from staged import make, solved, values
from test_teaching import prose, tables

from simlib import load_case
from simlib.exercise import draw
from simlib.lessons.reader import lesson_of
from simlib.resources import shelf
from simlib.text import LANGS, topic_words
from simlib.widgets.stage.declared import scenes

CASE, SCENES = load_case(lesson_of("evidence").cases[0]), scenes("evidence")
PRESERVED = lesson_of("evidence").changes(("preserved",))
THREE, HOURS = {"chosen.reply": "request_3d"}, {"chosen.reply": "platform_48h"}
BEFORE = {"chosen.objection": "before"}
BOTH = {"chosen.reply": "both"}
EARLY = {"chosen.preserve": 30}  # no suit within thirty days: lifted
LOST = EARLY | {"chosen.released": "not"}
TURNS = {  # what is turned in each row of a scene's table
    "holders": [{}, *({"chosen.ask": day} for day in (90, 170, 187)),
                {"chosen.ask": 187} | PRESERVED, {"chosen.ask": 187} | EARLY,
                {"chosen.ask": 187} | LOST],
    "late": [{}, THREE, HOURS, {"chosen.ask": 170}, {"chosen.ask": 170} | HOURS],
    "wait": [{}, PRESERVED, EARLY, LOST, {"chosen.preserve": 187}, {"chosen.sue": 1},
             {"chosen.caught": None}, {"chosen.caught": None} | PRESERVED],
    "hash": [{"chosen.objection": "none"}, BEFORE, BEFORE | {"chosen.explains": "none"},
             BEFORE | {"chosen.explains": "creation"}, BEFORE | {"chosen.explains": "notary"}],
    "far": [{}, THREE, HOURS, BOTH, {"chosen.preserve": 130}],
}  # fmt: skip


def page(lang):
    """The teacher's page."""
    return prose(shelf("course") / lang / "teacher" / "08-evidence.ipynb")


def cells(scene, turn, lang):
    """What a row of a scene's table says."""
    asked = {**scene.changes, **turn}
    facts = {path: value for path, value in asked.items() if not path.startswith("chosen.")}
    held = {path.removeprefix("chosen."): value for path, value in asked.items()
            if path.startswith("chosen.")}  # fmt: skip
    found = solved("evidence", CASE.at(scene.position).set(facts), lang, **held)
    said = values("evidence", scene.id, found, lang).said
    if scene.id == "hash":
        digest = {True: ("一致", "matches"), False: ("不一致", "differs"), None: ("没有", "none")}
        brackets = "（{}）" if lang == "zh" else " ({})"
        at = LANGS.index(lang)
        return [
            said(r, "truth") + brackets.format(digest[found[r].matches][at]) for r in scene.rows
        ]
    told = [said(row, scene.column) for row in scene.rows]
    return [*told[:3], said("chat", "answered")] if scene.id == "late" else told


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_days_chances_and_money_are_the_engines(scene, lang):
    """Every cell of a scene's table."""
    rows = tables(page(lang))[1 + SCENES.index(scene)]
    assert [row[1:] for row in rows] == [cells(scene, turn, lang) for turn in TURNS[scene.id]]


@pytest.mark.parametrize("lang", LANGS)
def test_scenes_are_called_as_on_the_stage(lang):
    """Titles word for word; each scene has its link."""
    lab, text = make("evidence", lang), page(lang)
    titles = re.findall(r"^### [^：:]+[：:] ?(.*)$", text, re.M)
    assert titles == [scene["question"] for scene in lab.view.scenes]
    assert all(f"08-evidence.ipynb#scene-{scene.id})" in text for scene in SCENES)


NUMBERS = {  # an article as it is called → what has to stand after it: its number of the day
    "zh": {"网络安全法第30条": "（2025年底以前为第28条", "民事诉讼法第284条": "，2024年起"},
    "en": {"Cybersecurity Law art. 30": " (art. 28 until the end of 2025",
           "Civil Procedure Law art. 284": ", from 2024"},
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_articles_bear_the_number_of_the_day(lang):
    """网络安全法28 is 30 from 2026-01-01 on; 民事诉讼法284 is new on 2024-01-01."""
    pages = [prose(shelf("course") / lang / at / "08-evidence.ipynb") for at in ("", "teacher")]
    told = "\n".join([*pages, str(topic_words("evidence_lesson", lang))])
    for called, follows in NUMBERS[lang].items():
        after = told.split(called)[1:]
        assert after
        assert [text[: len(follows)] for text in after] == [follows] * len(after)
    assert "283" not in told


@pytest.mark.parametrize("lang", LANGS)
def test_the_last_day_to_keep_is_not_called_that_of_deletion(lang):
    """Six months from 2022-10-05 end on day 182, 2023-04-05, the last day to keep."""
    column = topic_words("evidence_lesson", lang)["board"]["column"]["until"]
    assert ("保存到" if lang == "zh" else "until") in column
    assert values("evidence", "holders", solved("evidence"), lang).said("log", "until") in (
        "第182天",
        "day 182",
    )
    last = draw("evidence", "retention", 0)
    assert (last.values["right_day"] - CASE.acted_on).days == 182
