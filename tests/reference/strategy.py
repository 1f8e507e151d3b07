"""Random cases for the comparison: plain tables, and the TOML text they stand for."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from random import Random

from hypothesis import strategies
from reference import dice as st

ACTS = ("payment", "tech", "account", "promotion")
RULES = {
    "after_restitution": ("other_debts", "with_restitution"),
    "partial_payment": ("outer", "inner", "pro_rata"),
    "caps": ("stack", "nested"),
    "share": ("auto", "product", "mean", "geometric", "equal", "gain", "shapley"),
    "deduction": ("liability_first", "restitution_first"),
    "victim_fault": ("negligent", "on", "off"),
    "after_loss": ("outside", "inside"),
    "pieces": ("on", "on", "on", "off"),
    "gross": ("several", "joint"),
    "risk_benefit_as": ("several", "partial_joint"),
    "aggregator": ("geometric", "additive", "multiplicative"),
    "benefit": ("own", "swiss"),
    "threshold": (0.5, 0.2, 0.1, 0, 1, "0.25", 0.333),
    "operator": ("several", "supplementary"),
    "principals": ("whole", "by_share"),
    "principal_recourse": ("none", "by_share"),
    "unknown_shares": ("open", "equal"),
    "flow_cap": ("below_concert", "always", "below_knowing"),
    "tracing": ("timestamp", "pro_rata", "fifo", "lifo", "lowest_balance"),
    "rebuttal": ("doubt", "contrary"),  # of evidence: no outcome depends on it
    "frozen_share": ("losses", "inflows"),  # of giving back frozen money: nor on this
    "rb_base": ("on", "off"),
    "rb_cap": ("on", "off"),
    "rb_exemption": ("on", "off"),
}
CARD = ("payment", "account")
NO_CARD = ("tech", "promotion")  # the acts of help that no money passes through
CHARGES = ("fraud", "assisting", "concealing", "other")
PARTS = ("principal", "accessory", "hired")
OTHER_VICTIM = {"id": "W", "role": "victim", "loss_fen": 10**7}
HEAD = {"id": "random", "basis": "hypothetical", "title": "随机", "acted_on": "2023-03-01"}


def draws(night: int) -> int:
    """How many cases a slow property is tried on: by day a third of those, always the same ones."""
    return night if os.environ.get("SIMLIB_SEARCH") else max(10, night // 3)


def decimal(low: int, high: int) -> st.Roll:
    """A number written with three decimals, between `low` and `high` thousandths."""
    return st.integers(low, high).map(lambda n: n / 1000)


def maybe(values: st.Roll) -> st.Roll:
    """A fact, or its absence."""
    return st.none() | values


seeds = strategies.integers(0, 2**48)
some_rules = st.optional({k: st.sampled_from(v) for k, v in RULES.items()})
rules = seeds.map(lambda seed: some_rules(Random(seed)))


def cases(**kind: object) -> strategies.SearchStrategy[dict]:
    """Whole cases of a kind (see `whole`)."""

    def made(seed: int) -> dict:
        chance = Random(seed)
        return whole(lambda way: way(chance), **kind)

    return seeds.map(made)


Draw = Callable[[st.Roll], object]


def whole(
    draw: Draw,
    known: bool = True,
    others: tuple[str, ...] = ("helper",),
    answering: bool = False,
    cards: bool = False,
) -> dict:
    """A whole case: one or two principals, one to three others; all facts known if `known`.

    With `cards` most of them lent a card or stand for a platform, and her money runs over the cards
    one beside another, one behind another, or both: the loss falls into pieces.
    """
    loss = draw(st.integers(1, 50) | st.integers(1, 10_000_000))
    heads = [principal(draw, f"P{n}", loss, known) for n in range(draw(st.integers(1, 2)))]
    count = draw(st.integers(2, 4) if cards else st.integers(1, 3))
    rest = [other(draw, f"H{n}", loss, known, others, cards) for n in range(count)]
    parties = draw(st.permutations(heads + rest))
    if answering:
        parties = draw(st.permutations(parties + others_answer(draw, parties)))
    if draw(st.booleans()):
        state_shares(draw, parties)
    victim = {"id": "V", "role": "victim", "fault": draw(maybe(decimal(0, 999)))}
    case = HEAD | {"loss_fen": loss, "parties": [victim, *parties]}
    late = [p["id"] for p in rest if p.get("act") not in NO_CARD and draw(seldom)]
    second = draw(st.booleans())
    if cards or late or draw(st.integers(0, 3)):
        case |= money(draw, loss, parties, late, second, cards) | deeds(draw, parties, late)
    case["undeterminable"] = draw(seldom)
    if draw(st.booleans()):
        case["loss_noneconomic_fen"] = draw(st.integers(0, loss))
    ids = [p["id"] for p in parties]
    back = returned(draw, loss, ids) if draw(st.booleans()) else {}
    tried = [crime(draw, who) for who in ids if draw(st.booleans())]
    if second:
        case["parties"] = [*case["parties"], OTHER_VICTIM]
        case |= {"claimant": "V", "reparations": [order(draw, who) for who in ids]}
    return bare(case | back | {"criminal": [*tried, *back.get("criminal", [])]})


def principal(draw: Draw, name: str, loss: int, known: bool) -> dict:
    """A principal: fault and cause mostly absent, assets anything."""
    gain = st.integers(0, loss)
    return {
        "id": name, "role": "principal", "sued": draw(st.booleans()),
        "fault": draw(st.none() | st.none() | decimal(1, 1000)),
        "causal_force": draw(st.none() | st.none() | decimal(1, 1000)),
        "assets_fen": draw(assets), "proof": draw(maybe(proof)), "released": draw(seldom),
        "gain_direct_fen": draw(gain if known else maybe(gain)),
    }  # fmt: skip


def other(
    draw: Draw, name: str, loss: int, known: bool, roles: tuple[str, ...], cards: bool
) -> dict:
    """A helper, platform or operator."""
    fact = (lambda values: values) if known else maybe
    weight = decimal(1, 999 if cards else 1000)
    weight = weight if cards else weight | weight | st.just(0)
    facts = {
        "id": name, "role": draw(st.sampled_from(roles)), "sued": draw(st.booleans()),
        "fault": draw(fact(weight)), "assets_fen": draw(assets),
        "proof": draw(seldom_proof if cards else maybe(proof)),
        "gain_direct_fen": draw(fact(st.integers(0, loss))),
        "gain_indirect_fen": draw(maybe(st.integers(0, loss))),
        "foresight": draw(fact(decimal(0, 1000))), "control": draw(fact(decimal(0, 1000))),
        "limit": draw(fact(decimal(0, 1000))), "professional": draw(maybe(st.booleans())),
        "direct": draw(maybe(st.booleans())), "released": draw(seldom),
        "court_share": draw(fact(decimal(0, 1000))),
    }  # fmt: skip
    if facts["fault"] is None:
        facts["grade"] = draw(st.sampled_from(("slight", "gross", "knowing", "concert")))
    if facts["role"] == "helper":
        facts["act"] = draw(st.sampled_from((*CARD, *CARD, *ACTS) if cards else ACTS))
    if facts.get("act") == "tech":
        facts["exemption"] = draw(seldom_exempt)
    if facts["role"] == "platform":
        facts["enlarged_fen"] = draw(fact(st.integers(0, loss)))
        facts["after_knowledge_fen"] = draw(maybe(st.integers(0, loss)))
    if draw(st.booleans()):
        return facts | {"causal_force": draw(fact(weight))}
    halves = ("indispensability", "push")
    return facts | {half: draw(fact(decimal(1, 1000))) for half in halves}


def others_answer(draw: Draw, parties: list[dict]) -> list[dict]:
    """Let someone answer for some of them, who mostly has no part in it himself."""
    more = []
    for n, p in enumerate(draw(st.some(parties, 2))):
        p["minor"] = draw(st.booleans())
        g = {"id": f"G{n}", "role": "helper", "act": "tech", "grade": "none", "fault": 0,
             "sued": draw(st.booleans()), "assets_fen": draw(assets), "released": draw(seldom),
             "limit": draw(decimal(0, 1000))}  # fmt: skip
        p["answered_by"] = draw(st.sampled_from((g["id"], g["id"], g["id"], None)))
        more.append(g)
    return more


assets = st.none() | st.just(0) | st.integers(0, 5_000_000) | st.integers(0, 30)
seldom = st.sampled_from((None, None, None, None, False, True))
seldom_fen = st.none() | st.none() | st.none() | st.integers(0, 30) | st.integers(0, 5_000_000)
conditions = ("general_purpose", "verified", "market_price", "no_flags", "acted_on_notice")
seldom_exempt = (
    st.none() | st.none() | st.just(dict.fromkeys(conditions, True))
    | st.optional(dict.fromkeys(conditions, st.booleans()))
)  # fmt: skip
proof = st.optional({e: decimal(700, 1000) for e in ("act", "damage", "fault", "causation")})
seldom_proof = st.none() | st.none() | st.none() | proof


def state_shares(draw: Draw, parties: list[dict]) -> None:
    """Give every liable party a share in hundredths, 0 included."""
    liable = [p for p in parties if p["fault"] != 0 and p.get("causal_force") != 0]
    inner = len(liable) - 1
    cuts = sorted(draw(st.lists(st.integers(0, 100), inner, inner)))
    for p, low, high in zip(liable, [0, *cuts], [*cuts, 100], strict=True):
        p["share"] = (high - low) / 100


def deeds(draw: Draw, parties: list[dict], late: list[str]) -> dict:
    """The fraud, and acts after it: all that the late ones did, some of what others did."""
    rest = [p["id"] for p in parties if p["role"] != "principal"]
    did = [(who, True) for who in rest if who in late or draw(seldom)]
    did += [(who, False) for who, _ in did if who not in late]
    rows = [{"id": f"d{n}", "party": who, "stage": "after" if after else "tool",
             "title": who, "after_loss": after} for n, (who, after) in enumerate(did)]  # fmt: skip
    fraud = {"id": "fraud", "party": "P0", "stage": "contact", "title": "fraud"}
    return {"loss_needs": ["fraud"], "acts": [fraud, *rows]}


def money(
    draw: Draw, loss: int, parties: list[dict], late: list[str], second: bool, cards: bool
) -> dict:
    """The claimant's loss sent over cards, on from card to card, with other people's money there.

    Her payments come first or among the others, in the order of the file or by their times.
    """
    able = [p["id"] for p in parties if p.get("act") not in NO_CARD]
    often = st.sampled_from((True, True, False)) if cards else st.booleans()
    first = [who for who in able if draw(seldom if who in late else often)][: loss - 1]
    named = [who for who in first if who not in late and draw(seldom)]  # paid without any account
    places = [who if who in named else f"{who}-0" for who in first]
    later = st.just(cards) | seldom
    behind = [f"{who}-0" for who in able if who not in first and (who in late or draw(later))]
    more = [f"{who}-1" for who in first if who not in named and draw(st.booleans())]
    further = st.lists(st.sampled_from(["P0", *places, *more]), int(cards), 3 if cards else 2)
    ways = [*places, *draw(further)] or ["P0"]
    ways = ways[:loss]
    cuts = parted(draw, loss, len(ways) - 1)
    sent = [("V", place, high - low)
            for place, low, high in zip(ways, [0, *cuts], [*cuts, loss], strict=True)]  # fmt: skip
    others = [("W" if second and draw(st.booleans()) else "P0", card, draw(st.integers(0, loss)))
              for card in more]  # fmt: skip
    others += [(ways[0], card, draw(st.integers(1, loss))) for card in behind]
    ends = [*places, *more, *behind, "P0", *(["W"] if second else [])]
    count = draw(st.integers(1, 5) if cards else st.integers(0, 3))
    others += [onward(draw, ends, sent, loss) for _ in range(count)]
    rows = [*sent, *others]
    rows = rows if cards and draw(st.integers(0, 3)) else draw(st.permutations(rows))
    return {
        "accounts": [{"id": card, "holder": card.split("-")[0], "opening_fen": draw(seldom_fen),
                      "inflow_fen": draw(maybe(st.integers(0, 4 * loss)))}
                     for card in [*places, *behind, *more] if card not in named],
        "transfers": dated(draw, rows),
    }  # fmt: skip


def parted(draw: Draw, loss: int, count: int) -> list[int]:
    """So many different places to cut a loss at."""
    cuts: set[int] = set()
    while len(cuts) < count:
        cuts.add(draw(st.integers(1, loss - 1)))
    return sorted(cuts)


def onward(draw: Draw, places: list[str], sent: list[tuple], loss: int) -> tuple[str, str, int]:
    """A transfer between accounts, often of just what came; only who has none may pay himself."""
    payer = draw(st.sampled_from([place for place in places if place != "W"] or places))
    payee = draw(st.sampled_from([place for place in places if place != payer or place == "P0"]))
    came = [fen for _, place, fen in sent if place == payer]
    return payer, payee, draw(st.sampled_from(came) if came and draw(st.booleans())
                              else st.integers(0, loss))  # fmt: skip


def dated(draw: Draw, rows: list[tuple]) -> list[dict]:
    """The rows as transfers, some with a time, a few with a fee."""
    timed = draw(st.booleans())
    return [{"id": f"t{n}", "payer": a, "payee": b, "amount_fen": x,
             "fee_fen": draw(seldom_fen) if a != "V" else None,
             "at": f"2023-03-0{draw(st.integers(1, 9))}T10:00:00+08:00"
             if timed and draw(st.booleans()) else None}
            for n, (a, b, x) in enumerate(rows)]  # fmt: skip


def returned(draw: Draw, loss: int, ids: list[str]) -> dict:
    """What came back before, together at most the loss."""
    cuts = sorted(draw(st.lists(st.integers(0, loss), 4, 4)))
    amounts = [high - low for low, high in zip([0, *cuts], cuts, strict=False)]
    who = draw(st.lists(st.sampled_from([*ids, "pool"]), 2, 2))
    return {
        "recovered_fen": amounts[0],
        "recoveries": [{"payer": p, "amount_fen": x}
                       for p, x in zip(who, amounts[1:3], strict=True)],
        "criminal": [{"party": draw(st.sampled_from(ids)), "restitution_paid_fen": amounts[3]}],
    }  # fmt: skip


def crime(draw: Draw, who: str) -> dict:
    """What the criminal courts had of him."""
    return {
        "party": who, "charge": draw(maybe(st.sampled_from(CHARGES))),
        "part": draw(maybe(st.sampled_from(PARTS))),
        "fine_fen": draw(maybe(st.integers(0, 10**6))),
        "restitution_others_fen": draw(maybe(st.integers(0, 30) | st.integers(0, 10**6))),
    }  # fmt: skip


def order(draw: Draw, who: str) -> dict:
    """Restitution ordered for the other victim, some of it paid."""
    ordered = draw(st.integers(0, 30) | st.integers(0, 10**6))
    paid = draw(maybe(st.integers(0, ordered)))
    return {"party": who, "victim": "W", "ordered_fen": ordered, "paid_fen": paid}


def bare(value: object) -> object:
    """The same without absent facts."""
    if isinstance(value, dict):
        return {k: bare(x) for k, x in value.items() if x is not None}
    return [bare(x) for x in value] if isinstance(value, list) else value


def toml(case: dict) -> str:
    """The case as the text of its file; whoever has no name is called by his id."""
    tables = {k: v for k, v in case.items() if isinstance(v, list) and k != "loss_needs"}
    head = [line(k, v) for k, v in case.items() if k not in tables]
    named = [{"name": p["id"]} | p for p in case["parties"]]
    rows = [
        [f"[[{name}]]", *(line(k, v) for k, v in row.items())]
        for name, listed in (tables | {"parties": named}).items() for row in listed
    ]  # fmt: skip
    return "\n".join([*head, *(x for row in rows for x in row), ""])


def line(key: str, value: object) -> str:
    """One `key = value`."""
    if isinstance(value, dict):
        return f"{key} = {{ {', '.join(line(k, v) for k, v in value.items())} }}"
    if key in ("name", "title"):
        return f'{key} = {{ zh = "{value}", en = "{value}" }}'
    if isinstance(value, bool):
        return f"{key} = {str(value).lower()}"
    if isinstance(value, list):
        return f"{key} = {json.dumps(value)}"
    quoted = isinstance(value, str) and key != "at" and not key.endswith("_on")
    return f'{key} = "{value}"' if quoted else f"{key} = {value}"
