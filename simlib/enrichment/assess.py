"""Whether and how much a party has to return as unjustly enriched, element by element."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib import chain, fault
from simlib.enrichment import facts
from simlib.enrichment.model import READINGS, Element, Enrichment, Reading
from simlib.interval import FenRange, Interval, high_end, hull, low_end
from simlib.law.authority import authority
from simlib.law.regime import regime_for
from simlib.liability.assumption import entry, teaching
from simlib.trace import Assumption, Trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simlib.case.model import Case
    from simlib.money import Fen

LAW, DOCTRINE = "law in force", "doctrine"
VIEWS = {"passed": "doctrine:obtained-passing", "kept": "doctrine:obtained-kept"}
FAITH = {"none": "good", "slight": "open", "gross": "bad", "knowing": "bad", "concert": "bad"}


@dataclass(frozen=True, slots=True)
class Found:
    """What both readings start from.

    Attributes
    ----------
    came, left, pay, loss, faith
        her money that came to him, what of it is there, his pay, her open loss, his faith
    through
        whether her money came to him through others' accounts only
    tracing
        the rule by which it was followed there, as a step; nothing where none was needed
    ground, through_others
        the articles of the claim, and of one against who has it from another
    """

    party: str
    came: Trace[FenRange]
    left: Trace[FenRange]
    pay: Trace[FenRange]
    loss: Trace[Fen]
    faith: Trace[str]
    through: bool
    tracing: tuple[Trace, ...]
    ground: tuple[str, ...]
    through_others: tuple[str, ...]


def assess(case: Case, party_id: str, tracing: str = chain.TRACING) -> Enrichment:
    """Assess the claim for return of an unjust enrichment against one party.

    1. what he obtained: all of her money that was booked to him, or only what he kept (his pay
       and what stayed in his accounts): two readings, each with its amount
    2. good or bad faith by his grade of fault: none is good, gross or more is bad (知道或者应当
       知道), carelessness in lending leaves open what he ought to have known of the money
    3. in bad faith he returns what he obtained (987), in good faith what is still there (986), in
       neither more than her open loss; her own fault lowers nothing (1173 is about damages)
    4. 987 besides lets her claim her loss 依法: shown as the rest that is open, never added

    Whatever facts leave unknown makes an amount an interval.

    Parameters
    ----------
    tracing
        the rule by which her money is followed through others' accounts

    References
    ----------
    civil-code:985, civil-code:986, civil-code:987, civil-code:988

    Examples
    --------
    >>> from simlib import load_case
    >>> case = load_case("hengnan-hengyang").set({"card-long.held_fen": 0})
    >>> readings = assess(case, "long").readings
    >>> readings["passed"].owed.value, readings["kept"].owed.value
    (7000000, 21000)
    """
    found = _found(case, party_id, tracing)
    readings = {"passed": _passed(found), "kept": _kept(found)}
    elements = {each.key: each for each in _elements(found, readings)}
    assumptions = tuple(_assumptions(case, found))
    return Enrichment(party_id, found.faith, found.loss, elements, readings, assumptions)


def _found(case: Case, party_id: str, tracing: str) -> Found:
    came = facts.came(case, party_id, tracing)
    direct = chain.direct_receipts(case, party_id) is not None
    return Found(
        party_id,
        came,
        facts.left(case, came, tracing),
        facts.pay(case, party_id, tracing),
        facts.loss_open(case),
        _faith(case, party_id),
        not direct and chain.by_others(case, party_id) and came.value != 0,
        chain.came_steps(case, party_id, tracing)[1:],
        authority("enrichment", case),
        authority("enrichment", case, "through_others"),
    )


def _faith(case: Case, party_id: str) -> Trace[str]:
    grade = fault.grade(case.party(party_id), regime_for(case))
    value, rule = FAITH[grade.value], "faith.by-grade"
    cites = authority("enrichment", case, value)
    return Trace("faith", value, "faith", rule, (grade,), party=party_id, cites=cites)


def _passed(found: Found) -> Reading:
    """Read 取得 as: whatever was booked to him."""
    rests = (found.came, *found.tracing)
    return _reading(found, "passed", found.came.value, rests, found.left.value)


def _kept(found: Found) -> Reading:
    """Read 取得 as: his pay and what stayed; whether the one came out of the other is not known.

    Where none of her money came to him there is nothing at her expense. His pay may be spent.
    """
    left, pay, came = found.left.value, found.pay.value, found.came.value
    low = max(low_end(left), low_end(pay)) if low_end(came) else 0
    high = high_end(left) + high_end(pay) if high_end(came) else 0
    rests = (found.came, found.left, found.pay)
    return _reading(found, "kept", hull([low, high]), rests, hull([min(low_end(left), low), high]))


def _reading(
    found: Found, key: str, obtained: FenRange, rests: tuple[Trace, ...], there: FenRange
) -> Reading:
    cites, who = (*found.ground, VIEWS[key]), found.party
    step = Trace("obtained", obtained, "fen", f"obtained.{key}", rests, party=who, cites=cites)
    return Reading(key, step, *_owed(found, step, there))


def _owed(
    found: Found, obtained: Trace[FenRange], there: FenRange
) -> tuple[Trace[FenRange], FenRange]:
    """Return what he has to return, and what is left of her loss for damages under 987.

    In good faith he may have a ground towards those who paid him with her money, e.g. a sale.
    """
    faith, loss = found.faith.value, found.loss.value
    bad = _at_most(obtained.value, loss)
    good = _at_most(hull([0 if found.through else low_end(there), high_end(there)]), loss)
    value = {"bad": bad, "good": good, "open": hull([bad, good])}[faith]
    left = () if faith == "bad" else (found.left,)
    rests, cites = (obtained, *left, found.loss, found.faith), found.faith.cites
    rule, who = f"enrichment.{faith}-faith", found.party
    owed = Trace("to_return", value, "fen", rule, rests, party=who, cites=cites)
    rest = 0 if faith == "good" or not high_end(value) else loss - low_end(value)
    return owed, hull([0, rest])


def _at_most(value: FenRange, most: Fen) -> FenRange:
    return hull([min(end(value), most) for end in (low_end, high_end)])


def _elements(found: Found, readings: Mapping[str, Reading]) -> Iterator[Element]:
    gains = {_state(readings[key].obtained.value) for key in READINGS}
    gain = gains.pop() if len(gains) == 1 else "contested"
    yield Element("gain", gain, DOCTRINE, (*found.ground, *VIEWS.values()))
    expense = "contested" if found.through else _state(found.came.value)
    through = found.through_others if found.through else ()
    yield Element("expense", expense, LAW, (*found.ground, *through))
    loss = "met" if found.loss.value else "unmet"
    yield Element("loss", loss, LAW, found.ground)
    ground = "open" if found.through and found.faith.value != "bad" else "met"
    yield Element("ground", ground, LAW, (*found.ground, "doctrine:enrichment-burden"))


def _state(value: FenRange) -> str:
    if low_end(value):
        return "met"
    return "open" if isinstance(value, Interval) else "unmet"


def _assumptions(case: Case, found: Found) -> Iterator[Assumption]:
    yield entry("enrichment.reading", None, DOCTRINE, found.party)
    grade = found.faith.children[0].value
    if grade in ("slight", "gross"):
        yield teaching(f"enrichment.faith-{grade}", None, found.party)
    if high_end(found.pay.value) and high_end(found.came.value):
        yield entry("enrichment.pay-at-her-expense", None, DOCTRINE, found.party)
    if case.party(case.claimant).fault:
        yield entry("enrichment.own-fault", None, DOCTRINE)
    if found.through:
        yield teaching("enrichment.through-others", None, found.party)
