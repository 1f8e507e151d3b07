"""The facts of lesson 04: means and suit, grades of fault, shares, limits, release."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.figures.people import short_names
from simlib.law.regime import regime_for
from simlib.lessons.knob import Knob, fraction, to_fen, to_yuan, yuan
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case

GROUPS = {
    "money": ("assets", "sued"),
    "court": ("grade", "share", "limit", "victim_fault"),
    "more": ("released", "others"),
}  # what lies folded together, by the first part of a knob's name
MOST_FAULT = 0.95  # the victim's own fault stays below 1


@dataclass(frozen=True, slots=True)
class Shares(Knob):
    """A share; the others' follow it, so that their sum stays 1. It speaks for all of them."""

    everybody: tuple[str, ...] = ()

    @property
    def paths(self) -> set[str]:
        """The shares of all."""
        return {f"{id}.share" for id in self.everybody}


@dataclass(frozen=True, slots=True)
class Verdict(Knob):
    """A fact of the criminal case against the owner; `row` is its place in the case's table."""

    row: int = 0

    @property
    def paths(self) -> set[str]:
        """The one field of the criminal case."""
        return {f"criminal[{self.row}].{name}" for name in self.fields}

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Assumed by the reader, or as the case has it."""
        if changed & self.paths:
            return "assumed", words("lab", "tag.yours", lang)
        found = case.criminal[self.row]
        key = "stated" if getattr(found, self.fields[0]) else "absent"
        return key, words("lab", f"tag.{key}", lang)


def knobs(case: Case, lang: str) -> list[Knob]:
    """Everybody's means and suit first, then what lies folded behind them."""
    people = [p.id for p in case.parties if p.role != "victim" and not p.unstated]
    names = short_names(case, lang)
    helpers = [id for id in people if case.party(id).role != "principal"]
    found: list[Knob] = []
    for id in people:
        found += [_assets(case, id, names[id], lang), _check("sued", id, names[id], lang)]
    found += [_grade(id, names[id], lang) for id in helpers]
    if all(case.party(id).share is not None for id in people):
        found += [_share(id, tuple(people), names[id], lang) for id in people]
    found += [_limit(id, names[id], lang) for id in helpers]
    found += [_check("released", id, names[id], lang, "more") for id in people]
    found += [
        _others(case, row, names[entry.party], lang)
        for row, entry in enumerate(case.criminal)
        if entry.party in people
    ]
    return [*found, _victim(case.claimant, names[case.claimant], lang)]


def grouped(found: Iterable[str], group: str) -> tuple[str, ...]:
    """Which knobs lie folded in a group, of those there are."""
    kinds = GROUPS[group]
    ordered = sorted(found, key=lambda id: kinds.index(k) if (k := _kind(id)) in kinds else 0)
    return tuple(id for id in ordered if _kind(id) in kinds)


def _kind(id: str) -> str:
    return id.partition(":")[0]


def _label(key: str, who: str, lang: str) -> str:
    return words("liability", f"knob.{key}", lang, who=who)


def _assets(case: Case, id: str, who: str, lang: str) -> Knob:
    return Knob(
        f"assets:{id}",
        "range",
        _label("assets", who, lang),
        "assets",
        lambda now: to_yuan(now.party(id).assets_fen),
        lambda value, _: {f"{id}.assets_fen": to_fen(value)},
        id,
        ("assets_fen",),
        extra=yuan(case, lang, "unlimited"),
        absent="unlimited",
    )


def _check(name: str, id: str, who: str, lang: str, group: str = "sued") -> Knob:
    return Knob(
        f"{name}:{id}",
        "check",
        _label(name, who, lang),
        group,
        lambda now: getattr(now.party(id), name),
        lambda value, _: {f"{id}.{name}": bool(value)},
        id,
        (name,),
        extra={"tagged": False},  # whom to sue and whom to let off is the victim's choice, no fact
    )


def _grade(id: str, who: str, lang: str) -> Knob:
    options = [{"value": g, "label": words("terms", f"grades.{g}", lang)} for g in fault.GRADES]
    return Knob(
        f"grade:{id}",
        "select",
        _label("grade", who, lang),
        "grade",
        lambda case: fault.grade(case.party(id), regime_for(case)).value,
        lambda value, _: {f"{id}.grade": value, f"{id}.fault": None},
        id,
        ("grade", "fault"),
        extra={"options": options},
    )


def _share(id: str, everybody: tuple[str, ...], who: str, lang: str) -> Knob:
    return Shares(
        f"share:{id}",
        "range",
        _label("share", who, lang),
        "shares",
        lambda now: now.party(id).share,
        lambda value, now: _rescaled(now, id, everybody, value),
        id,
        ("share",),
        discretionary=True,
        extra=fraction(lang),
        everybody=everybody,
    )


def _rescaled(case: Case, id: str, everybody: tuple[str, ...], value: Any) -> dict[str, Any]:
    """All shares once `id` has `value`: the others keep their proportions to each other."""
    others = [other for other in everybody if other != id]
    if not others:
        return {f"{id}.share": 1.0}
    held = {other: case.party(other).share or 0 for other in others}
    whole = sum(held.values())
    rest, shares = 1 - value, {id: value}
    for other in others:
        part = held[other] / whole if whole else 1 / len(others)
        shares[other] = round(rest * part, 6)
    last = others[-1]
    shares[last] = max(0.0, round(1 - sum(s for o, s in shares.items() if o != last), 9))
    return {f"{other}.share": share for other, share in shares.items()}


def _limit(id: str, who: str, lang: str) -> Knob:
    return Knob(
        f"limit:{id}",
        "range",
        _label("limit", who, lang),
        "limits",
        lambda now: now.party(id).limit,
        lambda value, _: {f"{id}.limit": value},
        id,
        ("limit",),
        discretionary=True,
        extra=fraction(lang, "limit"),
    )


def _others(case: Case, row: int, who: str, lang: str) -> Knob:
    """Restitution to other victims, which comes before this claim or ranks with it."""
    return Verdict(
        f"others:{row}",
        "range",
        _label("others", who, lang),
        "more",
        lambda now: to_yuan(now.criminal[row].restitution_others_fen),
        lambda value, _: {f"criminal[{row}].restitution_others_fen": to_fen(value)},
        case.criminal[row].party,
        ("restitution_others_fen",),
        extra=yuan(case, lang),
        row=row,
    )


def _victim(id: str, who: str, lang: str) -> Knob:
    return Knob(
        "victim_fault",
        "range",
        _label("victim_fault", who, lang),
        "more",
        lambda now: now.party(id).fault or 0,
        lambda value, _: {f"{id}.fault": value},
        id,
        ("fault",),
        discretionary=True,
        extra=fraction(lang, most=MOST_FAULT),
    )
