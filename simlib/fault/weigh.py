"""Items of the checklist against the evidence: what supports each, what speaks against it.

Nothing here adds anything up. An item is supported or not, answered or not; the burden of proof
says what follows where it is neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simlib.fault.criminal import Effect, effects
from simlib.fault.grade import GRADES
from simlib.fault.log import Inference, verify
from simlib.fault.review import Reading, readings
from simlib.law.checklist import STRENGTHS, checklist, defences, rules

if TYPE_CHECKING:
    import datetime

    from simlib.case.model import Case, Party
    from simlib.law.checklist import Item

BURDENS = ("plaintiff", "factual_inference", "presumed_fault")
STANDARDS = ("legal", "higher")
SUPPORTS = ("none", "raised", "sufficient")
DIRECT = ("knowledge", "concert")  # shown directly, and no items
CONCERT = ("evidence-rules:86", "civil-procedure-interpretation:109", "civil-code:1168")


@dataclass(frozen=True, slots=True)
class Judged:
    """One item of the checklist, or knowledge or concert shown directly, as judged here.

    Attributes
    ----------
    id, group, cite
        which item, and where it comes from; `direct` and the articles for what is no item
    state
        `proved`, `unclear` (真伪不明), `rebutted`, `absent` (nothing supports it), `not-yet` (its
        source was not there on the day) or `unfit` (it is not made for this kind of help)
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
        what it takes to answer it: `doubt`, `rebut` or `overturn`
    cites
        the articles this rests on
    """

    id: str
    group: str
    cite: str
    state: str
    grade: str
    left: str
    support: str
    evidence: tuple[str, ...]
    inferences: tuple[str, ...]
    against: tuple[str, ...]
    hit: str | None
    needed: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """What speaks for a fact: how much, whence, and whether the law shields it."""

    level: str
    evidence: tuple[str, ...]
    inferences: tuple[str, ...]
    overturn: str | None
    pieces: int

    def by(self, standard: str) -> str:
        """Return the level under a standard: the higher one wants a second piece that bears it
        out."""
        alone = standard == "higher" and self.pieces < 2 and self.overturn is None
        return "raised" if self.level == "sufficient" and alone else self.level


class Scales:
    """The evidence about one party, read once by one review, under one burden and standard."""

    def __init__(self, case: Case, party: Party, burden: str, review: str, standard: str) -> None:
        self.case, self.party = case, party
        self.burden, self.review, self.standard = burden, review, standard
        read = readings(case, review)
        mine = [piece for piece in case.evidence if piece.against == party.id]
        self.read: Mapping[str, Reading] = read
        self.pieces = [piece for piece in mine if read[piece.id].weight != "out"]

    @cached_property
    def inferences(self) -> tuple[Inference, ...]:
        """What the event log lets one infer: nothing under a review of form alone."""
        return verify(self.case, self.party.id) if self.review == "substantive" else ()

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What the criminal documents about him prove."""
        return effects(self.case, self.party.id)

    def support(self, *targets: str) -> Support:
        """Return what speaks for a fact, whichever of its names the evidence uses."""
        pieces = [p for p in self.pieces if set(targets) & set(p.shows)]
        read = [self.read[p.id] for p in pieces]
        runs = [run for run in self.inferences if run.item in targets]
        weights = [r.weight for r in read] + [run.weight for run in runs]
        weights += ["raised"] * ("knowledge" in targets and self._spoken_of())
        borne = {name for r in read for name in (r.evidence, *r.borne_out)}
        borne |= {name for run in runs for name in run.evidence or (run.id,)}
        shields = [r.overturn for r in read if r.overturn and r.weight == "sufficient"]
        level = SUPPORTS[max(map(SUPPORTS.index, weights), default=0)]
        return Support(
            level,
            tuple(p.id for p in pieces),
            tuple(run.id for run in runs),
            shields[0] if shields else None,
            len(borne),
        )

    def _spoken_of(self) -> bool:
        """Tell whether a plea or a document that confirms nothing speaks of knowledge."""
        return any(
            e.element == "knowing" and e.effect in ("evidence", "public-document")
            for e in self.effects
        )

    def hits(self, *targets: str) -> tuple[str | None, tuple[str, ...]]:
        """Return how strongly the evidence speaks against any of these, and which pieces do."""
        against = [p for p in self.pieces if set(targets) & set(p.rebuts)]
        strengths = [self.read[p.id].strength for p in against]
        answer, defending = self.defence if "fault" in targets else (None, ())
        strongest = max((STRENGTHS.index(s) for s in (*strengths, answer) if s), default=None)
        ids = tuple(dict.fromkeys([*(p.id for p in against), *defending]))
        return (None if strongest is None else STRENGTHS[strongest]), ids

    @cached_property
    def defence(self) -> tuple[str | None, tuple[str, ...]]:
        """A stolen account and a prompt report: both established they answer everything."""
        supports = [self.support(name) for name in defences()]
        levels = [
            "raised" if s.level == "sufficient" and self._contested(name, s) else s.level
            for name, s in zip(defences(), supports, strict=True)
        ]
        ids = tuple(name for s in supports for name in s.evidence)
        if "none" in levels:
            return None, ()
        return (rules()["defence"] if set(levels) == {"sufficient"} else "doubt"), ids

    def _contested(self, name: str, support: Support) -> bool:
        """Tell whether evidence speaks against a defence, or a log of his own shows it
        otherwise."""
        reported = any(e.kind == "report" and e.party == self.party.id for e in self.case.events)
        late = name == "prompt-report" and reported and not support.inferences
        return self.hits(name)[0] is not None or self.review == "substantive" and late

    def stands(self, support: Support, hit: str | None, needed: str, inferred: bool) -> bool:
        """Tell whether a fact stands under the burden and standard chosen.

        Where the truth is unclear, it goes against whoever bears the burden: the plaintiff, so
        that any doubt is enough against him; the defendant under presumed fault.
        """
        level, strength = support.by(self.standard), -1 if hit is None else STRENGTHS.index(hit)
        if level == "none" or strength >= STRENGTHS.index(needed):
            return False
        if self.burden == "presumed_fault":
            return True
        shielded = support.overturn is not None
        holds = inferred and self.burden == "factual_inference" and self.standard == "legal"
        return level == "sufficient" and (hit is None or shielded or holds)

    def needed(self, support: Support, rebuttal: str, inferred: bool = True) -> str:
        """Return what it takes to answer a fact: doubt, sufficient to rebut, sufficient to
        overturn."""
        if support.overturn:
            return "overturn"
        holds = inferred and self.burden == "factual_inference" and self.standard == "legal"
        return rebuttal if self.burden == "presumed_fault" or holds else "doubt"


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
    knowing = ("knowledge",) if item.grade == "knowing" else ()
    hit, against = scales.hits(item.id, "fault", *knowing)
    needed = "overturn" if support.overturn else item.rebuttal
    counts = dated and fits
    state = _state(support.by(scales.standard), hit, needed)
    return Judged(
        id=item.id,
        group=item.group,
        cite=item.cite,
        state=state if counts else "unfit" if dated else "not-yet",
        grade=item.grade,
        left=_left(scales, item, support, needed, hit) if counts else "none",
        support=support.by(scales.standard),
        evidence=support.evidence,
        inferences=support.inferences,
        against=against,
        hit=hit,
        needed=scales.needed(support, item.rebuttal),
        cites=tuple(c for c in (item.cite, support.overturn) if c),
    )


def _left(scales: Scales, item: Item, support: Support, needed: str, hit: str | None) -> str:
    """Return what an item gives: its grade, less where only the inference to knowledge falls, or
    none."""
    if scales.stands(support, hit, needed, inferred=True):
        return item.grade
    itself = scales.hits(item.id, "fault")[0]
    if item.grade == "knowing" and scales.stands(support, itself, needed, inferred=True):
        return rules()["knowledge_rebutted"]
    return "none"


def _state(support: str, hit: str | None, needed: str) -> str:
    if support == "none":
        return "absent"
    if hit is not None and STRENGTHS.index(hit) >= STRENGTHS.index(needed):
        return "rebutted"
    shielded = needed == "overturn"
    return "proved" if support == "sufficient" and (hit is None or shielded) else "unclear"


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
    needed = "overturn" if support.overturn else "rebut"
    level = support.by("higher" if concert else scales.standard)
    state = _state(level, hit, needed)
    stands = state == "proved" if concert else scales.stands(support, hit, needed, inferred=False)
    grade = "concert" if concert else "knowing"
    cites = CONCERT if concert else ("civil-code:1169(1)",)
    return Judged(
        id=name,
        group="direct",
        cite=cites[-1],
        state=state,
        grade=grade,
        left=grade if stands else "none",
        support=level,
        evidence=support.evidence,
        inferences=(),
        against=against,
        hit=hit,
        needed="doubt" if concert else scales.needed(support, "rebut", inferred=False),
        cites=cites,
    )


def highest(grades: tuple[str, ...]) -> str:
    """Return the gravest of several grades; none if there are none."""
    return GRADES[max(map(GRADES.index, grades), default=0)]
