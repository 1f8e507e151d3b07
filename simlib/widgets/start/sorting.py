"""The sorting of endings below the stage: which ending, its five attributes, what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simlib.law.suit import ATTRIBUTES, endings
from simlib.text import words
from simlib.widgets import choosers

TOPIC = "start_lab"
CHOICES = ("which", "sort")  # its names in the state's `chosen`
ENDINGS = tuple(each.id for each in endings())


def chosen(held: Mapping[str, Any]) -> dict[str, Any]:
    """Which ending is being sorted, and all answers so far.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    found = {"which": held.get("which", ENDINGS[0]), "sort": held.get("sort", {})}
    known = found["which"] in ENDINGS and isinstance(found["sort"], dict)
    if not known or not all(_is_cell(*pair) for pair in found["sort"].items()):
        raise ValueError("no control gives this")
    return found


def _is_cell(name: str, value: object) -> bool:
    ending, _, attribute = name.partition(".")
    return ending in ENDINGS and value in ATTRIBUTES.get(attribute, ())


def spec(which: str, lang: str) -> list[dict[str, Any]]:
    """Which ending; then its five attributes."""
    names = [(e, words(TOPIC, f"sort.ending.{e}", lang)) for e in ENDINGS]
    asked = [_attribute(which, name, lang) for name in ATTRIBUTES]
    return [choosers.options("choice", "which", words(TOPIC, "sort.which", lang), names), *asked]


def _attribute(which: str, name: str, lang: str) -> dict[str, Any]:
    label = words(
        TOPIC,
        "sort.of",
        lang,
        ending=words(TOPIC, f"sort.ending.{which}", lang),
        attribute=words(TOPIC, f"sort.attribute.{name}", lang),
    )
    values = [(v, words(TOPIC, f"sort.value.{name}.{v}", lang)) for v in ATTRIBUTES[name]]
    return choosers.options("choice", name, label, values)


def values(held: Mapping[str, Any]) -> dict[str, Any]:
    """What the controls say; an attribute not answered has nothing ticked."""
    which, answers = held["which"], held["sort"]
    return {"which": which, **{name: answers.get(f"{which}.{name}") for name in ATTRIBUTES}}


def after(held: Mapping[str, Any], wishes: Mapping[str, Any]) -> dict[str, Any]:
    """The choices after what the reader wished."""
    which, sort = held["which"], dict(held["sort"])
    sort |= {f"{which}.{name}": value for name, value in wishes.items() if name in ATTRIBUTES}
    return {"which": wishes.get("which", which), "sort": sort}
