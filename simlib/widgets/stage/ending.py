"""After the last task: what was answered beside the court and the law, and what decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simlib.text import topic_words, words
from simlib.widgets.stage.bet import OPENED
from simlib.widgets.stage.task import DONE, SKIPPED

if TYPE_CHECKING:
    from simlib.widgets.stage.shown import Shown

TOPIC = "stage"


def ending(lab: Shown, tasks: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The card that ends a lesson's tasks; empty: a task is left, or the lesson says nothing.

    Its words are the lesson's `lesson.ending` and, with the fold that answers it, `lesson.teaser`.
    """
    said = topic_words(f"{lab.topic}_lesson", lab.lang)["lesson"]
    ended = bool(tasks) and all(task["state"] in (DONE, SKIPPED) for task in tasks)
    if not ended or "ending" not in said or not lab.at_home:
        return {}
    answer = lab.state.committed or OPENED
    columns = lab.reveal(lab.play.opening(), answer).get("columns", [])
    voices = [words(TOPIC, "ending.voice", lab.lang, **_voice(lab, each)) for each in columns]
    return {
        "voices": words(TOPIC, "ending.between", lab.lang).join(voices),
        "text": said["ending"],
        "teaser": said.get("teaser", ""),
        "fold": lab.teaser_fold if "teaser" in said else "",
    }


def _voice(lab: Shown, column: Mapping[str, str]) -> dict[str, str]:
    """A voice of the reveal: whose answer it is if it came with a link."""
    theirs = column["id"] == "you" and lab.theirs
    label = words(TOPIC, "page.theirs", lab.lang) if theirs else column["label"]
    return {"label": label, "value": column["value"]}
