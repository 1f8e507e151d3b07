"""The drawer of lesson 00: why a number of the count, an interval, or a cell is what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from simlib.figures.board import spoken
from simlib.figures.start.board import (
    Sorted,
    chance_said,
    differing,
    ending_name,
    lost_said,
    parts,
    said,
    shares,
    sizes,
    value_name,
)
from simlib.interval import Interval
from simlib.law.suit import ending
from simlib.text import words
from simlib.widgets.markup import articles, paragraphs, range_ends, tag
from simlib.widgets.number_reasons import reason_in
from simlib.widgets.start import panes

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

TOPIC, LAB = "start_lesson", "start_lab"
COUNT = ("dismissed", "ruling", "judgment", "heard")
NUMBERS = (*COUNT, "lost", "cited", "chance", "inferred")
RULINGS = ("civil-procedure-law:157(1)", "civil-procedure-interpretation:212")
JUDGMENTS = ("civil-procedure-law:155", "civil-procedure-interpretation:247")
CITES = {"ruling": RULINGS, "judgment": JUDGMENTS, "lost": (*RULINGS, *JUDGMENTS)}


def can_ask(selected: Sequence[str]) -> bool:
    """A number of a board, a cell of endings, a box of the map, an amount of the cases."""
    if len(selected) != 3:
        return False
    known = {"map": panes.BOXES, "sort": panes.CELLS}
    first, second = selected[0], selected[1]
    return first in (*NUMBERS, "differ", *panes.MODES) or second in known.get(first, ())


def reason(view: View, shown: Sorted, selected: Sequence[str], lang: str) -> tuple[str, str]:
    """Title and HTML of why what was asked about is what it is."""
    first, second, _ = selected
    if first == "map":
        return panes.box(second, lang)
    if first == "sort":
        return _cell(shown, second, lang)
    if first in panes.MODES:
        return reason_in(view.case, view.outcomes, view.scene.party, selected, lang)
    return _differ(shown, lang) if first == "differ" else _number(shown, first, lang)


def _number(shown: Sorted, name: str, lang: str) -> tuple[str, str]:
    values = said(shown.count, lang) | sizes(shown) | {"others": shown.others}
    lines = _say(_key(shown, name), lang, **values).split("\n")
    board = "sample" if name in ("cited", "chance", "inferred") else "count"
    key = f"board.{board}.{'large' if name in ('lost', 'inferred') else name}"
    open_ = name == "inferred" and not shown.random
    title_of = {"value": _value(shown, name, lang), "name": words(TOPIC, key, lang)}
    title = _say("title_none" if open_ else "title", lang, **title_of)
    lines = [*lines[1:], lines[0]] if open_ else lines  # what forbids it comes first
    written = _steps(lines) + _folded(CITES.get(name, ()), lang)
    return title, range_ends(_ends(shown, name, values, lang)) + written


def _ends(shown: Sorted, name: str, values: Mapping[str, object], lang: str) -> str:
    """Where the two ends of a range come from: nobody published a number, or the play of chance."""
    if name in ("chance", "inferred"):
        return _say("ends_chance", lang, **values) if name == "chance" or shown.random else ""
    counted = parts(shown.count) | {"lost": shown.count.lost}
    is_range = isinstance(counted.get(name), Interval)
    return _say("ends", lang, **values) if is_range else ""


def _key(shown: Sorted, name: str) -> str:
    """Which words say why a number is what it is."""
    if name == "lost" and shown.count.lost is None:
        return "lost_nothing"
    if name == "inferred":
        return "chance"
    is_open = name == "ruling" and isinstance(shown.count.rulings, Interval)
    return f"{name}_open" if is_open else name


def _value(shown: Sorted, name: str, lang: str) -> str:
    if name == "lost":
        return lost_said(shown.count, lang)
    if name == "inferred":
        return chance_said(shown.count, lang)
    if name in ("cited", "chance"):
        return spoken(shares(shown.count)[name], lang, "percent")
    return spoken(parts(shown.count)[name], lang, "count")


def _differ(shown: Sorted, lang: str) -> tuple[str, str]:
    """Which of the five attributes tell two endings apart."""
    found = differing(shown)
    names = [words(LAB, f"sort.attribute.{name}", lang) for name in found]
    values = {"ending": ending_name(shown.ending, lang), "beside": ending_name(shown.beside, lang)}
    values["list"] = words(TOPIC, "board.between", lang).join(names)
    text = _say("differ" if found else "differ_none", lang, **values)
    number = words(TOPIC, "board.ending.differ", lang, n=len(found))
    label = words(TOPIC, "board.ending.large_differ", lang)
    cites = [c for e in (shown.beside, shown.ending) for name in found for c in e.cites[name]]
    title = _say("title", lang, value=number, name=label)
    return title, _steps([text]) + _folded(cites, lang)


def _cell(shown: Sorted, cell: str, lang: str) -> tuple[str, str]:
    """What one ending brings with it in one attribute, and on which articles."""
    which, _, name = cell.partition(".")
    found = shown.ending if shown.ending.id == which else ending(which)
    attribute = words(LAB, f"sort.attribute.{name}", lang)
    cell_name = _say("cell", lang, ending=ending_name(found, lang), attribute=attribute)
    title = _say("title", lang, value=value_name(found, name, lang), name=cell_name)
    return title, paragraphs(words(LAB, f"sort.why.{name}", lang)) + _folded(
        found.cites[name], lang
    )


def _steps(lines: Sequence[str]) -> str:
    return tag("ol", "".join(tag("li", escape(line)) for line in lines), class_="stage-steps")


def _folded(cites: Sequence[str], lang: str) -> str:
    """The articles, each once, behind a line."""
    if not cites:
        return ""
    summary = tag("summary", escape(_say("articles", lang)))
    return tag("details", summary + articles(tuple(dict.fromkeys(cites)), None, lang))


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reasons.{key}", lang, **values)
