"""Why a number of lesson 06 is what it is: its title, and the few steps that come first."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from simlib.chain import accounts_of
from simlib.explain import form_name
from simlib.figures.answered_part import along_said, part_reason, reading_said
from simlib.figures.asked_number import Asked
from simlib.figures.board import rounded
from simlib.figures.names_of_people import short_names
from simlib.figures.number_steps import rule
from simlib.figures.row_premises import note as ground
from simlib.figures.row_premises import unreached
from simlib.interval import Interval
from simlib.law.regime import regime_for
from simlib.lessons.chain.accounts import Names, moment, part, phrase, whose
from simlib.lessons.chain.outcomes import (
    BY_LOSS,
    LAW,
    REST,
    gaps,
    rule_name,
    shown,
    whole_yuan,
)
from simlib.restitution import FOREIGN
from simlib.restitution.frozen_money import INFLOWS, PROPORTION, open_of
from simlib.restitution.victim_account import loss_of
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.lessons.chain.outcomes import Traced
    from simlib.restitution import Pot, Return
    from simlib.trace import Trace

Told: TypeAlias = tuple[str, list[str]]  # title and steps
RHO = ("rho_recovery.low", "rho_recovery.high")


def _say(key: str, lang: str, **values: object) -> str:
    return words("chain_lesson", f"reasons.{key}", lang, **values)


# ---------------------------------------------------------------- what goes back


def returned(found: Traced, victim: str, way: str, lang: str) -> Told:
    """What of the frozen money goes back to a victim by a rule, or to nobody."""
    names, named = Names(found.case, lang), rule_name(way, lang)
    if way == "poison":
        return _say("title.none", lang, rule=named), _say("poison", lang).split("\n")
    given = found.returned(way)
    if victim == REST:
        left = amount(sum(pot.left_fen for pot in given.accounts), lang)
        return _say("title.rest", lang, rule=named, amount=left), _rest(given, names)
    said = {"who": names.people[victim], "amount": amount(given.returned[victim], lang)}
    steps = [step for pot in given.accounts for step in _pot(found, pot, victim, way, names)]
    if way in FOREIGN:
        steps.append(_say("foreign", lang, rule=named))
    return _say("title.back", lang, rule=named, **said), [*steps, _say("back", lang, **said)]


def _rest(given: Return, names: Names) -> list[str]:
    """What is no victim's, and what is more than the victims lost."""
    said = []
    for pot in given.accounts:
        money = {"card": names.of(pot.account), "honest": amount(pot.honest_fen, names.lang),
                 "left": amount(pot.left_fen, names.lang)}  # fmt: skip
        said.append(_say(_rest_key(pot), names.lang, **money))
    why = any(pot.left_fen for pot in given.accounts)
    ends = [_say("rest_why", names.lang)] if why else []
    return [*said, *gaps(names.case, names.lang), *ends]


def _rest_key(pot: Pot) -> str:
    """Return which words tell why so much of a frozen account goes back to nobody."""
    if not pot.left_fen:
        return "rest_none"
    if pot.left_fen == pot.honest_fen:
        return "rest"
    return "rest_more" if pot.honest_fen else "rest_over"


def _pot(found: Traced, pot: Pot, victim: str, way: str, names: Names) -> list[str]:
    """One frozen account: what is others', and which part of the rest is hers."""
    lang, case = names.lang, found.case
    fens = {"frozen": pot.frozen_fen, "honest": pot.honest_fen,
            "free": pot.frozen_fen - pot.honest_fen, "hers": pot.to.get(victim, 0)}  # fmt: skip
    money = {name: amount(fen, lang) for name, fen in fens.items()}
    key = "pot" if pot.honest_fen else "pot_all"
    said = [*gaps(case, lang), _say(key, lang, card=names.of(pot.account), **money)]
    claimants, hers = found.returned(way).returned, money["hers"]
    if way == BY_LOSS:
        parts = {v: open_of(case, v).value for v in claimants}
        return [*said, *_divided("by_loss", parts, victim, money, names)]
    if pot.way == PROPORTION and way == "timestamp":
        parts = {v: found[way].came([pot.account], v) for v in claimants}
        if found.share != INFLOWS:
            parts = {v: loss_of(case, v).value if came else 0 for v, came in parts.items()}
        said += _divided(found.share, parts, victim, money, names)
        open_fen = open_of(case, victim).value
        share = Fraction((pot.frozen_fen - pot.honest_fen) * parts[victim], sum(parts.values()))
        more = share > open_fen
        return [*said, _say("capped", lang, open=amount(open_fen, lang))] if more else said
    if pot.way not in (*FOREIGN, PROPORTION):
        return [*said, _say("way", lang, way=phrase(f"way.{pot.way}", lang), hers=hers)]
    held, open_fen = found[way].balance(pot.account).get(victim, 0), open_of(case, victim).value
    said.append(
        _say("held", lang, rule=rule_name(way, lang), who=names.people[victim],
             card=names.of(pot.account), held=amount(held, lang), hers=hers)
    )  # fmt: skip
    return [*said, _say("capped", lang, open=amount(open_fen, lang))] if held > open_fen else said


def _divided(
    key: str, parts: Mapping[str, int], victim: str, money: Mapping[str, str], names: Names
) -> list[str]:
    """In proportion to what, and the sum."""
    lang = names.lang
    listed = names.between([part(names.people[v], fen, lang) for v, fen in parts.items()])
    fens = {"own": parts[victim], "all": sum(parts.values())}
    said = {name: amount(fen, lang) for name, fen in fens.items()}
    return [_say(f"in_proportion.{key}", lang, parts=listed), _say("sum", lang, **said, **money)]


# ---------------------------------------------------------------- what may be claimed


def claimed(found: Traced, mode: str, party: str, lang: str) -> Told:
    """Why so much may be claimed of a party: form, facts, sum."""
    called = short_names(found.claim, lang)
    named = {"who": called[party], "victim": called[found.victim]}
    fen = found.outcome(mode).parties[party].exposure_fen
    money = amount(rounded(shown(found, party) if mode == LAW else fen), lang)  # as on the board
    ends = _say("claim", lang, amount=money, **named)
    if mode != LAW:
        form = words("modes", f"{mode}.name", lang)
        title = _say("title.mode", lang, mode=form, amount=money, **named)
        return title, [_say("mode", lang, mode=form), ends]
    title = _say("title.claim", lang, amount=money, **named)
    if not found.is_late(party):
        return title, [*_first(found, party, named, lang), ends]
    owed = {key: amount(fen, lang) for key, fen in found.enriched(party).items()}
    other = _say("late_enriched", lang, **owed, **named)
    return title, [*_late(found, party, named, lang), ends, other]


def _first(found: Traced, party: str, named: dict[str, str], lang: str) -> list[str]:
    """Who had to do with the loss itself: why nothing may be claimed of him, or why so much."""
    case, law = found.claim, found.law
    if unreached(law, case, party):
        return [_say("unreached", lang, **named)]
    if law.parties[party].mode == "not_liable":
        return [_say("let_off", lang, ground=ground(case, law, party, lang), **named)]
    return _liable(found, party, named, lang)


def _liable(found: Traced, party: str, named: dict[str, str], lang: str) -> list[str]:
    """Fault, form, what came into his card, and what limits it."""
    case, law, mode = found.claim, found.law, found.law.parties[party].mode
    grade = words("terms", f"grades.{found.grade(party)}", lang)
    said = [_say("fault", lang, grade=grade, form=form_name(law, party, lang), **named)]
    came = found.came(party)
    if mode == "joint":
        said.append(rule(Asked(case, {LAW: law}, LAW, "exposure", party, lang)))
    if came is not None:
        paid = _say("came", lang, amount=amount(came, lang), **named)
        said.append(paid + along_said(law, case, party, lang))
    said += (traced := _traced(found, party, named, lang))
    if mode == "joint":
        said += _limit(found, party, bool(traced), named, lang)
    if mode == "several":
        said += [_say("several", lang, **named), *_weighed(found, party, named, lang)]
    back = case.loss_fen - open_of(case, case.claimant).value
    if back and law.parties[party].exposure_fen == law.claim_fen:  # a share alone is not lowered
        said.append(_say("less", lang, amount=amount(back, lang), **named))
    return [*said, _say("no_rule_traced" if traced else "no_rule", lang)]


def _limit(found: Traced, party: str, traced: bool, named: dict[str, str], lang: str) -> list[str]:
    """What limits one who is jointly liable: in concert nothing, else by a reading what came."""
    case, law, came = found.claim, found.law, found.came(party)
    if found.grade(party) == "concert" and (free := part_reason(law, case, party, lang)):
        return [free]
    if came is None:
        return [] if traced else [_say("no_money", lang, **named)]
    rest = case.loss_fen - came
    if rest <= 0:
        return []
    key = "whole" if found.held["cap"] == "below_knowing" else "part"
    fens = {"amount": came, "loss": case.loss_fen, "rest": rest}
    money = {name: amount(fen, lang) for name, fen in fens.items()}
    return [_say(f"cap.{key}", lang, **money, **named)]


def _traced(found: Traced, party: str, named: dict[str, str], lang: str) -> list[str]:
    """What of her money came to his card by others', by which rule; none for who answers for all.

    And by which reading a card has a share that only the order of the money puts behind the loss.
    """
    case, way = found.claim, found.limiting
    fen = found[way].came(accounts_of(case, party), case.claimant) - (found.came(party) or 0)
    if not fen or found.law.answers_for(party) is None:
        return []
    told = {"rule": rule_name(way, lang), "amount": amount(fen, lang)}
    return [_say("traced", lang, **told, **named), *filter(None, [reading_said(case, party, lang)])]


def _weighed(found: Traced, party: str, named: dict[str, str], lang: str) -> list[str]:
    """His share of each piece worked out: causal force by fault, of all weights; none if open."""
    node = found.law.reason("exposure", party)
    shares = [n for n in node.walk() if (n.key, n.party, n.rule) == ("part", party, "split")]
    if any(isinstance(n.value, Interval) for n in (node, *shares)):
        return []
    if sum(n.value for n in shares) != node.value:  # type: ignore[misc]
        return []
    return [said for share in shares for said in _by_weight(share, party, named, lang)]


def _by_weight(share: Trace, party: str, named: dict[str, str], lang: str) -> list[str]:
    """His share of one piece."""
    whole, weights = share.children[0], share.children[-1]
    own = next((n for n in weights.children if n.party == party), None)
    if own is None or own.rule != "weight.product":
        return []
    parts = {n.key: n.value for n in (*own.children, own)} | {"all": weights.value}
    if any(isinstance(value, Interval) for value in (*parts.values(), whole.value, share.value)):
        return []
    said = {key: f"{float(value):.5f}".rstrip("0").rstrip(".") for key, value in parts.items()}  # type: ignore[arg-type]
    money = {"whole": whole.value, "amount": whole_yuan(share.value)}  # type: ignore[arg-type]
    fens = {name: amount(fen, lang) for name, fen in money.items()}  # type: ignore[arg-type]
    return [_say("weighed", lang, **said, **fens, **named)]


def _late(found: Traced, party: str, named: dict[str, str], lang: str) -> list[str]:
    """Who came in after the loss: the chance to get it back, by what came into his card."""
    case, rule = found.claim, found.limiting
    said = [_say("late", lang, **named)]
    if found.followed != rule:
        said.append(_say("late_poison", lang))
    came = found[rule].came(accounts_of(case, party), case.claimant)
    low, high = (percent(regime_for(case).value(key), lang) for key in RHO)
    said.append(
        _say("late_came", lang, rule=rule_name(rule, lang), amount=amount(came, lang),
             low=low, high=high, **named)
    )  # fmt: skip
    rows = [r for r in case.reparations if (r.party, r.victim) == (party, case.claimant)]
    if back := sum(row.paid_fen for row in rows):
        said.append(_say("late_paid", lang, amount=amount(back, lang), **named))
    return said


# ---------------------------------------------------------------- what came, a ledger


def moved(found: Traced, row: str, key: str, method: str, lang: str) -> tuple[str, str, list[str]]:
    """What of her money came into an account or is still there: what was there; each payment."""
    names, tracing, victim = Names(found.case, lang), found[method], found.victim
    ids = accounts_of(found.case, row) if row in names.people else {row}
    fen = tracing.came(ids, victim)
    if key == "held":
        fen = sum(tracing.balance(id).get(victim, 0) for id in ids if id in tracing.names)
    hers = {"victim": names.money(victim)}
    title = phrase(f"why.{key}", lang, who=names.of(row), amount=amount(fen, lang), **hers)
    lines = []
    for transfer in ((found.case.transfers or ())[index] for index in tracing.order):
        into, out = transfer.payee in ids, transfer.payer in ids
        if into == out or (out and key == "came"):
            continue
        of = tracing.of(transfer.id)
        said = {
            "when": moment(transfer.at, lang),
            "other": names.of(transfer.payer if into else transfer.payee),
            "amount": amount(transfer.amount_fen, lang),
            "whose": whose(of, names),
            "hers": amount(of.get(victim, 0), lang),
        }
        lines.append(phrase("why.in" if into else "why.out", lang, **said, **hers))
    opening = sum(a.opening_fen for a in found.case.accounts if a.id in ids)
    first = phrase("why.opening", lang, amount=amount(opening, lang)) if opening else ""
    return title, first, lines


def ledger(found: Traced, victim: str, lang: str) -> Told:
    """What came to her line by line: returned, restituted, paid on a judgment."""
    names, held = Names(found.case, lang), found.together.ledgers[victim]
    title = phrase("why.ledger", lang, who=names.people[victim], loss=amount(held.loss_fen, lang),
                   open=amount(held.open_fen, lang))  # fmt: skip
    lines = [
        phrase("why.entry", lang, title=phrase(f"title.{entry.title}", lang),
             who=names.people.get(entry.payer or "", phrase("title.pool", lang)),
             amount=amount(entry.fen, lang))
        for entry in held.entries
    ]  # fmt: skip
    return title, lines
