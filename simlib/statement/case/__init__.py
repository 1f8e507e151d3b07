"""A case made of statements: what they show is filled in; what is unknown is left open, marked."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TypedDict

from simlib.case.fields import Raw
from simlib.case.write import value
from simlib.spreadsheet import csv_text
from simlib.statement.case.case_matching import Parts
from simlib.statement.case.roles_and_questions import VICTIM, Role, roles_of
from simlib.statement.deduplicate import HeldAccount, Imported, TransferRow
from simlib.statement.deduplicate.matcher import SAME_SHEET
from simlib.statement.identity import OTHERS
from simlib.statement.mapping import quoted
from simlib.statement.model import Line, Note, Words, yuan

# ----------------------------------------------- CSV files beside a case

FLOWS = "flows.csv"
REMARKS = "remarks.csv"
NOT_TAKEN = "not-taken.csv"
COLUMNS = ("id", "payer", "payee", "amount_fen", "fee_fen", "at")


def flows_text(
    rows: Iterable[TransferRow], columns: Iterable[str] = COLUMNS, head: bool = True
) -> str:
    """Return transfers as the CSV file beside a case: for `load_case`, so no cell is changed.

    Ids have letters, digits, - and _ alone, which make no formula.
    """
    columns, file = list(columns), io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    if head:
        writer.writerow(columns)
    for row in rows:
        at = row["at"].isoformat()
        writer.writerow([at if column == "at" else row.get(column, "") for column in columns])
    return file.getvalue()


def remarks_text(remarks: Mapping[str, str], ids: Container[str]) -> str:
    """Return the remarks of these transfers as CSV that no spreadsheet runs as formulas."""
    rows = [(id, text) for id, text in remarks.items() if id in ids]
    if not rows:
        return ""
    return csv_text([("id", "remark"), *rows])


def not_taken_text(imported: Imported, labels: Iterable[str]) -> str:
    """Return every row that was not taken: number of the statement, row, state and reason.

    No cell and no file's name is in it: both may tell who somebody is.
    """
    place = {label: number for number, label in enumerate(labels, 1)}
    rows: list[tuple[object, ...]] = [("statement", "row", "state", "reason")]
    for state, lines in (("refused", imported.refused), ("skipped", imported.skipped)):
        rows += ((place[line.label], line.row, state, line.code) for line in lines)
    return csv_text(rows)


# ------------------------------------------------------- the case itself

MOST_ROWS = 5  # not taken that a source names


@dataclass(frozen=True, slots=True)
class Draft:
    """A case still to be completed.

    Attributes
    ----------
    text
        the TOML of the case
    flows, remarks
        the two CSV files beside it; "" where there is none
    transfers, accounts
        how many of them are in the case
    left_out
        ids of movements a victim made with nobody who has a part in the case
    notes
        what is still to be filled in
    """

    text: str
    flows: str
    remarks: str
    transfers: int
    accounts: int
    left_out: tuple[str, ...]
    notes: tuple[Note, ...] = field(default_factory=tuple)


def case_draft(
    imported: Imported,
    words: Words,
    *,
    roles: Mapping[str, str] | None = None,
    id: str = "my-case",
    inline: bool = False,
    unknown_principal: bool = False,
    also: Collection[str] = (),
) -> Draft:
    """Return a case of the statements and of what the reader says of the holders.

    Nothing is invented: a holder without a role is one of the others, who are parties nobody
    claims anything of; a victim's own movements with them are left out; a day, a loss or a fault
    nobody stated stays open, and `simlib check` names it.

    Parameters
    ----------
    imported
        from `combine`
    words
        `{"zh": …, "en": …}`: the topic `statement` of the texts in both languages
    roles
        account, name or pseudonym → `victim`, `principal`, `helper:payment:knowing`, …
    id
        of the case
    inline
        transfers in the text itself rather than in a file beside it
    unknown_principal
        somebody unknown, not sued, committed the fraud
    also
        ids of transfers that would be left out and belong to the case: what a victim paid counts
        as loss

    Raises
    ------
    StatementError
        if a role is none, or of somebody who is not in the statements
    """
    given = roles_of(imported, roles or {})
    return _Writer(imported, words, given, unknown_principal, also).draft(id, inline)


def case_text(
    imported: Imported,
    words: Words,
    *,
    roles: Mapping[str, str] | None = None,
    id: str = "my-case",
    inline: bool = True,
    unknown_principal: bool = False,
) -> str:
    """Return the text of `case_draft`, with the transfers in it unless `inline` is false."""
    return case_draft(
        imported, words, roles=roles, id=id, inline=inline, unknown_principal=unknown_principal
    ).text


class SourceRow(TypedDict):
    """A source of the case: its id, and what it says in both languages."""

    id: str
    text: dict[str, str]


class _Writer:
    """Writes one case."""

    def __init__(
        self, imported: Imported, words: Words, roles: dict[str, Role], unknown_principal: bool,
        also: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.imported, self.words, self.roles = imported, words, roles
        self.unknown_principal = unknown_principal
        self.accounts = {account.id: account for account in imported.accounts}
        self.victims = [h for h, role in roles.items() if role.role == VICTIM]
        named = {*roles, *(account.holder for account in imported.accounts if account.own)}
        self.parties = [h.id for h in imported.holders if h.id in named]
        self._parties_set = frozenset(self.parties)
        self.notes: list[Note] = []
        alone = all(role.role == VICTIM for role in roles.values())
        self.parts = Parts(self.party_of, frozenset(self.victims), alone, frozenset(also))
        self.kept = [row for row in imported.transfers if self.parts.concerns(row)]
        kept = {row["id"] for row in self.kept}
        self.left_out = [row["id"] for row in imported.transfers if row["id"] not in kept]
        self.losses = {v: self.parts.paid(self.kept, v) for v in self.victims}

    def party_of(self, end: str) -> str:
        """Return the party in the case whom an account or holder belongs to."""
        holder = self.accounts[end].holder if end in self.accounts else end
        return holder if holder in self._parties_set else OTHERS

    def draft(self, id: str, inline: bool) -> Draft:
        """Return all of it."""
        parts = [*self._head(id, inline), *self._parties(), *self._accounts()]
        parts += [source_block(row) for row in sources_for_missing_rows(self.imported, self.words)]
        if inline:
            parts += [_transfer(self._row(row)) for row in self.kept]
        rows = (self._row(row) for row in self.kept)
        return Draft(
            text="\n".join(parts),
            flows="" if inline else flows_text(rows),
            remarks=remarks_text(self.imported.remarks, {row["id"] for row in self.kept}),
            transfers=len(self.kept),
            accounts=len(self._listed()),
            left_out=tuple(self.left_out),
            notes=tuple(self.notes),
        )

    def _row(self, row: TransferRow) -> TransferRow:
        """Return a transfer with ends of the case: a holder without a role is one of the others."""
        payer, payee = (
            end if end in self.accounts else self.party_of(end)
            for end in (row["payer"], row["payee"])
        )
        return {**row, "payer": payer, "payee": payee}

    def _head(self, id: str, inline: bool) -> Iterator[str]:
        yield from self._comment("head")
        yield f'id = {quoted(id)}\nbasis = "adapted"'
        yield self._words_line("title", "title")
        yield from self._day_and_loss()
        if not inline:
            yield f'transfers_file = "{FLOWS}"'
        yield ""

    def _day_and_loss(self) -> Iterator[str]:
        paid = self.losses.get(self.victims[0], []) if self.victims else []
        if not paid:
            yield self._open("acted_on", "acted_on = 2022-10-05")
            yield self._open("loss", "loss_fen = 1_000_000")
        else:
            first = min(row["at"] for row in paid)
            loss = sum(row["amount_fen"] for row in paid)
            yield from self._comment("confirm")
            yield f"acted_on = {first.date().isoformat()}"
            yield f"loss_fen = {loss}"
        if self.victims:
            yield f"claimant = {quoted(self.victims[0])}"
        if paid:
            yield from self._returned(self.victims[0])
            yield 'kinds = { acted_on = "assumed", loss_fen = "assumed" }'

    def _returned(self, victim: str) -> Iterator[str]:
        back = self.parts.returned(self.kept, victim)
        if back:
            yield self._open("returned", f"recovered_fen = {back}", amount=yuan(back))

    def _parties(self) -> Iterator[str]:
        names = {holder.id: (holder.zh, holder.en) for holder in self.imported.holders}
        for id in self.parties:
            yield from self._party(id, *names[id], self.roles.get(id))
        if not any(role.role == "principal" for role in self.roles.values()):
            yield from self._principal()
        if self._has_others():
            yield others_block(self.words)

    def _has_others(self) -> bool:
        return any(self.party_of(end) == OTHERS for end in self._ends())

    def _ends(self) -> set[str]:
        return {end for row in self.kept for end in (row["payer"], row["payee"])}

    def _listed(self) -> list[HeldAccount]:
        """Return the accounts of the case: those money moved on, and those whose statement was
        read."""
        ends = self._ends()
        return [a for a in self.accounts.values() if a.id in ends or a.own]

    def _party(self, id: str, zh: str, en: str, role: Role | None) -> Iterator[str]:
        yield f"[[parties]]\nid = {quoted(id)}"
        yield f"name = {_both(zh, en)}"
        if role is None:
            yield self._open("role", 'role = "unknown"', who=id)
            yield ""
            return
        yield f"role = {quoted(role.role)}"
        if role.role == "helper":
            yield f"act = {quoted(role.act)}" if role.act else self._open(
                "act", 'act = "payment"', who=id)  # fmt: skip
        if role.role not in (VICTIM, "principal"):
            yield f"grade = {quoted(role.grade)}" if role.grade else self._open(
                "grade", 'grade = "slight"', who=id)  # fmt: skip
        if kinds := [f'{key} = "assumed"' for key in ("act", "grade") if getattr(role, key)]:
            yield f"kinds = {{ {', '.join(kinds)} }}"
        if role.role == VICTIM and id != self.victims[0]:
            loss = sum(row["amount_fen"] for row in self.losses[id])
            yield f"loss_fen = {loss}" if loss else self._open("loss", "loss_fen = 1_000_000")
        yield ""

    def _principal(self) -> Iterator[str]:
        name = _both(*(self.words[lang]["principal"] for lang in ("zh", "en")))
        block = f'[[parties]]\nid = "principal"\nrole = "principal"\nname = {name}\nsued = false'
        yield block if self.unknown_principal else self._open("principal", block)
        yield ""

    def _accounts(self) -> Iterator[str]:
        for account in self._listed():
            yield account_block(account, self.party_of(account.id))

    def _open(self, what: str, line: str, **values: object) -> str:
        """Return a line nobody gave the facts for: as a comment, marked."""
        self.notes.append(Note(f"fill-{what}", values))
        mark = self._both_words("mark", f"fill_{what}", **values)
        return "\n".join([mark, *(f"# {each}" for each in line.split("\n"))])

    def _both_words(self, first: str, key: str, **values: object) -> str:
        lines = (f"{self.words[lang]['draft'][first]} {self.words[lang]['draft'][key]}"
                 for lang in ("zh", "en"))  # fmt: skip
        return "\n".join(f"# {line.format(**values)}" for line in lines)

    def _comment(self, key: str) -> Iterator[str]:
        for lang in ("zh", "en"):
            yield from (f"# {line}" for line in self.words[lang]["draft"][key].split("\n"))

    def _words_line(self, field: str, key: str) -> str:
        return f"{field} = {_both(*(self.words[lang]['draft'][key] for lang in ('zh', 'en')))}"


def _both(zh: str, en: str) -> str:
    return f"{{ zh = {quoted(zh)}, en = {quoted(en)} }}"


def others_block(words: Words) -> str:
    """Return the party of everybody the statements do not name, or to whom nobody gave a role."""
    comment = "\n".join(f"# {words[lang]['draft']['others']}" for lang in ("zh", "en"))
    name = _both(*(words[lang]["others"] for lang in ("zh", "en")))
    return f'{comment}\n[[parties]]\nid = "{OTHERS}"\nrole = "unknown"\nname = {name}\n'


def sources_for_missing_rows(
    imported: Imported, words: Words, taken: Container[str] = (), there: Iterable[Raw] = ()
) -> list[SourceRow]:
    """Return a source for each statement that was read though its balances do not follow, or of
    which rows were refused, in words: the case says what its transfers lack. `taken`: ids that
    are; `there`: sources that say it already."""
    copies = {note.values["label"] for note in imported.assumptions if note.code == SAME_SHEET.name}
    gaps = [note for note in imported.warnings
            if note.code == "balance-gaps" and note.values["label"] not in copies]  # fmt: skip
    texts = [{lang: words[lang]["notes"]["balance-gaps"].format(**note.values) for lang in words}
             for note in gaps]  # fmt: skip
    lacking = [lines for label, lines in _by_label(imported.refused).items() if label not in copies]
    refused = [{lang: _refused(lines, words[lang]["notes"]) for lang in words}
               for lines in lacking]  # fmt: skip
    said = [row.get("text") for row in there]
    return [*_numbered("gaps", texts, taken, said), *_numbered("refused", refused, taken, said)]


def _numbered(
    kind: str, texts: list[dict[str, str]], taken: Container[str], said: Container[object]
) -> list[SourceRow]:
    free = (id for n in count(1) if (id := f"{kind}-{n}") not in taken)
    fresh = (text for text in texts if text not in said)
    return [{"id": id, "text": text} for text, id in zip(fresh, free, strict=False)]


def _by_label(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.label, []).append(line)
    return found


def _refused(lines: list[Line], notes: Mapping[str, str]) -> str:
    """Say how many rows of a statement were refused, which, and the sum of what they state."""
    rows = ", ".join(str(line.row) for line in lines[:MOST_ROWS])
    stated = sum(line.amount_fen or 0 for line in lines)
    amount = notes["rows-refused-sum"].format(amount=yuan(stated)) if stated else ""
    return notes["rows-refused"].format(
        label=lines[0].label, count=len(lines), amount=amount,
        rows=rows + (", …" if len(lines) > MOST_ROWS else ""),
    )  # fmt: skip


def source_block(row: SourceRow) -> str:
    """Return a source of the case."""
    text = _both(row["text"]["zh"], row["text"]["en"])
    return f"[[sources]]\nid = {quoted(row['id'])}\ntext = {text}\n"


def account_block(account: HeldAccount, holder: str) -> str:
    """Return an account of the case."""
    opening = f"opening_fen = {account.opening_fen}\n" if account.opening_fen else ""
    return f"[[accounts]]\nid = {quoted(account.id)}\nholder = {quoted(holder)}\n{opening}"


def _transfer(row: TransferRow) -> str:
    lines = [f"{key} = {value(row.get(key))}" for key in COLUMNS if key in row]
    return "[[transfers]]\n" + "\n".join(lines) + "\n"
