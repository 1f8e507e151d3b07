"""What lesson 06 lets choose besides the facts: the rule, whose money, and a reading of 1169."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.chain import method_law
from simlib.figures.chain.names import payers_of, phrase
from simlib.figures.chain.rules import GIVEN, rule_title
from simlib.figures.people import short_names
from simlib.law.regime import rule
from simlib.lessons.knob import Setting
from simlib.restitution import RULES
from simlib.restitution.orders import open_orders
from simlib.text import words
from simlib.widgets import choosers
from simlib.widgets.chain.traced import CAP, RANK, Choice

if TYPE_CHECKING:
    from simlib.case.model import Case

VIEWS = ("rules", "liable", "pool", "steps", "money")
OF_MODULE = ("view", "give", "rank")


def askable(case: Case) -> list[str]:
    """Whose money one may follow: the claimant first; of the others those whose payments are
    listed."""
    others = [id for id in payers_of(case) if id != case.claimant]
    return [case.claimant, *others]


def chosen(held: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """All that can be chosen, with what stands where the reader chose nothing.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    known: dict[str, Any] = {
        "method": GIVEN, "who": askable(case), "cap": rule(CAP).values, "view": VIEWS,
        "give": RULES, "rank": rule(RANK).values,
    }  # fmt: skip
    found = {name: held.get(name, values[0]) for name, values in known.items()}
    wrong = [name for name, values in known.items() if found[name] not in values]
    if wrong or not set(held) <= set(known):
        raise ValueError(f"no control gives this: {wrong or sorted(held)}")
    return found


def choice_of(held: Mapping[str, Any], case: Case) -> Choice:
    """What the engine is asked with."""
    found = chosen(held, case)
    return Choice(**{name: found[name] for name in ("method", "who", "cap", "give", "rank")})


def settings(case: Case, lang: str) -> list[Setting]:
    """The rule, whose money if there are several, and the reading of 1169 where a card is told."""
    people = askable(case)
    names = short_names(case, lang)
    found = [_setting("method", [(m, rule_title(m, lang)) for m in GIVEN], lang)]
    if len(people) > 1:
        found.append(_setting("who", [(id, names[id]) for id in people], lang))
    caps = [
        (str(v), words("parameters", f"rules.{CAP}.values.{v}", lang)) for v in rule(CAP).values
    ]
    return [*found, _setting("cap", caps, lang)] if case.transfers else []


def _setting(name: str, pairs: list[tuple[str, str]], lang: str) -> Setting:
    first = pairs[0][0]
    basis = {"method": method_law(GIVEN[0]).basis, "cap": rule(CAP).basis}
    return Setting(
        name,
        "select",
        phrase(f"choose.{name}", lang),
        name,
        lambda held: held.get(name, first),  # type: ignore[attr-defined]
        lambda value, _: {name: value},
        None,
        (name,),
        extra={"options": [{"value": value, "label": label} for value, label in pairs]}
        | ({} if name in basis else {"tagged": False}),
        basis=basis.get(name, "teaching assumption"),
    )


# ---------------------------------------------------------------- of the module


def ordered(case: Case) -> bool:
    """Whether restitution is still open that was ordered for a victim, of this case or another."""
    return bool(open_orders(case, {}, outside=True).parties)


def view_spec(view: str, ordered: bool, lang: str) -> list[dict[str, Any]]:
    """Which picture; for the pool also by which rule it goes back.

    Where restitution was `ordered`, also how judgments rank beside it.
    """
    views = [(name, phrase(f"choose.views.{name}", lang)) for name in VIEWS]
    spec = [choosers.options("choice", "view", phrase("choose.view", lang), views)]
    if view != "pool":
        return spec
    rules = [(name, phrase(f"pool.rule.{name}", lang)) for name in RULES]
    spec.append(choosers.options("choice", "give", phrase("choose.give", lang), rules))
    if ordered:
        ranks = [(str(v), phrase(f"choose.ranks.{v}", lang)) for v in rule(RANK).values]
        spec.append(choosers.options("choice", "rank", phrase("choose.rank", lang), ranks))
    return spec
