"""What lesson 00 asks before its results open, and the controls of its sorting."""

from __future__ import annotations

from collections.abc import Mapping

from simlib.law.endings import ATTRIBUTES, endings
from simlib.text import words
from simlib.widgets import tools

TOPIC = "start_lab"
SAID = ("refuse_suit", "dismiss_suit", "dismiss_claim", "unsaid")  # what "dismissed" may mean
FILES = ("founded", "checked", "taken")  # what registration may show
KEY = {"says": "unsaid", "filed": "taken"}
ENDINGS = tuple(each.id for each in endings())


def answer_spec(lang: str) -> list[dict]:
    """Which ending the paper's number speaks of; what registration shows."""
    said = [(name, words(TOPIC, f"commit.said.{name}", lang)) for name in SAID]
    files = [(name, words(TOPIC, f"commit.files.{name}", lang)) for name in FILES]
    return [
        tools.options("choice", "says", words(TOPIC, "commit.says", lang), said),
        tools.options("choice", "filed", words(TOPIC, "commit.filed", lang), files),
    ]


def answer_values(answer: Mapping) -> dict:
    """What the questions say: the reader's answer, or where they stand at first."""
    return {"says": answer.get("says", SAID[0]), "filed": answer.get("filed", FILES[0])}


def is_answer(answer: Mapping) -> bool:
    """Whether the form can have been sent with this: nothing yet, or a whole answer."""
    if answer in ({}, {"opened": True}):
        return True
    whole = set(answer) == {"says", "filed"}
    return whole and answer["says"] in SAID and answer["filed"] in FILES


# ---------------------------------------------------------------- the sorting


def chosen(held: Mapping) -> dict:
    """Which ending is being sorted, and all answers so far.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    found = {"which": held.get("which", ENDINGS[0]), "sort": held.get("sort", {})}
    known = set(held) <= set(found) and found["which"] in ENDINGS
    if not known or not all(_is_cell(*pair) for pair in found["sort"].items()):
        raise ValueError("no control gives this")
    return found


def _is_cell(name: str, value: object) -> bool:
    ending, _, attribute = name.partition(".")
    return ending in ENDINGS and value in ATTRIBUTES.get(attribute, ())


def sort_spec(which: str, lang: str) -> list[dict]:
    """Which ending; then its five attributes."""
    names = [(e, words(TOPIC, f"sort.ending.{e}", lang)) for e in ENDINGS]
    asked = [_attribute(which, name, lang) for name in ATTRIBUTES]
    return [tools.options("choice", "which", words(TOPIC, "sort.which", lang), names), *asked]


def _attribute(which: str, name: str, lang: str) -> dict:
    label = words(
        TOPIC,
        "sort.of",
        lang,
        ending=words(TOPIC, f"sort.ending.{which}", lang),
        attribute=words(TOPIC, f"sort.attribute.{name}", lang),
    )
    values = [(v, words(TOPIC, f"sort.value.{name}.{v}", lang)) for v in ATTRIBUTES[name]]
    return tools.options("choice", name, label, values)


def sort_values(held: Mapping) -> dict:
    """What the controls say; an attribute not answered has nothing ticked."""
    which, answers = held["which"], held["sort"]
    return {"which": which, **{name: answers.get(f"{which}.{name}") for name in ATTRIBUTES}}


def after(held: Mapping, wishes: Mapping) -> dict:
    """The choices after what the reader wished."""
    which, sort = held["which"], dict(held["sort"])
    sort |= {f"{which}.{name}": value for name, value in wishes.items() if name in ATTRIBUTES}
    return {"which": wishes.get("which", which), "sort": sort}
