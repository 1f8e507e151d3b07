"""A statement added to a draft: what concerns its people, and their loss reckoned again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simlib.case.checks import rows
from simlib.errors import StatementError
from simlib.resources import LANGS
from simlib.statement.case import sources_for_missing_rows
from simlib.statement.case.case_matching import Loss, Parts, reckoned, without_part
from simlib.statement.identity import OTHERS
from simlib.statement.model import yuan
from simlib.text import amount, topic_words, words
from simlib.widgets.own.draft import OPEN
from simlib.widgets.own.earlier_statements import (
    accounts_there,
    held_there,
    openings_there,
    transfers_there,
    twice_there,
)
from simlib.widgets.own.problem_messages import name_in
from simlib.widgets.own.statement_people import sums

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from simlib.case.fields import Raw
    from simlib.resources import Table
    from simlib.statement import Imported
    from simlib.statement.deduplicate import TransferRow

MOST_ROWS = 5_000  # transfers put into a draft at once
MOST_NAMED = 20  # holders who become parties of their own; the others are one
# What a reader can say of somebody → the role as the command line has it; of victims one sues.
PARTS = {
    "victim": "victim", "covictim": "victim", "lender": "helper:payment", "principal": "principal",
    "platform": "platform", "operator": "operator",
}  # fmt: skip
NONE: frozenset[str] = frozenset()
SAME = "is:"  # before the id of a party of the draft


def also_in(said: Mapping[str, object]) -> frozenset[str]:
    """Return the ids of transfers that belong to the case because the reader says so."""
    also = said.get("also")
    return frozenset(id for id in also if isinstance(id, str)) if isinstance(also, list) else NONE


def too_many(taken: int, lang: str) -> Table:
    """Say that a page takes no more."""
    values = {"most": MOST_ROWS, "taken": taken}
    return {"error": words("own_lab", "statement.too_many", lang, **values)}


def added(
    imported: Imported, roles: dict[str, str], said: Mapping[str, object], used: set[str], lang: str
) -> Table:
    """Return rows for the tables of the draft that is there; `said` as `inserted` has it."""
    adding = _Adding(imported, roles, said)
    if len(adding.kept) > MOST_ROWS:
        return too_many(len(adding.kept), lang)
    victims = [id for id, part in roles.items() if part == "victim"]
    try:
        losses = [] if victims else adding.losses()
    except StatementError as error:
        twice = twice_there(adding.draft)
        key, values = ("twice", {"count": twice}) if twice else ("stated", error.values)
        return {"error": words("own_lab", f"statement.loss_{key}", lang, **values)}
    parties, stand_in = _parties(imported, roles, used, adding)
    said_both = {tongue: topic_words("statement", tongue) for tongue in LANGS}
    there = [row for _, row in rows(adding.draft, "sources")]
    sources = sources_for_missing_rows(imported, said_both, used, there)
    found = {"parties": parties, **adding.tables(stand_in)}
    counts = {table: len(listed) for table, listed in found.items()}
    return {
        "rows": found | ({"sources": sources} if sources else {}),
        "parties": parties,
        "claimant": victims[0] if victims else "",
        "losses": [[loss.victim, loss.after] for loss in losses],
        "openings": openings_there(adding.accounts, adding.draft, imported),
        "same": adding.accounts,
        "left_out": adding.left_out,
        "said": words("own_lab", "statement.inserted", lang, **counts),
        "notes": [
            *adding.notes(lang),
            *(_loss_note(loss, adding, lang) for loss in losses),
            *adding.returned(lang),
        ],
    }


class _Adding:
    """The transfers of a statement beside a draft.

    Without a draft nobody knows who has a part there, and all is kept.
    """

    def __init__(
        self, imported: Imported, roles: Mapping[str, str], said: Mapping[str, object]
    ) -> None:
        draft = said.get("draft")
        self.draft: Raw = draft if isinstance(draft, dict) else {}
        self.imported, self.roles = imported, roles
        self.holder_of = {account.id: account.holder for account in imported.accounts}
        self.same = {id: part.removeprefix(SAME) for id, part in roles.items()
                     if part.startswith(SAME)}  # fmt: skip
        meant = {*self.same.values()}
        self.there = [row for _, row in rows(self.draft, "parties") if _has_part(row, meant)]
        known = accounts_there(said.get("key"), imported.key)
        self.accounts = held_there(known, self.draft, self.holder_of, self.same)
        self.parts = Parts(self.party_of, frozenset(self._victims()), self._alone(), also_in(said))
        concern = [row for row in imported.transfers if self.parts.concerns(row)]
        here = {row["id"] for row in concern}
        self.left_out = [row["id"] for row in imported.transfers if row["id"] not in here]
        under = [_under(row, self._there) for row in concern]
        new, self.already, self.maybe = transfers_there(
            self.draft, under, imported, said.get("key"), self.party_of
        )
        ids = {row["id"] for row in new}
        self.kept = [row for row in concern if row["id"] in ids]
        self.ends = {end for row in self.kept for end in (row["payer"], row["payee"])}

    def _there(self, end: str) -> str:
        """Return the account or party of the draft that an end is; else the end."""
        return self.accounts.get(end, self.same.get(end, end))

    def party_of(self, end: str) -> str:
        """Return the party of the draft, or a holder with a part, whom an end belongs to."""
        holder = self.holder_of.get(end, end)
        part = self.roles.get(holder)
        if part is None or not part.startswith(SAME):
            return holder if part else OTHERS
        id = part.removeprefix(SAME)
        known = not self.draft or any(row.get("id") == id for row in self.there)
        return id if known else OTHERS

    def _victims(self) -> set[str]:
        there = {str(row.get("id")) for row in self.there if row.get("role") == "victim"}
        return there | {id for id, part in self.roles.items() if PARTS.get(part) == "victim"}

    def _alone(self) -> bool:
        """Tell whether nobody but victims has a part, or no draft says who has."""
        if not self.draft:
            return True
        said = {PARTS.get(part) for part in self.roles.values()}
        return {row.get("role") for row in self.there} | said <= {"victim", None}

    def losses(self) -> list[Loss]:
        """Return the losses of victims of the draft that change; the claimant's is the draft's."""
        new = [row for row in self.kept if row["id"] not in self.maybe]
        found = []
        for victim in sorted(self.parts.victims):
            paid: Counter[str] = Counter()
            for row in self.parts.paid(new, victim):
                paid[self.party_of(row["payee"])] += row["amount_fen"]
            found.append(reckoned("", self.draft, victim, paid))
        return [loss for loss in found if loss is not None]

    def loss(self, id: str) -> dict[str, int]:
        """Return what a victim who is new in the draft, and does not sue, lost."""
        if self.roles.get(id) != "covictim":
            return {}
        return {"loss_fen": sum(row["amount_fen"] for row in self.parts.paid(self.kept, id))}

    def tables(self, stand_in: Mapping[str, str]) -> dict[str, list[dict[str, object]]]:
        """Return the rows of accounts and transfers, under the parties of the draft."""
        accounts = [
            {"id": a.id, "holder": stand_in.get(a.holder, a.holder)}
            | ({"opening_fen": a.opening_fen} if a.opening_fen else {})
            for a in self.imported.accounts if a.id not in self.accounts and self.has(a.id, a.own)
        ]  # fmt: skip

        def draft_end(end: str) -> str:
            return self.accounts.get(end, stand_in.get(end, end))

        transfers: list[dict[str, object]] = [
            {**_under(row, draft_end), "at": row["at"].isoformat()} for row in self.kept
        ]
        listed: list[dict[str, object]] = [dict(row) for row in accounts]
        return {"accounts": listed, "transfers": transfers}

    def has(self, account: str, own: bool) -> bool:
        """Tell whether the draft gets an account: money moved on it, or somebody's with a part."""
        return account in self.ends or (own and self.party_of(account) != OTHERS)

    def holders(self) -> set[str]:
        """Return who stands in what is kept, or has a part."""
        return {self.holder_of.get(end, end) for end in self.ends} | {*self.roles}

    def notes(self, lang: str) -> list[str]:
        """Say what was left out, and what may be there already."""
        counts = {
            "left_out": len(self.left_out),
            "already": len(self.already),
            "again_there": len(self.maybe),
        }
        return [words("own_lab", f"statement.{key}", lang, count=count)
                for key, count in counts.items() if count]  # fmt: skip

    def returned(self, lang: str) -> list[str]:
        """Say what others of the case paid the victims back: no loss is less by it."""
        new = [row for row in self.kept if row["id"] not in self.maybe]
        back = sum(self.parts.returned(new, victim) for victim in self.parts.victims)
        said = {"amount": yuan(back)}
        return [words("own_lab", "statement.returned", lang, **said)] if back else []

    def called(self, id: str, lang: str) -> str:
        """Return what the draft calls a party, or the statement a holder."""
        names = {holder.id: getattr(holder, lang) for holder in self.imported.holders}
        return names.get(id) or name_in(self.draft, id, lang)


def _has_part(party: Raw, meant: Container[object]) -> bool:
    """Tell whether a party is more than somebody a statement named, or a fraudster whom nobody
    knows; `meant` are parties who the reader says are in the statement."""
    unknown = party.get("role") == "principal" and party.get("id") not in meant
    unsued = unknown and party.get("sued") is False
    return bool(party.get("role")) and not (unsued or without_part(party))


def _under(row: TransferRow, of: Callable[[str], str]) -> TransferRow:
    """Return a transfer with its ends under other ids."""
    return {**row, "payer": of(row["payer"]), "payee": of(row["payee"])}


def _loss_note(loss: Loss, adding: _Adding, lang: str) -> str:
    """Say how a loss changes, and by whose payments to whom."""
    paid = [words("statement", "report.loss_paid", lang, who=adding.called(id, lang),
                  amount=amount(fen, lang)) for id, fen in loss.paid.items()]  # fmt: skip
    return words(
        "statement", "report.loss", lang, who=adding.called(loss.victim, lang),
        before=amount(loss.before, lang), after=amount(loss.after, lang),
        paid=words("statement", "signs.between", lang).join(paid),
    )  # fmt: skip


def _parties(
    imported: Imported, roles: dict[str, str], used: set[str], adding: _Adding
) -> tuple[list[dict[str, object]], dict[str, str]]:
    """The holders as parties, of whom nobody claims anything unless the reader says so; who
    stands in for whom.

    Those with a part and the busiest are parties of their own.
    """
    busy, here = {id: count for id, (count, _, _) in sums(imported).items()}, adding.holders()
    named = {holder.id: holder for holder in imported.holders if holder.id in here}
    order = sorted(named, key=lambda id: (id not in roles, -busy.get(id, 0)))
    own = set(order[: max(MOST_NAMED, len(roles))])
    others, there = _others(adding.draft, used)
    stand_in = {id: others for id in here if id not in own}
    lumped = bool(stand_in)
    same = {id: p.removeprefix(SAME) for id, p in roles.items() if p.startswith(SAME)}
    stand_in |= same
    parties = [
        _party(id, named[id].zh, named[id].en, roles.get(id)) | adding.loss(id)
        for id in named if id in own and id not in same
    ]  # fmt: skip
    if lumped and not there:
        zh, en = (topic_words("statement", lang)["others"] for lang in ("zh", "en"))
        parties.append(_party(others, zh, en, None))
    return parties, stand_in


def _others(draft: Raw, used: set[str]) -> tuple[str, bool]:
    """Return the id of the party for everybody else, and whether the draft has it."""
    party = next((row for _, row in rows(draft, "parties") if row.get("id") == OTHERS), {})
    if party and without_part(party):
        return OTHERS, True
    others = OTHERS
    while others in used:
        others += "-"
    return others, False


def _party(id: str, zh: str, en: str, part: str | None) -> dict[str, object]:
    """A party; without a part nobody knows yet who he is."""
    made: dict[str, object] = {"id": id, "name": {"zh": zh, "en": en}}
    if part is None:
        return made | {"role": "unknown"}
    role, _, act = PARTS[part].partition(":")
    made |= {"role": role} | ({"act": act, "kinds": {"act": "assumed"}} if act else {})
    return made | ({"grade": OPEN} if role in ("helper", "platform", "operator") else {})
