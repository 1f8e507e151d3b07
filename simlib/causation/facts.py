"""The facts of a case that speak for or against a step of causation, as leaves of a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from simlib.causation.act_graph import LOSS
from simlib.causation.circuit import beside, read_once
from simlib.chain import came_steps, came_through, direct_receipts, layer, passed_on
from simlib.law.citation import article_day, in_force
from simlib.trace import Trace, Value

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.causation.act_graph import Graph

Facts: TypeAlias = tuple[Trace, ...]
ACCOUNT_RULE = "anti-fraud-law:31(1)"


def act(key: str, id: str, party: str | None = None) -> Trace:
    """Return an act as a fact: `value` is its id, or "loss"."""
    return Trace(key, id, "act", source=f"case:acts.{id}", party=party)


def needed(acts: Graph, who: Party) -> Facts:
    """Return each of his acts without which alone there is no loss; all of them if only all are."""
    own = _in_order(acts, acts.of(who.id) & acts.behind)
    single = [id for id in own if not acts.happens(frozenset({id}))]
    return tuple(act("act_needed", id) for id in single or own)


def replacements(acts: Graph, who: Party) -> Facts:
    """Return the acts of others that do in place of his: members of a need on the way to the
    loss."""
    own = acts.of(who.id)
    left = acts.effective(own) & acts.behind
    on_the_way = [g for g in acts.groups if g.of == LOSS or g.of in acts.behind]
    beside = {id for g in on_the_way if own & set(g.members) for id in g.members}
    return tuple(act("act_enough", id) for id in _in_order(acts, left & beside))


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
    """State that none of his acts leads to the loss."""
    late = after_loss(case, who)
    idle = _in_order(acts, acts.of(who.id) - acts.behind)
    return late or tuple(act("act_idle", id) for id in idle)


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
