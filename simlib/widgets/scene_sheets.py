"""The scenes of a lesson on its teacher's page: each drawing as data, and a line for each row."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from simlib.text import words
from simlib.widgets import lab_of
from simlib.widgets.prerendered_opening import scene_links

if TYPE_CHECKING:
    from collections.abc import Mapping

TOPIC = "teaching"
ITEM = ("id", "label", "min", "max", "step", "unit", "open")  # of a knob that a drawing shows


@cache
def scene_sheets(topic: str, lang: str) -> dict[str, dict[str, object]]:
    """Scene → its drawing as it begins, with the knobs in it, and what its rows say, a line each.

    Empty for a topic whose lesson is not on the stage. `drawn` is a drawing as the stage has it,
    without steps; where there is none, `picture` is one as HTML, or empty.
    """
    return {id: _sheet(topic, link, lang) for id, link in scene_links(topic).items()}


def _sheet(topic: str, link: str, lang: str) -> dict[str, object]:
    lab = lab_of(topic)(lang, link=link)
    view, board = lab.view, lab.view.board
    drawn = {size: view.drawn[size] for size in ("wide", "narrow") if size in view.drawn}
    held = {thing["knob"] for each in drawn.values() for thing in each["things"] if "knob" in thing}
    found: dict[str, object] = {
        "drawn": drawn,
        "picture": "" if drawn else board["picture"],
        "sentence": board["sentence"],
        "lines": [_line(row, board, lang) for row in board["rows"] if not row["more"]],
        "spec": [_item(item) for item in view.spec if item["id"] in held],
        "values": {id: value for id, value in view.values.items() if id in held},
    }
    lab.close()
    return found


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    """A knob, as far as a drawing asks about it."""
    return {key: item[key] for key in ITEM if key in item}


def _line(row: Mapping[str, Any], board: Mapping[str, Any], lang: str) -> str:
    """What a row says in every column, and what stands beside it."""
    form = words("stage", "page.form", lang, form=row["form"]) if row["form"] else ""
    cells = [_cell(column, row["cells"], board["unit"], lang) for column in board["columns"]]
    said = words(TOPIC, "scenes.between", lang).join(cell for cell in cells if cell)
    said = words(TOPIC, "scenes.line", lang, row=row["name"] + form, cells=said or row["blank"])
    beside = row["ghost"] or row["stamp"]
    return words(TOPIC, "scenes.beside", lang, line=said, said=beside) if beside else said


def _cell(column: Mapping[str, Any], cells: Mapping[str, Any], unit: str, lang: str) -> str:
    """A column and what a row says in it; empty: nothing."""
    if column["id"] not in cells:
        return ""
    cell = cells[column["id"]]
    key = "word" if cell.get("low") is None else "cell"  # words have no unit
    said = {"label": column["label"], "value": cell["text"], "unit": unit}
    return words(TOPIC, f"scenes.{key}", lang, **said)
