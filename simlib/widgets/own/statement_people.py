"""Whom a statement names, as its reader knows them: for the questions about them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.statement import Key, Note, combine
from simlib.statement.deduplicate import combine_same
from simlib.statement.identity.pseudonyms import parts
from simlib.statement.names_and_numbers import hidden
from simlib.text import amount, topic_words, words
from simlib.widgets.own.earlier_statements import accounts_there

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.statement import Imported, Reading

MOST_ASKED = 300  # people listed in the questions
MOST_TOGETHER = 5_000  # rows among which people are compared while columns are chosen
ENDING = 4  # digits by which a reader knows a number
QUIET = ("names-kept", "by-name")  # said by the questions themselves
_ID = re.compile(r"\b[cp][0-9]+\b")
_NUMBER = re.compile(r"[0-9*×Xx….\s-]{4,}")


def together(
    reading: Reading, key: Key, apart: object = None, *, keep_names: bool = False
) -> Imported:
    """Return the statement under the key's pseudonyms.

    `apart`: places among its accounts, of those that are of somebody else of their holder's name.
    """
    places = [n for n in apart if isinstance(n, int)] if isinstance(apart, list) else []
    if not places:
        return combine([reading], key, keep_names=keep_names)
    made = list(dict.fromkeys(combine([reading], Key(key.avoid)).key.accounts.values()))
    chosen = [made[n] for n in places if 0 <= n < len(made)]
    return combine_same([reading], key, apart=chosen, keep_names=keep_names)


def people(reading: Reading, said: Mapping[str, object], lang: str) -> dict[str, object]:
    """Everybody the statement names, the busiest first: his name, what he paid and got.

    `n` is his place among the holders, by which an answer calls him; `there` are his accounts among
    those that earlier statements gave the draft; `accounts` the place and the end of each of his
    numbers, where he has several by his name alone.

    Parameters
    ----------
    said
        `key` to what earlier statements gave the draft, `apart` as `together` has it
    """
    before = said.get("key")
    imported = together(reading, Key(), said.get("apart"), keep_names=True)
    there: dict[str | None, list[str]] = {}
    for account, id in accounts_there(before, imported.key).items():
        there.setdefault(imported.key.holder_of.get(account), []).append(id)
    moved, names = sums(imported), called(imported, reading, lang)
    own, held = _own(imported), {account.holder for account in imported.accounts}
    several = _several(imported.key)
    listed: list[dict[str, object]] = [
        {
            "n": n,
            "name": names[holder.id],
            "own": holder.id in own,
            "only_name": holder.id not in held,
            "there": there.get(holder.id, []),
            "accounts": several.get(holder.id, []),
            "rows": moved.get(holder.id, (0, 0, 0))[0],
            "out": amount(moved.get(holder.id, (0, 0, 0))[1], lang),
            "in": amount(moved.get(holder.id, (0, 0, 0))[2], lang),
        }
        for n, holder in enumerate(imported.holders)
    ]
    listed.sort(key=lambda one: (not one["own"], -int(str(one["rows"]))))
    return {"listed": listed[:MOST_ASKED], "more": max(0, len(listed) - MOST_ASKED)}


def _several(key: Key) -> dict[str, list[list[object]]]:
    """Holder → place and end of each of his whole numbers, of those who have several."""
    found: dict[str, list[list[object]]] = {}
    for n, (original, made) in enumerate(key.accounts.items()):
        kind, number, _ = parts(original)
        if kind == "number" and not hidden(number):
            found.setdefault(key.holder_of.get(made, ""), []).append([n, number[-ENDING:]])
    return {holder: listed for holder, listed in found.items() if len(listed) > 1}


def noted(reading: Reading, lang: str) -> tuple[Reading | Imported, list[Note]]:
    """Return what a statement comes to, and all there is to say of it, who may be who included.

    Ids become the names the reader knows. A statement that something contradicts, or a long one, is
    told of alone.
    """
    if reading.against or reading.taken > MOST_TOGETHER:
        return reading, [*reading.warnings, *reading.assumptions]
    imported = combine([reading], keep_names=True)
    names = called(imported, reading, lang)
    names |= {account.id: names[account.holder] for account in imported.accounts}

    def named(value: object) -> object:
        if not isinstance(value, str):
            return value
        return _ID.sub(lambda found: names.get(found[0], found[0]), value)

    notes = [note for note in (*imported.warnings, *imported.assumptions) if note.code not in QUIET]
    return imported, [
        replace(note, values={
            key: named(value) if key in ("ids", "first") else value
            for key, value in note.values.items()
        })
        for note in notes
    ]  # fmt: skip


def _own(imported: Imported) -> set[str]:
    return {account.holder for account in imported.accounts if account.own}


def sums(imported: Imported) -> dict[str, tuple[int, int, int]]:
    """Holder → how many transfers, what he paid, what he got; not between accounts of his own."""
    holder_of = {account.id: account.holder for account in imported.accounts}
    found: dict[str, tuple[int, int, int]] = {}
    for row in imported.transfers:
        payer, payee = (holder_of.get(row[side], row[side]) for side in ("payer", "payee"))
        for holder, out in ((payer, True), (payee, False)) if payer != payee else ():
            count, went, came = found.get(holder, (0, 0, 0))
            fen = row["amount_fen"]
            found[holder] = (count + 1, went + (fen if out else 0), came + (0 if out else fen))
    return found


def real_names(imported: Imported, reading: Reading) -> dict[str, str]:
    """Holder → his name, of those whose name a statement has; `imported` keeps names."""
    none = topic_words("statement", "zh")["pseudonym"]
    return {
        holder.id: holder.zh[:60]
        for holder in imported.holders
        if holder.zh not in (reading.label, none.format(n=holder.id[1:]))
        and not _NUMBER.fullmatch(holder.zh)
    }


def called(imported: Imported, reading: Reading, lang: str) -> dict[str, str]:
    """Holder → what the reader knows him by: a name, the end of a number, whose file it is."""
    named = real_names(imported, reading)
    original = {id: text for text, id in imported.key.holders.items()}
    found = {}
    for holder in imported.holders:
        kind, _, text = original.get(holder.id, "").partition(":")
        if kind == "statement":
            other = words("own_lab", "statement.own", lang)
        elif kind == "number":
            end = text.partition("\t")[0][-ENDING:]
            other = words("own_lab", "statement.numbered", lang, end=end)
        else:
            other = str(getattr(holder, lang))
        found[holder.id] = named.get(holder.id, other)
    return _told_apart(found, imported, lang)


def _told_apart(names: dict[str, str], imported: Imported, lang: str) -> dict[str, str]:
    """Return the names with the end of a number where two have the same."""
    twice = {name for name, count in Counter(names.values()).items() if count > 1}
    ends: dict[str | None, str] = {}
    for original, made in imported.key.accounts.items():
        kind, number, _ = parts(original)
        if kind == "number":
            ends.setdefault(imported.key.holder_of.get(made), number[-ENDING:])
    return {
        id: words("own_lab", "statement.namesake", lang, name=name, end=ends[id])
        if name in twice and id in ends else name
        for id, name in names.items()
    }  # fmt: skip
