"""The knobs of lesson 04: means and suit of everybody; shares, limits and the rest folded away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.figures.people import short_names
from simlib.text import words
from simlib.widgets.knob import Knob, fraction, to_fen, to_yuan, yuan

if TYPE_CHECKING:
    from simlib.case.model import Case

FOLDED = ("shares", "limits", "more")
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
    people = [p.id for p in case.parties if p.role != "victim"]
    names = short_names(case, lang)
    found: list[Knob] = []
    for id in people:
        found += [_assets(case, id, names[id], lang), _check("sued", id, names[id], lang)]
    if all(case.party(id).share is not None for id in people):
        found += [_share(id, tuple(people), names[id], lang) for id in people]
    helpers = [id for id in people if case.party(id).role != "principal"]
    found += [_limit(id, names[id], lang) for id in helpers]
    found += [_check("released", id, names[id], lang, "more") for id in people]
    found += [
        _others(case, row, names[entry.party], lang)
        for row, entry in enumerate(case.criminal)
        if entry.party in people
    ]
    return [*found, _victim(case.claimant, names[case.claimant], lang)]


def folded(lang: str) -> dict[str, str]:
    """Group → the title it lies under."""
    return {group: words("liability", f"knobs.{group}", lang) for group in FOLDED}


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


def _rescaled(case: Case, id: str, everybody: tuple[str, ...], value: float) -> dict:
    """All shares once `id` has `value`: the others keep their proportions to each other."""
    others = [other for other in everybody if other != id]
    if not others:
        return {f"{id}.share": 1.0}
    whole = sum(case.party(other).share for other in others)
    rest, shares = 1 - value, {id: value}
    for other in others:
        part = case.party(other).share / whole if whole else 1 / len(others)
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
