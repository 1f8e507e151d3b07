"""A grid of facts: one decision at each of its points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules


def sweep(
    case: Case,
    values: Mapping[str, object],
    mode: str = "auto",
    output: str = "received_fen",
    rules: Rules | None = None,
    regime: str | Regime | None = None,
) -> np.ndarray:
    """One result at every combination of values: what a slider shows, at all its places at once.

    Parameters
    ----------
    values
        path → values to try, as for `case.set`; any field of the schema
    mode, rules, regime
        as for `decide`
    output
        `received_fen`, `unrecovered_fen`, `"<id>.paid_fen"`, `"<id>.exposure_fen"` [fen] or
        `"<id>.share"`, in [0, 1]

    Returns
    -------
    numpy.ndarray
        one axis a path, in order; int64 fen, float64 shares: what `decide` gives, to the fen

    Raises
    ------
    UnknownName
        for a path, output, mode, rule or regime we do not have
    CaseError
        if the facts at some point are not a case
    SweepError
        if an array is empty or has not one axis, or the output hangs on facts nobody knows
    OutOfScope, NoRule
        as `decide`

    Examples
    --------
    >>> from simlib import load_case
    >>> sweep(load_case("fix-1"), {"A.assets_fen": [0, 300_000], "C.assets_fen": [0, 100]}, "joint")
    array([[     0,    100],
           [300000, 300100]])
    """
    from simlib.liability.batch import decide_axes  # numpy is loaded where it is used

    axes = [{path: tried} for path, tried in values.items()]
    return decide_axes(case, axes, mode, (output,), rules, regime)[output]
