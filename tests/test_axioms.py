"""Eleven demands of fairness on the risk–benefit model, in its three forms.

Each demand is tried here on the whole engine with facts Hypothesis looks for; what
`riskbenefit.axioms` shows a reader is held against the table worked out on paper.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from reference.strategy import draws
from strategies import case_of, cases

from simlib import assess, decide
from simlib.case.model import Case
from simlib.interval import high_end
from simlib.law.regime import regime
from simlib.riskbenefit import ACTS, AGGREGATORS, AXIOMS, ORDER, axioms, group_step
from simlib.riskbenefit.axiom_trials import _axioms
from simlib.text import LANGS, words

pytestmark = pytest.mark.slow
few = settings(
    max_examples=draws(60),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
forms = pytest.mark.parametrize("form", AGGREGATORS)
percents = st.integers(1, 100).map(lambda n: n / 100)
helpers = st.fixed_dictionaries(
    {
        "act": st.sampled_from(ACTS),
        "fault": percents,
        "causal_force": percents,
        "foresight": percents,
        "control": percents,
        "gain_direct_fen": st.integers(0, 2_000_000),
        "gain_indirect_fen": st.integers(0, 100_000),
        "professional": st.booleans(),
    }
)
losses = st.integers(100, 10_000_000)


def share(form: str, loss: int, facts: dict, **parameters: float) -> float:
    """One helper's share, before the group step."""
    chosen = regime().variant(parameters) if parameters else None
    return assess("H0", case_of(loss, facts), form, chosen).share


@forms
@few
@given(facts=helpers, loss=losses, name=st.sampled_from(("fault", "causal_force")))
def test_a1_gate(form, facts, loss, name):
    """No fault or no causal force: nothing, though the sum of the three scores is not 0."""
    shut = facts | {name: 0.0}
    found = assess("H0", case_of(loss, shut), form)
    assert found.share == 0
    if name == "causal_force":
        assert (found.score > 0) == (form == "additive")


@forms
@few
@given(facts=helpers, loss=losses, data=st.data())
def test_a2_monotone(form, facts, loss, data):
    """More of one thing, all else the same."""
    name = data.draw(st.sampled_from(("gain_direct_fen", "foresight", "control", "causal_force")))
    top = 10**9 if name == "gain_direct_fen" else 1
    more = data.draw(st.integers(facts[name], top) if top > 1 else st.floats(facts[name], 1))
    before, after = share(form, loss, facts), share(form, loss, facts | {name: more})
    assert after >= before - 1e-12


@forms
@few
@given(facts=helpers, loss=losses, times=st.sampled_from((Fraction(1, 100), 1, 100)))
def test_a3_scale(form, facts, loss, times):
    """All amounts times a hundredth, one, a hundred."""
    money = ("gain_direct_fen", "gain_indirect_fen")
    whole = facts | {name: 100 * facts[name] for name in money}
    scaled = facts | {name: int(100 * facts[name] * times) for name in money}
    assert share(form, int(100 * loss * times), scaled) == pytest.approx(
        share(form, 100 * loss, whole), abs=1e-12
    )


@forms
@few
@given(facts=helpers, loss=losses)
def test_a4_no_profit(form, facts, loss):
    """Gain is no element: a share above 0, but for the two forms with products only if γ > 0."""
    poor = facts | {"gain_direct_fen": 0, "gain_indirect_fen": 0}
    assert share(form, loss, poor) > 0
    assert (share(form, loss, poor, gamma=0) > 0) == (form == "additive")


@forms
@few
@given(facts=helpers, loss=losses)
def test_a5_bounds(form, facts, loss):
    """0 ≤ s ≤ cap ≤ 1; only multiplied scores can exceed 1 on the way."""
    cap = regime().value(f"cap.{facts['act']}")
    found = assess("H0", case_of(loss, facts), form)
    assert 0 <= found.share <= cap <= 1
    assert found.score <= (4 if form == "multiplicative" else 1 + 1e-12)


@forms
@few
@given(facts=helpers, loss=losses, pair=st.sampled_from(ORDER))
def test_a6_order_of_acts(form, facts, loss, pair):
    """The two comparisons the paper makes."""
    more, less = (share(form, loss, facts | {"act": act}) for act in pair)
    assert more >= less


@forms
@few
@given(case=cases(unknown=False))
def test_a7_principals_first(form, case):
    """Of the internal shares: helpers at most .60 together, none above what is left for them."""
    outcome = decide(case, "risk_benefit", rules={"aggregator": form})
    heads = sum(float(p.share) for id, p in outcome.parties.items() if id.startswith("P"))
    assume(heads)
    tails = {id: float(p.share) for id, p in outcome.parties.items() if id.startswith("H")}
    free = {p.id for p in case.parties if p.direct or p.fault == 1}
    assert sum(tails.values()) <= 0.6 + 1e-8
    assert all(s <= heads + 1e-8 for id, s in tails.items() if id not in free)


@forms
@few
@given(case=cases(unknown=True))
def test_a8_no_more_than_the_damage(form, case):
    """What all pay now and paid before never exceeds the loss, nor, where her own fault lets
    everybody off, what it leaves of it."""
    own = Fraction(str(case.party("V").fault or 0))
    for rule, damages in (("negligent", case.loss_fen), ("on", round((1 - own) * case.loss_fen))):
        rules = {"aggregator": form, "victim_fault": rule}
        outcome = decide(case, "risk_benefit", rules=rules)
        assert high_end(outcome.received_fen) <= max(0, damages + 1 - case.recovered_fen)
    assert high_end(outcome.received_fen) <= outcome.claim_fen


@forms
@few
@given(facts=helpers, loss=losses, other=helpers)
def test_a9_equal_treatment(form, facts, loss, other):
    """Twins share alike, and the order of the file does not matter."""
    outcome = decide(case_of(loss, facts, other, facts), "risk_benefit", rules={"aggregator": form})
    assert outcome.parties["H0"].share == outcome.parties["H2"].share
    turned = decide(case_of(loss, other, facts, facts), "risk_benefit", rules={"aggregator": form})
    assert turned.parties["H1"].share == outcome.parties["H0"].share


@forms
@few
@given(facts=helpers, flows=st.lists(st.tuples(losses, losses), min_size=2, max_size=4))
def test_a10_split_and_merge(form, facts, flows):
    """Cards of one holder (hers, others' money): all on one card comes to the same share."""
    facts = facts | {"act": "payment"}
    merged = [(sum(hers for hers, _ in flows), sum(rest for _, rest in flows))]
    found = [assess("H0", through(facts, cards), form) for cards in (flows, merged)]
    assert found[0].share == found[1].share
    assert found[0].gain == found[1].gain


def through(facts: dict, cards: list[tuple[int, int]]) -> Case:
    """The claimant's whole loss sent over cards that took other people's money too."""
    accounts = [{"id": f"card{n}", "holder": "H0", "inflow_fen": hers + rest}
                for n, (hers, rest) in enumerate(cards)]  # fmt: skip
    transfers = [{"id": f"t{n}", "payer": "V", "payee": f"card{n}", "amount_fen": hers}
                 for n, (hers, _) in enumerate(cards)]  # fmt: skip
    return case_of(sum(h for h, _ in cards), facts, accounts=accounts, transfers=transfers)


@few
@given(facts=helpers, loss=losses, weak=st.integers(1, 20).map(lambda n: n / 1000))
def test_a11_compensation(facts, loss, weak):
    """A cause of at most .02. Sum: .25 + .35 · .7^.4 + .4 C ≥ .55, above the ½ of all at ½.

    Weighted product: at most C^.4 ≤ .21. Product: at most 4 C, and C's fall to any fraction is the
    score's.
    """
    best = facts | {"act": "tech", "gain_direct_fen": 10**14, "foresight": 1.0, "control": 1.0}
    best = case_of(loss, best | {"causal_force": weak})
    assert assess("H0", best, "additive").score > 0.5
    assert assess("H0", best, "geometric").score <= weak**0.4 < 0.21
    assert assess("H0", best, "multiplicative").score <= 4 * weak
    strong = assess("H0", case_of(loss, facts | {"causal_force": 1.0}), "multiplicative").score
    faint = assess("H0", case_of(loss, facts | {"causal_force": weak}), "multiplicative").score
    assert faint == pytest.approx(strong * weak)


# ---------------------------------------------------------------- what a reader is shown

# Worked out on paper. A1: w_G G′ + w_R R > 0 although C = 0; fault is in no score. A4: γ = 0 makes
# a factor 0. A5: a product of scores over ¼ reaches 4. A11: see the test above.
TABLE = {
    "A1": ((True, "gate-fault"), (True, "gate"), (True, "gate-fault")),
    "A2": ((True, None),) * 3,
    "A3": ((True, None),) * 3,
    "A4": ((True, "gamma"), (True, None), (True, "gamma")),
    "A5": ((True, None), (True, None), (True, "clamp")),
    "A6": ((True, None),) * 3,
    "A7": ((True, "group"),) * 3,
    "A8": ((True, "group"),) * 3,
    "A9": ((True, None),) * 3,
    "A10": ((True, "apportioned"),) * 3,
    "A11": ((True, "limited"), (False, "full"), (True, "none")),
}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_table_comes_out_of_the_trials(seed):
    """Whatever the seed."""
    found = {(v.axiom, v.aggregator): (v.holds, v.way) for v in axioms(seed=seed)}
    wanted = {(a, f): row[n] for a, row in TABLE.items() for n, f in enumerate(AGGREGATORS)}
    assert found == wanted


def test_reported_counterexample_breaks_the_axiom():
    """The facts shown do what they are shown for, in the engine itself."""
    rows = {(v.axiom, v.aggregator): v.counterexample for v in axioms()}
    bought = rows["A11", "additive"]
    assert assess("H0", drawn(bought), "additive").score == pytest.approx(bought["score"])
    assert bought["score"] > bought["after"]
    lacking = rows["A1", "additive"]
    assert assess("H0", drawn(lacking), "additive").score == lacking["score"] > 0
    poor = rows["A4", "geometric"]
    assert assess("H0", drawn(poor), "geometric", regime().variant({"gamma": 0})).share == 0
    over = rows["A5", "multiplicative"]
    assert assess("H0", drawn(over), "multiplicative").score == over["score"] > 1
    crowded = rows["A7", "additive"]["shares"]
    assert group_step(crowded, [False] * 4, 0.4) != crowded
    assert sum(rows["A8", "geometric"]["shares"]) > 1


def drawn(facts: dict) -> Case:
    """The case a counterexample describes."""
    return case_of(
        facts["loss"],
        {
            "act": facts["act"],
            "gain_direct_fen": facts["gain"],
            "foresight": facts["foresight"],
            "control": facts["control"],
            "causal_force": facts["cause"],
            "fault": facts["fault"],
        },
    )


def test_a_reader_who_breaks_the_order_of_acts_is_told():
    """With more risk and a higher base for accounts than for technology A6 fails, with facts."""
    turned = regime("paper-proposal").variant(
        {"base.account": 0.5, "cap.account": 0.9, "rho.account": 0.9}
    )
    found = {v.aggregator: v for v in axioms(regime=turned) if v.axiom == "A6"}
    assert not any(v.holds for v in found.values())
    assert all(v.counterexample["higher"] == "tech" for v in found.values())
    assert all(v.counterexample["share"] < v.counterexample["after"] for v in found.values())


class Spoilt:
    """What the model found, with something spoilt."""

    def __init__(self, found: object, share: float) -> None:
        self.gain, self.score, self.share = found.gain, found.score, share


# what is spoilt → how a share (s) of a party (p) of a case (c) comes out → the axiom that must fail
SPOILT = {
    "A1": lambda s, p, c: max(s, 0.01),
    "A2": lambda s, p, c: s * (1 - p.control / 2),
    "A3": lambda s, p, c: s * (1 if c.loss_fen < 10**6 else 0.9),
    "A4": lambda s, p, c: s if p.gain_direct_fen else 0.0,
    "A5": lambda s, p, c: s + 0.5,
    "A6": lambda s, p, c: s / 3 if p.act == "payment" else s,
    "A9": lambda s, p, c: s * (0.9 if p.id == "second" else 1),
    "A10": lambda s, p, c: s / (1 + len(c.accounts)),
}


@pytest.mark.parametrize("axiom", SPOILT)
def test_spoilt_model_breaks_its_axiom(axiom, monkeypatch):
    """The trials can fail: with a model that breaks a demand, the demand is said to be broken."""

    def spoilt(party, case, *more):
        found = assess(party, case, *more)
        return Spoilt(found, SPOILT[axiom](found.share, party, case))

    monkeypatch.setattr("simlib.riskbenefit.axiom_trials.assess", spoilt)
    found = [v for v in _axioms.__wrapped__(1, 10, regime("paper-proposal")) if v.axiom == axiom]
    assert len(found) == 3
    assert not any(v.holds for v in found)
    assert all(v.counterexample for v in found)


def test_without_the_step_for_the_group_two_demands_are_broken(monkeypatch):
    """Shares taken as they come exceed the principals' and, with eight helpers, the whole."""
    monkeypatch.setattr("simlib.riskbenefit.axiom_trials.group_step", lambda shares, *_: shares)
    found = {v.axiom: v for v in _axioms.__wrapped__(1, 40, regime("paper-proposal"))}
    for axiom in ("A7", "A8"):
        assert not found[axiom].holds
        assert found[axiom].counterexample


def test_every_verdict_has_words():
    """Names of the demands, and what each form takes, in both languages."""
    assert tuple(TABLE) == AXIOMS
    for verdict in axioms():
        for lang in LANGS:
            assert words("riskbenefit", f"axiom.{verdict.axiom}.name", lang)
            assert words("riskbenefit", f"axiom.{verdict.axiom}.about", lang)
            if verdict.way:
                assert words("riskbenefit", f"way.{verdict.way}", lang)
