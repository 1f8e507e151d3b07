"""A generated chain as a case: who is in it, what each did, and the two files it is written to.

A case holds 64 people. The first of each kind stand alone; the others of a kind are put together
as one party, which holds all their accounts. Every account stays what it is. Without acts a later
card would count as help with the fraud, which a card that only passes on money already lost is not.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from simlib.case import load_case
from simlib.case.columns import UNDATED, dated
from simlib.case.load import FILE
from simlib.case.model import MOST_TRANSFERS
from simlib.case.write import write as write_toml
from simlib.errors import SyntheticError
from simlib.money import Fen
from simlib.resources import LANGS, table
from simlib.synthetic.generate import CHINA, sums
from simlib.synthetic.model import CARD, CASH, PROMOTION, SHOP, TECH, VICTIM, WALLET, Chain
from simlib.synthetic.settings import settings

if TYPE_CHECKING:
    from simlib.case.model import Case

LAYER = re.compile(r"k(\d)-")
BEFORE = {"tech": "tool", "promotion": "promotion"}  # the stage of services to the fraud


def acts(
    parties: Sequence[Mapping[str, object]], titles: Mapping[str, object]
) -> tuple[list[dict[str, object]], list[list[str]]]:
    """Return the acts of a chain's people, and the groups of acts that its loss needs.

    The fraud needs one technical service and one promotion, if there are any; the loss needs the
    fraud and a card of the first layer. A later card serves after the loss, once one of the layer
    before has received money.

    Parameters
    ----------
    parties
        the parties of the case; the cards' holders are called `k<layer>-…`
    titles
        stage → what readers call an act of it; `fraud` for the fraud
    """
    layers: dict[int, list[str]] = {}
    services: dict[str, list[str]] = {}
    for party in parties:
        id, act = str(party["id"]), str(party.get("act"))
        if layer := LAYER.match(id):
            layers.setdefault(int(layer[1]), []).append(id)
        elif act in BEFORE:
            services.setdefault(act, []).append(id)
    rows = [_row(id, BEFORE[act], titles, [], False) for act, ids in services.items() for id in ids]
    fraud = _row("principal", "contact", titles, [_ids(ids) for ids in services.values()], False)
    rows.append(fraud)
    last = max(layers)
    for depth, ids in layers.items():
        stage = "payment" if depth == 1 else "cash_out" if depth == last else "after"
        needs = [] if depth == 1 else [_ids(layers[depth - 1])]
        rows += [_row(id, stage, titles, needs, depth > 1) for id in ids]
    return rows, [[_act("principal")], _ids(layers[1])]


def _row(
    party: str, stage: str, titles: Mapping[str, object], needs: list[list[str]], late: bool
) -> dict[str, object]:
    row: dict[str, object] = {"id": _act(party), "party": party, "stage": stage}
    row["title"] = titles[stage]
    row |= {"needs": needs} if needs else {}
    return row | ({"after_loss": True} if late else {})


def _ids(parties: list[str]) -> list[str]:
    return [_act(party) for party in parties]


def _act(party: str) -> str:
    return f"act-{party}"


ZONE = CHINA
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


FLOWS, HEADER = "flows.csv", "id,payer,payee,amount_fen,fee_fen,at\n"
AT_ONCE = 100_000  # rows written together
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
TABLES = ("parties", "accounts", "acts")


def to_case(chain: Chain, id: str) -> Case:
    """Return the case that `write` writes, by way of a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as place:
        return load_case(write(chain, Path(place) / id, ""))


def write(chain: Chain, folder: Path, made_by: str) -> Path:
    """Write the two files into an empty or new folder."""
    check_length(len(chain), folder)
    id = folder.name if ID.fullmatch(folder.name) else "hypo-generated"
    text = _text(chain, id, made_by)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FLOWS).open("w", encoding="utf-8", newline="\n") as file:
            file.write(HEADER)
            file.writelines(rows(chain))
        (folder / FILE).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise SyntheticError("cannot-write", folder=str(folder), detail=error.strerror) from error
    return folder


def check_length(size: int, folder: Path) -> None:
    """Refuse more transfers than a case holds, and a folder that holds anything or is a file."""
    if size > MOST_TRANSFERS:
        raise SyntheticError("chain-too-long", size=size, most=MOST_TRANSFERS)
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise SyntheticError("cannot-write", folder=str(folder), detail=error.strerror) from error
    if taken:
        raise SyntheticError("folder-not-empty", folder=str(folder))


def rows(chain: Chain) -> Iterator[str]:
    """Yield the lines of the CSV file, many at once."""
    import numpy as np

    columns, names = chain.columns, chain.columns.names
    shift = int(ZONE.utcoffset(None).total_seconds())
    offset = f"{shift // 3600:+03d}:{shift % 3600 // 60:02d}"
    for start in range(0, len(chain), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        local = columns.at_us[part] // 1_000_000 + shift
        stamps = np.datetime_as_string(local.astype("datetime64[s]")).tolist()
        cells = zip(
            columns.ids[part], columns.payer[part].tolist(), columns.payee[part].tolist(),
            columns.amount_fen[part].tolist(), columns.fee_fen[part].tolist(), stamps,
            strict=True,
        )  # fmt: skip
        yield "".join(
            f"{id},{names[payer]},{names[payee]},{amount},{fee or ''},{stamp}{offset}\n"
            for id, payer, payee, amount, fee, stamp in cells
        )


def _text(chain: Chain, id: str, made_by: str) -> str:
    """Return the TOML file, its comments first."""
    who = cast(chain)
    label = [who.label[lang] for lang in LANGS]
    comments = [*label, *([made_by] if made_by else []), *_changed(chain)]
    tables = {table: getattr(who, table) for table in TABLES}
    head = {"id": id, **who.head, "transfers_file": FLOWS, "summary": who.summary}
    return "".join(f"# {line}\n" for line in comments) + write_toml(head | tables)


def _changed(chain: Chain) -> list[str]:
    """Return the settings that are not the usual ones, as comments."""
    usual = settings().items()
    return [f"{k} = {chain.settings[k]}" for k, own in usual if chain.settings[k] != own.value]
