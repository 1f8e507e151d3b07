"""The evidence about one party on the scales: facts, items of the checklist, knowledge, concert.

Nothing here adds anything up. A fact is supported or not, answered or not; the burden of proof
says what follows where it is neither. An item is a known fact, and knowledge or fault what is
inferred from it. The plaintiff proves the fact, whatever the burden of fault; what it takes to
answer the inference depends on the procedure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simlib.fault.criminal import Effect, effects
from simlib.fault.grade import GRADES
from simlib.fault.review import Inference, Reading, readings, verify
from simlib.law.authority import authority
from simlib.law.checklist import STRENGTHS, checklist, defences, rules

if TYPE_CHECKING:
    import datetime

    from simlib.case.model import Case, Party
    from simlib.law.checklist import Item

BURDENS = ("plaintiff", "factual_inference", "presumed_fault")
STANDARDS = ("legal", "higher")
SUPPORTS = ("none", "raised", "sufficient")
READINGS = ("doubt", "contrary")  # of 足以反驳: the rule `rebuttal`
DIRECT = ("knowledge", "concert")  # shown directly, and no items


@dataclass(frozen=True, slots=True)
class Procedure:
    """How fault is found.

    Attributes
    ----------
    burden, review, standard
        one of `BURDENS`, of `simlib.law.checklist.REVIEWS` and of `STANDARDS`
    rebuttal
        what 足以反驳 (民诉法解释93) asks of whoever answers an inference: `doubt`, that the fact
        be unclear again, or `contrary`, that its contrary be proved
    """

    burden: str
    review: str
    standard: str
    rebuttal: str

    @property
    def infers(self) -> bool:
        """Whether it draws a factual inference, so that the reading of 足以反驳 matters."""
        return self.burden == "factual_inference" and self.standard == "legal"

    def needed(self, inferred: bool) -> str:
        """Return what it takes to answer a fact that no public document shields.

        Where the truth stays unclear, it goes against whoever bears the burden: the plaintiff, so
        that any doubt is enough, or the defendant under presumed fault, so that he proves the
        contrary. A factual inference leaves the burden where it is; the minority reading asks
        for the contrary of what is inferred, not of the known fact it is inferred from.
        """
        contrary = inferred and self.infers and self.rebuttal == "contrary"
        return "rebut" if contrary or self.burden == "presumed_fault" else "doubt"


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
    """The evidence about one party, read once, as one procedure weighs it."""

    def __init__(self, case: Case, party: Party, way: Procedure) -> None:
        self.case, self.party, self.way = case, party, way
        read = readings(case, way.review)
        mine = [piece for piece in case.evidence if piece.against == party.id]
        self.read: Mapping[str, Reading] = read
        self.pieces = [piece for piece in mine if read[piece.id].weight != "out"]

    @cached_property
    def inferences(self) -> tuple[Inference, ...]:
        """What the event log lets one infer: nothing under a review of form alone."""
        return verify(self.case, self.party.id) if self.way.review == "substantive" else ()

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

    @property
    def least(self) -> str:
        """What the burden itself gives: who cannot prove that he was not at fault is presumed to
        have been (民法典1165(2)), whatever the evidence shows."""
        if self.way.burden != "presumed_fault":
            return "none"
        acquitted = reaches(self.hits("fault")[0], self.way.needed(inferred=True))
        return "none" if acquitted else rules()["presumed_least"]

    def _contested(self, name: str, support: Support) -> bool:
        """Tell whether evidence speaks against a defence, or a log of his own shows it
        otherwise."""
        reported = any(e.kind == "report" and e.party == self.party.id for e in self.case.events)
        late = name == "prompt-report" and reported and not support.inferences
        return self.hits(name)[0] is not None or self.way.review == "substantive" and late

    def stands(self, support: Support, hit: str | None, inferred: bool = False) -> bool:
        """Tell whether a fact stands in this procedure, given the strongest evidence against it."""
        level = support.by(self.way.standard)
        if level == "none" or reaches(hit, self.needed(support, inferred)):
            return False
        return level == "sufficient" or self.way.burden == "presumed_fault"

    def needed(self, support: Support, inferred: bool = False) -> str:
        """Return what it takes to answer a fact: a doubt, its contrary, or 足以推翻."""
        return "overturn" if support.overturn else self.way.needed(inferred)


def reaches(hit: str | None, needed: str) -> bool:
    """Tell whether evidence against a fact is as strong as it must be."""
    return hit is not None and STRENGTHS.index(hit) >= STRENGTHS.index(needed)


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
