"""The drawer of lesson 01: why a number is what it is, in a few steps, then all of it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.figures.board import is_court
from simlib.text import amount, words
from simlib.widgets.case.asked import Asked
from simlib.widgets.case.panes import cited
from simlib.widgets.case.steps import steps
from simlib.widgets.markup import paragraphs, tag
from simlib.widgets.number_reasons import why

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case, Ruling
    from simlib.interval import FenRange
    from simlib.liability import Outcome
    from simlib.widgets.lesson import View

TOPIC = "case_lesson"
KEYS = ("exposure", "received", "burden")


def reason(view: View, selected: Sequence[str], lang: str) -> tuple[str, str]:
    """Title and HTML of why a number of a view is what it is."""
    return reason_in(view.case, view.outcomes, view.scene.party, selected, lang)


def reason_in(
    case: Case, outcomes: Mapping[str, Outcome], helper: str, selected: Sequence[str], lang: str
) -> tuple[str, str]:
    """Title and HTML of why a number is what it is; both empty where there is no such number.

    First the steps with their sum, then, folded, every step down to fact and article.
    """
    row, key, party = selected
    if is_court(row):
        return _ordered(case, row, lang)
    outcome = outcomes.get(row)
    if outcome is None:
        return "", ""
    party = party if party in outcome.parties else helper
    asked = Asked(case, outcomes, row, key if key in KEYS else "exposure", party, lang)
    title = _say("title", lang, mode=words("modes", f"{row}.name", lang),
                 column=words(TOPIC, f"board.column.{asked.key}_name", lang),
                 amount=asked.money(_number(outcome, asked)))  # fmt: skip
    listed = "".join(tag("li", escape(step)) for step in steps(asked))
    whole = why(case, outcomes, [row, key, "" if key == "received" else party], lang)
    folded = tag("summary", escape(_say("whole", lang))) + whole
    return title, tag("ol", listed, class_="stage-steps") + tag("details", folded)


def _number(outcome: Outcome, asked: Asked) -> FenRange:
    if asked.key == "received":
        return outcome.received_fen
    return asked.mine.burden_fen if asked.key == "burden" else asked.mine.exposure_fen


def _ordered(case: Case, row: str, lang: str) -> tuple[str, str]:
    """What a court ordered, cited and said; a row of another case is none."""
    ruling = ruling_of(case, row)
    if ruling is None or ruling.amount_fen is None:
        return "", ""
    title = _say("ruling", lang, amount=amount(ruling.amount_fen, lang))
    return title, "".join(paragraphs(line) for line in _told(case, ruling, lang))


def ruling_of(case: Case, row: str) -> Ruling | None:
    """The ruling of a court's row, of those that order an amount."""
    ordered = [r for r in case.rulings if r.amount_fen is not None]
    return ordered[_place(row, len(ordered))] if ordered else None


def _place(row: str, of: int) -> int:
    place = row.partition(":")[2]
    return min(int(place), of - 1) if place.isdigit() else of - 1


def _told(case: Case, ruling: Ruling, lang: str) -> list[str]:
    court, docket, held = (
        getattr(label, lang) if label else ""
        for label in (ruling.court, ruling.docket, ruling.words)
    )
    cites = cited(case, ruling, lang)
    lines = [
        "　".join(text for text in (court, docket) if text),
        held,
        words("case", "rulings.cites", lang, cites=cites) if cites else "",
        words("case", "rulings.unverified", lang) if case.basis == "reported" else "",
    ]
    return [line for line in lines if line]


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reasons.{key}", lang, **values)
