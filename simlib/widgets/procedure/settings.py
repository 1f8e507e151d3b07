"""What lesson 07 lets choose: days, proof, readings, what the criminal judgment orders, means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simlib.figures.procedure.names import lesson
from simlib.figures.suits import engine
from simlib.procedure import REGIMES, SWITCHES, VARIANTS
from simlib.procedure.known_days import entry_of
from simlib.procedure.proof import own_proof
from simlib.procedure.regimes import chosen as switches_of
from simlib.text import words
from simlib.widgets import tools
from simlib.widgets.knob import Knob, Setting, is_whole, means

if TYPE_CHECKING:
    from simlib.case.model import Case

PROOFS = ("none", "some", "enough")
DISPOSITIONS = SWITCHES["disposition"][1:]
VIEWS = ("steps", "limits", "chances")
FIRST: dict[str, Any] = {
    "sue": 1, "caught": 0, "proof": None, "effective": None, "disposition": None,
    "reading_176": "narrow", "reading_129": "excludes", "preserve": None, "leak": 5,
    "view": "steps", "regime": "stay_if_prejudicial", "variant": "ordinary",
}  # fmt: skip
BELOW = ("view", "regime", "variant")  # chosen in the module below the stage
MOST = {"sue": 36, "caught": 24, "effective": 36, "preserve": 36, "leak": 30}
OPEN = ("caught", "effective", "preserve")  # None: never, or not stated
OPTIONS: dict[str, tuple[str | None, ...]] = {
    "proof": (None, *PROOFS),
    "disposition": (None, *DISPOSITIONS),
    "reading_176": SWITCHES["reading_176"],
    "reading_129": SWITCHES["reading_129"],
    "view": VIEWS,
    "regime": REGIMES,
    "variant": VARIANTS,
}
READING = "doctrine"
OF_FILE = "stated"  # what the file says of it is a fact; of what she can prove it is read off


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
        and all(found[name] in values for name, values in OPTIONS.items())
    )
    if not known:
        raise ValueError("no control gives this")
    return found


# ---------------------------------------------------------------- the knobs


@dataclass(frozen=True, slots=True)
class OfFile(Setting):
    """A choice that the file answers where the reader did not."""

    def at(self, case: Case, chosen: Mapping[str, Any]) -> object:
        """What was chosen, else what the file comes to."""
        name = self.fields[0]
        return chosen.get(name) or (
            own_proof(case, switches_of(None)) if name == "proof" else ordered(case)
        )

    def tag(self, case: Any, changed: set[str], lang: str) -> tuple[str, str]:
        """The reader's own assumption, or what is read off the file."""
        if changed & self.paths:
            return Setting.tag(self, case, changed, lang)
        if self.basis == OF_FILE:
            return "stated", words("lab", "tag.stated", lang)
        return Setting.tag(self, case, changed, lang)


def ordered(case: Case) -> str:
    """What the criminal judgment of the file ordered for her."""
    entry = entry_of(case)
    return (entry.restitution if entry else None) or "none"


def knobs(case: Case, party: str, lang: str) -> list[Knob]:
    """Every knob of the lesson; each scene shows its own."""
    found: list[Knob] = [
        _months("sue", lang),
        _months("caught", lang),
        _of_file("proof", PROOFS, lang),
        _months("effective", lang),
        _of_file("disposition", DISPOSITIONS, lang),
        _reading("reading_176", lang),
        _reading("reading_129", lang),
        _months("preserve", lang),
        _leak(lang),
    ]
    return [*found, means(case, party, lesson("knob.assets", lang), lang)] if party else found


def _months(name: str, lang: str) -> Setting:
    extra: dict[str, Any] = {"min": 0, "max": MOST[name], "step": 1}
    extra["unit"] = lesson("knob.month", lang)
    if name in OPEN:
        extra["open"] = lesson(f"knob.{name}_open", lang)
    return _setting(Setting, name, "range", lang, extra)


def _leak(lang: str) -> Setting:
    extra: dict[str, Any] = {"min": 0, "max": MOST["leak"], "step": 1, "unit": "%"}
    return _setting(Setting, "leak", "range", lang, extra)


def _of_file(name: str, values: tuple[str, ...], lang: str) -> Setting:
    basis = OF_FILE if name == "disposition" else "teaching assumption"
    extra = {"options": _options(name, values, lang)}
    return _setting(OfFile, name, "choice", lang, extra, basis)


def _reading(name: str, lang: str) -> Setting:
    extra = {"options": _options(name, SWITCHES[name], lang)}
    return _setting(Setting, name, "choice", lang, extra, READING)


def _options(name: str, values: tuple[str, ...], lang: str) -> list[dict[str, str]]:
    return [{"value": v, "label": lesson(f"knob.{name}_is.{v}", lang)} for v in values]


def _setting(
    kind: type[Setting],
    name: str,
    control: str,
    lang: str,
    extra: dict[str, Any],
    basis: str = "teaching assumption",
) -> Setting:
    return kind(
        name,
        control,
        lesson(f"knob.{name}", lang),
        name,
        lambda held: chosen(held)[name],  # type: ignore[arg-type]  # a setting reads no case
        lambda value, _: {name: value},
        None,
        (name,),
        extra=extra,
        basis=basis,
    )


# ---------------------------------------------------------------- of the module


def view_spec(view: str, lang: str) -> list[dict[str, Any]]:
    """Which table; for the steps also of which regime and which time line."""
    views = [(name, lesson(f"choose.views.{name}", lang)) for name in VIEWS]
    spec = [tools.options("choice", "view", lesson("choose.view", lang), views)]
    if view != "steps":
        return spec
    regimes = [(name, lesson(f"rows.{name}.name", lang)) for name in REGIMES]
    variants = [(name, engine(f"variants.{name}", lang)) for name in VARIANTS]
    spec.append(tools.options("choice", "regime", lesson("choose.regime", lang), regimes))
    spec.append(tools.options("choice", "variant", lesson("choose.variant", lang), variants))
    return spec
