"""What the board of lesson 06 is drawn of, and the sentence above it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib import fault
from simlib.chain import accounts_of, trace_case
from simlib.explain import form_name
from simlib.figures.board import rounded
from simlib.figures.chain.liable import AFTER
from simlib.figures.chain.names import Names
from simlib.figures.chain.rules import rule_name
from simlib.figures.people import helpers_of, short_names
from simlib.interval import Interval, high_end
from simlib.law.regime import regime_for
from simlib.money import half_up
from simlib.restitution.frozen_money import unfound
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.liability import Outcome
    from simlib.money import Fen
    from simlib.restitution import Return

TOPIC = "chain_lesson"
MOST_GAPS = 2  # accounts of which the sentence says that transfers are missing
BACK, REST = "back:", "rest"  # rows: what goes back to a victim, what to nobody


@dataclass(frozen=True, slots=True)
class Shown:
    """What a board is drawn of.

    Attributes
    ----------
    case, claim, victim
        the facts, the same as the court of her own suit sees them, and whose claim it is
    method, given
        the rule chosen, and what goes back by it; None: it gives no amount
    law
        her claim under the law in force
    """

    case: Case
    claim: Case
    victim: str
    method: str
    given: Return | None
    law: Outcome


def amounts(shown: Shown) -> dict[str, FenRange]:
    """Return row → amount [fen]; rows without one are left out."""
    found: dict[str, FenRange] = {}
    if shown.given and frozen_fen(shown.case):
        found = {BACK + id: fen for id, fen in shown.given.returned.items()}
        found[REST] = sum(pot.left_fen for pot in shown.given.accounts)
    return found | {id: shown.law.parties[id].exposure_fen for id in helpers_of(shown.case)}


def frozen_fen(case: Case) -> Fen:
    """Return what is frozen in all accounts [fen]."""
    return sum(account.frozen_fen or 0 for account in case.accounts)


def is_late(outcome: Outcome, party: str) -> bool:
    """Tell whether all that a party did came after the loss."""
    return any(a["key"] in AFTER and a.get("party") == party for a in outcome.assumptions)


def is_capped(outcome: Outcome, party: str) -> bool:
    """Tell whether one who knew owes less than all because of a reading that is disputed."""
    contested = any(
        a["key"] == "flow_cap.contested" and a.get("party") == party for a in outcome.assumptions
    )
    return contested and high_end(outcome.parties[party].exposure_fen) < outcome.claim_fen


def is_whole(shown: Shown, party: str) -> bool:
    """Tell whether one who knew owes all although only a part came in, by the other reading."""
    came = came_straight(shown, party)
    if came is None or grade_of(shown.claim, party) != "knowing":
        return False
    mine = shown.law.parties[party]
    return mine.mode == "joint" and came < high_end(mine.exposure_fen)


def whole_yuan(fen: FenRange) -> FenRange:
    """Round to whole yuan what a teaching scale gives [fen]."""
    if isinstance(fen, Interval):
        return rounded(fen)
    return 100 * half_up(Fraction(fen, 100))


def grade_of(case: Case, party: str) -> str:
    """Return the key of a party's grade of fault."""
    return str(fault.grade(case.party(party), regime_for(case)).value)


def came_straight(shown: Shown, party: str) -> Fen | None:
    """Return what she paid straight into a party's accounts [fen]; None: nothing."""
    mine, hers = accounts_of(shown.case, party), accounts_of(shown.case, shown.victim)
    moved = shown.case.transfers or ()
    paid = [t.amount_fen for t in moved if t.payer in hers and t.payee in mine]
    return sum(paid) if paid else None


def first_of(shown: Shown, people: Sequence[str]) -> str:
    """Return who lent the card she paid, else the first of several people."""
    return next((id for id in people if came_straight(shown, id)), people[0])


def sentence(shown: Shown, lang: str) -> str:
    """Say what goes back by the rule, and what of it moves no claim."""
    parts = [_back(shown, lang)] if frozen_fen(shown.case) else []
    if not shown.case.transfers:
        parts.append(words("chain_lab", "none", lang))
    return ("" if lang == "zh" else " ").join([*parts, _law(shown, lang)])


def _back(shown: Shown, lang: str) -> str:
    given, names = shown.given, short_names(shown.case, lang)
    if given is None:
        return _say("none", lang, rule=rule_name(shown.method, lang))
    parts = [
        _say("part", lang, who=names[id], amount=amount(fen, lang))
        for id, fen in given.returned.items()
    ]
    left = sum(pot.left_fen for pot in given.accounts)
    listed = words(TOPIC, "board.between", lang).join(parts)
    gap = sum(unfound(shown.case).values())
    key = "back_unfound" if gap else "back" if left else "back_all"
    return _say(key, lang, left=amount(left, lang), gap=amount(gap, lang), parts=listed,
                frozen=amount(frozen_fen(shown.case), lang))  # fmt: skip


def gaps(case: Case, lang: str) -> list[str]:
    """Say where the transfers listed fall short: of what is frozen, of what an account paid."""
    names, tracing = Names(case, lang), trace_case(case)
    frozen, missing = unfound(case), tracing.unlisted
    said = []
    for account in case.accounts:
        over, short = frozen.get(account.id, 0), missing.get(account.id, 0)
        if not over and not short:
            continue
        whole = account.frozen_fen or 0
        fens = {"gap": over or short, "frozen": whole, "found": whole - over,
                "need": account.opening_fen + over + short}  # fmt: skip
        said.append(_say("unfound" if over else "unlisted", lang, card=names.of(account.id),
                         **{key: amount(fen, lang) for key, fen in fens.items()}))  # fmt: skip
    return said[:MOST_GAPS]


def _law(shown: Shown, lang: str) -> str:
    """What may be claimed of who lent the card she paid, and that no rule moves it."""
    people, names = helpers_of(shown.case), short_names(shown.case, lang)
    if not people:
        return _say("nobody", lang)
    first = first_of(shown, people)
    fixed = frozen_fen(shown.case) and not is_late(shown.law, first)
    return _say("law" if fixed else "law_alone", lang, who=names[first],
                form=form_name(shown.law, first, lang), victim=names[shown.victim],
                amount=amount(rounded(shown.law.parties[first].exposure_fen), lang))  # fmt: skip


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"board.sentence.{key}", lang, **values)
