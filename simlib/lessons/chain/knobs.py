"""The knobs of lesson 06: whose money is in the cards, when it came, what was frozen, who knew."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.chain import accounts_of, trace_case
from simlib.figures.names_of_people import helpers_of, short_names
from simlib.law.regime import regime_for, rule
from simlib.lessons.chain.accounts import Names, askable, paid_by, phrase, victims_of
from simlib.lessons.chain.outcomes import CAP, GIVEN, RANK, rule_title
from simlib.lessons.knob import Knob, to_fen, to_yuan, yuan
from simlib.lessons.outcome import lacks_helper
from simlib.restitution import give_back
from simlib.restitution.frozen_money import SHARE
from simlib.restitution.orders import open_orders
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from simlib.case.model import Case
    from simlib.case.tables import Transfer

MOST_HONEST = 2
A_SECOND = datetime.timedelta(seconds=1)
MOST_CARDS = 3  # whose opening money can be turned: the first, in the order of the layers
STATED, ABSENT = "stated", "absent"


@dataclass(frozen=True, slots=True)
class Fact(Knob):
    """A fact of accounts, of transfers or of several people, who are no party's alone.

    Attributes
    ----------
    speaks_for
        the paths it writes
    source
        case → of what kind it is while nobody turned it: a key of `terms.kinds`, else whether the
        file states it
    """

    owner: str | None = None
    fields: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()
    source: Callable[[Case], str] = lambda _: STATED

    @property
    def paths(self) -> set[str]:
        """All that it writes."""
        return set(self.speaks_for)

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Yours, if turned; else of the kind the case says."""
        if changed & self.paths:
            return "assumed", words("lab", "tag.yours", lang)
        key = self.source(case)
        file, stem = ("lab", "tag") if key in (STATED, ABSENT) else ("terms", "kinds")
        return key, words(file, f"{stem}.{key}", lang)


def row(case: Case, table: str, id: str) -> Any:
    """An account or a transfer of a case."""
    return next(record for record in getattr(case, table) if record.id == id)


def lacks(case: Case) -> str:
    """Money can be followed though nobody helped."""
    return "" if case.transfers else lacks_helper(case)


def options(case: Case, lang: str) -> dict[str, dict[str, str]]:
    """The rule and the reading of 1169 where transfers are listed; whose money; whose rank.

    How judgments rank beside restitution is asked where restitution is open that was ordered for a
    victim, of this case or another.
    """
    names = short_names(case, lang)
    found = {"who": {id: names[id] for id in askable(case)}}
    if case.transfers:
        found["method"] = {way: rule_title(way, lang) for way in GIVEN}
        caps = [str(value) for value in rule(CAP).values]
        found["cap"] = {v: words("parameters", f"rules.{CAP}.values.{v}", lang) for v in caps}
    if open_orders(case, {}, outside=True).parties:
        ranks = [str(value) for value in rule(RANK).values]
        found["rank"] = {value: phrase(f"choose.ranks.{value}", lang) for value in ranks}
    return found


def knobs(case: Case, base: Callable[[], Case], party: str, lang: str) -> list[Knob]:
    """What was in the cards before, honest payments into them, what was frozen, and who knew.

    They are those of the case as its file or its position has it: they do not come and go while
    one is turned.
    """
    filed = base() if base().id == case.id else case
    if not filed.transfers:
        return []
    names, layers = Names(filed, lang), trace_case(filed, "poison").layers
    cards = [
        a for a in sorted(filed.accounts, key=lambda a: layers.get(a.id, 0))
        if layers.get(a.id) and not a.leaves and filed.party(a.holder).role != "principal"
    ]  # fmt: skip
    found = [*_share(names)]
    found += [_money("opening", a.id, "accounts", names, who=names.of(a.id))
                         for a in cards[:MOST_CARDS]]  # fmt: skip
    found += [
        _money("amount", t.id, "transfers", names, who=names.of(t.payer), payee=names.of(t.payee))
        for t in honest(filed)
    ]
    found += [_money("frozen", a.id, "accounts", names, who=names.of(a.id))
              for a in cards if a.frozen_fen is not None]  # fmt: skip
    found += [*_early(names), *_split(case, names), *_grade(names), *_means(names), *_poor(names)]
    return found


def _share(names: Names) -> list[Knob]:
    """By what art. 8(3) divides frozen money; none where every reading gives everybody the same."""
    case, lang, values = names.case, names.lang, [str(value) for value in rule(SHARE).values]
    given = [give_back(case, frozen_share=value).returned for value in values]
    if all(each == given[0] for each in given):
        return []
    listed = [
        {"value": v, "label": words("parameters", f"rules.{SHARE}.values.{v}", lang)}
        for v in values
    ]
    path = f"rules.{SHARE}"
    return [
        Fact("share", "choice", words("parameters", f"{path}.name", lang), "rules",
             lambda now: regime_for(now).rules[SHARE], lambda value, _: {path: value},
             extra={"options": listed, "tagged": False}, speaks_for=(path,))
    ]  # fmt: skip


def honest(case: Case) -> list[Transfer]:
    """Payments into cards that carry nobody's lost money, whatever the rule; two at most."""
    reach = trace_case(case, "poison")
    paid = [t for t in case.transfers if set(reach.of(t.id)) == {None}]
    return [t for t in paid if reach.layers.get(t.payee)][:MOST_HONEST]


def _kind(table: str, id: str, field: str) -> Callable[[Case], str]:
    """Of what kind a field of an account or a transfer is, while nobody turned it."""

    def source(case: Case) -> str:
        held = row(case, table, id)
        return held.kinds.get(field) or (STATED if getattr(held, field) else ABSENT)

    return source


def _money(key: str, id: str, table: str, names: Names, **said: str) -> Fact:
    """An amount of an account or a transfer."""
    field, label = f"{key}_fen", phrase(f"knob.{key}", names.lang, **said)
    return Fact(
        f"{key}:{id}", "range", label, "cards",
        lambda now: to_yuan(getattr(row(now, table, id), field) or 0),
        lambda value, _: {f"{id}.{field}": to_fen(value or 0)},
        extra=yuan(names.case, names.lang),
        speaks_for=(f"{id}.{field}",), source=_kind(table, id, field),
    )  # fmt: skip


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


def _early(names: Names) -> list[Knob]:
    """Whether the later listed of two payments of one second came a second earlier."""
    found = tied(names.case)
    if found is None or found[0].at is None:
        return []
    first, then = found
    at: datetime.datetime = found[0].at

    def read(now: Case) -> bool:
        return bool(row(now, "transfers", then.id).at < row(now, "transfers", first.id).at)

    def write(value: object, _: Case) -> dict[str, Any]:
        return {f"{then.id}.at": (at - A_SECOND if value else at).isoformat()}

    label = phrase("knob.early", names.lang, who=names.of(then.payer),
                   amount=amount(then.amount_fen, names.lang))  # fmt: skip
    return [Fact("early", "check", label, "cards", read, write, speaks_for=(f"{then.id}.at",),
                 source=_kind("transfers", then.id, "at"))]  # fmt: skip


def _split(case: Case, names: Names) -> list[Knob]:
    """How much of the claimant's loss came into one card: what is left came into another.

    Only where the claimant made two payments, into two cards, and lost nothing else.
    """
    paid, lang = paid_by(names.case, names.case.claimant), names.lang
    whole = sum(t.amount_fen for t in paid) == names.case.loss_fen
    if len(paid) != 2 or paid[0].payee == paid[1].payee or not whole:
        return []
    paths = tuple(f"{t.id}.amount_fen" for t in paid)

    def write(value: object, now: Case) -> dict[str, Any]:
        fen = to_fen(value or 0) or 0
        return dict(zip(paths, (fen, now.loss_fen - fen), strict=True))

    label = phrase("knob.split", lang, who=names.of(paid[0].payee),
                   loss=amount(case.loss_fen, lang))  # fmt: skip
    bounds = yuan(names.case, lang) | {"max": case.loss_fen / 100}
    return [
        Fact("split", "range", label, "cards",
             lambda now: to_yuan(row(now, "transfers", paid[0].id).amount_fen), write,
             extra=bounds, speaks_for=paths)
    ]  # fmt: skip


# ---------------------------------------------------------------- who knew, who has means


def _grade(names: Names) -> list[Knob]:
    """How much whoever lent the card that the claimant paid first knew."""
    case, lang = names.case, names.lang
    paid = (names.holders.get(t.payee, "") for t in paid_by(case, case.claimant))
    lent = (p for p in paid if p and case.party(p).role not in ("victim", "principal"))
    party = next(lent, "")
    if not party:
        return []
    grades = [{"value": g, "label": words("terms", f"grades.{g}", lang)} for g in fault.GRADES]
    return [
        Knob("grade", "choice", phrase("knob.grade", lang, who=names.people[party]), "people",
             lambda now: fault.grade(now.party(party), regime_for(now)).value,
             lambda value, _: {f"{party}.grade": value, f"{party}.fault": None},
             party, ("grade", "fault"), extra={"options": grades})
    ]  # fmt: skip


def _means(names: Names) -> list[Knob]:
    """The means of who is to make restitution: what orders and judgments share."""
    case = names.case
    owing = dict.fromkeys(r.party for r in case.reparations if r.ordered_fen > r.paid_fen)
    return [_assets(id, names) for id in owing if case.party(id).assets_fen is not None]


def _assets(id: str, names: Names) -> Knob:
    label = phrase("knob.assets", names.lang, who=names.people[id])
    return Knob(
        f"assets:{id}", "range", label, "means",
        lambda now: to_yuan(now.party(id).assets_fen),
        lambda value, _: {f"{id}.assets_fen": to_fen(value or 0)},
        id, ("assets_fen",), extra=yuan(names.case, names.lang),
    )  # fmt: skip


def _poor(names: Names) -> list[Knob]:
    """Whether all of whose means the file says nothing have none; none where all are known."""
    people = [p for p in helpers_of(names.case) if names.case.party(p).assets_fen is None]
    paths = tuple(f"{id}.assets_fen" for id in people)
    if not people:
        return []
    return [
        Fact("poor", "check", phrase("knob.poor", names.lang), "means",
             lambda now: all(now.party(id).assets_fen == 0 for id in people),
             lambda value, _: dict.fromkeys(paths, 0 if value else None),
             speaks_for=paths, source=lambda _: ABSENT)
    ]  # fmt: skip
