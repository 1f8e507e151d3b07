"""One account for each victim: what was lost, what came back by which title, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.interval import FenRange, added, high_end, hull, low_end
from simlib.liability.reasoned_value import Reasoned
from simlib.money import Fen
from simlib.trace import Trace, plain_fields

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability.outcome import Outcome
    from simlib.restitution.frozen_money import Return
    from simlib.restitution.orders import Late, Served

RETURN, RESTITUTION, JUDGMENT, EARLIER = "return", "restitution", "judgment", "earlier"
BEFORE, NOW = "before", "now"


@dataclass(frozen=True, slots=True)
class Entry:
    """Money that came to a victim.

    Attributes
    ----------
    title
        `return` (frozen money given back), `restitution` (责令退赔), `judgment` (the civil one) or
        `earlier` (came back before, the file does not say by what title)
    payer
        id of the party who paid; None where nobody is known to have
    fen
        how much [fen]
    when
        `before` the decision, or `now`
    source
        where the file says so; None for what is reckoned here
    account
        the account frozen money came from
    """

    title: str
    payer: str | None
    fen: FenRange
    when: str
    source: str | None = None
    account: str | None = None

    def to_json(self) -> dict[str, object]:
        """Return the entry as plain JSON data."""
        account = ("account",) if self.account else ()
        return plain_fields(self, "title", "payer", "fen", "when", *account)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A victim's account. Only what was really paid is in it, never what was ordered; no fine.

    Attributes
    ----------
    victim, loss_fen
        whose loss, and how much [fen]
    entries
        what came to him, in order
    judgment_fen
        what he collects on the judgment from everybody together [fen]
    open_fen
        what of the loss nobody has made good [fen]
    owed_fen
        what of it the civil judgment still gives a claim for [fen]
    ordered_open_fen
        party → what is still open of his orders of restitution [fen]; no claim beside `open_fen`
    """

    victim: str
    loss_fen: int
    entries: tuple[Entry, ...]
    judgment_fen: FenRange
    open_fen: FenRange
    owed_fen: FenRange
    ordered_open_fen: dict[str, FenRange]

    @property
    def returned_fen(self) -> int:
        """Frozen money given back, before and now [fen]."""
        return low_end(added(e.fen for e in self.entries if e.title == RETURN))

    @property
    def earlier_fen(self) -> int:
        """What came back before without a title the file names [fen]."""
        return low_end(added(e.fen for e in self.entries if e.title == EARLIER))

    @property
    def restituted(self) -> dict[str, FenRange]:
        """Party → what he paid as restitution [fen]."""
        return self._by(RESTITUTION)

    @property
    def paid(self) -> dict[str, FenRange]:
        """Party → what he pays on the civil judgment [fen]."""
        return self._by(JUDGMENT)

    @property
    def received_fen(self) -> FenRange:
        """Everything that came to the victim [fen]."""
        others = (e.fen for e in self.entries if e.title != JUDGMENT)
        return added([*others, self.judgment_fen])

    def _by(self, title: str) -> dict[str, FenRange]:
        paid: dict[str, FenRange] = {}
        for e in self.entries:
            if e.title == title and e.payer is not None:
                paid[e.payer] = added((paid.get(e.payer, 0), e.fen))
        return paid

    def to_json(self) -> dict[str, object]:
        """Return the account as plain JSON data."""
        came = ("loss_fen", "returned_fen", "earlier_fen", "restituted", "paid", "judgment_fen")
        return plain_fields(self, *came, "open_fen", "owed_fen", "ordered_open_fen", "entries")


def less(amount: FenRange, other: FenRange) -> FenRange:
    """Return a difference of amounts that may be intervals, never below 0."""
    low, high = low_end(amount) - high_end(other), high_end(amount) - low_end(other)
    return hull([max(0, low), max(0, high)])


def loss_of(case: Case, victim: str) -> Reasoned[Fen]:
    """Return a victim's loss, where the file states it."""
    claimant = victim == case.claimant
    loss = case.loss_fen if claimant else case.party(victim).loss_fen or 0  # checked to be stated
    where = "case:loss_fen" if claimant else f"case:parties.{victim}.loss_fen"
    return Reasoned(loss, lambda: Trace("loss", loss, "fen", source=where))


def open_loss(case: Case, victim: str) -> Fen:
    """Return what of a victim's loss has not come back yet, as the file states it [fen]."""
    back = added(e.fen for e in stated(case, victim))
    return low_end(less(loss_of(case, victim).value, back))  # what a file states is no interval


def stated(case: Case, victim: str) -> list[Entry]:
    """Return what the file says has come back to a victim."""
    entries = []
    if victim == case.claimant:
        entries.append(Entry(EARLIER, None, case.recovered_fen, BEFORE, "recovered_fen"))
        for i, r in enumerate(case.recoveries):
            where = f"recoveries[{i}].amount_fen"
            known = r.payer in {p.id for p in case.parties}
            entries.append(
                Entry(EARLIER if known else RETURN, r.payer if known else None, r.amount_fen,
                      BEFORE, where)
            )  # fmt: skip
        entries += [
            Entry(RESTITUTION, c.party, c.restitution_paid_fen, BEFORE,
                  f"criminal[{i}].restitution_paid_fen")
            for i, c in enumerate(case.criminal)
        ]  # fmt: skip
    else:
        where = f"parties.{victim}.recovered_fen"
        entries.append(Entry(EARLIER, None, case.party(victim).recovered_fen, BEFORE, where))
    entries += [
        Entry(RESTITUTION, r.party, r.paid_fen, BEFORE, f"reparations[{i}].paid_fen")
        for i, r in enumerate(case.reparations)
        if r.victim == victim
    ]
    return [e for e in entries if e.fen]


def keep(
    case: Case,
    victim: str,
    returns: Return | None,
    served: Served | None,
    outcome: Outcome,
    late: Late,
) -> Ledger:
    """Return the account of one victim after return, restitution and judgment.

    `late` is what orders of restitution get from what the judgments leave.
    """
    entries = stated(case, victim)
    for pot in returns.accounts if returns else ():
        if pot.to.get(victim):
            entries.append(Entry(RETURN, None, pot.to[victim], NOW, account=pot.account))
    orders = served.paid.get(victim, {}) if served else {}
    entries += [Entry(RESTITUTION, party, fen, NOW) for party, fen in orders.items()]
    rests = late.paid.get(victim, {})
    entries += [Entry(RESTITUTION, party, fen, NOW) for party, fen in rests.items()]
    loss = loss_of(case, victim).value
    open_ = less(loss, added([*(e.fen for e in entries), outcome.received_fen]))
    entries += [
        Entry(JUDGMENT, party, answer.paid_fen, NOW)
        for party, answer in outcome.parties.items()
        if high_end(answer.paid_fen)
    ]
    titles = served.titles.get(victim, {}) if served else {}
    open_orders = {p: less(fen - orders.get(p, 0), rests.get(p, 0)) for p, fen in titles.items()}
    rest = {p: fen for p, fen in open_orders.items() if high_end(fen)}
    owed = _still_owed(case, outcome, added(rests.values()))
    return Ledger(victim, loss, tuple(entries), outcome.received_fen, open_, owed, rest)


def _still_owed(case: Case, outcome: Outcome, late: FenRange) -> FenRange:
    """What the judgment still gives: no more than is unpaid of what the sued were held to.

    `late` is what came to him as restitution after the judgments were collected.
    """
    sued = [o for p, o in outcome.parties.items() if case.party(p).sued]
    unpaid = added(less(o.exposure_fen, o.paid_fen) for o in sued)
    rest = less(outcome.unrecovered_fen, late)
    return hull([min(low_end(unpaid), low_end(rest)), min(high_end(unpaid), high_end(rest))])
