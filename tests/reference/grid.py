"""Unknown facts: the ends of each output over the values they may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod
from random import Random

from reference.amounts import half_up, number
from reference.answering import answered
from reference.facts import BANDS, Facts, Who, own_fault, read
from reference.group import divide
from reference.layers import settle
from reference.routes import forms_of
from reference.shares import G_HALF, share_rule

WEIGHED = ("product", "mean", "geometric")
RHO = (0.05, 0.3)  # teaching assumption: the chance that money on its way would have been got back


def unknowns(facts: Facts, mode: str, auto: Mapping | None, direct: Mapping | None) -> list:
    """Which unknown facts (party by place, fact) this answer may depend on."""
    facts = answered(facts)[0] if mode == "auto" else facts
    group, outside, _ = divide(own_fault(facts, mode), mode)
    rule = share_rule(group)
    weigh = {"gain"} if rule == "gain" else {"cause", "fault"} if rule in WEIGHED else set()
    # By share a threshold depends on what the shares depend on, and on nothing else.
    forms = {} if mode == "threshold" else forms_of(group, mode, auto, direct)
    scored = mode == "risk_benefit" or "risk_benefit" in forms.values()
    found = []
    for i, w in enumerate(facts.liable):
        names = own(facts, forms.get(w.id), scored)
        names = weigh & {"gain"} | names & {"limit"} if w.principal else weigh | names
        if w.role == "platform" and w.grade in ("slight", "none"):
            names = names | {"enlarged"}  # how much of the loss it answers for
        if w in outside:
            names = {"chance", "flow"}
        elif w not in group.liable:
            names = set()
        found += [(i, n) for n in sorted(names) if getattr(w, n) is None]
    return found


def own(facts: Facts, form: str | None, scored: bool) -> set:
    """The facts that a helper's own exposure depends on."""
    if scored:
        return {"cause", "foresight", "control", "gain"}
    if form in ("partial_joint", "supplementary", "guardian"):
        return {"limit"}
    if form == "benefit_cap":
        return {"gain"} | ({"cause"} if facts.rules["benefit"] == "swiss" else set())
    if form == "discretionary":
        return {"court_share"}
    return set()


def tries(facts: Facts, who: Who, name: str, grid: int) -> list[Fraction]:
    """The values of an unknown fact that are tried, both ends included."""
    steps = [Fraction(i, grid - 1) for i in range(grid)]
    if name == "fault":
        low, high = (number(x) for x in BANDS[who.grade])
        return [low + (high - low) * x for x in steps]
    if name == "gain":  # steps are of the score G = g / (g + g½); its upper end is never reached
        enough = [number(G_HALF) * facts.loss * x / (1 - x) for x in steps[:-1]]
        return [Fraction(half_up(x)) for x in enough] + [Fraction(facts.loss * 10**9)]
    if name == "chance":
        low, high = (number(x) for x in RHO)
        return [low + (high - low) * x for x in steps]
    if name in ("enlarged", "flow"):
        return [Fraction(half_up(facts.loss * x)) for x in steps]
    return [x * who.cause_most for x in steps] if name == "cause" else steps


def reference_interval(
    case: dict,
    mode: str,
    rules: dict | None = None,
    grid: int = 11,
    most: int = 2000,
    auto: Mapping | None = None,
    direct: Mapping | None = None,
) -> dict:
    """The least and greatest value of each output on a grid over the unknown facts.

    Keys are `claim_fen`, `received_fen`, `unrecovered_fen` and `"<id>.<output>"`. With many
    unknowns the grid is coarser; where even the ends alone are more, some of them are drawn, always
    the same, so that about `most` points are tried. Who is liable, and the rule for shares, do not
    move with an unknown fact.
    """
    facts = read(case, rules)
    open_facts = unknowns(facts, mode, auto, direct)
    while grid > 2 and grid ** len(open_facts) > most:
        grid -= 1
    axes = [tries(facts, facts.liable[i], name, grid) for i, name in open_facts]
    ends: dict = {}
    for point in points(axes, most):
        liable = list(facts.liable)
        for (i, name), value in zip(open_facts, point, strict=True):
            liable[i] = replace(liable[i], **{name: value})
        answer = settle(replace(facts, liable=tuple(liable)), mode, auto, direct)
        for key, value in flat(answer).items():
            low, high = ends.get(key, (value, value))
            ends[key] = min(low, value), max(high, value)
    return ends


def points(axes: list[list[Fraction]], most: int) -> Iterable[tuple[Fraction, ...]]:
    """Every point of a grid, or its two corners and about `most` others of it."""
    if prod(map(len, axes)) <= 4 * most:
        return product(*axes)
    draw = Random(len(axes))
    drawn = [tuple(draw.choice(axis) for axis in axes) for _ in range(most)]
    return [tuple(axis[0] for axis in axes), *drawn, tuple(axis[-1] for axis in axes)]


def flat(answer: dict) -> dict:
    """The numbers of an answer under one name each."""
    out = {k: answer[k] for k in ("claim_fen", "received_fen", "unrecovered_fen")}
    for who, row in answer["parties"].items():
        out |= {f"{who}.{k}": x for k, x in row.items() if k not in ("mode", "recourse")}
    return out
