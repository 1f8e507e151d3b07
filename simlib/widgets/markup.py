"""HTML of panes, escaped in one place: tables, reasons, articles."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

from simlib.explain import Note, Step, note
from simlib.figures.drawing import row_name
from simlib.law.citation import article_day
from simlib.text import words

if TYPE_CHECKING:
    from simlib.figures.drawing import Cell, Drawing
    from simlib.law.dated import DatedCase

VOID = ("input",)  # elements without an inside
DEEP = 2  # levels of reasons that stand open at first
LONG = 4  # steps of a list that is said once


def tag(name: str, inner: str = "", /, **attributes: object) -> str:
    """An element around HTML; attribute values are escaped, underscores become hyphens."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>" if name in VOID else f"<{name}{written}>{inner}</{name}>"


def paragraphs(text: str, **attributes: object) -> str:
    """Lines of text as paragraphs."""
    return "".join(tag("p", escape(line), **attributes) for line in text.split("\n") if line)


def range_ends(said: str) -> str:
    """The line on where the two ends of a range come from; nothing of a number."""
    return tag("p", escape(said), class_="stage-ends") if said else ""


def table(drawing: Drawing, said: Mapping[str, str], selected: str, lang: str) -> str:
    """A drawing's table; numbers that can be asked about are buttons.

    Parameters
    ----------
    said
        row → a line under its name, e.g. why it stands still
    selected
        what is asked about now, `mode|key|party`
    """
    head = "".join(tag("th", escape(c), scope="col") for c in drawing.columns)
    rows = "".join(
        tag("tr", _row(row, said.get(row_name(row), ""), selected)) for row in drawing.rows
    )
    body = tag("thead", tag("tr", head)) + tag("tbody", rows)
    whole = tag("table", body, class_="simlib-table")
    # said once: the page puts the hint on every number, and each column's name on its cells
    hint = words("lab", "why.ask", lang)
    return paragraphs(drawing.sentence, class_="simlib-sentence") + tag(
        "div", whole, class_="simlib-scroll", data_hint=hint
    )


def _row(row: Iterable[Cell], said: str, selected: str) -> str:
    cells = []
    for n, cell in enumerate(row):
        inner = _cell(cell, selected)
        if n == 0:
            inner += tag("span", escape(said), class_="simlib-still") if said else ""
            cells.append(tag("th", inner, scope="row"))
        else:
            cells.append(tag("td", inner, data_mark=cell.mark or None))
    return "".join(cells)


def _cell(cell: Cell, selected: str) -> str:
    if not cell.asks:
        return escape(cell.text)
    return tag(
        "button",
        escape(cell.text),
        data_say=cell.asks,
        class_="simlib-ask",
        aria_pressed=str(cell.asks == selected).lower(),
    )


def reasons(step: Step, lang: str, depth: int = 0, told: set[Step] | None = None) -> str:
    """A step and all below it as nested, foldable lists; a long list is said once.

    Parameters
    ----------
    told
        lists said already
    """
    told = set() if told is None else told
    origin = (
        tag("span", escape(step.origin), class_="simlib-tag", data_kind=step.kind)
        if step.kind
        else ""
    )
    line = (
        tag("b", escape(step.label))
        + " "
        + tag("span", escape(step.value), class_="simlib-value")
        + origin
    )
    if not step.steps:
        return tag("li", line)
    if len(step.steps) >= LONG:
        if step in told:
            return tag("li", line + " " + escape(words("lab", "why.as_above", lang)))
        told.add(step)
    inner = paragraphs(step.rule) + tag(
        "ul", "".join(reasons(s, lang, depth + 1, told) for s in step.steps)
    )
    opened = "" if depth < DEEP else None
    return tag("li", tag("details", tag("summary", line) + inner, open=opened))


def articles(
    ids: Iterable[str],
    case: DatedCase | None,
    lang: str,
    days: Mapping[str, datetime.date | None] | None = None,
    now: datetime.date | None = None,
) -> str:
    """Render articles and views as foldable texts, each with its dates and kind.

    Each is shown as it stands on its day of the case: of the act for substantive law, of the
    decision for procedure and interpretations; without a case as it stands today.

    Parameters
    ----------
    days
        id → the day an article is looked up on, where it is not that of the case
    now
        the day on which it is read, today if not given
    """

    def on(id: str) -> datetime.date | None:
        return (days or {}).get(id) or (article_day(id, case) if case else None)

    return "".join(_article(note(id, lang, on(id), now)) for id in dict.fromkeys(ids))


def _article(found: Note) -> str:
    head = escape(found.title) + " " + tag("span", escape(found.basis), class_="simlib-tag")
    remarks = tag("p", "　".join(escape(r) for r in found.remarks), class_="simlib-remark")
    warned = "simlib-article is-out" if found.in_force is False else "simlib-article"
    return tag(
        "details",
        tag("summary", head) + tag("blockquote", paragraphs(found.text)) + remarks,
        class_=warned,
    )
