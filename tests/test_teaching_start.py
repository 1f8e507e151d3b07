"""The teacher's page of lesson 00: its scenes are the stage's, its numbers the engine's.

By hand: r rulings leave 36 − r judgments and 36 − r + m heard; 36/42 is 85.7 %, 36/39 92.3 %.
"""

import re

import pytest
from telling import opens, tell
from test_teaching import prose, tables

from simlib.lessons.reader import lesson_of
from simlib.resources import shelf
from simlib.text import LANGS, percent
from simlib.uncertainty.counts import divide
from simlib.widgets.stage.declared import scenes
from simlib.widgets.start import StartLab

SCENES = scenes("start")
COUNT, FIVE = (lesson_of("start").named(rows) for rows in ("count", "attributes"))
PARTS = COUNT[1:]
NEW_FACT = {"ending": "dismiss_claim", "fact": True}
# Each scene's table: what is turned in each row.
TURNS = {
    "number": [{"heard": n} for n in (6, 3, 0)],
    "paper": [{"rulings": n} for n in (0, 18, 36)],
    "sorting": [{"ending": e} for e in ("refuse_suit", "dismiss_suit", "dismiss_claim", "support")],
    "again": [{"ending": "dismiss_claim"}, {"ending": "dismiss_suit"}, NEW_FACT],
}
ROWS = {"number": PARTS, "paper": PARTS, "sorting": FIVE, "again": ("document", "merits", "again")}


def page(lang):
    """The teacher's page."""
    return prose(shelf("course") / lang / "teacher" / "00-start.ipynb")


def board(lang, scene, turn):
    """The stage after a scene was set up and knobs were turned."""
    lab = opens(StartLab(lang))
    tell(lab.view, {"scene": scene})
    lab._change({"chosen": lab.state.chosen | turn})
    return lab


def said(lang, scene, turn):
    """What stands in the scene's rows; behind a count the share lost, with one decimal."""
    lab = board(lang, scene, turn)
    rows = {row["id"]: row["cells"] for row in lab.view.board["rows"]}
    column = lab.view.board["column"]
    found = [rows[name][column]["text"] for name in ROWS[scene]]
    lost = lab.outcomes["count"].lost
    return found + ([rate(lost)] if scene in ("number", "paper") else [])


def rate(lost):
    """A share with at most one decimal, both ends of a band."""
    low, high = (lost.low, lost.high) if hasattr(lost, "low") else (lost, lost)
    ends = [percent(end, digits=0 if (end * 100).denominator == 1 else 1) for end in (low, high)]
    return ends[0] if low == high else f"{ends[0].rstrip('%')}–{ends[1]}"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scene", [*TURNS])
def test_numbers_and_words_are_the_stages(scene, lang):
    """Every cell of a scene's table."""
    place = [each.id for each in SCENES].index(scene)
    rows = tables(page(lang))[1 + place]
    assert [row[1:] for row in rows] == [said(lang, scene, turn) for turn in TURNS[scene]]


@pytest.mark.parametrize("lang", LANGS)
def test_the_intervals_are_the_engines(lang):
    """42 and 420 cases at three levels, with one decimal."""
    rows = tables(page(lang))[-1]
    wanted = [
        [f"{100 * c.low:.1f}–{100 * c.high:.1f}%" for level in (0.9, 0.95, 0.99)
         for c in [divide(36, 42, None, 6, times, level).chance]]
        for times in (1, 10)
    ]  # fmt: skip
    assert [row[1:] for row in rows] == wanted


@pytest.mark.parametrize("lang", LANGS)
def test_scenes_knobs_and_rows_are_called_as_on_the_stage(lang):
    """Titles, knobs and rows word for word; each scene has its link."""
    lab, text = StartLab(lang), page(lang)
    titles = re.findall(r"^### [^：:]+?[：:] ?(.*)$", text, re.M)
    assert titles == [scene["question"] for scene in lab.view.scenes]
    heads = [line.split("|")[1:-1] for line in re.findall(r"^\|.*\|(?=\n\|---)", text, re.M)][1:]
    knobs = {knob.id: knob.label for knob in lab.knobs.values()}
    turned = ("heard", "rulings", "ending", "ending", "size")
    for scene, knob, head in zip(SCENES, turned, heads, strict=True):
        assert head[0].strip() == knobs[knob]
        assert f"00-start.ipynb#scene-{scene.id})" in text
        if scene.id in ROWS:
            shown = board(lang, scene.id, {}).view.board
            names = {row["id"]: row["name"] for row in shown["rows"]}
            wanted = [names[row] for row in ROWS[scene.id]]
            wanted += [shown["large"]["label"]] if scene.id in ("number", "paper") else []
            assert [each.strip() for each in head[1:]] == wanted
