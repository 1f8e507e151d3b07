"""Why a number of a form of liability is what it is, in a few steps: premise, rule, facts, sum."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from simlib.figures.answered_part import pieces_of, share_said, within
from simlib.figures.asked_number import TOPIC, Asked
from simlib.figures.carried_amounts import carried
from simlib.figures.collected_parts import fewest_first, overlapping
from simlib.figures.joint_ground import joint_ground
from simlib.figures.names_of_people import short_names
from simlib.figures.number_sums import (
    NEAR_FEN,
    before_back,
    by_form,
    chance,
    due_of,
    left_to_claim,
    limited,
    of_part,
    part_sums,
    reduced,
)
from simlib.figures.row_premises import (
    INTENT,
    contested,
    covered,
    failed,
    lacking,
    outside,
    premise,
    unreached,
)
from simlib.figures.shares_beside import less_received, shrinking
from simlib.interval import Interval, high_end, hull, low_end
from simlib.law.regime import regime_for
from simlib.liability.forms import UNPROVED, form_of
from simlib.liability.forms.proof import STANDARD
from simlib.money import exact, half_up
from simlib.text import topic_words, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.interval import Quantity
    from simlib.trace import Trace

SAME = 1e-9  # of a share: nearer than that is binary arithmetic
NEAR_SHARE = 1e-6  # of a share: a quotient of weights in billionths may be off by so much
MOST_OTHERS = 5  # whose weights a quotient lists
SUPPOSED = "parameter:default."  # a principal's factors where the file has none


def steps(asked: Asked) -> list[str]:
    """The steps, first to last: premise, rule, facts, sum."""
    said = premise(asked.outcome, asked.outcomes, asked.party, asked.lang)
    first = [asked.say("premise", ghost=said)] if said else []
    of_key = {"received": _received, "burden": _burden}
    return [*first, *of_key.get(asked.key, _exposure)(asked)]


# ---------------------------------------------------------------- outward


def _exposure(asked: Asked) -> list[str]:
    if not _owes(asked):
        return _nothing(asked)
    if outside(asked.outcome, asked.party):
        return [rule(asked), *chance(asked), _sum(asked)]
    facts = FACTS.get(asked.measure)
    before = _proof(asked) if asked.outcome.law.measure == "proof" else []
    disputed = contested(asked.case, asked.outcome, asked.party)
    objection = [asked.say("pure_loss")] if disputed else []
    found = facts(asked) if facts else [*by_form(asked), _sum(asked)]
    return [rule(asked), *objection, *before, *of_part(asked), *reduced(asked), *found]


def _nothing(asked: Asked) -> list[str]:
    """Why nothing may be claimed of him: not proved, or for a reason of its own."""
    by_proof = asked.outcome.law.measure == "proof"
    if asked.form == UNPROVED.key or (by_proof and failed(asked.case, asked.party)):
        return [*_proof(asked), asked.say("dismissed")]
    return [_zero(asked)]


def _owes(asked: Asked) -> bool:
    return bool(high_end(asked.mine.exposure_fen))


def rule(asked: Asked) -> str:
    """The rule of the form: what joint liability rests on, or this grade's where it has its own."""
    if ground := joint_ground(asked.outcome, asked.case, asked.party):
        return asked.say(f"joint.{ground}", threshold=asked.rate(asked.threshold))
    rules = topic_words(TOPIC, asked.lang)["reasons"]["rule"]
    keys = (_route(asked), f"{asked.form}_{asked.grade}", asked.form)
    key = next((key for key in keys if key in rules), "other")
    return asked.say(f"rule.{key}", form=words("terms", f"forms.{asked.form}", asked.lang))


def rule_of_ground(asked: Asked) -> str:
    """The rule where it is his alone: of joint liability, or as an operator; else empty."""
    if joint_ground(asked.outcome, asked.case, asked.party):
        return rule(asked)
    return rule(asked) if _route(asked) in topic_words(TOPIC, asked.lang)["reasons"]["rule"] else ""


def _route(asked: Asked) -> str:
    """How the law in force came to his form; an operator's words are for a share alone."""
    routed = asked.node("form", asked.party)
    route = str(routed.rule).removeprefix("form.").replace("-", "_") if routed else ""
    return "" if route == "operator" and asked.form != "several" else route


def _share(asked: Asked) -> list[str]:
    said = [*_weights(asked), *part_sums(asked, "exposure", asked.mine.exposure_fen)]
    return said + shrinking(asked.outcome, asked.case, asked.party, asked.lang)


def scored(asked: Asked) -> list[str]:
    """What the paper's scheme as modelled gives, and the sum that comes of it."""
    return [*_model(asked), *part_sums(asked, "exposure", asked.mine.exposure_fen)]


def _weights(asked: Asked) -> list[str]:
    """Where his share comes from: a finding, weights, or what the file states."""
    own = asked.node("weight", asked.party)
    if own is None:
        return [asked.say("share.stated", share=_share_said(asked))]
    if own.rule == "weight.equal":
        return [asked.say("share.equal", share=_share_said(asked))]
    if own.rule != "weight.product":
        return []
    heads = [n for n in _all_weights(asked) if asked.case.party(n.party or "").role == "principal"]
    leaves = [leaf for head in heads for leaf in head.children]
    supposed = all(str(leaf.source).startswith(SUPPOSED) for leaf in leaves)
    rule = asked.say("share.product") + (asked.say("share.principal") if supposed else "")
    share = [] if asked.outcome.pieces else [_largest(asked, own)]  # in each piece another
    return [rule, _facts(asked, own), *share]


def _share_said(asked: Asked) -> str:
    """His share of what he answers for, as precise as the drawer writes ratios."""
    return share_said(asked.outcome, asked.party, asked.lang, asked.rate)


def _all_weights(asked: Asked) -> list[Trace]:
    """The weight of each debtor that his share is a part of: other sums divide among fewer."""
    share = asked.node("share", asked.party)
    sums = (n for n in share.walk() if n.key == "weights") if share else iter(())
    found = next(sums, None)
    return [n for n in found.children if n.party] if found else []


def _facts(asked: Asked, own: Trace) -> str:
    """His two factors, each as found, as assumed or as the scale of his grade leaves it."""
    found = {node.key: node for node in own.children}
    cause, weight = found["causal_force"].value, found["fault"].value
    grade = words("terms", f"grades.{asked.grade}", asked.lang)
    said = ""
    for key, value in (("cause", cause), ("fault", weight)):
        key += "_open" if isinstance(value, Interval) else ""
        said += asked.say(f"share.{key}", value=number(value), grade=grade)
    return said


def _largest(asked: Asked, own: Trace) -> str:
    """How the share, or its ends, follow from the weights; as a fraction where that gives it."""
    others = [n.value for n in _all_weights(asked) if n.party != asked.party]
    open_ = isinstance(own.value, Interval)
    share = asked.rate(high_end(asked.mine.share) if open_ else asked.mine.share)
    least = low_end(asked.mine.share)
    key = "share.exact" if not open_ else "share.between" if least else "share.largest"
    if not _is_fraction(asked, own, others):
        return asked.say(f"{key}_many", share=share, least=asked.rate(least))
    low, high = (number(end(cast("Quantity", own.value))) for end in (low_end, high_end))
    other = asked.say("sum.plus").join(number(each) for each in others)
    return asked.say(key, low=low, own=high, other=other, share=share, least=asked.rate(least))


def _is_fraction(asked: Asked, own: Trace, others: Sequence[object]) -> bool:
    """Whether his weight over the sum of all weights comes to his share, or to its ends."""
    known = [float(each) for each in others if isinstance(each, int | float | Fraction)]
    if not 0 < len(known) == len(others) <= MOST_OTHERS:
        return False
    rest = sum(known)
    for end in (low_end, high_end):
        mine = float(end(cast("Quantity", own.value)))
        if abs(mine / (mine + rest or 1) - float(end(asked.mine.share))) > NEAR_SHARE:
            return False
    return True


def _model(asked: Asked) -> list[str]:
    """What the paper's scheme as modelled gives: a floor where direct, else at most the cap."""
    if asked.case.party(asked.party).direct:
        scheme = regime_for(asked.case, asked.outcome.regime)
        floor, least = (asked.rate(scheme.value(key)) for key in ("direct_floor", "p_min"))
        return [asked.say("model.direct", floor=floor, least=least)]
    part, own = asked.outcome.answers_for(asked.party), asked.node("model_share", asked.party)
    share = within(asked.outcome, asked.party)
    open_ = isinstance(own.value, Interval) if own else False
    key = "open" if open_ else "others" if isinstance(share, Interval) else "share"
    before = cast("Quantity", own.value) if own else share
    key += "_below" if open_ and not _at_cap(asked, before) else ""
    said = [asked.say(f"model.{key}", share=asked.rate(share), own=asked.rate(before))]
    if part is None:
        return said
    return [*said, asked.say("model.of_part", part=asked.money(part))]


def _at_cap(asked: Asked, share: Quantity) -> bool:
    """Whether the upper end of a share is the cap of this act, or of any where it is not known."""
    act, scheme = asked.case.party(asked.party).act, regime_for(asked.case, asked.outcome.regime)
    acts = [act] if act else list(topic_words("terms", asked.lang)["acts"])
    return any(abs(high_end(share) - scheme.value(f"cap.{each}")) < SAME for each in acts)


def _limit(asked: Asked) -> list[str]:
    limit = asked.case.party(asked.party).limit
    key = "limit.open" if limit is None else "limit.set"
    return [asked.say(key, k=asked.rate(limit or 0)), *limited(asked), _sum(asked)]


def _discretion(asked: Asked) -> list[str]:
    stated = asked.case.party(asked.party).court_share
    key = "discretion.open" if stated is None else "discretion.set"
    said = [asked.say(key, share=asked.rate(stated or 0))]
    share = Interval(0.0, 1.0) if stated is None else stated
    mine = pieces_of(asked.outcome, asked.party)  # none where the loss is not cut
    loss = sum(piece.loss_fen for piece in mine) if mine else asked.case.loss_fen
    due = sum(due_of(asked, piece) for piece in mine) if mine else asked.damages_fen
    own_fault = asked.case.party(asked.case.claimant).fault or 0
    if abs(due - float(1 - own_fault) * loss) >= NEAR_FEN and due != loss:
        return [*said, _sum(asked)]  # of what is left after recoveries: another sum
    fen = hull([half_up(exact(end(share)) * loss) for end in (low_end, high_end)])
    values = {"share": asked.rate(share), "amount": asked.money(fen)}
    said.append(asked.say("sum.share", damages=asked.money(loss), **values))
    if own_fault:
        key = "discretion.capped" if due < loss else "discretion.within"
        values = {"loss": asked.money(loss), "damages": asked.money(due)}
        said.append(asked.say(key, fault=asked.rate(own_fault), **values))
    return [*said, _sum(asked)]


def _gain(asked: Asked) -> list[str]:
    gain = asked.case.party(asked.party).gain_direct_fen
    key = "gain.open" if gain is None else "gain.set"
    return [asked.say(key, amount=asked.money(gain or 0)), _sum(asked)]


def _claim(asked: Asked) -> list[str]:
    cut = asked.outcome.answers_for(asked.party)
    whole = [] if cut or asked.mine.exposure_fen != asked.damages_fen else [_all_of_it(asked)]
    return [*whole, *left_to_claim(asked), _sum(asked)]


def _all_of_it(asked: Asked) -> str:
    return asked.say("claim", claim=asked.money(asked.mine.exposure_fen))


def _sum(asked: Asked) -> str:
    return asked.say("sum.exposure", amount=asked.money(asked.mine.exposure_fen))


FACTS = {  # by measure
    "share": _share, "score": scored, "limit": _limit, "limited_rest": _limit, "claim": _claim,
    "proof": _claim, "court_share": _discretion, "gain": _gain,
}  # fmt: skip


# ---------------------------------------------------------------- inside, and collected


def _burden(asked: Asked) -> list[str]:
    if not _owes(asked):
        return _nothing(asked)
    mine = asked.mine
    if outside(asked.outcome, asked.party):
        return [rule(asked), *chance(asked), asked.say("sum.burden", amount=asked.money(asked.fen))]
    form = form_of(asked.form)
    if form and form.second_line:
        return [asked.say("burden.second"), asked.say("sum.burden", amount=asked.money(0))]
    said = [asked.say(_inside(asked)), *of_part(asked)]
    if asked.grade not in INTENT:
        said += reduced(asked)
    if asked.node("weight", asked.party) is not None and asked.measure != "score":
        said += _weights(asked)
    said += [*part_sums(asked, "burden", mine.burden_fen), *before_back(asked)]
    if key := carried(asked.outcome, asked.party, asked.case):
        said.append(asked.say(f"burden.{key}", amount=asked.money(mine.carried_fen)))
    return said


def _inside(asked: Asked) -> str:
    """Which rule divides inside: 178(2) is for joint debtors alone."""
    if asked.form == "several":
        return "burden.several"
    return {"law": "burden.rule", "analogy": "burden.rule_alike", "supposed": "burden.supposed"}[
        asked.outcome.law.inside
    ]


def _received(asked: Asked) -> list[str]:
    """What each sued party can be held to and has; what nobody pays."""
    case, called = asked.case, short_names(asked.case, asked.lang)
    said = _before(asked)
    for id, party in asked.outcome.parties.items():
        if id == asked.party and not _owes(asked):
            continue  # why he pays nothing is said first
        if party.mode in ("not_liable", "answered_for"):
            continue
        one = case.party(id)
        fen = asked.money(party.exposure_fen)
        if not one.sued:
            said.append(asked.say("received.unsued", payer=called[id]))
        elif one.assets_fen is None:
            said.append(asked.say("received.able", payer=called[id], amount=fen))
        else:
            has = asked.money(one.assets_fen)
            said.append(asked.say("received.assets", payer=called[id], amount=fen, assets=has))
        said += fewest_first(asked.outcome, case, id, asked.lang)
    outcome = asked.outcome
    said += overlapping(outcome, case, asked.lang)
    said += less_received(outcome, case, asked.lang)
    said.append(asked.say("sum.received", amount=asked.money(outcome.received_fen)))
    if high_end(outcome.unrecovered_fen):
        said.append(asked.say("sum.lost", amount=asked.money(outcome.unrecovered_fen)))
    return said


def _before(asked: Asked) -> list[str]:
    """Why he pays nothing; under the law in force else the rule by which he owes."""
    if not _owes(asked):
        return _nothing(asked)
    return [rule(asked)] if asked.mode == "auto" else []


# ---------------------------------------------------------------- nothing


def _zero(asked: Asked) -> str:
    """Say why nothing may be claimed of him, in one sentence.

    1. nothing of the loss is left to claim; or somebody else answers in his place
    2. he is not liable: no fault, or no cause
    3. he is, but gain, limit, the court's part or his share is nothing
    """
    mine, party = asked.mine, asked.case.party(asked.party)
    if not asked.outcome.claim_fen:
        return asked.say("zero.claim")
    if mine.mode == "answered_for":
        return asked.say("zero.answered")
    if unreached(asked.outcome, asked.case, asked.party):
        return asked.say("zero.unreached")
    if mine.mode == "not_liable":
        return asked.say(f"zero.{lacking(asked.case, asked.party) or 'unheld'}")
    fact = form_fact(mine.mode)
    if fact == "gain" or (fact and getattr(party, fact) == 0):
        return asked.say(f"zero.{fact}")
    if covered(asked.case, asked.outcome, asked.party):
        return asked.say("zero.covered")
    key = "other" if high_end(mine.share) else "share"
    return asked.say(f"zero.{key}", form=words("terms", f"forms.{asked.form}", asked.lang))


def form_fact(mode: str) -> str:
    """Name the one fact of a party that a form measures; empty if there is none."""
    form = form_of(mode)
    return form.fact if form else ""


def _proof(asked: Asked) -> list[str]:
    """Each element beside the standard: what is proved is a conviction, not a discount."""
    standard = number(regime_for(asked.case).value(STANDARD))
    if not (short := failed(asked.case, asked.party)):
        return [asked.say("proof.all", standard=standard)]
    held = asked.case.party(asked.party).proof
    listed = [
        asked.say(
            "proof.failed",
            element=words("terms", f"elements.{name}", asked.lang),
            degree=number(getattr(held, name)),
            standard=standard,
        )
        for name in short
    ]
    return [*listed, *([asked.say("proof.fault")] if "fault" in short else [])]


def number(value: object) -> str:
    """Write a number, or both ends of one that is open, with at most four decimals."""
    if isinstance(value, Interval):
        return f"{number(value.low)}–{number(value.high)}"
    return f"{float(value):.4f}".rstrip("0").rstrip(".")  # type: ignore[arg-type]
