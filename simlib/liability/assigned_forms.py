"""Which form each party answers in: by the mode asked for, by the law in force, or by his crime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib import causation
from simlib.errors import OutOfScope
from simlib.law.modes import mode_law, mode_law_for
from simlib.law.rule import word
from simlib.liability.forms import (
    AFTER,
    AFTER_KNOWLEDGE,
    BY_CRIME,
    ENLARGED,
    GUARDIAN,
    MODES,
    UNPROVED,
    Form,
    mode_of,
)
from simlib.liability.forms.proof import ELEMENTS, STANDARD

if TYPE_CHECKING:
    from simlib.case.model import Case, Criminal
    from simlib.law.modes import CrimeLaw
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.records import Debtor

JOINT = MODES["joint"].helpers


def shape_of(mode: str, regime: Regime) -> str:
    """The mode that is really run: `auto` under a regime that has one mode for everybody is it."""
    routed = () if mode != "auto" else regime.auto.values()
    return next((way for way in routed if way in MODES and mode_law(way).everybody), mode)


def scored(mode: str, regime: Regime) -> bool:
    """Tell whether shares follow from the risk–benefit model in the mode that is really run."""
    shape = shape_of(mode, regime)
    return shape in MODES and MODES[shape].helpers.measure == "score"


def rules_of(mode: str, rules: Rules) -> Rules:
    """Return the rules as a mode takes them: foreign law's own ones count own fault for all."""
    if rules["victim_fault"] == "negligent" and mode in MODES and MODES[mode].helpers.for_all:
        return {**rules, "victim_fault": "on"}
    return rules


def forms(case: Case, mode: str, rules: Rules, regime: Regime, debtors: list[Debtor]) -> list[Form]:
    """Return one form a debtor.

    In every mode, suits and claims dismissed apart, one who did all he did after the loss without
    having promised it answers for another damage than the loss: the rule `after_loss`.

    Raises
    ------
    OutOfScope
        `auto` outside the days of its regime
    """
    if mode != "auto":
        return [_chosen(case, d, mode, rules, regime) for d in debtors]
    if regime.since and not regime.holds_on(case.acted_on):
        raise OutOfScope(
            "auto-out-of-dates", regime=regime.name, day=case.acted_on, since=regime.since
        )
    helped = any(_helped(case, d, rules, regime) for d in debtors)
    return [_routed(case, d, rules, regime, helped) for d in debtors]


def _helped(case: Case, debtor: Debtor, rules: Rules, regime: Regime) -> bool:
    """Tell whether he abetted or helped the tort itself, knowing of it (1169)."""
    late = stands_outside(case, debtor, rules)
    return not debtor.principal and debtor.knowing and not late and proved(debtor, regime)


def _chosen(case: Case, debtor: Debtor, mode: str, rules: Rules, regime: Regime) -> Form:
    """The form an explicit mode gives: whatever his grade, but not what came after the loss."""
    if mode == BY_CRIME:
        own = JOINT if debtor.principal else by_crime(case, debtor)
    else:
        shape = mode_of(mode, rules)
        own = shape.principals if debtor.principal else shape.helpers
    if own.dismisses or not stands_outside(case, debtor, rules):
        return own
    return AFTER if own.measure != UNPROVED.measure or proved(debtor, regime) else own


def stands_outside(case: Case, debtor: Debtor, rules: Rules) -> bool:
    """Tell whether he answers for the lost chance of recovery, and not for the loss itself."""
    if debtor.principal or rules["after_loss"] == "inside":
        return False
    return debtor.grade.value != "concert" and came_late(case, debtor.party.id)


def _routed(case: Case, debtor: Debtor, rules: Rules, regime: Regime, helped: bool) -> Form:
    """The form the law gives: by role, then by grade of fault, then by how directly he caused it.

    1. one against whom an element is not proved is not liable
    2. a principal answers for the whole, for a minor his guardian (1188(1)); if somebody knowingly
       helped the minor, the guardian within his own failing (1169(2))
    3. one who did all he did after the loss, without having promised it, answers for the chance of
       recovery it cost (1165(1)): another damage than the loss
    4. a platform in concert answers for the whole (1168); one that knew or should have known for
       what happened after that (1197); one that left a notice idle for what that added (1195(2))
    5. an operator who knew is a helper; otherwise 反诈法46(2) fixes no form: a rule
    6. a helper by grade, under a school also by how directly he caused the loss or by his crime;
       under the law in force gross negligence by a rule
    """
    grade, party = debtor.grade.value, debtor.party
    if not proved(debtor, regime):
        return UNPROVED
    if debtor.principal:
        return GUARDIAN if party.minor and helped else JOINT
    if stands_outside(case, debtor, rules):
        return AFTER
    if party.role == "platform":
        return _platform(grade)
    if party.role == "operator" and not debtor.knowing:
        return MODES[word(rules, "operator")].helpers
    way = way_of(debtor, regime)
    if way == BY_CRIME:
        return by_crime(case, debtor)
    if regime.basis == "law in force" and grade == "gross":
        way = word(rules, "gross")
    return MODES[way].helpers


def _platform(grade: str) -> Form:
    if grade == "concert":
        return JOINT
    return AFTER_KNOWLEDGE if grade in ("knowing", "gross") else ENLARGED


def proved(debtor: Debtor, regime: Regime) -> bool:
    """Tell whether each element of his liability is proved to the standard."""
    proof = debtor.party.proof
    if proof is None:
        return True
    return all(getattr(proof, name) >= regime.value(STANDARD) for name in ELEMENTS)


def all_late(case: Case, party: str) -> bool:
    """Tell whether all that a party is stated to have done came after the loss."""
    late = [deed.after_loss for deed in case.acts if deed.party == party]
    return bool(late) and all(late)


def came_late(case: Case, party: str) -> bool:
    """Tell whether all a party did came after the loss, and his card was not the first to get it.

    Who holds the first card takes part at the moment the claimant loses her money.
    """
    return all_late(case, party) and causation.refusal(case, party) != causation.FIRST_LAYER


def way_of(debtor: Debtor, regime: Regime) -> str:
    """Return the mode a regime names for a helper's grade of fault."""
    ways = {**regime.auto, **(regime.auto_direct if debtor.party.direct else {})}
    return ways[debtor.grade.value]


def goes_by_crime(debtor: Debtor, mode: str, regime: Regime) -> bool:
    """Tell whether 周光权's rules decide a helper's form."""
    if debtor.principal:
        return False
    helper = mode == "auto" and debtor.party.role == "helper"
    return mode == BY_CRIME or (helper and way_of(debtor, regime) == BY_CRIME)


def by_crime(case: Case, debtor: Debtor) -> Form:
    """Return the form that 周光权's rules give a party."""
    return MODES[by_crime_law(case, debtor).form].helpers


def by_crime_law(case: Case, debtor: Debtor) -> CrimeLaw:
    """Return 周光权's rule for a party: by his part in the crime, or what he was charged with.

    Without an entry the rule for any part and charge applies.
    """
    entries = criminal_entries(case, debtor.party.id)
    parts = {None, *(c.part for _, c in entries)}
    charges = {None, *(c.charge for _, c in entries)}
    laws = mode_law_for(BY_CRIME, case).by_crime
    return next(law for law in laws if law.part in parts and law.charge in charges)


def criminal_entries(case: Case, party: str) -> list[tuple[int, Criminal]]:
    """Return what the criminal cases against a party came to, with their places in the file."""
    return [(n, c) for n, c in enumerate(case.criminal) if c.party == party]
