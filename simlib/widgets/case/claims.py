"""Another claim for the same loss: the cause of action, and unjust enrichment beside tort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from simlib.case import load_case, reported_rulings, shipped_cases
from simlib.enrichment import READINGS, assess
from simlib.explain import explain
from simlib.figures.enrichment import CLAIMS, draw_claims, draw_elements
from simlib.figures.row_premises import by_scale
from simlib.law.suit import ASPECTS, cause, cause_rules, causes
from simlib.liability import last_days
from simlib.text import amount, date, words
from simlib.widgets import choosers
from simlib.widgets.case.order import document
from simlib.widgets.markup import articles, paragraphs, reasons, table, tag
from simlib.widgets.number_reasons import assumed, why

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.enrichment import Enrichment
    from simlib.interval import FenRange
    from simlib.law.suit import Cause
    from simlib.liability import Outcome
    from simlib.widgets.lesson import View

TOPIC = "claims"
CAUSES = tuple(each.id for each in causes())
HELD = ("stated", "gone", "there")
CHOICES = ("suit", "held")
LAW = ("suit", "elements")  # tables whose articles can be asked for: they are many


def chosen(held: Mapping[str, Any]) -> dict[str, Any]:
    """The cause of action, None before one is chosen, and what became of the money.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    found = dict(zip(CHOICES, (held.get("suit"), held.get("held", HELD[0])), strict=True))
    known = found["suit"] in (None, *CAUSES) and found["held"] in HELD
    if not known or not set(held) <= set(found):
        raise ValueError("no control gives this")
    return found


def can_ask(selected: Sequence[str]) -> bool:
    """Whether a number of the claims' table, or the law behind a table, is asked about."""
    return selected[0] == "claim" and selected[1] in (*CLAIMS, *LAW)


def spec(case: Case, party: str, lang: str) -> list[dict[str, Any]]:
    """The controls: the cause of action, and whether the money is still in his account."""
    named = [(id, words(TOPIC, f"cause.{id}.name", lang)) for id in CAUSES]
    controls = [choosers.options("choice", "suit", words(TOPIC, "form.suit", lang), named)]
    if any(account.holder == party for account in case.accounts):
        label = words(TOPIC, "form.held", lang, who=getattr(case.party(party).name, lang))
        states = [(id, words(TOPIC, f"held.{id}", lang)) for id in HELD]
        controls.append(choosers.options("choice", "held", label, states))
    return controls


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown: a case, every mode's outcome, and the claims against one party.

    Attributes
    ----------
    case
        with what the reader assumes of the money in the party's accounts
    outcomes
        mode → outcome
    found
        the claim for unjust enrichment
    suit
        the cause of action, once one is chosen
    selected
        what is asked about, `[row, key, party]`, or empty
    """

    case: Case
    outcomes: Mapping[str, Outcome]
    found: Enrichment
    suit: Cause | None
    selected: Sequence[str]
    lang: str

    @classmethod
    def of(cls, view: View, selected: Sequence[str], lang: str) -> Choice:
        """What a reader has chosen in a scene."""
        held, party = chosen(view.scene.chosen), view.scene.party
        case = _situated(view.case, party, held["held"])
        found = assess(case, party)
        suit = cause(held["suit"]) if held["suit"] else None
        return cls(case, view.outcomes, found, suit, selected, lang)

    @property
    def cause(self) -> Cause:
        """The cause of action; asked for only where one is chosen."""
        assert self.suit is not None
        return self.suit

    @property
    def exposure_fen(self) -> FenRange:
        """What may be claimed of him in tort under the law in force."""
        return self.outcomes["auto"].parties[self.found.party].exposure_fen

    @property
    def asked(self) -> str:
        """What is asked about, as a table writes it."""
        return "|".join(self.selected)

    def say(self, key: str, **values: object) -> str:
        """Words of this part, in the reader's language."""
        return words(TOPIC, key, self.lang, **values)

    def name(self, party: str) -> str:
        """A party's name."""
        name: str = getattr(self.case.party(party).name, self.lang)
        return name

    @property
    def who(self) -> str:
        """The name of the party sued."""
        return self.name(self.found.party)

    @property
    def victim(self) -> str:
        """The claimant's name."""
        return self.name(self.case.claimant)


def _situated(case: Case, party: str, held: str) -> Case:
    mine = [account.id for account in case.accounts if account.holder == party]
    if held == "stated" or not mine:
        return case
    left = 0 if held == "gone" else case.loss_fen
    facts: dict[str, object] = {f"{id}.held_fen": left for id in mine}
    return case.set({**facts, **{f"{id}.kinds.held_fen": "assumed" for id in mine}})


def intro(c: Choice) -> str:
    """What the choice is about; it stands above the form."""
    title = tag("h3", escape(c.say("title.claims")))
    return title + paragraphs(c.say("intro.claims", who=c.who, victim=c.victim))


def shown(c: Choice) -> str:
    """What each claim brings; then what the cause carries, and its judgment. First he chooses."""
    if c.suit is None:
        return paragraphs(c.say("form.hint"), class_="simlib-hint")
    elements = _elements(c) if c.suit.claim == "enrichment" else ""
    return _amounts(c) + _carries(c) + elements


def heard(c: Choice) -> str:
    """What a screen reader is told of a choice: each claim's amount; empty: no cause is chosen."""
    if c.suit is None:
        return ""
    owed = {key: amount(c.found.readings[key].owed.value, c.lang) for key in READINGS}
    name = c.say(f"cause.{c.cause.id}.name")
    return c.say("form.heard", cause=name, tort=amount(c.exposure_fen, c.lang), **owed)


# ---------------------------------------------------------------- the cause of action


def _carries(c: Choice) -> str:
    """What the chosen cause carries, matter by matter; then the head and order of the judgment."""
    name = c.say(f"cause.{c.cause.id}.name")
    rules = cause_rules()
    unverified = c.say(
        "cause.rules",
        rules=getattr(rules, c.lang),
        number=rules.number,
        since=date(rules.since, c.lang),
    )
    return (
        _title(c, "cause", cause=name)
        + paragraphs(c.say(f"cause.{c.cause.id}.note"))
        + _used(c)
        + _aspects(c)
        + paragraphs(c.say("cause.effect"))
        + paragraphs(unverified, class_="simlib-remark")
        + _law(c, "suit")
        + tag("h4", escape(c.say("title.document")))
        + document(c, name)
    )


def _title(c: Choice, key: str, **values: object) -> str:
    return tag("h4", escape(c.say(f"title.{key}", **values)))


def _used(c: Choice) -> str:
    """The decisions known to have gone by this cause."""
    reported = {r.id: f"{getattr(r.court, c.lang)} {r.docket}" for r in reported_rulings()}
    named = [
        getattr(load_case(id).title, c.lang) if id in shipped_cases() else reported[id]
        for id in c.cause.used_in
    ]
    said = c.say("cause.used", list=c.say("cause.between").join(named)) if named else ""
    return paragraphs(said, class_="simlib-remark")


def _aspects(c: Choice) -> str:
    columns = (c.say("aspect.column"), c.say("aspect.says"))
    head = "".join(tag("th", escape(name), scope="col") for name in columns)
    rows = "".join(
        tag(
            "tr",
            tag("th", escape(c.say(f"aspect.{aspect}")), scope="row")
            + tag("td", escape(_aspect(c, aspect))),
        )
        for aspect in ASPECTS
    )
    body = tag("thead", tag("tr", head)) + tag("tbody", rows)
    return tag(
        "div", tag("table", body, class_="simlib-table"), class_="simlib-scroll simlib-prose"
    )


def _aspect(c: Choice, aspect: str) -> str:
    values = {"victim": c.victim} if aspect in ("burden", "court") else {}
    said = c.say(f"carries.{c.cause.claim}.{aspect}", **values)
    return said + _clock(c) if aspect == "limitation" else said


def _clock(c: Choice) -> str:
    """The last day: nobody is jointly liable for an enrichment, so each has a clock of his own."""
    outcome = c.outcomes["several" if c.cause.claim == "enrichment" else "auto"]
    found = next((k for k in last_days(c.case, outcome) if k.party == c.found.party), None)
    if found is None:
        return ""
    days = {"start": date(found.starts_on, c.lang), "last": date(found.last_on, c.lang)}
    space = "" if c.lang == "zh" else " "
    said = space + c.say(f"clock.{'assumed' if found.assumed else 'known'}", **days)
    return said + (space + c.say("clock.police") if c.case.criminal else "")


def _law(c: Choice, key: str) -> str:
    """A button that asks for articles and views."""
    asks = f"claim|{key}|"
    pressed = str(asks == c.asked).lower()
    button = {"data_say": asks, "class_": "simlib-ask", "aria_pressed": pressed}
    return tag("p", tag("button", escape(c.say("title.articles")), **button))


# ---------------------------------------------------------------- the amounts


def _amounts(c: Choice) -> str:
    """Tort beside unjust enrichment, on either reading."""
    scaled = by_scale(c.outcomes["auto"], c.found.party)
    drawing = draw_claims(c.case, c.exposure_fen, c.found, c.lang, by_scale=scaled)
    return _title(c, "amounts") + table(drawing, {}, c.asked, c.lang)


def _elements(c: Choice) -> str:
    """The elements of unjust enrichment, and what was assumed of them."""
    elements = table(draw_elements(c.found, c.lang), {}, "", c.lang)
    return (
        _title(c, "elements")
        + tag("div", elements, class_="simlib-prose")
        + _law(c, "elements")
        + assumed(c.found.assumptions, c.case, c.lang)
    )


def reason(c: Choice) -> str:
    """Why a number of the claims' table is what it is, or the law behind a table."""
    if len(c.selected) != 3 or c.selected[0] != "claim":
        return ""
    key = c.selected[1]
    if key in LAW:
        return articles(_cited(c, key), c.case, c.lang)
    if key == "tort":
        return why(c.case, c.outcomes, ["auto", "exposure", c.found.party], c.lang)
    owed = c.found.readings[key].owed
    cited = [id for node in owed.walk() for id in node.cites]
    step = reasons(explain(owed, c.case, c.lang), c.lang)
    return tag("ul", step, class_="simlib-reasons") + articles(cited, c.case, c.lang)


def _cited(c: Choice, key: str) -> list[str]:
    if key == "suit" and c.suit:
        cited = [id for aspect in ASPECTS for id in c.suit.cites[aspect]]
        return [*cited, "evidence-rules:53", "doctrine:cause-of-action"]
    cited = [id for each in c.found.elements.values() for id in each.cites]
    return [*cited, "civil-code:986", "civil-code:987", "doctrine:enrichment-and-tort"]
