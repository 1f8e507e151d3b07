"""The acts of a case: a chain that leads to the loss, never back into itself.

Checked on the raw data, right or wrong, as `simlib.case.checks` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from simlib.case.checks import rows
from simlib.case.fields import Raw
from simlib.case.problem_places import Finding, row_id, shown_key

AFTER = "after"
MOST_NAMED = 12  # acts of a ring that are named
Findings: TypeAlias = Iterator[Finding]
Listed: TypeAlias = Mapping[str, tuple[int, Raw]]  # an act's id → its row's number, and the row
Needs: TypeAlias = Mapping[str, list[list[str]]]  # an act's id → the groups of acts it needs


def acts(raw: Raw) -> Findings:
    """Check that the loss needs acts, each group has one, and no act needs itself."""
    own = ((row_id(act), n, act) for n, act in rows(raw, "acts"))
    listed = {name: (n, act) for name, n, act in own if name is not None}
    needs = {name: groups(act.get("needs")) for name, (_, act) in listed.items()}
    loss = groups(raw.get("loss_needs"))
    if listed and not loss:
        yield Finding(("loss_needs",), "no-loss-needs")
    if [] in loss:
        yield Finding(("loss_needs",), "empty-group")
    for name, (n, _) in listed.items():
        if [] in needs[name]:
            yield Finding(("acts", n, "needs"), "empty-group")
    yield from _rings(listed, needs)
    yield from _timing(listed, _behind(loss, needs))


def groups(value: object) -> list[list[str]]:
    """Return groups as raw data give them, a single id as a group of one, without non-ids."""
    if not isinstance(value, list | tuple):
        return []
    several = [[one] if isinstance(one, str) else one for one in value]
    return [
        [name for name in one if isinstance(name, str)]
        for one in several
        if isinstance(one, list | tuple) and all(isinstance(name, str) for name in one)
    ]


def _rings(listed: Listed, needs: Needs) -> Findings:
    """Find acts that need themselves, by whatever way round: each ring once, at its first act."""
    done: set[str] = set()
    for start in listed:
        for ring in _rings_from(start, needs, done):
            spot = ("acts", listed[ring[0]][0], "needs")
            names = [*map(shown_key, ring[:MOST_NAMED]), *["…"] * (len(ring) > MOST_NAMED)]
            yield Finding(spot, "acts-ring", {"ring": " → ".join(names)})


def _rings_from(start: str, needs: Needs, done: set[str]) -> Iterator[list[str]]:
    """Yield the rings met on the way back from an act; every act met is done with."""
    path: dict[str, None] = {}  # in order; a list would be searched through for each act
    ways = [iter([start])]
    while ways:
        name = next(ways[-1], None)
        if name is None:
            ways.pop()
            if path:
                done.add(path.popitem()[0])
        elif name in path:
            way = list(path)
            yield [*way[way.index(name) :], name]
        elif name in needs and name not in done:
            path[name] = None
            ways.append(iter(sorted({other for group in needs[name] for other in group})))


def _behind(loss: list[list[str]], needs: Needs) -> set[str]:
    """Return every act that the loss needs, straight or through others."""
    behind: set[str] = set()
    fresh = {name for group in loss for name in group}
    while fresh:
        behind |= fresh
        fresh = {n for name in fresh for group in needs.get(name, ()) for n in group} - behind
    return behind


def _timing(listed: Listed, behind: set[str]) -> Findings:
    """Check that no act after the loss brought it about, and that late stages are marked late."""
    for name, (n, act) in listed.items():
        late = act.get("after_loss") is True
        if late and name in behind:
            yield Finding(("acts", n, "after_loss"), "after-loss-needed", {"id": shown_key(name)})
        elif act.get("stage") == AFTER and not late:
            yield Finding(("acts", n, "stage"), "after-not-after")
