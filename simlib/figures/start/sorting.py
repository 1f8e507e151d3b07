"""The reader's sorting of endings as a table: what he chose, and what the law says."""

from __future__ import annotations

from collections.abc import Mapping

from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.law.suit import ATTRIBUTES, Ending, endings
from simlib.text import words

TOPIC = "start_lab"


def draw_sorted(answers: Mapping[str, str], lang: str = "zh") -> Drawing:
    """Show four endings by five attributes; a cell is blank until answered.

    Parameters
    ----------
    answers
        `ending.attribute` → what the reader chose
    """
    columns = (words(TOPIC, "sort.column", lang), *(_name(a, lang) for a in ATTRIBUTES))
    rows = tuple(_row(each, answers, lang) for each in endings())
    return Drawing(NO_FIGURE, columns, rows, _sentence(answers, lang))


def right(answers: Mapping[str, str]) -> int:
    """Count the right answers."""
    return sum(
        answers.get(f"{each.id}.{name}") == value
        for each in endings()
        for name, value in each.values.items()
    )


def _row(each: Ending, answers: Mapping[str, str], lang: str) -> tuple[Cell, ...]:
    cells = [_cell(each, name, answers.get(f"{each.id}.{name}"), lang) for name in ATTRIBUTES]
    return (Cell(words(TOPIC, f"sort.ending.{each.id}", lang)), *cells)


def _cell(each: Ending, name: str, given: str | None, lang: str) -> Cell:
    if given is None:
        return Cell(words(TOPIC, "sort.blank", lang))
    value = each.values[name]
    values = {"value": _value(name, value, lang)}
    if given != value:
        values["own"] = _value(name, given, lang)
    key = "right" if given == value else "wrong"
    return Cell(words(TOPIC, f"sort.{key}", lang, **values), f"sort|{each.id}.{name}|", mark=key)


def _sentence(answers: Mapping[str, str], lang: str) -> str:
    cells = len(endings()) * len(ATTRIBUTES)
    text = words(TOPIC, "sort.sentence", lang, all=cells, done=len(answers), right=right(answers))
    done = len(answers) == cells
    return text + "\n" + words(TOPIC, "sort.pattern" if done else "sort.hint", lang)


def _name(attribute: str, lang: str) -> str:
    return words(TOPIC, f"sort.attribute.{attribute}", lang)


def _value(attribute: str, value: str, lang: str) -> str:
    return words(TOPIC, f"sort.value.{attribute}.{value}", lang)
