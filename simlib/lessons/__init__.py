"""The lessons, one folder each: what a lesson is stands in its `lesson.toml`, its values and
reasons in `outcomes.py`, its drawings in `pictures.py`.

This module lists them and reads nothing else of them; `simlib.lessons.declaration` reads one.
"""

from __future__ import annotations

from functools import cache

from simlib.resources import PACKAGE, Table, table

FILE = "lesson.toml"


@cache
def topics() -> tuple[str, ...]:
    """List the topics of the lessons by their number.

    Examples
    --------
    >>> topics()[0], topics()[-1]
    ('start', 'evidence')
    """
    found = [path.parent.name for path in (PACKAGE / "lessons").glob(f"*/{FILE}")]
    return tuple(sorted(found, key=lambda topic: str(head(topic)["no"])))


def head(topic: str) -> Table:
    """Return a declaration as it stands in its file; `no`, `minutes`, `cases` are in each."""
    return table("lessons", topic, FILE)


def names() -> tuple[str, ...]:
    """List what the notebooks are called, in order: `07-procedure`.

    Examples
    --------
    >>> names()[0]
    '00-start'
    """
    return tuple(f"{head(topic)['no']}-{topic}" for topic in topics())
