"""What the board of lesson 04 says in words: the sentence over it, the line beside each debtor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.explain import form_key, form_name
from simlib.figures.board import rounded
from simlib.figures.carried_amounts import carried
from simlib.figures.people import debtors_of
from simlib.interval import Interval, added, high_end
from simlib.liability.forms import form_of
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.liability import Outcome
    from simlib.money import Fen

TOPIC = "liability_lesson"
EXACT = 1e-9  # nearer than that is binary arithmetic


def sentence(case: Case, outcome: Outcome, names: Mapping[str, str], column: str, lang: str) -> str:
    """Say what the column in sight adds up to, and what it must not be taken for."""
    ids = debtors_of(outcome)
    field = f"{column}_fen"
    some = [id for id in ids if high_end(getattr(outcome.parties[id], field))]
    who = names[case.claimant]
    if column == "paid":
        payers = _parts(outcome, some, field, names, lang) or _say("nobody", lang)
        return _say("paid", lang, who=who, parts=payers, rest=_money(outcome.unrecovered_fen, lang),
                    received=_money(outcome.received_fen, lang))  # fmt: skip
    if not some:
        return _say("nothing", lang, who=who)
    parts = _parts(outcome, some, field, names, lang, asked=column == "exposure")
    return _say(column, lang, who=who, parts=parts)


def _parts(
    outcome: Outcome,
    ids: Sequence[str],
    field: str,
    names: Mapping[str, str],
    lang: str,
    asked: bool = False,
) -> str:
    """List people with their amounts; `asked`: what may be asked of each."""
    values = [getattr(outcome.parties[id], field) for id in ids]
    between, what = _say("between", lang), "asked_" if asked else ""
    if len(ids) > 1 and len(set(values)) == 1:
        listed = between.join(names[id] for id in ids)
        return _say(f"{what}each", lang, who=listed, amount=_money(values[0], lang))
    return between.join(
        _say(f"{what}part", lang, who=names[id], amount=_money(value, lang))
        for id, value in zip(ids, values, strict=True)
    )


def beside(case: Case, outcome: Outcome, id: str, lang: str) -> str:
    """Say how one answers, with which share, what he carries for others, recovers and still owes.

    A person who is not sued is said to be so: nothing is collected from him. Of one who was
    released it is said what left the debt.
    """
    mine, share = outcome.parties[id], percent(outcome.parties[id].share, lang)
    if case.party(id).released:
        return _note("released_share" if given_up(case, outcome) else "released", lang, share=share)
    parts = [_answers(outcome, id, lang)]
    form = form_of(mine.mode)
    if form and not (form.second_line or form.dismisses):
        key = "share_assumed" if _is_assumed(case, outcome, id) else "share"
        parts.append(_note(key, lang, share=share))
    if not case.party(id).sued:
        parts.append(_note("unsued", lang))
    parts += _carried(outcome, id, lang)
    if mine.recourse:
        claims = added([claim.fen for claim in mine.recourse])
        behind = any(claim.subordinate for claim in mine.recourse)
        parts.append(_note("recourse_behind" if behind else "recourse", lang,
                           amount=_money(claims, lang)))  # fmt: skip
    if high_end(mine.short_fen) > 1:  # a fen is a rounding
        parts.append(_note("short", lang, amount=_money(mine.short_fen, lang)))
    return _note("between", lang).join(parts)


def given_up(case: Case, outcome: Outcome) -> Fen:
    """Return what the victim gave up with a debtor she released [fen]; 0 where that is open.

    All burdens add up to what is owed, less just that.
    """
    debtors = [outcome.parties[id] for id in debtors_of(outcome)]
    borne = [mine.burden_fen for mine in debtors if not isinstance(mine.burden_fen, Interval)]
    answers = any(high_end(mine.exposure_fen) for mine in debtors)
    if not any(p.released for p in case.parties) or not answers or len(borne) < len(debtors):
        return 0
    return max(0, outcome.claim_fen - sum(borne))


def may_be_sued(case: Case, outcome: Outcome) -> bool:
    """Tell whether something is not paid though one who was not sued answers and has means."""
    unsued = [
        p
        for p in case.parties
        if p.id in outcome.parties and not (p.sued or p.released or p.unstated)
    ]
    able = [p for p in unsued if p.assets_fen != 0 and high_end(outcome.parties[p.id].exposure_fen)]
    return bool(able and high_end(outcome.unrecovered_fen))


def _is_assumed(case: Case, outcome: Outcome, id: str) -> bool:
    """Tell whether his share is what case or reader assume, not what a form makes of it."""
    party, share = case.party(id), outcome.parties[id].share
    if isinstance(share, Interval) or party.share is None:
        return False
    return party.kinds.get("share") == "assumed" and abs(float(share) - party.share) < EXACT


def _answers(outcome: Outcome, id: str, lang: str) -> str:
    """Say how one answers; of the fraudster who owes the whole beside the parts of others, why."""
    others = (mine for other, mine in outcome.parties.items() if other != id)
    if form_key(outcome, id) == "whole" and any(high_end(mine.exposure_fen) for mine in others):
        return _note("whole", lang)
    return form_name(outcome, id, lang)


def _carried(outcome: Outcome, id: str, lang: str) -> list[str]:
    """What he carries for those who cannot pay (519(3)), if that is known and is more than his."""
    mine, key = outcome.parties[id], carried(outcome, id)
    if isinstance(mine.carried_fen, Interval) or isinstance(mine.burden_fen, Interval):
        return []
    more = mine.carried_fen - mine.burden_fen
    return [_note(key, lang, amount=_money(more, lang))] if more > 0 and key else []


def _money(fen: FenRange, lang: str) -> str:
    return amount(rounded(fen), lang)


def _note(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"board.note.{key}", lang, **values)


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"board.sentence.{key}", lang, **values)
