"""Articles 1168, 1169, 1171 and 1172 side by side: premise and effect; one of them is lit up."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.figures.row_premises import ghost
from simlib.law.citation import parse
from simlib.liability.forms import form_of
from simlib.text import topic_words, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case
    from simlib.law.modes import ModeLaw
    from simlib.liability import Outcome

TOPIC = "liability_lesson"
ARTICLES = ("1168", "1169", "1171", "1172")
STYLE = (  # below the rows, which a hand on a knob must see first; flat: they are no buttons
    ".stage-board:has(.norms){display:flex;flex-direction:column}"
    ".stage-board:has(.norms)>.stage-picture{order:2;margin:8px 0 4px}"
    ".norms{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:0 8px;margin:0;"
    "padding:0;list-style:none;font-size:.8em;line-height:1.4}"
    ".norms li{padding:3px 0 5px;border-top:2.5px solid var(--line);color:var(--soft)}"
    ".norms b{display:block;font-weight:600}.norms small{display:block;font-size:1em}"
    ".norms .is-lit{border-color:var(--law);color:var(--ink)}"
    ".norms .is-ghost{border-top-style:dashed;border-color:var(--soft)}"
    ".norms .is-lit b::before{content:'▸ '}"
    ".norms-said{margin:4px 0 0!important;font-size:.8em;line-height:1.4;color:var(--soft)}"
    ".norms-said.is-told{display:none}"
    ".is-talk :is(.norms,.norms-said){font-size:1.02em}"
    "@media(max-width:759px){.norms{gap:0 4px;font-size:.84em}.norms li{padding:1px 0 2px}"
    ".norms small{display:none}.norms b span{display:none}.norms-said.is-told{display:block}}"
)


def norms_table(case: Case, outcomes: Mapping[str, Outcome], mode: str, lang: str = "zh") -> str:
    """Return the four articles as HTML; those on which helpers answer here are lit up.

    Dashed is an article whose premise fails for all who are said to answer on it. Below stands
    what the form rests on where it is none of the four, and on a narrow screen the premise of the
    article that is lit.
    """
    lit = _lit(case, outcomes, mode)
    alike = any(by_analogy(outcomes[mode], id) for id in outcomes[mode].parties)
    listed = "".join(_article(id, lit.get(id), lang) for id in ARTICLES)
    name = escape(_say("name", lang))
    said = "".join(
        f'<p class="norms-said{" is-told" if told else ""}">{escape(line)}</p>'
        for line, told in _said(lit, outcomes[mode].law, alike, lang)
    )
    return f'<style>{STYLE}</style><ul class="norms" aria-label="{name}">{listed}</ul>{said}'


def _lit(case: Case, outcomes: Mapping[str, Outcome], mode: str) -> dict[str, bool]:
    """Map the articles helpers answer on to whether the premise holds for one of them."""
    outcome, found = outcomes[mode], dict[str, bool]()
    if outcome.law.article != "own":
        return found
    for id in outcome.parties:
        if case.party(id).role == "helper" and (article := _carrying(outcome, id)):
            holds = not ghost(outcome, outcomes, id, "zh")
            found[article] = found.get(article, False) or holds
    return found


def _carrying(outcome: Outcome, party: str) -> str:
    """Return which of the four a party is held on; empty: none."""
    if form_of(outcome.parties[party].mode) is None:
        return ""
    cited = [parse(id)[1] for id in outcome.reason("form", party).cites]
    several = "1172" if outcome.parties[party].mode == "several" else ""
    return next((article for article in ARTICLES if article in cited), several)


def by_analogy(outcome: Outcome, party: str) -> bool:
    """Tell whether gross negligence makes him joint by analogy, which no article here does."""
    try:
        return outcome.reason("form", party).rule == "form.gross-joint"
    except KeyError:
        return False


def _article(id: str, holds: bool | None, lang: str) -> str:
    said = topic_words(TOPIC, lang)["norms"][id]
    names = "" if holds is None else "is-lit" if holds else "is-lit is-ghost"
    mark = "" if holds is None else f' class="{names}" aria-current="true"'
    head = f"<b>{escape(said['article'])}<span> {escape(said['what'])}</span></b>"
    told = "".join(f"<small>{escape(said[part])}</small>" for part in ("premise", "effect"))
    return f"<li{mark}>{head}{told}</li>"


def _said(lit: Mapping[str, bool], law: ModeLaw, alike: bool, lang: str) -> list[tuple[str, bool]]:
    """The lines below, each with whether the articles above tell it already.

    What each article lit asks, or why it is only supposed; or that none of them gives this form.
    `alike`: somebody answers jointly by analogy to another statute.
    """
    form = form_of(law.key)
    if form and form.dismisses:
        return [(_say("dismissed", lang), False)]
    if not lit and law.article == "own":
        return [(_say("gross_joint" if alike else "nobody", lang), False)]
    if not lit:
        key = "none_joint" if law.article == "none_though_joint" else "none"
        return [(_say(key, lang, mode=words("modes", f"{law.key}.name", lang)), False)]
    return [
        (_say("holds", lang, **topic_words(TOPIC, lang)["norms"][id]), True)
        if holds
        else (_say(f"{id}.fails", lang), False)
        for id, holds in lit.items()
    ]


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"norms.{key}", lang, **values)
