"""The steps behind the victim's own numbers of lesson 04: what she claims, receives, bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.liability.board import own_part
from simlib.figures.liability.told import given_up, may_be_sued
from simlib.figures.people import short_names
from simlib.interval import Interval, high_end
from simlib.liability import decide
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.law.rule import Rules
    from simlib.liability import Outcome

TOPIC = "liability_lesson"
GIVEN = ("received", "unrecovered")  # what a release makes less, or more


def amount_of(case: Case, outcome: Outcome, key: str) -> FenRange:
    """Return one of the victim's numbers, by its name in `OF_VICTIM` [fen]."""
    if key == "own_part":
        return own_part(case, outcome)
    found: FenRange = getattr(outcome, f"{key}_fen")
    return found


def _received(case: Case, outcome: Outcome, lang: str) -> list[str]:
    """Who pays what now; what nobody pays."""
    who = short_names(case, lang)[case.claimant]
    said = _paid(case, outcome, lang)
    if high_end(outcome.unrecovered_fen):
        rest = amount(outcome.unrecovered_fen, lang)
        key = "rest_unsued" if may_be_sued(case, outcome) else "rest"
        said.append(_say(key, lang, victim=who, amount=rest))
    return said + _given(case, outcome, lang)


def _given(case: Case, outcome: Outcome, lang: str) -> list[str]:
    """How much of what is not paid she gave up herself."""
    who, fen = short_names(case, lang)[case.claimant], given_up(case, outcome)
    return [_say("given_up", lang, victim=who, amount=amount(fen, lang))] if fen else []


def given_less(case: Case, outcome: Outcome, lang: str, rules: Rules | None) -> list[str]:
    """What of it she would have lacked anyway, and so what the release itself costs her."""
    if not given_up(case, outcome):
        return []
    kept = case.set({f"{p.id}.released": False for p in case.parties if p.released})
    lost, rest = decide(kept, outcome.mode, rules).unrecovered_fen, outcome.unrecovered_fen
    if isinstance(lost, Interval) or isinstance(rest, Interval):
        return []
    fens = {"lost": lost, "rest": rest, "less": rest - lost}
    return [_say("given_less", lang, **{key: amount(fen, lang) for key, fen in fens.items()})]


def _paid(case: Case, outcome: Outcome, lang: str) -> list[str]:
    """Who pays what now, and what that comes to."""
    called = short_names(case, lang)
    said = [
        _say("payer", lang, who=called[id], amount=amount(mine.paid_fen, lang))
        for id, mine in outcome.parties.items()
        if high_end(mine.paid_fen)
    ]
    who, fen = called[case.claimant], outcome.received_fen
    return [*said, _say("received", lang, victim=who, amount=amount(fen, lang))]


def _claim(case: Case, outcome: Outcome, lang: str) -> list[str]:
    """From the loss to what may be claimed: own fault, what came back, who was let off."""
    loss, claim = amount(case.loss_fen, lang), amount(outcome.claim_fen, lang)
    own_fault = case.party(case.claimant).fault
    said = [_say("loss", lang, amount=loss)]
    if own_fault:
        said.append(_say("own_fault", lang, fault=percent(own_fault, lang)))
    return [*said, *_let_off(case, outcome, lang), _say("claim", lang, amount=claim)]


def _let_off(case: Case, outcome: Outcome, lang: str) -> list[str]:
    """What a release takes off what others owe: by analogy where nobody is jointly liable."""
    if not any(party.released for party in case.parties):
        return []
    joint = any(mine.mode == "joint" for mine in outcome.parties.values())
    return [_say("released" if joint else "released_apart", lang)]


def _unrecovered(case: Case, outcome: Outcome, lang: str) -> list[str]:
    """From what may be claimed, less what is received, to what nobody pays."""
    who = short_names(case, lang)[case.claimant]
    ends = {"claim": outcome.claim_fen, "received": outcome.received_fen}
    values = {key: amount(fen, lang) for key, fen in ends.items()}
    rest_fen = outcome.unrecovered_fen
    rest = amount(rest_fen, lang)
    said = [_say("claim_all", lang, **values)]
    said += _let_off(case, outcome, lang)
    said += _paid(case, outcome, lang)
    is_open = any(isinstance(fen, Interval) for fen in (*ends.values(), rest_fen))
    short = "unrecovered_unsued" if may_be_sued(case, outcome) else "unrecovered"
    key = "unrecovered_open" if is_open else short if rest_fen else "recovered"
    last = _say(key, lang, victim=who, amount=rest, **values)
    return [*said, last, *_given(case, outcome, lang)]


def _own_part(case: Case, outcome: Outcome, lang: str) -> list[str]:
    """What her own fault takes off what others owe."""
    who, own_fault = short_names(case, lang)[case.claimant], case.party(case.claimant).fault
    key = "own_fault" if own_fault else "no_own_fault"
    said = [_say(key, lang, victim=who, fault=percent(own_fault or 0, lang))]
    fen = amount(own_part(case, outcome), lang)
    return [*said, _say("own_part", lang, victim=who, amount=fen)]


OF_VICTIM = {
    "received": _received,
    "claim": _claim,
    "unrecovered": _unrecovered,
    "own_part": _own_part,
}


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reasons.{key}", lang, **values)
