"""What must hold between the facts of a case: checked on the raw data, right or wrong.

pydantic checks one field at a time and skips whatever looks at several once one has failed. These
checks read the data as the file gave it, pass over what is not of its type (that is reported
already), and so report everything in one go.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from simlib.case.fields import MOST_FEN, Raw
from simlib.case.problem_places import Finding, Spot, row_id, row_ids, step
from simlib.case.unchecked_transfers import Unchecked
from simlib.law.period import deadline_if_any, last_day
from simlib.law.regime import regime
from simlib.money import exact

ANSWERS_BY_FAULT = ("helper", "platform", "operator")
ROLES = ("victim", "principal", *ANSWERS_BY_FAULT, "unknown")
OF_ANYBODY = ("id", "role", "name", "kinds", "sources")  # what can be said of who is not identified
GRADES = ("none", "slight", "gross", "knowing", "concert")
CRIMINAL_DAYS = ("opened_on", "arrested_on", "charged_on", "on", "effective_on")
SLACK = exact(1e-9)  # shares are compared in billionths
Findings = Iterator[Finding]


def people(raw: Raw) -> Findings:
    """Check who must be there, and what each must and must not state of himself."""
    yield from _cast(raw)
    for row, party in rows(raw, "parties"):
        spot = ("parties", row)
        yield from _unknown(spot, party)
        yield from _fault(spot, party, raw)
        yield from _causal_force(spot, party)
        yield from _victim(spot, party, raw)
        for key, code in (
            ("enlarged_fen", "enlarged"),
            ("after_knowledge_fen", "after-knowledge"),
        ):
            yield from _of_platform((*spot, key), party, raw, code)
        yield from _exemption(spot, party)
    yield from _answering(raw)
    yield from _shares(raw)


def head(raw: Raw) -> Findings:
    """Check amounts and days of the case as a whole."""
    loss = whole(raw.get("loss_fen"))
    for key, code in (
        ("recovered_fen", "recovered-over-loss"),
        ("loss_noneconomic_fen", "noneconomic-over-loss"),
    ):
        part = whole(raw.get(key))
        if part is not None and loss is not None and 0 < loss < part:
            yield Finding((key,), code, {"value": part, "loss": loss})
    for earlier, later in (
        ("acted_on", "filed_on"),
        ("acted_on", "decided_on"),
        ("acted_on", "knew_on"),
        ("acted_on", "reported_on"),
        ("filed_on", "decided_on"),
    ):
        yield from _in_order((), raw, earlier, later)


def crimes(raw: Raw) -> Findings:
    """Check that the days of a criminal case follow each other and fit what it came to.

    A dated document is the day of its step, so what contradicts it is an error here.
    """
    for n, row in rows(raw, "criminal"):
        known = [key for key in CRIMINAL_DAYS if day(row.get(key))]
        for earlier, later in pairwise(known):
            yield from _in_order(("criminal", n), row, earlier, later)
        status = row.get("status")
        if day(row.get("effective_on")) and status != "effective":
            values = {"status": status or "-"}
            yield Finding(("criminal", n, "effective_on"), "effective-not-so", values)
        yield from _appeal(("criminal", n), row)
        if status == "none":
            for key in known:
                yield Finding(("criminal", n, key), "criminal-not-begun", {"key": key})
        if status == "not-prosecuted" and day(row.get("charged_on")):
            yield Finding(("criminal", n, "charged_on"), "charged-not-prosecuted", {})


def _appeal(spot: Spot, row: Raw) -> Findings:
    """Check that a judgment took effect on its own day, or when the time to appeal had run.

    The last day is not moved past days off: a weekend day may be worked in a year not held, and
    what is refused must be wrong.
    """
    judged, effective = day(row.get("on")), day(row.get("effective_on"))
    limit = deadline_if_any("appeal.criminal", judged) if judged else None
    if judged and effective and limit and judged < effective < last_day(limit, judged):
        over = last_day(limit, judged)
        values = {"key": "effective_on", "day": effective, "judged": judged, "over": over}
        yield Finding((*spot, "effective_on"), "effective-too-early", values)


def _in_order(spot: Spot, row: Raw, earlier: str, later: str) -> Findings:
    first, second = day(row.get(earlier)), day(row.get(later))
    if first and second and second < first:
        values = {"key": later, "day": second, "other": earlier, "other_day": first}
        yield Finding((*spot, later), "day-order", values)


def flows(raw: Raw) -> Findings:
    """Check that the claimant's own transfers, if there are any, add up to the loss."""
    loss = whole(raw.get("loss_fen"))
    count, paid = paid_by(raw, raw.get("claimant"))
    if not count or loss is None or loss <= 0 or paid is None:
        return
    # a loss that is not economic never moved through an account
    economic = loss - (whole(raw.get("loss_noneconomic_fen")) or 0)
    if paid not in (loss, economic):
        yield Finding(("loss_fen",), "transfers-sum", {"sum": paid, "loss": loss})


def reparations(raw: Raw) -> Findings:
    """Check that restitution is ordered for a victim, paid up to the order, and stated once."""
    victims = _victims(raw)
    crimes = [row for _, row in rows(raw, "criminal")]
    stated = {row.get("party") for row in crimes if whole(row.get("restitution_paid_fen"))}
    for n, row in rows(raw, "reparations"):
        victim, spot = row.get("victim"), ("reparations", n)
        ordered, paid = whole(row.get("ordered_fen")), whole(row.get("paid_fen"))
        known = any(row_id(party) == victim for _, party in rows(raw, "parties"))
        if known and victim not in victims:
            yield Finding((*spot, "victim"), "reparation-not-victim", {"id": victim})
        if ordered is not None and paid is not None and 0 <= ordered < paid:
            values = {"value": paid, "ordered": ordered}
            yield Finding((*spot, "paid_fen"), "reparation-over-order", values)
        if paid and victim == raw.get("claimant") and row.get("party") in stated:
            yield Finding((*spot, "paid_fen"), "reparation-twice", {"party": row.get("party")})


def claimant_of(raw: Raw) -> str | None:
    """Return the only victim's id, if there is but one."""
    victims = _victims(raw)
    return victims[0] if len(victims) == 1 else None


def _victims(raw: Raw) -> list[str | None]:
    return [row_id(party) for _, party in rows(raw, "parties") if party.get("role") == "victim"]


def _cast(raw: Raw) -> Findings:
    listed = raw.get("parties")
    if not isinstance(listed, list | tuple):
        return
    roles = [step(party, "role") for party in listed]
    if all(role in ROLES for role in roles):  # else it is not known who is missing
        for role in ("principal", "victim"):
            if role not in roles:
                yield Finding(("parties",), f"no-{role}")
    claimant = raw.get("claimant")
    victims = _victims(raw)
    if claimant is None and len(victims) > 1:
        yield Finding(("claimant",), "no-claimant", {"count": len(victims)})
    known = [row_id(party) for _, party in rows(raw, "parties")]
    if isinstance(claimant, str) and claimant in known and claimant not in victims:
        yield Finding(("claimant",), "claimant-not-victim", {"id": claimant})


def _unknown(spot: Spot, party: Raw) -> Findings:
    """Check that nothing is claimed of who is not identified."""
    for key, value in party.items() if party.get("role") == "unknown" else ():
        if key not in OF_ANYBODY and not (key == "sued" and value is False):
            yield Finding((*spot, key), "unknown-stated", {"key": key})


def _fault(spot: Spot, party: Raw, raw: Raw) -> Findings:
    role, fault, grade = party.get("role"), number(party.get("fault")), party.get("grade")
    if role in ANSWERS_BY_FAULT and party.get("fault") is None and grade is None:
        yield Finding(spot, "no-fault", {"role": role})
    if role == "helper" and party.get("act") is None and not _stands_in(party, raw):
        yield Finding(spot, "no-act")
    if role == "victim" and fault == 1:
        yield Finding((*spot, "fault"), "victim-fault-whole")
    if fault is not None and 0 <= fault <= 1 and isinstance(grade, str):
        reading = grade_of(fault, raw.get("acted_on"))
        if grade in GRADES and grade != reading:
            values = {"fault": fault, "grade": grade, "reading": reading}
            yield Finding((*spot, "grade"), "fault-grade-disagree", values)


def _causal_force(spot: Spot, party: Raw) -> Findings:
    pair = [key for key in ("indispensability", "push") if party.get(key) is not None]
    if party.get("causal_force") is not None and pair:
        yield Finding((*spot, "causal_force"), "causal-force-twice", {"key": pair[0]})


def _stands_in(party: Raw, raw: Raw) -> bool:
    """Tell whether a party answers for another: a guardian or an employer need not have helped."""
    own = row_id(party)
    return own is not None and any(p.get("answered_by") == own for _, p in rows(raw, "parties"))


def _victim(spot: Spot, party: Raw, raw: Raw) -> Findings:
    loss, recovered = whole(party.get("loss_fen")), whole(party.get("recovered_fen"))
    if party.get("role") != "victim":
        if party.get("loss_fen") is not None:
            yield Finding((*spot, "loss_fen"), "loss-not-victim")
        return
    if party.get("share") is not None:
        yield Finding((*spot, "share"), "victim-share")
    for key in ("released", "answered_by"):
        if party.get(key):
            yield Finding((*spot, key), "victim-key", {"key": key})
    if raw.get("claimant") == party.get("id"):
        if loss is not None and loss != raw.get("loss_fen"):
            yield Finding((*spot, "loss_fen"), "loss-twice", {"value": loss})
    elif party.get("loss_fen") is None and raw.get("claimant") in _victims(raw):
        yield Finding(spot, "no-victim-loss")
    if loss is not None and recovered is not None and 0 < loss < recovered:
        yield Finding(
            (*spot, "recovered_fen"), "recovered-over-loss", {"value": recovered, "loss": loss}
        )


def _of_platform(spot: Spot, party: Raw, raw: Raw, code: str) -> Findings:
    """Check that only a platform or operator has such a part of the loss, and no more than all."""
    part, loss = whole(party.get(str(spot[-1]))), whole(raw.get("loss_fen"))
    if part is not None and party.get("role") not in ("platform", "operator"):
        yield Finding(spot, f"{code}-not-platform")
    elif part is not None and loss is not None and 0 < loss < part:
        yield Finding(spot, f"{code}-over-loss", {"value": part, "loss": loss})


def _exemption(spot: Spot, party: Raw) -> Findings:
    """Check that only a technical helper has conditions of an exemption."""
    tech = party.get("role") == "helper" and party.get("act") == "tech"
    if party.get("exemption") is not None and not tech:
        yield Finding((*spot, "exemption"), "exemption-not-tech")


def _answering(raw: Raw) -> Findings:
    """Check that who answers for another answers for himself, and is not the victim."""
    parties = [(row, p) for row, p in rows(raw, "parties")]
    roles = {row_id(p): p.get("role") for _, p in parties}
    answered = {row_id(p) for _, p in parties if p.get("answered_by") is not None}
    for row, party in parties:
        other = party.get("answered_by")
        if not isinstance(other, str):
            continue
        if roles.get(other) == "victim":
            yield Finding(("parties", row, "answered_by"), "answered-by-victim", {"id": other})
        elif other in answered:
            yield Finding(("parties", row, "answered_by"), "answered-by-chain", {"id": other})


def _shares(raw: Raw) -> Findings:
    apart = ("victim", "unknown")
    parties = [(row, p) for row, p in rows(raw, "parties") if p.get("role") not in apart]
    stated = [number(p["share"]) for _, p in parties if p.get("share") is not None]
    if not stated:
        return
    for row, party in parties:
        if party.get("share") is None and _liable(party):
            yield Finding(("parties", row), "shares-some")
    total = sum((exact(share) for share in stated if share is not None), Fraction())
    if None not in stated and abs(total - 1) > SLACK:
        yield Finding(("parties",), "shares-sum", {"sum": float(total)})


def _liable(party: Raw) -> bool:
    by_fault = number(party.get("fault")) != 0 and party.get("grade") != "none"
    return by_fault and number(party.get("causal_force")) != 0


def grade_of(fault: float, acted_on: object = None) -> str:
    """Return the grade a weight of fault stands for, by the bands of the day of the act."""
    if fault == 0:
        return "none"
    bands = regime(on=day(acted_on))
    reached = [grade for grade in GRADES[2:] if fault >= bands.value(f"bands.{grade}")]
    return reached[-1] if reached else "slight"


def rows(raw: Raw, table: str) -> Iterator[tuple[int, Raw]]:
    """Yield the rows of a table that are tables themselves, numbered from 0.

    Of a transfers file only the odd rows: its columns serve all that must hold between rows.
    """
    listed = raw.get(table)
    if isinstance(listed, Unchecked):
        yield from ((n, row) for n, row in listed.odd.items() if isinstance(row, Mapping))
    if isinstance(listed, list | tuple):
        yield from ((n, row) for n, row in enumerate(listed) if isinstance(row, Mapping))


def ids(raw: Raw, table: str) -> Iterator[tuple[int, str | None]]:
    """Yield the ids of a table's rows, numbered from 0; of the transfers file, of every row."""
    listed = raw.get(table)
    if isinstance(listed, list | tuple | Unchecked):
        yield from enumerate(row_ids(listed))


def number(value: object) -> float | None:
    """Return a finite number of a size a case can have, or None for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value if abs(value) <= MOST_FEN else None  # false for nan, too
    return None


def whole(value: object) -> int | None:
    """Return a whole number of a size a case can have, or None for anything else."""
    return value if isinstance(value, int) and number(value) is not None else None


def day(value: object) -> datetime.date | None:
    """Return a day, or None for anything else."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    return None


def paid_by(raw: Raw, party: object) -> tuple[int, int | None]:
    """Count a party's transfers to others, and add them up; None if that is unknown."""
    own = [row_id(a) for _, a in rows(raw, "accounts") if a.get("holder") == party]
    mine = {name for name in [party, *own] if isinstance(name, str)}
    listed = raw.get("transfers")
    if isinstance(listed, Unchecked):
        return listed.paid(mine)
    amounts = [
        whole(transfer.get("amount_fen"))
        for _, transfer in rows(raw, "transfers")
        if _in(transfer, "payer", mine) and not _in(transfer, "payee", mine)
    ]
    return len(amounts), None if None in amounts else sum(a for a in amounts if a is not None)


def _in(transfer: Raw, end: str, names: set[str]) -> bool:
    return isinstance(transfer.get(end), str) and transfer[end] in names
