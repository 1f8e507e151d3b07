"""Which form each party answers in: by the mode asked for, by the law in force, or by his crime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.errors import OutOfScope
from simlib.liability.forms import BY_CRIME, ENLARGED, GUARDIAN, MODES, Form, mode_of

if TYPE_CHECKING:
    from simlib.case.model import Case, Criminal
    from simlib.law.regime import Regime
    from simlib.liability.facts import Debtor

JOINT = MODES["joint"].helpers
KNOWING = ("knowing", "concert")
WHOLE_MODES = ("risk_benefit", BY_CRIME)  # a regime that leads there leads everybody there


def shape_of(mode: str, regime: Regime) -> str:
    """The mode that is really run: `auto` under a regime that has one mode for everybody is it."""
    if mode == "auto":
        return next((m for m in WHOLE_MODES if m in regime.auto.values()), mode)
    return mode


def forms(case: Case, mode: str, rules: dict, regime: Regime, debtors: list[Debtor]) -> list[Form]:
    """One form a debtor.

    Raises
    ------
    OutOfScope
        `auto` outside the days of its regime
    """
    if mode == BY_CRIME:
        return [JOINT if d.principal else MODES[by_crime(case, d)].helpers for d in debtors]
    if mode != "auto":
        shape = mode_of(mode, rules)
        return [shape.principals if d.principal else shape.helpers for d in debtors]
    if (regime.since and case.acted_on < regime.since) or (
        regime.until and case.acted_on > regime.until
    ):
        raise OutOfScope(
            "auto-out-of-dates", regime=regime.name, day=case.acted_on, since=regime.since
        )
    return [_routed(d, rules, regime) for d in debtors]


def _routed(debtor: Debtor, rules: dict, regime: Regime) -> Form:
    """The form the law gives: by role, then by grade of fault, then by how directly he caused it.

    1. a principal answers for the whole; for a minor his guardian does, within his own failing
    2. a platform answers for what was added after notice or knowledge (1195, 1197)
    3. an operator who knew is a helper; otherwise 反诈法46(2) fixes no form: a rule
    4. a helper by grade; gross negligence by a rule where the regime leaves it several
    """
    grade, party = debtor.grade.value, debtor.party
    if debtor.principal:
        return GUARDIAN if party.minor else JOINT
    if party.role == "platform":
        return ENLARGED
    if party.role == "operator" and grade not in KNOWING:
        return MODES[rules["operator"]].helpers
    ways = {**regime.auto, **(regime.auto_direct if party.direct else {})}
    way = ways[grade]
    if grade == "gross" and way == "several":
        way = rules["gross"]
    return MODES[way].helpers


def by_crime(case: Case, debtor: Debtor) -> str:
    """周光权's rule for a party: by his part in the crime, then by what he was charged with.

    Written for criminal restitution; carried over by analogy. Without an entry his general rule,
    joint liability, applies.
    """
    entry = criminal_entry(case, debtor.party.id)
    if entry is None:
        return "joint"
    if entry.part == "hired":
        return "benefit_cap"
    if entry.part == "accessory":
        return "joint_after_exhaustion"
    return "partial_joint" if entry.charge == "assisting" else "joint"


def criminal_entry(case: Case, party: str) -> Criminal | None:
    """What the criminal case against a party came to, the last entry if there are several."""
    return next((c for c in reversed(case.criminal) if c.party == party), None)
