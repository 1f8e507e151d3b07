"""Exempt technology: the conditions under which the proposal holds a tool's maker faultless.

The paper asks for an exemption and does not list its conditions. These five are a teaching
assumption, drawn from duties and signs of knowledge the law already names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Party

CONDITIONS = ("general_purpose", "verified", "market_price", "no_flags", "acted_on_notice")
CITES = (
    "paper:exempt-tech",
    "anti-fraud-law:25(2)",
    "bx-2019:11",
    "civil-code:1195(2)",
    "civil-code:1197",
)


@dataclass(frozen=True, slots=True)
class Exemption:
    """What is known of the five conditions.

    Attributes
    ----------
    stated
        whether the case speaks of an exemption at all
    shown, failed, open
        conditions that are shown, that are known not to be met, and that nobody showed
    trace
        the grade of fault that follows, from the conditions; None if nothing is stated
    """

    stated: bool
    shown: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    trace: Trace | None = None

    @property
    def holds(self) -> bool:
        """Whether all five are shown; who claims an exemption has to show it."""
        return len(self.shown) == len(CONDITIONS)

    @property
    def missing(self) -> tuple[str, ...]:
        """The conditions it fails for, met by nobody or shown by nobody, in their order."""
        return tuple(c for c in CONDITIONS if self.stated and c not in self.shown)


def exemption(party: Party) -> Exemption:
    """Tell whether a technical helper is exempt: only if every condition is shown.

    A condition that is not known counts as not shown. It does not widen the share to an interval:
    the burden of showing it lies on him.
    """
    facts = party.exemption
    if facts is None or party.act != "tech":
        return Exemption(False)
    values = {name: getattr(facts, name) for name in CONDITIONS}
    shown, failed, open_ = (
        tuple(name for name, value in values.items() if value is wanted)
        for wanted in (True, False, None)
    )
    return Exemption(True, shown, failed, open_, _trace(party, values))


def _trace(party: Party, values: dict[str, bool | None]) -> Trace:
    where = f"case:parties.{party.id}.exemption"
    children = tuple(
        Trace(f"exemption_{name}", value, "flag", source=f"{where}.{name}")
        for name, value in values.items()
    )
    holds = all(value is True for value in values.values())
    rule = "exemption.all-shown" if holds else "exemption.not-all"
    return Trace("exempt", holds, "flag", rule, children, party=party.id, cites=CITES)
