"""Who a generated chain becomes as a case: parties with names, accounts with holders.

A case holds 64 people. The first of each kind stand alone; the others of a kind are put together
as one party, which holds all their accounts. Every account stays what it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from simlib.case.columns import UNDATED, dated
from simlib.money import Fen
from simlib.resources import table
from simlib.synthetic.acts import acts
from simlib.synthetic.generate import CHINA
from simlib.synthetic.model import CARD, CASH, PROMOTION, SHOP, TECH, VICTIM, WALLET, Chain

LANGS, ZONE = ("zh", "en"), CHINA
ALONE = {VICTIM: 12, CARD: 8, SHOP: 3}  # with four layers 62 parties at the most
GRADES = {1: "knowing", 2: "gross", 3: "knowing", 4: "knowing"}  # of a layer's holders: assumed
STAGES = ("promotion", "tool", "contact", "payment", "after", "cash_out")
FEN = 100  # in a yuan
Phrase: TypeAlias = dict[str, str]  # language → words
Row: TypeAlias = dict[str, object]  # a table of the case file


@dataclass(slots=True)
class Cast:
    """The tables of the case file, as plain data in the order of its keys."""

    label: Phrase
    head: Row
    summary: Phrase
    parties: list[Row] = field(default_factory=list)
    accounts: list[Row] = field(default_factory=list)
    acts: list[Row] = field(default_factory=list)


def cast(chain: Chain) -> Cast:
    """Return the people and accounts of a chain, as a case has them."""
    lost = _lost(chain)
    who = _head(chain, lost)
    _add_victims(who, chain.victims, lost)
    principal: Row = {"id": "principal", "role": "principal", "name": _say("case.principal")}
    who.parties.append({**principal, "sued": False})
    for layer in range(1, chain.layers + 1):
        _add_holders(who, chain, layer)
    _add_services(who, chain)
    _add_shops(who, chain)
    if any(str(party["id"]).endswith("-rest") for party in who.parties):
        together = _say("case.together")
        who.summary = {lang: text + together[lang] for lang, text in who.summary.items()}
    for role, leaves in ((CASH, "cash"), (WALLET, "wallet")):
        left = {"holder": "principal", "leaves": leaves}
        who.accounts += [{"id": n, **left} for n in chain.named(role)]
    titles = {stage: _say(f"case.acts.{stage}") for stage in STAGES}
    who.acts, who.head["loss_needs"] = acts(who.parties, titles)
    return who


def _head(chain: Chain, lost: dict[str, Fen]) -> Cast:
    """Return what the case says of itself as a whole; nobody is in it yet."""
    claimant = chain.victims[0]
    facts: Row = {"victims": len(lost), "layers": chain.layers, "transfers": len(chain)}
    facts["loss"] = sum(lost.values()) // FEN
    head: Row = {
        "basis": "hypothetical",
        "title": _say("case.title", **facts),
        "acted_on": dated(int(chain.columns.at_us[0]), ZONE).date(),
        "claimant": claimant,
        "loss_fen": lost[claimant],
        "kinds": _assumed("acted_on", "loss_fen"),
    }
    return Cast(_say("label.long"), head, _say("case.summary", **facts))


def _add_victims(who: Cast, victims: tuple[str, ...], lost: dict[str, Fen]) -> None:
    """Add the victims, the claimant first; those put together pay from one party's accounts."""
    for n, name in enumerate(victims[: ALONE[VICTIM]], start=1):
        party: Row = {"id": name, "role": "victim", "name": _say("case.victim", n=n)}
        if n > 1:
            party |= {"loss_fen": lost[name], "kinds": _assumed("loss_fen")}
        who.parties.append(party)
    rest = victims[ALONE[VICTIM] :]
    if rest:
        loss, together = sum(lost[v] for v in rest), _say("case.victims", count=len(rest))
        party = {"id": "v-rest", "role": "victim", "name": together, "loss_fen": loss}
        who.parties.append({**party, "kinds": _assumed("loss_fen")})
        who.accounts += [{"id": v, "holder": "v-rest"} for v in rest]


def _add_holders(who: Cast, chain: Chain, layer: int) -> None:
    """Add the holders of a layer's cards; each of the first holds one."""
    cards = ((chain.role == CARD) & (chain.layer == layer)).nonzero()[0]
    alone, rest = cards[: ALONE[CARD]], cards[ALONE[CARD] :]
    for n, card in enumerate(alone, start=1):
        gain, name = int(chain.gain_fen[card]), _say("case.holder", layer=layer, n=n)
        _add_helper(who, f"k{layer}-{n}", "payment", name, GRADES[layer], gain)
        who.accounts.append(_account(chain, card, f"k{layer}-{n}"))
    if len(rest):
        name = _say("case.holders", layer=layer, count=len(rest))
        gain = int(chain.gain_fen[rest].sum())
        _add_helper(who, f"k{layer}-rest", "payment", name, GRADES[layer], gain)
        who.accounts += [_account(chain, card, f"k{layer}-rest") for card in rest]


def _add_services(who: Cast, chain: Chain) -> None:
    for role, act, grade in ((TECH, "tech", "gross"), (PROMOTION, "promotion", "knowing")):
        for n, place in enumerate((chain.role == role).nonzero()[0], start=1):
            gain, id = int(chain.gain_fen[place]), chain.columns.names[place]
            _add_helper(who, id, act, _say(f"case.{act}", n=n), grade, gain)


def _add_shops(who: Cast, chain: Chain) -> None:
    """Add honest people, without fault: their money mixed with the rest."""
    shops = (chain.role == SHOP).nonzero()[0]
    alone, rest = shops[: ALONE[SHOP]], shops[ALONE[SHOP] :]
    for n, shop in enumerate(alone, start=1):
        _add_helper(who, f"shop-{n}", "payment", _say("case.shop", n=n), "none", 0)
        who.accounts.append(_account(chain, shop, f"shop-{n}"))
    if len(rest):
        name = _say("case.shops", count=len(rest))
        _add_helper(who, "shop-rest", "payment", name, "none", 0)
        who.accounts += [_account(chain, shop, "shop-rest") for shop in rest]


def _add_helper(who: Cast, id: str, act: str, name: Phrase, grade: str, gain: Fen) -> None:
    helper: Row = {"id": id, "role": "helper", "act": act, "name": name, "grade": grade}
    helper |= {"gain_direct_fen": gain, "kinds": _assumed("act", "grade", "gain_direct_fen")}
    who.parties.append(helper)


def _account(chain: Chain, place: int, holder: str) -> Row:
    account: Row = {"id": chain.columns.names[place], "holder": holder}
    if chain.opening_fen[place]:
        account["opening_fen"] = int(chain.opening_fen[place])
    if chain.frozen_at_us[place] != UNDATED:
        account["frozen_fen"] = int(chain.frozen_fen[place])
        account["frozen_at"] = dated(int(chain.frozen_at_us[place]), ZONE)
    return account


def _lost(chain: Chain) -> dict[str, Fen]:
    """Return what each victim paid [fen]."""
    from simlib.synthetic.generate import sums

    columns = chain.columns
    paid = sums(columns.payer, columns.amount_fen, len(columns.names))
    victims = (chain.role == VICTIM).nonzero()[0]
    return {columns.names[v]: int(paid[v]) for v in victims}


def _assumed(*keys: str) -> dict[str, str]:
    return dict.fromkeys(keys, "assumed")


def _say(key: str, **values: object) -> Phrase:
    """Return a phrase in both languages, as a case file holds it."""
    return {lang: _phrase(lang, key).format(**values) for lang in LANGS}


def _phrase(lang: str, key: str) -> str:
    *parts, last = key.split(".")
    words = table("texts", lang, "synthetic.toml")
    for part in parts:
        words = words[part]
    phrase: str = words[last]
    return phrase
