"""What courts ordered: in this case, in its twin, and where only the outcome is known."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.case import load_case, reported_rulings
from simlib.figures.board import COURT
from simlib.figures.row_premises import knew
from simlib.figures.rulings import REFERENCE, cited, days_of, is_held, is_too_late
from simlib.figures.table import board_table
from simlib.law.citation import article
from simlib.lessons.case.outcomes import LAW, Decided
from simlib.liability import COMPARED, compare
from simlib.text import amount, cite_for, date, percent, words
from simlib.widgets.controls import Pane
from simlib.widgets.markup import articles, paragraphs, table, tag
from simlib.widgets.number_reasons import reason_in

if TYPE_CHECKING:
    from collections.abc import Callable

    import ipywidgets

    from simlib.case.model import Case, Ruling
    from simlib.figures.board import Board

TOPIC = "case"


def rulings(case: Case, lang: str) -> str:
    """What courts ordered and cited here, each article as on its day of the ruling."""
    if not case.rulings:
        return paragraphs(words(TOPIC, "rulings.none", lang))
    found = "".join(_ruling(case, r, lang) for r in case.rulings)
    cites = [(c, days_of(case, r)) for r in case.rulings for c in r.cites if is_held(c)]
    late = [c for c, days in cites if is_too_late(c, days)]
    if late:
        found += paragraphs(_warning(late, case, lang), class_="simlib-warn")
        cites.append(("legislation-law:104", days_of(case, case.rulings[-1])))
    return found + "".join(dict.fromkeys(articles((c,), days, lang) for c, days in cites))


def _warning(late: list[str], case: Case, lang: str) -> str:
    day = date(case.acted_on, lang)
    if REFERENCE in [article(c).id for c in late]:
        return words(TOPIC, "rulings.too_late", lang, day=day)
    cites = words("case_lesson", "board.between", lang).join(
        cite_for(c, case, lang) for c in dict.fromkeys(late)
    )
    return words(TOPIC, "rulings.too_late_other", lang, day=day, cites=cites)


def _ruling(case: Case, ruling: Ruling, lang: str) -> str:
    court, docket = (getattr(x, lang) if x else "" for x in (ruling.court, ruling.docket))
    instance = words(TOPIC, f"instance.{ruling.instance or 'court'}", lang)
    ordered = amount(ruling.amount_fen, lang)
    if ruling.share is not None:
        ordered += f"（{percent(ruling.share, lang)}）"
    head = "　".join(x for x in (court, instance, docket, ordered) if x)
    held = getattr(ruling.words, lang) if ruling.words else ""
    cites = cited(case, ruling, lang)
    lines = [
        tag("b", escape(head)),
        tag("span", escape(held), class_="simlib-held") if held else "",
        tag("span", escape(words(TOPIC, "rulings.cites", lang, cites=cites))) if cites else "",
        _unverified(lang) if case.basis == "reported" else "",
    ]
    return tag("p", "<br>".join(line for line in lines if line), class_="simlib-ruling")


def _unverified(lang: str) -> str:
    return tag("span", escape(words(TOPIC, "rulings.unverified", lang)), class_="simlib-tag")


def reported(lang: str) -> str:
    """Rulings of which only the outcome is known: no numbers are made of them."""
    found = tag("h4", escape(words(TOPIC, "rulings.others", lang)))
    for ruling in reported_rulings():
        head = tag("b", escape("　".join((getattr(ruling.court, lang), ruling.docket))))
        lines = (head, escape(getattr(ruling.outcome, lang)), _unverified(lang))
        found += tag("p", "<br>".join(lines), class_="simlib-ruling")
    return found


def sources(case: Case, lang: str) -> str:
    """Where the facts of the case come from."""
    kind = words("terms", f"case_bases.{case.basis}", lang)
    listed = "".join(tag("li", escape(getattr(s.text, lang))) for s in case.sources)
    summary = paragraphs(getattr(case.summary, lang)) if case.summary else ""
    said = tag("p", escape(words(TOPIC, "sources.kind", lang, kind=kind)))
    return summary + said + tag("ul", listed)


class Twin:
    """Another case beside the lesson's, at the position of the same name: its table, and the
    reasons for whatever number in it is clicked.

    Parameters
    ----------
    draw
        the board of a case: the decision and the forms of the comparison

    Attributes
    ----------
    parts
        the widgets, from top to bottom
    """

    def __init__(
        self,
        draw: Callable[[Decided, tuple[str, ...]], Board],
        lang: str,
        layout: ipywidgets.Layout,
    ) -> None:
        self._draw, self.lang = draw, lang
        self.selected: list[str] = []
        self.board = Pane(layout=layout)
        self.reasons = Pane(live=True, layout=layout)
        self.parts = (self.board, self.reasons)
        self.board.on_say(self._asked)

    def draw(self, name: str, position: str) -> None:
        """Show a shipped case, at `position` if it has one of that name, else at its first."""
        case = load_case(name)
        at = next((p for p in case.positions if p.id == position), case.positions[0])
        helper = next(p.id for p in case.parties if p.role == "helper")
        now, self.selected = case.at(at.id), []
        self.shown = Decided(now, compare(now, COMPARED), helper)
        self.rows = self._draw(self.shown, (COURT, *COMPARED))
        self.title = f"{getattr(case.title, self.lang)}　{getattr(at.title, self.lang)}"
        self._show()

    def _asked(self, said: str) -> None:
        self.selected = said.split("|")
        self._show()
        self.reasons.revealed += 1

    def _show(self) -> None:
        case, lang = self.shown.case, self.lang
        said = {row.id: row.stamp or row.ghost for row in self.rows.rows}
        if not said.get(LAW) and knew(case, self.shown.party):
            said[LAW] = words("case_lesson", "board.note.premised", lang)
        self.board.html = (
            paragraphs(self.title, class_="simlib-title")
            + table(board_table(self.rows, lang), said, "|".join(self.selected), lang)
            + rulings(case, lang)
            + sources(case, lang)
        )
        title, html = "", ""
        if self.selected:
            title, html = reason_in(case, self.shown, self.shown.party, self.selected, lang)
        self.reasons.html = (tag("h4", escape(title)) if title else "") + html
