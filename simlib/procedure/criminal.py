"""The criminal track of a case as steps: what the file states, and limits where it is silent."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.law.period import deadline, deadline_if_any
from simlib.law.regime import regime_for
from simlib.procedure.day_bounds import (
    ASSUMED,
    CRIMINAL_DAYS,
    Known,
    accused,
    begun,
    entry_of,
    history,
    subject,
)
from simlib.procedure.regimes import chosen
from simlib.procedure.tracks import (
    CRIMINAL,
    ENDED,
    EVERY,
    Step,
    authority,
    limit_end,
    parameter_end,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case, Criminal

# the days of the file that a choice of how the police end the case leaves standing
KEPT = {
    "not_opened": ("reported",),
    "supervised": ("reported",),
    "dropped": ("reported", "opened", "arrested"),
}
GRAVE = "fraud"  # ten years or more may be imposed for it (刑法266): no fast track, longer custody
APPEAL_GAP = datetime.timedelta(30)  # a judgment in effect later than that was appealed against


@dataclass(frozen=True, slots=True)
class Phase:
    """A step to come: its state, what ends it, within which limit.

    Attributes
    ----------
    state, document
        the state, and the document that ends it
    limit, extensions
        key of its limit and how many extensions are granted; None where the law names no limit
    day
        key of the day in the history that ends it; None where that has none
    """

    state: str
    document: str | None
    limit: str | None
    extensions: int
    day: str | None


@dataclass(frozen=True, slots=True)
class CriminalLine:
    """The criminal track of one time line.

    Attributes
    ----------
    steps
        in order; the last one has no end if the case has none
    final
        the state after the last step; None if it never comes
    """

    steps: tuple[Step, ...]
    final: str | None

    @property
    def ends_on(self) -> datetime.date | None:
        """Day on which the criminal case ends, by judgment or otherwise; None for never.

        A case the police do not open ends with their notice: that she asks for reconsideration
        keeps nothing open.
        """
        if self.final == ENDED[0]:
            return self.opened_on
        return self.steps[-1].ends if self.steps else None

    def day_of(self, document: str) -> datetime.date | None:
        """Return the day of a document of this case; None if there is none."""
        return next((s.ends for s in self.steps if s.document == document), None)

    @property
    def opened_on(self) -> datetime.date | None:
        """Day on which the police first answered the report: opened the case, or did not."""
        return next((s.ends for s in self.steps if s.state == "reported"), None)

    def stage(self, on: datetime.date) -> str:
        """Return the stage on a day; a step's last day belongs to what follows it.

        From the notice that no case is opened until one is, there is none.
        """
        if not self.steps or self.steps[0].begins is None or on < self.steps[0].begins:
            return "none"
        for step in self.steps:
            if step.ends is None or on < step.ends:
                return ENDED[0] if step.state in UNOPENED else step.state
        return self.final or self.steps[-1].state


def criminal_line(
    case: Case, variant: str, switches: Mapping[str, str] | None = None, row: int | None = None
) -> CriminalLine:
    """Return the track of one criminal case.

    1. the phases of this variant, from the report to the end that the file tells of
    2. each ends on the day the file states, else at its limit, never after a later day it states;
       a limit counts from the day the file states, also where that lies before her report
    3. while the suspect is at large there is no limit, and no end

    Where the switch `police` says how the police end the case, the days of the file after that are
    those of another history and do not count.

    Parameters
    ----------
    row
        place in `case.criminal`; that of `day_bounds.subject` if not given. The switch `suspect`
        speaks of that one alone, `crime` and `police` of all
    variant
        `shortest` (the fast track where it may be used, no extension), `ordinary` (no extension,
        no appeal) or `longest` (every extension that needs no special approval, the case sent back
        twice, an appeal). Extensions for the cases listed in 刑事诉讼法158 (and of 159, 208, 243,
        which look to that list), and for complex or grave ones (156, 172), only with the switch
        `crime` at `grave`: an ordinary card case gets none

    References
    ----------
    criminal-procedure-law:113, criminal-procedure-law:156, criminal-procedure-law:158,
    criminal-procedure-law:163, criminal-procedure-law:172, criminal-procedure-law:175,
    criminal-procedure-law:208, criminal-procedure-law:230, criminal-procedure-law:243,
    police-procedure-rules:179, police-procedure-rules:182
    """
    main = subject(case)
    row = main if row is None else row
    values = chosen(switches if row == main else _of_all(switches))
    days, entry = standing(case, values, row), None if row is None else case.criminal[row]
    steps: list[Step] = []
    begins, since, passed = days["reported"].low, days["reported"].low, 0
    for phase in phases(case, variant, values, entry):
        passed = CRIMINAL_DAYS.index(phase.day) if phase.day else passed
        later = [days[key].high for key in CRIMINAL_DAYS[passed:] if key in days]
        passed += phase.day is not None
        stated = days.get(phase.day or "")
        end, source = _end(case, phase, since, stated, variant, values["crime"] == "grave")
        since = end or since
        end = end and max(begins, min([end, *filter(None, later)]))
        known = phase.day in days and phase.state != "at_large"
        if end == begins and phase.state != "reported" and not known:
            continue  # no room between two days the file states
        steps.append(_step(phase, begins, end, source, values["crime"] == "grave"))
        if end is None:
            return CriminalLine(tuple(steps), None)
        begins = end
    return CriminalLine(tuple(steps), FINAL.get(steps[-1].document or "", "effective"))


def standing(case: Case, switches: Mapping[str, str], row: int | None = None) -> dict[str, Known]:
    """Return the days of the file as far as the choice of how the police end the case lets them."""
    days = history(case, row)
    kept = KEPT.get(switches["police"], tuple(days))
    return {key: day for key, day in days.items() if key in kept}


def _of_all(switches: Mapping[str, str] | None) -> dict[str, str]:
    """Return the switches that speak of every criminal case, not of the one drawn alone."""
    return {key: value for key, value in (switches or {}).items() if key in ("crime", "police")}


def criminal_lines(
    case: Case, variant: str, switches: Mapping[str, str] | None = None
) -> dict[str, CriminalLine]:
    """Return the track of each criminal case that has begun: party → his line.

    Where nobody's has, one against `day_bounds.accused` is supposed.
    """
    rows = begun(case)
    lines = {who: criminal_line(case, variant, switches, n) for who, n in rows.items()}
    supposed = accused(case)
    return {supposed: criminal_line(case, variant, switches)} if supposed else lines


def phases(
    case: Case, variant: str, switches: Mapping[str, str], entry: Criminal | None
) -> Iterator[Phase]:
    """Yield the phases of a criminal case in one variant, from the report on."""
    day = history(case)["reported"].low
    every = EVERY if variant == "longest" else 0
    grave = entry is not None and entry.charge == GRAVE
    quick = variant == "shortest"
    fast = quick and not grave and deadline_if_any("review.fast", day) is not None
    police = switches["police"]
    if police in ("not_opened", "supervised"):
        yield Phase("reported", "no_opening", None, 0, None)
        yield from _REMEDIES[police]
        if police == "not_opened":
            return
    else:
        yield Phase("reported", "receipt", None, 0, "opened")
    if at_large(case, switches):
        yield Phase("at_large", None, None, 0, None)
        return
    yield Phase("at_large", None, None, 0, "arrested")
    key = "investigation.grave" if grave else "investigation"
    if police == "dropped":
        yield Phase("investigation", "dropped", key, every, None)
        return
    yield Phase("investigation", "charge_opinion", key, every, None)
    for _ in range(2 if every else 0):
        yield Phase("review", None, "review", every, None)
        yield Phase("supplement", "charge_opinion", "supplement", 0, None)
    review = "review.fast" if fast else "review"
    if entry is not None and entry.status == "not-prosecuted":
        yield Phase("review", "no_prosecution", review, every, "judged")
        return
    yield Phase("review", "indictment", review, every, "charged")
    trial = "trial.fast" if fast else "trial.summary" if quick else "trial"
    yield Phase("trial", "criminal_judgment", trial, every, "judged")
    if _appealed(entry, every):
        yield Phase("appeal_period", None, "appeal.criminal", 0, None)
        yield Phase("second_criminal", "criminal_final", "second.criminal", every, "effective")
    else:
        yield Phase("appeal_period", "criminal_final", "appeal.criminal", 0, "effective")


# what she can do where the police open no case: ask them, then their superior; or the procuratorate
_REMEDIES = {
    "not_opened": (
        Phase("to_reconsider", None, "reconsideration.request", 0, None),
        Phase("reconsidering", "opening_upheld", "reconsideration.decision", 0, None),
        Phase("to_recheck", None, "recheck.request", 0, None),
        Phase("rechecking", "opening_upheld", "recheck.decision", 0, None),
    ),
    "supervised": (
        Phase("supervised", None, "supervision.reasons", 0, None),
        Phase("ordered", "opening_order", "supervision.opening", 0, None),
    ),
}
UNOPENED = tuple(phase.state for phases_ in _REMEDIES.values() for phase in phases_)
# the last document of a case that ends without a judgment, and the stage it leaves
FINAL = {"opening_upheld": ENDED[0], "dropped": ENDED[1], "no_prosecution": ENDED[2]}


def at_large(case: Case, switches: Mapping[str, str]) -> bool:
    """Whether the suspect is at large: by choice, else if nobody's criminal case has begun."""
    if switches["suspect"] != "case":
        return switches["suspect"] == "at_large"
    return entry_of(case) is None


def _appealed(entry: Criminal | None, every: int) -> bool:
    """Whether somebody appealed: by the days of the file, else in the longest line alone."""
    if entry is None or not entry.on or entry.status != "effective":
        return bool(every)
    return entry.effective_on is not None and entry.effective_on - entry.on > APPEAL_GAP


def _end(
    case: Case, phase: Phase, begins: datetime.date, stated: Known | None, variant: str,
    listed: bool,
) -> tuple[datetime.date | None, str]:  # fmt: skip
    """Return the last day of a phase and where it comes from; None for no end."""
    if stated is not None and stated.day is not None:
        return stated.day, stated.source
    if phase.state == "at_large":
        return (begins, ASSUMED) if phase.day else (None, ASSUMED)
    if phase.limit is not None:
        ends = limit_end(phase.limit, begins, phase.extensions, listed)
        return ends, f"deadline:{phase.limit}"
    parameter = regime_for(case).parameter("procedure.opening_days")
    value = {"shortest": parameter.low, "longest": parameter.high}.get(variant, parameter.value)
    return parameter_end(value, begins, "days"), ASSUMED


def _step(
    phase: Phase, begins: datetime.date, end: datetime.date | None, source: str, listed: bool
) -> Step:
    cites, basis = authority(phase.state, phase.document, phase.limit, begins)
    if phase.limit and phase.extensions and listed:
        cites += deadline(phase.limit, begins).listed_cites
    if source == ASSUMED:
        basis = "teaching assumption"
    return Step(CRIMINAL, phase.state, begins, end, phase.document, phase.limit, cites, basis,
                source)  # fmt: skip
