"""Why a number of the board is nothing: each zero for its own reason; what is not proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.row_premises import covered, lacking
from simlib.interval import Interval, high_end
from simlib.law.regime import regime_for
from simlib.liability.forms import form_of
from simlib.liability.forms.proof import ELEMENTS, STANDARD
from simlib.text import words

if TYPE_CHECKING:
    from simlib.widgets.case.asked import Asked


def zero(asked: Asked) -> str:
    """Say why nothing may be claimed of him, in one sentence.

    1. nothing of the loss is left to claim; or somebody else answers in his place
    2. he is not liable: no fault, or no cause
    3. he is, but gain, limit, the court's part or his share is nothing
    """
    mine, party = asked.mine, asked.case.party(asked.party)
    form = words("terms", f"forms.{asked.form}", asked.lang) if _is_form(asked) else ""
    if not asked.outcome.claim_fen:
        return asked.say("zero.claim")
    if mine.mode == "answered_for":
        return asked.say("zero.answered")
    if mine.mode == "not_liable":
        return _unheld(asked)
    fact = form_fact(mine.mode)
    if fact == "gain" or (fact and getattr(party, fact) == 0):
        return asked.say(f"zero.{fact}")
    if covered(asked.case, asked.outcome, asked.party):
        return asked.say("zero.covered")
    if not high_end(mine.share):
        return asked.say("zero.share", form=form)
    return asked.say("zero.other", form=form)


def form_fact(mode: str) -> str:
    """Name the one fact of a party that a form measures; empty if there is none."""
    form = form_of(mode)
    return form.fact if form else ""


def _is_form(asked: Asked) -> bool:
    return asked.form not in ("not_liable", "answered_for")


def _unheld(asked: Asked) -> str:
    """Which element he lacks; where the facts show none, that he is not liable."""
    return asked.say(f"zero.{lacking(asked.case, asked.party) or 'unheld'}")


# ---------------------------------------------------------------- proof


def unproved(asked: Asked) -> list[str]:
    """List the elements whose proof falls short of the standard."""
    standard, degrees = _standard(asked), _degrees(asked)
    return [name for name in ELEMENTS if degrees[name] < standard]


def proof(asked: Asked) -> list[str]:
    """Each element beside the standard: what is proved is a conviction, not a discount."""
    standard, degrees, failed = number(_standard(asked)), _degrees(asked), unproved(asked)
    if not failed:
        return [asked.say("proof.all", standard=standard)]
    listed = [
        asked.say(
            "proof.failed",
            element=words("terms", f"elements.{name}", asked.lang),
            degree=number(degrees[name]),
            standard=standard,
        )
        for name in failed
    ]
    return [*listed, *([asked.say("proof.fault")] if "fault" in failed else [])]


def _standard(asked: Asked) -> float:
    return float(regime_for(asked.case).value(STANDARD))


def _degrees(asked: Asked) -> dict[str, float]:
    held = asked.case.party(asked.party).proof
    return {name: float(getattr(held, name)) if held else 1.0 for name in ELEMENTS}


def number(value: object) -> str:
    """Write a number, or both ends of one that is open, with at most four decimals."""
    if isinstance(value, Interval):
        return f"{number(value.low)}–{number(value.high)}"
    return f"{float(value):.4f}".rstrip("0").rstrip(".")  # type: ignore[arg-type]
