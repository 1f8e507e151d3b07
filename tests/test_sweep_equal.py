"""Scalar and batch are one formula: held together to the fen on random cases, rules and axes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reference.strategy import cases, draws, rules, toml

from simlib import decide, sweep
from simlib.case.load import load_case
from simlib.errors import SimlibError
from simlib.interval import Interval
from simlib.law.regime import regime_names
from simlib.liability import MODES
from simlib.liability.batch import decide_many

pytestmark = pytest.mark.slow

MOST_FEN = 10**15
FIELDS = ("paid_fen", "exposure_fen", "share")
EDGES = (0.0, 1.0, 0.5, 0.25, 0.4, 0.7, 1 / 3, 5e-10, 1.5e-9, 0.9999999995, 1e-200, 5e-324)
fractions = (
    st.sampled_from(EDGES)
    | st.integers(0, 1000).map(lambda n: n / 1000)
    | st.integers(0, 10**11).map(lambda n: n / 10**11)
    | st.floats(0, 1)
    | st.integers(0, 14).map(lambda n: np.linspace(0, 1, 15)[n].item())
)  # fmt: skip
amounts = (
    st.integers(0, 30) | st.integers(0, 5_000_000) | st.integers(0, MOST_FEN)
    | st.integers(0, 99).map(lambda n: MOST_FEN - n)
)  # fmt: skip
flags = st.booleans()
grades = st.sampled_from(("none", "slight", "gross", "knowing", "concert"))
OF_A_PARTY = {
    "fault": fractions, "causal_force": fractions, "indispensability": fractions,
    "push": fractions, "foresight": fractions, "control": fractions, "limit": fractions,
    "court_share": fractions,
    "gain_direct_fen": amounts, "gain_indirect_fen": amounts, "assets_fen": amounts | st.none(),
    "sued": flags, "direct": flags, "professional": flags, "released": flags, "grade": grades,
    "proof.fault": fractions, "proof.act": st.sampled_from((0.7, 0.75, 0.8)),
    "act": st.sampled_from(("payment", "tech", "account", "promotion")), "minor": flags,
}  # fmt: skip
many = settings(
    max_examples=draws(300), deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture,
                           HealthCheck.data_too_large],
)  # fmt: skip


@st.composite
def axes(draw: st.DrawFn, case: dict) -> dict[str, list]:
    """One to three paths of a case with some values each."""
    ids = [p["id"] for p in case["parties"] if p["role"] != "victim"]
    paths = {f"{who}.{field}": values for who in ids for field, values in OF_A_PARTY.items()}
    paths |= {"V.fault": fractions, "loss_fen": amounts, "recovered_fen": amounts,
              "loss_noneconomic_fen": amounts, "undeterminable": flags}  # fmt: skip
    for p in case["parties"]:
        if p["role"] in ("platform", "operator"):
            paths[f"{p['id']}.enlarged_fen"] = paths[f"{p['id']}.after_knowledge_fen"] = amounts
    for n in range(len(case.get("recoveries", ()))):
        paths[f"recoveries[{n}].amount_fen"] = amounts
    for n in range(len(case.get("criminal", ()))):
        paths[f"criminal[{n}].restitution_paid_fen"] = amounts
        paths[f"criminal[{n}].restitution_others_fen"] = amounts
        paths[f"criminal[{n}].part"] = st.sampled_from(("principal", "accessory", "hired"))
    for act in case.get("acts", ())[1:]:
        paths[f"{act['id']}.after_loss"] = flags
    for account in case.get("accounts", ()):
        paths[f"{account['id']}.inflow_fen"] = amounts
    chosen = draw(st.lists(st.sampled_from(sorted(paths)), min_size=1, max_size=3, unique=True))
    return {path: draw(st.lists(paths[path], min_size=1, max_size=5)) for path in chosen}


def scalar(case: object, column: dict, output: str, *how: object) -> object:
    """What `decide` gives at one column, a number or an interval."""
    outcome = decide(case.set(column), *how)
    who, _, name = output.rpartition(".")
    return getattr(outcome.parties[who] if who else outcome, name)


def agree(case: object, columns: list[dict], found: object, output: str, *how: object) -> None:
    """Hold each column's number, or the error that all of them met, against the scalar engine."""
    try:
        expected = [scalar(case, column, output, *how) for column in columns]
    except SimlibError as error:
        expected = error
    if isinstance(expected, SimlibError):
        assert type(found) is type(expected), (found, expected)
    elif any(isinstance(value, Interval) for value in expected):
        assert getattr(found, "code", None) == "sweep-open"
    else:
        assert not isinstance(found, SimlibError), found
        kind = np.float64 if output.endswith("share") else np.int64
        assert found.dtype == kind
        assert found.ravel().tolist() == expected


def asked(run: object) -> object:
    """The answer, or the error."""
    try:
        return run()
    except SimlibError as error:
        return error


@many
@given(data=st.data(), mode=st.sampled_from(MODES), chosen=rules, cards=flags)
def test_every_point_of_a_grid_is_what_decide_gives(data, mode, chosen, cards, tmp_path):
    """Random cases, modes, rules and axes: equal to the fen, or refused alike.

    With `cards` the loss mostly falls into pieces.
    """
    raw = data.draw(cases(others=("helper", "helper", "platform", "operator"), cards=cards))
    values = data.draw(axes(raw))
    (tmp_path / "case.toml").write_text(toml(raw), encoding="utf-8")
    case = load_case(tmp_path / "case.toml")
    ids = [p.id for p in case.parties if p.role != "victim"]
    output = data.draw(st.sampled_from(("received_fen", "unrecovered_fen",
                                        *(f"{i}.{f}" for i in ids for f in FIELDS))))  # fmt: skip
    grid = [dict(zip(values, point, strict=True)) for point in itertools.product(*values.values())]
    found = asked(lambda: sweep(case, values, mode, output, chosen))
    agree(case, grid, found, output, mode, chosen)


@many
@given(data=st.data(), mode=st.sampled_from(MODES), chosen=rules, cards=flags)
def test_every_draw_is_what_decide_gives(data, mode, chosen, cards, tmp_path):
    """Many facts at once, one draw a column, under any regime, guardians and employers included."""
    others = ("helper", "platform", "operator")
    raw = data.draw(cases(others=others, answering=True, cards=cards))
    values = data.draw(axes(raw))
    (tmp_path / "case.toml").write_text(toml(raw), encoding="utf-8")
    case = load_case(tmp_path / "case.toml")
    regime = data.draw(st.none() | st.sampled_from(regime_names()))
    length = max(map(len, values.values()))
    values = {path: (tried * length)[:length] for path, tried in values.items()}
    ids = [p.id for p in case.parties if p.role != "victim"]
    outputs = ["received_fen", *(f"{i}.{f}" for i in ids for f in FIELDS)]
    points = zip(*values.values(), strict=True)
    columns = [dict(zip(values, point, strict=True)) for point in points]
    found = asked(lambda: decide_many(case, values, mode, outputs, chosen, regime))
    if isinstance(found, SimlibError):
        met = (
            [
                asked(lambda o=o: agree(case, columns, found, o, mode, chosen, regime))
                for o in outputs[:1]
            ]
            if getattr(found, "code", "") != "sweep-open"
            else []
        )
        assert not any(isinstance(m, SimlibError) for m in met)
        return
    for output in outputs:
        agree(case, columns, found[output], output, mode, chosen, regime)
