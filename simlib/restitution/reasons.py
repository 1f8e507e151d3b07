"""The reasons for what is shared: a debtor's assets in proportion, and everybody's account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simlib.interval import added, high_end, low_end
from simlib.law.authority import authority
from simlib.liability.piece_reasons import OwnReasons, SummedReasons
from simlib.liability.reasons import Payments, Reasons, assets_step
from simlib.restitution.victim_account import RESTITUTION, RETURN, loss_of, stated
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.law.modes import ModeLaw
    from simlib.liability.outcome import Outcome
    from simlib.liability.piece_reasons import Ahead, Written
    from simlib.liability.records import Debtor, Setting, Solution
    from simlib.money import Fen
    from simlib.restitution.all_victims import Suits
    from simlib.restitution.frozen_money import Return
    from simlib.restitution.orders import Late, Served
    from simlib.restitution.proportional_division import Division, Divisions
    from simlib.restitution.victim_account import Ledger


class SharedPayments(Payments):
    """Payments where other victims draw on the same assets."""

    def __init__(self, reasons: Reasons, rooms: Mapping[str, Trace[Fen]]) -> None:
        super().__init__(reasons)
        self.rooms = rooms

    def _lifted(self, group: list[int]) -> set[int]:
        return super()._lifted([i for i in group if self._room(i) is None])

    def _room(self, i: int) -> Trace[Fen] | None:
        """Return what of a debtor's assets is this victim's, if that is all he pays."""
        reasons = self.reasons
        room, paid = self.rooms.get(reasons.ids[i]), reasons.solution.paid[i]
        if room is None or paid != min(room.value, high_end(reasons.solution.exposure[i])):
            return None
        return room

    def _capped(self, i: int) -> Trace | None:
        reasons, room = self.reasons, self._room(i)
        if room is None:
            return super()._capped(i)
        rests = (reasons.exposure(i), room)
        value, party = reasons.solution.paid[i], reasons.ids[i]
        return Trace("paid", value, "fen", "paid.up-to-room", rests, party=party)


class SharedReasons(Reasons):
    """The reasons of one victim's outcome beside the others'.

    `rooms` holds, for each debtor whose assets do not suffice for this victim, the step that gives
    what of them is his.
    """

    def __init__(
        self,
        setting: Setting,
        solution: Solution,
        law: ModeLaw,
        victim: str,
        divisions: Divisions,
    ) -> None:
        self.rooms = rooms_of(setting, victim, divisions)
        super().__init__(setting, solution, law)

    def paying(self) -> SharedPayments:
        """Return the writer of payments that other victims' draws limit."""
        return SharedPayments(self, self.rooms)


class SharedPieceReasons(OwnReasons):
    """The reasons of one piece of a victim's loss beside the other victims'.

    `rooms` are those of the whole suit; what earlier pieces took comes off them.
    """

    def __init__(
        self,
        setting: Setting,
        solution: Solution,
        law: ModeLaw,
        whole: Sequence[Debtor],
        ahead: Mapping[str, Ahead],
        rooms: Mapping[str, Trace[Fen]],
    ) -> None:
        self.rooms = rooms
        super().__init__(setting, solution, law, whole, ahead)

    def paying(self) -> SharedPayments:
        """Return the writer of payments that other victims' draws limit."""
        rooms = {id: room for id, room in self.rooms.items() if id in self.ids}
        return SharedPayments(self, {id: self._left_of(room, id) for id, room in rooms.items()})

    def _left_of(self, room: Trace[Fen], id: str) -> Trace[Fen]:
        """Return what earlier pieces left of a room; all in it is known."""
        ahead = self.taken[self.ids.index(id)]
        if not ahead:
            return room
        value = max(0, room.value - sum(low_end(taken.fen) for taken in ahead))
        rests = (room, *(taken.step for taken in ahead))
        return Trace("room", value, "fen", "available.less-pieces", rests, party=room.party)


class SharedSums(SummedReasons):
    """The reasons of a victim's loss in pieces beside the other victims'."""

    def __init__(
        self,
        setting: Setting,
        solution: Solution,
        law: ModeLaw,
        victim: str,
        divisions: Divisions,
    ) -> None:
        self.rooms = rooms_of(setting, victim, divisions)
        paid = zip(setting.debtors, solution.paid, strict=True)
        limits = {i: low_end(fen) for i, (d, fen) in enumerate(paid) if d.id in self.rooms}
        super().__init__(setting, solution, law, limits)

    def of_piece(
        self,
        setting: Setting,
        solution: Solution,
        whole: Sequence[Debtor],
        ahead: Mapping[str, Ahead],
    ) -> OwnReasons:
        """Return what writes the reasons of one piece."""
        return SharedPieceReasons(setting, solution, self.law, whole, ahead, self.rooms)


def shared_reasons(
    setting: Setting, solution: Solution, law: ModeLaw, victim: str, divisions: Divisions
) -> Written:
    """Return what writes the reasons of one victim's outcome beside the others'."""
    kind = SharedReasons if setting.pieces is None else SharedSums
    return kind(setting, solution, law, victim, divisions)


def rooms_of(setting: Setting, victim: str, divisions: Divisions) -> dict[str, Trace[Fen]]:
    """Return, of each debtor whose assets do not suffice for a victim, what of them is his."""
    ids = [d.id for d in setting.debtors]
    cites = authority("assets", setting.case, "in_proportion")
    return {
        d: room(division, d, victim, assets_step(setting, ids.index(d)), cites)
        for d, division in divisions.items()
        if d in ids and division.short(victim)
    }


def room(
    division: Division, debtor: str, victim: str, purse: Trace, cites: tuple[str, ...]
) -> Trace[Fen]:
    """What of a debtor's assets falls to one victim: in proportion, what others leave shared again.

    The titles and draws of the other victims are those of their own outcomes.
    """
    titles = _by_victim("titles", "title", division.titles, debtor, "exposure")
    wants = _by_victim("draws", "draw", division.wanted, debtor, "paid")
    children = (purse, titles, wants)
    value = division.taken[victim]
    return Trace("room", value, "fen", "room.shared", children, party=victim, cites=cites)


def _by_victim(key: str, each: str, amounts: Mapping[str, Fen], debtor: str, of: str) -> Trace:
    """Return one amount a victim, each referring to the outcome it is a step of."""
    nodes = tuple(
        Trace(each, fen, "fen", source=f"outcome:{v}.{of}.{debtor}", party=v)
        for v, fen in amounts.items()
    )
    return Trace(key, sum(amounts.values()), "fen", "added.sum", nodes)


def whole_trace(
    case: Case,
    ledgers: dict[str, Ledger],
    outcomes: dict[str, Outcome],
    returns: Return | None,
    suits: Suits,
    late: Late,
) -> Trace:
    """Return every victim's account as steps: what came back, by which title, and what is open."""
    nodes = tuple(
        _account(case, ledger, outcomes[v], returns, suits, late) for v, ledger in ledgers.items()
    )
    value = added(ledger.open_fen for ledger in ledgers.values())
    return Trace("accounts", value, "fen", "added.sum", nodes)


def _account(
    case: Case,
    ledger: Ledger,
    outcome: Outcome,
    returns: Return | None,
    suits: Suits,
    late: Late,
) -> Trace:
    """Return what came to one victim by every title, and so what is open of his loss."""
    v = ledger.victim
    steps: list[Trace] = [loss_of(case, v).step]
    steps += [
        Trace(_key(e.title), e.fen, "fen", source=f"case:{e.source}", party=e.payer)
        for e in stated(case, v)
    ]
    if returns:
        steps += [node for node in returns.trace.children if node.party == v]
    served, rests = suits.served, late.paid.get(v, {})
    if served:
        steps += [_order_step(case, suits, served, p, v) for p in served.paid.get(v, {})]
    steps.append(outcome.reason("received"))
    if served:
        steps += [_late_step(case, served, p, v, fen) for p, fen in rests.items()]
    restored = any(e.title == RESTITUTION for e in ledger.entries)
    cites = authority("restitution", case, "deducted") if restored else ()
    return Trace("loss_open", ledger.open_fen, "fen", "loss_open.less", tuple(steps), party=v,
                 cites=cites)  # fmt: skip


def _key(title: str) -> str:
    return {RETURN: "given_back", RESTITUTION: "restituted"}.get(title, "before")


def _late_step(case: Case, served: Served, party: str, victim: str, fen: FenRange) -> Trace:
    """Return what he gets on it from what the judgments leave."""
    source = f"ledger:{victim}.restituted.{party}"
    first = Trace("draw", served.paid[victim].get(party, 0), "fen", source=source, party=party)
    rests, cites = (
        (_title(case, served, party, victim), first),
        authority("restitution", case, "order"),
    )
    return Trace("restituted", fen, "fen", "restituted.left", rests, party=party, cites=cites)


def _order_step(case: Case, suits: Suits, served: Served, party: str, victim: str) -> Trace:
    """Return what a victim gets now on his order of restitution against one party."""
    division = served.divisions.get(party)
    rests = [_title(case, served, party, victim), *_beside(served, party, victim)]
    if division is not None:
        rests.append(_order_room(case, suits, served, party, victim))
    value = served.paid[victim][party]
    exact = value == max(0, min(node.value for node in rests))
    rule = "restituted.least" if exact else "restituted.together"
    cites = authority("restitution", case, "order")
    return Trace("restituted", value, "fen", rule, tuple(rests), party=party, cites=cites)


def _order_purse(case: Case, suits: Suits, whole: Fen, party: str) -> Trace[Fen]:
    """Return what of a party's assets his orders can draw on: all, or their part of equal rank."""
    source, budget = f"case:parties.{party}.assets_fen", suits.budgets.get(party)
    if budget is None:
        return Trace("assets", whole, "fen", source=source, party=party)
    rests = (
        Trace("assets", budget.assets, "fen", source=source, party=party),
        Trace("orders", budget.orders, "fen", source=f"ledger:orders.{party}", party=party),
        Trace("beyond", budget.civil, "fen", source=f"ledger:judgments.{party}", party=party),
    )
    return Trace("orders_part", budget.fen, "fen", "orders.in-proportion", rests, party=party,
                 cites=authority("assets", case, "order"))  # fmt: skip


def _order_room(case: Case, suits: Suits, served: Served, party: str, victim: str) -> Trace[Fen]:
    """Return what of a party's short assets falls to one victim's order."""
    division = served.divisions[party]
    purse = _order_purse(case, suits, division.purse, party)
    having = [v for v, fen in division.titles.items() if fen]
    nodes = tuple(
        _title(case, served, party, v) if v in served.titles else _outside(case, party)
        for v in having
    )
    titles = Trace("titles", sum(n.value for n in nodes), "fen", "added.sum", nodes)
    draws = tuple(
        Trace("draw", division.wanted[v], "fen", source=f"ledger:{v}.restituted.{party}", party=who)
        for v, who in zip(having, (n.party for n in nodes), strict=True)
    )
    wants = Trace("draws", sum(n.value for n in draws), "fen", "added.sum", draws)
    value, rests = division.taken[victim], (purse, titles, wants)
    return Trace("room", value, "fen", "room.shared", rests, party=victim)


def _beside(served: Served, party: str, victim: str) -> list[Trace[Fen]]:
    """Return what is open of the loss beside what others restore now."""
    cap = _cap(served, victim)
    others = tuple(
        Trace("draw", fen, "fen", source=f"ledger:{victim}.restituted.{p}", party=p)
        for p, fen in served.paid[victim].items()
        if p != party
    )
    if not others:
        return [cap]
    value = cap.value - sum(n.value for n in others)
    return [Trace("loss_open", value, "fen", "loss_open.less", (cap, *others), party=victim)]


def _cap(served: Served, victim: str) -> Trace[Fen]:
    """Return what is open of the loss when orders come to be served: see the victim's account."""
    return Trace("loss_open", served.caps[victim], "fen", source=f"ledger:{victim}", party=victim)


def _title(case: Case, served: Served, party: str, victim: str) -> Trace[Fen]:
    """Return what is open of a victim's orders against a party, up to his open loss."""
    rows = tuple(
        Trace("title", r.ordered_fen - r.paid_fen, "fen", "restitution.open", (
            Trace("ordered_fen", r.ordered_fen, "fen", source=f"case:reparations[{i}].ordered_fen"),
            Trace("restored_fen", r.paid_fen, "fen", source=f"case:reparations[{i}].paid_fen"),
        ), party=victim)
        for i, r in enumerate(case.reparations)
        if r.party == party and r.victim == victim and r.ordered_fen > r.paid_fen
    )  # fmt: skip
    whole = rows[0]
    if len(rows) > 1:
        value = sum(row.value for row in rows)
        whole = Trace("title", value, "fen", "added.sum", rows, party=victim)
    cap = _cap(served, victim)
    if whole.value <= cap.value:
        return whole
    return Trace("title", cap.value, "fen", "restituted.least", (whole, cap), party=victim)


def _outside(case: Case, party: str) -> Trace[Fen]:
    """Return what is open of orders against a party for victims outside the case."""
    rows = tuple(
        Trace("others_ordered", c.restitution_others_fen, "fen",
              source=f"case:criminal[{i}].restitution_others_fen")
        for i, c in enumerate(case.criminal)
        if c.party == party and c.restitution_others_fen
    )  # fmt: skip
    return Trace("others_ordered", sum(r.value for r in rows), "fen", "added.sum", rows)
