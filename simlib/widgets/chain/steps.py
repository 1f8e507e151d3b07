"""The few steps behind a number of lesson 06, as the drawer shows them first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.chain import accounts_of
from simlib.explain import form_name
from simlib.figures.board import rounded
from simlib.figures.chain.names import Names, phrase
from simlib.figures.chain.rules import BY_LOSS, rule_name
from simlib.figures.chain.told import gaps, grade_of, is_late, whole_yuan
from simlib.figures.people import short_names
from simlib.figures.row_premises import by_scale
from simlib.interval import Interval
from simlib.law.regime import regime_for
from simlib.restitution import FOREIGN
from simlib.restitution.frozen_money import open_of
from simlib.text import amount, percent, words
from simlib.widgets.chain.traced import LAW

if TYPE_CHECKING:
    from simlib.liability import Outcome
    from simlib.restitution import Pot, Return
    from simlib.widgets.chain.traced import Traced

TOPIC = "chain_lesson"
NOBODY = "rest"  # the row of what goes back to no victim
PROPORTION = "pro_rata"  # how a pot is divided that no time stamp tells apart
RHO = ("rho_recovery.low", "rho_recovery.high")


@dataclass(frozen=True, slots=True)
class Told:
    """Why a number is what it is."""

    title: str
    steps: tuple[str, ...]


def return_steps(traced: Traced, victim: str, rule: str, lang: str) -> Told:
    """What of the frozen money goes back to a victim by a rule, or to nobody."""
    names, named = Names(traced.case, lang), rule_name(rule, lang)
    who = names.people.get(victim, "")
    if rule == "poison":
        return Told(_say("title.none", lang, rule=named), tuple(_lines("poison", lang)))
    found = traced.returned(rule)
    if victim == NOBODY:
        left = sum(pot.left_fen for pot in found.accounts)
        title = _say("title.rest", lang, rule=named, amount=amount(left, lang))
        return Told(title, tuple(_rest(found, names)))
    fen = found.returned[victim]
    title = _say("title.back", lang, who=who, rule=named, amount=amount(fen, lang))
    steps = [step for pot in found.accounts for step in _pot(traced, pot, victim, rule, names)]
    if rule in FOREIGN:
        steps.append(_say("foreign", lang, rule=named))
    total = _say("back", lang, who=who, amount=amount(fen, lang))
    return Told(title, (*steps, total))


def _rest(found: Return, names: Names) -> list[str]:
    """What is no victim's, and what is more than the victims lost."""
    said = []
    for pot in found.accounts:
        money = {"card": names.of(pot.account), "honest": amount(pot.honest_fen, names.lang),
                 "left": amount(pot.left_fen, names.lang)}  # fmt: skip
        key = "rest" if pot.left_fen == pot.honest_fen else "rest_more"
        said.append(_say(key, names.lang, **money))
    return [*said, *gaps(names.case, names.lang), _say("rest_why", names.lang)]


def _pot(traced: Traced, pot: Pot, victim: str, rule: str, names: Names) -> list[str]:
    """One frozen account: what is others', and which part of the rest is hers."""
    lang, case = names.lang, traced.case
    free = pot.frozen_fen - pot.honest_fen
    said = [
        *gaps(case, lang),
        _say("pot", lang, card=names.of(pot.account), frozen=amount(pot.frozen_fen, lang),
             honest=amount(pot.honest_fen, lang), free=amount(free, lang))
    ]  # fmt: skip
    hers = amount(pot.to.get(victim, 0), lang)
    if rule == BY_LOSS:
        parts = {v: open_of(case, v).value for v in traced.returned(rule).returned}
        return [*said, *_divided("by_loss", parts, victim, free, hers, names)]
    if pot.way == PROPORTION and rule == "timestamp":
        tracing = traced[rule]
        parts = {v: tracing.came([pot.account], v) for v in traced.returned(rule).returned}
        return [*said, *_divided("came", parts, victim, free, hers, names)]
    if pot.way in (*FOREIGN, PROPORTION):
        held = traced[rule].balance(pot.account).get(victim, 0)
        said.append(
            _say("held", lang, rule=rule_name(rule, lang), who=names.people[victim],
                 card=names.of(pot.account), held=amount(held, lang), hers=hers)
        )  # fmt: skip
        open_fen = open_of(case, victim).value
        if held > open_fen:
            said.append(_say("capped", lang, open=amount(open_fen, lang)))
        return said
    return [*said, _say("way", lang, way=phrase(f"way.{pot.way}", lang), hers=hers)]


def _divided(
    key: str, parts: dict[str, int], victim: str, free: int, hers: str, names: Names
) -> list[str]:
    """In proportion to what, and the sum."""
    lang = names.lang
    listed = phrase("between", lang).join(
        phrase("film.part", lang, who=names.people[v], amount=amount(fen, lang))
        for v, fen in parts.items()
    )
    return [
        _say(f"in_proportion.{key}", lang, parts=listed),
        _say("sum", lang, free=amount(free, lang), own=amount(parts[victim], lang),
             all=amount(sum(parts.values()), lang), hers=hers),
    ]  # fmt: skip


# ---------------------------------------------------------------- what may be claimed


def claim_steps(traced: Traced, mode: str, party: str, lang: str) -> Told:
    """Why so much may be claimed of a party: form, facts, sum."""
    case, outcome = traced.claim, traced.outcome(mode)
    called = short_names(case, lang)
    named = {"who": called[party], "victim": called[case.claimant]}
    fen = outcome.parties[party].exposure_fen
    scaled = mode == LAW and by_scale(outcome, party)  # as on the board
    money = amount(whole_yuan(fen) if scaled else rounded(fen), lang)
    title = _say("title.claim", lang, amount=money, **named)
    if mode != LAW:
        form = words("modes", f"{mode}.name", lang)
        title = _say("title.mode", lang, mode=form, amount=money, **named)
        steps = _say("mode", lang, mode=form), _say("claim", lang, amount=money, **named)
        return Told(title, steps)
    told = (_late if is_late(outcome, party) else _first)(traced, party, named, lang)
    return Told(title, (*told, _say("claim", lang, amount=money, **named)))


def _first(traced: Traced, party: str, named: dict[str, str], lang: str) -> list[str]:
    """Who had to do with the loss itself: fault, form, what came into his card."""
    case, law = traced.claim, traced.outcome(LAW)
    grade = grade_of(case, party)
    form = form_name(law, party, lang)
    said = [_say("fault", lang, grade=words("terms", f"grades.{grade}", lang), form=form, **named)]
    joint = law.parties[party].mode == "joint"
    if joint:
        said.append(_say("joint", lang, **named))
    mine, hers = accounts_of(case, party), accounts_of(case, case.claimant)
    paid = [t.amount_fen for t in case.transfers or () if t.payer in hers and t.payee in mine]
    if paid:
        came = amount(sum(paid), lang)
        said.append(_say("came", lang, amount=came, **named))
        if joint and sum(paid) < case.loss_fen:
            key = "whole" if traced.choice.cap == "below_knowing" else "part"
            fens = {"loss": case.loss_fen, "rest": case.loss_fen - sum(paid)}
            money = {name: amount(fen, lang) for name, fen in fens.items()}
            said.append(_say(f"cap.{key}", lang, amount=came, **money, **named))
    elif joint:
        said.append(_say("no_money", lang, **named))
    if law.parties[party].mode == "several":
        said += [_say("several", lang, **named), *_weighed(law, party, named, lang)]
    if back := case.loss_fen - open_of(case, case.claimant).value:
        said.append(_say("less", lang, amount=amount(back, lang), **named))
    return [*said, _say("no_rule", lang)]


def _weighed(law: Outcome, party: str, named: dict[str, str], lang: str) -> list[str]:
    """His share worked out: causal force by fault, of all weights, of the loss; none if open."""
    node = law.reason("exposure", party)
    part = next((n for n in node.walk() if (n.key, n.party) == ("part", party)), None)
    if part is None or part.rule != "split" or part.value != node.value:
        return []
    whole, weights = part.children[0], part.children[-1]
    own = next((n for n in weights.children if n.party == party), None)
    if own is None or own.rule != "weight.product":
        return []
    parts = {n.key: n.value for n in (*own.children, own)} | {"all": weights.value}
    if any(isinstance(value, Interval) for value in (*parts.values(), whole.value, part.value)):
        return []
    said = {key: f"{float(value):.5f}".rstrip("0").rstrip(".") for key, value in parts.items()}  # type: ignore[arg-type]
    money = {"whole": amount(whole.value, lang), "amount": amount(whole_yuan(part.value), lang)}  # type: ignore[arg-type]
    return [_say("weighed", lang, **said, **money, **named)]


def _late(traced: Traced, party: str, named: dict[str, str], lang: str) -> list[str]:
    """Who came in after the loss: the chance to get it back, by what came into his card."""
    case, law = traced.claim, regime_for(traced.claim)
    said = [_say("late", lang, **named)]
    rule = traced.limiting
    came = traced[rule].came(accounts_of(case, party), case.claimant)
    if traced.followed != rule:
        said += _lines("late_poison", lang)
    low, high = (percent(law.value(key), lang) for key in RHO)
    said.append(
        _say("late_came", lang, rule=rule_name(rule, lang), amount=amount(came, lang),
             low=low, high=high, **named)
    )  # fmt: skip
    back = sum(
        r.paid_fen for r in case.reparations if (r.party, r.victim) == (party, case.claimant)
    )
    if back:
        said.append(_say("late_paid", lang, amount=amount(back, lang), **named))
    return said


def _lines(key: str, lang: str) -> list[str]:
    return _say(key, lang).split("\n")


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reasons.{key}", lang, **values)
