"""The arithmetic behind a number of lesson 04, read off the trace; empty where no sum gives it.

Every sum is worked out again before it is shown, and one that does not come to the engine's amount
is left out: where a limit, an open fact or what somebody takes over shapes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simlib.interval import Interval
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.liability import Outcome
    from simlib.liability.outcome import Claimed
    from simlib.money import Fen
    from simlib.trace import Trace

TOPIC = "liability_lesson"
NEAR = 1  # a fen: largest remainders round
EXACT = 1e-6  # of a fen: nearer than that is binary arithmetic


def part_sum(outcome: Outcome, party: str, rate: str, lang: str) -> str:
    """Say which part of the damages his burden is.

    Parameters
    ----------
    rate
        his share as the drawer writes it
    """
    part = outcome.reason("burden", party)
    if part.rule == "burden.part":
        part = part.children[0]
    if part.key != "part" or part.rule != "split" or _open([part]):
        return ""
    whole, fen = _number(part.children[0]), _number(part)
    shown = float(rate.rstrip("%")) / 100
    said = {"whole": amount(whole, lang), "share": rate, "amount": amount(fen, lang)}
    return _say("part", lang, equals=_equals(whole * shown, fen, lang), **said)


def carried_sum(outcome: Outcome, party: str, who: str, lang: str) -> str:
    """Say how what others cannot pay comes to what he carries beyond his burden (519(3))."""
    node = outcome.reason("carried", party)
    if node.rule != "carried.together" or _open([node, *node.walk()]):
        return ""
    burden, weight, most = (_by_party(group) for group in node.children[:3])
    extra: dict[str, Any] = {id: outcome.parties[id].carried_fen - burden[id] for id in burden}
    if any(isinstance(fen, Interval) for fen in extra.values()) or extra[party] <= 0:
        return ""
    short, now = -sum(fen for fen in extra.values() if fen < 0), _number(node)
    full = [id for id, fen in extra.items() if fen > 0 and burden[id] + fen == most[id]]
    said = {"who": who, "burden": burden[party], "more": extra[party], "amount": now,
            "able": most[party], "short": short}  # fmt: skip
    money = {key: v if key == "who" else amount(v, lang) for key, v in said.items()}
    if extra[party] == short:
        return _say("carried_alone", lang, **money)
    if party in full:
        return _say("carried_most", lang, **money)
    others = [id for id, fen in extra.items() if fen > 0 and id not in full]
    rest = short - sum(extra[id] for id in full)
    reckoned = rest * weight[party] / sum(weight[id] for id in others)
    if abs(reckoned - extra[party]) > NEAR:
        return ""
    money["short"] = amount(rest, lang)
    shares = {id: _rate(weight[id], lang) for id in others}
    equals = _equals(reckoned, extra[party], lang)
    listed = _say("plus", lang).join(shares.values())
    return _say("carried", lang, share=shares[party], shares=listed, equals=equals, **money)


def recourse_sum(outcome: Outcome, party: str, claim: Claimed, lang: str) -> str:
    """Say how what he may recover of one comes about: what he paid or carries too much."""
    node, fen = outcome.reason(f"recourse_{claim.kind}_{claim.against}", party), claim.fen
    steps = {child.key: _number(child) for child in node.children}
    if claim.kind not in ENDS or len(steps) != len(node.children) or "before" in steps:
        return ""
    if isinstance(fen, Interval) or _open(node.children):
        return ""
    more, less = (steps[key] for key in ENDS[claim.kind])
    over = f"{amount(more, lang)}{_say('minus', lang)}{amount(less, lang)}"
    if more - less == fen:
        return _say("recourse", lang, over=over, amount=amount(fen, lang))
    lacks = _lacks(outcome, party, claim.kind)
    reckoned = (more - less) * lacks.get(claim.against, 0) / (sum(lacks.values()) or 1)
    if len(lacks) < 2 or abs(reckoned - fen) > NEAR:
        return ""
    listed = _say("plus", lang).join(amount(fen, lang) for fen in lacks.values())
    values = {"own": amount(lacks[claim.against], lang), "all": listed}
    equals = _equals(reckoned, fen, lang)
    return _say("recourse_split", lang, over=over, equals=equals,
                amount=amount(fen, lang), **values)  # fmt: skip


ENDS = {"share": ("paid", "carried"), "insolvent": ("carried", "burden")}
LACK = {"share": ("carried_fen", "paid_fen"), "insolvent": ("burden_fen", "carried_fen")}


def _lacks(outcome: Outcome, party: str, kind: str) -> dict[str, Fen]:
    """Map those of whom he recovers to what each paid, or carries, too little."""
    against = [claim.against for claim in outcome.parties[party].recourse if claim.kind == kind]
    whole, part = LACK[kind]
    return {
        id: getattr(outcome.parties[id], whole) - getattr(outcome.parties[id], part)
        for id in against
    }


def _by_party(group: Trace) -> Mapping[str, Any]:
    """Map each party to his value among what a step rests on."""
    return {n.party: n.value for n in group.children if n.party}


def _number(node: Trace) -> Any:
    """What a step reached, where `_open` has seen that it is a number."""
    return node.value


def _open(nodes: Sequence[Trace]) -> bool:
    """Whether a value is a range, so that no single sum gives it."""
    return any(isinstance(node.value, Interval) for node in nodes)


def _rate(share: float, lang: str) -> str:
    whole = abs(100 * share - round(100 * share)) < EXACT
    return percent(share, lang, digits=0 if whole else 2)


def _equals(reckoned: float, fen: Fen, lang: str) -> str:
    """The sign between a sum and its amount: equal, or nearly where something is rounded."""
    return _say("equals" if abs(reckoned - fen) < EXACT else "about", lang)


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reasons.sum.{key}", lang, **values)
