"""Exercises in a page: the engine marks, the page shows, the score stays in the browser."""

from __future__ import annotations

import os
from urllib.parse import parse_qs

import anywidget
import traitlets

from simlib import exercise as room
from simlib.errors import SimlibError
from simlib.text import message, topic_words, words
from simlib.widgets.controls import LAYOUT, loader
from simlib.widgets.markup import articles
from simlib.widgets.page_messages import Door, Nonsense, record
from simlib.worksheet import feedback, model_answer, sheet, title

MOST_ANSWERS = 50  # to one question; a page of ours sends far fewer


class ExerciseView(Door, anywidget.AnyWidget):
    """All exercises of a topic, one below the other.

    The page asks for a variant (`{"draw": {"name", "seed"}}` → `{"sheet": …}`) and has each
    answer marked (`{"mark": {"name", "seed", "step", "answers"}}`, all answers to the step in
    their order → `{"verdict": …}`). Nothing is kept here: a page that comes back shows what it
    remembers, and has it marked again.

    Attributes
    ----------
    topic
        whose exercises, e.g. `case`
    exercises
        `[name, title]` of each
    words
        what the page itself says, in the reader's language
    seed
        the variant that the page's address asks for; None: the one the reader was at
    most
        the highest seed
    """

    _esm = loader("exercises", "exercise.js")
    topic = traitlets.Unicode().tag(sync=True)
    exercises: traitlets.List[list[str]] = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    seed = traitlets.Int(None, allow_none=True).tag(sync=True)
    most = traitlets.Int(room.MOST_SEED).tag(sync=True)

    def __init__(self, topic: str, lang: str = "zh", seed: int | None = None) -> None:
        self.lang = lang
        titles = [[name, title(name, lang)] for name in room.names(topic)]
        said = topic_words("exercise", lang)["ui"]
        super().__init__(topic=topic, exercises=titles, words=said, seed=seed, layout=LAYOUT)

    def hear(self, content: dict[str, object], buffers: list[memoryview]) -> None:
        """Reply to a message of the page."""
        try:
            if "draw" in content:
                self.send({"sheet": sheet(self._drawn(record(content["draw"])), self.lang)})
            elif "mark" in content:
                self.send({"verdict": self._verdict(record(content["mark"]))})
            else:
                raise Nonsense("neither drawn nor marked")
        except SimlibError as error:
            self.send({"error": message(error, self.lang)})

    def apologize(self) -> None:
        """Let the page say that this failed, and ask again when the reader does."""
        self.send({"error": words("lab", "step.again", self.lang)})

    def _drawn(self, asked: dict[str, object]) -> room.Exercise:
        try:
            name, seed = str(asked["name"]), int(str(asked["seed"]))
        except (KeyError, TypeError, ValueError):
            raise Nonsense("no variant of an exercise") from None
        return room.draw(self.topic, name, seed)

    def _verdict(self, asked: dict[str, object]) -> dict[str, object]:
        """What the last of the answers is worth; with the articles once a step is over, and with
        the model answer once all are."""
        one = self._drawn(asked)
        known, given = {step.id: step for step in one.steps}, asked.get("answers")
        id = str(asked.get("step"))
        if id not in known or not isinstance(given, list) or not given:
            raise Nonsense("no answers to a step")
        step, answers = known[id], list(map(str, given[:MOST_ANSWERS]))
        verdict = room.mark(step, answers[-1], len(answers))
        found = feedback(one, step, verdict, answers[-1], self.lang)
        found |= {"name": one.name, "seed": one.seed, "step": step.id}
        found |= {"counts": verdict.kind != "unread"}
        if verdict.settled:
            found["key"] = step.key if step.options else None
            found["articles"] = articles(step.cites, one.case, self.lang)
        if verdict.settled and step is one.steps[-1]:
            found["model"] = [list(pair) for pair in model_answer(one, self.lang)]
        return found


def exercise_lab(topic: str, lang: str = "zh") -> ExerciseView:
    """The exercises of a topic, at the variant that the page's address asks for (`?seed=7`).

    Parameters
    ----------
    topic
        e.g. `case` for lesson 01

    Raises
    ------
    UnknownName
        if the topic has no exercises
    """
    return ExerciseView(topic, lang, asked_seed())


def asked_seed() -> int | None:
    """The `?seed=` of the page that started this kernel, if it is one."""
    text = parse_qs(os.environ.get("QUERY_STRING", "")).get("seed", [""])[0]
    known = text.isascii() and text.isdigit() and len(text) < 9
    return int(text) if known and int(text) <= room.MOST_SEED else None
