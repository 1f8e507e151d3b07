"""How a first-instance suit for money can end, and what the law ties to the document, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from simlib.resources import table

# attribute → what it can be, in the order a reader is asked
ATTRIBUTES = {
    "document": ("ruling", "judgment"),
    "merits": ("unheard", "heard"),
    "fee": ("free", "loser"),
    "appeal": ("10", "15"),
    "again": ("refile", "barred"),
}

BARRED, NEW_FACT = "barred", "new_fact"  # of `again`; the second is no answer that is offered


@dataclass(frozen=True, slots=True)
class Ending:
    """One way for a suit to end.

    Attributes
    ----------
    id
        `refuse_suit` (不予受理), `dismiss_suit` (驳回起诉), `dismiss_claim` (驳回诉讼请求),
        `support`
    values
        attribute → one of `ATTRIBUTES[attribute]`: the document, whether the merits were heard,
        who pays the acceptance fee, the days for an appeal, whether she may sue again
    cites
        attribute → ids of the articles it rests on
    """

    id: str
    values: Mapping[str, str]
    cites: Mapping[str, tuple[str, ...]]

    def after_new_fact(self) -> Ending:
        """Return what holds once a new fact has come about after the decision took effect.

        Who was barred from suing on the same matter may sue again (CPL Interpretation art. 248).
        """
        barred = self.values["again"] == BARRED
        return replace(self, values={**self.values, "again": NEW_FACT}) if barred else self

    def to_json(self) -> dict[str, object]:
        """Return what the document brings with it, and its articles, as plain JSON data."""
        return {"id": self.id, "values": dict(self.values), "cites": dict(self.cites)}


@cache
def endings() -> tuple[Ending, ...]:
    """List all endings, in the order in which a suit can meet them.

    Examples
    --------
    >>> [(e.id, e.values["appeal"]) for e in endings()]
    [('refuse_suit', '10'), ('dismiss_suit', '10'), ('dismiss_claim', '15'), ('support', '15')]
    """
    return tuple(
        Ending(id, entry["values"], {name: tuple(ids) for name, ids in entry["cites"].items()})
        for id, entry in table("law", "endings.toml").items()
    )


def ending(id: str) -> Ending:
    """Return the ending of this name; raise KeyError if there is none."""
    return {each.id: each for each in endings()}[id]
