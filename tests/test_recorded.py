"""No number moves unseen: what each engine says of each shipped case, and of its neighbours.

A neighbour is the case with one fact changed. What is recorded was not worked out by hand: the
other tests say whether it is right, this one says that it is what it was. Where a change of law or
of an engine moves it on purpose, `python tests/test_recorded.py` records anew in the same commit,
and the commit says what moved and why.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import groupby, product
from operator import itemgetter
from pathlib import Path
from types import NoneType
from typing import get_args

import numpy
import pytest
from pydantic import BaseModel

from simlib import (
    causation,
    chain,
    enrichment,
    evidence,
    fault,
    liability,
    load_case,
    procedure,
    restitution,
    riskbenefit,
)
from simlib.case.model import Case
from simlib.errors import SimlibError
from simlib.law.modes import mode_keys
from simlib.law.regime import regime_for
from simlib.resources import shelf

RECORD = Path(__file__).with_name("recorded.toml")
CASES = {path.parent.name: path for path in sorted(shelf("cases").glob("[!_]*/case.toml"))}
OWN = sorted(RECORD.parent.glob("*_cases/*.toml"))  # small ones, of the room they are named after
PATHS = CASES | {path.stem: path for path in OWN}
MOST = 24  # neighbours of a case, spread over its facts
NO_FACTS = {"id", "name", "kinds", "source", "sources", "note"}
NEAR: dict[type, Callable] = {
    bool: lambda value: not value,
    int: lambda value: value // 2,
    float: lambda value: value / 2,
    datetime.date: lambda value: value + datetime.timedelta(days=40),
}
NUMBERS = {int: 12_345, float: 0.5}  # for what nobody found out
EACH = 2  # questions on each neighbour, by turns
SLOW = {"evidence": 5, "restitution": 2, "liability": 2}  # where each fifth, each other is asked
Asked = Iterator[tuple[Callable, tuple]]  # functions and what they are asked


def of_chain(case: Case) -> Asked:
    """Layers, every way of tracing, and what came to each party."""
    yield chain.layers, (case,)
    for method in chain.METHODS:
        yield chain.trace_case, (case, method)
    for ask, party in product(
        (chain.passed_on, chain.inflow, chain.direct_receipts, chain.gain_factor), case.parties
    ):
        yield ask, (case, party.id)


def of_causation(case: Case) -> Asked:
    """The picture of acts and its indices; steps of the law, force and chance of each party."""
    yield from [(causation.graph, (case,)), (causation.indices, (case,))]
    for party in case.parties:
        yield causation.causal_force, (party, regime_for(case))
        for ask in (causation.legal_steps, causation.lost_chance, causation.chance):
            yield ask, (case, party.id)


def of_fault(case: Case) -> Asked:
    """Each helper under each burden, review and standard, by both readings of an answer."""
    helpers = [party.id for party in case.parties if party.role == "helper"]
    for helper in helpers:
        for how in product(fault.BURDENS, fault.REVIEWS, fault.STANDARDS):
            yield fault.find, (case, helper, *how)
        yield fault.find, (case, helper, *HOW_INFERRED, None, {"rebuttal": "contrary"})


HOW_INFERRED = ("factual_inference", "substantive", "legal")


def of_riskbenefit(case: Case) -> Asked:
    """Each helper by each way of joining the factors."""
    for party in (each for each in case.parties if each.role == "helper"):
        yield riskbenefit.exemption, (party,)
        for aggregator in riskbenefit.AGGREGATORS:
            yield riskbenefit.assess, (party, case, aggregator)


def of_liability(case: Case) -> Asked:
    """Every form."""
    for mode in mode_keys():
        yield liability.decide, (case, mode)


def of_restitution(case: Case) -> Asked:
    """All victims together, by each rule of giving back."""
    yield restitution.decide_all, (case, "joint")
    for rule in restitution.RULES:
        yield restitution.give_back, (case, rule)


def of_enrichment(case: Case) -> Asked:
    """Each helper as one enriched."""
    for party in (each for each in case.parties if each.role == "helper"):
        yield enrichment.assess, (case, party.id)


def of_procedure(case: Case) -> Asked:
    """Each regime's two tracks, and what is received at their end."""
    for regime in procedure.REGIMES:
        yield procedure.schedule, (case, regime)
        yield lambda *how: procedure.spread(*how, n=50), (case, regime)
    yield procedure.courts, (case,)


def of_evidence(case: Case) -> Asked:
    """Each regime's trail, by what the platform and the police do."""
    for regime in procedure.REGIMES:
        yield evidence.trail, (case, regime)
    for reply, police in product(evidence.REPLIES, evidence.POLICE):
        yield (lambda how: evidence.trail(case, reply=how[0], police=how[1])), ((reply, police),)


ROOMS = {name[3:]: ask for name, ask in list(globals().items()) if name.startswith("of_")}


@cache
def neighbours(path: Path) -> tuple[Case, ...]:
    """Return a case, its positions, and it with one fact changed, for facts of every kind."""
    case = load_case(path)
    found = [other for fact, value in facts(case) if (other := changed(case, fact, value))]
    few = found[:: -(-len(found) // MOST)]
    return (case, *(case.at(each.id) for each in case.positions), *few)


def changed(case: Case, path: str, value: object) -> Case | None:
    """Return the case with that fact, unless no file could say so."""
    try:
        return case.set({path: value})
    except SimlibError:
        return None


def facts(case: Case) -> Iterator[tuple[str, object]]:
    """Yield other values of the case's own facts and of those in its rows."""
    for name, field in Case.model_fields.items():
        yield from ((name, value) for value in others(getattr(case, name), field.annotation))
        for row in (getattr(case, name) or ()) if name.endswith("s") else ():
            fields = getattr(type(row), "model_fields", {})
            for fact in (each for each in fields if each not in NO_FACTS):
                for value in others(getattr(row, fact), fields[fact].annotation):
                    yield f"{getattr(row, 'id', getattr(row, 'party', ''))}.{fact}", value


def others(value: object, kind: object) -> list[object]:
    """Return values a little beside one, and what is unknown instead; none is drawn by chance."""
    parts = [kind, *get_args(kind), *(part for each in get_args(kind) for part in get_args(each))]
    words = [part for part in parts if isinstance(part, str) and part != value]
    if value is None:
        return words or [number for part, number in NUMBERS.items() if part in parts]
    near = NEAR.get(type(value))
    return [*words, *([near(value)] if near else []), *([None] if NoneType in parts else [])]


def plain(value: object) -> object:
    """Return a result as lists, words and numbers, the same in every run; what has JSON as that."""
    if hasattr(value, "to_json"):
        return plain(value.to_json())
    if dataclasses.is_dataclass(value):
        return [plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        return sorted(([plain(key), plain(each)] for key, each in value.items()), key=repr)
    if isinstance(value, set | frozenset):
        return sorted(str(each) for each in value)
    if isinstance(value, tuple | list | numpy.ndarray):
        return [plain(each) for each in value]
    if isinstance(value, float):
        return f"{value:.9g}"
    if isinstance(value, str | int | numpy.integer | Fraction | datetime.date | None):
        return str(value)
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    raise TypeError(f"how to record {type(value)}")


def said(ask: Callable, how: tuple) -> object:
    """Return an answer, or why there is none."""
    try:
        return plain(ask(*how))
    except SimlibError as error:
        return f"{type(error).__name__}: {error}"


def digest(room: str, path: Path) -> str:
    """Return a digest of all a room says of a case, and of some answers on each neighbour."""
    whole = hashlib.sha256()
    for place, case in enumerate(neighbours(path)[:: SLOW.get(room, 1)]):
        asked = list(ROOMS[room](case))
        turns = range(place * EACH, (place + 1) * EACH) if place else range(len(asked))
        for ask, how in (asked[turn % len(asked)] for turn in turns if asked):
            whole.update(repr(said(ask, how)).encode())
    return whole.hexdigest()[:12]


def asked() -> list[tuple[str, str]]:
    """Return each room with each case that it is asked about."""
    own = [(path.parent.name.removesuffix("_cases"), path.stem) for path in OWN]
    return [*product(ROOMS, CASES), *(each for each in own if each[0] in ROOMS)]


@pytest.mark.parametrize(("room", "case"), asked())
def test_what_a_room_says_of_a_case_is_what_it_was(room, case):
    """Which room and which case moved; what moved, `simlib decide` and its like show."""
    recorded = tomllib.loads(RECORD.read_text("utf-8"))
    assert digest(room, PATHS[case]) == recorded[room][case]


if __name__ == "__main__":
    lines = ["# Written by `python tests/test_recorded.py`."]
    for of, pairs in groupby(sorted(asked()), key=itemgetter(0)):
        lines += ["", f"[{of}]", *(f'{name} = "{digest(of, PATHS[name])}"' for _, name in pairs)]
    RECORD.write_text("\n".join(lines) + "\n", "utf-8")
