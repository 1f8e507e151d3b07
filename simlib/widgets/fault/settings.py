"""What lesson 02 lets choose besides the evidence: reading and standard, the module's table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simlib.fault import BURDENS, READINGS, STANDARDS
from simlib.figures.fault.names import engine, phrase
from simlib.lessons.knob import Setting
from simlib.widgets import choosers

TABLES = ("checklist", "allocation", "readings", "log", "criminal")
KNOWN = {"burden": BURDENS, "rebuttal": READINGS, "standard": STANDARDS, "table": TABLES}
BELOW = ("burden", "table")  # chosen in the module below the stage


def chosen(held: Mapping[str, Any]) -> dict[str, Any]:
    """All that can be chosen, with what stands where the reader chose nothing.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    found = {name: held.get(name, values[0]) for name, values in KNOWN.items()}
    wrong = [name for name, values in KNOWN.items() if found[name] not in values]
    if wrong or not set(held) <= set(KNOWN):
        raise ValueError(f"no control gives this: {wrong or sorted(held)}")
    return found


def settings(lang: str) -> list[Setting]:
    """How 足以反驳 is read, and which standard of proof."""
    readings = [(r, phrase(f"choose.readings.{r}", lang)) for r in READINGS]
    standards = [(s, engine(f"standard.{s}", lang)) for s in STANDARDS]
    return [
        _setting("rebuttal", readings, "doctrine", lang),
        _setting("standard", standards, "law in force", lang),
    ]


def _setting(name: str, values: list[tuple[str, str]], basis: str, lang: str) -> Setting:
    return Setting(
        name,
        "choice",
        phrase(f"choose.{name}", lang),
        name,
        lambda held: chosen(held)[name],  # type: ignore[arg-type]  # a setting reads no case
        lambda value, _: {name: value},
        None,
        (name,),
        extra={"options": [{"value": value, "label": label} for value, label in values]},
        basis=basis,
        keeps=basis == "doctrine",
    )


def table_spec(lang: str) -> list[dict[str, Any]]:
    """Which table lies below the stage, and under which burden."""
    tables = [(name, phrase(f"choose.tables.{name}", lang)) for name in TABLES]
    burdens = [(b, engine(f"burden.{b}.name", lang)) for b in BURDENS]
    return [
        choosers.options("choice", "table", phrase("choose.table", lang), tables),
        choosers.options("choice", "burden", phrase("choose.burden", lang), burdens),
    ]
