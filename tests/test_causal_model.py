"""The causal model of a case: acts, legal steps, indices on it, help after the loss, experts.

Models are given as case files. Expected numbers are worked out by hand in the docstrings, published
vectors, or found by going through every set of players.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.readings import causes
from reference.strategy import draws

from simlib import causation, decide, load_case
from simlib.case import shipped_cases
from simlib.causation import (
    HEARINGS,
    INDICES,
    REFUSALS,
    STAGES,
    Graph,
    Node,
    acts_shapley,
    banzhaf,
    chance,
    graph,
    graph_indices,
    heard,
    indices,
    legal_steps,
    lost_chance,
    minimal_sets,
    ness,
    responsibility,
    shapley,
)
from simlib.causation.act_graph import read_once
from simlib.causation.legal import sufficient_with
from simlib.chain import TRACING
from simlib.errors import CaseError, GameError, OutOfScope, UnknownName
from simlib.explain import act_title, assumption_words, explain
from simlib.interval import Interval
from simlib.law.citation import article, in_force
from simlib.law.regime import regime
from simlib.liability.facts import debtors
from simlib.resources import shelf
from simlib.text import LANGS, article_text, cite, message, topic_words, words

CHAIN = "hypo-chain"
FACTUAL = ("but_for", "ness", "furthering")
HEAD = """
id = "made"
basis = "hypothetical"
title = { zh = "假设", en = "Hypothetical" }
acted_on = 2023-05-10
loss_fen = 1_000_000
"""


def party(id: str, role: str = "helper", extra: str = "") -> str:
    """A party of a case file."""
    act = 'act = "payment"\ngrade = "knowing"\n' if role == "helper" else ""
    name = f'name = {{ zh = "{id}", en = "{id}" }}'
    return f'\n[[parties]]\nid = "{id}"\nrole = "{role}"\n{name}\n{act}{extra}'


def act(id: str, who: str, needs: str = "[]", extra: str = "") -> str:
    """An act of a case file."""
    words = f'title = {{ zh = "{id}", en = "{id}" }}'
    return (
        f'\n[[acts]]\nid = "{id}"\nparty = "{who}"\nstage = "payment"\n{words}\nneeds = {needs}\n'
        + extra
    )


def made(folder: Path, helpers: str, loss_needs: str, more: str = "") -> object:
    """A case: P the principal (act `p`), a helper for each letter with an act of its own."""
    text = HEAD + f"loss_needs = {loss_needs}\n" + party("V", "victim") + party("P", "principal")
    text += "".join(party(h) for h in helpers) + act("p", "P")
    text += "".join(act(h.lower(), h) for h in helpers) + more
    file = folder / "case.toml"
    file.write_text(text, encoding="utf-8")
    return load_case(file)


def toml_groups(groups: list) -> str:
    """Groups of acts as TOML."""
    return "[" + ", ".join("[" + ", ".join(f'"{a}"' for a in g) + "]" for g in groups) + "]"


# --- Vectors on graphs given as case files -------------------------------------------------------


def test_the_fraud_game_as_a_case_file(tmp_path):
    """P ∧ (A ∨ B), C idle: the published and calculated vectors.

    By hand: of the orders P decides 2/3, A and B 1/6 each; swings 3, 1, 1; P hangs on nobody else,
    A only once B is away; smallest sets {P, A}, {P, B}.
    """
    case = made(tmp_path, "ABC", '["p", ["a", "b"]]')
    found = indices(case)
    assert found["shapley"] == {"P": 2 / 3, "A": 1 / 6, "B": 1 / 6, "C": 0}
    assert found["banzhaf"] == {"P": 3 / 5, "A": 1 / 5, "B": 1 / 5, "C": 0}
    assert found["responsibility"] == {"P": 1, "A": 1 / 2, "B": 1 / 2, "C": 0}
    assert found["minimal_sets"] == {"P": 1 / 2, "A": 1 / 4, "B": 1 / 4, "C": 0}
    acts = graph(case)
    assert [acts.but_for(p) for p in "PABC"] == [True, False, False, False]
    assert [acts.ness(p) for p in "PABC"] == [True, True, True, False]


def test_where_all_are_needed_all_share_equally(tmp_path):
    """Simultaneous necessary causes: equal Shapley shares (Dehez and Ferey), responsibility 1."""
    found = indices(made(tmp_path, "AB", '["p", "a", "b"]'))
    assert set(found["shapley"].values()) == {1 / 3}
    assert set(found["responsibility"].values()) == {1}


def test_the_votes_of_chockler_and_halpern(tmp_path):
    """11–0: each 1/6, six of eleven being enough; 6–5: each 1, all six being needed.

    At least six of eleven are there exactly if no six are all away: one group for each six.
    """
    eleven = "ABCDEFGHIJK"
    sixes = [[v.lower() for v in six] for six in combinations(eleven, 6)]
    found = indices(made(tmp_path, eleven, toml_groups(sixes)))["responsibility"]
    assert {found[v] for v in eleven} == {1 / 6}
    assert found["P"] == 0
    six = indices(made(tmp_path, "ABCDEF", toml_groups([[v] for v in "abcdef"])))
    assert {six["responsibility"][v] for v in "ABCDEF"} == {1}


def test_the_polluters_of_wright(tmp_path):
    """Of seven polluters five suffice: none is a but-for cause, each is a NESS cause."""
    seven = "ABCDEFG"
    threes = [[v.lower() for v in three] for three in combinations(seven, 3)]
    acts = graph(made(tmp_path, seven, toml_groups(threes)))
    assert not any(acts.but_for(v) for v in seven)
    assert all(acts.ness(v) for v in seven)
    shown = sufficient_with(acts, Holder("G"))
    assert len(shown) == 4  # one of five that are enough, each of them needed
    assert acts.tree is None  # no tree names each once: every set was gone through
    assert not acts.ness("P")


def test_the_chain_by_hand():
    """hypo-chain: T ∧ P ∧ (A ∨ B), S idle, L after the loss.

    Shapley: with q the chance that a party is absent, ∫₀¹ (1 − q)(1 − q²) dq = 1 − 1/2 − 1/3 + 1/4
    = 5/12 for T and P, ∫₀¹ q (1 − q)² dq = 1/2 − 2/3 + 1/4 = 1/12 for A and B. Swings: T and P in
    the 3 sets with the other and one card at least, A and B in 1 each: 3/8, 3/8, 1/8, 1/8.
    Smallest sets {T, P, A}, {T, P, B}: 2 + 2 + 1 + 1 memberships.
    """
    found = indices(load_case(CHAIN))
    names = ("tao", "principal", "gao", "du", "shi", "luo")
    wanted = {
        "shapley": (5 / 12, 5 / 12, 1 / 12, 1 / 12, 0, 0),
        "banzhaf": (3 / 8, 3 / 8, 1 / 8, 1 / 8, 0, 0),
        "responsibility": (1, 1, 1 / 2, 1 / 2, 0, 0),
        "minimal_sets": (1 / 3, 1 / 3, 1 / 6, 1 / 6, 0, 0),
    }
    assert tuple(found) == INDICES == tuple(wanted)
    for key, values in wanted.items():
        assert found[key] == pytest.approx(dict(zip(names, values, strict=True)), abs=1e-15), key


def test_switched_off_acts_change_all_four():
    """Without one card the other is needed: three equal parts; without both there is no loss."""
    acts = graph(load_case(CHAIN))
    one = graph_indices(acts.without(frozenset({"lend-1"})))
    assert one["shapley"] == {"tao": 1 / 3, "principal": 1 / 3, "shi": 0, "du": 1 / 3}
    assert one["responsibility"]["du"] == 1
    none = acts.without(frozenset({"lend-1", "lend-2"}))
    assert not none.happens()
    assert not any(value for index in graph_indices(none).values() for value in index.values())
    assert not none.but_for("principal")
    assert not none.ness("principal")


# --- The graph -----------------------------------------------------------------------------------


def test_a_derived_model_is_the_game_of_acts():
    """A principal and one of each kind of help: `acts_shapley` for the same numbers."""
    case = load_case("hypo-promotion")  # one principal, two who promote, one card
    head, (promotion, payment) = acts_shapley(1, [2, 1])
    acts, found = graph(case), indices(case)["shapley"]
    assert acts.derived
    assert found == pytest.approx(
        {"principal": head, "he": promotion, "luo": promotion, "you": payment}
    )
    shares = decide(case, "joint", rules={"share": "shapley"}).parties
    assert found == pytest.approx({id: shares[id].share for id in found})


KINDS = ("payment", "tech", "account", "promotion")


def of_kinds(heads: int, counts: list[int]) -> object:
    """fix-1 with so many principals (P0, …) and helpers of each kind (tech0, …), all knowing."""
    case = load_case("fix-1")
    pattern, parties = case.party("A"), [case.party(case.claimant)]
    for kind, n in zip(("principal", *KINDS), (heads, *counts), strict=True):
        role = "principal" if kind == "principal" else "helper"
        some = {"act": kind if role == "helper" else None, "role": role}
        parties += [pattern.model_copy(update={"id": f"{kind}{i}", **some}) for i in range(n)]
    return case.model_copy(update={"parties": tuple(parties)})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.integers(1, 2))
def test_derived_models_of_any_size(counts, heads):
    """Whatever the numbers of each kind, the derived model's Shapley value is `acts_shapley`."""
    top, rest = acts_shapley(heads, counts)
    wanted = {f"principal{i}": float(top) for i in range(heads)}
    wanted |= {
        f"{k}{i}": float(v) for k, n, v in zip(KINDS, counts, rest, strict=True) for i in range(n)
    }
    assert indices(of_kinds(heads, counts))["shapley"] == pytest.approx(wanted)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=4, max_size=4), st.integers(1, 2), st.data())
def test_what_a_derived_model_does_not_say_is_not_answered(counts, heads, data):
    """As reading by reading: of receiving cards any one is enough, of other kinds it is untold."""
    case = of_kinds(heads, counts)
    acts = graph(case)
    every = sorted(acts.parties)
    off = frozenset(data.draw(st.sets(st.sampled_from(every))))
    kinds = [tuple(id for id in every if id.startswith(kind)) for kind in ("principal", *KINDS)]
    alike = {n for n, kind in enumerate(kinds) if len(kind) < 2 or kind[0].startswith("payment")}
    there = [n for n, kind in enumerate(kinds) if kind]
    groups, alone = [kinds[n] for n in there], {i for i, n in enumerate(there) if n in alike}
    for who in every:
        found = answers(case, who, acts.without(off - {who}))
        wanted = causes(groups, alone, off, who)
        if case.party(who).role == "principal":
            wanted["furthering"] = "none"
        assert {key: found[key] for key in FACTUAL} == wanted


def test_software_does_not_take_the_place_of_a_server():
    """hypo-tech: one built the software, one hosted it; whether either is enough, nobody says.

    Without one nobody can say whether there is a loss; without both there is none. Each was part
    of what was done, and furthered it. With the server off, nothing about the software is told.
    """
    case = load_case("hypo-tech")
    acts, server = graph(case), frozenset({"yun"})
    assert acts.untold == (("wu", "unidentified"), ("keji", "yun"))
    assert [answers(case, "keji")[key] for key in FACTUAL] == ["untold", "yes", "yes"]
    step = legal_steps(case, "keji").step("but_for")
    assert (shown(step.weighs), step.opposes) == ([("act_alike", "yun")], ())
    assert (acts.in_doubt(server), acts.in_doubt()) == (True, False)
    both = server | {"keji"}
    assert (acts.happens(both), acts.in_doubt(both)) == (False, False)
    without = answers(case, "keji", acts.without(server))
    assert [without[key] for key in FACTUAL] == ["untold"] * 3


def test_one_receiving_card_takes_the_place_of_another():
    """hypo-pieces: either of two first-layer cards can receive; nothing is left untold of them."""
    case = load_case("hypo-pieces")
    assert graph(case).untold == ()
    assert answers(case, "han")["but_for"] == answers(case, "cao")["but_for"] == "no"


def test_zero_causal_force_is_idle_in_a_derived_model():
    """A causal force of 0 keeps a party out of what the loss needs."""
    case = load_case("hypo-tech").set({"yun.causal_force": 0.0})
    assert indices(case)["shapley"]["yun"] == 0
    assert not graph(case).ness("yun")


def test_the_chain_is_drawn_as_the_file_states_it():
    """Groups for the drawing, stages, what leads to the loss and what does not."""
    acts = graph(load_case(CHAIN))
    assert not acts.derived
    assert [(g.of, g.members) for g in acts.groups] == [
        ("fraud", ("post",)),
        ("pass-on", ("lend-1",)),
        ("cash", ("pass-on", "lend-2")),
        ("loss", ("fraud",)),
        ("loss", ("lend-1", "lend-2")),
    ]
    assert acts.behind == {"post", "fraud", "lend-1", "lend-2"}
    assert {node.stage for node in acts.nodes} <= set(STAGES)
    assert acts.effective(frozenset({"post"})) == {"chat", "lend-1", "lend-2", "pass-on", "cash"}
    assert acts.node("cash").after_loss
    with pytest.raises(UnknownName):
        acts.node("cush")


def test_what_a_victim_did_counts_as_done(tmp_path):
    """Her own payment is an act of the chain, and she is no player of the indices."""
    more = act("pay", "V", '["p"]')
    case = made(tmp_path, "A", '["pay", "a"]', more)
    assert indices(case)["shapley"] == {"P": 1 / 2, "A": 1 / 2}
    assert not graph(case).happens(frozenset({"pay"}))
    alone = made(tmp_path, "A", '["pay"]', act("pay", "V"))
    assert set(indices(alone)["banzhaf"].values()) == {0}


@st.composite
def graphs(draw) -> Graph:
    """Any model: each act may need acts before it, a party may have done several."""
    n = draw(st.integers(1, 7))
    ids = [f"a{i}" for i in range(n)]
    who = draw(st.lists(st.integers(0, 5), min_size=n, max_size=n))

    def groups(among: list[str], least: int) -> tuple:
        if not among:
            return ()
        group = st.lists(st.sampled_from(among), min_size=1, max_size=3, unique=True).map(tuple)
        return tuple(draw(st.lists(group, min_size=least, max_size=3)))

    nodes = tuple(Node(ids[i], f"P{who[i]}", "payment", None, groups(ids[:i], 0)) for i in range(n))
    return Graph(nodes, groups(ids, 1))


@dataclass(frozen=True)
class Holder:
    """Somebody with an id."""

    id: str


@settings(max_examples=draws(150), deadline=None)
@given(graphs(), st.data())
def test_taking_an_act_away_never_makes_the_loss_happen(acts, data):
    """Monotone: what does not happen without some acts does not happen without more."""
    ids = [node.id for node in acts.nodes]
    some = data.draw(st.frozensets(st.sampled_from(ids)))
    more = some | data.draw(st.frozensets(st.sampled_from(ids)))
    assert acts.happens()
    assert acts.happens(some) or not acts.happens(more)
    assert acts.effective(more) <= acts.effective(some)
    assert acts.without(some).happens() == acts.happens(some)


def by_sets(acts: Graph) -> dict:
    """The four indices by asking the model for every set of parties, one by one."""
    n = len(acts.parties)

    def wins(mask: int) -> bool:
        away = [acts.of(p) for i, p in enumerate(acts.parties) if not mask >> i & 1]
        return acts.happens(frozenset().union(*away))

    found = (shapley(n, wins), banzhaf(n, wins), responsibility(n, wins), minimal_sets(n, wins))
    return {
        key: dict(zip(acts.parties, values, strict=True))
        for key, values in zip(INDICES, found, strict=True)
    }


@settings(max_examples=draws(150), deadline=None)
@given(graphs())
def test_the_indices_are_those_of_every_set_of_parties(acts):
    """By tree or by game, with shared acts and several acts a party, as the plain game gives."""
    wanted = by_sets(acts)
    for key, values in graph_indices(acts).items():
        assert values == pytest.approx(wanted[key], abs=1e-12), key


@settings(max_examples=draws(150), deadline=None)
@given(graphs())
def test_ness_is_that_of_every_set_of_acts(acts):
    """An act is a cause if some set of acts is enough with it and not without."""
    ids = [node.id for node in acts.nodes]

    def wins(mask: int) -> bool:
        return acts.happens(frozenset(a for i, a in enumerate(ids) if not mask >> i & 1))

    wanted = {a for a, one in zip(ids, ness(len(ids), wins), strict=True) if one}
    assert acts.causes == wanted
    for who in acts.parties:
        assert acts.ness(who) or not acts.but_for(who)  # but-for is the narrower of the two


def test_what_all_branches_share_is_taken_out():
    """x, or m with p and one of a, b, both of which need p: still a tree that names p once."""
    needs = {"p": (), "x": (), "a": (("p",),), "b": (("p",),), "m": (("a", "b"),)}
    nodes = tuple(Node(id, id.upper(), "tool", None, need) for id, need in needs.items())
    acts = Graph(nodes, (("x", "m"),))
    assert acts.tree is not None
    assert graph_indices(acts)["responsibility"] == by_sets(acts)["responsibility"]


@settings(max_examples=draws(150), deadline=None)
@given(graphs())
def test_shown_sufficient_set_depends_on_his_act(acts):
    """The acts shown beside his are enough with one of his and not without it, each needed."""
    every = frozenset(node.id for node in acts.nodes)
    if read_once(acts, {id: n for n, id in enumerate(acts.order)}) is None:
        return
    for who in filter(acts.ness, acts.parties):
        beside = frozenset(fact.value for fact in sufficient_with(acts, Holder(who)))
        sets = [beside | {id} for id in acts.of(who) - beside]
        assert not acts.happens(every - beside)
        assert any(
            acts.happens(every - one) and not any(acts.happens(every - one | {id}) for id in one)
            for one in sets
        )


def test_a_large_tree_is_reckoned_and_a_large_tangle_refused():
    """Sixty cards of which one is enough take no time; thirty acts in a ring of needs cannot be."""
    cards = tuple(Node(f"c{i}", f"C{i}", "payment", None, (("p",),)) for i in range(60))
    chain = Graph((Node("p", "P", "contact"), *cards), (tuple(c.id for c in cards),))
    found = graph_indices(chain)
    assert found["responsibility"]["C7"] == float(Fraction(1, 60))
    assert sum(found["shapley"].values()) == pytest.approx(1)
    nodes = tuple(Node(f"a{i}", f"A{i}", "payment") for i in range(30))
    pairs = tuple((f"a{i}", f"a{(i + 1) % 30}") for i in range(30))
    with pytest.raises(GameError) as raised:
        graph_indices(Graph(nodes, pairs))
    assert raised.value.code == "game-players"


def test_rings_are_refused(tmp_path):
    """An act that needs itself, by whatever way round: in a file, in a change, in a model."""
    with pytest.raises(CaseError) as raised:
        made(tmp_path, "A", '["p"]', act("x", "A", '["y"]') + act("y", "A", '["x"]'))
    assert [p.code for p in raised.value.problems] == ["acts-ring"]
    case = load_case(CHAIN)
    with pytest.raises(CaseError) as raised:
        case.set({"post.needs": (("fraud",),)})
    assert [p.code for p in raised.value.problems] == ["acts-ring"]
    ring = (Node("x", "A", "tool", None, (("y",),)), Node("y", "A", "tool", None, (("x",),)))
    with pytest.raises(GameError) as raised:
        Graph(ring, (("x",),)).happens()
    assert "x, y" in message(raised.value)


# --- The legal steps -----------------------------------------------------------------------------


def answers(case: object, who: str, acts: Graph | None = None) -> dict[str, str]:
    """Step → answer, in the case's own model or another."""
    steps = legal_steps(case, who, acts=acts)
    return {step.key: step.answer for step in (*steps.establishing, *steps.extent)}


def shown(facts: tuple) -> list[tuple]:
    """Facts as pairs of key and value."""
    return [(fact.key, fact.value) for fact in facts]


@pytest.mark.parametrize(("who", "other"), [("gao", "lend-2"), ("du", "lend-1")])
def test_but_for_misses_each_of_two_cards_and_ness_does_not(who, other):
    """Two cards, either enough: but-for no, NESS yes, 促进 yes."""
    steps = legal_steps(load_case(CHAIN), who)
    assert [steps.step(key).answer for key in FACTUAL] == ["no", "yes", "yes"]
    assert shown(steps.step("but_for").opposes) == [("act_enough", other)]
    assert shown(steps.step("ness").supports) == [("act_with", "post"), ("act_with", "fraud")]
    assert steps.step("furthering").cites == ("civil-code:1169(1)",)
    assert steps.trace.value == "open"


def test_a_card_lender_is_no_1171_tortfeasor():
    """Pitfall 17: 1171 needs each act to suffice alone; a card as part of a set does not."""
    step = legal_steps(load_case(CHAIN), "gao").step("ness")
    assert shown(step.weighs) == [("not_alone", True)]
    assert step.cites == ("civil-code:1171",)


def test_acts_without_effect_and_acts_after_the_loss():
    """An idle account, and a card after the loss: no link to the loss, adequacy does not arise."""
    case = load_case(CHAIN)
    idle, after = legal_steps(case, "shi"), legal_steps(case, "luo")
    assert [idle.step(key).answer for key in (*FACTUAL, "adequate")] == ["no"] * 3 + ["none"]
    assert shown(idle.step("furthering").opposes) == [("act_idle", "chat")]
    assert idle.extent == ()
    assert [after.step(key).answer for key in FACTUAL] == ["no"] * 3
    assert shown(after.step("but_for").opposes) == [("after_loss", "pass-on")]
    assert [step.key for step in after.extent] == ["lost_chance"]
    assert idle.trace.value == after.trace.value == "no"


def test_a_promise_made_before_is_left_open():
    """Who had promised beforehand to move the money may have furthered the fraud: for a court."""
    case = load_case(CHAIN).at("promised")
    assert answers(case, "luo")["furthering"] == "open"
    assert ("after_loss", "pass-on") in shown(legal_steps(case, "luo").step("adequate").opposes)
    assert legal_steps(case, "principal").step("adequate").opposes == ()  # he did more than cash


def test_adequacy_is_a_question_with_considerations():
    """Never a number: facts for, against, and those that cut either way."""
    step = legal_steps(load_case(CHAIN), "gao").step("adequate")
    assert (step.answer, step.value, step.unit) == ("open", None, "answer")
    assert shown(step.supports) == [
        ("account_rule", True), ("direct_receipt", 6_000_000), ("layer", 1),
    ]  # fmt: skip
    assert shown(step.weighs) == [("foresight", 0.8), ("control", 0.5)]
    early = load_case("2024-lu-0302-5690")  # 2022-10-05, before the law came into force
    assert not in_force("anti-fraud-law:31", early.acted_on)
    keys = [f.key for f in legal_steps(early, "zhang").step("adequate").supports]
    assert keys == ["direct_receipt", "layer"]


def test_direct_and_indirect_are_the_papers():
    """Stated by `direct`, shown as the paper's proposal with its tension."""
    case = load_case("2024-lu-0302-5690")
    indirect = legal_steps(case, "zhang").step("directness")
    assert (indirect.answer, indirect.basis) == ("indirect", "reform proposal")
    assert ("direct_receipt", 2_500_000) in shown(indirect.supports)
    assert ("will_of_another", "principal") in shown(indirect.opposes)
    assert indirect.weighs[0].key == "causal_force"
    assert legal_steps(case.at("direct"), "zhang").step("directness").answer == "direct"


def test_an_intervening_act_is_for_the_court():
    """The fraud as another's later will: it may cut the link; but the help served just that act."""
    step = legal_steps(load_case(CHAIN).at("intervening"), "tao").step("intervening")
    assert step.answer == "open"
    assert shown(step.supports) == [("act_intervening", "fraud")]
    assert shown(step.opposes) == [("act_serves", "fraud")]
    assert legal_steps(load_case(CHAIN), "tao").step("intervening") is None


@pytest.mark.parametrize("name", ["aa", "zz"])
def test_an_intervening_act_is_anothers_whatever_the_names(name, tmp_path):
    """The helper's id stands before or after the principal's: the answer stays the same."""
    text = (shelf("cases") / CHAIN / "case.toml").read_text("utf-8")
    file = tmp_path / CHAIN / "case.toml"
    file.parent.mkdir()
    file.write_text(re.sub(r'"tao(\.\w+)?"', rf'"{name}\1"', text), "utf-8")
    step = legal_steps(load_case(file.parent).at("intervening"), name).step("intervening")
    assert shown(step.supports) == [("act_intervening", "fraud")]


RULES = {**regime().rules, "tracing": TRACING, "flow_cap": "always", "pieces": "off"}


@pytest.mark.parametrize("name", shipped_cases())
def test_extent_caps_by_flow_as_the_liability_engine_does(name):
    """Pitfall 10, in fen: the step's cap is the one that `decide` applies to whom it caps."""
    base = load_case(name)
    for case in [base, *(base.at(position.id) for position in base.positions)]:
        found = debtors(case, regime(), 0, False, RULES)  # before her own fault
        caps = {d.party.id: d.own_part for d in found if d.party.role == "helper"}
        for id, cap in caps.items():
            steps = legal_steps(case, id)
            step = steps.step("flow_cap")
            if not cap and steps.trace.value == "no":  # no causation, so no extent to ask about
                assert step is None
            elif step or not steps.step("lost_chance"):  # the late have their own
                assert (step.value if step else None) == cap


def test_the_flow_caps_by_hand():
    """60 000 passed Gao's card and 40 000 Du's; in reserve, nothing passed Du's."""
    case = load_case(CHAIN)
    assert legal_steps(case, "gao").step("flow_cap").value == 6_000_000
    assert legal_steps(case, "du").step("flow_cap").value == 4_000_000
    spare = legal_steps(case.at("one-card"), "du")
    assert spare.step("flow_cap") is None  # no link in fact, so no extent
    assert ("nothing_passed", True) in shown(spare.step("ness").opposes)
    assert spare.step("furthering").answer == "no"
    promised = legal_steps(case.at("one-card").set({"du.grade": "concert", "du.fault": None}), "du")
    assert promised.step("furthering").answer == "open"  # a promise made before may be the help
    assert legal_steps(case, "tao").step("flow_cap") is None


def test_a_platform_answers_for_the_enlarged_part(tmp_path):
    """1195(2): only what was added after notice; open where nobody found how much."""
    case = load_case("fix-1")
    pattern = case.party("C")
    told = {"id": "W", "role": "platform", "act": None, "enlarged_fen": 300_000}
    step = None
    for fen, answer in ((300_000, "yes"), (None, "open")):
        update = {**told, "enlarged_fen": fen}
        web = pattern.model_copy(update=update)
        step = legal_steps(case.model_copy(update={"parties": (*case.parties, web)}), "W")
        step = step.step("enlarged")
        assert (step.answer, step.value) == (answer, fen)
        assert step.cites == ("civil-code:1195(2)",)


# --- After the loss ------------------------------------------------------------------------------


def test_layers_are_read_off_the_transfers():
    """Straight from the claimant is the first layer."""
    case = load_case(CHAIN)
    assert causation.layers(case) == {"card-1": 1, "card-2": 1, "card-3": 2, "principal": 2}
    assert [causation.layer(case, p) for p in ("gao", "luo", "tao")] == [1, 2, None]


def test_a_second_layer_card_costs_a_chance_of_recovery():
    """.05 to .30 of the 50 000 passed on: 2 500 to 15 000, a band."""
    found = chance(load_case(CHAIN), "luo")
    assert found.interval == Interval(250_000, 1_500_000)
    assert {a["key"] for a in found.assumptions} == {
        "rho_recovery.low", "rho_recovery.high", "chance.tracing",
    }  # fmt: skip
    law = regime().variant({"rho_recovery.low": 0.1, "rho_recovery.high": 0.2})
    assert lost_chance(load_case(CHAIN), "luo", law) == Interval(500_000, 1_000_000)
    turned = regime().variant({"rho_recovery.low": 0.4})
    assert lost_chance(load_case(CHAIN), "luo", turned) == Interval(1_500_000, 2_000_000)


@pytest.mark.parametrize(
    ("name", "who", "refusal"),
    [
        (CHAIN, "gao", "first-layer"),
        (CHAIN, "du", "first-layer"),
        ("hengnan-hengyang", "long", "first-layer"),
        ("2024-lu-0302-5690", "zhang", "first-layer"),
        (CHAIN, "tao", "not-after"),
        (CHAIN, "shi", "not-after"),
        (CHAIN, "principal", "not-after"),
    ],
)
def test_a_first_card_is_refused_with_the_reason(name, who, refusal):
    """衡阳's argument is for help after the fact; a first receiving card takes part in the loss."""
    case = load_case(name)
    assert chance(case, who).refusal == refusal
    with pytest.raises(OutOfScope) as raised:
        lost_chance(case, who)
    assert raised.value.code == f"chance-{refusal}"
    if refusal == "first-layer":
        assert "衡阳" in message(raised.value)
        assert legal_steps(case, who).step("lost_chance").answer == "none"


def test_the_reason_and_the_objection_are_both_shown():
    """The argument of the appeal court and why it is contested, never the one without the other."""
    for lang in LANGS:
        shown = topic_words("causation", lang)["chance"]["first-layer"]
        assert set(shown) == {"argument", "objection"}
        argument = shown["argument"]
        assert {"zh": "公平原则", "en": "fairness"}[lang] in argument  # the whole reason
        # a commentary's words are never in quotation marks as a court's
        assert not any(mark in argument for mark in "“”「」")
    assert "追回损失更加困难" in article_text("objection:first-card")
    assert "objection:first-card" in chance(load_case("hengnan-hengyang"), "long").citations


def test_changed_places_change_the_question():
    """Luo's card receives, Gao's passes on: now Luo is refused and Gao has the band."""
    case = load_case(CHAIN).at("swapped")
    assert chance(case, "luo").refusal == "first-layer"
    assert lost_chance(case, "gao") == Interval(250_000, 1_500_000)


def test_mixed_money_is_a_range():
    """200 000 came into card 1, 140 000 of it not hers: of 50 000 passed on 0 to 50 000 is hers."""
    assert lost_chance(load_case(CHAIN).at("mixed"), "luo") == Interval(0, 1_500_000)
    less = load_case(CHAIN).set({"card-1.inflow_fen": 6_200_000})  # 2 000 of others
    assert lost_chance(less, "luo") == Interval(240_000, 1_500_000)  # .05 × 48 000


def test_victims_money_passed_on_never_exceeds_what_came_in():
    """Of 90 000 passed on all but others' 40 000 is hers for sure, at most the 60 000 she paid."""
    case = load_case(CHAIN).set({"t3.amount_fen": 9_000_000, "card-1.inflow_fen": 10_000_000})
    assert lost_chance(case, "luo") == Interval(250_000, 1_800_000)


def test_money_that_comes_round_again_is_a_range_from_nothing():
    """What goes from the second layer back to the first may be the same money twice."""
    case = load_case(CHAIN).set({"t4.payee": "card-1"})
    assert lost_chance(case, "luo") == Interval(0, 1_500_000)


def test_late_help_without_transfers_has_no_amount(tmp_path):
    """An act after the loss, and no money of hers in his accounts: nothing to reckon with."""
    case = made(tmp_path, "A", '["p"]', act("x", "A", '["p"]', "after_loss = true\n"))
    assert chance(case, "A").refusal == "no-money"
    assert answers(case, "A")["lost_chance"] == "open"


# --- Experts -------------------------------------------------------------------------------------


def test_two_ways_to_hear_an_expert():
    """An appraiser gives evidence (CPL 79); an expert speaks as the party does (CPI 122)."""
    appraiser, expert = map(heard, HEARINGS)
    assert (appraiser.opinion, expert.opinion) == ("appraisal", "statement")
    assert "civil-procedure-law:79" in appraiser.cites
    assert "civil-procedure-interpretation:122" in expert.cites
    assert "stand-alone" in expert.cannot
    for one in (appraiser, expert):
        assert {"legal-cause", "share"} <= set(one.cannot)
        assert not set(one.proves) & set(one.cannot)
        assert all(article(id) for id in one.cites)
    with pytest.raises(UnknownName) as raised:
        heard("exprt")
    assert raised.value.values["near"] == "expert"


def test_the_articles_on_experts_as_enacted():
    """The paragraph that makes the opinion a statement of the party, word for word."""
    text = "具有专门知识的人在法庭上就专业问题提出的意见，视为当事人的陈述。"
    assert text in article("civil-procedure-interpretation:122").zh
    assert article("civil-procedure-law:82").zh.startswith(
        "当事人可以申请人民法院通知有专门知识的人"
    )


# --- Words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_every_key_has_words(lang):
    """Stages, answers, steps, indices, refusals and points of a hearing, in both languages."""
    texts = topic_words("causation", lang)
    assert tuple(texts["stages"]) == STAGES
    assert set(texts["answers"]) == {
        "yes",
        "no",
        "open",
        "none",
        "untold",
        "direct",
        "indirect",
    }
    assert set(texts["indices"]) == {"note", *INDICES}
    assert set(texts["chance"]) == {"band", *REFUSALS}
    for kind in HEARINGS:
        assert texts["hearing"][kind]["name"]
        assert texts["hearing"]["opinions"][heard(kind).opinion]
    points = {p for kind in HEARINGS for p in (*heard(kind).proves, *heard(kind).cannot)}
    assert points == set(texts["hearing"]["points"])
    keys = {"directness", "flow_cap", "enlarged", "intervening", "lost_chance", "adequate"}
    assert set(texts["steps"]) == {*FACTUAL, *keys}


@pytest.mark.parametrize("name", shipped_cases())
def test_every_step_can_be_put_into_words(name):
    """Each step's reasons, citations and assumptions, for every party and position."""
    base = load_case(name)
    for case in [base, *(base.at(position.id) for position in base.positions)]:
        for who in (p.id for p in case.parties if p.role != "victim"):
            steps = legal_steps(case, who)
            for lang in LANGS:
                assert explain(steps.trace, case, lang).steps
                assert all(cite(id, lang) for id in steps.citations)
                assert all(assumption_words(entry, case, lang) for entry in steps.assumptions)
            assert steps.trace.to_json()["key"] == "causal_link"
        for node in graph(case).nodes:
            assert act_title(node.id, case, "en")


def test_indices_are_labelled_as_theory():
    """The words say that no court was seen to use them."""
    assert "没有见到我国法院" in words("causation", "indices.note")
    assert "no Chinese court" in words("causation", "indices.note", "en")
