"""The lessons on the stage, found in the course; every one of them obeys the same rules."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from simlib.case import load_case
from simlib.lessons.board import Table, draw
from simlib.lessons.case.outcomes import Decided
from simlib.lessons.outcome import Say, options_of, part_of, rules_of
from simlib.lessons.reader import lesson_of
from simlib.widgets import lab_of
from simlib.widgets.stage.declared import drawer, names

COURSE = Path(__file__).resolve().parents[1] / "course"


@cache
def lessons() -> dict[str, str]:
    """Topic → notebook of each lesson on the stage, in order."""
    found = {}
    for path in sorted((COURSE / "zh").glob("*.ipynb")):
        metadata = json.loads(path.read_text("utf-8"))["metadata"]
        if metadata.get("stage") is True and not metadata.get("tool"):
            found[metadata["topic"]] = path.stem
    return found


def make(topic: str, lang: str = "zh", link: str | None = None):
    """The lab of a topic, as its notebook makes it."""
    return lab_of(topic)(lang, link=link)


def solved(topic: str, case=None, lang: str = "zh", party: str = "", **held):
    """What a declared lesson's engine makes of a case, its own if none is given."""
    lesson = lesson_of(topic)
    case = case or load_case(lesson.cases[0])
    chosen = lesson.chosen(held, options_of(topic, case, lang))
    return rules_of(topic).solve(case, chosen, lang, party)


def values(topic: str, scene: str, found, lang: str = "zh", case=None) -> Table:
    """The table of values of a declared scene."""
    lesson = lesson_of(topic)
    case = case or load_case(lesson.cases[0])
    return Table(
        lesson, lesson.scene(scene), case, found, None, Say(topic, lang, names(topic, lang))
    )


def why(topic: str, found, row: str, column: str, lang: str = "zh") -> str:
    """The drawer of a cell, as HTML."""
    say, case = Say(topic, lang, names(topic, lang)), load_case(lesson_of(topic).cases[0])
    return drawer(part_of(topic, "reasons", "reason")(found, row, column, say), case, say)


def case_board(
    case,
    outcomes,
    party: str,
    lang: str = "zh",
    *,
    rows=("auto",),
    column="exposure",
    kept=None,
    **more,
):
    """Lesson 01's board with rows of one's own, of what was decided, seen from one helper."""
    found = Decided(case, outcomes, party)
    table = values("case", "start", found, lang, case)
    scene = table.scene.model_copy(update={"rows": tuple(rows), "column": column})
    return draw(replace(table, scene=scene, kept=kept), **more)
