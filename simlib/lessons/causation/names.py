"""How lesson 03 names acts and parties, the same in every figure."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.explain import act_kind, act_title
from simlib.figures.names_of_people import short_names
from simlib.text import percent, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation.act_graph import Graph

DENOMINATOR = 5_040  # exact fractions of up to seven players


def lesson(key: str, lang: str, **values: object) -> str:
    """Return words of lesson 03."""
    return words("causation_lesson", key, lang, **values)


def engine(key: str, lang: str, **values: object) -> str:
    """Return words for keys of the engine."""
    return words("causation", key, lang, **values)


def title_of(case: Case, acts: Graph, id: str, lang: str) -> str:
    """Name an act without its actor."""
    if acts.node(id).title is not None:
        return act_title(id, case, lang)
    return act_kind(case, id, lang)


def titles(case: Case, acts: Graph, ids: Iterable[str], lang: str, form: str = "of") -> str:
    """List acts with their actors: `of` for a label, `in_text` for a sentence."""
    called = short_names(case, lang)
    return lesson("act.between", lang).join(
        lesson(
            f"act.{form}",
            lang,
            who=called[acts.node(id).party],
            act=title_of(case, acts, id, lang),
        )
        for id in ids
    )


def share_words(value: float, lang: str) -> str:
    """Write an index as a fraction of small numbers, else as a percentage."""
    fraction = Fraction(value).limit_denominator(DENOMINATOR)
    return str(fraction) if abs(float(fraction) - value) < 1e-9 else percent(value, lang)
