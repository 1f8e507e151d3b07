"""Two ways to hear an expert: an appraiser (鉴定人), or a person with expertise (有专门知识的人).

An index of causation can be brought to court by either; as the opinion of the latter it is no more
than a party's statement. Neither answers the question of law.
"""

from __future__ import annotations

from dataclasses import dataclass

from simlib.errors import UnknownName
from simlib.resources import table

HEARINGS = ("appraiser", "expert")


@dataclass(frozen=True, slots=True)
class Hearing:
    """How somebody is heard, and what that can prove.

    Attributes
    ----------
    kind
        appraiser | expert: words under `hearing.KIND` of `texts/*/causation.toml`
    opinion
        appraisal (鉴定意见) | statement (视为当事人的陈述)
    proves, cannot
        keys of `hearing.points`
    basis, cites
        what it rests on
    """

    kind: str
    opinion: str
    proves: tuple[str, ...]
    cannot: tuple[str, ...]
    basis: str
    cites: tuple[str, ...]


def heard(kind: str = "appraiser") -> Hearing:
    """Return how an expert of a kind is heard.

    Raises
    ------
    UnknownName
        for a kind that does not exist

    Examples
    --------
    >>> heard("appraiser").opinion, heard("expert").opinion
    ('appraisal', 'statement')
    """
    if kind not in HEARINGS:
        raise UnknownName.among("hearing", kind, HEARINGS)
    entry = table("law", "hearing.toml")[kind]
    return Hearing(
        kind,
        entry["opinion"],
        tuple(entry["proves"]),
        tuple(entry["cannot"]),
        entry["basis"],
        tuple(entry["cites"]),
    )
