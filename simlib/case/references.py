"""Ids: each stands for one thing, and whatever names one names something that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simlib.case.act_checks import groups
from simlib.case.checks import ids as ids_of
from simlib.case.checks import rows
from simlib.case.fields import Raw
from simlib.case.problem_places import Finding, Spot, row_id, shown_key
from simlib.case.unchecked_transfers import Unchecked
from simlib.case.validation_problems import MOST_NEAR, fields_at, unknown_key
from simlib.errors import nearest

# one set of ids, so that a path is short
NAMED = ("parties", "accounts", "transfers", "evidence", "acts", "events")
SEPARATE = ("positions", "sources")
POOL, FEE = "pool", "fee"
RESERVED = {"parties": (POOL, FEE), "accounts": (FEE,)}  # who pays back; where fees end
Findings = Iterator[Finding]

HOMES = ("parties", "accounts", "evidence", "acts", "sources")
PARTIES, ENDS, PAYERS = ("parties",), ("parties", "accounts"), ("parties", POOL)
POINTERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("accounts", "holder", PARTIES),
    ("transfers", "payer", ENDS),
    ("transfers", "payee", ENDS),
    ("criminal", "party", PARTIES),
    ("recoveries", "payer", PAYERS),
    ("reparations", "party", PARTIES),
    ("reparations", "victim", PARTIES),
    ("interruptions", "party", PARTIES),
    ("parties", "answered_by", PARTIES),
    ("acts", "party", PARTIES),
    ("events", "party", PARTIES),
    ("evidence", "against", PARTIES),
    ("rulings", "source", ("sources",)),
    ("criminal", "source", ("sources",)),
    ("recoveries", "source", ("sources",)),
    ("reparations", "source", ("sources",)),
    ("interruptions", "source", ("sources",)),
    ("evidence", "source", ("sources",)),
    ("acts", "source", ("sources",)),
)
SEVERAL: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("rulings", "against", PARTIES),
    ("evidence", "corroborated_by", ("evidence",)),
    ("events", "evidence", ("evidence",)),
)
WITH_SOURCES = (
    "parties", "rulings", "criminal", "recoveries", "reparations", "interruptions", "accounts",
    "transfers", "evidence", "acts", "events",
)  # fmt: skip


class Ids:
    """The ids of each table, and the nearest of them to a wrong one.

    A nearest id is looked for once a name and only so often a file: it takes a while.
    """

    def __init__(self, of: dict[str, set[str | None]]) -> None:
        self.of = of | {POOL: {POOL}}
        self._nearest: dict[tuple[object, ...], str | None] = {}

    def nearest(self, name: str, homes: tuple[str, ...]) -> str | None:
        """Return the id most like `name` in the tables `homes`, or None."""
        if (name, homes) not in self._nearest and len(self._nearest) < MOST_NEAR:
            known = sorted(known for home in homes for known in self.of[home] if known)
            self._nearest[name, homes] = nearest(name, known)
        return self._nearest.get((name, homes))

    def may_suggest(self, spot: Spot) -> bool:
        """Count a place at which a name is looked for, and tell whether there is time for it."""
        in_time = len(self._nearest) < MOST_NEAR
        self._nearest.setdefault(spot)
        return in_time


def links(raw: Raw) -> Findings:
    """Find every id that is used twice, and every one that stands for nothing."""
    yield from _twice(raw, NAMED)
    for table in SEPARATE:
        yield from _twice(raw, (table,))
    ids = Ids({table: {row_id(row) for _, row in rows(raw, table)} for table in HOMES})
    yield from _dangling(("claimant",), raw.get("claimant"), PARTIES, ids)
    for table, key, homes in POINTERS:
        for n, name in _named(raw, table, key, [ids.of[home] for home in homes]):
            yield from _dangling((table, n, key), name, homes, ids)
    for table, key, homes in SEVERAL:
        for n, row in rows(raw, table):
            named = row.get(key)
            for name in named if isinstance(named, list | tuple) else [named]:
                yield from _dangling((table, n, key), name, homes, ids)
    yield from _to_itself(raw, ids.of["accounts"])
    yield from _acts(raw, ids)
    yield from _fact_notes(raw, ids)


def _to_itself(raw: Raw, accounts: set[str | None]) -> Findings:
    """Find accounts that pay themselves; a party may, since it can have several accounts."""
    listed = raw.get("transfers")
    if isinstance(listed, Unchecked):
        rings = listed.to_itself(accounts)
    else:
        ends = ((n, row.get("payer"), row.get("payee")) for n, row in rows(raw, "transfers"))
        rings = ((n, payer) for n, payer, payee in ends
                 if payer == payee and isinstance(payer, str) and payer in accounts)  # fmt: skip
    for n, name in rings:
        yield Finding(("transfers", n, "payee"), "pays-itself", {"id": shown_key(name)})


def _named(
    raw: Raw, table: str, key: str, known: list[set[str | None]]
) -> Iterator[tuple[int, object]]:
    """Yield what the rows of a table name; of a transfers file only what is not known."""
    listed = raw.get(table)
    if isinstance(listed, Unchecked):
        return listed.naming(key, {name for names in known for name in names})
    return ((n, row.get(key)) for n, row in rows(raw, table))


def _acts(raw: Raw, ids: Ids) -> Findings:
    """Check the acts that other acts and the loss need."""
    needing: list[tuple[Spot, object]] = [
        (("acts", n, "needs"), act.get("needs")) for n, act in rows(raw, "acts")
    ]
    for spot, needs in [*needing, (("loss_needs",), raw.get("loss_needs"))]:
        for group in groups(needs):
            for name in group:
                yield from _dangling(spot, name, ("acts",), ids)


def _twice(raw: Raw, tables: tuple[str, ...]) -> Findings:
    seen: set[str] = set()
    for table in tables:
        for n, name in ids_of(raw, table):
            if name in RESERVED.get(table, ()):
                yield Finding((table, n, "id"), "reserved-id", {"id": name})
            if name is None:
                continue
            if name in seen:
                yield Finding((table, n, "id"), "duplicate-id", {"id": shown_key(name)})
            seen.add(name)


def _dangling(spot: Spot, name: object, homes: tuple[str, ...], ids: Ids) -> Findings:
    if not isinstance(name, str) or any(name in ids.of[home] for home in homes):
        return
    near = ids.nearest(name, homes)
    values = {"id": shown_key(name)}
    if near:
        yield Finding(spot, "dangling-id-near", {**values, "near": near})
    else:
        yield Finding(spot, "dangling-id", values)


def _fact_notes(raw: Raw, ids: Ids) -> Findings:
    """Check that `kinds` and `sources` name fields of their table, and sources that exist."""
    yield from _notes((), raw, "fact_sources", ids)
    for table in WITH_SOURCES:
        for n, row in rows(raw, table):
            yield from _notes((table, n), row, "sources", ids)


def _notes(spot: Spot, row: Raw, sources: str, ids: Ids) -> Findings:
    for key in ("kinds", sources):
        notes = row.get(key)
        if not isinstance(notes, Mapping):
            continue
        fields = [f for f in fields_at(spot) if f not in ("id", "kinds", "sources", "fact_sources")]
        for field, value in notes.items():
            if field not in fields:
                suggest = ids.may_suggest((*spot, key, field))
                yield unknown_key((*spot, key, field), fields if suggest else [])
            if key == sources:
                yield from _dangling((*spot, key, field), value, ("sources",), ids)
