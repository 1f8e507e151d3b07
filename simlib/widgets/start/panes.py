"""What stands below the stage of lesson 00 as HTML: the map, and the cases."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from simlib.case import load_case, shipped_cases
from simlib.figures.modes_table import modes_table
from simlib.law.disputes import COLUMNS, Box, Matter, agenda
from simlib.law.suit import ATTRIBUTES, endings
from simlib.lessons import head
from simlib.text import amount, words
from simlib.widgets.markup import articles, paragraphs, table, tag
from simlib.widgets.start.links import links_of, open_lessons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case, Ruling
    from simlib.liability import Outcome

TOPIC = "start_lab"
FIRST, TWIN = head("start")["cases"]
MODES = ("auto", "several", "partial_joint", "risk_benefit")  # as the cases are previewed
BOXES = tuple(f"{matter.id}.{column}" for matter in agenda() for column in matter.boxes)
CELLS = tuple(f"{each.id}.{name}" for each in endings() for name in ATTRIBUTES)


def title(key: str, lang: str) -> str:
    """A heading of the lab's own."""
    return tag("h3", escape(words(TOPIC, key, lang)))


# ---------------------------------------------------------------- the map


def map_of(selected: str, lang: str) -> str:
    """Eight matters from left to right: problem, law, views, proposal, lab."""
    names = [words(TOPIC, "map.heading", lang)]
    names += [words(TOPIC, f"map.column.{c}", lang) for c in COLUMNS]
    head = tag("tr", "".join(tag("th", escape(name), scope="col") for name in names))
    rows = "".join(_matter(matter, selected, lang) for matter in agenda())
    body = tag("thead", head) + tag("tbody", rows)
    return (
        title("map.title", lang)
        + paragraphs(words(TOPIC, "map.hint", lang), class_="simlib-hint")
        + tag("div", tag("table", body, class_="simlib-table simlib-map"), class_="simlib-scroll")
    )


def _matter(matter: Matter, selected: str, lang: str) -> str:
    name = escape(words(TOPIC, f"map.matter.{matter.id}", lang))
    cells = [tag("th", name + "<br>" + _lesson(matter, lang), scope="row")]
    for column in COLUMNS:
        inner = (
            _box(f"{matter.id}.{column}", matter.boxes[column], selected, lang)
            if column in matter.boxes
            else escape(words(TOPIC, "map.none", lang))
        )
        label = words(TOPIC, f"map.column.{column}", lang)
        cells.append(tag("td", inner, data_label=label))
    return tag("tr", "".join(cells))


def _box(id: str, found: Box, selected: str, lang: str) -> str:
    asks = f"map|{id}|"
    label = escape(words(TOPIC, f"map.{id}.label", lang))
    return tag(
        "button",
        label + "<br>" + basis(found.basis, lang),
        data_say=asks,
        class_="simlib-ask",
        data_kind=found.basis,
        aria_pressed=str(asks == selected).lower(),
    )


def basis(name: str, lang: str) -> str:
    """What kind of thing a box is, as a label."""
    said = words("terms", f"bases.{name}", lang)
    return tag("span", escape(said), class_="simlib-tag", data_kind=name)


def _lesson(matter: Matter, lang: str) -> str:
    """The way to the lesson that teaches a matter, if it opens."""
    file = open_lessons(lang).get(matter.topic)
    key = "map.lesson" if file else "map.closed"
    said = escape(words(TOPIC, key, lang, no=matter.no))
    return tag("a", said, href=file) if file else tag("span", said, class_="simlib-still")


def box(name: str, lang: str) -> tuple[str, str]:
    """Title and HTML of one box: what kind of thing it is, what it says, its articles, its lesson.

    Parameters
    ----------
    name
        `matter.column`
    """
    id, _, column = name.partition(".")
    matter = next(m for m in agenda() if m.id == id)
    found = matter.boxes[column]
    where = " · ".join(
        escape(words(TOPIC, key, lang)) for key in (f"map.matter.{id}", f"map.column.{column}")
    )
    html = (
        tag("p", f"{where} {basis(found.basis, lang)}", class_="simlib-remark")
        + paragraphs(words(TOPIC, f"map.{id}.{column}.text", lang))
        + articles(found.cites, None, lang)
        + tag("p", _lesson(matter, lang))
    )
    return words(TOPIC, f"map.{id}.{column}.label", lang), html


# ---------------------------------------------------------------- the cases


def shelf(chosen: str, lang: str) -> str:
    """Every shipped case: what kind, its facts in a sentence; the one chosen opens in lessons."""
    found = [load_case(name) for name in _order()]
    count = {b: sum(c.basis == b for c in found) for b in ("reported", "adapted", "hypothetical")}
    heads = [words(TOPIC, f"cases.column_{k}", lang) for k in ("case", "facts")]
    head = tag("tr", "".join(tag("th", escape(name), scope="col") for name in heads))
    rows = "".join(_case(case, case.id == chosen, heads[1], lang) for case in found)
    body = tag("thead", head) + tag("tbody", rows)
    sentence = words(TOPIC, "cases.sentence", lang, all=len(found), **count)
    return (
        title("cases.title", lang)
        + paragraphs(sentence, class_="simlib-sentence")
        + tag("div", tag("table", body, class_="simlib-table simlib-shelf"), class_="simlib-scroll")
        + paragraphs(words(TOPIC, "cases.hint", lang), class_="simlib-hint")
    )


def _order() -> list[str]:
    """The paper's case and its twin, then the others."""
    return [FIRST, TWIN, *(name for name in shipped_cases() if name not in (FIRST, TWIN))]


def _case(case: Case, chosen: bool, label: str, lang: str) -> str:
    pressed = str(chosen).lower()
    name = escape(getattr(case.title, lang))
    kind = escape(words("terms", f"case_bases.{case.basis}", lang))
    color = "found" if case.basis == "reported" else "assumed"
    head = tag("button", name, data_say=case.id, class_="simlib-ask", aria_pressed=pressed)
    head += " " + tag("span", kind, class_="simlib-tag", data_kind=color)
    facts = paragraphs(_first_sentence(case, lang))
    facts += paragraphs(_money(case, lang), class_="simlib-remark")
    if chosen:
        facts += _ways(case.id, lang)
    return tag("tr", tag("th", head, scope="row") + tag("td", facts, data_label=label))


def _first_sentence(case: Case, lang: str) -> str:
    """The first sentence of the facts."""
    said = getattr(case.summary, lang) if case.summary else ""
    stop = "。" if lang == "zh" else ". "
    first, found, _ = said.partition(stop)
    return first + found.strip()


def _ways(case_id: str, lang: str) -> str:
    """The lessons that open with a case."""
    links = " ".join(tag("a", escape(no), href=to) for no, to in links_of(case_id, lang))
    return tag("p", escape(words(TOPIC, "cases.open", lang)) + " " + links)


def _money(case: Case, lang: str) -> str:
    between = words(TOPIC, "cases.between", lang)
    ordered = between.join(_ruling(ruling, lang) for ruling in case.rulings)
    said = (
        words(TOPIC, "cases.rulings", lang, list=ordered)
        if ordered
        else words(TOPIC, "cases.no_ruling", lang)
    )
    return words(TOPIC, "cases.loss", lang, amount=amount(case.loss_fen, lang)) + between + said


def _ruling(ruling: Ruling, lang: str) -> str:
    court = getattr(ruling.court, lang)
    if ruling.amount_fen is None:
        return words(TOPIC, "cases.unknown", lang, court=court)
    return words(TOPIC, "cases.ruling", lang, court=court, amount=amount(ruling.amount_fen, lang))


def tried(
    case: Case, outcomes: Mapping[str, Outcome], party: str, selected: Sequence[str], lang: str
) -> str:
    """What the victim receives in the chosen case under four forms of lesson 01."""
    drawing = modes_table(case, {mode: outcomes[mode] for mode in MODES}, party, lang)
    shown = table(drawing, {}, "|".join(selected), lang)
    return title("cases.tried", lang) + shown
