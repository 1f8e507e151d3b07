"""The evidence about one party on the scales: what supports a fact, what speaks against it.

Nothing here adds anything up. A fact is supported or not, answered or not; the burden of proof
says what follows where it is neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simlib.fault.criminal import Effect, effects
from simlib.fault.log import Inference, verify
from simlib.fault.review import Reading, readings
from simlib.law.checklist import STRENGTHS, defences, rules

if TYPE_CHECKING:
    from simlib.case.model import Case, Party

BURDENS = ("plaintiff", "factual_inference", "presumed_fault")
STANDARDS = ("legal", "higher")
SUPPORTS = ("none", "raised", "sufficient")
READINGS = ("doubt", "contrary")  # of 足以反驳: the rule `rebuttal`


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
