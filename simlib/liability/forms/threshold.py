"""All or his part, by the size of his share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.interval import high_end, low_end
from simlib.law.rule import number
from simlib.liability.forms.base import Bounds, ByPart, own_part, whole_by_rule, whole_claim
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.law.rule import Rules
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Setting, Solution, Writer
    from simlib.liability.solve import Point, WholePoint

ROUNDING = 1e-9  # a share is read in billionths


class Threshold(ByPart):
    """He owes the whole claim if his share reaches a threshold, below it his part."""

    measure = "threshold"
    by_part = False
    steps = True
    for_all = True

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return all that is owed at or above the threshold, below it a helper's part."""
        if whole_by_rule(here, i):
            return here.owed
        part = super().exposure(here, i)
        return here.facts.numbers.where(_reaches(here, i), here.owed, part)

    def by_share(self, rules: Rules) -> bool:
        """Return whether principals, too, answer by their shares."""
        return rules["principals"] == "by_share"

    def jointly(self, here: WholePoint, i: int) -> bool:
        """Return whether his share reaches the threshold."""
        return bool(_reaches(here, i))

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return the ends of his part, of the claim, or of both where his share may cross."""
        joint, part, claim = solution.joint[i], own_part(solution, i), whole_claim(solution)
        if setting.debtors[i].principal and not self.by_share(setting.rules):
            return claim
        return (claim if joint else part)[0], (part if joint is False else claim)[1]

    def jointly_open(self, setting: Setting, solution: Solution, i: int) -> bool | None:
        """Return on which side of the threshold his share falls; None if on either."""
        if setting.debtors[i].released:
            return solution.joint[i]
        theta, share = number(setting.rules, "threshold"), solution.share[i]
        if low_end(share) >= theta:
            return True
        return False if high_end(share) < theta - ROUNDING else None

    def shown(self, setting: Setting, solution: Solution, i: int) -> str:
        """Return whether he answers jointly or severally, where that is settled."""
        joint = solution.joint[i]
        if setting.debtors[i].released or not high_end(solution.share[i]):
            joint = low_end(solution.share[i]) >= number(setting.rules, "threshold")
        if joint is None:
            return self.key
        return "joint" if joint else "several"

    def rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return his share, the threshold and his part; none of these where he owes the whole."""
        setting = reasons.setting
        if setting.debtors[i].principal and not self.by_share(setting.rules):
            return ()
        theta = setting.rules["threshold"]
        leaf = Trace("theta", theta, "share", source="parameter:rules.threshold")
        return reasons.shares[i], leaf, reasons.parts[i]

    def limit_rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return the same, and the damages."""
        return *self.rests(reasons, i), reasons.damages

    def rules_at_work(self, setting: Setting) -> Iterator[str]:
        """Yield the threshold."""
        yield "threshold"


def _reaches(here: Point[N, F], i: int) -> N:
    theta = number(here.facts.rules, "threshold")
    return here.facts.numbers.reaches(here.units[i], here.whole, theta)
