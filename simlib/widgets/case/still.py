"""Why a bar stands still: the knob that was moved does not enter this mode, or not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import Interval, high_end
from simlib.liability.forms import form_of
from simlib.widgets.case.zero import form_fact

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome
    from simlib.money import Fen

ONE_FACT = ("limit", "court_share")  # knobs of facts that few forms measure
OF_COURT = ("fault", "cause")  # what a court weighs when it sets his share
UNHELD = {"not_liable": "not-liable", "dismiss_claim": "not-proved"}
WITHOUT_FINDING = {"score": "shares-model", "court_share": "shares-court"}  # by measure
GATED = {"fault": "fault-gate", "cause": "cause-gate"}


def moved(before: Outcome, after: Outcome) -> bool:
    """Whether anything a reader sees in a mode's row changed."""
    return (before.received_fen, before.parties) != (after.received_fen, after.parties)


def still_key(group: str, outcome: Outcome, party: str) -> str:
    """Which words say why moving a knob of `group` changed nothing in this outcome.

    Returns
    -------
    str
        a key under `still` in `texts/*/case.toml`
    """
    mode, measure, fact = outcome.mode, outcome.law.measure, form_fact(outcome.mode)
    if outcome.parties[party].mode in UNHELD:
        return UNHELD[outcome.parties[party].mode]
    if group in ("sued", "victim"):
        return {"sued": "sued-not-needed", "victim": "victim-nothing"}[group]
    if group in ONE_FACT:
        return f"{group}-reached" if fact == group else f"{group}-unused"
    if group == "proof":  # an element that is not proved ends the claim
        ends = mode == "auto" or measure == "proof"
        return _proved(outcome, party) if ends else "proof-given"
    if fact == "court_share" and group in OF_COURT:
        return f"{group}-in-share"
    if group == "equal":
        return WITHOUT_FINDING.get(measure, "shares-stated")
    if group in OF_COURT and fact == "limit":
        return {"fault": "limit-fixed", "cause": "cause-limit"}[group]
    if measure == "score" and group == "fault":
        return "grade-no-term"
    if measure == "score" and group in ("gain", "cause"):
        return _bound(outcome, party)
    if group == "gain":
        form = form_of(mode)
        counts = form is not None and form.follows_money
        return "gain-over-damages" if counts else "gain-no-element"
    if mode == "several" or (mode == "auto" and outcome.parties[party].mode == "several"):
        return _weighed(outcome, party)
    return "same-route" if mode == "auto" and group == "fault" else GATED[group]


def _proved(outcome: Outcome, party: str) -> str:
    """Whether the elements reach the standard, before and after."""
    return "proof-reached" if high_end(outcome.parties[party].exposure_fen) else "proof-short"


def means_key(case: Case, outcome: Outcome, party: str, whose: str) -> str:
    """Which words say why the means of `whose` changed nothing: who pays without them.

    Parameters
    ----------
    party
        the helper whose rows are shown
    whose
        the party whose means were changed

    Returns
    -------
    str
        a key under `still` in `texts/*/case.toml`
    """
    owes = {id: high_end(each.exposure_fen) for id, each in outcome.parties.items()}
    if not case.party(whose).sued:
        return "assets-unsued"
    if not owes.get(whose):
        return "assets-nothing"
    if outcome.parties[party].mode == "joint" and _can_pay(case, party, owes[party]):
        return "assets-whole"
    if _can_pay(case, whose, owes[whose]):
        return "assets-enough"
    return "assets-others" if outcome.received_fen == outcome.claim_fen else "assets-same"


def _can_pay(case: Case, party: str, fen: Fen) -> bool:
    assets = case.party(party).assets_fen
    return assets is None or assets >= fen


def _bound(outcome: Outcome, party: str) -> str:
    """What holds the model's share where it is: its cap, its floor, or that a fact is open."""
    models = [
        n
        for n in outcome.reason("share", party).walk()
        if n.key == "model_share" and n.party == party
    ]
    if models and models[0].rule in ("share.gate", "share.exempt"):
        return "not-liable" if models[0].rule == "share.gate" else "exempt"
    if models and (models[0].rule or "").startswith("share.direct"):
        return "floor-binds"
    return (
        "cap-binds" if models and models[0].value == models[0].children[-1].value else "open-range"
    )


def _weighed(outcome: Outcome, party: str) -> str:
    steps = outcome.reason("share", party).walk()
    own = next(n for n in steps if n.key == "weight" and n.party == party)
    if own.rule == "weight.equal":
        return "shares-equal"
    return "open-range" if isinstance(own.value, Interval) else "shares-stated"
