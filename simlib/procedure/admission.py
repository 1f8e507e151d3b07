"""Whether a court takes a civil suit now, stays it, or sends it away, and why."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.procedure.criminal import criminal_line
from simlib.procedure.grounds import Asked, Ground, grounds
from simlib.procedure.known_days import history
from simlib.procedure.regimes import REGIMES, SWITCHES, chosen
from simlib.procedure.regimes import regime as regime_named
from simlib.procedure.tracks import OPEN, STAGES

if TYPE_CHECKING:
    from simlib.case.model import Case

__all__ = ["REGIMES", "SWITCHES", "Admission", "Ground", "admit"]


@dataclass(frozen=True, slots=True)
class Admission:
    """What a court does with a suit on a day.

    Attributes
    ----------
    document
        `registered`, `not_accepted` or `suit_dismissed`
    stays
        whether it stays the suit it registered
    transferred
        whether it passes the matter to the police
    grounds
        each ground with what it comes to, those that decide first
    refile
        after a refusal: `after_change` (when the criminal case has ended), `new` (before a court of
        another view at any time: a ruling decides nothing on the merits); None if registered.
        `barred` is kept for a claim dismissed by judgment, see `refile_after`
    """

    document: str
    stays: bool
    transferred: bool
    grounds: tuple[Ground, ...]
    refile: str | None


def admit(
    case: Case,
    regime: str,
    on: datetime.date,
    stage: str | None = None,
    switches: Mapping[str, str] | None = None,
) -> Admission:
    """Return what a court of a regime does with this suit on a day.

    1. weigh every ground at the stage of the criminal case
    2. refuse if one that the regime treats as a bar holds; else register
    3. stay if the suit must rest on the result of the criminal case

    A regime decides which grounds count; the others are shown all the same. Restitution of the
    whole loss ordered against the same defendant bars the same claim under every regime: that is
    practice, not text, and contested.

    Parameters
    ----------
    on
        the day of the court's answer: article 150 or 153 of the procedure law by that day
    stage
        one of `simlib.procedure.tracks.STAGES`; read off the days of the file if not given
    switches
        values of `SWITCHES`; the defaults otherwise

    Raises
    ------
    UnknownName
        for a regime, stage, switch or value that does not exist

    References
    ----------
    civil-procedure-law:122, civil-procedure-law:126, civil-procedure-interpretation:208,
    civil-procedure-interpretation:212, jiumin-minutes:128, jiumin-minutes:129, jiumin-minutes:130

    Examples
    --------
    >>> from simlib import load_case
    >>> case = load_case("2024-lu-0302-5690")
    >>> day = datetime.date(2023, 3, 1)
    >>> admit(case, "criminal_first", day, "investigation").document
    'not_accepted'
    >>> admit(case, "stay_if_prejudicial", day, "investigation").stays
    True
    """
    regime_named(regime)  # an unknown one raises
    values = chosen(switches)
    stage = stage_on(case, on) if stage is None else stage
    if stage not in STAGES:
        raise UnknownName.among("stage", stage, STAGES)
    found = grounds(Asked(case, regime, on, stage, values))
    by = {ground.key: ground for ground in found}
    barred = [key for key in BARS[regime] if by[key].holds]
    order = tuple(sorted(found, key=lambda ground: ground.key not in (*barred, "prejudicial")))
    if barred:
        return _refused(barred[0], stage, order)
    stays = regime in STAYING and bool(by["prejudicial"].holds)
    return Admission("registered", stays, False, order, None)


# grounds that bar the suit, by regime: what counts first stands first
BARS: Mapping[str, tuple[str, ...]] = {
    "criminal_first": ("criminal_case", "restitution_whole", "restitution_part", "owner_176"),
    "stay_if_prejudicial": ("mass_crime", "restitution_whole"),
    "parallel": ("restitution_whole",),
    "coordinated": ("restitution_whole",),
}
STAYING = ("stay_if_prejudicial", "coordinated")


def refile_after(document: str) -> str | None:
    """Return whether the same claim may be brought again after a document.

    `new` after a ruling (民诉法解释212), `barred` after a judgment (247); None after one that ends
    nothing. New facts after a judgment (248), a retrial and a third party's suit are left open.

    Examples
    --------
    >>> refile_after("suit_dismissed"), refile_after("claim_dismissed")
    ('new', 'barred')
    """
    if document in ("not_accepted", "suit_dismissed", "transfer"):
        return "new"
    judged = ("claim_dismissed", "judgment", "final_judgment", "partial_judgment")
    return "barred" if document in judged else None


def stage_on(case: Case, on: datetime.date) -> str:
    """Return the stage of the criminal case on a day, as far as the file's own days tell.

    Where they are silent, as on the ordinary time line.
    """
    if on < history(case)["reported"].low:
        return "none"
    return criminal_line(case, "ordinary").stage(on)


def _refused(key: str, stage: str, order: tuple[Ground, ...]) -> Admission:
    before = stage in ("none", "reported")  # no criminal case yet: the court hands the matter over
    passed = (key == "criminal_case" and before) or key == "mass_crime"
    document = "suit_dismissed" if key == "criminal_case" and before else "not_accepted"
    waits = stage in (*OPEN, "none", "reported")
    return Admission(document, False, passed, order, "after_change" if waits else "new")
