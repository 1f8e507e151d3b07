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
from functools import cache
from itertools import groupby, product
from operator import itemgetter
from pathlib import Path
from typing import get_args

import pytest

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
TABLES = ("parties", "evidence", "criminal", "recoveries", "accounts", "transfers")
MOST = 40  # neighbours of a case, spread over its facts
EACH = 2  # questions on each neighbour, by turns
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
    """Return a case, and it with one fact changed, for facts of every kind."""
    case = load_case(path)
    every = list(facts(case))
    few = every[:: -(-len(every) // MOST)]
    return (case, *(found for fact, value in few if (found := changed(case, fact, value))))


def changed(case: Case, path: str, value: object) -> Case | None:
    """Return the case with that fact, unless no file could say so."""
    try:
        return case.set({path: value})
    except SimlibError:
        return None


def facts(case: Case) -> Iterator[tuple[str, object]]:
    """Yield other values of the case's own facts and of those in its rows."""
    yield from (("loss_fen", case.loss_fen + 7), ("acted_on", case.acted_on.replace(year=2020)))
    for table in TABLES:
        for row in getattr(case, table):
            for name, field in type(row).model_fields.items():
                for value in others(getattr(row, name), field.annotation):
                    yield f"{getattr(row, 'id', getattr(row, 'party', ''))}.{name}", value


def others(value: object, kind: object) -> tuple[object, ...]:
    """Return values a little beside one, none of them drawn by chance."""
    words = tuple(word for each in (kind, *get_args(kind)) for word in get_args(each)
                  if isinstance(word, str) and word != value)  # fmt: skip
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return (value // 2, value + 1)
    if isinstance(value, float):
        return (value / 2,)
    if isinstance(value, datetime.datetime | datetime.date):
        return (value + datetime.timedelta(days=40),)
    return words


def plain(value: object) -> object:
    """Return a result as lists, words and numbers, the same in every run."""
    if dataclasses.is_dataclass(value):
        return [plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        return [[str(key), plain(each)] for key, each in value.items()]
    if isinstance(value, set | frozenset):
        return sorted(str(each) for each in value)
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return f"{value:.9g}" if isinstance(value, float) else str(value)


def said(ask: Callable, how: tuple) -> object:
    """Return an answer, or why there is none."""
    try:
        return plain(ask(*how))
    except SimlibError as error:
        return f"{type(error).__name__}: {error}"


def digest(room: str, path: Path) -> str:
    """Return a digest of all a room says of a case, and of some answers on each neighbour."""
    whole = hashlib.sha256()
    for place, case in enumerate(neighbours(path)):
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
