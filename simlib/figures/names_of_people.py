"""Names and colours of a case's people, the same in every chart of the lesson."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simlib.figures.style import OTHER_MONEY, ROLES

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Claimed, Outcome

TAIL = re.compile(r"\s*[（(][^（()）]*[)）]\s*$")


def short_names(case: Case, lang: str) -> dict[str, str]:
    """Map ids to names without bracketed tails, or to whole names where two would clash."""
    whole = {p.id: getattr(p.name, lang) for p in case.parties}
    cut = {id: TAIL.sub("", name) or name for id, name in whole.items()}
    seen = list(cut.values())
    return {id: name if seen.count(name) == 1 else whole[id] for id, name in cut.items()}


def helpers_of(case: Case) -> list[str]:
    """List everybody but victims, fraudsters and people without a part, in file order."""
    return [p.id for p in case.parties if p.role not in ("victim", "principal") and not p.unstated]


def color_of(case: Case, party: str) -> str:
    """Return the colour of a party's role; grey for one without a part."""
    return OTHER_MONEY if case.party(party).unstated else ROLES[case.party(party).role]


def debtors_of(outcome: Outcome) -> list[str]:
    """List those who are liable, or answer for one who is, in file order."""
    return [id for id, party in outcome.parties.items() if party.mode != "not_liable"]


def claim_key(claim: Claimed) -> str:
    """Return the key of the step that gave a claim of recourse."""
    return f"recourse_{claim.kind}_{claim.against}"
