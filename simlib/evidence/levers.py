"""The paper's mandatory retention with a penalty: whether a holder keeps to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.law.regime import regime_for
from simlib.money import Fen

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime


@dataclass(frozen=True, slots=True)
class Levers:
    """A period every holder must keep to, and what he risks who does not.

    The paper proposes both and gives no number: all four are teaching assumptions.

    Attributes
    ----------
    mandatory_months
        how long everything is to be kept [months]
    fine_fen
        the fine for each piece not kept [fen]
    inspected
        chance that it is found out
    storage_cost_fen
        what it costs to keep a piece so long [fen]
    """

    mandatory_months: int
    fine_fen: Fen
    inspected: float
    storage_cost_fen: Fen

    @property
    def kept(self) -> bool:
        """Whether holders keep to the period: if what they risk is no less than what it costs.

        Examples
        --------
        >>> Levers(36, 500_000, 0.2, 100_000).kept, Levers(36, 500_000, 0.1, 100_000).kept
        (True, False)
        """
        return self.inspected * self.fine_fen >= self.storage_cost_fen


def levers_of(case: Case, law: Regime | None = None) -> Levers:
    """Return the paper's remedy with the numbers of this course.

    Parameters
    ----------
    law
        the law with its parameters; that of the case if not given
    """
    value = (law or regime_for(case)).value
    return Levers(
        round(value("evidence.mandatory_months")),
        round(value("evidence.fine_fen")),
        value("evidence.inspected"),
        round(value("evidence.storage_cost_fen")),
    )
