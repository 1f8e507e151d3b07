"""A tracing as text: what came into each account, whose each transfer was, where it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simlib.case.model import Case
from simlib.chain import Tracing, accounts_of
from simlib.cli.report import Report, joined, table
from simlib.text import topic_words

MOST_ROWS = 60  # a longer table is for a program: --json


def of_tracing(tracing: Tracing, case: Case, only: str | None, lang: str) -> str:
    """Report a tracing whole, or for one party: his money, or what came to him."""
    report = Report("chain", case, lang, headings="headings")
    if only is not None and only not in tracing.origins:
        parts = [_back(report, tracing, only)]
    else:
        whose = tracing.origins if only is None else (only,)
        tables = (_accounts, _transfers, _ends)
        parts = [_paid(report, tracing, whose), *(each(report, tracing, whose) for each in tables)]
    assumed = (report.say(f"assumptions.{key}") for key in tracing.assumptions)
    return joined([
        "\n".join(_heading(report, tracing)),
        *parts,
        "\n".join(_unlisted(report, tracing)),
        report.listed("assumptions", assumed),
        report.say("note"),
    ])  # fmt: skip


def _heading(report: Report, tracing: Tracing) -> list[str]:
    rule = topic_words("chain", report.lang)["methods"][tracing.method]
    return [
        report.title,
        report.say("shown.traced", method=rule["name"], basis=rule["rests"]),
        rule["definition"],
        report.say("shown.why", why=rule["why"]),
        report.say("shown.objection", objection=rule["objection"]),
    ]


def _paid(report: Report, tracing: Tracing, whose: Sequence[str]) -> str:
    lines = [
        report.say("shown.paid", who=_name(report, id), amount=report.amount(tracing.paid(id)))
        for id in whose
    ]
    sums = "reach" if tracing.method == "poison" else "conserved"
    return "\n".join([*lines, report.say(f"shown.{sums}")])


def _accounts(report: Report, tracing: Tracing, whose: Sequence[str]) -> str:
    head = _head(report, "account", "holder", "layer")
    head += [
        report.say(f"columns.{key}", who=_name(report, id))
        for id in whose
        for key in ("came", "held")
    ]
    arrived = [tracing.arrived(id) for id in whose]
    reached = dict.fromkeys(account for came in arrived for account in came)
    rows = []
    held = sorted(filter(tracing.layers.get, reached), key=lambda a: tracing.layers[a])
    for account in held[: MOST_ROWS + 1]:
        balance, holder = tracing.balance(account), tracing.holders.get(account)
        where = [account, _name(report, holder or account), str(tracing.layers[account])]
        for id, came in zip(whose, arrived, strict=True):
            where += [report.amount(came.get(account, 0)), report.amount(balance.get(id, 0))]
        rows.append(where)
    return _titled(report, "accounts", head, rows, range(2, len(head)))


def _transfers(report: Report, tracing: Tracing, whose: Sequence[str]) -> str:
    head = _head(report, "transfer", "payer", "payee", "amount")
    head += [report.say("columns.of", who=_name(report, id)) for id in whose]
    rows = []
    for place in tracing.carrying(whose)[: MOST_ROWS + 1]:
        transfer, of = report.case.transfers[place], tracing.of(tracing.ids[place])
        amounts = [transfer.amount_fen, *(of.get(id, 0) for id in whose)]
        rows.append([transfer.id, transfer.payer, transfer.payee, *map(report.amount, amounts)])
    return _titled(report, "transfers", head, rows, range(3, len(head)))


def _ends(report: Report, tracing: Tracing, whose: Sequence[str]) -> str:
    rows = [
        [_name(report, id), _place(report, end), report.amount(fen)]
        for id in whose
        for end, fen in sorted(tracing.ends(id).items(), key=lambda item: -item[1])
    ]
    return _titled(report, "ends", _head(report, "origin", "account", "amount"), rows, {2})


def _back(report: Report, tracing: Tracing, only: str) -> str:
    """Report what came to a party or account, traced back to its origins."""
    money = tracing.into(accounts_of(report.case, only))
    title = report.say("shown.back", who=_name(report, only))
    if not money:
        return f"{title}\n{report.say('shown.nothing')}"
    rows = [[_name(report, id), report.amount(fen)] for id, fen in money.items()]
    return f"{title}\n{table([_head(report, 'origin', 'amount'), *rows], right={1})}"


def _unlisted(report: Report, tracing: Tracing) -> Iterator[str]:
    for account, fen in list(tracing.unlisted.items())[:MOST_ROWS]:
        yield report.say("shown.unlisted", account=account, amount=report.amount(fen))


def _head(report: Report, *keys: str) -> list[str]:
    return [report.say(f"columns.{key}") for key in keys]


def _titled(
    report: Report,
    key: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: range | set[int],
) -> str:
    """Return a part that is a table, as far as it can be read."""
    if not rows:
        return report.part(key, report.say("shown.nothing"))
    shown = table([head, *rows[:MOST_ROWS]], right)
    more = f"\n{report.say('shown.more')}" if len(rows) > MOST_ROWS else ""
    return report.part(key, shown + more)


def _name(report: Report, id: str | None) -> str:
    """Return a party's name; an account is named by its id, and None is other money."""
    if id is None:
        return report.say("shown.other")
    known = any(party.id == id for party in report.case.parties)
    return report.name(id) if known else id


def _place(report: Report, end: str) -> str:
    return report.say("shown.fee") if end == "fee" else _name(report, end)
