"""The arithmetic behind a number of lesson 04, read off the trace; nothing where no sum gives it.

Every sum is worked out again before it is shown, and one that does not come to the engine's amount
is left out: where a limit, an open fact or what somebody takes over shapes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simlib.interval import Interval
from simlib.text import amount, percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.interval import ShareRange
    from simlib.lessons.outcome import Say
    from simlib.liability import Outcome
    from simlib.liability.outcome import Claimed
    from simlib.money import Fen
    from simlib.trace import Trace

NEAR = 1  # a fen: largest remainders round
EXACT = 1e-7  # of a hundredth, or of a fen: nearer than that is binary arithmetic
# kind of recourse → what was too much, less what was his; what each of the others lacks
ENDS = {"share": ("paid", "carried"), "insolvent": ("carried", "burden")}


def part(outcome: Outcome, party: str, shown: str, say: Say) -> list[str]:
    """Say which part of the damages his burden is; `shown`: his share as the drawer writes it."""
    node = outcome.reason("burden", party)
    if node.rule == "burden.part":
        node = node.children[0]
    if node.key != "part" or node.rule != "split" or _open([node]):
        return []
    whole, fen = _number(node.children[0]), _number(node)
    equals = _equals(whole * float(shown.rstrip("%")) / 100, fen, say)
    return [_sum("part", say, whole=whole, share=shown, equals=equals, amount=fen)]


def carried(outcome: Outcome, party: str, who: str, say: Say) -> list[str]:
    """Say how what others cannot pay comes to what he carries beyond his burden (519(3))."""
    node = outcome.reason("carried", party)
    if node.rule != "carried.together" or _open([node, *node.walk()]):
        return []
    burden, weight, most = (_by_party(group) for group in node.children[:3])
    extra: dict[str, Any] = {id: outcome.parties[id].carried_fen - burden[id] for id in burden}
    if any(isinstance(fen, Interval) for fen in extra.values()) or extra[party] <= 0:
        return []
    short = -sum(fen for fen in extra.values() if fen < 0)
    full = [id for id, fen in extra.items() if fen > 0 and burden[id] + fen == most[id]]
    said = {"who": who, "burden": burden[party], "more": extra[party], "amount": _number(node),
            "able": most[party], "short": short}  # fmt: skip
    if extra[party] == short or party in full:
        key = "carried_alone" if extra[party] == short else "carried_most"
        return [_sum(key, say, **said)]
    shares = {id: weight[id] for id, fen in extra.items() if fen > 0 and id not in full}
    rest = short - sum(extra[id] for id in full)
    reckoned = rest * weight[party] / (sum(shares.values()) or 1)
    if abs(reckoned - extra[party]) > NEAR:
        return []
    rates = {id: rate(share, say.lang) for id, share in shares.items()}
    said |= {"short": rest, "share": rates[party], "shares": _listed(rates.values(), say)}
    return [_sum("carried", say, equals=_equals(reckoned, extra[party], say), **said)]


def recourse(outcome: Outcome, party: str, claim: Claimed, say: Say) -> list[str]:
    """Say how what he may recover of one comes about: what he paid or carries too much."""
    node, fen = outcome.reason(f"recourse_{claim.kind}_{claim.against}", party), claim.fen
    steps = {child.key: _number(child) for child in node.children}
    if claim.kind not in ENDS or len(steps) != len(node.children) or "before" in steps:
        return []
    if isinstance(fen, Interval) or _open(node.children):
        return []
    more, less = (steps[key] for key in ENDS[claim.kind])
    over = say("reasons.sum.minus").join(amount(each, say.lang) for each in (more, less))
    if more - less == fen:
        return [_sum("recourse", say, over=over, amount=fen)]
    lacks = _lacks(outcome, party, claim.kind)
    reckoned = (more - less) * lacks.get(claim.against, 0) / (sum(lacks.values()) or 1)
    if len(lacks) < 2 or abs(reckoned - fen) > NEAR:
        return []
    listed = _listed((amount(each, say.lang) for each in lacks.values()), say)
    return [_sum("recourse_split", say, over=over, equals=_equals(reckoned, fen, say), amount=fen,
                 own=lacks[claim.against], all=listed)]  # fmt: skip


def _lacks(outcome: Outcome, party: str, kind: str) -> dict[str, Fen]:
    """Map those of whom he recovers to what each paid, or carries, too little."""
    less, more = (f"{end}_fen" for end in ENDS[kind])
    owing = [claim.against for claim in outcome.parties[party].recourse if claim.kind == kind]
    parties = {id: outcome.parties[id] for id in owing}
    return {id: getattr(mine, more) - getattr(mine, less) for id, mine in parties.items()}


def rate(share: ShareRange, lang: str) -> str:
    """Write a share as a percentage, with two decimals unless it is whole."""
    ends = (share.low, share.high) if isinstance(share, Interval) else (share,)
    whole = all(abs(100 * float(end) - round(100 * float(end))) < EXACT for end in ends)
    return percent(share, lang, digits=0 if whole else 2)


def _by_party(group: Trace) -> Mapping[str, Any]:
    """Map each party to his value among what a step rests on."""
    return {n.party: n.value for n in group.children if n.party}


def _number(node: Trace) -> Any:
    """What a step reached, where `_open` has seen that it is a number."""
    return node.value


def _open(nodes: Sequence[Trace]) -> bool:
    """Whether a value is a range, so that no single sum gives it."""
    return any(isinstance(node.value, Interval) for node in nodes)


def _equals(reckoned: float, fen: Fen, say: Say) -> str:
    """The sign between a sum and its amount: equal, or nearly where something is rounded."""
    return say(f"reasons.sum.{'equals' if abs(reckoned - fen) < EXACT else 'about'}")


def _listed(terms: Any, say: Say) -> str:
    return say("reasons.sum.plus").join(terms)


def _sum(key: str, say: Say, **values: Any) -> str:
    """Write a sum; its numbers are amounts [fen]."""
    shown = {k: v if isinstance(v, str) else amount(v, say.lang) for k, v in values.items()}
    return say(f"reasons.sum.{key}", **shown)
