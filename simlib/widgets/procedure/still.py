"""Why a row of lesson 07 did not move with a knob: a reason that is true of this row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.procedure.told import ORDINARY
from simlib.procedure.amount import unheld
from simlib.procedure.proof import ENOUGH, SOME
from simlib.widgets.procedure.scenes import MONEY

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from simlib.figures.procedure import Told
    from simlib.widgets.procedure.found import Found

OF_MONEY = ("preserve", "leak", "assets")  # knobs that move nothing but what is paid


def still(
    knob: str,
    regime: str,
    states: tuple[Found, Found],
    columns: Sequence[str],
    known: Collection[str],
) -> str:
    """Return the key of the words that say why a row did not move.

    Parameters
    ----------
    states
        before the last change, and now
    columns
        what the board shows of each row
    known
        keys there are; one of a regime is `<regime>_<knob>`
    """
    told = states[1][regime]
    if knob in OF_MONEY and MONEY not in columns:
        return "money_only"
    if f"{regime}_{knob}" in known:
        return f"{regime}_{knob}"
    if told.month is None:
        return "no_day" if told.waits else "refused"
    if knob in OF_MONEY:
        return _of_money(knob, regime, states)
    return _of_proof(regime, states) if knob == "proof" else knob


def _of_money(knob: str, regime: str, states: tuple[Found, Found]) -> str:
    """Nothing to enforce, means that nobody knows, a freeze that did not hold, or no difference."""
    then, now = states
    if now[regime].line.enforced_on is None:
        return f"{knob}_lost"
    if now[regime].left_fen[ORDINARY] is None:
        return "unknown"
    asked = now if now.held["preserve"] is not None else then
    if knob == "preserve":
        failed = unheld(asked[regime].line)
        return f"preserve_{failed}" if failed else "same" if now.rate else "no_leak"
    return "frozen" if knob == "leak" and now[regime].frozen[ORDINARY] else "same"


def _of_proof(regime: str, states: tuple[Found, Found]) -> str:
    """A criminal judgment in effect by then, a share in place of all, or no difference."""
    lines = [state[regime].line for state in states]
    if all(line.proved in (SOME, ENOUGH) for line in lines) and lines[0].proved != lines[1].proved:
        return "proof_share"
    return "proof" if all(_is_convicted(state[regime]) for state in states) else "sue"


def _is_convicted(told: Told) -> bool:
    """Whether the criminal case has ended by the day of judgment."""
    ends, judged = told.line.criminal_ends_on, told.line.judged_on
    return ends is not None and judged is not None and ends <= judged
