"""Rules that were read otherwise when a link or draft was saved: which moved, in words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from simlib.errors import SimlibError
from simlib.law.rule import earlier_defaults, rule
from simlib.text import words

if TYPE_CHECKING:
    from simlib.law.rule import Value

TOPIC = "stage"


def moved(link: int, shown: Callable[[dict[str, Value]], object]) -> list[str]:
    """Return the rules without which the numbers of then would not be other ones now.

    Parameters
    ----------
    link
        the format of the link or draft
    shown
        what is shown with some rules chosen; it may raise `SimlibError`
    """
    now, found = shown({}), []
    for key, value in earlier_defaults(link).items():
        with suppress(SimlibError):
            if shown({key: value}) != now:
                found.append(key)
    return found


def said(link: int, keys: list[str], lang: str) -> str:
    """Say that these rules had another default then, and which."""
    listed = []
    for key in keys:
        then, now = (
            words("parameters", f"rules.{key}.values.{value}", lang)
            for value in (earlier_defaults(link)[key], rule(key).values[0])
        )
        name = words("parameters", f"rules.{key}.name", lang)
        listed.append(words(TOPIC, "earlier.rule", lang, name=name, then=then, now=now))
    return words(TOPIC, "earlier.said", lang, rules=words(TOPIC, "earlier.and", lang).join(listed))
