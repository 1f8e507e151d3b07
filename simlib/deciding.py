"""What decides, in words: levers, targets, and what would have to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, SupportsInt

from simlib.case.changed_case import locate
from simlib.text import amount, percent, words
from simlib.uncertainty.question import PARAMETER, RULE

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.case.problem_places import Spot
    from simlib.uncertainty import Change, Needed, Target

TOPIC = "uncertainty"


def lever_words(key: str, case: Case, lang: str = "zh") -> str:
    """Name a lever: `"zhang.push"` is 「张某的推动程度」.

    Parameters
    ----------
    key
        a path, `parameter:<key>` or `rule:<key>`
    """
    if key.startswith(PARAMETER):
        return words("parameters", f"{key.removeprefix(PARAMETER)}.name", lang)
    if key.startswith(RULE):
        return words("parameters", f"rules.{key.removeprefix(RULE)}.name", lang)
    spot = locate(case, key)
    table = "proof" if len(spot) == 4 else "facts"
    what = words(TOPIC, f"{table}.{spot[-1]}", lang)
    who = _whose(spot, case, lang)
    return words(TOPIC, "patterns.of", lang, who=who, what=what) if who else what


def _whose(spot: Spot, case: Case, lang: str) -> str:
    """Name the party a fact is about; nobody if it is the case's own, or a pool's."""
    if len(spot) == 1:
        return ""
    row = getattr(case, str(spot[0]))[spot[1]]
    ids = [getattr(row, field, None) for field in ("id", "party", "payer")]
    party = next((p for p in case.parties if p.id in ids), None)
    return str(getattr(party.name, lang)) if party else ""


def value_words(value: object, unit: str, lang: str = "zh") -> str:
    """Write what a lever is put to, by its unit."""
    if unit == "fen" and isinstance(value, SupportsInt):
        return amount(int(value), lang)
    if unit == "grade":
        return words("terms", f"grades.{value}", lang)
    if unit == "flag":
        return words("trace", "value.yes" if value else "value.no", lang)
    return f"{value:.4f}".rstrip("0").rstrip(".")


def target_words(target: Target, case: Case, lang: str = "zh") -> str:
    """Put a target into a clause."""
    party, _, field = target.output.rpartition(".")
    who = getattr(case.party(target.party or party).name, lang) if target.party or party else ""
    if target.party:
        form = "none" if target.mode == "not_liable" else target.mode
        mode = words("terms", f"forms.{form}", lang) if form else ""
        return words(TOPIC, f"targets.{target.key}", lang, who=who, mode=mode)
    what = words(TOPIC, f"outputs.{field}", lang, who=who)
    level = percent(target.level, lang) if field == "share" else amount(int(target.level), lang)
    return words(TOPIC, f"targets.{target.key}", lang, what=what, level=level)


def needed_words(answer: Needed, case: Case, lang: str = "zh") -> str:
    """Say what would have to change, in one to three sentences.

    The second names levers that never do it alone, the third the end at which unknown facts stand.
    """
    target = target_words(answer.target, case, lang)
    if not answer.changes:
        return words(TOPIC, "needed.already", lang, target=target)
    moves = words(TOPIC, "patterns.and", lang).join(_move(c, case, lang) for c in answer.changes)
    sentences = [words(TOPIC, "needed.is", lang, moves=moves, target=target)]
    if answer.never:
        sentences.append(
            words(TOPIC, "needed.never", lang, levers=_listed(answer.never, case, lang))
        )
    if answer.end:
        sentences.append(words(TOPIC, f"needed.{answer.end}", lang))
    return ("" if lang == "zh" else " ").join(sentences)


def nothing_words(target: Target, levers: Sequence[str], case: Case, lang: str = "zh") -> str:
    """Say that no value of some levers reaches a target: where `needed` returns None."""
    listed = _listed(levers, case, lang)
    return words(
        TOPIC, "needed.nothing", lang, levers=listed, target=target_words(target, case, lang)
    )


def _listed(levers: Sequence[str], case: Case, lang: str) -> str:
    return words(TOPIC, "patterns.join", lang).join(lever_words(k, case, lang) for k in levers)


def _move(change: Change, case: Case, lang: str) -> str:
    """Put one change into a clause, in the rounder numbers."""
    key = f"moved.{'known_' if change.before is None else ''}{change.way}"
    return words(
        TOPIC,
        key,
        lang,
        lever=lever_words(change.key, case, lang),
        before="" if change.before is None else value_words(change.before, change.unit, lang),
        after=value_words(change.rounded, change.unit, lang),
    )
