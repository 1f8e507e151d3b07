"""What each debtor's assets go to, in order, and what debtors owe each other over all victims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.interval import FenRange, added, high_end, hull, low_end
from simlib.money import split
from simlib.restitution.victim_account import less
from simlib.trace import plain_fields

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability.outcome import Outcome, PartyOutcome
    from simlib.liability.records import Setting
    from simlib.money import Fen
    from simlib.restitution.orders import Late, Served


@dataclass(frozen=True, slots=True)
class Spent:
    """Where one debtor's assets go; amounts in fen, intervals where open.

    Attributes
    ----------
    assets_fen
        what he has (a guardian: with what the minors he answers for have); None is unlimited
    restitution, others_fen
        victim → restitution he pays now; to victims outside the case
    civil, civil_fen
        victim → what he pays on the judgment; on all of them
    fine_fen, left_fen
        to the fine, and what is left (None where the assets are unlimited); all add up to the
        assets
    """

    assets_fen: int | None
    restitution: dict[str, FenRange]
    others_fen: FenRange
    civil: dict[str, FenRange]
    civil_fen: FenRange
    fine_fen: FenRange
    left_fen: FenRange | None

    def to_json(self) -> dict[str, object]:
        """Return the row as plain JSON data."""
        return plain_fields(self)


def spent(
    case: Case,
    settings: dict[str, Setting],
    served: Served | None,
    outcomes: dict[str, Outcome],
    late: Late,
) -> dict[str, Spent]:
    """Return what the assets of everybody who pays go to (刑事裁判涉财产部分执行规定13).

    Restitution first, of the case's victims and of others, or together with the judgments where
    these rank with it; a fine from what they leave. Recourse among debtors is left out, though it
    would come before a fine.
    """
    members = _members(settings)
    owing = served.parties if served else ()
    ids = [p.id for p in case.parties if p.id in members or p.id in owing]
    return {id: _of(case, id, members.get(id, [id]), served, outcomes, late) for id in ids}


def _members(settings: dict[str, Setting]) -> dict[str, list[str]]:
    """Who answers → whose assets this reaches: his own, and those of the minors he answers for."""
    members: dict[str, list[str]] = {}
    for setting in settings.values():
        for debtor in setting.debtors:
            ward = debtor.payer is not debtor.party and debtor.party.minor
            members[debtor.id] = [debtor.id, debtor.party.id] if ward else [debtor.id]
    return members


def _of(
    case: Case,
    id: str,
    members: list[str],
    served: Served | None,
    outcomes: dict[str, Outcome],
    late: Late,
) -> Spent:
    purses = [fen for m in members if (fen := case.party(m).assets_fen) is not None]
    assets = sum(purses) if len(purses) == len(members) else None
    orders = served.paid if served else {}
    restored = {
        v: added(own.get(m, 0) for own in (paid, late.paid.get(v, {})) for m in members)
        for v, paid in orders.items()
    }
    restored = {v: fen for v, fen in restored.items() if high_end(fen)}
    others = added([*(_others(case, m, served) for m in members),
                    *(late.others.get(m, 0) for m in members)])  # fmt: skip
    civil = {v: o.parties[id].paid_fen for v, o in outcomes.items() if id in o.parties}
    civil = {v: fen for v, fen in civil.items() if high_end(fen)}
    fines = sum(c.fine_fen or 0 for c in case.criminal if c.party in members)
    paid = added(civil.values())
    if assets is None:
        return Spent(None, restored, others, civil, paid, fines, None)
    if not restored:  # a judgment of equal rank takes its part beside others' restitution
        others = _beside(assets, others, paid)
    before = less(assets, added([*restored.values(), others]))
    paid = hull(
        [low_end(paid), min(high_end(paid), high_end(before))]
    )  # ends of several never meet
    rest = less(before, paid)
    fine = hull([min(fines, low_end(rest)), min(fines, high_end(rest))])
    left = hull([max(0, low_end(rest) - fines), max(0, high_end(rest) - fines)])
    return Spent(assets, restored, others, civil, paid, fine, left)


def _beside(assets: Fen, others: FenRange, paid: FenRange) -> FenRange:
    """Return what others get at most of what the judgments leave."""
    rest = less(assets, paid)
    return hull([min(low_end(others), low_end(rest)), min(high_end(others), high_end(rest))])


def _others(case: Case, member: str, served: Served | None) -> int:
    """What goes to victims outside the case: with the orders, or ahead of the civil debts."""
    if served and member in served.parties:
        return served.others_paid.get(member, 0)
    assets = case.party(member).assets_fen
    stated = sum(c.restitution_others_fen for c in case.criminal if c.party == member)
    return stated if assets is None else min(stated, assets)


@dataclass(frozen=True, slots=True)
class Recourse:
    """What one debtor may recover from another over all victims' debts.

    Attributes
    ----------
    creditor, debtor
        who recovers, from whom
    fen
        how much, what he owes the other on other debts set off [fen]
    by_victim
        victim → what of it comes from his debt; below 0 what is set off
    behind
        victims with whose claims against the debtor it must not interfere (519(2)): those who got
        less than they are owed, from whose debts it comes
    """

    creditor: str
    debtor: str
    fen: FenRange
    by_victim: dict[str, FenRange]
    behind: tuple[str, ...]

    @property
    def subordinate(self) -> bool:
        """Whether it stands behind the claim of a victim."""
        return bool(self.behind)

    def to_json(self) -> dict[str, object]:
        """Return the claim as plain JSON data."""
        return plain_fields(self)


def across(outcomes: dict[str, Outcome], settings: dict[str, Setting]) -> tuple[Recourse, ...]:
    """Return the claims of recourse of all suits, added up for each pair of debtors and set off.

    Every suit gives recourse on its own debt: what one paid above his burden there, spread over the
    others by what they are short of theirs. What came back without a known payer discharges the
    principals' parts but was no payment of theirs: it gives them no recourse (frozen money given
    back is the victims' own, 刑法64). Claims that go both ways between the same two are set off;
    claims among three are not.
    """
    claims: dict[tuple[str, str], dict[str, FenRange]] = {}
    behind: dict[tuple[str, str], list[str]] = {}
    for v, outcome in outcomes.items():
        for creditor, answer in outcome.parties.items():
            really = _really(settings[v], creditor, answer)
            for claim, fen in zip(answer.recourse, really, strict=True):
                if not high_end(fen):
                    continue
                pair = (creditor, claim.against)
                own = claims.setdefault(pair, {})
                own[v] = added((own.get(v, 0), fen))
                if claim.subordinate and v not in behind.setdefault(pair, []):
                    behind[pair].append(v)
    netted = []
    for pair, own in claims.items():
        back = claims.get((pair[1], pair[0]), {})
        amount = _net(own, back)
        if high_end(amount) > 0:
            by_victim = own | {v: _minus(fen, own.get(v, 0)) for v, fen in back.items()}
            netted.append(Recourse(*pair, amount, by_victim, tuple(behind.get(pair, ()))))
    return tuple(netted)


def _really(setting: Setting, creditor: str, answer: PartyOutcome) -> list[FenRange]:
    """Return his claims of recourse as far as he himself paid above his burden [fen]."""
    claims = [claim.fen for claim in answer.recourse]
    places = [i for i, d in enumerate(setting.debtors) if d.id == creditor]
    if not any(setting.debtors[i].principal for i in places):
        return claims
    known = sum(setting.known_before[i] for i in places)
    own = less(added((answer.paid_fen, known)), answer.burden_fen)
    sure = [fen for fen in claims if isinstance(fen, int)]
    if isinstance(own, int) and len(sure) == len(claims):
        return claims if sum(sure) <= own else [*split(own, sure)]
    top = high_end(own)
    return [
        hull([min(low_end(fen), low_end(own)) if top >= high_end(added(claims)) else 0,
              min(high_end(fen), top)])
        for fen in claims
    ]  # fmt: skip


def _net(own: dict[str, FenRange], back: dict[str, FenRange]) -> FenRange:
    return less(added(own.values()), added(back.values()))


def _minus(fen: FenRange, own: FenRange) -> FenRange:
    return hull([low_end(own) - high_end(fen), high_end(own) - low_end(fen)])
