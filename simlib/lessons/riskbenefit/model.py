"""One helper's share as the model reckons it, step by step, and what of it is fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simlib.figures.answered_part import pieces_of, within
from simlib.figures.rulings import ruling_of
from simlib.interval import Interval, ShareRange, at_ends, high_end, hull, low_end
from simlib.lessons.riskbenefit.knobs import PARAMETER, RULES, inputs_of, regime_of
from simlib.liability import Outcome, decide
from simlib.money import exact, half_up
from simlib.riskbenefit import AGGREGATORS, assess, dead_levers, order, reforms_on
from simlib.riskbenefit.model import raw_ends
from simlib.text import percent

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.law.regime import Regime
    from simlib.money import Fen
    from simlib.riskbenefit import Assessment, Lever
    from simlib.trace import Trace

MODE, LAW = "risk_benefit", "auto"
DIMENSIONS = {
    "gain": ("gain_direct_fen",),
    "risk": ("foresight", "control"),
    "cause": ("indispensability", "push"),
}
SCORES = (*DIMENSIONS, "score")
FORCE = ("causal_force",)  # instead of the pair where the case states it whole
KINDS = ("found", "told", "assumed", "unknown")
WHOLE = 10_000  # hundredths of a percent
SAME = 1e-12  # of a share: rounding of floats


class Model(Mapping[str, Outcome]):
    """One helper of a case under the model as it is set, and under the law in force.

    As a mapping it is way of joining → outcome, the law under `auto`, each decided when it is
    first asked for.

    Attributes
    ----------
    held
        all that is chosen beside the facts
    person, way
        the helper; how the dimensions are joined
    rules, regime, on
        how the model is set; which of base, cap and exemption are on
    """

    def __init__(
        self,
        case: Case,
        party: str,
        held: Mapping[str, Any],
        known: dict[str, Outcome] | None = None,
    ) -> None:
        self.case, self.party, self.held = case, party, held
        self.person, self.way = case.party(party), str(held["aggregator"])
        self.rules: dict[str, str | float] = {name: held[name] for name in RULES}
        self.regime = regime_of(held, case)
        self.on = reforms_on({**self.regime.rules, **self.rules})
        self._known = {} if known is None else known
        self.outcome = self[self.way]  # what is refused is refused at once

    def __getitem__(self, way: str) -> Outcome:
        """The outcome; raises KeyError for a way we do not have."""
        if way not in (*AGGREGATORS, LAW):
            raise KeyError(way)
        if way not in self._known:
            rules = {**self.rules, "aggregator": way}
            found = (LAW,) if way == LAW else (MODE, rules, self.regime)
            self._known[way] = decide(self.case, *found)
        return self._known[way]

    def __iter__(self) -> Iterator[str]:
        """All ways, in the order of the engine, then the law in force."""
        return iter((*AGGREGATORS, LAW))

    def __len__(self) -> int:
        """How many there are."""
        return len(AGGREGATORS) + 1

    def by(self, way: str, party: str) -> Model:
        """The same under another way of joining, and for another helper."""
        return Model(self.case, party, {**self.held, "aggregator": way}, self._known)

    # ------------------------------------------------------------ step by step

    @property
    def law(self) -> Outcome:
        """The outcome under the law in force."""
        return self[LAW]

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
    def cap(self) -> float | None:
        """The cap of his act, whether or not it stops anything; None where the act is open."""
        act = self.person.act
        return self.regime.value(f"cap.{act}") if "cap" in self.on and act else None

    @property
    def base_ends(self) -> tuple[float, float]:
        """From where to where the base of his act can be set; all of it where the act is open."""
        if self.person.act is None:
            return 0.0, 1.0
        parameter = self.regime.parameter(f"base.{self.person.act}")
        return parameter.low, parameter.high

    @property
    def base(self) -> float | None:
        """The share at a score of ½; None where it is switched off or the act is open."""
        act = self.person.act
        return self.regime.value(f"base.{act}") if "base" in self.on and act else None

    @property
    def share(self) -> ShareRange:
        """The share after the group step, of what he answers for."""
        return within(self.outcome, self.party)

    @property
    def part_fen(self) -> Fen | None:
        """The part of the loss he answers for; None where it is all of it."""
        return self.outcome.answers_for(self.party)

    @property
    def scale(self) -> float:
        """What a share of the whole loss is multiplied by to be one of what he answers for."""
        mine = sum(piece.damages_fen for piece in pieces_of(self.outcome, self.party))
        return sum(piece.damages_fen for piece in self.outcome.pieces) / mine if mine else 1.0

    @property
    def fen(self) -> FenRange:
        """What he owes outward, in whole yuan [fen]."""
        return whole_yuan(self.outcome.parties[self.party].exposure_fen)

    @property
    def steps(self) -> dict[str, ShareRange]:
        """Row → its number, of those the model and the law have."""
        scores: dict[str, ShareRange] = {key: getattr(self.assessment, key) for key in SCORES}
        of = self.law.answers_for(self.party) or self.case.loss_fen
        law = part_of(self.law.parties[self.party].exposure_fen, of)
        return scores | {"base": self.raw, "share": self.share, "law": law}

    def ordered(self, row: str) -> ShareRange | None:
        """What the decision of a row ordered, as a part of the loss."""
        ruling = ruling_of(self.case, row)
        fen = ruling.amount_fen if ruling else None
        return None if fen is None else part_of(fen, self.case.loss_fen)

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
    def parameters(self) -> int:
        """How many values of the model are read for his act."""
        return sum(key.startswith(PARAMETER) for key in inputs_of(self.case, self.person))

    # ------------------------------------------------------------ what moves it

    @cached_property
    def dead(self) -> list[Lever]:
        """The levers that do nothing where the model stands."""
        return list(dead_levers(self.party, self.case, self.way, self.regime, self.on))

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


# ---------------------------------------------------------------- numbers


def whole_yuan(fen: FenRange) -> FenRange:
    """Round an amount of the model to whole yuan; it cannot know the fen [fen]."""
    return at_ends(lambda amount: round(amount / 100) * 100, fen)


def hundredths(value: ShareRange) -> FenRange:
    """A part of 1 as the board counts it [hundredths of a percent]."""
    if isinstance(value, Interval):
        return Interval(round(value.low * WHOLE), round(value.high * WHOLE))
    return round(value * WHOLE)


def part_of(fen: FenRange, whole: Fen) -> ShareRange:
    """An amount as a part of the loss, or of what one answers for of it."""
    return hull([low_end(fen) / whole, high_end(fen) / whole])


def points(value: ShareRange) -> str:
    """Write a score in whole hundredths, or as a range."""
    ends = [half_up(exact(float(end)) * 100) for end in (low_end(value), high_end(value))]
    return f"{ends[0]}–{ends[1]}" if ends[0] != ends[1] else str(ends[0])


def against_paper(regime: Regime) -> bool:
    """Tell whether the values turn one of the paper's two comparisons round."""
    value = regime.value
    return any(
        value(f"{each.family}.{each.higher}") < value(f"{each.family}.{each.lower}")
        for each in order(regime)
    )


def node_of(outcome: Outcome, key: str, party: str) -> Trace | None:
    """Return a step of the reasons, or None if it was never reached."""
    try:
        return outcome.reason(key, party)
    except KeyError:
        return None
