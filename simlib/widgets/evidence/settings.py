"""What lesson 08 lets choose: days, how fast a holder answers, preservation, and what is folded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.evidence import REPLIES
from simlib.evidence.request import POLICE
from simlib.figures.evidence.names import lesson
from simlib.widgets import tools
from simlib.widgets.knob import Knob, Setting, is_whole, means

if TYPE_CHECKING:
    from simlib.case.model import Case

FIRST: dict[str, Any] = {
    "ask": 30, "reply": REPLIES[0], "preserve": None, "sue": 6, "caught": 0, "beyond": 0,
    "delete": 2, "police": POLICE[0], "refuses": False, "mandatory": False,
    "objection": "none", "explains": "source", "complies": True, "view": "remedies",
}  # fmt: skip
VIEWS = ("remedies", "staff")
BELOW = ("view",)  # chosen in the module below the stage
MOST = {"ask": 400, "preserve": 320, "sue": 36, "caught": 24, "beyond": 3_650, "delete": 50}
OPEN = ("preserve", "caught")  # None: never
OPTIONS: dict[str, tuple[object, ...]] = {
    "reply": REPLIES,
    "police": POLICE,
    "refuses": (False, True),
    "mandatory": (False, True),
    "objection": ("none", "after", "before"),
    "explains": ("none", "source", "notary", "borne_out"),
    "complies": (True, False),
    "view": VIEWS,
}
UNITS = {"sue": "month", "caught": "month", "delete": "mille"}  # others are days
STEPS = {"beyond": 10}
PAPER = ("mandatory",)  # what the paper proposes


def chosen(held: Mapping[str, Any]) -> dict[str, Any]:
    """All that can be chosen, with what stands where the reader chose nothing.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    found = FIRST | {name: held[name] for name in held if name in FIRST}
    known = (
        set(held) <= set(FIRST)
        and all(is_whole(found[n], most, n in OPEN) for n, most in MOST.items())
        and all(_is_one(found[name], values) for name, values in OPTIONS.items())
    )
    if not known:
        raise ValueError("no control gives this")
    return found


def _is_one(value: object, values: tuple[object, ...]) -> bool:
    return any(type(value) is type(each) and value == each for each in values)


def knobs(case: Case, party: str, lang: str) -> list[Knob]:
    """Every knob of the lesson; each scene shows its own."""
    found: list[Knob] = [_range(name, lang) for name in MOST]
    found += [_choice(name, lang) for name in ("reply", "police", "objection", "explains")]
    found += [_check(name, lang) for name in ("refuses", "mandatory", "complies")]
    return [*found, means(case, party, lesson("knob.assets", lang), lang)] if party else found


def _range(name: str, lang: str) -> Setting:
    unit = lesson(f"knob.unit.{UNITS.get(name, 'day')}", lang)
    extra: dict[str, Any] = {"min": 0, "max": MOST[name], "step": STEPS.get(name, 1), "unit": unit}
    if name in OPEN:
        extra["open"] = lesson(f"knob.{name}_open", lang)
    return _setting(name, "range", lang, extra)


def _choice(name: str, lang: str) -> Setting:
    options = [{"value": v, "label": lesson(f"knob.{name}_is.{v}", lang)} for v in OPTIONS[name]]
    return _setting(name, "choice", lang, {"options": options})


def _check(name: str, lang: str) -> Setting:
    return _setting(name, "check", lang, {})


def _setting(name: str, control: str, lang: str, extra: dict[str, Any]) -> Setting:
    return Setting(
        name,
        control,
        lesson(f"knob.{name}", lang),
        name,
        lambda held: chosen(held)[name],  # type: ignore[arg-type]  # a setting reads no case
        lambda value, _: {name: value},
        None,
        (name,),
        extra=extra,
        basis="reform proposal" if name in PAPER else "teaching assumption",
    )


# ---------------------------------------------------------------- of the module


def view_spec(lang: str) -> list[dict[str, Any]]:
    """Which table."""
    views = [(name, lesson(f"choose.views.{name}", lang)) for name in VIEWS]
    return [tools.options("choice", "view", lesson("choose.view", lang), views)]
