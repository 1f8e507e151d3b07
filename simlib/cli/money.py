"""A tracing as text: what came into each account, whose each transfer was, where it ended."""

from __future__ import annotations

from collections.abc import Sequence

from simlib.case.model import Case
from simlib.chain import Tracing, accounts_of
from simlib.cli.report import table
from simlib.text import amount, topic_words, words

MOST_ROWS = 60  # a longer table is for a program: --json


def of_tracing(found: Tracing, case: Case, only: str | None, lang: str) -> str:
    """Everything found, or only what concerns one party: his money, or what came to him."""
    parts = [_heading(found, case, lang)]
    if only is not None and only not in found.origins:
        parts += [_back(found, case, only, lang)]
    else:
        whose = found.origins if only is None else (only,)
        parts += [_paid(found, case, whose, lang), _accounts(found, case, whose, lang)]
        parts += [_transfers(found, case, whose, lang), _ends(found, case, whose, lang)]
    parts += [_unlisted(found, lang), _assumed(found, lang), words("chain", "note", lang)]
    return "\n\n".join(part for part in parts if part)


def _heading(found: Tracing, case: Case, lang: str) -> str:
    said = topic_words("chain", lang)["methods"][found.method]
    lines = [
        getattr(case.title, lang),
        words("chain", "shown.traced", lang, method=said["name"], basis=said["rests"]),
        said["definition"],
        words("chain", "shown.why", lang, why=said["why"]),
        words("chain", "shown.objection", lang, objection=said["objection"]),
    ]
    return "\n".join(lines)


def _paid(found: Tracing, case: Case, whose: Sequence[str], lang: str) -> str:
    lines = [
        words("chain", "shown.paid", lang, who=_name(case, id, lang), amount=amount(fen, lang))
        for id, fen in ((id, found.paid(id)) for id in whose)
    ]
    told = "reach" if found.method == "poison" else "conserved"
    return "\n".join([*lines, words("chain", f"shown.{told}", lang)])


def _accounts(found: Tracing, case: Case, whose: Sequence[str], lang: str) -> str:
    keys = ("account", "holder", "layer")
    head = [words("chain", f"columns.{key}", lang) for key in keys]
    pairs = [(id, key) for id in whose for key in ("came", "held")]
    head += [words("chain", f"columns.{key}", lang, who=_name(case, id, lang)) for id, key in pairs]
    arrived = [found.arrived(id) for id in whose]
    reached = sorted({a for came in arrived for a in came}, key=lambda a: found.layers[a])
    rows = []
    for account in [a for a in reached if found.layers[a]][: MOST_ROWS + 1]:
        held = found.balance(account)
        both = [
            (came.get(account, 0), held.get(id, 0)) for id, came in zip(whose, arrived, strict=True)
        ]
        amounts = [amount(fen, lang) for pair in both for fen in pair]
        rows.append([*_where(found, case, account, lang), *amounts])
    return _titled("accounts", head, rows, set(range(2, len(head))), lang)


def _transfers(found: Tracing, case: Case, whose: Sequence[str], lang: str) -> str:
    keys = ("transfer", "payer", "payee", "amount")
    head = [words("chain", f"columns.{key}", lang) for key in keys]
    head += [words("chain", "columns.of", lang, who=_name(case, id, lang)) for id in whose]
    rows = []
    for place in found.carrying(whose)[: MOST_ROWS + 1]:
        transfer, of = case.transfers[place], found.of(found.ids[place])
        row = [transfer.id, transfer.payer, transfer.payee, amount(transfer.amount_fen, lang)]
        rows.append(row + [amount(of.get(id, 0), lang) for id in whose])
    return _titled("transfers", head, rows, set(range(3, len(head))), lang)


def _ends(found: Tracing, case: Case, whose: Sequence[str], lang: str) -> str:
    head = [words("chain", f"columns.{key}", lang) for key in ("origin", "account", "amount")]
    rows = [
        [_name(case, id, lang), _place(case, end, lang), amount(fen, lang)]
        for id in whose
        for end, fen in sorted(found.ends(id).items(), key=lambda item: -item[1])
    ]
    return _titled("ends", head, rows, {2}, lang)


def _back(found: Tracing, case: Case, only: str, lang: str) -> str:
    """What came to a party or account, traced back to whose it was."""
    ids = accounts_of(case, only)
    money = found.into(ids)
    title = words("chain", "shown.back", lang, who=_name(case, only, lang))
    if not money:
        return f"{title}\n{words('chain', 'shown.nothing', lang)}"
    head = [words("chain", f"columns.{key}", lang) for key in ("origin", "amount")]
    rows = [[_name(case, id, lang), amount(fen, lang)] for id, fen in money.items()]
    return f"{title}\n{table([head, *rows], right={1})}"


def _unlisted(found: Tracing, lang: str) -> str:
    return "\n".join(
        words("chain", "shown.unlisted", lang, account=account, amount=amount(fen, lang))
        for account, fen in list(found.unlisted.items())[:MOST_ROWS]
    )


def _assumed(found: Tracing, lang: str) -> str:
    lines = [f"- {words('chain', f'assumptions.{key}', lang)}" for key in found.assumptions]
    return "\n".join([words("chain", "headings.assumptions", lang), *lines]) if lines else ""


def _titled(
    key: str, head: Sequence[str], rows: Sequence[Sequence[str]], right: set[int], lang: str
) -> str:
    title = words("chain", f"headings.{key}", lang)
    if not rows:
        return f"{title}\n{words('chain', 'shown.nothing', lang)}"
    shown = f"{title}\n{table([head, *rows[:MOST_ROWS]], right)}"
    return shown if len(rows) <= MOST_ROWS else f"{shown}\n{words('chain', 'shown.more', lang)}"


def _where(found: Tracing, case: Case, account: str, lang: str) -> list[str]:
    holder = found.holders.get(account)
    name = _name(case, holder or account, lang)
    return [account, name, str(found.layers[account])]


def _name(case: Case, id: str | None, lang: str) -> str:
    """A party's name; an account goes by its id, and None is other money."""
    if id is None:
        return words("chain", "shown.other", lang)
    names = {party.id: getattr(party.name, lang) for party in case.parties}
    return names.get(id, id)


def _place(case: Case, end: str, lang: str) -> str:
    return words("chain", "shown.fee", lang) if end == "fee" else _name(case, end, lang)
