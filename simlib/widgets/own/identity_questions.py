"""After an import: who is who, asked by name; then the draft, or rows for the one there is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simlib.case.checks import rows
from simlib.case.toml_guard import parse
from simlib.resources import LANGS
from simlib.statement import Key, case_draft
from simlib.statement.case import Draft
from simlib.statement.identity.pseudonyms import key_table
from simlib.statement.names_and_numbers import partly
from simlib.text import amount, topic_words, words
from simlib.widgets.own.draft import OPEN, to_draft
from simlib.widgets.own.merge_statement import MOST_ROWS, PARTS, SAME, added, also_in, too_many
from simlib.widgets.own.problem_messages import name_in
from simlib.widgets.own.statement_people import called, real_names, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simlib.case.fields import Raw
    from simlib.resources import Table
    from simlib.statement import Imported, Reading

MOST_LEFT = 300  # rows, and people, listed to be ticked


def inserted(reading: Reading, said: Mapping[str, object], named: Key, lang: str) -> Table:
    """What the draft becomes under pseudonyms, the key to them, and what nobody has said yet.

    Parameters
    ----------
    reading
        the statement
    said
        `mode` replace | add; `used` ids of the draft; `roles` pairs of a place among the holders
        and what he is, the claimant first; `unknown` whether nobody found out who committed the
        fraud; `names` to keep names; `draft` what is added to, `key` to the pseudonyms that earlier
        statements of this visit gave it; `apart` as `together` has it; `also` ids of transfers
        that would not be written in, and are; `amends` whether it was written before without them
    named
        the key that calls the file and its sheets
    lang
        of the reader
    """
    add = said.get("mode") == "add"
    given = said.get("used")
    used = {str(id) for id in given} if add and isinstance(given, list) else set()
    key = Key(used)
    key.files, key.sheets = named.files, named.sheets
    imported = together(reading, key, said.get("apart"))
    if not imported.taken:
        return {"error": words("own_lab", "statement.none_written", lang)}
    roles = _roles(imported, said.get("roles"), used)
    found = (
        added(imported, roles, said, used, lang) if add
        else _replaced(imported, roles, said, lang)
    )  # fmt: skip
    if "error" in found:
        return found
    parties = found.pop("parties")
    draft = said.get("draft") if add else None
    there = [row for _, row in rows(draft, "parties")] if isinstance(draft, dict) else []
    known = _Known(imported, reading, said.get("apart"), lang)
    if said.get("names") is True:
        known.keep_names(parties)
    found["who"] = known.who(parties)
    found["met"] = known.met(parties)
    victims = _victims(roles, there)
    found |= known.left(imported, victims, {*found.pop("left_out")}, also_in(said))
    found |= known.payers(imported, roles, victims)
    found["open"] = _open(roles, bool(said.get("unknown")), add)
    _join(imported.key, found.pop("same", {}), roles)
    keys = _together(said.get("key") if add else None, imported.key.to_json())
    headers = topic_words("own_lab", lang)["key_table"].values()
    everybody = [(id := str(row.get("id")), name_in({"parties": [row]}, id, lang))
                 for row in [*there, *parties]]  # fmt: skip
    table = key_table(keys, everybody, headers)
    found |= {"key": keys, "key_table": table, "mode": "add" if add else "replace"}
    return found | {"amends": said.get("amends") is True}


def _join(key: Key, same: Mapping[str, str], roles: Mapping[str, str]) -> None:
    """Let the key call accounts and people as the draft does."""
    for made, id in same.items():
        key.names[id] = key.names.pop(made, [])
        key.same(made, id)
    for id, part in roles.items():
        if part.startswith(SAME):  # in the case he goes by his id there
            key.same(id, part.removeprefix(SAME))


def _together(before: object, now: Table) -> Table:
    """Return one key to the pseudonyms of the case: what earlier statements gave, and this one's.

    No id is given twice, for the ids of the earlier key are among those that are used.
    """
    if not isinstance(before, dict):
        return now
    try:
        lists = {name: _once([*before[name], *now[name]])
                 for name in ("accounts", "holders", "files")}  # fmt: skip
        tables = {name: {**before[name], **now[name]} for name in ("transfers", "sheets")}
    except (KeyError, TypeError):  # it is no key of ours
        return now
    return {**now, **lists, **tables}


def _once(rows: list[Table]) -> list[Table]:
    """Return each original of an id once: as it came first, which says whose it is, and with every
    name it was given."""
    found: dict[tuple[str, str], Table] = {}
    for row in rows:
        known = found.setdefault((row["id"], row["original"]), dict(row))
        if names := row.get("names"):
            known["names"] = list(dict.fromkeys((*known["names"], *names)))
    return list(found.values())


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


def _victims(roles: Mapping[str, str], there: Iterable[Mapping[str, object]]) -> set[str]:
    """Holders who are victims, as the reader says or as parties `there` in the draft."""
    known = {f"{SAME}{row.get('id')}" for row in there if row.get("role") == "victim"}
    return {id for id, part in roles.items() if PARTS.get(part) == "victim" or part in known}


def _replaced(
    imported: Imported, roles: dict[str, str], given: Mapping[str, object], lang: str
) -> Table:
    """A draft of its own, as the command line writes it."""
    said = {tongue: topic_words("statement", tongue) for tongue in LANGS}
    specs = {id: PARTS[part] for id, part in roles.items() if part in PARTS}
    made = case_draft(
        imported, said, roles=specs, inline=True, unknown_principal=bool(given.get("unknown")),
        also=also_in(given),
    )  # fmt: skip
    if made.transfers > MOST_ROWS:
        return too_many(made.transfers, lang)
    page = to_draft(parse(made.text))
    page["title"] = {t: words("own_lab", "statement.title", t) for t in LANGS}
    page["parties"] = [_graded(party) for _, party in rows(page, "parties")]
    told = {"left_out": made.left_out, **_told(made, page, lang)}
    return {"draft": page, "parties": page["parties"], **told}


def _graded(party: Raw) -> Raw:
    """Say of a party who answers by fault that his grade is open, unless it is there."""
    if party.get("role") not in ("helper", "platform", "operator"):
        return party
    return {**party, "grade": party.get("grade", OPEN)}


def _told(made: Draft, page: Table, lang: str) -> Table:
    """What was written, what was left out, and what was only inferred."""
    counts = {"accounts": made.accounts, "transfers": made.transfers}
    said = words("own_lab", "statement.replaced", lang, **counts)
    notes = []
    if "loss_fen" in page:
        values = {"day": page["acted_on"], "loss": amount(page["loss_fen"], lang)}
        notes.append(words("own_lab", "statement.inferred", lang, **values))
    for note in made.notes:
        if note.code == "fill-returned":
            notes.append(words("own_lab", "statement.returned", lang, **note.values))
    if made.left_out:
        notes.append(words("own_lab", "statement.left_out", lang, count=len(made.left_out)))
    return {"said": said, "notes": notes}


class _Known:
    """The people of a statement as its reader knows them, beside their pseudonyms in the draft."""

    def __init__(self, imported: Imported, reading: Reading, apart: object, lang: str) -> None:
        self.reading, self.lang = reading, lang
        self.kept = together(reading, Key(), apart, keep_names=True)
        ids = (holder.id for holder in imported.holders)
        self.same = dict(zip(ids, (holder.id for holder in self.kept.holders), strict=True))
        named = real_names(self.kept, reading)
        self.names = {id: named[held] for id, held in self.same.items() if held in named}
        names = called(self.kept, reading, lang)
        self.called = {id: names[held] for id, held in self.same.items()}

    def keep_names(self, parties: list[Table]) -> None:
        """Put the names of people back; numbers of accounts never are."""
        for party in parties:
            if name := self.names.get(party["id"]):
                party["name"] = {"zh": name, "en": name}

    def who(self, parties: list[Table]) -> list[list[str]]:
        """The reader's own names of the parties, and what the case calls them."""
        here = [party for party in parties if party["id"] in self.same]
        pairs = [(self.called[p["id"]], str(p["name"][self.lang])) for p in here]
        return [[name, case] for name, case in pairs if name != case]

    def left(
        self, imported: Imported, victims: set[str], left_out: set[str], also: frozenset[str]
    ) -> Table:
        """The rows that are not written in, or only because the reader ticked them: the largest."""
        holder_of = {account.id: account.holder for account in imported.accounts}
        rows = [row for row in imported.transfers if row["id"] in left_out | also]
        most = sorted(rows, key=lambda row: (row["id"] not in also, -row["amount_fen"]))
        shown = {row["id"] for row in most[:MOST_LEFT]}
        listed = []
        for row in (row for row in rows if row["id"] in shown):
            payer, payee = (holder_of.get(row[side], row[side]) for side in ("payer", "payee"))
            said = {"payer": self.name_of(payer), "payee": self.name_of(payee)}
            said |= {"at": row["at"].isoformat(), "amount": amount(row["amount_fen"], self.lang)}
            came = payee in victims and payer not in victims
            listed.append({"id": row["id"], "in": row["id"] in also, "came": came, **said})
        return {"unwritten": listed, "unlisted": len(rows) - len(listed)}

    def payers(self, imported: Imported, roles: Mapping[str, str], victims: set[str]) -> Table:
        """Who paid into a card of this case without a part in it: the one who paid most first."""
        holder_of = {account.id: account.holder for account in imported.accounts}
        own = {account.holder for account in imported.accounts if account.own}
        into = (own | {*roles}) - victims
        paid: Counter[str] = Counter()
        count: Counter[str] = Counter()
        for row in imported.transfers:
            payer, payee = (holder_of.get(row[side], row[side]) for side in ("payer", "payee"))
            if payee in into and payer not in into and payer in self.called:
                paid[payer] += row["amount_fen"]
                count[payer] += 1
        place = {holder.id: n for n, holder in enumerate(imported.holders)}
        listed = [
            {"id": id, "n": place[id], "name": self.called[id], "rows": count[id],
             "amount": amount(fen, self.lang), "in": roles.get(id) == "covictim"}
            for id, fen in paid.most_common() if roles.get(id) in (None, "covictim")
        ]  # fmt: skip
        return {"payers": listed[:MOST_LEFT], "payers_more": max(0, len(listed) - MOST_LEFT)}

    def name_of(self, holder: str) -> str:
        """A holder as his reader knows him; whoever the statement does not name."""
        return self.called.get(holder) or words("own_lab", "statement.nobody", self.lang)

    def met(self, parties: list[Table]) -> list[list[str]]:
        """The whole names of parties of the draft, by which a later statement may name them."""
        pairs = [(self.names.get(party["id"], ""), party["id"]) for party in parties]
        return [[name, id] for name, id in pairs if name and not partly(name)]


def _open(roles: Mapping[str, str], unknown: bool, add: bool) -> list[str]:
    """Which of the three questions stay open; a draft that is added to has its own answers."""
    if add:
        return []
    parts = set(roles.values())
    asked = {"claimant": "victim", "lender": "lender", "fraudster": "principal"}
    found = [question for question, part in asked.items() if part not in parts]
    return [q for q in found if not (q == "fraudster" and unknown)]
