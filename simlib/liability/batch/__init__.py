"""Many decisions at once, on numpy: the rules of one decision, to the same fen.

The rules stand once, one folder up, over numbers that may be whole fen or arrays: the claim and
what was paid before (`facts`), assets (`assets`), shares (`shares`), the forms (`forms`), rounds of
payment (`solve`); those of the model in `simlib.riskbenefit.model_formulas`. Here is what arrays
need beside them: `arithmetic` is `simlib.money` on arrays; `columns` reads arrays and sorts them
into patterns; a `block` is some thousand columns that differ in numbers only; `solve` reads shares
and amounts of it; `decide` cuts, and gives the scalar engine what arrays cannot take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simlib.liability.batch.decide import decide_axes

if TYPE_CHECKING:
    import numpy as np

    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules

__all__ = ["decide_axes", "decide_many"]


def decide_many(
    case: Case,
    columns: Mapping[str, object],
    mode: str = "auto",
    outputs: Sequence[str] = ("received_fen",),
    rules: Rules | None = None,
    regime: str | Regime | None = None,
) -> dict[str, np.ndarray]:
    """Return the same case with many sets of facts, decided together: a million draws in one call.

    Parameters
    ----------
    columns
        path → values as for `case.set`, one a column; all of the same length
    mode, rules, regime
        as for `decide`
    outputs
        `received_fen`, `unrecovered_fen`, `"<id>.paid_fen"`, `"<id>.exposure_fen"`, `"<id>.share"`

    Returns
    -------
    dict
        output → array, one value a column: what `decide` gives, to the fen

    Raises
    ------
    UnknownName
        for a path, output, mode, rule or regime we do not have
    CaseError
        if the facts of a column are not a case
    SweepError
        if the arrays do not fit together, or an output hangs on facts nobody knows
    OutOfScope, NoRule
        as `decide`

    Examples
    --------
    >>> from simlib import load_case
    >>> decide_many(load_case("fix-1"), {"A.assets_fen": [0, 300_000, 900_000]}, "joint")
    {'received_fen': array([2000000, 2300000, 2500000])}
    """
    return decide_axes(case, [columns], mode, outputs, rules, regime)
