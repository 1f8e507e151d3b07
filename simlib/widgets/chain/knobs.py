"""The knobs of lesson 06: whose money is in the cards, when it came, what was frozen, who knew."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.chain import accounts_of, trace_case
from simlib.figures.chain.names import Names, phrase, victims_of
from simlib.figures.people import helpers_of
from simlib.law.regime import regime_for
from simlib.lessons.knob import Knob, to_fen, to_yuan, yuan
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.case.tables import Transfer
    from simlib.money import Fen

MOST_HONEST = 2
A_SECOND = datetime.timedelta(seconds=1)
MOST_CARDS = 3  # whose opening money can be turned: the first, in the order of the layers


@dataclass(frozen=True, slots=True)
class Stated(Knob):
    """A fact of an account or a transfer; `owner` is its id, `table` where it stands."""

    table: str = "accounts"

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Yours, if turned; else of the kind the case says."""
        if changed & self.paths:
            return "assumed", words("lab", "tag.yours", lang)
        record, name = row(case, self.table, self.owner or ""), self.fields[0]
        kind = record.kinds.get(name)
        if kind:
            return kind, words("terms", f"kinds.{kind}", lang)
        key = "stated" if getattr(record, name) else "absent"
        return key, words("lab", f"tag.{key}", lang)


@dataclass(frozen=True, slots=True)
class Purses(Knob):
    """Whether those of whose means the file says nothing have none; it speaks for all of them."""

    people: tuple[str, ...] = ()

    @property
    def paths(self) -> set[str]:
        """The means of all of them."""
        return {f"{id}.assets_fen" for id in self.people}

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Yours, if turned; else the file does not say."""
        if changed & self.paths:
            return "assumed", words("lab", "tag.yours", lang)
        return "absent", words("lab", "tag.absent", lang)


def row(case: Case, table: str, id: str) -> Any:
    """An account or a transfer of a case."""
    return next(record for record in getattr(case, table) if record.id == id)


def knobs(case: Case, loss_fen: Fen, lang: str) -> list[Knob]:
    """What was in the cards before, honest payments into them, what was frozen, and who knew.

    Parameters
    ----------
    case
        as its file or its position has it: the knobs do not come and go while one is turned
    loss_fen
        the claimant's loss as it is now [fen]
    """
    if not case.transfers:
        return []
    names, layers = Names(case, lang), trace_case(case, "poison").layers
    cards = [
        a for a in sorted(case.accounts, key=lambda a: layers.get(a.id, 0))
        if layers.get(a.id) and not a.leaves and case.party(a.holder).role != "principal"
    ]  # fmt: skip
    found: list[Knob] = [_knob(case, "opening", a.id, "accounts", names.of(a.id), lang)
                         for a in cards[:MOST_CARDS]]  # fmt: skip
    found += [
        _knob(case, "amount", t.id, "transfers", names.of(t.payer), lang, names.of(t.payee))
        for t in honest(case)
    ]
    found += [_knob(case, "frozen", a.id, "accounts", names.of(a.id), lang)
              for a in cards if a.frozen_fen is not None]  # fmt: skip
    found += [
        *_early(case, names, lang),
        *_split(case, loss_fen, names, lang),
        *_grade(case, names, lang),
    ]
    return [*found, *_means(case, names, lang), *_purses(case, lang)]


# ---------------------------------------------------------------- when, and into which card


def tied(case: Case) -> tuple[Transfer, Transfer] | None:
    """Two victims' payments into one card in the same second, as the file lists them."""
    hers = {id: v for v in victims_of(case) for id in accounts_of(case, v)}
    paid = [(t, t.at) for t in case.transfers or () if t.payer in hers and t.at]
    for n, (first, at) in enumerate(paid):
        for then, later in paid[n + 1 :]:
            together = abs(later - at) <= A_SECOND and then.payee == first.payee
            if together and hers[then.payer] != hers[first.payer]:
                return first, then
    return None


def _early(case: Case, names: Names, lang: str) -> list[Knob]:
    """Whether the later listed of two payments of one second came a second earlier."""
    found = tied(case)
    if found is None:
        return []
    first, then = found
    assert first.at is not None  # what is tied has a time
    sooner, same = first.at - A_SECOND, first.at

    def write(value: object, _: Case) -> dict[str, Any]:
        return {f"{then.id}.at": (sooner if value else same).isoformat()}

    label = phrase("knob.early", lang, who=names.of(then.payer),
                   amount=amount(then.amount_fen, lang))  # fmt: skip
    return [
        Stated(
            "early", "check", label, "early",
            lambda now: row(now, "transfers", then.id).at < row(now, "transfers", first.id).at,
            write, then.id, ("at",), table="transfers",
        )
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Split(Knob):
    """How much of the claimant's loss came into one card: what is left of it came into another."""

    pair: tuple[str, str] = ("", "")

    @property
    def paths(self) -> set[str]:
        """Both payments."""
        return {f"{id}.amount_fen" for id in self.pair}

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Yours, if turned; else as the case says."""
        if changed & self.paths:
            return "assumed", words("lab", "tag.yours", lang)
        return "stated", words("lab", "tag.stated", lang)


def _split(case: Case, loss_fen: Fen, names: Names, lang: str) -> list[Knob]:
    """Only where the claimant made two payments, into two cards, and lost nothing else."""
    hers = accounts_of(case, case.claimant)
    paid = [t for t in case.transfers or () if t.payer in hers]
    whole = sum(t.amount_fen for t in paid) == case.loss_fen
    if len(paid) != 2 or paid[0].payee == paid[1].payee or not whole:
        return []
    one, other = paid

    def write(value: object, now: Case) -> dict[str, Any]:
        fen = to_fen(value or 0) or 0
        return {f"{one.id}.amount_fen": fen, f"{other.id}.amount_fen": now.loss_fen - fen}

    label = phrase("knob.split", lang, who=names.of(one.payee),
                   loss=amount(loss_fen, lang))  # fmt: skip
    bounds = yuan(case, lang) | {"max": loss_fen / 100}
    return [
        Split("split", "range", label, "split",
              lambda now: to_yuan(row(now, "transfers", one.id).amount_fen), write, one.id,
              ("amount_fen",), extra=bounds, pair=(one.id, other.id))
    ]  # fmt: skip


# ---------------------------------------------------------------- who knew


def first_layer(case: Case) -> str:
    """Whose card the claimant paid first; empty if none."""
    hers = accounts_of(case, case.claimant)
    holders = {a.id: a.holder for a in case.accounts}
    paid = (holders.get(t.payee, "") for t in case.transfers or () if t.payer in hers)
    return next((p for p in paid if p and case.party(p).role not in ("victim", "principal")), "")


def _grade(case: Case, names: Names, lang: str) -> list[Knob]:
    """How much whoever lent the first card knew."""
    party = first_layer(case)
    if not party:
        return []
    options = [{"value": g, "label": words("terms", f"grades.{g}", lang)} for g in fault.GRADES]
    return [
        Knob(
            "grade",
            "choice",
            phrase("knob.grade", lang, who=names.people[party]),
            "grade",
            lambda now: fault.grade(now.party(party), regime_for(now)).value,
            lambda value, _: {f"{party}.grade": value, f"{party}.fault": None},
            party,
            ("grade", "fault"),
            extra={"options": options},
        )
    ]


# ---------------------------------------------------------------- means, for the ledgers


def _means(case: Case, names: Names, lang: str) -> list[Knob]:
    """The means of who is to make restitution: what orders and judgments share."""
    owing = dict.fromkeys(r.party for r in case.reparations if r.ordered_fen > r.paid_fen)
    known = [id for id in owing if case.party(id).assets_fen is not None]
    return [_assets(case, id, names.people[id], lang) for id in known]


def _assets(case: Case, id: str, who: str, lang: str) -> Knob:
    return Knob(
        f"assets:{id}",
        "range",
        phrase("knob.assets", lang, who=who),
        "assets",
        lambda now: to_yuan(now.party(id).assets_fen),
        lambda value, _: {f"{id}.assets_fen": to_fen(value or 0)},
        id,
        ("assets_fen",),
        extra=yuan(case, lang),
    )


def _purses(case: Case, lang: str) -> list[Knob]:
    """One switch for everybody of whose means nothing is known; none where all are known."""
    people = tuple(p for p in helpers_of(case) if case.party(p).assets_fen is None)
    if not people:
        return []
    return [
        Purses(
            "poor",
            "check",
            phrase("knob.poor", lang),
            "poor",
            lambda now: all(now.party(id).assets_fen == 0 for id in people),
            lambda value, _: {f"{id}.assets_fen": 0 if value else None for id in people},
            people[0],
            ("assets_fen",),
            people=people,
        )
    ]


def honest(case: Case) -> list[Transfer]:
    """Payments into cards that carry nobody's lost money, whatever the rule; two at most."""
    reach = trace_case(case, "poison")
    paid = [t for t in case.transfers if set(reach.of(t.id)) == {None}]
    return [t for t in paid if reach.layers.get(t.payee)][:MOST_HONEST]


def _knob(
    case: Case, key: str, id: str, table: str, who: str, lang: str, payee: str = ""
) -> Stated:
    field = f"{key}_fen"
    return Stated(
        f"{key}:{id}",
        "range",
        phrase(f"knob.{key}", lang, who=who, payee=payee),
        key,
        lambda now: to_yuan(getattr(row(now, table, id), field) or 0),
        lambda value, _: {f"{id}.{field}": to_fen(value or 0)},
        id,
        (field,),
        extra=yuan(case, lang),
        table=table,
    )
