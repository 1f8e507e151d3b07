"""What decides, in words: levers, targets, and what would have to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simlib.case.change import locate
from simlib.text import amount, percent, words
from simlib.uncertainty.question import PARAMETER, RULE

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.uncertainty import Change, Needed, Target

TOPIC = "uncertainty"


def lever_words(key: str, case: Case, lang: str = "zh") -> str:
    """A lever by name: `"zhang.push"` is 「张某的推动程度」.

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


def _whose(spot: tuple, case: Case, lang: str) -> str:
    """The name of the party a fact is about; nobody's if it is the case's own, or a pool's."""
    if len(spot) == 1:
        return ""
    row = getattr(case, spot[0])[spot[1]]
    ids = [getattr(row, field, None) for field in ("id", "party", "payer")]
    party = next((p for p in case.parties if p.id in ids), None)
    return getattr(party.name, lang) if party else ""


def value_words(value: object, unit: str, lang: str = "zh") -> str:
    """What a lever is put to, by its unit."""
    if unit == "fen":
        return amount(value, lang)
    if unit == "grade":
        return words("terms", f"grades.{value}", lang)
    if unit == "flag":
        return words("trace", "value.yes" if value else "value.no", lang)
    return f"{value:.4f}".rstrip("0").rstrip(".")


def target_words(target: Target, case: Case, lang: str = "zh") -> str:
    """A target as a clause."""
    party, _, field = target.output.rpartition(".")
    who = getattr(case.party(target.party or party).name, lang) if target.party or party else ""
    if target.party:
        form = "none" if target.mode == "not_liable" else target.mode
        mode = words("terms", f"forms.{form}", lang) if form else ""
        return words(TOPIC, f"targets.{target.key}", lang, who=who, mode=mode)
    what = words(TOPIC, f"outputs.{field}", lang, who=who)
    written = percent if field == "share" else amount
    return words(TOPIC, f"targets.{target.key}", lang, what=what, level=written(target.level, lang))


def needed_words(found: Needed, case: Case, lang: str = "zh") -> str:
    """What would have to change, in one to three sentences.

    Which levers never do it alone, and at which end unknown facts stand, is said if there are any.
    """
    target = target_words(found.target, case, lang)
    if not found.changes:
        return words(TOPIC, "needed.already", lang, target=target)
    moves = words(TOPIC, "patterns.and", lang).join(_move(c, case, lang) for c in found.changes)
    said = [words(TOPIC, "needed.is", lang, moves=moves, target=target)]
    if found.never:
        said.append(words(TOPIC, "needed.never", lang, levers=_listed(found.never, case, lang)))
    if found.end:
        said.append(words(TOPIC, f"needed.{found.end}", lang))
    return ("" if lang == "zh" else " ").join(said)


def nothing_words(target: Target, levers: Sequence[str], case: Case, lang: str = "zh") -> str:
    """That no value of some levers reaches a target: the answer where `needed` gives None."""
    listed = _listed(levers, case, lang)
    return words(
        TOPIC, "needed.nothing", lang, levers=listed, target=target_words(target, case, lang)
    )


def _listed(levers: Sequence[str], case: Case, lang: str) -> str:
    return words(TOPIC, "patterns.join", lang).join(lever_words(k, case, lang) for k in levers)


def _move(change: Change, case: Case, lang: str) -> str:
    """One change as a clause, in the rounder numbers."""
    key = f"moved.{'known_' if change.before is None else ''}{change.way}"
    return words(
        TOPIC,
        key,
        lang,
        lever=lever_words(change.key, case, lang),
        before="" if change.before is None else value_words(change.before, change.unit, lang),
        after=value_words(change.said, change.unit, lang),
    )
