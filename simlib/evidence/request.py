"""How a piece is asked for: by whom, through what stages, with what delay.

She asks through the court: platforms and operators owe their help to the police (网络安全法30,
反电信网络诈骗法26), not to a plaintiff (民事诉讼法67, 70, 84).

The paper has two limits: three days for the answer of one organ to another (3日内反馈), and
forty-eight hours for a platform that has received a judicial document, with a fine for refusing
without good reason. They are apart, both may hold at once, and neither speaks to a bank
or to anybody else in the court's own place.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.evidence.survival import REPLIES, Delay, delay_of
from simlib.law.citation import in_force
from simlib.procedure.admissibility import defendants

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.evidence.piece import Piece
    from simlib.law.regime import Regime

BOTH = "both"
LIMITS = (*REPLIES, BOTH)  # which of the paper's two limits hold: none, one or the other, both
PLACES = ("local", "province", "border")
POLICE = ("ignore", "collect")
IN_FORCE, TEACHING, REFORM = "law in force", "teaching assumption", "reform proposal"
THROUGH_COURT = ("civil-procedure-law:67(2)", "civil-procedure-law:70(1)")
ENTRUSTED = ("civil-procedure-law:134",)
# each from its own day: the first two are what held before the third came into force
ABROAD = ("civil-procedure-law:293", "data-security-law:36", "civil-procedure-law:284")
ORDER = ("civil-procedure-law:117", "civil-procedure-law:118")
ADVERSE = ("evidence-rules:95",)
BETWEEN_ORGANS = ("paper:request-3-days",)
BY_PLATFORM = ("paper:platform-48-hours",)


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing that happens to a piece.

    Attributes
    ----------
    key
        `asked`, `crosses`, `abroad`, `ordered`, `fined`, `adverse`, `answered`, `preserved`,
        `lifted`, `lifted_refused`, `handed`, `collected`, `from_file`, `breach` or `lapsed`
    on
        its day; None where it never comes, or has no end
    cites, basis
        on what authority, and of what kind that is
    """

    key: str
    on: datetime.date | None
    cites: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How she goes about it.

    Attributes
    ----------
    reply
        which of the paper's limits hold, one of `LIMITS`
    place
        where the platform is: `local`, `province` (another one) or `border` (beyond it). Banks,
        operators and authorities are taken to be where the court is
    preserve_on
        day on which she asks the court to preserve the evidence; None for never
    refuses
        whether platforms, and defendants who hold a piece, refuse (商业秘密)
    police
        `collect` if the police collect what they usually do on the day they open the case
    """

    reply: str = REPLIES[0]
    place: str = PLACES[0]
    preserve_on: datetime.date | None = None
    refuses: bool = False
    police: str = POLICE[0]

    def checked(self) -> Manner:
        """Return it as it is.

        Raises
        ------
        UnknownName
            for a reply, a place or a way of the police that does not exist
        """
        asked = {"reply": (self.reply, LIMITS), "place": (self.place, PLACES)}
        for kind, (name, names) in {**asked, "police": (self.police, POLICE)}.items():
            if name not in names:
                raise UnknownName.among(kind, name, names)
        return self

    @property
    def between_organs(self) -> bool:
        """Whether the paper's three days run between organs."""
        return self.reply in ("request_3d", BOTH)

    @property
    def by_platform(self) -> bool:
        """Whether the paper's forty-eight hours, and its fine, bind platforms."""
        return self.reply in ("platform_48h", BOTH)


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the court for one piece.

    Attributes
    ----------
    asked_on
        its day
    more_days
        stages before a holder begins to answer [days]; None where there is no end
    delay
        how long the answer takes then
    steps
        the stages, the answer last
    """

    asked_on: datetime.date
    more_days: int | None
    delay: Delay
    steps: tuple[Stage, ...]

    @property
    def answered_on(self) -> datetime.date | None:
        """The day of the answer, by the median of its delay; None for no known day."""
        return self.steps[-1].on


def request(
    piece: Piece, case: Case, manner: Manner, asked_on: datetime.date, law: Regime
) -> Request:
    """Return the request for a piece.

    1. asked by the court that has registered the suit
    2. to a platform in another province a court there must help: by the paper it answers within
       three days, and no later than it would without
    3. a request abroad goes by treaty, diplomatic channels or another state's leave, without a
       last day
    4. a holder who refuses is ordered to, and fined; then hands over what the clock has left. By
       the paper a platform refuses for no longer than its forty-eight hours, since it is fined on
       the day they end, and delivers within forty-eight more (our reading: the paper has no time
       for this). Only from a party's refusal may the court infer against him, never from a third
       party's
    5. a platform delivers, by the paper, within forty-eight hours of receiving the document: as it
       would without where that is sooner
    """
    far = place_of(piece, manner)
    steps = [Stage("asked", asked_on, THROUGH_COURT, IN_FORCE)]
    limited = manner.by_platform and is_platform(piece, case)
    delay = delay_of(REPLIES[0], law)
    if limited:
        delay = replace(delay, most=law.value("evidence.platform_days"))
    if far == "border":
        held = tuple(c for c in ABROAD if in_force(c, asked_on))
        steps.append(Stage("abroad", None, held, IN_FORCE))
        return Request(asked_on, None, delay, tuple(steps))
    more = 0
    if far == "province":
        more, step = _crosses(manner, asked_on, law)
        steps.append(step)
    if manner.refuses and (key := refusal(piece, case)):
        more, step = _refused(key, limited, asked_on, more, law)
        steps.append(step)
    answered = _plus(asked_on, more + round(min(delay.days, delay.most)))
    cites, basis = (BY_PLATFORM, REFORM) if limited else ((), TEACHING)
    steps.append(Stage("answered", answered, cites, basis))
    return Request(asked_on, more, delay, tuple(steps))


def _crosses(manner: Manner, asked_on: datetime.date, law: Regime) -> tuple[int, Stage]:
    """Return the days a court elsewhere takes to help, and the stage."""
    days = round(law.value("evidence.crosses_days"))
    if not manner.between_organs:
        return days, Stage("crosses", _plus(asked_on, days), ENTRUSTED, TEACHING)
    days = min(days, round(law.value("evidence.request_days")))
    return days, Stage("crosses", _plus(asked_on, days), BETWEEN_ORGANS, REFORM)


def _refused(
    key: str, limited: bool, asked_on: datetime.date, more: int, law: Regime
) -> tuple[int, Stage]:
    """Return the days gone once a holder is made to answer, and the stage."""
    days = round(law.value("evidence.refusal_days"))
    if key == "ordered" and limited:
        days = min(days, round(law.value("evidence.platform_days")))
        on = _plus(asked_on, more + days)
        return more + days, Stage("fined", on, (*BY_PLATFORM, *ORDER), REFORM)
    on = _plus(asked_on, more + days)
    return more + days, Stage(key, on, ORDER if key == "ordered" else ADVERSE, TEACHING)


def is_platform(piece: Piece, case: Case) -> bool:
    """Whether a platform holds a piece."""
    return piece.holder == "platform" or any(
        party.id == piece.holder and party.role == "platform" for party in case.parties
    )


def place_of(piece: Piece, manner: Manner) -> str:
    """Return where the holder of a piece is, one of `PLACES`."""
    return manner.place if piece.holder == "platform" else PLACES[0]


def refusal(piece: Piece, case: Case) -> str | None:
    """Return what follows if the holder of a piece refuses; None for one who is not asked whether.

    `ordered` for a platform, which is no party; `adverse` for a defendant.
    """
    if piece.holder == "platform":
        return "ordered"
    return "adverse" if piece.holder in [party.id for party in defendants(case)] else None


def cited(steps: Sequence[Stage]) -> tuple[str, ...]:
    """Return every article some stages rest on, each once."""
    return tuple(dict.fromkeys(c for step in steps for c in step.cites))


def _plus(day: datetime.date, days: int) -> datetime.date:
    return day + datetime.timedelta(days)
