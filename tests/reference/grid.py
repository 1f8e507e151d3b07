"""Unknown facts: the ends of each output over the values they may have."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

from reference.amounts import half_up, number
from reference.facts import BANDS, Facts, Who, read
from reference.layers import settle
from reference.shares import G_HALF


def unknowns(facts: Facts, mode: str) -> list[tuple[int, str]]:
    """Which unknown facts (party by place, fact) this answer may depend on."""
    rule = facts.rules["share"]
    stated = all(w.share is not None for w in facts.liable)
    weigh = not stated and rule in ("product", "mean", "geometric")
    names = []
    names += ["cause"] if mode == "risk_benefit" or weigh else []
    names += ["fault"] if weigh else []
    names += ["limit"] if mode in ("partial_joint", "supplementary") else []
    names += ["foresight", "control"] if mode == "risk_benefit" else []
    gains = mode in ("risk_benefit", "benefit_cap") or (not stated and rule == "gain")
    names += ["gain"] if gains else []
    return [(i, n) for i, w in enumerate(facts.liable) if not w.principal
            for n in names if getattr(w, n) is None]  # fmt: skip


def tries(facts: Facts, who: Who, name: str, grid: int) -> list[Fraction]:
    """The values of an unknown fact that are tried, both ends included."""
    steps = [Fraction(i, grid - 1) for i in range(grid)]
    if name == "fault":
        low, high = (number(x) for x in BANDS[who.grade])
        return [low + (high - low) * x for x in steps]
    if name == "gain":  # steps are of the score G = g / (g + g½); its upper end is never reached
        enough = [number(G_HALF) * facts.loss * x / (1 - x) for x in steps[:-1]]
        return [Fraction(half_up(x)) for x in enough] + [Fraction(facts.loss * 10**9)]
    return [x * who.cause_most for x in steps] if name == "cause" else steps


def reference_interval(
    case: dict, mode: str, rules: dict | None = None, grid: int = 11, most: int = 2000
) -> dict:
    """The least and greatest value of each output on a grid over the unknown facts.

    Keys are `claim_fen`, `received_fen`, `unrecovered_fen` and `"<id>.<output>"`. With many
    unknowns the grid is coarser (at least both ends), so that about `most` points are tried;
    who is liable, and the rule for shares, do not move with an unknown fact.
    """
    facts = read(case, rules)
    open_facts = unknowns(facts, mode)
    while grid > 2 and grid ** len(open_facts) > most:
        grid -= 1
    axes = [tries(facts, facts.liable[i], name, grid) for i, name in open_facts]
    ends: dict = {}
    for point in product(*axes):
        liable = list(facts.liable)
        for (i, name), value in zip(open_facts, point, strict=True):
            liable[i] = replace(liable[i], **{name: value})
        for key, value in flat(settle(replace(facts, liable=tuple(liable)), mode)).items():
            low, high = ends.get(key, (value, value))
            ends[key] = min(low, value), max(high, value)
    return ends


def flat(answer: dict) -> dict:
    """The numbers of an answer under one name each."""
    out = {k: answer[k] for k in ("claim_fen", "received_fen", "unrecovered_fen")}
    for who, row in answer["parties"].items():
        out |= {f"{who}.{k}": x for k, x in row.items() if k not in ("mode", "recourse")}
    return out
