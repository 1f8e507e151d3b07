"""The model of acts of a case: as its file states them, else derived from its parties.

Deriving is an assumption, and `Graph.derived` says so. Layers of cards are read off the money, and
who was idle only after notice concerns only what she paid after that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simlib.causation.act_graph import Graph, Node, Part
from simlib.causation.force import causal_force
from simlib.causation.omission import since_duty
from simlib.chain import capping_receipts, direct_receipts, layers
from simlib.chain.account_summary import accounts_of, payments
from simlib.law.regime import regime_for

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.causation.act_graph import Groups
    from simlib.law.regime import Regime
    from simlib.money import Fen

LENDING = ("payment", "account")
IDLE_AFTER_NOTICE = ("platform", "operator")
ALIKE = ("payment",)  # the kinds of which one does what another does: any card can receive
# in a derived model: at which stage a kind of part in the fraud stands
_STAGE_OF = {"principal": "contact", "payment": "payment", "promotion": "promotion"}


def graph(case: Case) -> Graph:
    """Return the acts of a case: as its file states them, else derived from its parties.

    Derived: each party who acted, but victims, did one act (its id is the party's). The loss needs
    a principal and, of each kind of help there is, somebody. Of receiving cards any one is enough;
    whether others of a kind could stand in for each other is `Graph.untold`. Whose causal force is
    0, or whose card her money did not reach, did nothing that mattered; a card behind the first
    moved the money after the loss. A platform or an operator concerns the part of the loss after
    notice.
    """
    victims = frozenset(p.id for p in case.parties if p.role == "victim")
    if not case.acts:
        return _derived(case, victims)
    nodes = tuple(
        Node(a.id, a.party, a.stage, a.title, a.needs, a.after_loss, a.intervening)
        for a in case.acts
    )
    unused = {id for id, depth in _depths(case).items() if depth is None}
    ready = (a.id for a in case.acts if a.stage in ("tool", "payment") and a.party in unused)
    return Graph(nodes, case.loss_needs, False, victims, frozenset(ready))


def placed_by_money(case: Case, party: str) -> bool:
    """Tell whether only the order of the money says that a party's acts came after the loss.

    So it is of a card behind the first where the file lists no acts: when it was lent, and whether
    passing on was promised, the file does not say.
    """
    acts = graph(case)
    return acts.derived and any(acts.node(id).after_loss for id in acts.of(case.party(party).id))


def later_part(case: Case, party: str) -> Fen:
    """Return what came to a first-layer card through others' cards, where no acts are listed [fen].

    For this part the card stands behind the first, as one of which `placed_by_money` holds does for
    all; what the card is to the loss is answered of what she paid into it herself.
    """
    straight, received = direct_receipts(case, party), capping_receipts(case, party)
    if case.acts or not straight or received is None:
        return 0
    return received - straight


def but_for(case: Case, party: str) -> bool:
    """Tell whether the loss would not have happened without a party's acts; see `Graph.but_for`."""
    return graph(case).but_for(case.party(party).id)


def ness_cause(case: Case, party: str) -> bool:
    """Tell whether a party's act is a necessary element of some sufficient set; see
    `Graph.ness`."""
    return graph(case).ness(case.party(party).id)


def knew(party: Party, law: Regime) -> bool:
    """Tell whether a party acted knowingly, by his grade or by his fault as a number."""
    return _reaches(party, ("knowing", "concert"), "bands.knowing", law)


def _derived(case: Case, victims: frozenset[str]) -> Graph:
    kinds = {p.id: _kind(p) for p in case.parties if p.id not in victims and _acted(p)}
    law, depths = regime_for(case), _depths(case)
    nodes, parts, needed = [], [], dict[str, tuple[str, ...]]()
    for id, kind in kinds.items():
        party, depth = case.party(id), depths.get(id, 1)
        if depth is not None and depth > 1:
            needs = _passed_by(case, party, depths)
            nodes.append(Node(id, id, "after", None, needs, after_loss=True))
            continue
        nodes.append(Node(id, id, _STAGE_OF.get(kind, "tool")))
        part = _after_notice(party, law)
        if depth is None or causal_force(party, law).value == 0 or (part and part.fen == 0):
            continue
        if part and (part.fen is None or part.fen < case.loss_fen):
            parts.append(part)
        else:
            needed[kind] = (*needed.get(kind, ()), id)
    several = {kind: ids for kind, ids in needed.items() if len(ids) > 1 and kind not in ALIKE}
    return Graph(
        tuple(nodes),
        tuple(needed.values()),
        True,
        victims,
        parts=tuple(parts),
        untold=tuple(several.values()),
    )


def _depths(case: Case) -> dict[str, int | None]:
    """Return card holder → the first layer one of his accounts stands in; None: no money of hers
    can have come to him. Empty where the file lists no transfer of hers."""
    reached = layers(case)
    if not reached:
        return {}
    holders = {account.holder for account in case.accounts}
    lent = (p.id for p in case.parties if p.act in LENDING and p.id in holders)
    return {id: min(_of(reached, accounts_of(case, id)), default=None) for id in lent}


def _of(reached: dict[str, int], accounts: Iterable[str]) -> list[int]:
    return [reached[account] for account in accounts if account in reached]


def _passed_by(case: Case, party: Party, depths: dict[str, int | None]) -> Groups:
    """Return the card holders nearer to her whose accounts paid into his: any one is enough."""
    holder = {account.id: account.holder for account in case.accounts}
    came = payments(case, None, accounts_of(case, party.id))
    payers = {holder.get(transfer.payer, transfer.payer) for transfer in came}
    mine = depths[party.id] or 0
    nearer = tuple(id for id, depth in depths.items() if id in payers and (depth or mine) < mine)
    return (nearer,) if nearer else ()


def _after_notice(party: Party, law: Regime) -> Part | None:
    """Return the part of the loss that a platform or an operator concerns; None: all of it.

    Of a platform that only had notice it is unknown where the file does not state it.
    """
    if party.role not in IDLE_AFTER_NOTICE or party.grade == "concert":
        return None
    grave = at_least_gross(party, law)
    fen: Fen | None = getattr(party, since_duty(party, grave))
    if fen is None and (grave or party.role == "operator"):
        return None
    return Part(fen, (party.id,))


def at_least_gross(party: Party, law: Regime) -> bool:
    """Tell whether a party was grossly negligent, or knew, without having been in concert."""
    return _reaches(party, ("gross", "knowing"), "bands.gross", law)


def _reaches(party: Party, grades: tuple[str, ...], band: str, law: Regime) -> bool:
    if party.grade is not None:
        return party.grade in grades
    return party.fault is not None and party.fault >= law.value(band)


def _acted(party: Party) -> bool:
    """Tell whether a party did anything: not who is unknown, nor a guardian or an employer."""
    return not party.unstated and (party.role != "helper" or party.act is not None)


def _kind(party: Party) -> str:
    return party.act if party.role == "helper" and party.act else party.role
