"""Why a lever does nothing: the deepest reason first, that which would outlast the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simlib import chain, fault
from simlib.interval import Interval, high_end
from simlib.riskbenefit.acts import FAMILIES
from simlib.riskbenefit.exempt import exemption
from simlib.riskbenefit.model import raw_ends

if TYPE_CHECKING:
    from simlib.money import Share
    from simlib.riskbenefit.lever_trials import Place

GAIN = ("gain_direct_fen", "gain_indirect_fen", "lambda_indirect", "g_half", "gamma", "loss_fen")
RISK = ("foresight", "control", "professional", "pi_professional")
CAUSE = ("causal_force", "indispensability", "push")
FLAT = "flat"


def reason(place: Place, key: str) -> str:
    """Why the lever `key`, found to do nothing, does nothing: a key of `reason` in the words."""
    for ask in ASKED:
        key_of_reason = ask(place, key)
        if key_of_reason:
            return key_of_reason
    return FLAT


def _act(place: Place, key: str) -> str | None:
    """A parameter of another act of help."""
    family, _, act = key.partition(".")
    other = family in FAMILIES and place.party.act not in (None, act)
    return "other-act" if other else None


def _switched(place: Place, key: str) -> str | None:
    """What a reform that is off would read."""
    family = key.partition(".")[0]
    off = family in ("base", "cap", "exemption") and family not in place.on
    return f"{family}-off" if off else None


def _conditions(place: Place, key: str) -> str | None:
    """The exemption, or one of its conditions, where it does not come to hold."""
    if key == "rb_exemption" and place.party.act != "tech":
        return "not-tech"
    freed = exemption(place.party)
    if key.startswith("exemption.") or key == "rb_exemption":
        if not freed.stated:
            return "nothing-stated"
        return None if freed.holds else "not-shown"
    return None


def _gate(place: Place, key: str) -> str | None:
    """No share at all."""
    if place.assessment.exempt:
        return "exempt"
    if place.assessment.limit == "gate":
        faultless = fault.weight(place.party, place.regime).value == 0
        return "gate-fault" if faultless else "gate-cause"
    return None


def _directness(place: Place, key: str) -> str | None:
    """The cap where the loss was caused directly, the floor where it was not."""
    direct = place.party.direct
    if direct and (key.startswith("cap.") or key == "rb_cap"):
        return "direct"
    return "not-direct" if key == "direct_floor" and not direct else None


def _aggregator(place: Place, key: str) -> str | None:
    multiplied = place.aggregator == "multiplicative" and key.startswith("weight.")
    return "aggregator" if multiplied else None


def _gains(place: Place, key: str) -> str | None:
    party = place.party
    if key not in GAIN:
        return None
    if key == "lambda_indirect" and not party.gain_indirect_fen:
        return "no-indirect"
    if party.gain_direct_fen is None and key not in ("gain_direct_fen", "gamma"):
        return "gain-unknown"
    if chain.gain_factor(place.case, party.id) == 0:
        return "no-flow"
    if key in ("g_half", "loss_fen") and not place.assessment.gain:
        return "no-gain"
    return None


def _professional(place: Place, key: str) -> str | None:
    if key == "pi_professional" and not place.party.professional:
        return "not-professional"
    full = key in ("pi_professional", "professional") and place.party.control == 1
    return "control-full" if full else None


def _weightless(place: Place, key: str) -> str | None:
    """A dimension, or a part of the risk, that counts with the power or weight 0."""
    value = place.regime.value
    dimension = _dimension(key)
    inner = key.partition(".")[0] if key.startswith("rho.") else key
    if inner in ("rho", "foresight", "control") and value(f"risk.{inner}") == 0:
        return "weight-zero"
    if dimension and place.aggregator != "multiplicative" and value(f"weight.{dimension}") == 0:
        return "weight-zero"
    indirect = key == "gain_indirect_fen" and value("lambda_indirect") == 0
    lift = key == "professional" and value("pi_professional") == 0
    return "weight-zero" if indirect or lift else None


def _dimension(key: str) -> str | None:
    if key in GAIN:
        return "gain"
    if key in RISK or key.startswith(("rho.", "risk.")):
        return "risk"
    return "cause" if key in CAUSE else None


def _scores(place: Place, key: str) -> str | None:
    """Scores of 0 or 1, which no power moves, and which multiply to 0 or leave as it is."""
    now = place.assessment
    if place.aggregator == "additive":
        return None
    if not high_end(now.score):
        return "score-zero"
    scores = {
        "weight.risk": now.risk,
        "weight.cause": now.cause,
        "weight.gain": now.gain,
    }
    parts = {"risk.foresight": place.party.foresight, "risk.control": place.party.control}
    return "score-one" if (scores | parts).get(key) == 1 else None


def _open(place: Place, key: str) -> str | None:
    """Fault is a gate here, no weight."""
    return "gate-open" if key in ("fault", "grade") else None


def _group(place: Place, key: str) -> str | None:
    return "group-fits" if key == "p_min" else None


def _binding(place: Place, key: str) -> str | None:
    """The cap or the floor binds and hides everything below, or it does not bind itself."""
    regime, party = place.regime, place.party
    low, high = raw_ends(party, place.assessment.score, regime, place.on)
    if party.direct:
        if high < regime.value("direct_floor"):
            return "floor-binds"
        return "floor-slack" if key == "direct_floor" else _whole(low)
    if "cap" not in place.on:
        return _whole(low)
    if key.startswith("cap.") or key == "rb_cap":
        return "cap-slack"
    caps = [regime.value(f"cap.{act}") for act in ([party.act] if party.act else ())]
    return "cap-binds" if caps and low > caps[0] else None


def _band(place: Place, key: str) -> str | None:
    """Facts nobody found make the share a band whose two ends stay where they are."""
    return "band" if isinstance(place.assessment.share, Interval) else None


def _whole(low: Share) -> str | None:
    """The share is the whole loss already."""
    return "whole" if low > 1 else None


ASKED: tuple[Callable[[Place, str], str | None], ...] = (
    _act,
    _switched,
    _conditions,
    _gate,
    _directness,
    _aggregator,
    _gains,
    _professional,
    _weightless,
    _scores,
    _open,
    _group,
    _binding,
    _band,
)
