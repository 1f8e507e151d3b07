"""The words of lesson 00's lab as HTML: the count, the map, the cases, how a lab works."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.case import load_case, shipped_cases
from simlib.figures.start import draw_split, share
from simlib.law.agenda import CLAIM, COLUMNS, Box, Matter, agenda
from simlib.law.endings import ATTRIBUTES, ending, endings
from simlib.text import amount, percent, words
from simlib.uncertainty.counts import exact_interval, splits
from simlib.widgets.case.scenes import FIRST, TWIN
from simlib.widgets.markup import articles, paragraphs, table, tag
from simlib.widgets.start.forms import KEY
from simlib.widgets.start.links import links_of, open_lessons

if TYPE_CHECKING:
    from simlib.case.model import Case, Ruling
    from simlib.widgets.lesson import View

TOPIC = "start_lab"
DISMISSED, ALL, LEVEL = 36, 42, 0.95  # the count the paper reports
BOXES = tuple(f"{matter.id}.{column}" for matter in agenda() for column in matter.boxes)
CELLS = tuple(f"{each.id}.{name}" for each in endings() for name in ATTRIBUTES)


def title(key: str, lang: str) -> str:
    """A heading of the lab's own."""
    return tag("h3", escape(words(TOPIC, key, lang)))


def comment(answer: dict, lang: str) -> str:
    """Each of the two answers next to what can be said."""
    lines = []
    for name, group in (("says", "said"), ("filed", "files")):
        right = answer[name] == KEY[name]
        own = words(TOPIC, f"commit.{group}.{answer[name]}", lang)
        key = f"commit.{name}_{'right' if right else 'wrong'}"
        values = {} if key == "commit.filed_right" else {"own": own}
        lines.append(words(TOPIC, key, lang, **values))
    return "".join(paragraphs(line) for line in lines)


# ---------------------------------------------------------------- the sorting and the count


def sorted_law(selected: list, lang: str) -> str:
    """Why a cell is what it is, with its articles."""
    if not selected or selected[0] != "sort":
        return ""
    which, _, name = selected[1].partition(".")
    found = articles(ending(which).cites[name], None, lang)
    return paragraphs(words(TOPIC, f"sort.why.{name}", lang)) + found


def count(lang: str) -> str:
    """What 36 of 42 is, what chance does to it, what picking does, what it leaves open."""
    ends = [percent(end, lang, digits=1) for end in exact_interval(DISMISSED, ALL, LEVEL)]
    ways = splits(DISMISSED, ALL)
    said = [
        words(TOPIC, "count.line", lang),
        words(TOPIC, "count.interval", lang, level=percent(LEVEL, lang), low=ends[0], high=ends[1]),
        words(TOPIC, "count.picked", lang),
        words(TOPIC, "count.split", lang, none=share(ways[0][2], lang),
              all=share(ways[-1][2], lang)),
    ]  # fmt: skip
    return title("count.title", lang) + "".join(paragraphs(line) for line in said)


def split_table(lang: str) -> str:
    """The chart's sentence, and behind it its table."""
    drawing = draw_split(DISMISSED, ALL, lang)
    summary = tag("summary", escape(words(TOPIC, "count.table", lang)))
    return tag("details", summary + table(drawing, {}, "", lang))


def other(lang: str) -> str:
    """Another count of another sample, in words beside it, on no axis."""
    head = tag("h4", escape(words(TOPIC, "count.other_title", lang)))
    said = "".join(paragraphs(words(TOPIC, f"count.{k}", lang)) for k in ("other", "other_open"))
    return head + tag("div", said, class_="simlib-warn")


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
    said = (
        words(TOPIC, "map.claim", lang) if name == CLAIM else words("terms", f"bases.{name}", lang)
    )
    return tag("span", escape(said), class_="simlib-tag", data_kind=name)


def _lesson(matter: Matter, lang: str) -> str:
    """The way to the lesson that teaches a matter, if it opens."""
    file = open_lessons(lang).get(matter.topic)
    key = "map.lesson" if file else "map.closed"
    said = escape(words(TOPIC, key, lang, no=matter.no))
    return tag("a", said, href=file) if file else tag("span", said, class_="simlib-still")


def box(selected: list, lang: str) -> str:
    """One box: what kind of thing it is, what it says, its articles, its lesson."""
    if not selected or selected[0] != "map":
        return ""
    id, _, column = selected[1].partition(".")
    matter = next(m for m in agenda() if m.id == id)
    found = matter.boxes[column]
    head = escape(words(TOPIC, f"map.{id}.{column}.label", lang))
    where = " · ".join(
        escape(words(TOPIC, key, lang)) for key in (f"map.matter.{id}", f"map.column.{column}")
    )
    return (
        tag("h4", f"{head} {basis(found.basis, lang)}")
        + tag("p", where, class_="simlib-remark")
        + paragraphs(words(TOPIC, f"map.{id}.{column}.text", lang))
        + articles(found.cites, None, lang)
        + tag("p", _lesson(matter, lang))
    )


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


# ---------------------------------------------------------------- how a lab works


def how(view: View, lang: str) -> str:
    """Seven things about every lab, with what the small lab says just now."""
    case, party = view.case, view.scene.party
    gain = case.party(party).gain_direct_fen
    live = {
        "gain": amount(gain, lang),
        "received": amount(view.outcomes["risk_benefit"].received_fen, lang),
    }
    band = "how.band" if gain is None else "how.band_known"
    who = {"who": getattr(case.party(party).name, lang)} if gain is None else {}
    lines = [
        escape(words(TOPIC, "how.commit", lang)),
        _tags(case, lang),
        escape(words(TOPIC, band, lang, **live, **who)),
        *(escape(words(TOPIC, f"how.{key}", lang)) for key in ("why", "beside", "link", "wall")),
    ]
    return title("how.title", lang) + tag("ol", "".join(tag("li", line) for line in lines))


def _tags(case: Case, lang: str) -> str:
    """The four labels as they stand on the knobs, between their words."""
    kinds = ("fixed", "found", "discretionary", "assumed")
    labels = {k: tag("span", escape(words("terms", f"kinds.{k}", lang)), class_="simlib-tag",
                     data_kind=k) for k in kinds}  # fmt: skip
    marks = {kind: f"\0{kind}\0" for kind in kinds}
    said = escape(words(TOPIC, "how.tags", lang, loss=amount(case.loss_fen, lang), **marks))
    for kind, mark in marks.items():
        said = said.replace(mark, labels[kind])
    return said
