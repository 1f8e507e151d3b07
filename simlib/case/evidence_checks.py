"""What evidence, event log and criminal documents say: names must exist, and entries be complete.

Checked on the raw data, right or wrong, as `simlib.case.checks` does.
"""

from __future__ import annotations

from collections.abc import Iterator

from simlib.case.checks import rows
from simlib.case.fields import Raw
from simlib.case.problem_places import Finding, Spot, row_id, shown_key
from simlib.errors import nearest
from simlib.law.checklist import rebutted, shown

Findings = Iterator[Finding]
NO_DOCUMENT = ("none",)  # statuses without a document that could find anything


def proof(raw: Raw) -> Findings:
    """Check evidence, events and criminal documents, each by itself."""
    victims = {row_id(p) for _, p in rows(raw, "parties") if p.get("role") == "victim"}
    for n, piece in rows(raw, "evidence"):
        yield from _piece(("evidence", n), piece, victims - {None})
    for n, event in rows(raw, "events"):
        times = [key for key in ("at", "on") if event.get(key) is not None]
        if len(times) != 1:
            yield Finding(("events", n), "event-twice-dated" if times else "event-undated")
    for n, entry in rows(raw, "criminal"):
        yield from _document(("criminal", n), entry)


def names(value: object) -> list[str]:
    """Return ids as raw data give them: one, or a list; without what is no id."""
    listed = value if isinstance(value, list | tuple) else [value]
    return [name for name in listed if isinstance(name, str)]


def _piece(spot: Spot, piece: Raw, victims: set[str | None]) -> Findings:
    """Check against whom evidence speaks, what it shows and rebuts, and how strongly."""
    says = {key: names(piece.get(key)) for key in ("shows", "rebuts")}
    for key, known in (("shows", shown()), ("rebuts", rebutted())):
        for name in says[key]:
            if name not in known:
                yield _unknown((*spot, key), name, known)
    if (says["shows"] or says["rebuts"]) and piece.get("against") is None:
        yield Finding(spot, "evidence-against-nobody")
    if isinstance(piece.get("against"), str) and piece["against"] in victims:
        yield Finding((*spot, "against"), "evidence-against-victim", {"id": piece["against"]})
    if says["rebuts"] and piece.get("strength") is None:
        yield Finding(spot, "rebuts-how-strongly")
    if piece.get("strength") is not None and not says["rebuts"]:
        yield Finding((*spot, "strength"), "strength-of-nothing")
    own = row_id(piece)
    if own is not None and own in names(piece.get("corroborated_by")):
        values = {"id": shown_key(own)}
        yield Finding((*spot, "corroborated_by"), "corroborates-itself", values)


def _unknown(spot: Spot, name: str, known: tuple[str, ...]) -> Finding:
    near = nearest(name, known)
    values = {"name": shown_key(name)}
    if near:
        return Finding(spot, "not-on-checklist-near", {**values, "near": near})
    return Finding(spot, "not-on-checklist", values)


def _document(spot: Spot, entry: Raw) -> Findings:
    """Check what a criminal document finds, if there is one."""
    finds = entry.get("finds")
    if names(finds) and entry.get("status") in NO_DOCUMENT:
        yield Finding((*spot, "finds"), "finds-without-document")
    if entry.get("finds_fen") is not None and "amount" not in names(finds):
        yield Finding((*spot, "finds_fen"), "finds-fen-without-amount")
