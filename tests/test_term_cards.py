"""Term cards: every lesson has some, and the numbers of their examples are the engine's."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from staged import COURSE, lessons, make
from telling import opens, tell

from simlib.lessons.reader import lesson_of
from simlib.text import LANGS, topic_words

TERMS = topic_words("term_cards")["terms"]
# Where a lesson shows what an example says: topic, scene, whether its turn is made, row, column.
SHOWN = {
    "dismiss_suit": [("start", "number", False, "ruling", "files")],
    "unknown": [("case", "start", False, "auto", "burden")],
    "assumption": [("chain", "start", False, "ma", "amount")],
    "outward": [("liability", "start", False, "C", column) for column in ("exposure", "burden")],
    "burden": [("liability", "start", False, "C", column) for column in ("exposure", "burden")],
    "joint": [("liability", "start", False, "A", "exposure")],
    "several": [("liability", "start", False, "C", column) for column in ("exposure", "burden")],
    "partial_joint": [("liability", "caps", False, "C", "exposure")],
    "indeterminable": [
        ("case", "start", False, "several", "exposure"),
        ("case", "insolvent", False, "joint", "burden"),
    ],
    "force": [("case", "start", False, "auto", "burden")],
    "scale": [("case", "grade", True, "auto", "exposure")],
    "unclear": [
        ("fault", "unclear", False, row, "exposure")
        for row in ("plaintiff.substantive", "presumed_fault.substantive")
    ],
    "inference": [
        ("fault", "unclear", turned, "factual_inference.substantive", "exposure")
        for turned in (False, True)
    ],
    "but_for": [
        ("causation", "start", False, "gao", "but_for"),
        ("causation", "both", True, "du", "but_for"),
    ],
    "ness": [("causation", "start", False, "gao", column) for column in ("but_for", "ness")],
    "furthering": [
        ("causation", "start", False, "gao", "furthering"),
        ("causation", "start", False, "luo", "furthering"),
    ],
    "recourse": [("liability", "start", False, "C", column) for column in ("paid", "burden")],
    "unpaid": [("liability", "start", False, row, "paid") for row in ("A", "C", "victim")],
    "base": [("riskbenefit", "base", turned, "share", "value") for turned in (False, True)],
    "cap": [("riskbenefit", "start", False, row, "value") for row in ("base", "share")],
    "pro_rata": [("chain", "start", False, "back:li", "amount")],
    "fifo": [("chain", "second", turned, "back:wu", "amount") for turned in (False, True)],
    "criminal_first": [("procedure", "investigation", False, "criminal_first", "months")],
    "partial_judgment": [("case", "grade", True, "auto", "exposure")],
    "preservation": [
        ("evidence", "wait", turned, "stay_if_prejudicial", "money") for turned in (False, True)
    ],
    "deposit": [("evidence", "hash", True, "forged", "truth")],
}


@cache
def board(topic, lang, scene, turned):
    """What a scene shows: row → column → text."""
    lab = opens(make(topic, lang))
    tell(lab.view, {"scene": scene, "turned": turned})
    rows = lab.view.board["rows"]
    return {row["id"]: {name: cell["text"] for name, cell in row["cells"].items()} for row in rows}


def mentioned(text, lang, topic):
    """The terms that a text mentions, as the page finds them (stage-terms.js)."""
    no = lesson_of(topic).no
    terms = topic_words("term_cards", lang)["terms"]
    return {
        key
        for key, term in terms.items()
        if no in term.get("only", no).split()
        and re.search(rf"(?<![A-Za-z0-9_-])(?:{term['seen']})(?![A-Za-z0-9_-])", text, re.I)
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", SHOWN)
def test_an_example_says_what_the_lesson_shows(key, lang):
    """Each number or word stands in the example as the board has it, whole."""
    example = topic_words("term_cards", lang)["terms"][key]["example"]
    shown = [board(topic, lang, scene, turned)[row][column]
             for topic, scene, turned, row, column in SHOWN[key]]  # fmt: skip
    said = [re.search(rf"(?<![\d,.]){re.escape(text)}(?![\d.]*\d)", example) for text in shown]
    assert [text for text, found in zip(shown, said, strict=True) if not found] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", lessons())
def test_each_lesson_has_terms_in_its_tasks_and_in_its_prose(topic, lang):
    """A task says one in its question or its reasons, and so does what is below the stage."""
    tasks = topic_words(f"{topic}_lesson", lang)["tasks"]
    asked = " ".join(
        f"{task['question']} {task['told']}" for task in tasks.values() if "told" in task
    )
    book = json.loads((COURSE / lang / f"{lessons()[topic]}.ipynb").read_text("utf-8"))
    prose = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "markdown"]
    assert mentioned(asked, lang, topic)
    assert mentioned(" ".join(prose[1:]), lang, topic)


@pytest.mark.parametrize("lang", LANGS)
def test_each_term_is_met_where_it_is_taught(lang):
    """The cards are in the order of the course, and each term is found in its lesson."""
    terms = topic_words("term_cards", lang)["terms"]
    taught = {lesson_of(topic).no: topic for topic in lessons()}
    assert [term["lesson"] for term in terms.values()] == sorted(
        term["lesson"] for term in TERMS.values()
    )
    missing = []
    for key, term in terms.items():
        topic = taught[term["lesson"]]
        text = (COURSE / lang / f"{lessons()[topic]}.ipynb").read_text("utf-8")
        text += json.dumps(topic_words(f"{topic}_lesson", lang), ensure_ascii=False)
        if key not in mentioned(text, lang, topic):
            missing.append(key)
    assert missing == []


def test_a_word_that_only_holds_a_term_is_not_marked():
    """「按份额减少」 is a share, not several liability."""
    several = re.compile(TERMS["several"]["seen"])
    assert several.search("明知者也按份（第1165条）")
    assert not several.search("对外不按份额减少；各按份额")
