"""Random small cases for property tests.

Amounts are whole fen, fractions have two decimals: what a reader might write, and exact when read
as a decimal.
"""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from simlib.case.model import Case

ACTS = ("payment", "tech", "account", "promotion")
HELPING_GRADES = ("slight", "gross", "knowing", "concert")
MOST_FEN = 5_000_000

fractions = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
amounts = st.integers(0, MOST_FEN)


def maybe(values: st.SearchStrategy, unknown: bool) -> st.SearchStrategy:
    """A value or, if facts may be unknown, None."""
    return st.none() | values if unknown else values


@st.composite
def helpers(draw: st.DrawFn, id: str, unknown: bool) -> dict:
    """A helper as raw data; every fact the engines use is known unless `unknown`."""
    party = {"id": id, "role": "helper", "act": draw(st.sampled_from(ACTS)), "name": _name(id)}
    by_weight = not unknown or draw(st.booleans())
    party |= {"fault": draw(fractions)} if by_weight else {"grade": draw(_grades)}
    if draw(st.booleans()):
        party["causal_force"] = draw(maybe(fractions, unknown))
    else:
        party["indispensability"] = draw(maybe(fractions, unknown))
        party["push"] = draw(maybe(fractions, unknown))
    for field in ("foresight", "control", "limit", "court_share"):
        party[field] = draw(maybe(fractions, unknown))
    party["gain_direct_fen"] = draw(maybe(amounts, unknown))
    party["gain_indirect_fen"] = draw(st.just(0) | amounts)
    party["assets_fen"] = draw(st.none() | amounts)
    party["professional"] = draw(st.booleans())
    party["direct"] = draw(st.booleans())
    party["sued"] = draw(st.sampled_from((True, True, True, False)))
    return _known(party)


@st.composite
def principals(draw: st.DrawFn, id: str) -> dict:
    """A principal as raw data."""
    party = {"id": id, "role": "principal", "name": _name(id), "sued": draw(st.booleans())}
    return _known(party | {"assets_fen": draw(st.none() | amounts)})


@st.composite
def cases(draw: st.DrawFn, max_helpers: int = 3, unknown: bool = True) -> Case:
    """A case with one victim, one or two principals and 1 to `max_helpers` helpers.

    Parameters
    ----------
    max_helpers
        at most so many helpers, ≥ 1
    unknown
        whether facts may be unknown; if not, every result is a number
    """
    loss = draw(st.integers(1, MOST_FEN))
    heads = [draw(principals(f"P{n}")) for n in range(draw(st.integers(1, 2)))]
    tails = [draw(helpers(f"H{n}", unknown)) for n in range(draw(st.integers(1, max_helpers)))]
    victim = {"id": "V", "role": "victim", "name": _name("V")}
    victim["fault"] = draw(st.just(0.0) | st.integers(0, 90).map(lambda n: n / 100))
    raw = {
        "id": "random",
        "basis": "hypothetical",
        "title": _name("random"),
        "acted_on": datetime.date(2023, 5, 10),
        "decided_on": datetime.date(2025, 6, 18),
        "claimant": "V",
        "loss_fen": loss,
        "recovered_fen": draw(st.just(0) | st.integers(0, loss)),
        "parties": [victim, *heads, *_with_shares(draw, heads, tails)],
    }
    return Case.model_validate(raw | _flows(draw, loss, tails))


_grades = st.sampled_from(HELPING_GRADES)


def _with_shares(draw: st.DrawFn, heads: list[dict], tails: list[dict]) -> list[dict]:
    """Sometimes state a share for everybody, in hundredths that add up to one."""
    if draw(st.booleans()):
        return tails
    everybody = [*heads, *tails]
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=len(everybody) - 1,
                                max_size=len(everybody) - 1)))  # fmt: skip
    for party, low, high in zip(everybody, [0, *cuts], [*cuts, 100], strict=True):
        party["share"] = (high - low) / 100
    return tails


def _flows(draw: st.DrawFn, loss: int, tails: list[dict]) -> dict:
    """Sometimes let the claimant's money run into the card of the first helper, or part of it."""
    if draw(st.booleans()):
        return {}
    through = draw(st.integers(0, loss))
    accounts = [{"id": "card", "holder": tails[0]["id"], "inflow_fen": draw(
        st.integers(through, MOST_FEN + through))}]  # fmt: skip
    ends = (("t1", "card", through), ("t2", "P0", loss - through))
    transfers = [
        {"id": id, "payer": "V", "payee": payee, "amount_fen": amount}
        for id, payee, amount in ends
        if amount
    ]
    return {"accounts": accounts, "transfers": transfers}


def _known(party: dict) -> dict:
    return {field: value for field, value in party.items() if value is not None}


def _name(id: str) -> dict:
    return {"zh": f"当事人{id}", "en": f"party {id}"}


def case_of(loss: int, *facts: dict, **more: object) -> Case:
    """A case from helpers' facts: a victim V, a principal P without means, helpers H0, H1, …"""
    people = [{"id": "V", "role": "victim"}, {"id": "P", "role": "principal", "assets_fen": 0}]
    people += [{"id": f"H{n}", "role": "helper", **f} for n, f in enumerate(facts)]
    return Case.model_validate(
        {
            "id": "drawn",
            "basis": "hypothetical",
            "title": {"zh": "随机", "en": "drawn"},
            "acted_on": datetime.date(2023, 5, 10),
            "claimant": "V",
            "loss_fen": loss,
            "parties": [p | {"name": {"zh": p["id"], "en": p["id"]}} for p in people],
            **more,
        }
    )
