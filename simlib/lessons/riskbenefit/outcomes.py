"""One helper's share as the model reckons it, step by step, and what of it is fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from simlib.figures.riskbenefit.rows import whole_yuan
from simlib.figures.row_premises import note
from simlib.interval import Interval, ShareRange, high_end, hull, low_end
from simlib.money import exact, half_up
from simlib.riskbenefit import assess, model_keys, order, reforms_on
from simlib.riskbenefit.model import raw_ends
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.interval import FenRange
    from simlib.law.regime import Regime
    from simlib.liability import Outcome
    from simlib.riskbenefit import Assessment
    from simlib.trace import Trace, Value

TOPIC = "riskbenefit_lab"
DIMENSIONS = {
    "gain": ("gain_direct_fen",),
    "risk": ("foresight", "control"),
    "cause": ("indispensability", "push"),
}
FORCE = ("causal_force",)  # instead of the pair where the case states it whole
BY_ACT = ("base", "cap", "rho")
KINDS = ("found", "told", "assumed", "unknown")
SAME = 1e-12


@dataclass(frozen=True)
class Reckoned:
    """The model on one helper of a case, and the law in force beside it.

    Attributes
    ----------
    outcome, law
        under the model as it is set, and under the law in force
    regime, rules
        how the model is set
    """

    case: Case
    party: str
    outcome: Outcome
    law: Outcome
    regime: Regime
    rules: Mapping[str, str | float]

    @property
    def person(self) -> Party:
        """The helper."""
        return self.case.party(self.party)

    @property
    def way(self) -> str:
        """How the dimensions are joined."""
        return str(self.rules["aggregator"])

    @property
    def on(self) -> tuple[str, ...]:
        """Which of base, cap and exemption are on."""
        return reforms_on({**self.regime.rules, **self.rules})

    @cached_property
    def assessment(self) -> Assessment:
        """Scores and share before the group step."""
        return assess(self.person, self.case, self.way, self.regime, self.on)

    @cached_property
    def raw(self) -> ShareRange:
        """The share before cap and floor."""
        return hull(raw_ends(self.person, self.assessment.score, self.regime, self.on))

    @property
    def limit(self) -> float | None:
        """The cap, or the floor of direct causation; None where there is no one such value."""
        kind = self.assessment.limit
        if kind == "direct":
            return self.regime.value("direct_floor")
        act = self.person.act
        return self.regime.value(f"cap.{act}") if kind == "capped" and act else None

    @property
    def base(self) -> float | None:
        """The share at a score of ½; None where it is switched off or the act is open."""
        act = self.person.act
        return self.regime.value(f"base.{act}") if "base" in self.on and act else None

    @property
    def share(self) -> ShareRange:
        """The share after the group step."""
        return self.outcome.parties[self.party].share

    @property
    def fen(self) -> FenRange:
        """What he owes outward, in whole yuan [fen]."""
        return whole_yuan(self.outcome.parties[self.party].exposure_fen)

    @property
    def law_share(self) -> ShareRange:
        """What may be claimed of him under the law in force, as a part of the loss."""
        return part_of(self.law.parties[self.party].exposure_fen, self.case)

    # ------------------------------------------------------------ what of it is fact

    def facts_of(self, dimension: str) -> tuple[str, ...]:
        """The numbers of a dimension that are facts about him."""
        whole = dimension == "cause" and self.person.causal_force is not None
        return FORCE if whole else DIMENSIONS[dimension]

    def kind_of(self, fact: str) -> str:
        """Whence a fact is known: found by a court, told by the source, assumed, or not at all."""
        if getattr(self.person, fact) is None:
            return "unknown"
        kind = self.person.kinds.get(fact, "told")
        return kind if kind in KINDS else "told"

    def counted(self, *dimensions: str) -> dict[str, int]:
        """How many of the facts of some dimensions (of all, if none is named) are of each kind."""
        facts = [f for d in dimensions or DIMENSIONS for f in self.facts_of(d)]
        kinds = [self.kind_of(fact) for fact in facts]
        return {kind: kinds.count(kind) for kind in KINDS}

    @property
    def values(self) -> int:
        """How many values of the model are read for his act."""
        own = (key.partition(".") for key in model_keys(self.regime))
        return sum(1 for name, _, act in own if name not in BY_ACT or act == self.person.act)

    # ------------------------------------------------------------ in a sentence

    def sentence(self, lang: str) -> str:
        """Say what the share comes to, what the limit does to it, and what is open."""
        who = getattr(self.person.name, lang)
        text = _say(
            "share", lang, who=who, share=percent(self.share, lang), amount=amount(self.fen, lang)
        )
        if effect := self.effect():
            limit = "" if self.limit is None else percent(self.limit, lang)
            text += _say(effect, lang, raw=percent(self.raw, lang), limit=limit)
        unsure = [d for d in DIMENSIONS if isinstance(getattr(self.assessment, d), Interval)]
        if unsure and isinstance(self.share, Interval):
            named = [words("riskbenefit", f"dimension.{d}", lang) for d in unsure]
            text += _say("open", lang, what=words(TOPIC, "path.listed", lang).join(named))
        return text

    def effect(self) -> str:
        """Return the key of what gate, floor or cap does to the share; empty if nothing."""
        kind = self.assessment.limit
        if kind in ("gate", "exempt"):
            return kind
        if self.limit is None:  # without an act of help there is no one cap
            return ""
        low, high = low_end(self.raw), high_end(self.raw)
        if kind == "direct":
            return "floor" if high < self.limit else "floor_slack"
        if high <= self.limit + SAME:
            return ""
        if percent(high) == percent(self.limit):
            return "cap_touched"
        return "cap" if low > self.limit else "cap_part"


def law_note(at: Reckoned, lang: str) -> str:
    """Say on what the law in force rests; of internal burdens nothing is said here."""
    between = words("case_lesson", "board.note.between", lang)
    inside = words("case_lesson", "board.note.scale_inside", lang)
    parts = note(at.case, at.law, at.party, lang).split(between)
    return between.join(part for part in parts if part != inside)


def against_paper(regime: Regime) -> bool:
    """Tell whether the values turn one of the paper's two comparisons round."""
    value = regime.value
    return any(
        value(f"{each.family}.{each.higher}") < value(f"{each.family}.{each.lower}")
        for each in order(regime)
    )


def part_of(fen: FenRange, case: Case) -> ShareRange:
    """An amount as a part of the loss."""
    return hull([low_end(fen) / case.loss_fen, high_end(fen) / case.loss_fen])


def points(value: ShareRange) -> str:
    """Write a score in whole hundredths, or as a range."""
    ends = [half_up(exact(float(end)) * 100) for end in (low_end(value), high_end(value))]
    return f"{ends[0]}–{ends[1]}" if ends[0] != ends[1] else str(ends[0])


def node_of(outcome: Outcome, key: str, party: str) -> Trace | None:
    """Return a step of the reasons, or None if it was never reached."""
    try:
        return outcome.reason(key, party)
    except KeyError:
        return None


def number_of(value: Value) -> ShareRange:
    """Return the number, or the range, that a step of the reasons reached."""
    if isinstance(value, Interval | float | int | Fraction):
        return value
    raise TypeError(f"not a number: {value!r}")


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"sentence.{key}", lang, **values)
