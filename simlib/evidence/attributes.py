"""What is stated of a piece of electronic data, and the five layers of authenticity it belongs to.

The layers order what is to be shown (a classroom order, not that of a statute); the rules say what
follows.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from simlib.errors import UnknownName

if TYPE_CHECKING:
    from simlib.case.model import Evidence

COURTS = ("other", "internet")
# 民事证据规定94(1), by item
PRESUMING = ("against_interest", "neutral_platform", "ordinary_course", "archived", "agreed_way")
# 民事证据规定93(1), by item; its seventh is whatever else bears on the question
WEIGHED = ("system_reliable", "system_running", "system_monitored", "kept_whole",
           "ordinary_course", "proper_keeper")  # fmt: skip
# 在线诉讼规则17, by item
CHAIN = ("platform_complies", "platform_independent", "platform_sound", "technique_standard")
# 在线诉讼规则18(2): neither proved nor explained, and borne out by nothing: not confirmed
BEFORE = ("proved_before", "explained_before", "corroborated")
# what speaks to source, making or keeping before a deposit; not that whoever stores it is neutral
SPEAKING = tuple(name for name in PRESUMING if name != "neutral_platform")
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
class Facts:
    """Stated facts: True, False, or None where nothing is stated.

    Attributes
    ----------
    on_chain, digest_matches
        stored by block chain; a technical check found it the same as what was stored
    deposited_at_creation
        it was stored as it came into being, by whoever runs the system that made it (the paper's
        实时上链固化): a fact about its making and keeping, which a party's later deposit is not
    objects_after, objects_before
        the other side contests, with reasonable grounds, that it is true since it was stored; with
        evidence or reasons, that it was true before
    platform_complies, platform_independent, platform_sound, technique_standard
        what a court looks at when the first is contested (`CHAIN`); `platform_independent`: no
        interest of a party in the platform was used to interfere
    proved_before, explained_before, corroborated
        truth before it was stored is proved; reasonably explained; borne out by other evidence
    rebutted, overturned
        contrary evidence suffices to rebut (足以反驳); even to overturn (足以推翻)
    against_interest, neutral_platform, ordinary_course, archived, agreed_way
        the five cases of `PRESUMING`; `neutral_platform`: a neutral third party that recorded and
        kept the data provides or confirms them, which is not whoever stores a digest
    notarised
        a notary certified the contents
    technique_proves
        signature, time stamp, digest or chain does prove it true, which a digest alone never does
    appraised
        an appraisal that the court follows found it true, or false
    system_reliable, system_running, system_monitored, kept_whole, proper_keeper
        the rest of `WEIGHED`
    maker_known, original, comparable
        who made it when and with what is recorded; it is an original or counts as one; a copy can
        be compared with the original
    time_stamped, time_fits
        a trusted time stamp; its times fit with everything else
    custody
        a log shows who had it without a gap
    account_linked, money_linked
        the account is tied to the person; the money to the victim
    doubtful
        there is doubt of it
    court
        `internet` for a case before an Internet court
    """

    on_chain: bool | None = None
    digest_matches: bool | None = None
    deposited_at_creation: bool | None = None
    objects_after: bool | None = None
    objects_before: bool | None = None
    platform_complies: bool | None = None
    platform_independent: bool | None = None
    platform_sound: bool | None = None
    technique_standard: bool | None = None
    proved_before: bool | None = None
    explained_before: bool | None = None
    corroborated: bool | None = None
    rebutted: bool | None = None
    overturned: bool | None = None
    against_interest: bool | None = None
    neutral_platform: bool | None = None
    ordinary_course: bool | None = None
    archived: bool | None = None
    agreed_way: bool | None = None
    notarised: bool | None = None
    technique_proves: bool | None = None
    appraised: bool | None = None
    system_reliable: bool | None = None
    system_running: bool | None = None
    system_monitored: bool | None = None
    kept_whole: bool | None = None
    proper_keeper: bool | None = None
    maker_known: bool | None = None
    original: bool | None = None
    comparable: bool | None = None
    time_stamped: bool | None = None
    time_fits: bool | None = None
    custody: bool | None = None
    account_linked: bool | None = None
    money_linked: bool | None = None
    doubtful: bool | None = None
    court: str = "other"

    def __post_init__(self) -> None:
        if self.court not in COURTS:
            raise UnknownName.among("court", self.court, COURTS)

    def held(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of the facts named that are stated to be so."""
        return tuple(name for name in names if getattr(self, name) is True)

    def denied(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of the facts named that are stated not to be so."""
        return tuple(name for name in names if getattr(self, name) is False)


FACTS = tuple(field.name for field in fields(Facts) if field.name != "court")


def facts_of(piece: Evidence) -> Facts:
    """Return what a case file states of a piece: original or not, doubtful, borne out by others.

    That a digest was deposited is stated there too, but neither by what technique nor that it was
    checked; add it with `dataclasses.replace`.
    """
    return Facts(
        original=piece.original,
        doubtful=piece.doubtful,
        corroborated=True if piece.corroborated_by else None,
    )


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: its `state` (one of `STATES`), the stated facts that give it, and its authority."""

    state: str
    facts: tuple[str, ...]
    cites: tuple[str, ...]


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
