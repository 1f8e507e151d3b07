"""The modes as data: by what each party answers, in which round he pays, who stands jointly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """How one party answers to the claimant.

    Attributes
    ----------
    key
        the name that the outcome shows for the party
    measure
        `claim`, `share`, `limit`, `gain`, `score`, `proof`, `rest` (what earlier rounds leave
        unpaid), `limited_rest` (that, up to his limit), `enlarged` (a platform's part of the
        loss), `chance` (a chance of recovery lost after the loss), `realloc` (his part once what
        others cannot pay is spread again), `hybrid` (the economic loss and his part of the
        other), `threshold` (all or his part, by the size of his share) or `nothing`
    joint
        whether he is jointly liable, so that 519(3) re-spreads lost shares to him; under
        `threshold` his share decides
    rank
        the round he pays in: 0 first; later rounds answer for what earlier ones left unpaid
    capped
        whether he is jointly liable up to a limit only, so that the rules on partial payment and
        on several caps matter
    """

    key: str
    measure: str
    joint: bool = False
    rank: int = 0
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of liability: the form of helpers and of principals."""

    helpers: Form
    principals: Form


WHOLE = "claim"
LIMITED, LAST = 1, 2  # rounds after those who owe the whole


def _together(key: str, measure: str, joint: bool = False) -> Mode:
    """Everybody answers by the same measure, in the same round."""
    form = Form(key, measure, joint)
    return Mode(form, form)


def _behind(key: str, measure: str, rank: int, joint: bool = True) -> Mode:
    """Principals owe the whole, jointly among themselves, and pay first."""
    capped = rank == LIMITED
    return Mode(Form(key, measure, joint, rank, capped), Form(key, WHOLE, True))


MODES = {
    "dismiss_suit": _together("dismiss_suit", "nothing"),
    "dismiss_claim": _together("dismiss_claim", "nothing"),
    "joint": _together("joint", WHOLE, joint=True),
    "several": _together("several", "share"),
    "partial_joint": _behind("partial_joint", "limit", LIMITED),
    "supplementary": _behind("supplementary", "limited_rest", LAST, joint=False),
    "joint_after_exhaustion": _behind("joint_after_exhaustion", "rest", LAST),
    "benefit_cap": _behind("benefit_cap", "gain", LIMITED),
    "risk_benefit": _together("risk_benefit", "score"),
    "all_or_nothing": _together("all_or_nothing", "proof", joint=True),
    "threshold": _together("threshold", "threshold"),
    "reallocation": _together("reallocation", "realloc"),
    "hybrid": _together("hybrid", "hybrid", joint=True),
}
BY_CRIME = "zhou2024"  # no form of its own: each party's by what his criminal case came to
RISK_BENEFIT_PARTIAL = _behind("risk_benefit", "score", LIMITED)
ENLARGED = Form("joint", "enlarged", joint=True)
AFTER = Form("several", "chance")  # help after the loss: for the chance of recovery it cost
GUARDIAN = Form("partial_joint", "limit", joint=True, rank=LIMITED, capped=True)
ALL_MODES = ("auto", *MODES, BY_CRIME)


def mode_of(mode: str, rules: dict) -> Mode:
    """The mode as its rules shape it."""
    if mode == "risk_benefit" and rules["risk_benefit_as"] == "partial_joint":
        return RISK_BENEFIT_PARTIAL
    return MODES[mode]
