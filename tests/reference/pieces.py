"""The pieces of a loss: all her money for which the same people answer is one (1172, 519).

A payment or account helper with an account in the file answers for her money that came into it, a
platform or operator for the last fen she paid, everybody else for all; who acted in concert for
all. Who is not held, or stands outside the group, cuts nothing. What the words leave open:

- What her listed transfers leave of the loss (its non-economic part) reached nobody and comes
  before all payments; a file without transfers of hers is one such sum.
- One omission causes what was paid after its author knew or had to act, whatever its grade (1165,
  1172, 1197): at least gross, the loss after it knew, else what its silence added; an operator
  below that, the other way about; of whom neither is stated answers for all. 1195(2) and its
  notices are about platforms, whose enlarged part, below gross and not stated, is unknown.
- Recoveries go row by row: each among the payer's pieces, and what is too much for these at once
  among the others; what came from one who answers for no piece goes after all these. Where one
  piece is answered for by everybody nothing is divided, and recoveries count as they always did,
  also those of a payer who is not liable or beyond D.
- A non-economic part is divided over the pieces by size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reference.amounts import half_up, split
from reference.facts import CARD, Facts, Who, need
from reference.flows import Segment

FREE = {"below_concert": ("concert",), "below_knowing": ("knowing", "concert"), "always": ()}


@dataclass(frozen=True)
class Piece:
    """So many fen, who of the group answers for them, and what of them passed whose account."""

    fen: int
    answer: frozenset
    first: int  # the earliest payment in it
    passed: dict


def by_card(facts: Facts, who: Who) -> bool:
    """Whether he answers for the money that came to his account alone."""
    if who.flow is None or not who.listed or who.role != "helper" or who.act not in CARD:
        return False
    return who.grade not in FREE[facts.rules["flow_cap"]]


def last_fen(facts: Facts, who: Who) -> int | None:
    """Of how much of the last money she paid a platform or operator answers; None: of all."""
    if who.role not in ("platform", "operator") or who.grade == "concert":
        return None
    if who.grade in ("gross", "knowing"):
        stated = who.known if who.known is not None else who.enlarged
    elif who.role == "operator":
        stated = who.enlarged if who.enlarged is not None else who.known
    else:
        stated = need(who.enlarged, who.id, "enlarged_fen")
    return None if stated is None else half_up(stated)


def part_of(facts: Facts, who: Who) -> int | None:
    """What of the loss he answers for, be it one piece or several; None: all."""
    return who.flow if by_card(facts, who) else last_fen(facts, who)


def all_money(facts: Facts) -> Iterator[Segment]:
    """The whole loss in segments; what no transfer is listed of comes first."""
    unlisted = facts.loss - sum(s.fen for s in facts.money)
    if unlisted > 0:
        yield Segment(-1, frozenset(), unlisted)
    yield from facts.money


def fine(facts: Facts, lasts: list[int]) -> Iterator[tuple[Segment, int]]:
    """The same cut where the last fen of a platform begin, each with what lies from there on."""
    left = facts.loss
    for segment in all_money(facts):
        end = left - segment.fen
        for edge in sorted({x for x in lasts if end < x < left}, reverse=True):
            yield segment._replace(fen=left - edge), left
            left = edge
        yield segment._replace(fen=left - end), left
        left = end


def pieces_of(facts: Facts, outside: list[Who]) -> list[Piece]:
    """The pieces in the order they are decided: the fewest answerers, then the earliest payment."""
    group = facts.liable
    lasts = {w.id: last_fen(facts, w) for w in group}
    cards = {w.id for w in group if by_card(facts, w)}
    found: dict[frozenset, Piece] = {}
    for segment, left in fine(facts, [x for x in lasts.values() if x is not None]):
        answer = frozenset(
            w.id for w in group
            if (w.id not in cards or w.names[0] in segment.reached)
            and (lasts[w.id] is None or left <= lasts[w.id])
        )  # fmt: skip
        piece = found.get(answer, Piece(0, answer, segment.payment, {}))
        more = {w.names[0]: piece.passed.get(w.names[0], 0) + segment.fen
                for w in outside if w.names[0] in segment.reached}  # fmt: skip
        found[answer] = replace(
            piece, fen=piece.fen + segment.fen, passed=piece.passed | more,
            first=min(piece.first, segment.payment),
        )  # fmt: skip
    order = [w.id for w in group]
    return sorted(
        found.values(),
        key=lambda p: (
            len(p.answer),
            p.first,
            [order.index(i) for i in sorted(p.answer, key=order.index)],
        ),
    )


def divided(facts: Facts, outside: list[Who]) -> list[tuple[Piece, Facts, dict]]:
    """Each piece, its own facts as if it were the whole, and what outsiders paid of it before."""
    facts = replace(facts, held=sum(half_up(w.share * 10**9) for w in facts.liable
                                    if w.share is not None))  # fmt: skip
    pieces, everybody = pieces_of(facts, outside), frozenset(w.id for w in facts.liable)
    late = {w.id: w.before for w in outside}
    if facts.rules["pieces"] == "off":
        passed = {w.names[0]: w.flow for w in outside}
        most = {w.id: part_of(facts, w) for w in facts.liable}
        whole = Piece(facts.loss, everybody, 0, passed)
        return [(whole, replace(facts, most=most), late)]
    if len(pieces) == 1 and pieces[0].answer == everybody:
        return [(pieces[0], facts, late)]
    return cut(facts, pieces, outside)


def cut(facts: Facts, pieces: list[Piece], outside: list[Who]) -> list[tuple[Piece, Facts, dict]]:
    """The facts of several pieces: D, losses, recoveries and who is credited with them."""
    sizes = [p.fen for p in pieces]
    first = facts.rules["deduction"] == "restitution_first"
    base = facts.loss - min(facts.loss, facts.recovered) if first else facts.loss
    d = half_up((1 - facts.v) * base)
    rooms = sizes if first else split(d, sizes)
    back, loose = put(facts, pieces, outside, rooms)
    came = [sum(b.values()) + x for b, x in zip(back, loose, strict=True)]
    if first:
        open_of = [size - x for size, x in zip(sizes, came, strict=True)]
        rooms = split(d, open_of) if d else [0] * len(sizes)
    rest = split(min(facts.noneconomic, facts.loss), sizes)
    out = []
    for k, piece in enumerate(pieces):
        liable = tuple(replace(w, before=back[k].get(w.id, 0))
                       for w in facts.liable if w.id in piece.answer)  # fmt: skip
        his = {w.id: [n for n, p in enumerate(pieces) if w.id in p.answer] for w in liable}
        where = {i: ([sizes[n] for n in ns], ns.index(k)) for i, ns in his.items()}
        own = replace(
            facts, liable=liable, loss=piece.fen, damages=rooms[k], recovered=came[k],
            no_payer=loose[k], noneconomic=rest[k], sizes=where,
        )  # fmt: skip
        out.append((piece, own, {w.id: back[k].get(w.id, 0) for w in outside}))
    return out


def put(
    facts: Facts, pieces: list[Piece], outside: list[Who], rooms: list[int]
) -> tuple[list[dict], list[int]]:
    """What came back, piece by piece: what each payer is credited with, and what has no payer."""
    back: list[dict] = [{} for _ in pieces]
    loose, left = [0] * len(pieces), list(rooms)

    def fill_up(fen: int, his: set, who: str | None) -> int:
        for k in sorted(his):
            now = min(fen, left[k])
            left[k], fen = left[k] - now, fen - now
            if who is None:
                loose[k] += now
            else:
                back[k][who] = back[k].get(who, 0) + now
        return fen

    payers = {name: w for w in (*facts.liable, *outside) for name in w.names}
    every = set(range(len(pieces)))
    nobodys = facts.no_payer
    for name, fen in facts.back:
        who = payers.get(name)
        his = {k for k, p in enumerate(pieces) if who is not None
               and (belongs(who, p) if who in outside else who.id in p.answer)}  # fmt: skip
        if his:
            fill_up(fill_up(fen, his, who.id), every - his, None)
        else:
            nobodys += fen
    fill_up(nobodys, every, None)
    return back, loose


def belongs(who: Who, piece: Piece) -> bool:
    """Whether money that passed an outsider's account is in the piece, as far as is known."""
    return not who.listed or piece.passed.get(who.names[0], 0) > 0
