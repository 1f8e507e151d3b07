"""Tracing a million transfers beside Python loops and the packages there are; prints ratios.

python -m tests.bench.chain        (packages: pip install '.[bench]'; a missing one is left out)

One process, one web for all: 10⁶ transfers among 10⁵ accounts, 300 victims who pay ten times each.
Loops get plain lists ready made, simlib the columns of a file. Answers are asserted equal before
anything is timed; the runs are interleaved, medians of user processor time.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections import deque
from collections.abc import Callable
from importlib import import_module
from itertools import cycle

import numpy as np

from simlib.case.columns import Columns
from simlib.chain import Tracing, trace_case, trace_funds

TRANSFERS, ACCOUNTS, VICTIMS, PAYMENTS = 1_000_000, 100_000, 300, 10
ROUNDS = 7
Found = dict[int, int]  # transfer → what of it was hers


def main() -> None:
    """First in first out, by proportion, and the small case that every decision asks about."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else TRANSFERS
    web = a_web(size)
    lists = [column.tolist() for column in (web.payer, web.payee, web.amount_fen)]
    fifo(web, lists)
    pro_rata(web, lists)
    small()


def a_web(size: int) -> Columns:
    """A web of transfers in the order of time."""
    rng = np.random.default_rng(5)
    accounts, victims = ACCOUNTS * size // TRANSFERS, VICTIMS
    payer, payee = rng.integers(victims, victims + accounts, (2, size)).astype(np.int32)
    payee[payee == payer] = victims + (payee[payee == payer] - victims + 1) % accounts
    payer[rng.choice(size, victims * PAYMENTS, replace=False)] = np.repeat(
        np.arange(victims), PAYMENTS
    )
    amount = rng.lognormal(11, 1.5, size).astype(np.int64) + 1
    names = tuple(f"v{n}" for n in range(victims)) + tuple(f"a{n}" for n in range(accounts))
    ids = [f"t{n}" for n in range(size)]
    return Columns(names, ids, payer, payee, amount, np.zeros_like(amount), np.arange(size))


def fifo(web: Columns, lists: list[list[int]]) -> None:
    """Everybody's plan and one victim; then one more victim on the plan that is there."""
    victims, sources = web.names[:VICTIMS], [n < VICTIMS for n in range(len(web.names))]
    plan, others = trace_funds(web, victims), cycle(range(1, VICTIMS))
    runs = {
        "simlib, from the columns": lambda: answer(trace_funds(web, victims), 0),
        "Python loop, runs of lots": lambda: fifo_loop(lists, sources),
        "Python loop, deque of lots": lambda: fifo_deque(lists, sources),
    }
    spent = race("fifo", runs)
    again = [timed(lambda: answer(plan, next(others))) for _ in range(VICTIMS - 1)]
    best = spent["Python loop, runs of lots"]
    show("fifo", "simlib, one more victim", statistics.median(again), best)


def pro_rata(web: Columns, lists: list[list[int]]) -> None:
    """One victim, all other money alike."""
    ready = trace_funds(web, "v0", "pro_rata")._ways
    runs = {
        "simlib, from the columns": lambda: answer(trace_funds(web, "v0", "pro_rata"), 0),
        "Python loop": lambda: pro_rata_loop(lists),
    }
    for name, make in (("pandas", by_pandas), ("networkx", by_networkx)):
        try:
            runs[name] = make(web)
        except ImportError:
            print(f"{name} is not installed: left out")
    spent = race("pro_rata", runs)

    def again() -> None:
        ready.__dict__.pop("_all", None)
        ready._follow(0)

    one = statistics.median(timed(again) for _ in range(ROUNDS))
    show("pro_rata", "simlib, on the plan", one, spent["Python loop"])


def small() -> None:
    """A case of ten transfers, and the same asked again."""
    from simlib import load_case

    case = load_case("hypo-layers")
    for method in ("timestamp", "fifo"):
        fresh = statistics.median(timed(lambda m=method: _fresh(case, m)) for _ in range(200))
        kept = statistics.median(timed(lambda m=method: trace_case(case, m)) for _ in range(200))
        line = f"{len(case.transfers)} transfers, {method}: {fresh * 1e6:.0f} µs"
        print(f"{line}, asked again {kept * 1e6:.1f} µs")


def _fresh(case: object, method: str) -> Tracing:
    from simlib.chain.trace import _kept

    _kept.clear()
    return trace_case(case, method)


def answer(found: Tracing, origin: int) -> Found:
    """What of each transfer was one origin's."""
    one = found._ways.answer(origin)
    return dict(zip(one.places.tolist(), one.fen.tolist(), strict=True))


def fifo_loop(lists: list[list[int]], sources: list[bool]) -> Found:
    """The fastest loop we know: an account without her money is one number; else runs of lots."""
    found: Found = {}
    only: list[int] = [0] * len(sources)  # what is in an account that holds none of hers
    lots: list[list | None] = [None] * len(sources)  # else amounts in turn: others', hers, …
    for t, (payer, payee, fen) in enumerate(zip(*lists, strict=True)):
        if sources[payer]:
            if payer:
                taken = None
            else:
                taken = [0, fen]
                found[t] = fen
        elif lots[payer] is None:
            left = only[payer] - fen
            only[payer] = left if left > 0 else 0
            taken = None
        else:
            taken, hers = _take(lots, only, payer, fen)
            if hers:
                found[t] = hers
        there = lots[payee]
        if taken is None:
            if there is None:
                only[payee] += fen
            elif len(there) % 2:
                there[-1] += fen
            else:
                there.append(fen)
        else:
            _put(lots, only, payee, taken)
    return found


def _take(lots: list, only: list, payer: int, fen: int) -> tuple[list | None, int]:
    """Take from the front; amounts alternate between others' (even) and hers (odd)."""
    line, taken, hers, n = lots[payer], [], 0, 0
    while fen and n < len(line):
        part = line[n] if line[n] <= fen else fen
        taken.append(part)
        fen -= part
        if n % 2:
            hers += part
        if part < line[n]:
            line[n] -= part
            break
        n += 1
    if fen:  # more than there is: others'
        if len(taken) % 2:
            taken[-1] += fen
        else:
            taken.append(fen)
    line[: n - n % 2] = []
    if n % 2 and line:
        line[0] = 0
    if len(line) <= 1:
        only[payer], lots[payer] = (line[0] if line else 0), None
    return (taken, hers) if hers else (None, 0)


def _put(lots: list, only: list, payee: int, taken: list) -> None:
    there = lots[payee]
    if there is None:
        there = lots[payee] = [only[payee]]
        only[payee] = 0
    if len(there) % 2:
        there[-1] += taken[0]
        there += taken[1:]
    elif taken[0]:
        there += taken
    else:
        there[-1] += taken[1]
        there += taken[2:]


def fifo_deque(lists: list[list[int]], sources: list[bool]) -> Found:
    """As one writes it first: a queue of (amount, whether hers) for each account."""
    found: Found = {}
    queues = [deque() for _ in sources]
    for t, (payer, payee, fen) in enumerate(zip(*lists, strict=True)):
        queue, into = queues[payer], queues[payee]
        if sources[payer]:
            into.append((fen, payer == 0))
            if payer == 0:
                found[t] = fen
            continue
        hers = 0
        while fen:
            part, mark = queue.popleft() if queue else (fen, False)
            if part > fen:
                queue.appendleft((part - fen, mark))
                part = fen
            fen -= part
            into.append((part, mark))
            if mark:
                hers += part
        if hers:
            found[t] = hers
    return found


def pro_rata_loop(lists: list[list[int]]) -> Found:
    """The fastest loop we know: two numbers an account, the rest left where it is 0."""
    found: Found = {}
    size = max(max(lists[0]), max(lists[1])) + 1
    balance, hers = [0] * size, [0] * size
    for t, (payer, payee, fen) in enumerate(zip(*lists, strict=True)):
        if payer:
            lies, mine = balance[payer], hers[payer]
            if mine:
                if lies > fen:
                    mine = (2 * fen * mine + lies) // (2 * lies)
                hers[payer] -= mine
            balance[payer] = lies - fen if lies > fen else 0
        else:
            mine = fen
        if mine:
            found[t] = mine
            hers[payee] += mine
        balance[payee] += fen
    return found


def by_pandas(web: Columns) -> Callable[[], Found]:
    """Rows of a table one after another, balances in two Series' arrays."""
    pandas = import_module("pandas")
    table = pandas.DataFrame({"payer": web.payer, "payee": web.payee, "fen": web.amount_fen})

    def run() -> Found:
        found: Found = {}
        balance, hers = (dict.fromkeys(range(len(web.names)), 0) for _ in range(2))
        for row in table.itertuples():
            _step(found, balance, hers, row.Index, row.payer, row.payee, row.fen)
        return found

    return run


def by_networkx(web: Columns) -> Callable[[], Found]:
    """A directed multigraph, its edges in order of time, balances on its nodes."""
    networkx = import_module("networkx")
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(range(len(web.names)), balance=0, hers=0)
    columns = (web.payer.tolist(), web.payee.tolist(), web.amount_fen.tolist())
    graph.add_edges_from(
        (payer, payee, t, {"at": t, "fen": fen})
        for t, (payer, payee, fen) in enumerate(zip(*columns, strict=True))
    )

    def run() -> Found:
        found: Found = {}
        balance, hers = dict.fromkeys(graph, 0), dict.fromkeys(graph, 0)
        for payer, payee, data in sorted(graph.edges(data=True), key=lambda edge: edge[2]["at"]):
            _step(found, balance, hers, data["at"], payer, payee, data["fen"])
        return found

    return run


def _step(
    found: Found, balance: dict, hers: dict, t: int, payer: int, payee: int, fen: int
) -> None:
    lies, mine = balance[payer], hers[payer]
    if payer == 0:
        mine = fen
    elif lies > fen:
        mine = (2 * fen * mine + lies) // (2 * lies)
    if payer:
        hers[payer] -= mine
        balance[payer] = max(0, lies - fen)
    if mine:
        found[t] = mine
    hers[payee] += mine
    balance[payee] += fen


def race(what: str, runs: dict[str, Callable[[], Found]]) -> dict[str, float]:
    """Median user seconds of each, after all have given the same answer."""
    expected = next(iter(runs.values()))()
    rounds = {name: 1 if name in ("pandas", "networkx") else ROUNDS for name in runs}
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for name, run in runs.items():
        assert run() == expected, (what, name)
    for turn in range(ROUNDS):
        for name, run in runs.items():
            if turn < rounds[name]:
                seconds[name].append(user(run))
    found = {name: statistics.median(spent) for name, spent in seconds.items()}
    first = next(iter(found.values()))
    for name, spent in found.items():
        show(what, name, spent, None if spent == first else first)
    return found


def timed(run: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    start = time.process_time()
    run()
    return time.process_time() - start


def user(run: Callable[[], object]) -> float:
    """Processor seconds of one run without the system's, which hands out and takes back memory."""
    start = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    run()
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - start


def show(what: str, name: str, spent: float, other: float | None) -> None:
    """One line: how long, and how many times the other it took or saved."""
    ratio = "" if other is None else f"{spent / other:8.2f} × simlib"
    if other is not None and spent < other:
        ratio = f"{other / spent:8.1f} × faster"
    print(f"{what:9} {name:28} {spent * 1e3:10.2f} ms  {ratio}", flush=True)


if __name__ == "__main__":
    main()
