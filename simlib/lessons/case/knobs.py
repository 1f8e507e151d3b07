"""The knobs of lesson 01: which fact of a helper, his principal or the victim each moves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simlib import causation, fault
from simlib.interval import Interval
from simlib.law.regime import regime_for
from simlib.lessons.knob import Knob, fraction, to_fen, to_yuan, yuan
from simlib.lessons.outcome import Say

if TYPE_CHECKING:
    from simlib.case.model import Case

ELEMENTS = ("act", "damage", "fault", "causation")
COURT: dict[str, Any] = {"discretionary": True}


def knobs(case: Case, base: Case, party: str, lang: str) -> list[Knob]:
    """Make the knobs of one helper, his principal and the victim, in the order of the page."""
    say, victim = Say("case", lang), case.claimant
    principal = next(p.id for p in case.parties if p.role == "principal")
    gain, limit = yuan(case, lang, "unknown"), fraction(lang, "limit")
    means: dict[str, Any] = {"extra": yuan(case, lang, "unlimited"), "absent": "unlimited"}
    own_fault = _fact(
        say, "victim_fault", victim, "fault", "victim", extra=fraction(lang, most=0.95), **COURT
    )
    return [
        _grade(case, party, say),
        _weight(party, say),
        _fact(say, "gain", party, "gain_direct_fen", extra=gain),
        _cause(party, say),
        _undeterminable(say),
        _fact(say, "limit", party, "limit", extra=limit, **COURT),
        _fact(say, "court_share", party, "court_share", extra=limit, **COURT),
        replace(own_fault, read=lambda now: now.party(victim).fault or 0),
        _fact(say, "assets", party, "assets_fen", **means),
        replace(_fact(say, "principal_sued", principal, "sued", "sued"), kind="check"),
        _fact(say, "principal_assets", principal, "assets_fen", "assets", **means),
        *(_proof(name, party, say) for name in ELEMENTS),
    ]


def _fact(say: Say, id: str, owner: str, field: str, group: str = "", **more: Any) -> Knob:
    """A knob that shows one fact of a party as it stands; amounts in yuan."""
    is_money = field.endswith("_fen")

    def read(case: Case) -> object:
        held = getattr(case.party(owner), field)
        return to_yuan(held) if is_money else held

    def write(value: object, _: Case) -> dict[str, Any]:
        return {f"{owner}.{field}": to_fen(value) if is_money else value}

    label = say(f"case:knob.{id}")
    return Knob(id, "range", label, group or id, read, write, owner, (field,), **more)


def _grade(case: Case, party: str, say: Say) -> Knob:
    options = [{"value": g, "label": say(f"terms:grades.{g}")} for g in fault.GRADES]
    extra: dict[str, Any] = {"options": options}
    extra |= {"help": say("case:knob.grade_help")} if _convicted(case, party) else {}
    return Knob(
        "grade",
        "choice",
        say("case:knob.grade"),
        "fault",
        lambda now: fault.grade(now.party(party), regime_for(now)).value,
        lambda value, _: {f"{party}.grade": value, f"{party}.fault": None},
        party,
        ("grade", "fault"),
        extra=extra,
    )


def _convicted(case: Case, party: str) -> bool:
    """Whether his knowledge is only inferred, from a conviction for assisting."""
    found = [c for c in case.criminal if c.party == party and c.charge == "assisting"]
    inferred = "grade" not in case.party(party).kinds and "fault" not in case.party(party).kinds
    return inferred and any(c.status == "effective" for c in found)


def _weight(party: str, say: Say) -> Knob:
    """The weight of his fault; left open, his grade holds."""

    def write(value: object, case: Case) -> dict[str, Any]:
        if value is not None:
            return {f"{party}.fault": value, f"{party}.grade": None}
        held = fault.grade(case.party(party), regime_for(case)).value
        return {f"{party}.grade": held, f"{party}.fault": None}

    knob = _fact(say, "weight", party, "fault", "fault", extra=fraction(say.lang, "weight"))
    return replace(knob, write=write)


def _cause(party: str, say: Say) -> Knob:
    """His causal force, stated in place of the two numbers it may come from."""

    def read(case: Case) -> object:
        value = causation.causal_force(case.party(party), regime_for(case)).value
        return None if isinstance(value, Interval) else round(value, 4)

    def write(value: object, _: Case) -> dict[str, Any]:
        pair = {f"{party}.indispensability": None, f"{party}.push": None}
        return pair | {f"{party}.causal_force": value}

    fields = ("causal_force", "indispensability", "push")
    extra = fraction(say.lang, "unknown")
    return Knob("cause", "range", say("case:knob.cause"), "cause", read, write, party, fields,
                extra=extra)  # fmt: skip


def _undeterminable(say: Say) -> Knob:
    return Knob(
        "undeterminable",
        "check",
        say("case:knob.undeterminable"),
        "equal",
        lambda case: case.undeterminable,
        lambda value, _: {"undeterminable": value},
        None,
        ("undeterminable",),
        **COURT,
    )


def _proof(name: str, party: str, say: Say) -> Knob:
    """How far an element is proved; where the file says nothing, wholly."""

    def read(case: Case) -> object:
        proof = case.party(party).proof
        return 1 if proof is None else getattr(proof, name)

    knob = _fact(say, f"proof_{name}", party, f"proof.{name}", "proof", extra=fraction(say.lang))
    return replace(knob, read=read, **COURT)
