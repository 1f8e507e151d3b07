"""Where the mode asked for is not what the law gives these facts: listed, never refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.interval import high_end
from simlib.law.citation import article_day, article_for
from simlib.law.modes import mode_law_for
from simlib.liability.assumption import DOCTRINE, IN_FORCE, Assumption, entry
from simlib.liability.route import all_late, proved

if TYPE_CHECKING:
    from simlib.liability.model import Setting, Solution

JOINT_FOR_ALL = ("joint", "all_or_nothing")  # modes that make a helper of any grade jointly liable
# modes that leave one who knew with a part, or in second line
BY_PARTS = ("several", "discretionary", "partial_joint", "supplementary")
# modes without a provision for helpers of fraud in the law in force
WITHOUT_LAW = (
    "partial_joint", "supplementary", "joint_after_exhaustion", "benefit_cap", "risk_benefit",
    "threshold", "reallocation", "hybrid",
)  # fmt: skip


def misfits(setting: Setting, solution: Solution) -> Iterator[Assumption]:
    """Yield what does not fit: the days, the mode, the mode for one party, own fault."""
    case, regime, mode = setting.case, setting.regime, setting.mode
    if regime.since and not regime.holds_on(case.acted_on):
        yield entry("misfit.regime-dates", case.acted_on, IN_FORCE)
    for cite in mode_law_for(mode, case).cites:
        text = article_for(cite, case)
        if text.since and not text.holds_on(article_day(cite, case)):
            yield entry("misfit.not-in-force", cite, text.basis)
    if mode in WITHOUT_LAW:
        yield entry(f"misfit.{mode}", None, IN_FORCE)
    if mode == "dismiss_suit":
        yield entry("misfit.dismiss-suit", None, IN_FORCE)
    for i in range(len(setting.debtors)):
        yield from _of_party(setting, solution, i)
    own = setting.claim.fault.value
    if own and any(d.knowing for d in setting.debtors):
        yield entry("victim_fault.contested", own, DOCTRINE)


def _of_party(setting: Setting, solution: Solution, i: int) -> Iterator[Assumption]:
    debtor, mode = setting.debtors[i], setting.mode
    if debtor.principal:
        yield from _answered_by_another(setting, i)
        return
    late = _late(setting, i)
    held = bool(high_end(solution.outer[i])) or debtor.released
    if mode in JOINT_FOR_ALL and held and not debtor.knowing:
        yield _misfit(setting, "joint-below-knowing", i)
    if mode in BY_PARTS and debtor.knowing and not late:
        yield _misfit(setting, "several-knowing", i)
    if late:
        yield _misfit(setting, "after-loss", i)
    if mode == "dismiss_claim" and debtor.sued and proved(debtor, setting.regime):
        yield _misfit(setting, "dismiss-claim", i)
    yield from _answered_by_another(setting, i)


def _late(setting: Setting, i: int) -> bool:
    """Tell whether one who helped only after the loss is made to answer for the loss itself."""
    debtor, form = setting.debtors[i], setting.forms[i]
    if form.dismisses or form.outside or not all_late(setting.case, debtor.party.id):
        return False
    by_law = setting.mode == "auto" and not form.owes_all
    return debtor.grade.value != "concert" and not by_law


def _answered_by_another(setting: Setting, i: int) -> Iterator[Assumption]:
    debtor = setting.debtors[i]
    if setting.mode != "auto" and debtor.party.answered_by and not setting.forms[i].dismisses:
        yield entry("misfit.answered-by", debtor.party.answered_by, IN_FORCE, debtor.id)


def _misfit(setting: Setting, key: str, i: int) -> Assumption:
    debtor = setting.debtors[i]
    return entry(f"misfit.{key}", debtor.grade.value, IN_FORCE, debtor.id)
