"""An appraisal: application, cost, the days it takes, questioning; and how often it is wrong.

The days of an appraisal do not count towards the limit of the trial (民诉法解释243). How long it
takes, what it costs and how often it errs are teaching assumptions; that supervision makes it err
less is the paper's proposal, which names no number.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from simlib.errors import OutOfScope
from simlib.law.citation import in_force
from simlib.law.dated import today
from simlib.law.parameter import Parameter, parameters_on
from simlib.money import Fen
from simlib.trace import Assumption

DAYS, COST = "evidence.appraisal_days", "evidence.appraisal_cost_fen"
SMALL = "civil-procedure-law:166"  # new in 2022: with an appraisal no small claim
ERROR, SUPERVISED = "evidence.appraisal_error", "evidence.supervised_error"


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of it from day to day: `application`, `appraisal` or `questioning`, on what law."""

    key: str
    begins: datetime.date
    ends: datetime.date
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mistakes:
    """How findings go wrong, as shares in [0, 1] of all pieces appraised but the last.

    Attributes
    ----------
    wrong
        findings that are wrong
    true_refused, false_passed
        true pieces found false, and false ones found true; they add up to `wrong`
    false_among_passed
        of the pieces found true, those that are false; None if none is found true
    """

    wrong: float
    true_refused: float
    false_passed: float
    false_among_passed: float | None


@dataclass(frozen=True, slots=True)
class Appraisal:
    """An appraisal that was applied for.

    Attributes
    ----------
    stages
        in order of time
    excluded_days
        days that do not count towards the limit of the trial
    cost_fen
        what whoever applied pays in advance
    error
        chance that its finding is wrong, in either direction
    usable
        whether a finding may rest on it: not where the appraiser was told to come to be questioned
        and did not; the cost may then be asked back
    ends_small_claim
        whether the case is for that reason no longer tried as a small claim, in one instance
    assumptions
        the numbers no law fixes
    """

    stages: tuple[Stage, ...]
    excluded_days: int
    cost_fen: Fen
    error: float
    usable: bool
    ends_small_claim: bool
    assumptions: tuple[Assumption, ...]

    @property
    def cites(self) -> tuple[str, ...]:
        """The authority of each stage, once."""
        return tuple(dict.fromkeys(cite for stage in self.stages for cite in stage.cites))

    def limit(self, last_on: datetime.date) -> datetime.date:
        """Return the last day of a trial that without it would be `last_on`."""
        return last_on + datetime.timedelta(days=self.excluded_days)

    def mistakes(self, genuine: float) -> Mistakes:
        """Return how findings go wrong where the share `genuine` of all pieces is true.

        Raises
        ------
        OutOfScope
            if the share is not in [0, 1]
        """
        if not 0 <= genuine <= 1:
            raise OutOfScope(
                "parameter-out-of-range", key="genuine", value=genuine, low=0, high=1
            )  # fmt: skip
        refused, passed = genuine * self.error, (1 - genuine) * self.error
        found_true = genuine - refused + passed
        return Mistakes(self.error, refused, passed, passed / found_true if found_true else None)


def appraise(
    applied_on: datetime.date,
    *,
    supervised: bool = False,
    attends: bool = True,
    days: int | None = None,
    cost_fen: Fen | None = None,
    error: float | None = None,
) -> Appraisal:
    """Return an appraisal applied for on a day.

    Parameters
    ----------
    applied_on
        day of the application
    supervised
        with the paper's supervision of appraisers
    attends
        whether the appraiser comes when the court calls him to be questioned
    days, cost_fen, error
        other numbers than those assumed: days, fen, and a probability

    Raises
    ------
    OutOfScope
        for a number outside the range of its parameter

    References
    ----------
    civil-procedure-law:79 (application), 166 (no small claim), 81 (questioning), 82 (an expert of
    the party);
    civil-procedure-interpretation:243 (days that do not count); paper:appraisers

    Examples
    --------
    >>> found = appraise(datetime.date(2026, 3, 2))
    >>> found.excluded_days, found.limit(datetime.date(2026, 6, 1)).isoformat()
    (60, '2026-07-31')
    """
    chosen = {DAYS: days, COST: cost_fen, SUPERVISED if supervised else ERROR: error}
    known = parameters_on(today(), today())
    value = {key: _number(known[key], given) for key, given in chosen.items()}
    whole = round(value[DAYS])
    return Appraisal(
        _stages(applied_on, whole),
        whole,
        round(value[COST]),
        value[SUPERVISED if supervised else ERROR],
        attends,
        in_force(SMALL, applied_on),
        tuple({"key": k, "value": v, "basis": known[k].basis} for k, v in value.items()),
    )


def _stages(applied_on: datetime.date, days: int) -> tuple[Stage, ...]:
    """Return the stages; how long the court takes to decide or to question is not known."""
    ready_on = applied_on + datetime.timedelta(days=days)
    asked = ("civil-procedure-law:81", "civil-procedure-law:82")
    small = (SMALL,) if in_force(SMALL, applied_on) else ()
    return (
        Stage("application", applied_on, applied_on, ("civil-procedure-law:79", *small)),
        Stage("appraisal", applied_on, ready_on, ("civil-procedure-interpretation:243",)),
        Stage("questioning", ready_on, ready_on, asked),
    )


def _number(parameter: Parameter, given: float | None) -> float:
    value = parameter.value if given is None else given
    if not parameter.allows(value):
        raise OutOfScope("parameter-out-of-range", key=parameter.key, value=value,
                         low=parameter.low, high=parameter.high)  # fmt: skip
    return value
