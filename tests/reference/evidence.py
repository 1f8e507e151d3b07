"""Evidence, slowly: one world after another, from the words of the rules and nothing of ours.

A world is one length of the holder's answer and one holder, who keeps to his duties or breaks them.
What is counted is in how many of them the piece is there. Days are those of `dateutil`.

Where the words are open it is chosen as in `simlib.evidence`: a stated period runs without days
beyond it; a holder in breach does what the file says he does, and nothing where it says nothing;
who is limited by the paper answers as he would without it where that is sooner.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

from dateutil.relativedelta import relativedelta

WORLDS = 2_000
MEDIAN, SIGMA = 20, 0.8  # today's answer [days]
CROSSES, REFUSAL = 10, 30  # to another province; until who refuses is made to answer [days]
ORGANS, PLATFORM = 3, 2  # the paper's three days and forty-eight hours
CHAT_DAYS, MANDATORY_MONTHS = 180, 36
LOG_MONTHS = 6  # 网络安全法21(3), since 2026 23(3)


@dataclass(frozen=True)
class Asked:
    """A piece that the court asks for; days are counted from the day it came into being."""

    kind: str  # `chat`, on a platform, or `log`, at a bank
    made: datetime.date
    asked: int
    organs: bool = False
    platform: bool = False
    province: bool = False
    refuses: bool = False
    stated: int | None = None
    mandatory: bool = False
    breach: float = 0.0
    rate: float = 0.0


def chance(one: Asked) -> float:
    """Return in what part of all worlds the piece is there when it is answered."""
    return sum(_there(one, _answered(one, length)) for length in _lengths()) / WORLDS


def preserved(one: Asked, ruled: int) -> float:
    """Return the chance that it is there on the day on which the court rules and takes it."""
    return _there(one, ruled)


def released(ruled: datetime.date, sued: datetime.date) -> bool:
    """Whether no suit follows within thirty days, the last moved out of a weekend (104(3), 85(3)).

    One brought before the ruling is a suit already.
    """
    last = ruled + relativedelta(days=30)
    while last.weekday() > 4:
        last += relativedelta(days=1)
    return sued > last


@cache
def _lengths() -> list[float]:
    normal = NormalDist()
    return [MEDIAN * math.exp(SIGMA * normal.inv_cdf((n + 0.5) / WORLDS)) for n in range(WORLDS)]


def _answered(one: Asked, length: float) -> float:
    """Return the day of the answer of a holder who takes so long."""
    held_by_platform = one.kind == "chat"
    day = float(one.asked)
    if held_by_platform and one.province:
        day += ORGANS if one.organs else CROSSES
    limited = held_by_platform and one.platform
    if held_by_platform and one.refuses:
        day += PLATFORM if limited else REFUSAL
    return day + (min(length, PLATFORM) if limited else length)


def _there(one: Asked, day: float) -> float:
    duties = []
    if one.kind == "log":
        duties.append((one.made + relativedelta(months=LOG_MONTHS) - one.made).days)
    if one.mandatory:
        duties.append((one.made + relativedelta(months=MANDATORY_MONTHS) - one.made).days)
    of_himself = one.stated if one.stated is not None else CHAT_DAYS if one.kind == "chat" else None
    kept = math.exp(-one.rate * day) if one.kind == "chat" else 1.0
    alone = kept if of_himself is not None and day <= of_himself else 0.0
    if not duties:
        return alone
    dutiful = 1.0 if day <= max(duties) else alone
    return (1 - one.breach) * dutiful + one.breach * alone
