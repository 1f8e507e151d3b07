"""The five layers of authenticity: how it was got, whole, when, in whose hands, and to whom tied.

They order what is to be shown (a classroom's order, not a statute's); the rules say what follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.evidence.attributes import Facts

SHOWN, OPEN, BROKEN = STATES = ("shown", "open", "broken")
LAYERS = ("acquisition", "integrity", "time", "custody", "link")
BASIS = "teaching assumption"  # that there are five, and which fact belongs where
CITES = {
    "acquisition": ("evidence-rules:15", "evidence-rules:93(1)"),
    "integrity": ("evidence-rules:93(1)", "online-litigation-rules:16"),
    "time": ("evidence-rules:93(1)",),
    "custody": ("evidence-rules:93(1)",),
    "link": ("online-litigation-rules:15",),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: its `state` (one of `STATES`), the stated facts that give it, and its authority."""

    state: str
    facts: tuple[str, ...]
    cites: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return the layer as plain JSON data."""
        return {"state": self.state, "facts": list(self.facts), "cites": list(self.cites)}


def layers(facts: Facts, *, presumed: bool) -> dict[str, Layer]:
    """Return the five layers.

    Parameters
    ----------
    facts
        what is stated
    presumed
        whether it is presumed not altered since it was stored: then it is whole since that day and
        existed on it, which says nothing on the day it was made
    """
    chain = ("on_chain", "digest_matches") if presumed else ()
    broken = {
        "acquisition": facts.denied(("maker_known",)) or _no_original(facts),
        "integrity": facts.denied(("digest_matches", "kept_whole")) + facts.held(("overturned",)),
        "time": facts.denied(("time_fits",)),
        "custody": facts.denied(("custody",)),
        "link": facts.denied(("account_linked", "money_linked")),
    }
    shown = {
        "acquisition": _all(facts, ("maker_known", "original")),
        "integrity": chain + facts.held(("kept_whole",)),
        "time": facts.held(("time_stamped",)) or chain,
        "custody": facts.held(("custody",)),
        "link": _all(facts, ("account_linked", "money_linked")),
    }
    return {name: _layer(name, broken[name], shown[name]) for name in LAYERS}


def _layer(name: str, broken: tuple[str, ...], shown: tuple[str, ...]) -> Layer:
    state = BROKEN if broken else SHOWN if shown else OPEN
    return Layer(state, broken or shown, CITES[name])


def _no_original(facts: Facts) -> tuple[str, ...]:
    names = ("original", "comparable")
    return names if facts.denied(names) == names else ()


def _all(facts: Facts, names: tuple[str, ...]) -> tuple[str, ...]:
    return names if facts.held(names) == names else ()
