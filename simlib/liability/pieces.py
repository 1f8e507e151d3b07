"""Pieces of the loss: who answers for which fen of it, and the order in which they are decided.

Who answers for a part of the loss shares in that part, not in the whole (民法典1172, 178(2), 519).
A piece is all money of hers with the same answerers. The rules of a decision are applied to each
piece as if it were the whole. The order of the pieces is no law, and is listed as an assumption.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic

from simlib import causation
from simlib.chain import lots
from simlib.interval import FenRange, Interval, low_end
from simlib.law.rule import word
from simlib.liability.numbers import F, N
from simlib.liability.records import KNOWING, Claim

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.chain import Lot
    from simlib.law.rule import Rules
    from simlib.liability.forms import Form
    from simlib.liability.numbers import Numbers, Stated
    from simlib.liability.records import Debtor
    from simlib.money import Fen

    Owes = Mapping[int, Fen]  # place among the debtors → an amount

LENDING = ("payment", "account")  # acts of help by an account
AT_LEAST_GROSS = ("gross", *KNOWING)
FREE = {"below_concert": ("concert",), "always": (), "below_knowing": KNOWING}


# ---------------------------------------------------------------- who answers for which part


@dataclass(frozen=True, slots=True)
class Part:
    """What one debtor answers for, where that is not all.

    Attributes
    ----------
    holder
        the party into whose accounts it came; or else
    last
        so much of the last money she paid [fen]
    """

    holder: str = ""
    last: FenRange = 0


def part_of(case: Case, debtor: Debtor, rules: Rules, reached: Collection[str]) -> Part | None:
    """Return what a debtor answers for; None for all of the loss.

    A payment or account helper with an account in the file answers for her money that came into
    it, unless the rule `flow_cap` frees his grade; a platform or operator that was not in concert
    for what she paid after it knew or should have known, or, noticed and idle, for what that added.

    Parameters
    ----------
    reached
        the parties into whose accounts her money came; none if no transfer of hers is listed, and
        then such a helper answers for all
    """
    party, grade = debtor.party, debtor.grade.value
    if debtor.principal:
        return None
    if party.role == "helper":
        his = bool(reached) and lends(case, party, reached) and capped(grade, rules)
        return Part(holder=party.id) if his else None
    if grade == "concert":
        return None
    last = _last_money(debtor, case.loss_fen)
    return None if last is None else Part(last=last)


def lends(case: Case, party: Party, reached: Collection[str] = ()) -> bool:
    """Tell whether a helper lent an account that the file lists, or got her money himself."""
    if party.act not in LENDING:
        return False
    return party.id in reached or any(account.holder == party.id for account in case.accounts)


def capped(grade: str, rules: Rules) -> bool:
    """Tell whether a card lender of this grade answers for what came into his accounts only."""
    return grade not in FREE[word(rules, "flow_cap")]


def takes_all(debtor: Debtor) -> bool:
    """Tell whether one answers for all only because nobody stated what came after its omission."""
    open_ = debtor.party.role == "platform" and debtor.grade.value not in AT_LEAST_GROSS
    return _omitted(debtor) and not open_ and getattr(debtor.party, part_field(debtor)) is None


def of_another_grade(debtor: Debtor) -> bool:
    """Tell whether what came after an omission is stated for another grade of it than is held."""
    grave = debtor.grade.value in AT_LEAST_GROSS
    own = "after_knowledge_fen" if grave else "enlarged_fen"
    return _omitted(debtor) and part_field(debtor) != own


def _omitted(debtor: Debtor) -> bool:
    """Tell whether a platform or operator is at fault for not acting, and not in concert."""
    omits = debtor.party.role in ("platform", "operator")
    return omits and debtor.grade.value not in ("concert", "none")


def part_field(debtor: Debtor) -> str:
    """Name the fact that says for what a platform or operator of a debtor's grade answers."""
    return causation.since_duty(debtor.party, debtor.grade.value in AT_LEAST_GROSS)


def part_kind(party: Party, grade: str, rules: Rules) -> int:
    """Number the kind of part that one of this role and grade answers for, from 0."""
    if party.role == "helper":
        return int(capped(grade, rules))
    return 2 if grade == "concert" else int(grade in AT_LEAST_GROSS)


def _last_money(debtor: Debtor, loss: Fen) -> FenRange | None:
    """Return how much of the last money she paid a platform or operator answers for; None: all.

    What a platform's silence added is unknown where it is not stated; one that knew or should have
    known, and an operator, of whom the law speaks of no such part (反诈法46(2)), then answers for
    all.
    """
    stated: Fen | None = getattr(debtor.party, part_field(debtor))
    careless = debtor.grade.value not in AT_LEAST_GROSS
    if stated is None and debtor.party.role == "platform" and careless:
        return Interval(0, loss)
    return stated


# ---------------------------------------------------------------- the cut


@dataclass(frozen=True, slots=True)
class Paid:
    """Money she paid, of one payment and with the same answerers.

    Attributes
    ----------
    payment
        the row among the case's transfers; None for a loss, or what is left of it, that no
        transfer lists
    fen
        how much [fen]
    holders
        the parties into whose accounts it came
    """

    payment: int | None
    fen: Fen
    holders: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """All money of hers that the same debtors answer for.

    Attributes
    ----------
    fen
        its size, of the loss [fen]
    members
        the places of those who answer for it among the debtors
    money
        what it consists of, in the order in which she paid it
    """

    fen: Fen
    members: tuple[int, ...]
    money: tuple[Paid, ...]

    def came_to(self, party: str) -> Fen:
        """Return what of it came into a party's accounts [fen]."""
        return sum(paid.fen for paid in self.money if party in paid.holders)


@dataclass(frozen=True)
class Cut:
    """How the loss is cut.

    Attributes
    ----------
    money
        all she paid, in order
    group
        the places of those who are held and share in the loss
    parts
        place → what he answers for, where that is not all
    listed
        whether the file lists transfers of hers
    """

    money: tuple[Paid, ...]
    group: tuple[int, ...]
    parts: Mapping[int, Part]
    listed: bool

    @property
    def open(self) -> Mapping[int, FenRange]:
        """Place → an amount that nobody knows, which moves the cut itself."""
        return {i: p.last for i, p in self.parts.items() if isinstance(p.last, Interval)}

    def pieces(self, given: Owes) -> tuple[Piece, ...]:
        """Return the pieces in the order in which they are decided.

        The fewest answerers first, sued or not; then by the earliest payment; then by answerers in
        file order.

        Parameters
        ----------
        given
            what stands for the amounts that are open
        """
        found: dict[tuple[int, ...], list[Paid]] = {}
        for paid, members in self._sorted(given):
            found.setdefault(members, []).append(paid)
        order = {payment: n for n, payment in enumerate(p.payment for p in self.money)}
        made = [Piece(sum(p.fen for p in money), m, tuple(money)) for m, money in found.items()]
        return tuple(
            sorted(made, key=lambda p: (len(p.members), order[p.money[0].payment], p.members))
        )

    def _sorted(self, given: Owes) -> Iterator[tuple[Paid, tuple[int, ...]]]:
        """Yield all money, cut at where somebody's part of the last begins, with its answerers."""
        begins = {i: self._begin(p, given.get(i)) for i, p in self.parts.items() if not p.holder}
        places = sorted(set(begins.values()))
        at = 0
        for paid in self.money:
            edges = [at, *(x for x in places if at < x < at + paid.fen), at + paid.fen]
            for low, high in zip(edges, edges[1:], strict=False):
                members = (i for i in self.group if self._answers(i, paid, low, begins))
                yield replace(paid, fen=high - low), tuple(members)
            at += paid.fen

    def _begin(self, part: Part, given: Fen | None) -> Fen:
        whole = sum(paid.fen for paid in self.money)
        return max(0, whole - (low_end(part.last) if given is None else given))

    def _answers(self, i: int, paid: Paid, at: Fen, begins: Owes) -> bool:
        part = self.parts.get(i)
        if part is None:
            return True
        return part.holder in paid.holders if part.holder else at >= begins[i]

    def edges(self) -> list[Fen]:
        """Return amounts of the last money at which the set of answerers changes [fen]."""
        whole, at, found = sum(paid.fen for paid in self.money), 0, []
        last: frozenset[str] | None = None
        for paid in self.money:
            if paid.holders != last:
                found.append(whole - at)
            at, last = at + paid.fen, paid.holders
        known = (p.last for p in self.parts.values() if not p.holder)
        return sorted({*found, *(x for x in known if not isinstance(x, Interval))})


def cut_of(
    case: Case, debtors: Sequence[Debtor], group: tuple[int, ...], rules: Rules
) -> Cut | None:
    """Return how the loss is cut; None where everybody answers for all of it, as one piece.

    Who is not held, or stands outside the group, is not counted and cuts nothing.
    """
    if rules["pieces"] == "off" or not any(_may_part(case, debtors[i]) for i in group):
        return None
    money = money_of(case, word(rules, "tracing"))
    reached = frozenset[str]().union(*(paid.holders for paid in money))
    parts = {i: p for i in group if (p := part_of(case, debtors[i], rules, reached)) is not None}
    listed = any(paid.payment is not None for paid in money)
    cut = Cut(money, group, parts, listed)
    if not parts:
        return None
    if cut.open or len(pieces := cut.pieces({})) > 1 or pieces[0].members != group:
        return cut
    return None


def last_money_of(case: Case, debtors: Iterable[Debtor], rules: Rules) -> bool:
    """Tell whether anybody answers for the last money she paid, so that amounts move the cut."""
    if rules["pieces"] == "off":
        return False
    parts = (part_of(case, debtor, rules, ()) for debtor in debtors)
    return any(part is not None and not part.holder for part in parts)


def came_to(case: Case, party_id: str, tracing: str) -> Fen | None:
    """Return her money that came to a card lender who answers for that only; None for others."""
    if not case.transfers or case.party(party_id).act not in LENDING:
        return None
    money = money_of(case, tracing)
    reached = {holder for paid in money for holder in paid.holders}
    if not reached or not lends(case, case.party(party_id), reached):
        return None
    return sum(paid.fen for paid in money if party_id in paid.holders)


def _may_part(case: Case, debtor: Debtor) -> bool:
    """Tell, before any money is followed, whether a debtor may answer for a part only."""
    party = debtor.party
    if party.role == "helper":
        return bool(case.transfers) and party.act in LENDING
    return not debtor.principal


def money_of(case: Case, tracing: str) -> tuple[Paid, ...]:
    """Return the loss as the money she paid, by payment and by whose accounts it reached.

    What her listed transfers leave of the loss, a loss that is not economic, was never money; it
    stands first, and came into nobody's accounts.
    """
    followed: Sequence[Lot] = lots(case, tracing)
    paid = [Paid(lot.payment, lot.fen, lot.holders) for lot in followed if lot.fen]
    rest = case.loss_fen - sum(each.fen for each in paid)
    return (*([Paid(None, rest, frozenset())] if rest > 0 else ()), *paid)


# ---------------------------------------------------------------- damages and recoveries


@dataclass(frozen=True, slots=True)
class Divided(Generic[N]):
    """What of the claim, and of what came back, falls to each piece, of one case or many [fen].

    Attributes
    ----------
    damages, recovered
        D and what came back, one a piece
    losses
        what own fault is taken from, one a piece
    known
        piece → place among the debtors → what he is known to have paid of it
    unknown
        what came back of it without a known payer
    outside
        place → what one outside the group is known to have paid
    """

    damages: list[N]
    recovered: list[N]
    losses: list[N]
    known: list[dict[int, N]]
    unknown: list[N]
    outside: dict[int, N]

    def claim(self, whole: Claim[N, F], k: int, first: bool) -> Claim[N, F]:
        """Return the claim of a piece."""
        damages, back = self.damages[k], self.recovered[k]
        fen = damages if first else damages - back
        return Claim(damages, back, fen, whole.own_fault, self.losses[k])


def divide(
    facts: Stated[N, F],
    damages_fen: N,
    pieces: Sequence[Piece],
    debtors: Sequence[Debtor],
    forms: Sequence[Form],
    group: Sequence[int],
    payments: Iterable[tuple[str, N]],
) -> Divided[N]:
    """Divide damages and recoveries over the pieces.

    1. D by size; if recoveries are deducted before own fault, by size less these
    2. recoveries in the order of the pieces: those with a payer first, in file order, among his
       own, the surplus among the others, and there as if without payer; then what has no payer
    What exceeds all is nobody's payment.

    Parameters
    ----------
    group
        the places of those who share in the loss
    payments
        who paid, and how much [fen]
    """
    first = restitution_first(facts.rules)
    sizes = [facts.constant(piece.fen) for piece in pieces]
    damages = sizes if first else facts.numbers.split(damages_fen, sizes)
    outside = [i for i, form in enumerate(forms) if form.outside]
    filled = _Filled(facts, damages, pieces, debtors, group, outside)
    without_payer = facts.fact("recovered_fen")
    for payer, fen in payments:
        without_payer = without_payer + filled.pay(payer, fen)
    filled.put(without_payer, range(len(pieces)), None)
    recovered = [most - room for most, room in zip(damages, filled.room, strict=True)]
    if not first:
        return Divided(damages, recovered, sizes, filled.known, filled.unknown, filled.outside)
    left = filled.room
    none: list[dict[int, N]] = [{} for _ in pieces]
    unknown = [facts.constant(0)] * len(pieces)
    return Divided(facts.numbers.split(damages_fen, left), recovered, left, none, unknown, {})


def restitution_first(rules: Rules) -> bool:
    """Tell whether recoveries are deducted before own fault."""
    return rules["deduction"] == "restitution_first"


class _Filled(Generic[N, F]):
    """Recoveries as they come off the pieces; `room` is what is left of each [fen]."""

    def __init__(
        self,
        facts: Stated[N, F],
        damages: Sequence[N],
        pieces: Sequence[Piece],
        debtors: Sequence[Debtor],
        group: Sequence[int],
        outside: Sequence[int],
    ) -> None:
        self._numbers: Numbers[N, F] = facts.numbers
        self._none: N = facts.constant(0)
        self.room: list[N] = list(damages)
        self.pieces, self.group = pieces, group
        self.known: list[dict[int, N]] = [{} for _ in pieces]
        self.unknown: list[N] = [self._none] * len(pieces)
        self.outside: dict[int, N] = {}
        self._debtors = debtors
        held = [(i, debtors[i]) for i in (*group, *outside)]
        self._places = {id: i for i, d in held for id in (d.party.id, d.id)}

    def pay(self, payer: str, fen: N) -> N:
        """Take what a payer paid off his own pieces; the surplus is as if without payer.

        Return what counts as without payer altogether: all, if he answers for no piece.
        """
        i = self._places.get(payer)
        own = [] if i is None else [k for k in range(len(self.pieces)) if self._his(i, k)]
        if not own:
            return fen
        left = self.put(fen, own, i)
        self.put(left, [k for k in range(len(self.pieces)) if k not in own], None)
        return self._none

    def put(self, fen: N, among: Sequence[int], i: int | None) -> N:
        """Take an amount off some pieces in order; return what is left of it."""
        for k in among:
            part = self._numbers.minimum(fen, self.room[k])
            self.room[k] = self.room[k] - part
            fen = fen - part
            if i is None:
                self.unknown[k] = self.unknown[k] + part
            elif i in self.group:
                self.known[k][i] = self.known[k].get(i, self._none) + part
            else:
                self.outside[i] = self.outside.get(i, self._none) + part
        return fen

    def _his(self, i: int, k: int) -> bool:
        if i in self.group:
            return i in self.pieces[k].members
        return belongs(self.pieces, k, self._debtors[i].party.id)


def belongs(pieces: Sequence[Piece], k: int, party: str) -> bool:
    """Tell whether money of one outside the group is in a piece; of the whole if none is known."""
    listed = any(paid.payment is not None for piece in pieces for paid in piece.money)
    return not listed or pieces[k].came_to(party) > 0
