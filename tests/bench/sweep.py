"""How fast many decisions are, beside a Python loop and OpenFisca-core; prints, asserts equality.

python -m tests.bench.sweep [CASES]

All run in one process, in turn; times are user CPU. OpenFisca-core comes with the `bench` extra;
it keeps money in int32 and fractions in float32, so the losses here stay small and the limits are
whole thousandths. Its set-up (entities, inputs) is not counted.
"""

from __future__ import annotations

import datetime
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from simlib import decide, sweep
from simlib.case.model import Case
from simlib.law.regime import regime
from simlib.liability.batch import decide_many
from simlib.liability.setting import prepare
from simlib.liability.unknowns import solve

MODES = ("joint", "several", "partial_joint", "supplementary")
HELPERS = tuple(f"H{n}" for n in range(5))
DEBTORS = ("P", *HELPERS)
SHARES = (0.4, 0.12, 0.12, 0.12, 0.12, 0.12)
PAID = [f"{id}.paid_fen" for id in DEBTORS]
SAMPLE = 1000  # cases of a Python loop
RULES = dict(regime().rules)


def main() -> None:
    """Allocation of many cases, then heat maps of a million cells."""
    count = int(float(sys.argv[1])) if len(sys.argv) > 1 else 200_000
    case, columns = six(), draws(count)
    allocations(case, columns, count)
    heat_maps(case, count)


def six() -> Case:
    """A principal and five helpers of whom everything is known."""
    known = {
        "role": "helper", "act": "payment", "fault": 0.8, "indispensability": 0.5, "push": 0.5,
        "foresight": 0.5, "control": 0.5, "gain_direct_fen": 40_000, "share": 0.12, "limit": 0.3,
        "assets_fen": 300_000,
    }  # fmt: skip
    parties = [
        {"id": "V", "role": "victim"},
        {"id": "P", "role": "principal", "share": 0.4, "assets_fen": 0},
        *({"id": id} | known for id in HELPERS),
    ]
    words = {"zh": "六人", "en": "six"}
    return Case.model_validate({
        "id": "six", "basis": "hypothetical", "title": words, "claimant": "V",
        "acted_on": datetime.date(2023, 5, 10), "loss_fen": 2_500_000,
        "parties": [{"name": words} | party for party in parties],
    })  # fmt: skip


def draws(count: int) -> dict[str, np.ndarray]:
    """Losses, everybody's purse and every helper's limit, at random."""
    rng = np.random.default_rng(20)
    columns = {f"{id}.assets_fen": rng.integers(0, 1_500_000, count) for id in DEBTORS}
    columns["loss_fen"] = rng.integers(100_000, 5_000_000, count)
    return columns | {f"{id}.limit": rng.integers(0, 1001, count) / 1000 for id in HELPERS}


def spent(run: Callable, times: int = 1) -> tuple[float, object]:
    """Seconds of CPU, and what came of it."""
    start = time.process_time()
    found = run()
    return (time.process_time() - start) / times, found


def allocations(case: Case, columns: dict[str, np.ndarray], count: int) -> None:
    """Who pays how much, six debtors, four modes."""
    peer = openfisca(columns, count) if importlib.util.find_spec("openfisca_core") else None
    print(f"what six debtors pay, {count:,} cases, µs a case (Python: {SAMPLE:,} cases)")
    print(f"{'mode':16}{'batch':>9}{'Python':>9}{'ratio':>9}{'OpenFisca':>11}{'ratio':>9}")
    whole = np.zeros(3)
    for mode in MODES:
        limits = mode in ("partial_joint", "supplementary")
        used = {p: v for p, v in columns.items() if limits or not p.endswith("limit")}
        singly = [
            prepare(case.set({p: v[n].item() for p, v in used.items()}), mode, RULES, regime())
            for n in range(SAMPLE)
        ]
        times = []
        for _ in range(5):
            batch, many = spent(lambda m=mode, u=used: decide_many(case, u, m, PAID), count)
            loop, one_by_one = spent(lambda s=singly: [solve(each).paid for each in s], SAMPLE)
            theirs, paid = spent(lambda m=mode: peer(m), count) if peer else (np.nan, None)
            times.append((batch, loop, theirs))
            assert [[many[name][n] for name in PAID] for n in range(SAMPLE)] == one_by_one
            assert peer is None or all((many[name] == paid[i]).all() for i, name in enumerate(PAID))
        row = np.median(times, axis=0) * 1e6
        whole += row
        print(line(mode, row))
    print(line("all four", whole))


def line(name: str, row: np.ndarray) -> str:
    """One line of the table of allocations."""
    batch, loop, theirs = row
    return (f"{name:16}{batch:9.3f}{loop:9.2f}{loop / batch:8.0f}×"
            f"{theirs:11.2f}{theirs / batch:8.1f}×")  # fmt: skip


def heat_maps(case: Case, count: int) -> None:
    """A thousand by a thousand cells of two inputs, against what one cell costs singly."""
    side = 1000 if count >= 200_000 else 200
    share, fen = np.linspace(0, 1, side), np.arange(0, side * 1500, 1500)
    maps = [
        ("joint", {"H0.assets_fen": fen, "H1.assets_fen": fen}, "received_fen"),
        ("joint", {"H0.assets_fen": fen, "H1.assets_fen": fen}, "H2.paid_fen"),
        ("partial_joint", {"H0.limit": share, "P.assets_fen": fen}, "received_fen"),
        ("supplementary", {"H0.limit": share, "P.assets_fen": fen}, "received_fen"),
        ("auto", {"H0.fault": share, "H0.assets_fen": fen}, "received_fen"),
        ("risk_benefit", {"H0.gain_direct_fen": fen, "H0.push": share}, "received_fen"),
    ]
    print(f"\nheat map of {side}×{side} cells")
    print(f"{'mode':16}{'output':14}{'ms':>8}{'solve':>9}{'ratio':>9}{'decide':>9}{'ratio':>9}")
    for mode, values, output in maps:
        one_map(case, mode, values, output, side)


def one_map(case: Case, mode: str, values: dict, output: str, side: int) -> None:
    """One line: the map, a bare solve of a prepared cell, and a decision with its reasons."""
    rng = np.random.default_rng(4)
    cells = [tuple(cell) for cell in rng.integers(0, side, (200, 2)).tolist()]
    points = [
        {p: v[i].item() for (p, v), i in zip(values.items(), cell, strict=True)} for cell in cells
    ]
    model = "paper-proposal" if mode == "risk_benefit" else "law-in-force"
    settings = [prepare(case.set(point), mode, RULES, regime(model)) for point in points]
    who, _, name = output.rpartition(".")
    times = []
    for _ in range(5):
        whole, found = spent(lambda: sweep(case, values, mode, output))
        bare, _ = spent(lambda: [solve(setting) for setting in settings], len(cells))
        full, outcomes = spent(lambda: [decide(case.set(p), mode) for p in points], len(cells))
        times.append((whole, bare, full))
        expected = [getattr(o.parties[who] if who else o, name) for o in outcomes]
        assert [found[cell] for cell in cells] == expected
    whole, bare, full = (statistics.median(t) for t in zip(*times, strict=True))
    cell = whole / side**2
    print(f"{mode:16}{output:14}{whole * 1e3:8.2f}{bare * 1e6:7.1f}µs{bare / cell:8.0f}×"
          f"{full * 1e6:7.0f}µs{full / cell:8.0f}×")  # fmt: skip


def openfisca(columns: dict[str, np.ndarray], count: int) -> Callable[[str], np.ndarray]:
    """The same four modes as OpenFisca variables; a function from mode to [debtor][case]."""
    from openfisca_core.entities import build_entity
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    debtor = build_entity("debtor", "debtors", "", is_person=True)
    roles = [{"key": "member", "plural": "members"}]
    dispute = build_entity("dispute", "disputes", "", roles=roles)
    system = TaxBenefitSystem([debtor, dispute])
    formulas(system, debtor, dispute)
    builder, many = SimulationBuilder(), count * len(DEBTORS)
    builder.create_entities(system)
    builder.declare_person_entity("debtor", np.arange(many))
    group = builder.declare_entity("dispute", np.arange(count))
    of = np.repeat(np.arange(count), len(DEBTORS))
    builder.join_with_persons(group, of, np.array(["member"] * many))
    simulation = builder.build(system)
    limits = [np.zeros(count), *(columns[f"{id}.limit"] for id in HELPERS)]
    inputs = {
        "assets": np.array([columns[f"{id}.assets_fen"] for id in DEBTORS]).T.ravel(),
        "limit": np.rint(np.array(limits) * 1000).astype(int).T.ravel(),
        "place": np.tile(np.arange(len(DEBTORS)), count),
        "loss": columns["loss_fen"],
    }
    for name, values in inputs.items():
        simulation.set_input(name, "2024", values)

    def run(mode: str) -> np.ndarray:
        for name in (mode, f"by_principal_{mode}"):
            if name in system.variables:
                simulation.delete_arrays(name)
        return simulation.calculate(mode, "2024").reshape(count, len(DEBTORS)).T

    return run


def formulas(system: object, debtor: object, dispute: object) -> None:
    """What each debtor pays in each mode, as a modeller writes it: whole populations at once."""
    from openfisca_core.periods import DateUnit
    from openfisca_core.variables import Variable

    units = np.rint(np.array(SHARES) * 1e9).astype(np.int64)

    def variable(name: str, of: object, formula: Callable | None = None) -> None:
        body = {"value_type": int, "entity": of, "definition_period": DateUnit.YEAR}
        body |= {"formula": formula} if formula else {}
        system.add_variable(type(name, (Variable,), body))

    for name in ("assets", "limit", "place"):
        variable(name, debtor)
    variable("loss", dispute)

    def total(people: object, amounts: np.ndarray) -> np.ndarray:
        """The sum over a dispute, given to each of its debtors."""
        return people.dispute.sum(amounts).astype(np.int64)

    def split(people: object, period: object, amount: np.ndarray, weight: np.ndarray) -> np.ndarray:
        place, whole = people("place", period), np.maximum(total(people, weight), 1)
        part, rest = np.divmod(amount * weight, whole)
        odd = amount - total(people, part)
        rank = people.get_rank(people.dispute, -(rest * len(DEBTORS) + len(DEBTORS) - 1 - place))
        return part + (rank < odd)

    def together(people: object, period: object, amount: np.ndarray, caps: np.ndarray) -> object:
        weight = units[people("place", period)]
        amount = np.minimum(amount, total(people, caps))
        full = np.zeros(caps.size, bool)
        for _ in DEBTORS:
            left = amount - total(people, caps * full)
            full = full | (left * weight >= caps * np.maximum(total(people, weight * ~full), 1))
        left = amount - total(people, caps * full)
        return np.where(full, caps, split(people, period, left, weight * ~full))

    def joint(people: object, period: object) -> np.ndarray:
        loss = people.dispute("loss", period).astype(np.int64)
        return together(people, period, loss, np.minimum(people("assets", period), loss))

    def several(people: object, period: object) -> np.ndarray:
        loss = people.dispute("loss", period).astype(np.int64)
        part = split(people, period, loss, units[people("place", period)])
        return np.minimum(part, people("assets", period))

    def behind(rest: bool) -> Callable:
        def formula(people: object, period: object) -> np.ndarray:
            loss = people.dispute("loss", period).astype(np.int64)
            assets, head = people("assets", period), people("place", period) == 0
            first = np.minimum(assets, loss) * head
            left = loss - total(people, first)
            limited = (2 * loss * people("limit", period) + 1000) // 2000
            limited = np.minimum(limited, left) if rest else limited
            caps = np.minimum(limited, assets) * ~head
            return first + together(people, period, left, caps)

        return formula

    for name, formula in zip(MODES, (joint, several, behind(False), behind(True)), strict=True):
        variable(name, debtor, formula)


if __name__ == "__main__":
    main()
