"""What lesson 00 lets choose: how a count is made up, and which endings are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simlib.law.suit import endings
from simlib.text import words
from simlib.uncertainty.counts import Count, divide
from simlib.widgets.knob import Setting, is_whole
from simlib.widgets.start import sorting

TOPIC = "start_lesson"
DISMISSED, ALL = 36, 42  # the count the paper reports
OTHERS = ALL - DISMISSED
ENDINGS = tuple(each.id for each in endings())
SAMPLES, SIZES, LEVELS = ("picked", "random"), ("1", "10"), ("90", "95", "99")
FIRST: dict[str, Any] = {
    "rulings": None,
    "heard": OTHERS,
    "sample": "picked",
    "size": "1",
    "level": "95",
    "ending": "dismiss_claim",
    "beside": "dismiss_suit",
    "fact": False,
}
OPTIONS = {"sample": SAMPLES, "size": SIZES, "level": LEVELS, "ending": ENDINGS, "beside": ENDINGS}


def chosen(held: Mapping[str, Any]) -> dict[str, Any]:
    """All that can be chosen on the stage, with what stands where the reader chose nothing.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    sorting.chosen(held)
    found = FIRST | {name: held[name] for name in held if name in FIRST}
    rulings, heard = found["rulings"], found["heard"]
    known = (
        set(held) <= {*FIRST, *sorting.CHOICES}
        and (rulings is None or is_whole(rulings, DISMISSED))
        and is_whole(heard, OTHERS)
        and type(found["fact"]) is bool
        and all(found[name] in values for name, values in OPTIONS.items())
    )
    if not known:
        raise ValueError("no control gives this")
    return found


def count_of(held: Mapping[str, Any]) -> Count:
    """The count as the reader has made it up."""
    found = chosen(held)
    rulings = None if found["rulings"] is None else int(found["rulings"])
    times, level = int(found["size"]), int(found["level"]) / 100
    return divide(DISMISSED, ALL, rulings, int(found["heard"]), times, level)


# ---------------------------------------------------------------- the knobs


@dataclass(frozen=True, slots=True)
class Unsaid(Setting):
    """A choice about a fact that the paper leaves out: untouched it says so."""

    def tag(self, case: Any, changed: set[str], lang: str) -> tuple[str, str]:
        """The reader's own assumption, or that nobody published it."""
        if changed & self.paths:
            return Setting.tag(self, case, changed, lang)
        return "absent", words(TOPIC, f"knob.{self.absent}", lang)


def settings(lang: str) -> list[Setting]:
    """Every knob of the lesson; each scene shows its own."""
    return [
        _number(Unsaid, "rulings", DISMISSED, lang),
        _number(Setting, "heard", OTHERS, lang),
        _choice(Unsaid, "sample", lang, _named("sample", SAMPLES, lang)),
        _choice(Setting, "size", lang, _named("size", SIZES, lang)),
        _choice(Setting, "level", lang, _named("level", LEVELS, lang)),
        _choice(Setting, "ending", lang, _endings(lang), tagged=False),
        _choice(Setting, "beside", lang, _endings(lang), tagged=False),
        _fact(lang),
    ]


def _number(kind: type[Setting], name: str, most: int, lang: str) -> Setting:
    extra: dict[str, Any] = {"min": 0, "max": most, "step": 1}
    extra["unit"] = words(TOPIC, "knob.files", lang)
    if FIRST[name] is None:
        extra["open"] = words(TOPIC, "knob.open", lang)
    return _setting(kind, name, "range", lang, extra, "unpublished")


def _choice(
    kind: type[Setting], name: str, lang: str, options: dict[str, str], tagged: bool = True
) -> Setting:
    listed = [{"value": value, "label": label} for value, label in options.items()]
    extra = {"options": listed, "tagged": tagged}
    return _setting(kind, name, "choice", lang, extra, "retrieved")


def _fact(lang: str) -> Setting:
    return _setting(Setting, "fact", "check", lang, {}, "")


def _setting(
    kind: type[Setting], name: str, control: str, lang: str, extra: dict[str, Any], absent: str
) -> Setting:
    return kind(
        name,
        control,
        words(TOPIC, f"knob.{name}", lang),
        name,
        lambda held: chosen(held)[name],  # type: ignore[arg-type]  # a setting reads no case
        lambda value, _: {name: value},
        None,
        (name,),
        extra=extra,
        absent=absent,
    )


def _named(name: str, values: tuple[str, ...], lang: str) -> dict[str, str]:
    return {value: words(TOPIC, f"knob.{name}_is.{value}", lang) for value in values}


def _endings(lang: str) -> dict[str, str]:
    return {id: words(sorting.TOPIC, f"sort.ending.{id}", lang) for id in ENDINGS}
