"""Why a bar stands still: the knob that was moved does not enter this mode, or not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.liability import Outcome

LIMITED = ("partial_joint", "supplementary")
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
    mode = outcome.mode
    if outcome.parties[party].mode == "not_liable":
        return "not-liable"
    if group in ("assets", "sued", "victim"):
        return {"assets": "assets-enough", "sued": "sued-not-needed", "victim": "victim-nothing"}[
            group
        ]
    if group == "limit":
        return "limit-unused" if mode not in LIMITED else "limit-reached"
    if group == "proof":
        return "proof-same-side" if mode == "all_or_nothing" else "proof-given"
    if mode == "risk_benefit" and group in ("gain", "cause"):
        return _bound(outcome, party)
    if mode == "benefit_cap" and group == "gain":
        return "gain-over-damages"
    if group == "gain":
        return "gain-no-element"
    if mode == "several" or (mode == "auto" and outcome.parties[party].mode == "several"):
        return _weighed(outcome, party)
    return "same-route" if mode == "auto" and group == "fault" else GATED[group]


def _bound(outcome: Outcome, party: str) -> str:
    """What holds the model's share where it is: its cap, its floor, or that a fact is open."""
    models = [
        n
        for n in outcome.reason("share", party).walk()
        if n.key == "model_share" and n.party == party
    ]
    if models and models[0].rule in ("share.gate", "share.exempt"):
        return "not-liable" if models[0].rule == "share.gate" else "exempt"
    if models and models[0].rule.startswith("share.direct"):
        return "floor-binds"
    return (
        "cap-binds" if models and models[0].value == models[0].children[-1].value else "open-range"
    )


def _weighed(outcome: Outcome, party: str) -> str:
    steps = outcome.reason("share", party).walk()
    own = next(n for n in steps if n.key == "weight" and n.party == party)
    return "shares-equal" if own.rule == "weight.equal" else "shares-stated"
