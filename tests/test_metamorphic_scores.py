"""The model of risk and benefit, in its three forms: what must hold of every score."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_reference_engine import many

from simlib import assess, load_case
from simlib.law.regime import regime

pytestmark = pytest.mark.slow

FORMS = ("geometric", "additive", "multiplicative")
ACTS = ("payment", "tech", "account", "promotion")
unit = st.integers(0, 100).map(lambda n: n / 100)
scores = st.fixed_dictionaries(
    {"gain_direct_fen": st.integers(0, 10**6), "foresight": unit, "control": unit,
     "causal_force": st.integers(1, 100).map(lambda n: n / 100)}
)  # fmt: skip


def scored(form: str, act: str, facts: dict) -> float:
    """A helper's share before the group step, on the teaching case."""
    case = load_case("fix-1").set({f"A.{fact}": x for fact, x in (facts | {"act": act}).items()})
    return float(assess("A", case, aggregator=form).share)


@many(60)
@given(facts=scores, form=st.sampled_from(FORMS), act=st.sampled_from(ACTS), data=st.data())
def test_more_of_a_dimension_never_lowers_the_score(
    facts: dict, form: str, act: str, data: st.DataObject
) -> None:
    """Monotone in gain, foresight, control and cause; never above the cap of the act."""
    fact = data.draw(st.sampled_from(sorted(facts)))
    more = facts[fact] + (1 - facts[fact] if fact != "gain_direct_fen" else 10**6) / 2
    more = int(more) if fact == "gain_direct_fen" else more
    low, high = scored(form, act, facts), scored(form, act, facts | {fact: more})
    assert 0 <= low <= high <= regime().value(f"cap.{act}")


@many(60)
@given(facts=scores, form=st.sampled_from(FORMS))
def test_the_gates_and_the_order_of_acts(facts: dict, form: str) -> None:
    """No fault or no cause: nothing, in the additive form too. No gain: still liable.

    The same facts: technical help no less than an account, payment no less than promotion.
    """
    by_act = {act: scored(form, act, facts) for act in ACTS}
    assert by_act["tech"] >= by_act["account"]
    assert by_act["payment"] >= by_act["promotion"]
    for gate in ({"causal_force": 0}, {"grade": "none"}):
        assert scored(form, "payment", facts | gate) == 0
    able = {fact: max(0.01, x) for fact, x in facts.items() if fact != "gain_direct_fen"}
    assert scored(form, "payment", able | {"gain_direct_fen": 0}) > 0
