"""After the last task: what was answered beside the court and the law, and what decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simlib.text import topic_words, words
from simlib.widgets.page_messages import records
from simlib.widgets.stage.bet import OPENED
from simlib.widgets.stage.task import DONE, SKIPPED
from simlib.widgets.state import LabState, Scene, fields_of
from simlib.widgets.supposed_grades import first_of

if TYPE_CHECKING:
    from simlib.widgets.stage.stage_traits import Shown

TOPIC = "stage"


def ending(lab: Shown, tasks: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The card that ends a lesson's tasks; empty: a task is left, or another case is open.

    It says what was answered (`theirs`: as an answer that came with a link, which the page may know
    to be the reader's own), how the guesses did, which were wrong and why, and the lesson's
    `lesson.ending`, or else the rule of its reveal; what it cost the victim, `lesson.cost`; what no
    task asks, `lesson.further`; with the fold that answers it, `lesson.teaser`; with whom the
    lesson can be gone through `again`.
    """
    said = topic_words(f"{lab.topic}_lesson", lab.lang)["lesson"]
    ended = bool(tasks) and all(task["state"] in (DONE, SKIPPED) for task in tasks)
    if not ended or not lab.at_home:
        return {}
    revealed = lab.reveal(lab.play.opening(), lab.state.committed or OPENED)
    columns = records(revealed.get("columns", []))
    wrongs = [_wrong(lab, task) for task in tasks if task["right"] is False]
    if revealed.get("right") is False and not lab.theirs:
        wrongs.insert(0, _wrong_bet(lab, columns[0], str(revealed["sentence"])))
    return {
        "voices": _voices(lab, columns, False),
        "theirs": _voices(lab, columns, True) if lab.theirs else "",
        "guessed": _guessed(lab, tasks),
        "wrongs": wrongs,
        "clean": "" if wrongs else _clean(lab, tasks, revealed),
        "cost": lab.play.cost,
        "again": _again(lab),
        "text": lab.play.ending or revealed.get("rule", ""),
        "further": said.get("further", ""),
        "teaser": said.get("teaser", ""),
        "fold": lab.teaser_fold if "teaser" in said else "",
    }


def _guessed(lab: Shown, tasks: Sequence[Mapping[str, Any]]) -> str:
    """How many tasks were guessed right, and which were left out."""
    done = [task for task in tasks if task["state"] == DONE]
    right = sum(task["right"] for task in done)
    parts = [_say(lab, "guessed", of=len(tasks), n=right)] if done else []
    skipped = [_named(lab, task) for task in tasks if task["state"] == SKIPPED]
    if skipped:
        parts.append(_say(lab, "skipped", list=_say(lab, "listed").join(skipped)))
    return _say(lab, "told", parts=_say(lab, "between").join(parts))


def _wrong(lab: Shown, task: Mapping[str, Any]) -> dict[str, str]:
    """A task guessed wrong: what was expected, what comes out, and why."""
    guess = next((each["label"] for each in task["options"] if each["value"] == task["guess"]), "")
    named = {key: task[key] for key in ("title", "answer")}
    said = _say(lab, "wrong", guess=guess, **named)
    return {"id": task["id"], "text": said, "why": task["sum"]}


def _wrong_bet(lab: Shown, yours: Mapping[str, object], why: str) -> dict[str, str]:
    """An answer at the start that was not right, and the sentence of the reveal."""
    return {"id": "", "text": _say(lab, "wrong_bet", value=_value(yours)), "why": why}


def _clean(lab: Shown, tasks: Sequence[Mapping[str, Any]], revealed: Mapping[str, object]) -> str:
    """Say that nothing was wrong, of what was answered at all."""
    if revealed.get("right") is True and not lab.theirs:
        return _say(lab, "clean")
    return _say(lab, "clean_tasks") if any(task["state"] == DONE for task in tasks) else ""


def _again(lab: Shown) -> dict[str, str]:
    """With whom the lesson can be gone through again: another case, or its exercises."""
    if not lab.replay:
        return {"href": "#exercises", "text": _say(lab, "exercises")}
    case = lab.state.load(lab.replay)
    fields = fields_of(Scene(lab.replay, first_of(case)))
    link = LabState(**fields, committed=dict(OPENED)).to_text()
    return {"href": f"?s={link}", "text": _say(lab, "again", case=lab.versus(case))}


def _named(lab: Shown, task: Mapping[str, Any]) -> str:
    """A task with the name of the knob that it turns."""
    return _say(lab, "task", title=task["title"], knob=task["turn"]["knob"])


def _value(column: Mapping[str, object]) -> object:
    """What a voice says, in a line that stands alone."""
    return column.get("ended", column["value"])


def _say(lab: Shown, key: str, **values: object) -> str:
    return words(TOPIC, f"ending.{key}", lab.lang, **values)


def _voices(lab: Shown, columns: Sequence[Mapping[str, object]], theirs: bool) -> str:
    """What everybody says, in a line.

    Where the value alone would not say what it is, the column says it as `ended`.

    Parameters
    ----------
    theirs
        whether the answer is called that of a link rather than the reader's
    """
    called = {"you": words(TOPIC, "page.theirs", lab.lang)} if theirs else {}
    voices = [
        _say(
            lab,
            "voice",
            label=called.get(str(each["id"]), each["label"]),
            value=_value(each),
        )
        for each in columns
    ]
    return _say(lab, "between").join(voices)
