"""Which form of liability holds for whom."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from reference.amounts import number, units
from reference.facts import Facts, Who
from reference.shares import weights_by_rule

IN_FORCE = {"slight": "several", "gross": "several", "knowing": "joint", "concert": "joint"}


def forms_of(facts: Facts, mode: str, auto: Mapping | None, direct: Mapping | None) -> dict:
    """The form for each liable party: the mode itself, or what it means for him."""
    if mode == "threshold":
        return by_threshold(facts)
    forms = {w.id: form_of(facts, mode, w, auto or IN_FORCE, direct or {}) for w in facts.liable}
    # 1169(2) is of those who helped a minor; without one the guardian answers by 1188(1).
    if not any(w.grade in ("knowing", "concert") and not w.principal for w in facts.liable):
        forms = {i: "joint" if form == "guardian" else form for i, form in forms.items()}
    return forms


def form_of(facts: Facts, mode: str, who: Who, auto: Mapping, direct: Mapping) -> str:
    """One party's form."""
    if mode == "risk_benefit":
        as_joint = facts.rules["risk_benefit_as"] == "partial_joint"
        return "risk_benefit_joint" if as_joint else "several"
    if mode == "zhou2024":
        return by_zhou(who)
    if mode != "auto":
        return mode
    if who.principal:
        return "guardian" if who.guards else "joint"
    if who.role == "platform":  # 1168; 1169, 1197; 1195(2)
        ladder = {"concert": "joint", "slight": "enlarged"}
        return ladder.get(who.grade, "joint" if who.known is who.enlarged is None else "known")
    if who.role == "operator" and who.grade not in ("knowing", "concert"):
        return facts.rules["operator"]
    form = ({**auto, **direct} if who.direct else auto)[who.grade]
    if form == "zhou2024":
        return by_zhou(who)
    # The toggle for gross negligence is about the law in force; a school says itself what it holds.
    return facts.rules["gross"] if auto is IN_FORCE and who.grade == "gross" else form


def by_zhou(who: Who) -> str:
    """Hired: his own gains; accessory: after all others; assisting: up to a limit; else jointly."""
    if who.principal:
        return "joint"
    if "hired" in who.parts:
        return "benefit_cap"
    if "accessory" in who.parts:
        return "joint_after_exhaustion"
    return "partial_joint" if "assisting" in who.parts else "joint"


def by_threshold(facts: Facts) -> dict:
    """Joint from the threshold on, several below."""
    whole = units(weights_by_rule(facts))
    least = number(facts.rules["threshold"])
    return {
        w.id: "joint" if Fraction(x, sum(whole)) >= least else "several"
        for w, x in zip(facts.liable, whole, strict=True)
    }
