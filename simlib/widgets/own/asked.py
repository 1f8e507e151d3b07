"""After an import: who is who, asked by name; then the draft, or rows for the one there is."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from simlib.case.guard import parse
from simlib.statement import Key, case_draft, combine
from simlib.statement.draft import Draft
from simlib.statement.masked import partly
from simlib.text import amount, topic_words, words
from simlib.widgets.own.draft import OPEN, to_draft
from simlib.widgets.own.people import called, real_names, sums

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.statement import Imported, Reading

MOST_ROWS = 5_000  # transfers put into a draft at once
MOST_NAMED = 20  # holders who become parties of their own; the others are one
OTHERS = "others"
# What a reader can say of somebody → the role as the command line has it.
PARTS = {
    "victim": "victim", "lender": "helper:payment", "principal": "principal",
    "platform": "platform", "operator": "operator",
}  # fmt: skip
APART = datetime.timedelta(minutes=2)  # two statements' clocks for one transfer
SAME = "is:"  # before the id of a party of the draft


def inserted(reading: Reading, said: Mapping[str, Any], named: Key, lang: str) -> dict[str, Any]:
    """What the draft becomes under pseudonyms, the key to them, and what nobody has said yet.

    Parameters
    ----------
    reading
        the statement
    said
        `mode` replace | add; `used` ids of the draft; `roles` pairs of a place among the holders
        and what he is, the claimant first; `unknown` whether nobody found out who committed the
        fraud; `names` to keep names; `there` pairs of amount and instant of the draft's transfers
    named
        the key that calls the file and its sheets
    lang
        of the reader
    """
    add = said.get("mode") == "add"
    used = {str(id) for id in said.get("used", ())} if add else set()
    key = Key(used)
    key.files, key.sheets = named.files, named.sheets
    imported = combine([reading], key)
    roles = _roles(imported, said.get("roles"), used)
    make = _added if add else _replaced
    found = make(imported, roles, bool(said.get("unknown")), used, lang)
    if "error" in found:
        return found
    parties = found.pop("parties")
    known = _Known(imported, reading)
    if said.get("names") is True:
        known.keep_names(parties)
    found["who"] = known.who(parties, lang)
    found["met"] = known.met(parties)
    found["notes"] += _there_already(imported, said.get("there") if add else (), lang)
    found["open"] = _open(roles, bool(said.get("unknown")), add)
    return found | {"key": imported.key.to_json(), "mode": "add" if add else "replace"}


def _roles(imported: Imported, said: object, used: set[str]) -> dict[str, str]:
    """Holder's id → what the reader says he is."""
    given = said if isinstance(said, list) else []
    pairs = [pair for pair in given if isinstance(pair, list) and len(pair) == 2]
    return {
        imported.holders[n].id: part
        for n, part in pairs
        if n in range(len(imported.holders)) and isinstance(part, str)
        and (part in PARTS or part.removeprefix(SAME) in used)
    }  # fmt: skip


def _too_many(taken: int, lang: str) -> dict[str, Any]:
    values = {"most": MOST_ROWS, "taken": taken}
    return {"error": words("own_lab", "statement.too_many", lang, **values)}


def _replaced(
    imported: Imported, roles: dict[str, str], unknown: bool, used: set[str], lang: str
) -> dict[str, Any]:
    """A draft of its own, as the command line writes it."""
    said = {tongue: topic_words("statement", tongue) for tongue in ("zh", "en")}
    specs = {id: PARTS[part] for id, part in roles.items() if part in PARTS}
    made = case_draft(imported, said, roles=specs, inline=True, unknown_principal=unknown)
    if made.transfers > MOST_ROWS:
        return _too_many(made.transfers, lang)
    page = to_draft(parse(made.text))
    page["title"] = {t: words("own_lab", "statement.title", t) for t in ("zh", "en")}
    for party in page["parties"]:
        if party.get("role") in ("helper", "platform", "operator"):
            party.setdefault("grade", OPEN)
    return {"draft": page, "parties": page["parties"], **_told(made, page, lang)}


def _told(made: Draft, page: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """What was written, what was left out, and what was only inferred."""
    counts = {"accounts": made.accounts, "transfers": made.transfers}
    said = words("own_lab", "statement.replaced", lang, **counts)
    notes = []
    if "loss_fen" in page:
        values = {"day": page["acted_on"], "loss": amount(page["loss_fen"], lang)}
        notes.append(words("own_lab", "statement.inferred", lang, **values))
    if made.left_out:
        notes.append(words("own_lab", "statement.left_out", lang, count=len(made.left_out)))
    return {"said": said, "notes": notes}


def _added(
    imported: Imported, roles: dict[str, str], unknown: bool, used: set[str], lang: str
) -> dict[str, Any]:
    """Rows for the tables of the draft that is there."""
    if imported.taken > MOST_ROWS:
        return _too_many(imported.taken, lang)
    parties, stand_in = _parties(imported, roles, used)
    accounts = [
        {"id": a.id, "holder": stand_in.get(a.holder, a.holder)}
        | ({"opening_fen": a.opening_fen} if a.opening_fen else {})
        for a in imported.accounts
    ]
    transfers = [
        row | {"at": row["at"].isoformat()}
        | {side: stand_in.get(row[side], row[side]) for side in ("payer", "payee")}
        for row in imported.transfers
    ]  # fmt: skip
    counts = {"accounts": len(accounts), "transfers": len(transfers), "parties": len(parties)}
    rows = {"parties": parties, "accounts": accounts, "transfers": transfers}
    victims = [id for id, part in roles.items() if part == "victim"]
    said = words("own_lab", "statement.inserted", lang, **counts)
    claimant = victims[0] if victims else ""
    return {"rows": rows, "parties": parties, "claimant": claimant, "said": said, "notes": []}


def _parties(
    imported: Imported, roles: dict[str, str], used: set[str]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The holders as parties, of whom nobody claims anything unless the reader says so; who
    stands in for whom.

    Those with a part and the busiest are parties of their own.
    """
    busy = {id: count for id, (count, _, _) in sums(imported).items()}
    named = {holder.id: holder for holder in imported.holders}
    order = sorted(named, key=lambda id: (id not in roles, -busy.get(id, 0)))
    own = set(order[: max(MOST_NAMED, len(roles))])
    others = OTHERS
    while others in used:
        others += "-"
    ends = {e for row in imported.transfers for e in (row["payer"], row["payee"])}
    ends |= {account.holder for account in imported.accounts}
    ends -= {account.id for account in imported.accounts}
    stand_in = {id: others for id in ends if id not in own}
    lumped = bool(stand_in)
    same = {id: p.removeprefix(SAME) for id, p in roles.items() if p.startswith(SAME)}
    stand_in |= same
    parties = [
        _party(id, named[id].zh, named[id].en, roles.get(id))
        for id in named if id in own and id not in same
    ]  # fmt: skip
    if lumped:
        zh, en = (topic_words("statement", lang)["others"] for lang in ("zh", "en"))
        parties.append(_party(others, zh, en, None))
    return parties, stand_in


def _party(id: str, zh: str, en: str, part: str | None) -> dict[str, Any]:
    """A party; without a part nobody knows it yet: no fault, not sued, all of it assumed."""
    made: dict[str, Any] = {"id": id, "name": {"zh": zh, "en": en}}
    if part is None:
        return made | {
            "role": "helper", "act": "payment", "sued": False, "grade": "none",
            "kinds": {"act": "assumed", "sued": "assumed", "grade": "assumed"},
        }  # fmt: skip
    role, _, act = PARTS[part].partition(":")
    made |= {"role": role} | ({"act": act, "kinds": {"act": "assumed"}} if act else {})
    return made | ({"grade": OPEN} if role in ("helper", "platform", "operator") else {})


class _Known:
    """The people of a statement as its reader knows them, beside their pseudonyms in the draft."""

    def __init__(self, imported: Imported, reading: Reading) -> None:
        self.reading = reading
        self.kept = combine([reading], keep_names=True)
        ids = (holder.id for holder in imported.holders)
        self.same = dict(zip(ids, (holder.id for holder in self.kept.holders), strict=True))
        named = real_names(self.kept, reading)
        self.names = {id: named[held] for id, held in self.same.items() if held in named}

    def keep_names(self, parties: list[dict[str, Any]]) -> None:
        """Put the names of people back; numbers of accounts never are."""
        for party in parties:
            if name := self.names.get(party["id"]):
                party["name"] = {"zh": name, "en": name}

    def who(self, parties: list[dict[str, Any]], lang: str) -> list[list[str]]:
        """The reader's own names of the parties, and what the case calls them."""
        names = called(self.kept, self.reading, lang)
        here = [party for party in parties if party["id"] in self.same]
        pairs = [(names[self.same[p["id"]]], str(p["name"][lang])) for p in here]
        return [[name, case] for name, case in pairs if name != case]

    def met(self, parties: list[dict[str, Any]]) -> list[list[str]]:
        """The whole names of parties of the draft, by which a later statement may name them."""
        pairs = [(self.names.get(party["id"], ""), party["id"]) for party in parties]
        return [[name, id] for name, id in pairs if name and not partly(name)]


def _there_already(imported: Imported, there: object, lang: str) -> list[str]:
    """A warning where transfers of the draft have the amount and the time of new ones.

    `there`: pairs of an amount in fen and an instant.
    """
    pairs = [pair for pair in there if isinstance(pair, list) and len(pair) == 2] if isinstance(
        there, list) else []  # fmt: skip
    known: dict[int, list[datetime.datetime]] = {}
    for fen, text in pairs:
        if isinstance(fen, int) and (at := _instant(text)):
            known.setdefault(fen, []).append(at)
    again = sum(
        any(abs(at - row["at"]) <= APART for at in known.get(row["amount_fen"], ()))
        for row in imported.transfers
    )
    return [words("own_lab", "statement.again_there", lang, count=again)] if again else []


def _instant(text: object) -> datetime.datetime | None:
    try:
        at = datetime.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _open(roles: Mapping[str, str], unknown: bool, add: bool) -> list[str]:
    """Which of the three questions stay open; a draft that is added to has its own answers."""
    if add:
        return []
    parts = set(roles.values())
    asked = {"claimant": "victim", "lender": "lender", "fraudster": "principal"}
    found = [question for question, part in asked.items() if part not in parts]
    return [q for q in found if not (q == "fraudster" and unknown)]
