"""Where the mode asked for is not what the law gives these facts: listed, never refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from simlib.interval import high_end
from simlib.law.citation import article_day, article_for
from simlib.law.modes import mode_law_for
from simlib.liability.assigned_forms import all_late, proved
from simlib.liability.assumption import DOCTRINE, IN_FORCE, Assumption, entry

if TYPE_CHECKING:
    from simlib.liability.records import Setting, Solution


def misfits(setting: Setting, solution: Solution) -> Iterator[Assumption]:
    """Yield what does not fit: the days, the mode, the mode for one party, own fault."""
    case, regime, mode = setting.case, setting.regime, setting.mode
    if regime.since and not regime.holds_on(case.acted_on):
        yield entry("misfit.regime-dates", case.acted_on, IN_FORCE)
    law = mode_law_for(mode, case)
    for cite in law.cites:
        text = article_for(cite, case)
        if text.since and not text.holds_on(article_day(cite, case)):
            yield entry("misfit.not-in-force", cite, text.basis)
    if remark := law.remarks.get("always"):
        yield entry(f"misfit.{remark}", None, IN_FORCE)
    for i in range(len(setting.debtors)):
        yield from _of_party(setting, solution, i, law.remarks)
    own = setting.claim.fault.value
    if own and setting.rules["victim_fault"] == "on" and any(d.knowing for d in setting.debtors):
        yield entry("victim_fault.contested", own, DOCTRINE)


def _of_party(
    setting: Setting, solution: Solution, i: int, remarks: Mapping[str, str]
) -> Iterator[Assumption]:
    debtor = setting.debtors[i]
    if debtor.principal:
        yield from _answered_by_another(setting, i)
        return
    if setting.forms[i].outside:  # another damage than the loss: no mode of answering for that
        yield from _answered_by_another(setting, i)
        return
    late = _late(setting, i)
    # 1195(2) and 1197: jointly, below knowing too, and in no mode for more than these give
    by_statute = debtor.party.role == "platform"
    held = bool(high_end(solution.outer[i])) or debtor.released
    fits = {
        "below_knowing": not held or debtor.knowing or by_statute,
        "knowing": late or not debtor.knowing,
        "proved": not (debtor.sued and proved(debtor, setting.regime)),
    }
    unfit = [remarks.get(when) for when, fit in fits.items() if not fit]
    yield from (_misfit(setting, remark, i) for remark in unfit if remark)
    if late:
        yield _misfit(setting, "after-loss", i)
    if _unproved(setting, i):
        yield _misfit(setting, "unproved", i)
    yield from _answered_by_another(setting, i)


def _late(setting: Setting, i: int) -> bool:
    """Tell whether one who helped only after the loss is made to answer for the loss itself."""
    debtor, form = setting.debtors[i], setting.forms[i]
    if form.dismisses or form.outside or not all_late(setting.case, debtor.party.id):
        return False
    by_law = setting.mode == "auto" and not form.owes_all
    return debtor.grade.value != "concert" and not by_law


def _unproved(setting: Setting, i: int) -> bool:
    """Tell whether one is held against whom an element is not proved: no mode of law in force."""
    debtor, form = setting.debtors[i], setting.forms[i]
    asks = setting.mode == "auto" or form.dismisses or form.measure == "proof"
    return not asks and not proved(debtor, setting.regime)


def _answered_by_another(setting: Setting, i: int) -> Iterator[Assumption]:
    debtor = setting.debtors[i]
    if setting.mode != "auto" and debtor.party.answered_by and not setting.forms[i].dismisses:
        yield entry("misfit.answered-by", debtor.party.answered_by, IN_FORCE, debtor.id)


def _misfit(setting: Setting, key: str, i: int) -> Assumption:
    debtor = setting.debtors[i]
    return entry(f"misfit.{key}", debtor.grade.value, IN_FORCE, debtor.id)
