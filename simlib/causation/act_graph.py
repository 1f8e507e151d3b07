"""Acts as a small causal model: what each act needs, and what the loss needs.

Each act, and the loss, needs of every group at least one act (an AND of ORs). The model only says
whether the loss happens when some acts are taken away; it knows no probabilities. `acts_of_case`
makes that of a case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from simlib.causation.conditions import AllOf, AnyOf, Tree
from simlib.causation.degree import ness
from simlib.errors import GameError, UnknownName

if TYPE_CHECKING:
    from simlib.case.columns import BoolArray, IntArray
    from simlib.case.fields import Words
    from simlib.money import Fen

LOSS = "loss"
STAGES = ("promotion", "contact", "tool", "payment", "cash_out", "after")
Groups: TypeAlias = tuple[tuple[str, ...], ...]
Players: TypeAlias = Mapping[str, int | None]  # act → player; None where it counts as done
NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Node:
    """An act in the model: the facts of `[[acts]]`; `title` is None where it is derived."""

    id: str
    party: str
    stage: str
    title: Words | None = None
    needs: Groups = ()
    after_loss: bool = False
    intervening: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One need of an act, or of the loss: any one of the members is enough."""

    of: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the loss, the last money she paid, that needs one more act than the whole does.

    `fen` is None where nobody knows how large it is. The larger part holds the smaller.
    """

    fen: Fen | None
    members: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    """The acts and what the loss needs of them.

    Attributes
    ----------
    nodes
        the acts, in the order of the file
    loss_needs
        groups of acts: of each at least one must happen
    derived
        whether the model was derived from the parties
    victims
        ids of victims: what they did counts as done, whoever else is taken away
    ready
        acts that stood ready while the money took another way: they can stand in for others
    parts
        parts of the loss that need more: what was left undone after notice
    untold
        needs of the loss of which nobody says whether one member is enough or all were needed
    """

    nodes: tuple[Node, ...]
    loss_needs: Groups
    derived: bool = False
    victims: frozenset[str] = frozenset()
    ready: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()
    untold: Groups = ()

    def node(self, id: str) -> Node:
        """Return the act of this id; raises `UnknownName` if there is none."""
        if id not in self._by_id:
            raise UnknownName.among("act", id, self._by_id)
        return self._by_id[id]

    def of(self, party: str) -> frozenset[str]:
        """Return the acts of a party."""
        return frozenset(node.id for node in self.nodes if node.party == party)

    def effective(self, removed: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return the acts that still take effect: not taken away, and with what they need."""
        left: set[str] = set()
        for id in self.order:
            if id not in removed and _met(self._by_id[id].needs, left):
                left.add(id)
        return frozenset(left)

    def happens(self, removed: frozenset[str] = frozenset()) -> bool:
        """Tell whether the loss still happens without some acts.

        Examples
        --------
        >>> acts = {"p": "contact", "a": "payment", "b": "payment"}
        >>> nodes = tuple(Node(id, id.upper(), stage) for id, stage in acts.items())
        >>> fraud = Graph(nodes, (("p",), ("a", "b")))
        >>> fraud.happens(frozenset({"a"})), fraud.happens(frozenset({"a", "b"}))
        (True, False)
        """
        return _met(self.loss_needs, self.effective(removed))

    def in_doubt(self, removed: frozenset[str] = frozenset()) -> bool:
        """Tell whether it is not told if the loss still happens without some acts.

        It does where one member of an `untold` need is enough, and not where each was needed.
        """
        left = self.effective(removed)
        gone = any(not set(members) <= left for members in self.untold)
        return gone and _met(self.loss_needs, left)

    def but_for(self, party: str) -> bool:
        """Tell whether without a party's acts there would be no loss (but-for, 若无则不).

        Of the part of it that his acts concern, as for `ness`. No where that is `in_doubt`.
        """
        asked = self.concerning(party)
        return asked.happens() and not asked.happens(self.of(party))

    def without(self, removed: frozenset[str]) -> Graph:
        """Return the model in which some acts were never done, nor any that could not do without
        them.

        Where the loss then lacks something it does not happen, and nobody is a cause of it.
        """
        left = self.effective(removed)
        nodes = (replace(n, needs=_among(n.needs, left)) for n in self.nodes if n.id in left)
        members = _among(tuple(part.members for part in self.parts), left)
        parts = (replace(p, members=ids) for p, ids in zip(self.parts, members, strict=True))
        needs = _among(self.loss_needs, left)
        return replace(self, nodes=tuple(nodes), loss_needs=needs, parts=tuple(parts))

    def concerning(self, party: str) -> Graph:
        """Return the model of what a party's acts concern: the loss, or a part of it.

        The part needs his act besides, and those that concern a part at least as large.
        """
        own = self.part_of(party)
        if own is None:
            return self
        needed = tuple(part.members for part in self.parts if part is own or _holds(part, own))
        return replace(self, loss_needs=(*self.loss_needs, *needed), parts=())

    def part_of(self, party: str) -> Part | None:
        """Return the part of the loss that a party's acts alone concern; None: all of it."""
        own = self.of(party)
        return next((part for part in self.parts if own & set(part.members)), None)

    def averted(self, removed: frozenset[str]) -> tuple[Part, ...]:
        """Return the parts of the loss that do not happen without some acts."""
        left = self.effective(removed)
        return tuple(part for part in self.parts if not left & set(part.members))

    @cached_property
    def used(self) -> Graph:
        """The model without what only stood ready, unless the loss needed that."""
        left = self.without(self.ready) if self.ready else self
        return left if left.happens() else self

    def ness(self, party: str) -> bool:
        """Tell whether an act of his is a necessary element of some sufficient set of acts (NESS).

        Of the acts that took effect: what only stood ready is none of them.

        Raises
        ------
        GameError
            if the model is neither read-once nor small enough to go through set by set
        """
        return bool(self.of(party) & self.concerning(party).causes)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The acts, each behind what it needs; raises `GameError` if some need themselves."""
        placed: dict[str, None] = {}
        waiting = {node.id: {n for group in node.needs for n in group} for node in self.nodes}
        while waiting:
            ready = [id for id, needs in waiting.items() if needs <= placed.keys()]
            if not ready:
                raise GameError("acts-ring", acts=", ".join(sorted(waiting)))
            placed |= dict.fromkeys(ready)
            waiting = {id: needs for id, needs in waiting.items() if id not in placed}
        return tuple(placed)

    @cached_property
    def behind(self) -> frozenset[str]:
        """The acts the loss, or a part of it, rests on; the rest are idle or too late."""
        return self.rests_on(LOSS)

    def rests_on(self, id: str) -> frozenset[str]:
        """Return the acts that an act (or the loss) rests on, straight or through others."""
        behind: set[str] = set()
        fresh = {name for group in self._needs(id) for name in group}
        while fresh:
            behind |= fresh
            fresh = {n for name in fresh for group in self._needs(name) for n in group} - behind
        return frozenset(behind)

    @cached_property
    def causes(self) -> frozenset[str]:
        """The acts needed in some sufficient set of those that took effect."""
        used = self.used
        if not used.happens():
            return frozenset()
        acts = [node.id for node in used.nodes if node.id in used.behind]
        return frozenset(acts[i] for i in relevant(used, {id: n for n, id in enumerate(acts)}))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Every need of every act, then those of the loss and its parts (`of` is "loss")."""
        needing = [(node.id, node.needs) for node in self.nodes] + [(LOSS, self._needs(LOSS))]
        return tuple(Group(of, members) for of, needs in needing for members in needs)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Who did the acts, in their order, victims left out: the players of the indices."""
        return tuple(dict.fromkeys(n.party for n in self.nodes if n.party not in self.victims))

    @cached_property
    def players(self) -> dict[str, int | None]:
        """Act → the number of its party among `parties`; None for a victim's."""
        number = {party: n for n, party in enumerate(self.parties)}
        return {node.id: number.get(node.party) for node in self.nodes}

    @cached_property
    def tree(self) -> Tree | None:
        """The game of the parties as a tree that names each once; None if it is no such tree."""
        return read_once(self, self.players)

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    def _needs(self, id: str) -> Groups:
        if id != LOSS:
            return self._by_id[id].needs
        return (*self.loss_needs, *(part.members for part in self.parts if part.members))


def _holds(part: Part, other: Part) -> bool:
    """Tell whether a part of the loss is known to hold another."""
    return part.fen is not None and other.fen is not None and part.fen >= other.fen


def _among(needs: Groups, left: frozenset[str]) -> Groups:
    return tuple(tuple(id for id in group if id in left) for group in needs)


def _met(needs: Groups, there: set[str] | frozenset[str]) -> bool:
    return all(any(id in there for id in group) for group in needs)


@dataclass(frozen=True, slots=True)
class Both:
    """A condition: all of the players, and of each choice one branch."""

    players: frozenset[int] = frozenset()
    choices: frozenset[frozenset[Both]] = frozenset()

    def names(self) -> frozenset[int]:
        """Return every player the condition names."""
        return self.players.union(*(_names(choice) for choice in self.choices))


DONE = Both()


def read_once(graph: Graph, players: Players) -> Tree | None:
    """Return the loss as a tree that names each player once; None without tree or players."""
    needed = necessary(graph, players)
    rest = _condition(graph, players, needed)
    if rest is None:
        return None
    return _tree(Both(rest.players | needed, rest.choices))


def relevant(graph: Graph, players: Players) -> tuple[int, ...]:
    """Return the players who are a necessary element of some sufficient set.

    Raises
    ------
    GameError
        if the model is no tree and has more players than can be gone through set by set
    """
    needed = necessary(graph, players)
    rest = _condition(graph, players, needed)
    if rest is not None:
        return tuple(sorted(rest.names() | needed))
    numbered, game = as_game(graph, players)
    causes = ness(len(numbered), game, batched=True)
    return tuple(player for player, is_one in zip(numbered, causes, strict=True) if is_one)


def beside(tree: Tree, player: int) -> frozenset[int] | None:
    """Return who else is in a smallest sufficient set with a player; None if he is not named.

    Examples
    --------
    >>> sorted(beside(AllOf(0, AnyOf(AllOf(1, 2), 3)), 2))
    [0, 1]
    """
    if isinstance(tree, int):
        return frozenset() if tree == player else None
    for part in tree.parts:
        company = beside(part, player)
        if company is not None:
            others = tree.parts if isinstance(tree, AllOf) else ()
            return company.union(*(_least(other) for other in others if other is not part))
    return None


def _least(tree: Tree) -> frozenset[int]:
    """Return a smallest sufficient set, with the players named first where several are as small."""
    if isinstance(tree, int):
        return frozenset({tree})
    sets = [_least(part) for part in tree.parts]
    if isinstance(tree, AllOf):
        return NOBODY.union(*sets)
    return min(sets, key=lambda one: (len(one), sorted(one)))


def necessary(graph: Graph, players: Players) -> frozenset[int]:
    """Return the players without any one of whom the loss does not happen."""
    acts: dict[int, set[str]] = {}
    for id, player in players.items():
        if player is not None:
            acts.setdefault(player, set()).add(id)
    return frozenset(p for p, ids in acts.items() if not graph.happens(frozenset(ids)))


def as_game(graph: Graph, players: Players) -> tuple[list[int], Callable[[IntArray], BoolArray]]:
    """Return the players behind the loss, and whether it happens for an array of sets of them."""
    behind = [id for id in graph.order if id in graph.behind]
    numbered = sorted({p for id in behind if (p := players[id]) is not None})
    bit = {player: n for n, player in enumerate(numbered)}

    def game(masks: IntArray) -> BoolArray:
        import numpy as np

        there: dict[str, BoolArray] = {}
        everywhere: BoolArray = np.ones(len(masks), dtype=bool)
        for id in behind:
            player = players[id]
            own = everywhere if player is None else (masks >> bit[player]) & 1 == 1
            there[id] = _all_met(graph.node(id).needs, there, own)
        return _all_met(graph.loss_needs, there, everywhere)

    return numbered, game


def _all_met(needs: Groups, there: Mapping[str, BoolArray], so_far: BoolArray) -> BoolArray:
    for group in needs:
        met = there[group[0]]
        for id in group[1:]:
            met = met | there[id]
        so_far = so_far & met
    return so_far


def _condition(graph: Graph, players: Players, given: frozenset[int]) -> Both | None:
    """Return what the loss needs of the players once some are given; None if it names one twice."""
    conditions: dict[str, Both | None] = {}
    for id in graph.order:
        if id not in graph.behind:
            continue
        player = players[id]
        own = DONE if player is None or player in given else Both(frozenset({player}))
        conditions[id] = _all_of([own, *(_group(g, conditions) for g in graph.node(id).needs)])
    return _all_of([_group(group, conditions) for group in graph.loss_needs])


def _group(group: Iterable[str], conditions: Mapping[str, Both | None]) -> Both | None:
    return _any_of([conditions[id] for id in group])


def _all_of(some: list[Both | None]) -> Both | None:
    """Return all parts together, each player named once; None if that cannot be had."""
    parts = _known(some)
    if parts is None:
        return None
    whole = DONE.players.union(*(part.players for part in parts))
    choices = DONE.choices.union(*(part.choices for part in parts))
    while True:  # a choice met by the players named may name more of them for good
        left = _known([_assume(choice, whole) for choice in choices])
        if left is None:
            return None
        choices = DONE.choices.union(*(part.choices for part in left))
        named = whole.union(*(part.players for part in left))
        if named == whole:
            break
        whole = named
    return Both(whole, choices) if _apart([whole, *map(_names, choices)]) else None


def _known(parts: list[Both | None]) -> list[Both] | None:
    """Return the parts; None if one of them is."""
    known = [part for part in parts if part is not None]
    return known if len(known) == len(parts) else None


def _any_of(some: list[Both | None]) -> Both | None:
    """Return any one of the parts, with what they share taken out; None if that names one twice."""
    if DONE in some:
        return DONE
    parts = _known(some)
    if parts is None:
        return None
    branches = {p for p in set(parts) if not any(q != p and _within(q, p) for q in parts)}
    if len(branches) == 1:
        return branches.pop()
    players = frozenset.intersection(*(b.players for b in branches))
    choices = frozenset.intersection(*(b.choices for b in branches))
    rest = frozenset(Both(b.players - players, b.choices - choices) for b in branches)
    if not _apart([b.names() for b in rest]):
        return None
    return Both(players, choices | {rest})


def _assume(choice: frozenset[Both], given: frozenset[int]) -> Both | None:
    """Return a choice when some players are there."""
    return _any_of(
        [
            _all_of([Both(branch.players - given), *(_assume(c, given) for c in branch.choices)])
            for branch in choice
        ]
    )


def _within(less: Both, more: Both) -> bool:
    """Tell whether one condition needs nothing that the other does not."""
    return less.players <= more.players and less.choices <= more.choices


def _names(choice: frozenset[Both]) -> frozenset[int]:
    return NOBODY.union(*(branch.names() for branch in choice))


def _apart(sets: list[frozenset[int]]) -> bool:
    return not any(a & b for a, b in combinations(sets, 2))


def _tree(both: Both) -> Tree | None:
    parts: list[Tree] = [*sorted(both.players), *sorted(map(_any_tree, both.choices), key=repr)]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else AllOf(*parts)


def _any_tree(choice: frozenset[Both]) -> Tree:
    trees = [tree for branch in choice if (tree := _tree(branch)) is not None]
    return AnyOf(*sorted(trees, key=repr))
