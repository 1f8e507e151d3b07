"""Items of the checklist, and knowledge or concert shown directly, as a procedure judges them.

An item is a known fact, and knowledge or fault what is inferred from it. The plaintiff proves the
fact, whatever the burden of fault; what it takes to answer the inference depends on the procedure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.fault.grade import GRADES
from simlib.fault.weigh import Scales, Support, reaches
from simlib.law.authority import authority
from simlib.law.checklist import checklist, rules

if TYPE_CHECKING:
    import datetime

    from simlib.law.checklist import Item

DIRECT = ("knowledge", "concert")  # shown directly, and no items


@dataclass(frozen=True, slots=True)
class Judged:
    """One item of the checklist, or knowledge or concert shown directly, as judged here.

    Attributes
    ----------
    id, group, cite
        which item, and where it comes from; `direct` and the articles for what is no item
    known
        the state of the known fact itself: `proved`, `unclear` (真伪不明), `rebutted` (its contrary
        is proved) or `absent` (nothing supports it)
    state
        the same, of the known fact and what is inferred from it together; or `not-yet` (its source
        was not there on the day) or `unfit` (it is not made for this kind of help)
    grade, left
        what it gives if it stands, and what it gives here: `gross` where the item stands but
        not the inference to knowledge, `none` where nothing is left
    support
        `none`, `raised` or `sufficient`, after the review and by the standard
    evidence, inferences
        ids of the evidence for it, and of the runs of events
    against
        ids of the evidence that speaks against it
    hit
        the strongest of that: `doubt`, `rebut`, `overturn` or None
    needed
        what it takes to answer the known fact: `doubt`, `rebut` or `overturn`
    needed_inferred
        what it takes to answer the inference from it; None where nothing is inferred
    cites
        the articles this rests on
    """

    id: str
    group: str
    cite: str
    known: str
    state: str
    grade: str
    left: str
    support: str
    evidence: tuple[str, ...]
    inferences: tuple[str, ...]
    against: tuple[str, ...]
    hit: str | None
    needed: str
    needed_inferred: str | None
    cites: tuple[str, ...]


def items(scales: Scales, acted: datetime.date, decided: datetime.date) -> tuple[Judged, ...]:
    """Return every item that fits the party or is shown against him, as judged."""
    kinds = (scales.party.act, scales.party.role)
    listed = []
    for entry in checklist():
        dated = entry.on(acted, decided)
        fits = bool(set(kinds) & set((dated or entry).acts)) or scales.party.role == "principal"
        if fits or scales.support(entry.id).level != "none":
            listed.append(_item(scales, dated or entry, dated is not None, fits))
    return tuple(listed)


def _item(scales: Scales, item: Item, dated: bool, fits: bool) -> Judged:
    support = scales.support(item.id)
    level = support.by(scales.way.standard)
    inferred = ("fault", "knowledge") if item.grade == "knowing" else ("fault",)
    hit, against = scales.hits(item.id, *inferred)
    known = _state(level, scales.hits(item.id)[0], support)
    counts = dated and fits
    state = _both(known, scales.hits(*inferred)[0]) if counts else "unfit" if dated else "not-yet"
    return Judged(
        id=item.id,
        group=item.group,
        cite=item.cite,
        known=known,
        state=state,
        grade=item.grade,
        left=_left(scales, item, support) if counts else "none",
        support=level,
        evidence=support.evidence,
        inferences=support.inferences,
        against=against,
        hit=hit,
        needed=scales.needed(support),
        needed_inferred=scales.way.needed(inferred=True),
        cites=tuple(c for c in (item.cite, support.overturn) if c),
    )


def _left(scales: Scales, item: Item, support: Support) -> str:
    """Return what an item gives: its grade, less where only the inference to knowledge falls, or
    none."""
    needed = scales.way.needed(inferred=True)
    stands = scales.stands(support, scales.hits(item.id)[0])
    if not stands or reaches(scales.hits("fault")[0], needed):
        return "none"
    falls = item.grade == "knowing" and reaches(scales.hits("knowledge")[0], needed)
    return rules()["knowledge_rebutted"] if falls else item.grade


def _state(level: str, hit: str | None, support: Support) -> str:
    """Return the state of a fact, whoever bears the burden."""
    if level == "none":
        return "absent"
    if reaches(hit, "overturn" if support.overturn else "rebut"):
        return "rebutted"
    clear = level == "sufficient" and (hit is None or support.overturn is not None)
    return "proved" if clear else "unclear"


def _both(known: str, hit: str | None) -> str:
    """Return the state of a known fact and the inference from it together."""
    if known != "proved" or hit is None:
        return known
    return "rebutted" if reaches(hit, "rebut") else "unclear"


def directly(scales: Scales) -> tuple[Judged, ...]:
    """Return knowledge and concert where evidence shows them themselves; empty without any."""
    shown_directly = []
    for name in DIRECT:
        shown = scales.support(name, *(["concert"] if name == "knowledge" else []))
        if shown.level != "none":
            shown_directly.append(_direct(scales, name, shown))
    return tuple(shown_directly)


def _direct(scales: Scales, name: str, support: Support) -> Judged:
    """Judge knowledge or concert; concert needs proof beyond reasonable doubt (EV-86)."""
    concert = name == "concert"
    hit, against = scales.hits(name, "fault", *(["knowledge"] if concert else []))
    level = support.by("higher" if concert else scales.way.standard)
    state = _state(level, hit, support)
    stands = state == "proved" if concert else scales.stands(support, hit)
    grade = "concert" if concert else "knowing"
    cites = authority("shown_directly", scales.case, grade)
    return Judged(
        id=name,
        group="direct",
        cite=cites[-1],
        known=state,
        state=state,
        grade=grade,
        left=grade if stands else "none",
        support=level,
        evidence=support.evidence,
        inferences=(),
        against=against,
        hit=hit,
        needed="overturn" if support.overturn else "doubt" if concert else scales.needed(support),
        needed_inferred=None,
        cites=cites,
    )


def concert_if_ordinary(scales: Scales) -> bool | None:
    """Tell whether concert would be found at high probability; None if nothing speaks of it.

    Whether 109 and 86, which speak of malicious collusion, cover 意思联络 in tort is open.
    """
    support = scales.support("concert")
    if support.level == "none":
        return None
    hit = scales.hits("concert", "fault", "knowledge")[0]
    return _state(support.by(scales.way.standard), hit, support) == "proved"


def highest(grades: tuple[str, ...]) -> str:
    """Return the gravest of several grades; none if there are none."""
    return GRADES[max(map(GRADES.index, grades), default=0)]
