"""Why a merely careless lender answers for pure economic loss: doctrine, and the objection."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib import fault
from simlib.law.checklist import protective_norms
from simlib.law.regime import regime_for
from simlib.text import cite_for, date, words
from simlib.widgets.markup import articles, paragraphs, tag

if TYPE_CHECKING:
    from simlib.case.model import Case

TOPIC = "claims"
CARELESS = ("slight", "gross")
VIEWS = (
    "doctrine:protective-norm",
    "doctrine:interests-undivided",
    "objection:pure-economic-loss",
)


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
