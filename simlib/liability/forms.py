"""The modes as data: by what each party answers, who pays first, who stands jointly."""

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
        `claim`, `share`, `limit`, `gain`, `score`, `proof`, `rest` (what principals leave
        unpaid), `limited_rest` (that, up to his limit) or `nothing`
    joint
        whether he is jointly liable, so that 519(3) re-spreads lost shares to him
    """

    key: str
    measure: str
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of liability: the form of helpers and of principals, and the order of payment."""

    helpers: Form
    principals: Form
    principals_first: bool = False


def _mode(key: str, measure: str, joint: bool, principals: str, first: bool = False) -> Mode:
    # principals who each owe the whole stand jointly, whatever their helpers do
    return Mode(Form(key, measure, joint), Form(key, principals, joint or first), first)


MODES = {
    "dismiss_suit": _mode("dismiss_suit", "nothing", False, "nothing"),
    "dismiss_claim": _mode("dismiss_claim", "nothing", False, "nothing"),
    "joint": _mode("joint", "claim", True, "claim"),
    "several": _mode("several", "share", False, "share"),
    "partial_joint": _mode("partial_joint", "limit", True, "claim", first=True),
    "supplementary": _mode("supplementary", "limited_rest", False, "claim", first=True),
    "joint_after_exhaustion": _mode("joint_after_exhaustion", "rest", True, "claim", first=True),
    "benefit_cap": _mode("benefit_cap", "gain", True, "claim", first=True),
    "risk_benefit": _mode("risk_benefit", "score", False, "score"),
    "all_or_nothing": _mode("all_or_nothing", "proof", True, "proof"),
}
RISK_BENEFIT_PARTIAL = _mode("risk_benefit", "score", True, "claim", first=True)
CAPPED_JOINT = (
    "partial_joint",
    "benefit_cap",
    "risk_benefit",
)  # where partial payment rules matter


def mode_of(mode: str, rules: dict) -> Mode:
    """The mode as its rules shape it."""
    if mode == "risk_benefit" and rules["risk_benefit_as"] == "partial_joint":
        return RISK_BENEFIT_PARTIAL
    return MODES[mode]
