"""Exercises: facts drawn from a seed, questions in steps, keys that the engine computes.

Same topic, name and seed give the same variant on every machine. The room speaks keys and
numbers; `simlib.worksheet` puts them into words.

Examples
--------
>>> one = draw("liability", "rounding", seed=1)
>>> one == draw("liability", "rounding", seed=1), one == draw("liability", "rounding", seed=2)
(True, False)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING
from zlib import crc32

from simlib.errors import OutOfScope, UnknownName
from simlib.exercise.marking import POINTS, TRIES, Verdict, mark
from simlib.exercise.model import LAYERS, Amount, Choice, Exercise, Phrase, Slip, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.exercise.variants import Template

__all__ = [
    "LAYERS",
    "MOST_SEED",
    "POINTS",
    "TRIES",
    "Amount",
    "Choice",
    "Exercise",
    "Phrase",
    "Slip",
    "Step",
    "Verdict",
    "draw",
    "mark",
    "names",
    "series",
    "topics",
]

MOST_SEED = 999_999
TOPICS = (
    "start", "case", "fault", "causation", "liability", "riskbenefit", "chain", "procedure",
    "evidence",
)  # fmt: skip


def topics() -> tuple[str, ...]:
    """List the topics that have exercises, in the order of the lessons."""
    return TOPICS


def names(topic: str) -> tuple[str, ...]:
    """List the exercises of a topic in order; raises `UnknownName` if it has none."""
    return tuple(_topic(topic))


def draw(topic: str, name: str, seed: int) -> Exercise:
    """Draw one variant of one exercise.

    Parameters
    ----------
    seed
        which variant, 0 to `MOST_SEED`

    Raises
    ------
    UnknownName
        if there is no such topic or exercise
    OutOfScope
        for another seed
    """
    from numpy.random import PCG64, Generator  # who draws nothing does not pay for numpy

    templates = _topic(topic)
    if name not in templates:
        raise UnknownName.among("exercise", name, templates)
    if not 0 <= seed <= MOST_SEED:
        raise OutOfScope("seed-out-of-range", seed=seed, high=MOST_SEED)
    # the name is part of the seed, so that exercises beside each other draw differently
    rng = Generator(PCG64([seed, crc32(f"{topic}.{name}".encode())]))
    return templates[name](rng, seed).under(name, topic, seed)


def series(topic: str, seed: int, count: int) -> list[Exercise]:
    """Draw `count` exercises: all of the topic with `seed`, then all with the next seed, and on.

    Raises
    ------
    UnknownName, OutOfScope
        as `draw`
    """
    own = names(topic)
    return [draw(topic, own[n % len(own)], seed + n // len(own)) for n in range(count)]


def _topic(topic: str) -> Mapping[str, Template]:
    """Load the templates of one topic from its own package, and no other topic's."""
    if topic not in TOPICS:
        raise UnknownName.among("topic", topic, TOPICS)
    templates: Mapping[str, Template] = import_module(f"{__name__}.{topic}").TEMPLATES
    return templates
