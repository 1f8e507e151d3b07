"""A tracing as text: what came into each account, whose each transfer was, where it ended."""

from __future__ import annotations

from collections.abc import Sequence

from simlib.case.model import Case
from simlib.chain import Tracing, accounts_of
from simlib.cli.report import table
from simlib.text import amount, topic_words, words

MOST_ROWS = 60  # a longer table is for a program: --json


def of_tracing(tracing: Tracing, case: Case, only: str | None, lang: str) -> str:
    """Report a tracing whole, or for one party: his money, or what came to him."""
    parts = [_heading(tracing, case, lang)]
    if only is not None and only not in tracing.origins:
        parts += [_back(tracing, case, only, lang)]
    else:
        whose = tracing.origins if only is None else (only,)
        parts += [_paid(tracing, case, whose, lang), _accounts(tracing, case, whose, lang)]
        parts += [_transfers(tracing, case, whose, lang), _ends(tracing, case, whose, lang)]
    parts += [_unlisted(tracing, lang), _assumed(tracing, lang), words("chain", "note", lang)]
    return "\n\n".join(part for part in parts if part)


def _heading(tracing: Tracing, case: Case, lang: str) -> str:
    rule = topic_words("chain", lang)["methods"][tracing.method]
    lines = [
        getattr(case.title, lang),
        words("chain", "shown.traced", lang, method=rule["name"], basis=rule["rests"]),
        rule["definition"],
        words("chain", "shown.why", lang, why=rule["why"]),
        words("chain", "shown.objection", lang, objection=rule["objection"]),
    ]
    return "\n".join(lines)


def _paid(tracing: Tracing, case: Case, whose: Sequence[str], lang: str) -> str:
    lines = [
        words("chain", "shown.paid", lang, who=_name(case, id, lang), amount=amount(fen, lang))
        for id, fen in ((id, tracing.paid(id)) for id in whose)
    ]
    sums = "reach" if tracing.method == "poison" else "conserved"
    return "\n".join([*lines, words("chain", f"shown.{sums}", lang)])


def _accounts(tracing: Tracing, case: Case, whose: Sequence[str], lang: str) -> str:
    keys = ("account", "holder", "layer")
    head = [words("chain", f"columns.{key}", lang) for key in keys]
    pairs = [(id, key) for id in whose for key in ("came", "held")]
    head += [words("chain", f"columns.{key}", lang, who=_name(case, id, lang)) for id, key in pairs]
    arrived = [tracing.arrived(id) for id in whose]
    reached = sorted({a for came in arrived for a in came}, key=lambda a: tracing.layers[a])
    rows = []
    for account in [a for a in reached if tracing.layers[a]][: MOST_ROWS + 1]:
        balance = tracing.balance(account)
        both = [
            (came.get(account, 0), balance.get(id, 0))
            for id, came in zip(whose, arrived, strict=True)
        ]
        amounts = [amount(fen, lang) for pair in both for fen in pair]
        rows.append([*_where(tracing, case, account, lang), *amounts])
    return _titled("accounts", head, rows, set(range(2, len(head))), lang)


def _transfers(tracing: Tracing, case: Case, whose: Sequence[str], lang: str) -> str:
    keys = ("transfer", "payer", "payee", "amount")
    head = [words("chain", f"columns.{key}", lang) for key in keys]
    head += [words("chain", "columns.of", lang, who=_name(case, id, lang)) for id in whose]
    rows = []
    for place in tracing.carrying(whose)[: MOST_ROWS + 1]:
        transfer, of = case.transfers[place], tracing.of(tracing.ids[place])
        row = [transfer.id, transfer.payer, transfer.payee, amount(transfer.amount_fen, lang)]
        rows.append(row + [amount(of.get(id, 0), lang) for id in whose])
    return _titled("transfers", head, rows, set(range(3, len(head))), lang)


def _ends(tracing: Tracing, case: Case, whose: Sequence[str], lang: str) -> str:
    head = [words("chain", f"columns.{key}", lang) for key in ("origin", "account", "amount")]
    rows = [
        [_name(case, id, lang), _place(case, end, lang), amount(fen, lang)]
        for id in whose
        for end, fen in sorted(tracing.ends(id).items(), key=lambda item: -item[1])
    ]
    return _titled("ends", head, rows, {2}, lang)


def _back(tracing: Tracing, case: Case, only: str, lang: str) -> str:
    """Report what came to a party or account, traced back to its origins."""
    ids = accounts_of(case, only)
    money = tracing.into(ids)
    title = words("chain", "shown.back", lang, who=_name(case, only, lang))
    if not money:
        return f"{title}\n{words('chain', 'shown.nothing', lang)}"
    head = [words("chain", f"columns.{key}", lang) for key in ("origin", "amount")]
    rows = [[_name(case, id, lang), amount(fen, lang)] for id, fen in money.items()]
    return f"{title}\n{table([head, *rows], right={1})}"


def _unlisted(tracing: Tracing, lang: str) -> str:
    return "\n".join(
        words("chain", "shown.unlisted", lang, account=account, amount=amount(fen, lang))
        for account, fen in list(tracing.unlisted.items())[:MOST_ROWS]
    )


def _assumed(tracing: Tracing, lang: str) -> str:
    lines = [f"- {words('chain', f'assumptions.{key}', lang)}" for key in tracing.assumptions]
    return "\n".join([words("chain", "headings.assumptions", lang), *lines]) if lines else ""


def _titled(
    key: str, head: Sequence[str], rows: Sequence[Sequence[str]], right: set[int], lang: str
) -> str:
    title = words("chain", f"headings.{key}", lang)
    if not rows:
        return f"{title}\n{words('chain', 'shown.nothing', lang)}"
    shown = f"{title}\n{table([head, *rows[:MOST_ROWS]], right)}"
    return shown if len(rows) <= MOST_ROWS else f"{shown}\n{words('chain', 'shown.more', lang)}"


def _where(tracing: Tracing, case: Case, account: str, lang: str) -> list[str]:
    holder = tracing.holders.get(account)
    name = _name(case, holder or account, lang)
    return [account, name, str(tracing.layers[account])]


def _name(case: Case, id: str | None, lang: str) -> str:
    """Return a party's name; an account is named by its id, and None is other money."""
    if id is None:
        return words("chain", "shown.other", lang)
    names: dict[str, str] = {party.id: getattr(party.name, lang) for party in case.parties}
    return names.get(id, id)


def _place(case: Case, end: str, lang: str) -> str:
    return words("chain", "shown.fee", lang) if end == "fee" else _name(case, end, lang)
