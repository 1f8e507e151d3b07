"""Who stands in the picture of a case, and what is said of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.figures.names_of_people import helpers_of, short_names
from simlib.figures.style import ROLES
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.money import Fen

TOPIC = "opening"
MOST = 3  # helpers with a card, and as many without, that the picture has room for
KNOWN_CRIME = "effective"
LENT = "payment"  # an act that the picture shows: money came to his card


@dataclass(frozen=True, slots=True)
class Helper:
    """One who helped.

    Attributes
    ----------
    received_fen, passed_fen
        the claimant's money that came into his accounts, and what went on to the fraudster; None
        if the file has none [fen]
    said
        what is written below him: his conviction, or his part
    """

    name: str
    color: str
    received_fen: Fen | None
    passed_fen: Fen | None
    said: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in the picture.

    Attributes
    ----------
    loss_fen
        what she lost: the full width of a band [fen]
    helpers, more
        those drawn, with a card first; how many are left out
    sued
        whether the fraudster is sued
    title
        what the picture shows, in a sentence
    """

    victim: str
    principal: str
    sued: bool
    loss_fen: Fen
    helpers: tuple[Helper, ...]
    more: int
    title: str

    @property
    def cards(self) -> list[Helper]:
        """Those onto whose cards her money came."""
        return [h for h in self.helpers if h.received_fen is not None]

    @property
    def others(self) -> list[Helper]:
        """Those whose help carried none of it."""
        return [h for h in self.helpers if h.received_fen is None]


def cast(case: Case, lang: str) -> Cast:
    """Read the picture's people off a case."""
    names = short_names(case, lang)
    principal = next(p for p in case.parties if p.role == "principal")
    found = [_helper(case, id, names, lang) for id in helpers_of(case)]
    cards = [h for h in found if h.received_fen is not None]
    others = [h for h in found if h.received_fen is None]
    shown = (*cards[:MOST], *others[:MOST])
    victim, culprit = names[case.claimant], names[principal.id]
    more = len(found) - len(shown)
    return titled(Cast(victim, culprit, principal.sued, case.loss_fen, shown, more, ""), lang)


def titled(found: Cast, lang: str) -> Cast:
    """Say in the title what is drawn."""
    return replace(found, title=_title(found, lang))


def _helper(case: Case, id: str, names: dict[str, str], lang: str) -> Helper:
    mine = {account.id for account in case.accounts if account.holder == id} | {id}
    heads = {p.id for p in case.parties if p.role == "principal"}
    moved = case.transfers or ()
    came = [t.amount_fen for t in moved if t.payer == case.claimant and t.payee in mine]
    went = [t.amount_fen for t in moved if t.payer in mine and t.payee in heads]
    return Helper(
        names[id],
        ROLES[case.party(id).role],
        sum(came) if came else None,
        sum(went) if went else None,
        _said(case, id, lang),
    )


def _said(case: Case, id: str, lang: str) -> str:
    """Say what he was convicted of, else how he helped; and that he is not sued."""
    party = case.party(id)
    crime = next((c for c in case.criminal if c.party == id and c.status == KNOWN_CRIME), None)
    if crime is not None:
        fine = crime.fine_fen
        parts = [
            words(TOPIC, f"charge.{crime.charge}", lang) if crime.charge else "",
            getattr(crime.sentence, lang) if crime.sentence else "",
            words(TOPIC, "fine", lang, amount=amount(fine, lang)) if fine else "",
        ]
    else:
        key, name = ("acts", party.act) if party.act else ("roles", party.role)
        said = words("terms", f"{key}.{name}", lang)
        drawn = name == LENT and any(
            t.payee in {a.id for a in case.accounts if a.holder == id} | {id}
            for t in case.transfers or ()
        )
        parts = ["" if drawn or said == getattr(party.name, lang) else said]
    if not party.sued:
        parts.append(words(TOPIC, "not_sued", lang))
    return words(TOPIC, "between", lang).join(part for part in parts if part)


def _title(found: Cast, lang: str) -> str:
    named = {"victim": found.victim, "principal": found.principal}
    parts = [
        words(TOPIC, "title.card", lang, who=h.name, amount=amount(h.received_fen, lang), **named)
        for h in found.helpers
        if h.received_fen is not None
    ]
    lost = amount(found.loss_fen, lang)
    parts = parts or [words(TOPIC, "title.direct", lang, amount=lost, **named)]
    parts += [
        words(TOPIC, "title.helper", lang, who=h.name, said=h.said) for h in found.helpers if h.said
    ]
    parts.append(words(TOPIC, f"title.{'sued' if found.sued else 'not_sued'}", lang, **named))
    return words(TOPIC, "title.between", lang).join(parts) + words(TOPIC, "title.end", lang)
