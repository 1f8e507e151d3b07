"""The sums that lead to a number: her own fault, his part, share or limit, what others leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.answered_part import answering, part_reason, pieces_of
from simlib.figures.joint_ground import THRESHOLD
from simlib.figures.row_premises import INTENT, reduction
from simlib.interval import Interval, added, high_end, hull, low_end
from simlib.liability.forms import form_of
from simlib.money import exact, half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.figures.asked_number import Asked
    from simlib.interval import FenRange, Quantity
    from simlib.liability import Outcome
    from simlib.liability.outcome import PieceOutcome
    from simlib.money import Fen

MOST_PIECES = 4  # listed one by one
NEAR_FEN = 2  # a product of rounded parts may be off by so much
CHANCE = {"lost_chance", "chance_owed"}


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
        due = sum(due_of(asked, piece) for piece in pieces_of(asked.outcome, asked.party))
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
    return [step for piece in mine for step in _behind(asked, limit, due_of(asked, piece), piece)]


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
    if asked.outcome.mode == THRESHOLD:
        return _by_threshold(asked)
    sums = {"rest": _rest, "hybrid": _two_losses, "realloc": _spread_again}
    found = sums.get(asked.measure)
    amounts = (asked.mine.exposure_fen, asked.mine.burden_fen)
    return found(asked) if found and not any(isinstance(x, Interval) for x in amounts) else []


def _by_threshold(asked: Asked) -> list[str]:
    """All of each part of the loss in which his share reaches the threshold, else his share."""
    mine = pieces_of(asked.outcome, asked.party)
    own = [piece.parties[asked.party] for piece in mine]
    if any(isinstance(of.exposure_fen, Interval) for of in own):
        return []
    said = []
    for piece, of in zip(mine, own, strict=True):
        due = due_of(asked, piece)
        values = {
            "loss": asked.money(piece.loss_fen), "damages": asked.money(due),
            "share": asked.rate_in(of.share, due, of.exposure_fen),
            "amount": asked.money(of.exposure_fen),
            "answer": answering(piece, asked.case, asked.lang),
        }  # fmt: skip
        said.append(asked.say("sum.piece_reached" if of.joint else "sum.piece", **values))
    if len(own) < 2:
        return said
    terms = asked.say("sum.plus").join(asked.money(of.exposure_fen) for of in own)
    return [*said, asked.say("sum.added", terms=terms, amount=asked.money(asked.fen))]


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
    said = part_sums(asked, "burden", part)
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
    due = sum(due_of(asked, piece) for piece in mine) if mine else asked.damages_fen
    values = {"loss": asked.money(loss), "damages": asked.money(due)}
    return [asked.say(key, fault=asked.rate(own_fault), **values)]


def left_to_claim(asked: Asked) -> list[str]:
    """What of the damages is left once what came back is taken off, of one who owes all of it."""
    node, fen = asked.node("recovered"), asked.mine.exposure_fen
    back = _fen(node.value) if node else None
    if asked.outcome.answers_for(asked.party) or isinstance(fen, Interval) or not back:
        return []
    if asked.damages_fen - fen != back:
        return []
    shown = {"damages": asked.damages_fen, "back": back, "claim": fen}
    return [asked.say("claim_left", **{key: asked.money(each) for key, each in shown.items()})]


def before_back(asked: Asked) -> list[str]:
    """Say why he may bear more than can be claimed of him now: what came back is no part of it."""
    node, mine = asked.node("recovered"), asked.mine
    back = _fen(node.value) if node else None
    if not back or high_end(mine.burden_fen) <= high_end(mine.exposure_fen):
        return []
    return [asked.say("burden.before_back", back=asked.money(back))]


def part_sums(asked: Asked, key: str, fen: FenRange) -> list[str]:
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
    said = [_product(asked, share, part) + _rounded(asked, share, due, part)]
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
        of, due = piece.parties[asked.party], due_of(asked, piece)
        own: FenRange = getattr(of, f"{key}_fen")
        values = {
            "loss": asked.money(piece.loss_fen), "damages": asked.money(due),
            "share": asked.rate_in(of.share, due, own), "amount": asked.money(own),
            "answer": answering(piece, asked.case, asked.lang),
        }  # fmt: skip
        ends = (low_end, high_end)
        product = all(_near(float(end(of.share)) * due, end(own)) for end in ends)
        last = _rounded(asked, of.share, due, own) if product else ""
        said.append(asked.say("sum.piece" if product else "sum.piece_bounded", **values) + last)
    if len(mine) > MOST_PIECES:
        said.append(asked.say("sum.more_pieces", count=len(mine) - MOST_PIECES))
    return said


def _rounded(asked: Asked, share: Quantity, due: Fen, fen: FenRange) -> str:
    """Tell whose the last fen of a split is, where an amount is not its rounded product."""
    if isinstance(share, Interval) or isinstance(fen, Interval):
        return ""
    let_off = asked.case.party(asked.case.claimant).fault  # rounds each part once more
    exactly = half_up(exact(share) * due) == fen
    return "" if let_off or exactly else asked.say("sum.rounded")


def due_of(asked: Asked, piece: PieceOutcome) -> Fen:
    """What of a piece is due to him, less her own fault where it lets him off [fen]."""
    whole = sum(each.damages_fen for each in asked.outcome.pieces) or 1
    return round(piece.damages_fen * asked.damages_fen / whole)


def _near(reckoned: float, fen: FenRange) -> bool:
    """Whether a product comes to an amount that is no range."""
    return not isinstance(fen, Interval) and abs(reckoned - fen) < NEAR_FEN


def _product(asked: Asked, share: Quantity, fen: FenRange) -> str:
    part = asked.rate_in(share, asked.damages_fen, fen)
    whole, amount = asked.money(asked.damages_fen), asked.money(fen)
    return asked.say("sum.share", damages=whole, share=part, amount=amount)
