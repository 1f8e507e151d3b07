"""The legal steps of causation: first whether he is liable (责任成立), then how far (责任范围).

Each step is a question with the facts of the file that speak for and against it. But-for and NESS
are read off the model of acts; 1169 asks less, only whether the act furthered the tort; adequacy
(相当因果关系) is left to the reader as a question and is never a number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from simlib.causation.act_graph import LOSS, Graph, beside, read_once
from simlib.causation.acts_of_case import IDLE_AFTER_NOTICE, at_least_gross, graph, knew
from simlib.causation.force import causal_force
from simlib.causation.lost_chance import NO_MONEY, NOT_AFTER, chance
from simlib.causation.omission import since_duty
from simlib.chain import (
    came_steps,
    came_through,
    capping_receipts,
    direct_receipts,
    layer,
    passed_on,
)
from simlib.law.authority import authority
from simlib.law.citation import article_day, in_force
from simlib.law.regime import regime_for
from simlib.trace import Assumption, Trace, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime
    from simlib.money import Fen

Facts: TypeAlias = tuple[Trace, ...]
ACCOUNT_RULE = "anti-fraud-law:31(1)"
YES, NO, OPEN, NONE, UNTOLD = "yes", "no", "open", "none", "untold"
DOCTRINE, IN_FORCE, PROPOSAL = "doctrine", "law in force", "reform proposal"
TEACHING = "teaching assumption"


def act(key: str, id: str, party: str | None = None) -> Trace:
    """Return an act as a fact: `value` is its id, or "loss"."""
    return Trace(key, id, "act", source=f"case:acts.{id}", party=party)


def needed(acts: Graph, who: Party) -> Facts:
    """Return each of his acts without which alone there is no loss; all of them if only all are."""
    own = _in_order(acts, acts.of(who.id) & acts.behind)
    single = [id for id in own if not acts.happens(frozenset({id}))]
    return tuple(act("act_needed", id) for id in single or own)


def replacements(acts: Graph, who: Party, key: str = "act_enough") -> Facts:
    """Return the acts of others that do, or may do, in place of his: members of a need on the way
    to the loss."""
    own = acts.of(who.id)
    left = acts.effective(own) & acts.behind
    on_the_way = [g for g in acts.groups if g.of == LOSS or g.of in acts.behind]
    beside = {id for g in on_the_way if own & set(g.members) for id in g.members}
    return tuple(act(key, id) for id in _in_order(acts, left & beside))


def sufficient_with(acts: Graph, who: Party) -> Facts:
    """Return what else is in a smallest set of acts that suffices with an act of his and not
    without.

    Empty if his act alone is such a set, or if there is none (in a model that is no tree).
    """
    numbers = {id: n for n, id in enumerate(_in_order(acts, acts.behind))}
    tree = read_once(acts, numbers)
    for mine in _in_order(acts, acts.of(who.id) & acts.causes):
        others = None if tree is None else beside(tree, numbers[mine])
        if others is None:
            kept = _taken_away(acts, mine)
        else:
            kept = frozenset(id for id, n in numbers.items() if n in others)
        if kept is not None:
            return tuple(act("act_with", id) for id in _in_order(acts, kept))
    return ()


def _taken_away(acts: Graph, mine: str) -> frozenset[str] | None:
    """Return what is left beside an act when all that can be is taken away, its rivals first."""
    every = frozenset(node.id for node in acts.nodes)
    kept = acts.behind
    for id in _dropped_first(acts, mine):
        if acts.happens(every - (kept - {id})):
            kept = kept - {id}
    return None if acts.happens(every - (kept - {mine})) else kept - {mine}


def _dropped_first(acts: Graph, mine: str) -> tuple[str, ...]:
    """Return other acts in the order to take away: first those that can stand in for his."""
    served = {n.id for n in acts.nodes if mine in acts.rests_on(n.id)} | {mine}
    rivals = {id for g in acts.groups if served & set(g.members) for id in g.members} - served
    first = _in_order(acts, rivals & acts.behind)
    return (*first, *_in_order(acts, acts.behind - rivals - {mine}))


def not_alone(acts: Graph, who: Party) -> Facts:
    """State that his acts alone would not have done it: 1171 does not reach him."""
    others = frozenset(n.id for n in acts.nodes if n.party != who.id)
    if acts.happens(others):
        return ()
    return (Trace("not_alone", True, "flag", source="case:loss_needs", party=who.id),)


def leading(acts: Graph, who: Party) -> Facts:
    """Return each of his acts on a way to the loss."""
    own = acts.of(who.id) & acts.behind
    return tuple(act("act_leading", id) for id in _in_order(acts, own))


def next_acts(acts: Graph, who: Party) -> Facts:
    """Return what his acts serve next: other acts, or the loss itself."""
    own = acts.of(who.id) & acts.behind
    served = dict.fromkeys(g.of for g in acts.groups if own & set(g.members))
    kept = [id for id in served if id == LOSS or id in acts.behind]
    return tuple(act("act_serves", id) for id in kept)


def no_way(case: Case, acts: Graph, who: Party) -> Facts:
    """State that none of his acts led to the loss."""
    late = after_loss(case, who) or (later_layer(case, who) if _moved_on(acts, who) else ())
    spare = nothing_passed(case, who) if acts.of(who.id) & acts.ready else ()
    idle = _in_order(acts, acts.of(who.id) - acts.behind)
    return late or spare or tuple(act("act_idle", id) for id in idle)


def _moved_on(acts: Graph, who: Party) -> bool:
    """Tell whether his card is known to stand behind the first, but not when he lent it."""
    return acts.derived and any(acts.node(id).after_loss for id in acts.of(who.id))


def omission(who: Party, law: Regime) -> Facts:
    """State that a platform or an operator only failed to act and did not know of the fraud."""
    if who.role not in IDLE_AFTER_NOTICE or knew(who, law):
        return ()
    return (Trace("omission", True, "flag", source=f"case:parties.{who.id}.grade", party=who.id),)


def after_loss(case: Case, who: Party) -> Facts:
    """Return his acts when the loss had already happened."""
    return tuple(
        Trace("after_loss", a.id, "act", source=f"case:acts[{n}].after_loss", party=who.id)
        for n, a in enumerate(case.acts)
        if a.party == who.id and a.after_loss
    )


def intervening(acts: Graph, who: Party) -> Facts:
    """Return acts marked as intervening, by others, between one of his and the loss."""
    own = acts.of(who.id) & acts.behind
    between = [
        n.id
        for n in acts.nodes
        if n.intervening and n.party != who.id and n.id in acts.behind and own & acts.rests_on(n.id)
    ]
    return tuple(act("act_intervening", id) for id in between)


def received(case: Case, who: Party) -> Facts:
    """Return her money paid straight into his account: he stands in the first layer."""
    money, depth = direct_receipts(case, who.id), layer(case, who.id)
    if not money:
        return ()
    return (
        Trace("direct_receipt", money, "fen", source="case:transfers", party=who.id),
        Trace("layer", depth, "count", source="case:transfers", party=who.id),
    )


def traced(case: Case, who: Party) -> Facts:
    """Return her money that came into his account through others', by the rule of tracing."""
    steps, depth = came_steps(case, who.id), layer(case, who.id)
    where = Trace("layer", depth, "count", source="case:transfers", party=who.id)
    return (where, *steps) if steps else ()


def later_layer(case: Case, who: Party) -> Facts:
    """State that his account stands behind the first one, and what of her money can have come to
    it."""
    depth, money = layer(case, who.id), passed_on(case, who.id)
    if who.role == "principal" or depth is None or depth == 1:
        return ()
    return (
        Trace("layer", depth, "count", source="case:transfers", party=who.id),
        Trace("passed_on", money, "fen", source="case:transfers", party=who.id),
    )


def nothing_passed(case: Case, who: Party) -> Facts:
    """State that none of her money came to his account, which stood ready: did his act happen at
    all?"""
    has_account = any(account.holder == who.id for account in case.accounts)
    if not has_account or came_through(case, who.id) != 0:
        return ()
    return (Trace("nothing_passed", True, "flag", source="case:transfers", party=who.id),)


def typical_risk(case: Case, who: Party) -> Facts:
    """State that the law of the day forbids to lend accounts because fraud uses them."""
    if who.role != "helper" or who.act not in ("payment", "account"):
        return ()
    if not in_force(ACCOUNT_RULE, article_day(ACCOUNT_RULE, case)):
        return ()
    source = f"citation:{ACCOUNT_RULE}"
    return (Trace("account_rule", True, "flag", source=source, cites=(ACCOUNT_RULE,)),)


def professional(who: Party) -> Facts:
    """State that he is a professional institution."""
    return (_fact(who, "professional", True, "flag"),) if who.professional else ()


def foreseeing(who: Party) -> Facts:
    """Return how well he could foresee and prevent the harm, as far as the file says."""
    pairs = (("foresight", who.foresight), ("control", who.control))
    return tuple(_fact(who, key, value, "score") for key, value in pairs if value is not None)


def knowledge(who: Party) -> Facts:
    """Return his grade of fault: 1169 needs knowledge too, which is a question of fault."""
    return (_fact(who, "grade", who.grade, "grade"),) if who.grade else ()


def own_fault(case: Case) -> Facts:
    """Return the claimant's own fault, if the file states any."""
    claimant = case.party(case.claimant)
    if not claimant.fault:
        return ()
    where = f"case:parties.{claimant.id}.fault"
    return (Trace("victim_fault", claimant.fault, "weight", source=where),)


def will_of_another(case: Case) -> Facts:
    """State that the fraud itself was the intentional act of others."""
    heads = [p.id for p in case.parties if p.role == "principal"]
    return tuple(
        Trace("will_of_another", id, "party", source=f"case:parties.{id}.role") for id in heads
    )


def _fact(who: Party, key: str, value: Value, unit: str) -> Trace:
    return Trace(key, value, unit, source=f"case:parties.{who.id}.{key}", party=who.id)


def _in_order(acts: Graph, ids: frozenset[str] | set[str]) -> tuple[str, ...]:
    return tuple(node.id for node in acts.nodes if node.id in ids)


@dataclass(frozen=True, slots=True)
class Step:
    """One question of causation.

    Attributes
    ----------
    key
        words under `steps.KEY` of `texts/*/causation.toml`: name, question, why
    answer
        yes | no | open | none | untold; open is for a court to weigh, none where there is no
        limit, untold where the model does not say
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
    acts = (graph(case) if acts is None else acts).concerning(who.id)
    asked = (_but_for(case, acts, who), _ness(case, acts, who), _furthering(case, acts, who, law))
    factual = tuple(_as_told(acts, step) for step in asked)
    linked = any(step.answer in (YES, OPEN, UNTOLD) for step in factual)
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
        yield _enlarged(case, who, law)
        yield _intervening(case, acts, who)
    yield _lost_chance(case, who, law)


def _but_for(case: Case, acts: Graph, who: Party) -> Step:
    cites = authority("causal_link", case)
    if acts.but_for(who.id):
        return Step(who.id, "but_for", YES, DOCTRINE, cites, needed(acts, who))
    if acts.in_doubt(acts.of(who.id)):
        may = replacements(acts, who, "act_alike")
        return Step(who.id, "but_for", UNTOLD, DOCTRINE, cites, weighs=may)
    instead = replacements(acts, who) if acts.happens() else ()
    opposes = instead or no_way(case, acts, who)
    return Step(who.id, "but_for", NO, DOCTRINE, cites, opposes=opposes)


def _as_told(acts: Graph, step: Step) -> Step:
    """Take a yes back where the model does not say whether there is a loss to be a cause of."""
    return replace(step, answer=UNTOLD) if acts.in_doubt() and step.answer == YES else step


def _ness(case: Case, acts: Graph, who: Party) -> Step:
    if not acts.ness(who.id):
        return Step(who.id, "ness", NO, DOCTRINE, opposes=no_way(case, acts, who))
    # 1171 wants each act to suffice for the whole loss alone; no part of a set does
    acts = acts.used
    alone = not_alone(acts, who)
    return Step(
        who.id,
        "ness",
        YES,
        DOCTRINE,
        authority("causal_link", case, "sufficient_alone") if alone else (),
        sufficient_with(acts, who),
        weighs=(*alone, *nothing_passed(case, who)),
    )


def _furthering(case: Case, acts: Graph, who: Party, law: Regime) -> Step:
    """Return whether the act furthered the tort (1169(1)), needed or not.

    What only stood ready furthered nothing, unless the promise of it did; nor does a mere failure
    to act further what one does not know of. Of who defrauded her himself it is not asked.
    """
    cites = authority("causal_link", case, "furthering")
    if who.role == "principal":
        return Step(who.id, "furthering", NONE, IN_FORCE, cites)
    used = acts.used
    ways = leading(used, who) if used.happens() else ()  # no tort done, none furthered
    silent = omission(who, law) if ways else ()
    answer = YES if ways and not silent else NO
    if not ways and _may_have_promised(case, acts, who):
        answer = OPEN
    return Step(
        who.id,
        "furthering",
        answer,
        IN_FORCE,
        cites,
        () if silent else ways,
        silent or (() if ways else no_way(case, acts, who)),
        (*knowledge(who), *(nothing_passed(case, who) if ways else ())),
    )


def _may_have_promised(case: Case, acts: Graph, who: Party) -> bool:
    """Tell whether a promise made before may be the help, though his act led to no loss.

    Of a card that only moved the money on nobody knows where the acts are derived.
    """
    unused = acts.of(who.id) & acts.ready
    if (after_loss(case, who) or unused) and who.grade == "concert":
        return True
    return acts.happens() and _moved_on(acts, who)


def _adequate(case: Case, acts: Graph, who: Party, linked: bool) -> Step:
    """Return a question with considerations, never a number; it does not arise without a link in
    fact."""
    cites = authority("causal_link", case)
    if not linked:
        return Step(who.id, "adequate", NONE, DOCTRINE, cites)
    late = () if leading(acts, who) else after_loss(case, who)
    return Step(
        who.id,
        "adequate",
        OPEN,
        DOCTRINE,
        cites,
        (*typical_risk(case, who), *received(case, who), *professional(who)),
        (*intervening(acts, who), *later_layer(case, who), *late),
        (*foreseeing(who), *own_fault(case)),
    )


def _directness(case: Case, who: Party, law: Regime) -> Step | None:
    """Return the paper's pair: direct means the main liability, indirect means by causal force."""
    if who.role == "principal":
        return None
    where = f"case:parties.{who.id}.direct"
    stated = (Trace("direct", who.direct, "flag", source=where, party=who.id),)
    against = (*will_of_another(case), *later_layer(case, who))
    return Step(
        who.id,
        "directness",
        "direct" if who.direct else "indirect",
        PROPOSAL,
        ("paper:direct", "paper:causation"),
        (*(stated if who.direct else ()), *received(case, who)),
        (*(() if who.direct else stated), *against),
        (causal_force(who, law),),
    )


def _flow_cap(case: Case, who: Party) -> Step | None:
    """Return the most that passed his accounts, as `simlib.liability` caps it.

    Before her own fault, which lets off the negligent alone: that is no question of causation.
    """
    if who.act not in ("payment", "account"):
        return None
    cap = capping_receipts(case, who.id)
    common = (TEACHING, authority("causal_link", case, "flow_cap"))
    if cap is None:
        return Step(who.id, "flow_cap", NONE, *common, weighs=later_layer(case, who))
    came = traced(case, who) or received(case, who) or nothing_passed(case, who)
    own = own_fault(case)
    return Step(who.id, "flow_cap", YES, *common, came, weighs=own, value=cap, unit="fen")


def _enlarged(case: Case, who: Party, law: Regime) -> Step | None:
    """Return what a failure to act added; of an operator the law names no such part: causation."""
    if who.role not in IDLE_AFTER_NOTICE:
        return None
    field = since_duty(who, at_least_gross(who, law))
    added: Fen | None = getattr(who, field)
    if who.role == "operator" and added is None:
        return None
    where = f"case:parties.{who.id}.{field}"
    stated = Trace(field, added, "fen", source=where, party=who.id)
    # of a platform 扩大部分 stands there, not in 1197
    rests = (IN_FORCE, authority("platform", case))
    if who.role == "operator":
        rests = (DOCTRINE, (*authority("causal_link", case), *authority("operator", case)))
    if added is None:
        return Step(who.id, "enlarged", OPEN, *rests, weighs=(stated,))
    return Step(who.id, "enlarged", YES, *rests, (stated,), value=added, unit="fen")


def _intervening(case: Case, acts: Graph, who: Party) -> Step | None:
    """Return whether what came between breaks the chain as open: that is for the court."""
    between = intervening(acts, who)
    if not between:
        return None
    return Step(
        who.id, "intervening", OPEN, DOCTRINE, authority("causal_link", case, "intervening"),
        between,
        next_acts(acts, who),
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
    return (*made, *chance(case, who.id, law).assumptions)
