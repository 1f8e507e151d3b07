"""The knobs of lesson 06: honest money that mixes in, and what was frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.chain import trace_case
from simlib.figures.chain.names import Names, phrase
from simlib.text import words
from simlib.widgets.knob import Knob, to_fen, to_yuan, yuan

if TYPE_CHECKING:
    from simlib.case.model import Case

MOST_HONEST = 2
MOST_CARDS = 3  # whose opening money can be turned: the first, in the order of the layers


@dataclass(frozen=True, slots=True)
class Stated(Knob):
    """A fact of an account or a transfer; `owner` is its id, `table` where it stands."""

    table: str = "accounts"

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Yours, if turned; else of the kind the case says."""
        if changed & self.paths:
            return "assumed", words("lab", "tag.yours", lang)
        record, name = row(case, self.table, self.owner), self.fields[0]
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


def row(case: Case, table: str, id: str) -> object:
    """An account or a transfer of a case."""
    return next(record for record in getattr(case, table) if record.id == id)


def knobs(case: Case, lang: str) -> list[Knob]:
    """What was in the cards before, honest payments into them, and what was frozen."""
    if not case.transfers:
        return []
    names, layers = Names(case, lang), trace_case(case, "poison").layers
    cards = [
        a for a in sorted(case.accounts, key=lambda a: layers.get(a.id, 0))
        if layers.get(a.id) and not a.leaves and case.party(a.holder).role != "principal"
    ]  # fmt: skip
    found = [_knob(case, "opening", a.id, "accounts", names.of(a.id), lang)
             for a in cards[:MOST_CARDS]]  # fmt: skip
    found += [
        _knob(case, "amount", t.id, "transfers", names.of(t.payer), lang, names.of(t.payee))
        for t in honest(case)
    ]
    found += [_knob(case, "frozen", a.id, "accounts", names.of(a.id), lang)
              for a in cards if a.frozen_fen is not None]  # fmt: skip
    return [*found, *_means(case, names, lang), *_purses(case, lang)]


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
    people = tuple(
        p.id for p in case.parties if p.role not in ("victim", "principal") and p.assets_fen is None
    )
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


def honest(case: Case) -> list:
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
