"""What a draft can start from: nothing said yet, a sample, a case of the course."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from simlib.case.guard import read_toml
from simlib.case.load import FILE, shipped_cases
from simlib.case.load import load_case as load
from simlib.resources import shelf
from simlib.text import topic_words, words

if TYPE_CHECKING:
    from simlib.case.fields import Raw

BLANK, SAMPLE = "_blank", "_template"
# What a reader says himself; the rest of the template (who is there, one card, one transfer, an
# unknown fraudster who is not sued) stands in a blank draft too.
FACTS = {
    "": ("title", "summary", "acted_on", "loss_fen", "recovered_fen", "kinds"),
    "parties": ("act", "grade", "kinds"),
    "transfers": ("amount_fen",),
}
NAMED = ("victim", "helper")  # parties of the template whom the sample names


def started(name: str) -> Raw:
    """Return the data of a start: `BLANK`, `SAMPLE` or a shipped case."""
    data = read_toml(shelf("cases") / (SAMPLE if name == BLANK else name) / FILE)
    if name == BLANK:
        return _blank(data)
    return _sample(data) if name == SAMPLE else data


@cache
def starts(lang: str) -> list[list[str]]:
    """List what a reader can start from: name and title."""
    own = [[name, words("own_lab", f"ui.start{name}", lang)] for name in (BLANK, SAMPLE)]
    return own + [[name, getattr(load(name).title, lang)] for name in shipped_cases()]


def stock() -> list[str]:
    """List every text in both languages that a start of the page's own holds."""
    return [*_texts(started(BLANK)), *_texts(started(SAMPLE))]


def _blank(data: Raw) -> Raw:
    """Leave out of the template what only a reader knows."""
    found = {key: value for key, value in data.items() if key not in FACTS[""]}
    for table in ("parties", "transfers"):
        rows = [{k: v for k, v in row.items() if k not in FACTS[table]} for row in data[table]]
        found[table] = rows
    for party in found["parties"]:
        if party["id"] in NAMED:
            del party["name"]
    return found


def _sample(data: Raw) -> Raw:
    """Tell the template as a story, about people with names."""
    data |= {key: _both(key) for key in ("title", "summary")}
    for party in data["parties"]:
        if party["id"] in NAMED:
            party["name"] = _both(party["id"])
    return data


def _both(key: str) -> dict[str, str]:
    return {lang: topic_words("own_lab", lang)["sample"][key] for lang in ("zh", "en")}


def _texts(value: object) -> list[str]:
    """Every text in both languages inside a value."""
    if isinstance(value, dict) and value.keys() == {"zh", "en"}:
        return list(value.values())
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _texts(each)]
