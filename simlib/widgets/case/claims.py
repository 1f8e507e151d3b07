"""Another claim for the same loss: the cause of action and the judgment it would have; unjust
enrichment beside tort; why a merely careless lender answers for pure economic loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from simlib import fault
from simlib.case import load_case, reported_rulings, shipped_cases
from simlib.enrichment import READINGS, assess
from simlib.explain import explain
from simlib.figures.board import rounded
from simlib.figures.enrichment import CLAIMS, draw_claims, draw_elements
from simlib.figures.row_premises import CARELESS, by_scale
from simlib.interval import Interval, high_end, low_end
from simlib.law.checklist import protective_norms
from simlib.law.regime import regime_for
from simlib.law.suit import ASPECTS, cause, cause_rules
from simlib.lessons.case.outcomes import EXPOSURE, LAW
from simlib.liability import last_days
from simlib.text import amount, cite_for, date, words
from simlib.widgets import choosers
from simlib.widgets.markup import articles, paragraphs, reasons, table, tag
from simlib.widgets.number_reasons import assumed, why

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.enrichment import Enrichment
    from simlib.interval import FenRange
    from simlib.law.suit import Cause
    from simlib.lessons.case.outcomes import Decided
    from simlib.lessons.declaration import Lesson

TOPIC = "claims"
CITED = ("suit", "elements")  # tables whose articles can be asked for: they are many
VIEWS = (
    "doctrine:protective-norm",
    "doctrine:interests-undivided",
    "objection:pure-economic-loss",
)


def can_ask(selected: Sequence[str]) -> bool:
    """Whether a number of the claims' table, or the law behind a table, is asked about."""
    return selected[0] == "claim" and selected[1] in (*CLAIMS, *CITED)


def spec(case: Case, party: str, lesson: Lesson, lang: str) -> list[dict[str, object]]:
    """The controls: the cause of action, and whether the money is still in his account."""
    stems = {"suit": "cause.{}.name", "held": "held.{}"}
    has_account = any(account.holder == party for account in case.accounts)
    who = getattr(case.party(party).name, lang)
    return [
        choosers.options(
            "choice",
            id,
            words("case_lesson", f"choose.{id}", lang, who=who),
            [(each, words(TOPIC, stems[id].format(each), lang)) for each in knob.options],
        )
        for id, knob in lesson.below.items()
        if id == "suit" or has_account
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown: a case, every form's outcome, and the claims against one party.

    Attributes
    ----------
    decided
        the case as it is on the stage, in every form
    case, found
        with what the reader assumes of the money in the party's accounts; the claim for unjust
        enrichment then
    suit
        the cause of action, once one is chosen
    selected
        what is asked about, `[row, key, party]`, or empty
    """

    decided: Decided
    case: Case
    found: Enrichment
    suit: Cause | None
    selected: Sequence[str]
    lang: str

    @classmethod
    def of(
        cls, decided: Decided, suit: str, held: str, selected: Sequence[str], lang: str
    ) -> Choice:
        """What a reader has chosen of a case."""
        case = _situated(decided.case, decided.party, held)
        found = assess(case, decided.party)
        return cls(decided, case, found, cause(suit) if suit else None, selected, lang)

    @property
    def cause(self) -> Cause:
        """The cause of action; asked for only where one is chosen."""
        assert self.suit is not None
        return self.suit

    @property
    def tort_fen(self) -> FenRange:
        """What may be claimed of him in tort under the law in force [fen]."""
        return self.decided.fen(LAW, EXPOSURE)

    @property
    def is_scale(self) -> bool:
        """Whether that is reckoned by the teaching scale."""
        return by_scale(self.decided.law, self.found.party)

    def owed(self, reading: str) -> FenRange:
        """What he has to return on a reading [fen]."""
        return self.found.readings[reading].owed.value

    def say(self, key: str, **values: object) -> str:
        """Words of this part, with the names of the party sued and of the claimant."""
        ids = {"who": self.found.party, "victim": self.case.claimant}
        named = {key: getattr(self.case.party(id).name, self.lang) for key, id in ids.items()}
        both = {"defendant": named["who"], "plaintiff": named["victim"]}
        return words(TOPIC, key, self.lang, **{**named, **both, **values})

    def title(self, key: str, **values: object) -> str:
        """A heading."""
        return tag("h4", escape(self.say(f"title.{key}", **values)))

    def law(self, key: str) -> str:
        """A button that asks for articles and views."""
        asks = f"claim|{key}|"
        pressed = str(asks == "|".join(self.selected)).lower()
        button = {"data_say": asks, "class_": "simlib-ask", "aria_pressed": pressed}
        return tag("p", tag("button", escape(self.say("title.articles")), **button))


def _situated(case: Case, party: str, held: str) -> Case:
    mine = [account.id for account in case.accounts if account.holder == party]
    if held == "stated" or not mine:
        return case
    left = 0 if held == "gone" else case.loss_fen
    facts: dict[str, object] = {f"{id}.held_fen": left for id in mine}
    return case.set({**facts, **{f"{id}.kinds.held_fen": "assumed" for id in mine}})


def intro(c: Choice) -> str:
    """What the choice is about; it stands above the form."""
    return tag("h3", escape(c.say("title.claims"))) + paragraphs(c.say("intro.claims"))


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
    owed = {key: amount(c.owed(key), c.lang) for key in READINGS}
    name = c.say(f"cause.{c.cause.id}.name")
    return c.say("form.heard", cause=name, tort=amount(c.tort_fen, c.lang), **owed)


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
        c.title("cause", cause=name)
        + paragraphs(c.say(f"cause.{c.cause.id}.note"))
        + _used(c)
        + _aspects(c)
        + paragraphs(c.say("cause.effect"))
        + paragraphs(unverified, class_="simlib-remark")
        + c.law("suit")
        + c.title("document")
        + document(c, name)
    )


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
    said = c.say(f"carries.{c.cause.claim}.{aspect}")
    return said + _clock(c) if aspect == "limitation" else said


def _clock(c: Choice) -> str:
    """The last day: nobody is jointly liable for an enrichment, so each has a clock of his own."""
    outcome = c.decided["several" if c.cause.claim == "enrichment" else LAW]
    found = next((k for k in last_days(c.case, outcome) if k.party == c.found.party), None)
    if found is None:
        return ""
    days = {"start": date(found.starts_on, c.lang), "last": date(found.last_on, c.lang)}
    space = "" if c.lang == "zh" else " "
    said = space + c.say(f"clock.{'assumed' if found.assumed else 'known'}", **days)
    return said + (space + c.say("clock.police") if c.case.criminal else "")


# ---------------------------------------------------------------- the amounts


def _amounts(c: Choice) -> str:
    """Tort beside unjust enrichment, on either reading."""
    drawing = draw_claims(c.case, c.tort_fen, c.found, c.lang, by_scale=c.is_scale)
    return c.title("amounts") + table(drawing, {}, "|".join(c.selected), c.lang)


def _elements(c: Choice) -> str:
    """The elements of unjust enrichment, and what was assumed of them."""
    elements = table(draw_elements(c.found, c.lang), {}, "", c.lang)
    return (
        c.title("elements")
        + tag("div", elements, class_="simlib-prose")
        + c.law("elements")
        + assumed(c.found.assumptions, c.case, c.lang)
    )


def reason(c: Choice) -> str:
    """Why a number of the claims' table is what it is, or the law behind a table."""
    key = c.selected[1]
    if key in CITED:
        return articles(_cited(c, key), c.case, c.lang)
    if key == "tort":
        return why(c.case, c.decided, [LAW, EXPOSURE, c.found.party], c.lang)
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


# ---------------------------------------------------------------- the judgment


def document(c: Choice, name: str) -> str:
    """The head, the order on each reading, and the closing, by the cause chosen."""
    head = c.say("document.head", cause=name)
    if c.cause.claim == "enrichment":
        owed = [c.owed(key) for key in READINGS]
        read = zip(READINGS, owed, strict=True)
        lines = [line for key, fen in read
                 for line in _order(c, "enrichment", fen, c.say(f"document.{key}"))]  # fmt: skip
    else:
        owed = [c.tort_fen]
        lines = _order(c, "tort", c.tort_fen, "")
    quoted = "".join(tag("p", escape(line)) for line in (head, *lines, *_closing(c, owed)))
    return tag("blockquote", quoted)


def _order(c: Choice, key: str, fen: FenRange, reading: str) -> list[str]:
    """The order, numbered where part of the claim is refused; an open amount is not stated."""
    if high_end(fen) == 0:
        return [c.say("document.dismissed")]
    said = amount(rounded(fen), c.lang)
    if key == "tort" and c.is_scale:
        said = c.say("document.scale", amount=said)
    elif isinstance(fen, Interval):
        said = c.say("document.open", amount=said)
    rest = low_end(fen) < c.case.loss_fen
    marks = {
        "number": c.say("document.first") if rest else "",
        "end": c.say(f"document.{'then' if rest else 'stop'}"),
    }
    lines = [c.say(f"document.{key}", amount=said, reading=reading, **marks)]
    if rest:
        last = "rest" if high_end(fen) < c.case.loss_fen else "rest_open"
        lines.append(c.say("document.second") + c.say(f"document.{last}"))
    return lines


def _closing(c: Choice, owed: Sequence[FenRange]) -> list[str]:
    """Interest for delay where money is ordered, and who bears the court fee."""
    if not any(map(high_end, owed)):
        return [c.say("document.fee_none")]
    full = all(low_end(fen) >= c.case.loss_fen for fen in owed)
    return [c.say("document.interest"), c.say(f"document.fee_{'full' if full else 'part'}")]


# ---------------------------------------------------------------- the careless lender


def careless(case: Case, party: str, lang: str, hint: bool = True) -> str:
    """The question for a careless party, the rules of his day, and the views; else a hint or,
    without `hint`, nothing."""
    person = case.party(party)
    grade = fault.grade(person, regime_for(case)).value
    title = tag("h4", escape(words(TOPIC, "title.careless", lang)))
    names = {"who": getattr(person.name, lang), "grade": words("terms", f"grades.{grade}", lang)}
    if grade not in CARELESS and not hint:
        return ""
    if grade not in CARELESS:
        key = "none" if grade == "none" else "other"
        said = words(TOPIC, f"careless.{key}", lang, **names)
        return title + paragraphs(said, class_="simlib-hint")
    victim = {"victim": getattr(case.party(case.claimant).name, lang)}
    lines = [words(TOPIC, "careless.question", lang, **names, **victim)]
    lines += _norms(case, person.act, lang)
    lines.append(words(TOPIC, "careless.consequence", lang, **victim))
    cited = [*(protective_norms(person.act) if person.act else ()), *VIEWS]
    return title + "".join(paragraphs(line) for line in lines) + articles(cited, case, lang)


def _norms(case: Case, act: str | None, lang: str) -> list[str]:
    """Which protective rules were in force on the day of the act, and which came too late."""
    day = {"day": date(case.acted_on, lang)}
    named = protective_norms(act) if act else ()
    held = protective_norms(act, case.acted_on) if act else ()
    lines = []
    late = [id for id in named if id.startswith("anti-fraud-law") and id not in held]
    if late:
        norm = cite_for(late[0], case, lang)
        lines.append(words(TOPIC, "careless.before", lang, norm=norm, **day))
    if held:
        between = words("case_lesson", "board.between", lang)
        listed = between.join(_named(id, case, lang) for id in held)
        lines.append(words(TOPIC, "careless.in_force", lang, norms=listed, **day))
    else:
        lines.append(words(TOPIC, "careless.no_norm", lang, **day))
    if any(id.startswith("account-rules") for id in held):
        lines.append(words(TOPIC, "careless.unverified", lang))
    return lines


def _named(id: str, case: Case, lang: str) -> str:
    """A protective rule; the account rules with what they are, for nobody checked their text."""
    norm = cite_for(id, case, lang)
    return (
        words(TOPIC, "careless.unheld", lang, norm=norm) if id.startswith("account-rules") else norm
    )
