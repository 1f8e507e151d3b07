"""Lesson 05's sums written out: two scores, and the largest share under the law in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simlib.figures.riskbenefit.reckoned import node_of
from simlib.interval import high_end, low_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from simlib.figures.riskbenefit import Reckoned
    from simlib.interval import ShareRange
    from simlib.trace import Trace

POWERS = ("rho", "foresight", "control")  # what the risk score is the product of


def risk_sum(at: Reckoned, lang: str) -> str:
    """The risk score from its three factors; empty where one of them is open.

    Examples
    --------
    ``0.6^0.4×0.9^0.3×0.6^0.3＝0.68``
    """
    person, regime = at.person, at.regime
    if person.act is None or person.foresight is None or person.control is None:
        return ""
    lift = regime.value("pi_professional") if person.professional else 0.0
    factors = (
        regime.value(f"rho.{person.act}"),
        person.foresight,
        1 - (1 - person.control) * (1 - lift),
    )
    powers = (regime.value(f"risk.{name}") for name in POWERS)
    written = "×".join(f"{f:.4g}^{p:.4g}" for f, p in zip(factors, powers, strict=True))
    return _equation(written, at.assessment.risk, lang)


def cause_sum(at: Reckoned, lang: str) -> str:
    """The cause score from its two factors; empty where one is open, or it is stated itself."""
    person = at.person
    known = person.indispensability is not None and person.push is not None
    if not known or person.causal_force is not None:
        return ""
    factors = f"{person.indispensability:.4g}×{person.push:.4g}"
    return _equation(f"√({factors})", at.assessment.cause, lang)


def law_weights(at: Reckoned) -> dict[str, str]:
    """What the law's range rests on, where it is one of weights: of fault, of cause, of both."""
    own = node_of(at.law, "weight", at.party)
    if own is None or own.rule != "weight.product":
        return dict.fromkeys(("law_fault", "law_cause", "law_weight", "law_most"), "")
    found: dict[str, Trace] = {node.key: node for node in own.children}
    return {
        "law_fault": _ends(found["fault"]),
        "law_cause": _ends(found["causal_force"]),
        "law_weight": _ends(own),
        "law_most": _of(own, high_end),
    }


def _ends(node: Trace) -> str:
    low, high = (_of(node, end) for end in (low_end, high_end))
    return low if low == high else f"{low}–{high}"


def _of(node: Trace, end: Callable[[Any], float]) -> str:
    return f"{end(node.value):.4g}"


def _equation(written: str, score: ShareRange, lang: str) -> str:
    return f"{written}{'＝' if lang == 'zh' else ' = '}{high_end(score):.2f}"  # one number here
