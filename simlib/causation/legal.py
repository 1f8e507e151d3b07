"""The legal steps of causation: first whether he is liable (责任成立), then how far (责任范围).

Each step is a question with the facts of the file that speak for and against it. But-for and NESS
are read off the model of acts; 1169 asks less, only whether the act furthered the tort; adequacy
(相当因果关系) is left to the reader as a question and is never a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.causation import facts
from simlib.causation.after import NO_MONEY, NOT_AFTER, chance
from simlib.causation.force import causal_force
from simlib.causation.model import graph
from simlib.chain import flow_cap
from simlib.law.authority import authority
from simlib.law.regime import regime_for
from simlib.money import exact
from simlib.trace import Assumption, Trace, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simlib.case.model import Case, Party
    from simlib.causation.model import Graph
    from simlib.law.regime import Regime

YES, NO, OPEN, NONE = "yes", "no", "open", "none"
DOCTRINE, IN_FORCE, PROPOSAL = "doctrine", "law in force", "reform proposal"
TEACHING = "teaching assumption"


@dataclass(frozen=True, slots=True)
class Step:
    """One question of causation.

    Attributes
    ----------
    key
        words under `steps.KEY` of `texts/*/causation.toml`: name, question, why
    answer
        yes | no | open | none; open is for a court to weigh, none where there is no limit
    value, unit
        an amount the step comes to, if any
    supports, opposes, weighs
        facts for, facts against, and those that cut either way
    basis, cites
        what the question rests on
    """

    party: str
    key: str
    answer: str
    basis: str
    cites: tuple[str, ...] = ()
    supports: tuple[Trace, ...] = ()
    opposes: tuple[Trace, ...] = ()
    weighs: tuple[Trace, ...] = ()
    value: Value = None
    unit: str = "answer"

    @property
    def trace(self) -> Trace:
        """The step as a step of reasoning, resting on all its facts."""
        below = (*self.supports, *self.opposes, *self.weighs)
        value = self.answer if self.unit == "answer" else self.value
        rule = f"link.{self.key}"
        return Trace(self.key, value, self.unit, rule, below, party=self.party, cites=self.cites)


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps for one party: `establishing` (责任成立), then `extent` (责任范围)."""

    party: str
    establishing: tuple[Step, ...]
    extent: tuple[Step, ...]
    trace: Trace
    citations: tuple[str, ...]
    assumptions: tuple[Assumption, ...]

    def step(self, key: str) -> Step | None:
        """Return the step of that key; None where the question does not arise."""
        every = (*self.establishing, *self.extent)
        return next((step for step in every if step.key == key), None)


def legal_steps(
    case: Case, party: str, regime: Regime | None = None, acts: Graph | None = None
) -> Steps:
    """Return the legal questions of causation for a party, in a court's order.

    Parameters
    ----------
    party
        id of a principal, helper, platform or operator
    acts
        the model to use instead of the case's own, e.g. with some acts taken away

    Raises
    ------
    GameError
        if the model of acts is too large for NESS
    """
    law, who = regime_for(case, regime), case.party(party)
    acts = graph(case) if acts is None else acts
    factual = (_but_for(case, acts, who), _ness(case, acts, who), _furthering(case, acts, who))
    linked = any(step.answer in (YES, OPEN) for step in factual)
    establishing = (*factual, _adequate(case, acts, who, linked))
    extent = tuple(step for step in _extent(case, acts, who, law, linked) if step)
    every = (*establishing, *extent)
    below = tuple(step.trace for step in every)
    answer = OPEN if linked else NO  # adequacy is still to be judged
    trace = Trace("causal_link", answer, "answer", "link.steps", below, party=party)
    cited = tuple(dict.fromkeys(cite for step in every for cite in step.cites))
    return Steps(party, establishing, extent, trace, cited, _assumptions(case, acts, who, law))


def _extent(
    case: Case, acts: Graph, who: Party, law: Regime, linked: bool
) -> Iterator[Step | None]:
    """Yield how far he is liable, once he is; a lost chance is a harm of its own."""
    if linked:
        yield _directness(case, who, law)
        yield _flow_cap(case, who)
        yield _enlarged(case, who)
        yield _intervening(case, acts, who)
    yield _lost_chance(case, who, law)


def _but_for(case: Case, acts: Graph, who: Party) -> Step:
    cites = authority("causal_link", case)
    if acts.but_for(who.id):
        return Step(who.id, "but_for", YES, DOCTRINE, cites, facts.needed(acts, who))
    instead = facts.replacements(acts, who) if acts.happens() else ()
    opposes = instead or facts.no_way(case, acts, who)
    return Step(who.id, "but_for", NO, DOCTRINE, cites, opposes=opposes)


def _ness(case: Case, acts: Graph, who: Party) -> Step:
    if not acts.ness(who.id):
        return Step(who.id, "ness", NO, DOCTRINE, opposes=facts.no_way(case, acts, who))
    # 1171 wants each act to suffice for the whole loss alone; no part of a set does
    alone = facts.not_alone(acts, who)
    return Step(
        who.id,
        "ness",
        YES,
        DOCTRINE,
        authority("causal_link", case, "sufficient_alone") if alone else (),
        facts.sufficient_with(acts, who),
        weighs=(*alone, *facts.nothing_passed(case, who)),
    )


def _furthering(case: Case, acts: Graph, who: Party) -> Step:
    """Return whether the act furthered the tort (1169(1)), needed or not."""
    leading = facts.leading(acts, who) if acts.happens() else ()  # no tort done, none furthered
    answer = YES if leading else NO
    if not leading and facts.after_loss(case, who) and who.grade == "concert":
        answer = OPEN  # a promise made before is help, whenever it is kept
    return Step(
        who.id,
        "furthering",
        answer,
        IN_FORCE,
        authority("causal_link", case, "furthering"),
        leading,
        () if leading else facts.no_way(case, acts, who),
        (*facts.knowledge(who), *facts.nothing_passed(case, who)),
    )


def _adequate(case: Case, acts: Graph, who: Party, linked: bool) -> Step:
    """Return a question with considerations, never a number; it does not arise without a link in
    fact."""
    cites = authority("causal_link", case)
    if not linked:
        return Step(who.id, "adequate", NONE, DOCTRINE, cites)
    late = () if facts.leading(acts, who) else facts.after_loss(case, who)
    return Step(
        who.id,
        "adequate",
        OPEN,
        DOCTRINE,
        cites,
        (*facts.typical_risk(case, who), *facts.received(case, who), *facts.professional(who)),
        (*facts.intervening(acts, who), *facts.later_layer(case, who), *late),
        (*facts.foreseeing(who), *facts.own_fault(case)),
    )


def _directness(case: Case, who: Party, law: Regime) -> Step | None:
    """Return the paper's pair: direct means the main liability, indirect means by causal force."""
    if who.role == "principal":
        return None
    where = f"case:parties.{who.id}.direct"
    stated = (Trace("direct", who.direct, "flag", source=where, party=who.id),)
    against = (*facts.will_of_another(case), *facts.later_layer(case, who))
    return Step(
        who.id,
        "directness",
        "direct" if who.direct else "indirect",
        PROPOSAL,
        ("paper:direct", "paper:causation"),
        (*(stated if who.direct else ()), *facts.received(case, who)),
        (*(() if who.direct else stated), *against),
        (causal_force(who, law),),
    )


def _flow_cap(case: Case, who: Party) -> Step | None:
    """Return the most that passed his accounts, as `simlib.liability` caps it."""
    if who.act not in ("payment", "account"):
        return None
    cap = flow_cap(case, who, 1 - exact(case.party(case.claimant).fault or Fraction(0)))
    common = (TEACHING, authority("causal_link", case, "flow_cap"))
    if cap is None:
        return Step(who.id, "flow_cap", NONE, *common, weighs=facts.later_layer(case, who))
    received = facts.traced(case, who) or facts.received(case, who)
    received = received or facts.nothing_passed(case, who)
    own = facts.own_fault(case)
    return Step(who.id, "flow_cap", YES, *common, received, weighs=own, value=cap, unit="fen")


def _enlarged(case: Case, who: Party) -> Step | None:
    if who.role != "platform":
        return None
    where = f"case:parties.{who.id}.enlarged_fen"
    stated = Trace("enlarged_fen", who.enlarged_fen, "fen", source=where, party=who.id)
    cites = authority("platform", case)  # 扩大部分 stands there, not in 1197
    if who.enlarged_fen is None:
        return Step(who.id, "enlarged", OPEN, IN_FORCE, cites, weighs=(stated,))
    return Step(
        who.id, "enlarged", YES, IN_FORCE, cites, (stated,), value=who.enlarged_fen, unit="fen"
    )


def _intervening(case: Case, acts: Graph, who: Party) -> Step | None:
    """Return whether what came between breaks the chain as open: that is for the court."""
    between = facts.intervening(acts, who)
    if not between:
        return None
    return Step(
        who.id, "intervening", OPEN, DOCTRINE, authority("causal_link", case, "intervening"),
        between,
        facts.next_acts(acts, who),
    )  # fmt: skip


def _lost_chance(case: Case, who: Party, law: Regime) -> Step | None:
    lost = chance(case, who.id, law)
    below = lost.trace.children
    if lost.refusal == NOT_AFTER:
        return None
    if lost.refusal:
        answer = OPEN if lost.refusal == NO_MONEY else NONE
        return Step(who.id, "lost_chance", answer, TEACHING, lost.citations, weighs=below)
    return Step(
        who.id, "lost_chance", OPEN, TEACHING, lost.citations, below,
        value=lost.interval, unit="fen",
    )  # fmt: skip


def _assumptions(case: Case, acts: Graph, who: Party, law: Regime) -> tuple[Assumption, ...]:
    key = "graph.derived" if acts.derived else "graph.stated"
    made: list[Assumption] = [{"key": key, "value": None, "basis": TEACHING}]
    if who.act in ("payment", "account") and case.party(case.claimant).fault:
        own = case.party(case.claimant).fault
        made.append({"key": "victim_fault.contested", "value": own, "basis": TEACHING})
    return (*made, *chance(case, who.id, law).assumptions)
