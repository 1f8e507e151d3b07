"""How a party answers, in words: what stands for a form that is his by its key alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.law.modes import mode_keys, mode_law
from simlib.text import words

if TYPE_CHECKING:
    from simlib.liability import Outcome
    from simlib.trace import Trace

WITHOUT_STEP = {"not_liable": "none", "answered_for": "answered_for"}


def form_name(outcome: Outcome, id: str, lang: str = "zh") -> str:
    """Name the form in which a party answers under an outcome.

    A principal who owes the whole is not said to answer in the helpers' form, nor jointly where
    nobody else does; who helped after the loss is not said to answer by a share of it.

    Parameters
    ----------
    id
        the party
    """
    return words("terms", f"forms.{form_key(outcome, id)}", lang)


def form_key(outcome: Outcome, id: str) -> str:
    """Return the key of the name of that form; `whole`: of a principal who owes the whole."""
    key = outcome.parties[id].mode
    if key in WITHOUT_STEP:
        return WITHOUT_STEP[key]
    step = outcome.reason("form", id)
    alone = key == "joint" and not any(
        party.joint is not False for other, party in outcome.parties.items() if other != id
    )
    if step.rule == "form.principal" and alone:
        key = "whole"
    return own_form(step, key)


def own_form(step: Trace, key: str) -> str:
    """Return the key of the words for a form: its own, or what is meant by it here."""
    if step.rule == "form.after-loss":
        return "chance"
    if step.rule != "form.principal" or key not in mode_keys():
        return key
    return "whole" if mode_law(key).whole == "principals" else key
