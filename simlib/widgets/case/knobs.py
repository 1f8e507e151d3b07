"""The knobs of lesson 01: which fact each moves, and in what unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simlib import causation, fault
from simlib.interval import Interval
from simlib.law.regime import regime_for
from simlib.lessons.knob import Knob, fraction, to_fen, to_yuan, yuan
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case

ELEMENTS = ("act", "damage", "fault", "causation")


def knobs(case: Case, party: str, lang: str) -> list[Knob]:
    """The knobs of one helper, his principal and the victim, in the order of the page."""
    principal = next(p.id for p in case.parties if p.role == "principal")
    return [
        _grade(case, party, lang),
        _weight(party, lang),
        _gain(case, party, lang),
        _cause(party, lang),
        _undeterminable(lang),
        _limit("limit", party, lang),
        _limit("court_share", party, lang),
        _victim(case.claimant, lang),
        _assets("assets", case, party, lang),
        _sued(principal, lang),
        _assets("principal_assets", case, principal, lang),
        *(_proof(name, party, lang) for name in ELEMENTS),
    ]


def _convicted(case: Case, party: str) -> bool:
    """Whether his knowledge is only inferred, from a conviction for assisting."""
    found = [c for c in case.criminal if c.party == party and c.charge == "assisting"]
    inferred = "grade" not in case.party(party).kinds and "fault" not in case.party(party).kinds
    return inferred and any(c.status == "effective" for c in found)


def _grade(case: Case, party: str, lang: str) -> Knob:
    options = [{"value": g, "label": words("terms", f"grades.{g}", lang)} for g in fault.GRADES]
    return Knob(
        "grade",
        "choice",
        words("case", "knob.grade", lang),
        "fault",
        lambda case: fault.grade(case.party(party), regime_for(case)).value,
        lambda value, _: {f"{party}.grade": value, f"{party}.fault": None},
        party,
        ("grade", "fault"),
        extra={"options": options}
        | ({"help": words("case", "knob.grade_help", lang)} if _convicted(case, party) else {}),
    )


def _weight(party: str, lang: str) -> Knob:
    def write(value: object, case: Case) -> dict[str, Any]:
        if value is None:
            held = fault.grade(case.party(party), regime_for(case)).value
            return {f"{party}.grade": held, f"{party}.fault": None}
        return {f"{party}.fault": value, f"{party}.grade": None}

    return Knob(
        "weight",
        "range",
        words("case", "knob.weight", lang),
        "fault",
        lambda case: case.party(party).fault,
        write,
        party,
        ("fault",),
        extra=fraction(lang, "weight"),
    )


def _gain(case: Case, party: str, lang: str) -> Knob:
    return Knob(
        "gain",
        "range",
        words("case", "knob.gain", lang),
        "gain",
        lambda now: to_yuan(now.party(party).gain_direct_fen),
        lambda value, _: {f"{party}.gain_direct_fen": to_fen(value)},
        party,
        ("gain_direct_fen",),
        extra=yuan(case, lang, "unknown"),
    )


def _cause(party: str, lang: str) -> Knob:
    def read(case: Case) -> object:
        value = causation.causal_force(case.party(party), regime_for(case)).value
        return None if isinstance(value, Interval) else round(value, 4)

    def write(value: object, _: Case) -> dict[str, Any]:
        pair = {f"{party}.indispensability": None, f"{party}.push": None}
        return pair | {f"{party}.causal_force": value}

    return Knob(
        "cause",
        "range",
        words("case", "knob.cause", lang),
        "cause",
        read,
        write,
        party,
        ("causal_force", "indispensability", "push"),
        extra=fraction(lang, "unknown"),
    )


def _undeterminable(lang: str) -> Knob:
    return Knob(
        "undeterminable",
        "check",
        words("case", "knob.undeterminable", lang),
        "equal",
        lambda case: case.undeterminable,
        lambda value, _: {"undeterminable": bool(value)},
        None,
        ("undeterminable",),
        discretionary=True,
    )


def _limit(name: str, party: str, lang: str) -> Knob:
    return Knob(
        name,
        "range",
        words("case", f"knob.{name}", lang),
        name,
        lambda case: getattr(case.party(party), name),
        lambda value, _: {f"{party}.{name}": value},
        party,
        (name,),
        discretionary=True,
        extra=fraction(lang, "limit"),
    )


def _victim(victim: str, lang: str) -> Knob:
    return Knob(
        "victim_fault",
        "range",
        words("case", "knob.victim_fault", lang),
        "victim",
        lambda case: case.party(victim).fault or 0,
        lambda value, _: {f"{victim}.fault": value},
        victim,
        ("fault",),
        discretionary=True,
        extra=fraction(lang, most=0.95),
    )


def _assets(name: str, case: Case, party: str, lang: str) -> Knob:
    return Knob(
        name,
        "range",
        words("case", f"knob.{name}", lang),
        "assets",
        lambda now: to_yuan(now.party(party).assets_fen),
        lambda value, _: {f"{party}.assets_fen": to_fen(value)},
        party,
        ("assets_fen",),
        extra=yuan(case, lang, "unlimited"),
        absent="unlimited",
    )


def _sued(principal: str, lang: str) -> Knob:
    return Knob(
        "principal_sued",
        "check",
        words("case", "knob.principal_sued", lang),
        "sued",
        lambda case: case.party(principal).sued,
        lambda value, _: {f"{principal}.sued": bool(value)},
        principal,
        ("sued",),
    )


def _proof(name: str, party: str, lang: str) -> Knob:
    def read(case: Case) -> object:
        proof = case.party(party).proof
        return 1 if proof is None else getattr(proof, name)

    return Knob(
        f"proof_{name}",
        "range",
        words("case", f"knob.proof_{name}", lang),
        "proof",
        read,
        lambda value, _: {f"{party}.proof.{name}": value},
        party,
        (f"proof.{name}",),
        discretionary=True,
        extra=fraction(lang),
    )
