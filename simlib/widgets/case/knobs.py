"""The knobs of lesson 01: which fact each moves, in what unit, and of what kind the fact is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simlib import causation, fault
from simlib.interval import Interval
from simlib.law.regime import regime as load_regime
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case

ELEMENTS = ("act", "damage", "fault", "causation")
STEP = 0.05


@dataclass(frozen=True, slots=True)
class Knob:
    """One control: how to show a case's fact on it, and how to write the reader's wish.

    Attributes
    ----------
    id, kind
        its name, and the control's kind (`choice`, `range`, `check`)
    group
        what it moves, for the words that say why a mode stands still
    read, write
        case → value shown; value wished, case → changes for `case.set`
    owner, fields
        the party and the fields it speaks for
    discretionary
        whether a judge fixes it, rather than finding it
    extra
        what the control needs besides: bounds, unit, options
    """

    id: str
    kind: str
    group: str
    read: Callable[[Case], object]
    write: Callable[[object, Case], dict]
    owner: str
    fields: tuple[str, ...]
    discretionary: bool = False
    extra: dict = field(default_factory=dict)

    def spec(self, lang: str) -> dict:
        """The control as the form wants it."""
        return {
            "kind": self.kind,
            "id": self.id,
            "label": words("case", f"knob.{self.id}", lang),
            "tagged": True,
            "reset": words("case", "tool.reset_one", lang),
            **self.extra,
        }

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Of what kind the fact is now: key and words."""
        if changed & {f"{self.owner}.{name}" for name in self.fields}:
            return "assumed", words("case", "tag.yours", lang)
        party = case.party(self.owner)
        fields = {name.split(".")[0] for name in self.fields}
        stated = [n for n in fields if getattr(party, n) != type(party).model_fields[n].default]
        kind = next((party.kinds[n] for n in stated if n in party.kinds), None)
        if kind:
            return kind, words("terms", f"kinds.{kind}", lang)
        if self.discretionary:
            return "discretionary", words("terms", "kinds.discretionary", lang)
        key = "stated" if stated else "absent"
        return key, words("case", f"tag.{key}", lang)


def knobs(case: Case, party: str, lang: str) -> list[Knob]:
    """The knobs of one helper, his principal and the victim, in the order of the page."""
    principal = next(p.id for p in case.parties if p.role == "principal")
    return [
        _grade(party, lang),
        _weight(party, lang),
        _gain(case, party, lang),
        _cause(party, lang),
        _limit(party, lang),
        _victim(case.claimant, lang),
        _assets("assets", case, party, lang),
        _sued(principal),
        _assets("principal_assets", case, principal, lang),
        *(_proof(name, party) for name in ELEMENTS),
    ]


def _grade(party: str, lang: str) -> Knob:
    options = [{"value": g, "label": words("terms", f"grades.{g}", lang)} for g in fault.GRADES]
    return Knob(
        "grade",
        "choice",
        "fault",
        lambda case: fault.grade(case.party(party), load_regime()).value,
        lambda value, _: {f"{party}.grade": value, f"{party}.fault": None},
        party,
        ("grade", "fault"),
        extra={"options": options},
    )


def _weight(party: str, lang: str) -> Knob:
    def write(value: object, case: Case) -> dict:
        if value is None:
            held = fault.grade(case.party(party), load_regime()).value
            return {f"{party}.grade": held, f"{party}.fault": None}
        return {f"{party}.fault": value, f"{party}.grade": None}

    return Knob(
        "weight",
        "range",
        "fault",
        lambda case: case.party(party).fault,
        write,
        party,
        ("fault",),
        extra=_fraction(words("case", "open.weight", lang)),
    )


def _gain(case: Case, party: str, lang: str) -> Knob:
    def read(now: Case) -> object:
        fen = now.party(party).gain_direct_fen
        return None if fen is None else fen / 100

    return Knob(
        "gain",
        "range",
        "gain",
        read,
        lambda value, _: {f"{party}.gain_direct_fen": _fen(value)},
        party,
        ("gain_direct_fen",),
        extra=_yuan(case, lang, "open.unknown"),
    )


def _cause(party: str, lang: str) -> Knob:
    def read(case: Case) -> object:
        value = causation.causal_force(case.party(party), load_regime()).value
        return None if isinstance(value, Interval) else round(value, 4)

    def write(value: object, _: Case) -> dict:
        pair = {f"{party}.indispensability": None, f"{party}.push": None}
        return pair | {f"{party}.causal_force": value}

    return Knob(
        "cause",
        "range",
        "cause",
        read,
        write,
        party,
        ("causal_force", "indispensability", "push"),
        extra=_fraction(words("case", "open.unknown", lang)),
    )


def _limit(party: str, lang: str) -> Knob:
    return Knob(
        "limit",
        "range",
        "limit",
        lambda case: case.party(party).limit,
        lambda value, _: {f"{party}.limit": value},
        party,
        ("limit",),
        discretionary=True,
        extra=_fraction(words("case", "open.limit", lang)),
    )


def _victim(victim: str, lang: str) -> Knob:
    extra = {"min": 0, "max": 0.95, "step": STEP, "unit": ""}
    return Knob(
        "victim_fault",
        "range",
        "victim",
        lambda case: case.party(victim).fault or 0,
        lambda value, _: {f"{victim}.fault": value},
        victim,
        ("fault",),
        discretionary=True,
        extra=extra,
    )


def _assets(name: str, case: Case, party: str, lang: str) -> Knob:
    def read(now: Case) -> object:
        fen = now.party(party).assets_fen
        return None if fen is None else fen / 100

    return Knob(
        name,
        "range",
        "assets",
        read,
        lambda value, _: {f"{party}.assets_fen": _fen(value)},
        party,
        ("assets_fen",),
        extra=_yuan(case, lang, "open.unlimited"),
    )


def _sued(principal: str) -> Knob:
    return Knob(
        "principal_sued",
        "check",
        "sued",
        lambda case: case.party(principal).sued,
        lambda value, _: {f"{principal}.sued": bool(value)},
        principal,
        ("sued",),
    )


def _proof(name: str, party: str) -> Knob:
    def read(case: Case) -> object:
        proof = case.party(party).proof
        return 1 if proof is None else getattr(proof, name)

    extra = {"min": 0, "max": 1, "step": STEP, "unit": ""}
    return Knob(
        f"proof_{name}",
        "range",
        "proof",
        read,
        lambda value, _: {f"{party}.proof.{name}": value},
        party,
        (f"proof.{name}",),
        discretionary=True,
        extra=extra,
    )


def _fraction(open_words: str) -> dict:
    return {"min": 0, "max": 1, "step": STEP, "unit": "", "open": open_words}


def _yuan(case: Case, lang: str, open_key: str) -> dict:
    most = case.loss_fen * 1.2 / 100
    step = max(1, 10 ** (len(str(int(most))) - 3))
    return {
        "min": 0,
        "max": int(most // step * step),
        "step": step,
        "unit": words("case", "unit.yuan", lang),
        "open": words("case", open_key, lang),
    }


def _fen(yuan: object) -> int | None:
    return None if yuan is None else round(float(yuan) * 100)
