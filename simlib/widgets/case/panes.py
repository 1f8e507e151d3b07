"""The words of lesson 01's lab: the rulings and the sources."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.case import reported_rulings
from simlib.errors import UnknownName
from simlib.law.citation import article
from simlib.law.dated import ACTED, Days
from simlib.text import amount, cite_for, date, name_unheld, percent, words
from simlib.widgets.markup import articles, paragraphs, tag

if TYPE_CHECKING:
    import datetime

    from simlib.case.model import Case, Ruling

REFERENCE = "anti-fraud-law:46"  # only refers to the Civil Code, so that its date changes nothing


def rulings(case: Case, lang: str) -> str:
    """What courts ordered and cited here, each article as on its day of the ruling."""
    if not case.rulings:
        return paragraphs(words("case", "rulings.none", lang))
    found = "".join(_ruling(case, r, lang) for r in case.rulings)
    cited = [(c, _days(case, r)) for r in case.rulings for c in r.cites if _held(c)]
    late = [c for c, days in cited if _too_late(c, days)]
    if late:
        found += paragraphs(_warning(late, case, lang), class_="simlib-warn")
        cited.append(("legislation-law:104", _days(case, case.rulings[-1])))
    return found + "".join(dict.fromkeys(articles((c,), days, lang) for c, days in cited))


def referred(case: Case, ruling: Ruling) -> datetime.date | None:
    """The day from which a law was in force that a court cited and that only refers on.

    None: it did not cite it, or the act was not before that day.
    """
    ours = [c for c in ruling.cites if _held(c) and article(c).id == REFERENCE]
    late = any(_too_late(c, _days(case, ruling)) for c in ours)
    return article(REFERENCE, case.acted_on).since if late else None


def _days(case: Case, ruling: Ruling) -> Days:
    """Return the day of the act, and the day of this ruling if known, else that of the case."""
    return Days(case.acted_on, ruling.on or case.decided_on)


def _held(id: str) -> bool:
    """Tell whether we hold an article: a reader's own file may cite what we do not."""
    try:
        return bool(article(id))
    except UnknownName:
        return False


def _too_late(id: str, days: Days) -> bool:
    """Tell whether a norm of conduct began only after the act."""
    version = article(id, days.acted_on)
    of_conduct = version.since is not None and version.dated_by == ACTED
    return of_conduct and not version.holds_on(days.acted_on)


def _warning(late: list[str], case: Case, lang: str) -> str:
    day = date(case.acted_on, lang)
    if REFERENCE in [article(c).id for c in late]:
        return words("case", "rulings.too_late", lang, day=day)
    cites = words("case_lesson", "board.between", lang).join(
        cite_for(c, case, lang) for c in dict.fromkeys(late)
    )
    return words("case", "rulings.too_late_other", lang, day=day, cites=cites)


def cited(case: Case, ruling: Ruling, lang: str) -> str:
    """Return what a court cited, also where we do not hold the article."""
    days = _days(case, ruling)
    return words("case_lesson", "board.between", lang).join(
        cite_for(c, days, lang)
        if _held(c)
        else words("case", "rulings.unheld", lang, cite=name_unheld(c, lang))
        for c in ruling.cites
    )


def _ruling(case: Case, ruling: Ruling, lang: str) -> str:
    court, docket = (getattr(x, lang) if x else "" for x in (ruling.court, ruling.docket))
    instance = words("case", f"instance.{ruling.instance or 'court'}", lang)
    ordered = amount(ruling.amount_fen, lang)
    if ruling.share is not None:
        ordered += f"（{percent(ruling.share, lang)}）"
    head = tag("b", escape("　".join(x for x in (court, instance, docket, ordered) if x)))
    held = (
        tag("span", escape(getattr(ruling.words, lang)), class_="simlib-held")
        if ruling.words
        else ""
    )
    cites = cited(case, ruling, lang)
    named = tag("span", escape(words("case", "rulings.cites", lang, cites=cites))) if cites else ""
    retold = case.basis == "reported"
    warned = tag("span", escape(words("case", "rulings.unverified", lang)), class_="simlib-tag")
    lines = (head, held, named, warned if retold else "")
    return tag("p", "<br>".join(x for x in lines if x), class_="simlib-ruling")


def reported(lang: str) -> str:
    """Rulings of which only the outcome is known: no numbers are made of them."""
    return tag("h4", escape(words("case", "rulings.others", lang))) + "".join(
        tag(
            "p",
            tag("b", escape("　".join((getattr(r.court, lang), r.docket))))
            + "<br>"
            + escape(getattr(r.outcome, lang))
            + "<br>"
            + tag("span", escape(words("case", "rulings.unverified", lang)), class_="simlib-tag"),
            class_="simlib-ruling",
        )
        for r in reported_rulings()
    )


def sources(case: Case, lang: str) -> str:
    """Where the facts of the case come from."""
    kind = words("terms", f"case_bases.{case.basis}", lang)
    listed = "".join(tag("li", escape(getattr(s.text, lang))) for s in case.sources)
    summary = paragraphs(getattr(case.summary, lang)) if case.summary else ""
    return (
        summary
        + tag("p", escape(words("case", "sources.kind", lang, kind=kind)))
        + tag("ul", listed)
    )
