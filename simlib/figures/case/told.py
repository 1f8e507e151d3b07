"""The sentence over the board of lesson 01."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.board import rounded
from simlib.figures.carried_amounts import carries_more
from simlib.figures.people import short_names
from simlib.figures.row_premises import by_scale, contested, failed, lacking, unproved
from simlib.interval import high_end
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.liability import Outcome

TOPIC = "case_lesson"


def sentence(
    case: Case,
    outcomes: Mapping[str, Outcome],
    party: str,
    shown: Sequence[str],
    column: str,
    lang: str,
) -> str:
    """Say what the large number does not: what is not proved, or which rows give otherwise."""
    names = short_names(case, lang)
    named = {"who": names[party], "victim": names[case.claimant]}
    if column == "exposure":
        return _law(case, outcomes, party, named, lang)
    return _each(outcomes, party, shown, column, named, lang)


def _law(
    case: Case, outcomes: Mapping[str, Outcome], party: str, named: dict[str, str], lang: str
) -> str:
    mine = outcomes["auto"].parties[party]
    if unproved(outcomes, party):
        short = failed(case, party)
        listed = _listed([words("terms", f"elements.{name}", lang) for name in short], lang)
        key = "unproved_fault" if "fault" in short else "unproved"
        return _say(key, lang, elements=listed, **named)
    if not high_end(mine.exposure_fen):
        key = "nothing_cause" if lacking(case, party) == "cause" else "nothing_fault"
        return _say(key, lang, **named)
    said = ""
    if by_scale(outcomes["auto"], party):
        said = _say("law_scale", lang, amount=_amount(mine.exposure_fen, lang))
    return said + (_say("pure_loss", lang) if contested(case, outcomes["auto"], party) else "")


def _each(
    outcomes: Mapping[str, Outcome],
    party: str,
    shown: Sequence[str],
    column: str,
    named: dict[str, str],
    lang: str,
) -> str:
    """Say which modes shown differ from the law in force, and who bears what is not collected."""
    modes = [mode for mode in shown if mode in outcomes]
    values = {m: _value(outcomes[m], party, column) for m in modes}
    law = _value(outcomes["auto"], party, column)
    parts = [_part(m, fen, lang) for m, fen in values.items() if fen != law]
    text = _say("differ", lang, parts=_listed(parts, lang)) if parts else ""
    carried = [m for m in modes if carries_more(outcomes[m].parties[party])]
    lost = [m for m in modes if high_end(outcomes[m].unrecovered_fen)]
    for key, found in (("carried", carried), ("lost", lost)):
        if found:
            listed = _listed([words("modes", f"{m}.name", lang) for m in found], lang)
            text += _say(key, lang, modes=listed, **named)
    return text


def _value(outcome: Outcome, party: str, column: str) -> FenRange:
    return outcome.received_fen if column == "received" else outcome.parties[party].burden_fen


def _part(mode: str, fen: FenRange, lang: str) -> str:
    return _say("part", lang, mode=words("modes", f"{mode}.name", lang), amount=_amount(fen, lang))


def _amount(fen: FenRange, lang: str) -> str:
    return amount(rounded(fen), lang)


def _listed(parts: Sequence[str], lang: str) -> str:
    return words(TOPIC, "board.between", lang).join(parts)


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"board.sentence.{key}", lang, **values)
