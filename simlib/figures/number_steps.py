"""Why a number of a form of liability is what it is, in a few steps: premise, rule, facts, sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from simlib import fault
from simlib.figures.answered_part import answering, part_reason, pieces_of, within
from simlib.figures.board import rounded
from simlib.figures.carried_amounts import carried
from simlib.figures.names_of_people import short_names
from simlib.figures.row_premises import (
    INTENT,
    contested,
    counted,
    covered,
    failed,
    ghost,
    lacking,
    outside,
    reduction,
    unreached,
)
from simlib.interval import Interval, added, high_end, hull, low_end
from simlib.law.regime import regime_for
from simlib.liability.forms import UNPROVED, form_of
from simlib.liability.forms.proof import STANDARD
from simlib.money import exact, half_up
from simlib.text import amount, percent, topic_words, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.interval import FenRange, Number, Quantity
    from simlib.liability import Outcome
    from simlib.liability.outcome import PartyOutcome, PieceOutcome
    from simlib.money import Fen
    from simlib.trace import Trace

TOPIC = "case_lesson"
MOST_PIECES = 4  # listed one by one
NEAR_FEN = 2  # a product of rounded parts may be off by so much
EXACT = 1e-9  # of a hundredth of a per cent: nearer than that is binary arithmetic
LET_OFF = "due.less-own-fault"
CHANCE = {"lost_chance", "chance_owed"}
SUPPOSED = "parameter:default."  # a principal's factors where the file has none


@dataclass(frozen=True, slots=True)
class Asked:
    """A number asked about: which mode, which column, which party."""

    case: Case
    outcomes: Mapping[str, Outcome]
    mode: str
    key: str
    party: str
    lang: str

    @property
    def outcome(self) -> Outcome:
        """What the mode gives."""
        return self.outcomes[self.mode]

    @property
    def mine(self) -> PartyOutcome:
        """What it gives against him."""
        return self.outcome.parties[self.party]

    @property
    def fen(self) -> FenRange:
        """The number [fen]."""
        found = {"received": self.outcome.received_fen, "burden": self.mine.burden_fen}
        return found.get(self.key, self.mine.exposure_fen)

    @property
    def damages_fen(self) -> Fen:
        """What has to be made good, to him less her own fault, before recoveries [fen]."""
        node = self.node("damages")
        if node and node.rule == LET_OFF:  # of somebody negligent: what it is taken from
            node = node.children[0]
        whole = node.value if node and isinstance(node.value, int) else self.outcome.claim_fen
        if self.outcome.pieces:
            whole = sum(piece.damages_fen for piece in self.outcome.pieces)
        own_fault = self.case.party(self.case.claimant).fault or 0
        if counted(self.outcome) != "negligent" or self.grade in INTENT:
            return whole
        return half_up(whole * (1 - exact(own_fault)))

    @property
    def form(self) -> str:
        """The form he answers in: under the law in force, the one the law gives him."""
        return self.mine.mode

    @property
    def measure(self) -> str:
        """What that form measures; empty for one who is not liable."""
        form = form_of(self.form)
        return form.measure if form else ""

    @property
    def grade(self) -> str:
        """His grade of fault."""
        return fault.grade(self.case.party(self.party), regime_for(self.case)).value

    def say(self, key: str, **values: object) -> str:
        """Words of the reasons, with the names of helper and victim."""
        called = short_names(self.case, self.lang)
        named = {"who": called[self.party], "victim": called[self.case.claimant]}
        return words(TOPIC, f"reasons.{key}", self.lang, **named, **values)

    def money(self, fen: FenRange) -> str:
        """An amount as the board writes it: a range in whole yuan."""
        return amount(rounded(fen), self.lang)

    def rate(self, share: Quantity) -> str:
        """A share as a percentage, each end with two decimals unless it is whole."""
        ends = (share.low, share.high) if isinstance(share, Interval) else (share,)
        return "–".join(self._percent(end) for end in ends)

    def _percent(self, share: Number) -> str:
        hundredths = float(share) * 10_000
        if abs(hundredths - round(hundredths)) > EXACT:
            return self.say("about", share=percent(share, self.lang, digits=2))
        return percent(share, self.lang, digits=2 if round(hundredths) % 100 else 0)

    def node(self, key: str, party: str | None = None) -> Trace | None:
        """A step of the engine's reasons, if this outcome has it."""
        try:
            return self.outcome.reason(key, party)
        except KeyError:
            return None


def steps(asked: Asked) -> list[str]:
    """The steps, first to last: premise, rule, facts, sum."""
    said = ghost(asked.outcome, asked.outcomes, asked.party, asked.lang)
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


def reckoned(asked: Asked, fen: FenRange) -> list[str]:
    """How her own fault, the part he answers for and his share come to `asked.key`, `fen`."""
    said = of_part(asked) + reduced(asked)
    if asked.outcome.pieces:
        return said + _in_pieces(asked, asked.key)
    return said + _whole(asked, asked.key, fen)


def limited(asked: Asked) -> list[str]:
    """What of the damages his limit comes to, an open one 0 to all; behind whom it stands back."""
    stated, due = asked.case.party(asked.party).limit, asked.damages_fen
    limit = Interval(0.0, 1.0) if stated is None else stated
    form = form_of(asked.form)
    if form and form.second_line:
        return _second_line(asked, limit)
    if asked.outcome.pieces:
        due = sum(_due(asked, piece) for piece in pieces_of(asked.outcome, asked.party))
    fen = asked.mine.exposure_fen
    if not all(abs(float(end(limit)) * due - end(fen)) < NEAR_FEN for end in (low_end, high_end)):
        return []
    values = {"share": asked.rate(limit), "amount": asked.money(fen)}
    return [asked.say("sum.share", damages=asked.money(due), **values)]


def _second_line(asked: Asked, limit: Quantity) -> list[str]:
    """His limit beside what the fraudsters leave open, in each part of the loss he answers for."""
    outcome = asked.outcome
    if not outcome.pieces:
        return _behind(asked, limit, asked.damages_fen, outcome)
    mine = pieces_of(outcome, asked.party)
    return [step for piece in mine for step in _behind(asked, limit, _due(asked, piece), piece)]


def _behind(asked: Asked, limit: Quantity, due: Fen, of: Outcome | PieceOutcome) -> list[str]:
    """The sum in one part of the loss, or in the whole; nothing where something else bounds it."""
    heads = [p.id for p in asked.case.parties if p.role == "principal" and p.id in of.parties]
    paid, own = added(of.parties[id].paid_fen for id in heads), of.parties[asked.party].exposure_fen
    most = [half_up(exact(end(limit)) * due) for end in (low_end, high_end)]
    left = [of.claim_fen - end(paid) for end in (high_end, low_end)]
    ends = zip(most, left, (low_end(own), high_end(own)), strict=True)
    if any(abs(min(top, rest) - fen) >= NEAR_FEN for top, rest, fen in ends):
        return []
    shown = {"damages": due, "limit": hull(most), "paid": paid, "left": hull(left), "amount": own}
    values = {key: asked.money(fen) for key, fen in shown.items()}
    return [asked.say("sum.second_line", share=asked.rate(limit), **values)]


def by_form(asked: Asked) -> list[str]:
    """The sum of a form that turns on others' payments, on kinds of loss, or on others' means."""
    sums = {"rest": _rest, "hybrid": _two_losses, "realloc": _spread_again}
    found = sums.get(asked.measure)
    amounts = (asked.mine.exposure_fen, asked.mine.burden_fen)
    return found(asked) if found and not any(isinstance(x, Interval) for x in amounts) else []


def _rest(asked: Asked) -> list[str]:
    """What of the parts he answers for the fraudsters leave unpaid."""
    heads = [p.id for p in asked.case.parties if p.role == "principal"]
    mine = pieces_of(asked.outcome, asked.party)
    parts: Sequence[Outcome | PieceOutcome] = mine or [asked.outcome]
    claim = sum(part.claim_fen for part in parts)
    paid = added(part.parties[id].paid_fen for part in parts for id in heads if id in part.parties)
    if isinstance(paid, Interval) or not _near(claim - paid, asked.mine.exposure_fen):
        return []
    values = {"claim": claim, "paid": paid, "amount": asked.mine.exposure_fen}
    return [asked.say("sum.rest", **{key: asked.money(fen) for key, fen in values.items()})]


def _two_losses(asked: Asked) -> list[str]:
    """What he owes with others of the economic loss, and alone of the other."""
    step = asked.node("exposure", asked.party)
    nodes = {id(n): n for n in step.walk()} if step else {}
    joint, own = (
        added(_fen(n.value) or 0 for n in nodes.values() if n.key == key)
        for key in ("joint_part", "several_part")
    )
    if not own:
        return [asked.say("sum.one_loss")]
    if isinstance(joint, Interval) or isinstance(own, Interval):
        return []
    if not _near(joint + own, asked.mine.exposure_fen):
        return []
    values = {"joint": joint, "own": own, "amount": asked.mine.exposure_fen}
    return [asked.say("sum.two_losses", **{key: asked.money(fen) for key, fen in values.items()})]


def _spread_again(asked: Asked) -> list[str]:
    """His own part, and what comes to it or leaves it where somebody cannot pay."""
    part, fen = low_end(asked.mine.burden_fen), low_end(asked.mine.exposure_fen)
    said = _part(asked, "burden", part)
    if part == fen:
        return said
    shown = {"part": part, "more": abs(fen - part), "amount": fen}
    values = {key: asked.money(each) for key, each in shown.items()}
    return [*said, asked.say("sum.spread_to" if fen > part else "sum.spread_from", **values)]


def chance(asked: Asked) -> list[str]:
    """What of her money he passed on, times the chance of recovery: his own, another damage."""
    step = asked.node("exposure", asked.party)
    found = {n.key: n for n in step.walk() if n.key in CHANCE} if step else {}
    if set(found) != CHANCE:
        return []
    inputs = found["lost_chance"].children
    passed = [n.value for n in inputs if n.key == "came_through"]
    rates = [
        n.value for n in inputs if n.key == "rho_recovery" and isinstance(n.value, int | float)
    ]
    lost, owed = (_fen(found[key].value) for key in ("lost_chance", "chance_owed"))
    if not passed or not rates or lost is None or owed is None:
        return []
    values = {"passed": asked.money(_fen(passed[0]) or 0), "share": asked.rate(hull(rates))}
    said = [asked.say("sum.chance", amount=asked.money(lost), **values)]
    if owed != lost:
        less = asked.rate(asked.case.party(asked.case.claimant).fault or 0)
        said.append(asked.say("sum.chance_less", fault=less, amount=asked.money(owed)))
    return said


def _fen(value: object) -> FenRange | None:
    """What a step reached, if it is an amount or a range of amounts [fen]."""
    if isinstance(value, Interval):
        return hull([int(value.low), int(value.high)])
    return value if isinstance(value, int) else None


def of_part(asked: Asked) -> list[str]:
    """That he answers for a part of the loss only, where it is so."""
    said = part_reason(asked.outcome, asked.case, asked.party, asked.lang)
    return [said] if said else []


def _nothing(asked: Asked) -> list[str]:
    """Why nothing may be claimed of him: not proved, or for a reason of its own."""
    by_proof = asked.outcome.law.measure == "proof"
    if asked.form == UNPROVED.key or (by_proof and failed(asked.case, asked.party)):
        return [*_proof(asked), asked.say("dismissed")]
    return [_zero(asked)]


def reduced(asked: Asked) -> list[str]:
    """What the victim's own fault takes off the loss (1173); a court's share holds it already."""
    own_fault = asked.case.party(asked.case.claimant).fault or 0
    if not own_fault or asked.measure == "court_share":
        return []
    key = reduction(asked.case, asked.outcome, asked.grade in INTENT)
    if not key:
        return []
    mine = pieces_of(asked.outcome, asked.party)  # none where the loss is not cut
    loss = sum(piece.loss_fen for piece in mine) if mine else asked.case.loss_fen
    due = sum(_due(asked, piece) for piece in mine) if mine else asked.damages_fen
    values = {"loss": asked.money(loss), "damages": asked.money(due)}
    return [asked.say(key, fault=asked.rate(own_fault), **values)]


def _owes(asked: Asked) -> bool:
    return bool(high_end(asked.mine.exposure_fen))


def rule(asked: Asked) -> str:
    """The rule of the form, in the words for a platform or this grade where it has its own."""
    rules = topic_words(TOPIC, asked.lang)["reasons"]["rule"]
    keys = (_route(asked), f"{asked.form}_{asked.grade}", asked.form)
    key = next((key for key in keys if key in rules), "other")
    return asked.say(f"rule.{key}", form=words("terms", f"forms.{asked.form}", asked.lang))


def rule_of_route(asked: Asked) -> str:
    """The rule where the law in force has one for him alone, as a platform; else empty."""
    route = _route(asked)
    return rule(asked) if route in topic_words(TOPIC, asked.lang)["reasons"]["rule"] else ""


def _route(asked: Asked) -> str:
    """How the law in force came to his form; an operator's words are for a share alone."""
    routed = asked.node("form", asked.party)
    route = str(routed.rule).removeprefix("form.").replace("-", "_") if routed else ""
    return "" if route == "operator" and asked.form != "several" else route


def _share(asked: Asked) -> list[str]:
    said = _model(asked) if asked.measure == "score" else _weights(asked)
    return [*said, *_part(asked, "exposure", asked.mine.exposure_fen)]


def _part(asked: Asked, key: str, fen: FenRange) -> list[str]:
    """His share of the damages, and what bounds it below that; piece by piece where it is cut."""
    if not asked.outcome.pieces:
        return _whole(asked, key, fen)
    some = len(pieces_of(asked.outcome, asked.party)) > 1
    last = [asked.say(f"sum.{key}", amount=asked.money(fen))] if some else []
    return _in_pieces(asked, key) + last


def _whole(asked: Asked, key: str, fen: FenRange) -> list[str]:
    """His share of the damages, and what makes it more or less; nothing if that is not his part."""
    step = asked.node(key, asked.party)
    nodes = list(step.walk()) if step else []
    own = [n.value for n in nodes if n.key == "part" and n.party == asked.party]
    stated = _fen(own[0]) if own else None
    part, share, due = fen if stated is None else stated, asked.mine.share, asked.damages_fen
    ends = [(low_end(share), low_end(part)), (high_end(share), high_end(part))]
    if not all(_near(float(rate) * due, amount) for rate, amount in ends):
        return []
    said = [_product(asked, share, part)]
    if high_end(part) == high_end(fen):
        return said
    more = high_end(fen) - high_end(part)
    if more < 0:
        return [*said, asked.say(f"sum.limited_{key}", amount=asked.money(fen))]
    shown = [asked.money(each) for each in (part, more, fen)]
    values = dict(zip(("part", "more", "amount"), shown, strict=True))
    return [*said, asked.say("sum.taken_over", **values)]


def _in_pieces(asked: Asked, key: str) -> list[str]:
    """His share in each part of the loss he answers for."""
    mine, said = pieces_of(asked.outcome, asked.party), []
    for piece in mine[:MOST_PIECES]:
        of, due = piece.parties[asked.party], _due(asked, piece)
        own: FenRange = getattr(of, f"{key}_fen")
        values = {
            "loss": asked.money(piece.loss_fen), "damages": asked.money(due),
            "share": asked.rate(of.share), "amount": asked.money(own),
            "answer": answering(piece, asked.case, asked.lang),
        }  # fmt: skip
        ends = (low_end, high_end)
        product = all(_near(float(end(of.share)) * due, end(own)) for end in ends)
        said.append(asked.say("sum.piece" if product else "sum.piece_bounded", **values))
    if len(mine) > MOST_PIECES:
        said.append(asked.say("sum.more_pieces", count=len(mine) - MOST_PIECES))
    return said


def _due(asked: Asked, piece: PieceOutcome) -> Fen:
    """What of a piece is due to him, less her own fault where it lets him off [fen]."""
    whole = sum(each.damages_fen for each in asked.outcome.pieces) or 1
    return round(piece.damages_fen * asked.damages_fen / whole)


def _near(reckoned: float, fen: FenRange) -> bool:
    """Whether a product comes to an amount that is no range."""
    return not isinstance(fen, Interval) and abs(reckoned - fen) < NEAR_FEN


def _product(asked: Asked, share: Quantity, fen: FenRange) -> str:
    whole, part = asked.money(asked.damages_fen), asked.rate(share)
    return asked.say("sum.share", damages=whole, share=part, amount=asked.money(fen))


def _weights(asked: Asked) -> list[str]:
    """Where his share comes from: a finding, weights, or what the file states."""
    own = asked.node("weight", asked.party)
    if own is None:
        return [asked.say("share.stated", share=asked.rate(asked.mine.share))]
    if own.rule == "weight.equal":
        return [asked.say("share.equal", share=asked.rate(asked.mine.share))]
    if own.rule != "weight.product":
        return []
    heads = [n for n in _all_weights(asked) if asked.case.party(n.party or "").role == "principal"]
    leaves = [leaf for head in heads for leaf in head.children]
    supposed = all(str(leaf.source).startswith(SUPPOSED) for leaf in leaves)
    rule = asked.say("share.product") + (asked.say("share.principal") if supposed else "")
    share = [] if asked.outcome.pieces else [_largest(asked, own)]  # in each piece another
    return [rule, _facts(asked, own), *share]


def _all_weights(asked: Asked) -> list[Trace]:
    """The weight of each debtor, as the engine gives them."""
    weights = asked.node("weights")
    return [n for n in weights.children if n.party] if weights else []


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
    """How the share, or its ends, follow from the weights; with two debtors as a fraction."""
    others = [n for n in _all_weights(asked) if n.party != asked.party]
    open_ = isinstance(own.value, Interval)
    share = asked.rate(high_end(asked.mine.share) if open_ else asked.mine.share)
    least = low_end(asked.mine.share)
    key = "share.exact" if not open_ else "share.between" if least else "share.largest"
    if len(others) != 1 or isinstance(others[0].value, Interval):
        return asked.say(f"{key}_many", share=share, least=asked.rate(least))
    value = own.value
    low, high = (value.low, value.high) if isinstance(value, Interval) else (value, value)
    ends = {"low": number(low), "own": number(high)}
    other = number(others[0].value)
    return asked.say(key, **ends, other=other, share=share, least=asked.rate(least))


def _model(asked: Asked) -> list[str]:
    """What the paper's scheme as modelled gives: a floor where direct, else at most the cap."""
    if asked.case.party(asked.party).direct:
        scheme = regime_for(asked.case, asked.outcome.regime)
        floor, least = (asked.rate(scheme.value(key)) for key in ("direct_floor", "p_min"))
        return [asked.say("model.direct", floor=floor, least=least)]
    part, own = asked.outcome.answers_for(asked.party), asked.node("model_share", asked.party)
    share = within(asked.outcome, asked.party)
    scored = isinstance(own.value, Interval) if own else False
    key = "open" if scored else "others" if isinstance(share, Interval) else "share"
    before = cast("Quantity", own.value) if own else share
    said = [asked.say(f"model.{key}", share=asked.rate(share), own=asked.rate(before))]
    if part is None:
        return said
    of = {"part": asked.money(part), "share": asked.rate(asked.mine.share)}
    return [*said, asked.say("model.of_part", **of)]


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
    due = sum(_due(asked, piece) for piece in mine) if mine else asked.damages_fen
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
    claim = asked.outcome.claim_fen
    key = "claim" if claim == asked.damages_fen else "claim_left"
    whole = (
        [] if asked.outcome.answers_for(asked.party) else [asked.say(key, claim=asked.money(claim))]
    )
    return [*whole, _sum(asked)]


def _sum(asked: Asked) -> str:
    return asked.say("sum.exposure", amount=asked.money(asked.mine.exposure_fen))


FACTS = {  # by measure
    "share": _share, "score": _share, "limit": _limit, "limited_rest": _limit, "claim": _claim,
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
    said += _part(asked, "burden", mine.burden_fen)
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
    outcome = asked.outcome
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
