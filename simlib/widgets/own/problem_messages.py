"""What is wrong with a draft, in the words of the page: names, labels and yuan, never keys."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from simlib.case.model import Case
from simlib.case.problem_places import row_id, step
from simlib.errors import problem_words
from simlib.text import amount, date, topic_words, words
from simlib.widgets.own.draft import spot_of
from simlib.widgets.own.fields import ORDER, control, label, record_of

if TYPE_CHECKING:
    from simlib.case.fields import Raw
    from simlib.errors import Problem
    from simlib.widgets.own.fields import Control

Spot: TypeAlias = (
    "list[str | int]"  # table, row number, field, and what is below; or a field of the head
)
MONEY = ("value", "loss", "sum", "ordered")  # of problems that compare amounts
OF_MONEY = (
    "recovered-over-loss", "reparation-over-order", "noneconomic-over-loss", "transfers-sum",
    "loss-twice", "enlarged-over-loss", "after-knowledge-over-loss",
)  # fmt: skip
FIELDS, PEOPLE = ("key", "other"), ("id", "party", "near")
DAYS, GRADES, PATHS = ("day", "other_day"), ("grade", "reading"), ("path",)


def told(
    problem: Problem,
    data: Raw,
    spot: Spot,
    typed: Mapping[tuple[str | int, ...], tuple[str, str]],
    lang: str,
) -> str:
    """Say what is wrong at a place of the draft, and what to do.

    Parameters
    ----------
    typed
        spot → (key of the page's words, text), where a text stands for a number
    """
    if problem.code.startswith("not-") and tuple(spot) in typed:
        key, value = typed[tuple(spot)]
        return words("own_lab", f"page.{key}", lang, value=value[:60])
    said = topic_words("own_lab", lang)["problem"]
    values = _Values(problem, data, spot, lang).spoken()
    if problem.code == "position-fails":
        values["why"] = _plainly(said, str(problem.values["code"]), lang)
    sentence: str = said[problem.code]
    return sentence.format(**values)


def _plainly(said: Mapping[str, str], code: str, lang: str) -> str:
    """A problem whose values are not known, if its sentence needs none."""
    sentence = said.get(code, "{}")
    return words("own_lab", "ui.change_it", lang) if "{" in sentence else sentence


def in_file(problem: Problem, topic: str, lang: str) -> str:
    """Say the same as `simlib check` does."""
    reason, remedy = problem_words(problem, topic_words(topic, lang))
    return words("terms", "patterns.error", lang, what=reason, remedy=remedy)


def name_in(data: Raw, id: str, lang: str) -> str:
    """What a reader calls the thing that has this id; the id where it has no name of its own."""
    for table in ORDER:
        rows = data.get(table)
        for row in rows if isinstance(rows, list) else ():
            if row_id(row) == id:
                return _called(row, data, lang) or id
    return id


def _called(row: Raw, data: Raw, lang: str) -> str:
    for key in ("name", "title"):
        said = row.get(key)
        text = said.get(lang) if isinstance(said, dict) else None
        if isinstance(text, str):
            return text
    holder = row.get("holder")
    if not isinstance(holder, str) or holder == row.get("id"):
        return ""
    return words("own_lab", "ui.account_of", lang, who=name_in(data, holder, lang))


class _Values:
    """What stands in the braces of one problem's sentence."""

    def __init__(self, problem: Problem, data: Raw, spot: Spot, lang: str) -> None:
        self.problem, self.data, self.spot, self.lang = problem, data, spot, lang
        self.table = str(spot[0]) if spot and spot[0] in ORDER else ""

    def spoken(self) -> dict[str, str]:
        """Each value as a reader says it."""
        return {key: self._one(key, value) for key, value in self.problem.values.items()}

    def _one(self, key: str, value: object) -> str:
        if self.problem.code in OF_MONEY and key in MONEY and type(value) is int:
            return amount(value, self.lang)
        if key in FIELDS:
            return self._field(str(value))
        if key in DAYS and isinstance(value, datetime.date):
            return date(value, self.lang)
        if key in GRADES:
            grades: dict[object, str] = topic_words("terms", self.lang)["grades"]
            return grades.get(value, str(value))
        if key in PEOPLE:
            return self._near(str(value))
        if key in PATHS:
            return self._path(str(value))
        if key == "ring":
            return " → ".join(name_in(self.data, id, self.lang) for id in str(value).split(" → "))
        return self._number(str(value)) if key in ("value", "most") else str(value)

    def _field(self, name: str) -> str:
        table = self.table if len(self.spot) > 1 else ""
        try:
            return label(table, name, self.lang)
        except KeyError:
            return name

    def _near(self, id: str) -> str:
        """A thing by its name, a choice by its word."""
        shape = self._shape()
        options = shape.get("options", ()) if shape else ()
        return next((said for value, said in options if value == id), "") or name_in(
            self.data, id, self.lang
        )

    def _number(self, value: str) -> str:
        """A number of a field of money in yuan; text without its quotes."""
        shape = self._shape()
        if shape and shape["kind"] == "money" and re.fullmatch(r"-?\d+", value):
            return amount(int(value), self.lang)
        return value.strip('"')

    def _shape(self) -> Control | None:
        record = record_of(self.table) if self.table else Case
        name = str(self.spot[2] if self.table and len(self.spot) > 2 else (self.spot or [""])[0])
        known = name in record.model_fields
        return control(self.table, record, name, self.lang) if known else None

    def _path(self, path: str) -> str:
        """`helper.grade` of a setting as 「帮助人 · 过错等级」."""
        spot = spot_of(path, self.data)
        if spot and spot[0] in ORDER and len(spot) > 1:
            row = step(step(self.data, spot[0]), spot[1])
            who = _called(row, self.data, self.lang) if isinstance(row, Mapping) else ""
            return self._joined(who, str(spot[0]), str(spot[2])) if len(spot) > 2 else who or path
        id, dot, name = path.partition(".")
        for table in ORDER:
            rows = self.data.get(table)
            if dot and any(row_id(row) == id for row in (rows if isinstance(rows, list) else ())):
                return self._joined(name_in(self.data, id, self.lang), table, name)
        return path if dot else self._field(path)

    def _joined(self, who: str, table: str, name: str) -> str:
        try:
            said = label(table, name.partition(".")[0], self.lang)
        except KeyError:
            said = name
        return " · ".join(part for part in (who, said) if part)
