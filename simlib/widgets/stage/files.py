"""What a reader takes away: the board as CSV, the outcomes as JSON; each says what it is of."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from simlib.text import amount, date, words
from simlib.widgets.comparison import setting_names

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.lessons.knob import Knob
    from simlib.liability import Outcome
    from simlib.widgets.lesson import View

TOPIC = "stage"


def csv_file(
    board: Board, view: View, changed: Iterable[str], kept: str, lang: str
) -> dict[str, str]:
    """The table, with case, setting, day and what it is below it.

    Parameters
    ----------
    changed
        what differs from the setting, as `changed_facts` has it
    kept
        what A is, in words; empty: there is none
    """
    case, *position = setting_names(view, lang)
    about = {
        "case": case,
        "setting": "".join(position),
        "changed": words("lab", "kept.between", lang).join(changed),
        "kept": kept,
        "date": date(datetime.date.today(), lang),
        "note": words(TOPIC, "files.material", lang),
    }
    pairs = [(words(TOPIC, f"files.{key}", lang), said) for key, said in about.items() if said]
    text = board.csv(lang, pairs)
    return {"name": name_of(view, "csv"), "type": "text/csv", "text": text}


def json_file(view: View) -> dict[str, str]:
    """The outcomes as the engine writes them."""
    outcomes: Mapping[str, Outcome] = view.outcomes
    found = {key: outcome.to_json() for key, outcome in outcomes.items()}
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return {"name": name_of(view, "json"), "type": "application/json", "text": text}


def name_of(view: View, kind: str) -> str:
    """What the file is called."""
    return f"simlib-{view.scene.case_id}.{kind}"


def changed_facts(view: View, base: Case, knobs: Iterable[Knob], lang: str) -> list[str]:
    """What differs from the setting, each fact as its knob is called and where it stands."""
    held = view.scene.chosen
    differ = (knob for knob in knobs if knob.at(view.case, held) != knob.at(base, {}))
    return [written(knob, view, lang) for knob in differ]


def written(knob: Knob, view: View, lang: str) -> str:
    """A knob and where it stands, in words."""
    value = value_said(knob, view, lang)
    return words(TOPIC, "files.fact", lang, label=knob.label, value=value)


def value_said(knob: Knob, view: View, lang: str) -> str:
    """Where a knob stands, in words."""
    value = knob.at(view.case, view.scene.chosen)
    options: list[dict[str, object]] = knob.extra.get("options", [])
    said = next((str(o["label"]) for o in options if o["value"] == value), "")
    if not said and isinstance(value, int | float) and _is_money(knob, lang):
        said = amount(round(100 * value), lang)
    if not said:
        said = knob.extra.get("open", "") if value is None else str(value)
        said = words(TOPIC, f"files.{str(value).lower()}", lang) if type(value) is bool else said
    return said


def _is_money(knob: Knob, lang: str) -> bool:
    return bool(knob.extra.get("unit") == words("lab", "unit.yuan", lang))
