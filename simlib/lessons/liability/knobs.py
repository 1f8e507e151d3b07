"""The knobs of lesson 04: form and rules; means, suit, grade, share, limit, release of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from simlib.figures.names_of_people import short_names
from simlib.law.regime import checked_rules, regime_for, rule, rule_keys
from simlib.lessons.knob import (
    STEP,
    Knob,
    RowFact,
    Setting,
    fact,
    fraction,
    grade,
    means,
    to_fen,
    to_yuan,
    yuan,
)
from simlib.lessons.liability.outcomes import JOINT, MODES, liable_ids, mode_name, rules_in
from simlib.lessons.outcome import Say
from simlib.lessons.reader import lesson_of
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case

TOPIC = "liability"
Option: TypeAlias = dict[str, str]  # its value and its label
SHOWN = lesson_of(TOPIC).knobs["mode"].options
OTHERS = tuple(mode for mode in MODES if mode not in SHOWN)
ONE_OF_SHOWN = ""  # what the list of the other forms says while one of those in sight is chosen
# of finding a grade (lesson 02) and of giving back frozen money (06): no outcome depends on them
ELSEWHERE = ("rebuttal", "frozen_share")
RULES = tuple(key for key in rule_keys() if key not in ELSEWHERE)
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
class Others(RowFact):
    """Restitution to other victims; of a criminal case that orders none it is not stated."""

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Assumed by the reader, or as the case has it."""
        kind, said = RowFact.tag(self, case, changed, lang)
        if kind == "stated" and not self.read(case):
            return "absent", words("lab", "tag.absent", lang)
        return kind, said


def knobs(case: Case, base: Callable[[], Case], party: str, lang: str) -> list[Knob]:
    """Form and rules first, then everybody's means and suit, then what lies folded behind them.

    Parameters
    ----------
    base
        the case before the reader's changes: whom a knob clears keeps his knobs
    """
    say, names, file = Say(TOPIC, lang), short_names(case, lang), base()
    people = liable_ids(file if file.id == case.id else case)
    helpers = [id for id in people if case.party(id).role != "principal"]

    def each(make: Callable[..., Knob], ids: Iterable[str], *more: object) -> list[Knob]:
        return [make(case, id, names[id], say, *more) for id in ids]

    shared = all(case.party(id).share is not None for id in people)
    return [
        *(_mode(say), _other_mode(say), *(_rule(key, case, say) for key in RULES)),
        *(*each(_assets, people), *each(_check, people, "sued", "money")),
        *each(_grade, helpers),
        *each(_share, people if shared else (), tuple(people)),
        *each(_limit, helpers),
        *each(_check, people, "released", "more"),
        *(_others(case, row, names[entry.party], say)
          for row, entry in enumerate(case.criminal) if entry.party in people),
        *each(_victim, (case.claimant,)),
    ]  # fmt: skip


# ---------------------------------------------------------------- beside the facts


def mode_of(held: Mapping[str, Any]) -> str:
    """The form of liability that is chosen."""
    return str(held.get("mode", JOINT))


def _mode(say: Say) -> Setting:
    return _of_mode("mode", "choice", say("choose.mode"), SHOWN, None, _modes(SHOWN, say.lang))


def _other_mode(say: Say) -> Setting:
    first = {"value": ONE_OF_SHOWN, "label": say("choose.one_of_shown")}
    listed = [first, *_modes(OTHERS, say.lang)]
    return _of_mode("mode_other", "select", say("choose.other"), OTHERS, ONE_OF_SHOWN, listed)


def _of_mode(
    id: str, kind: str, label: str, modes: Sequence[str], idle: str | None, listed: list[Option]
) -> Setting:
    """Make a control of the form that is chosen; `idle` is what it says of any other."""

    def read(held: Any) -> str | None:
        return mode_of(held) if mode_of(held) in modes else idle

    def write(value: object, held: Any) -> dict[str, Any]:
        return {"mode": value or _kept(held)}

    extra = {"options": listed, "tagged": False}
    return Setting(id, kind, label, "modes", read, write, None, ("mode",), extra=extra)


def _kept(held: Mapping[str, Any]) -> str:
    """The form in sight that stays, or comes back when none of the others is wanted."""
    return mode_of(held) if mode_of(held) in SHOWN else JOINT


def _modes(modes: Iterable[str], lang: str) -> list[Option]:
    names = {mode: mode_name(mode, lang) for mode in modes}
    return [{"value": mode, "label": name[0].upper() + name[1:]} for mode, name in names.items()]


def _rule(key: str, case: Case, say: Say) -> Setting:
    found = rule(key)
    named = {v: say(f"parameters:rules.{key}.values.{v}") for v in found.values if not found.ends}
    extra: dict[str, Any] = {"options": [{"value": v, "label": n} for v, n in named.items()]}
    if found.ends:
        extra = {"min": found.ends[0], "max": found.ends[1], "step": STEP, "unit": ""}
    kind, label = "range" if found.ends else "select", say(f"parameters:rules.{key}.name")

    def read(held: Any) -> object:
        return checked_rules(rules_in(held), regime_for(case))[key]

    return Setting(key, kind, label, "rules", read, lambda value, _: {key: value}, None, (key,),
                   extra=extra, basis=found.basis)  # fmt: skip


# ---------------------------------------------------------------- facts


def _assets(case: Case, id: str, who: str, say: Say) -> Knob:
    label = say("knob.assets", who=who)
    return means(case, id, label, say.lang, f"assets:{id}", "money", "unlimited")


def _check(case: Case, id: str, who: str, say: Say, name: str, group: str) -> Knob:
    """Whom to sue and whom to let off is the victim's choice, no fact: it has no tag."""
    return fact(f"{name}:{id}", "check", id, say(f"knob.{name}", who=who), group, name, taken=bool,
                extra={"tagged": False})  # fmt: skip


def _limit(case: Case, id: str, who: str, say: Say) -> Knob:
    return fact(f"limit:{id}", "range", id, say("knob.limit", who=who), "court", "limit",
                discretionary=True, extra=fraction(say.lang, "limit"))  # fmt: skip


def _victim(case: Case, id: str, who: str, say: Say) -> Knob:
    return fact(f"fault:{id}", "range", id, say("knob.victim_fault", who=who), "court", "fault",
                shown=lambda value: value or 0, discretionary=True,
                extra=fraction(say.lang, most=MOST_FAULT))  # fmt: skip


def _grade(case: Case, id: str, who: str, say: Say) -> Knob:
    return grade(id, say("knob.grade", who=who), say.lang, f"grade:{id}", "select", "court")


def _share(case: Case, id: str, who: str, say: Say, everybody: tuple[str, ...]) -> Knob:
    return Shares(
        f"share:{id}",
        "range",
        say("knob.share", who=who),
        "court",
        lambda now: now.party(id).share,
        lambda value, now: _rescaled(now, id, everybody, value),
        id,
        ("share",),
        discretionary=True,
        extra=fraction(say.lang),
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


def _others(case: Case, row: int, who: str, say: Say) -> Knob:
    """Restitution to other victims, which comes before this claim or ranks with it."""
    stem = f"criminal[{row}]"
    return Others(
        f"others:{row}",
        "range",
        say("knob.others", who=who),
        "more",
        lambda now: to_yuan(now.criminal[row].restitution_others_fen),
        lambda value, _: {f"{stem}.restitution_others_fen": to_fen(value)},
        case.criminal[row].party,
        ("restitution_others_fen",),
        extra=yuan(case, say.lang),
        stem=stem,
    )
