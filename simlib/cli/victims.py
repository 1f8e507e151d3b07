"""Several victims as tables of text: everybody's account, the assets, alone and together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.cli.report import Report, bullets, joined, table
from simlib.explain import face
from simlib.interval import FenRange, Interval, added, high_end, low_end

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability.assumption import Assumption
    from simlib.restitution import Ledger, Together

AMOUNTS = ("loss", "earlier", "returned", "restituted", "paid", "open", "owed")
ASSETS = ("assets", "restitution", "others", "civil", "fine", "left")


def of_together(together: Together, case: Case, rule: str, lang: str) -> str:
    """Report all victims' claims: by title, from whom, and what changes alone."""
    report = Report("restitution", case, lang)
    mode = report.named(f"forms.{together.mode}", "terms")
    faces = dict.fromkeys(face(own, case, lang) for own in together.outcomes.values())
    decided = report.decided(mode, together.basis, faces)
    return joined([
        "\n".join([*decided, "", report.say("about")]),
        report.part("returns", _returns(report, together, rule)),
        report.part("victims", _victims(report, together)),
        report.part("collection", _collection(report, together)),
        report.listed("alone", _alone(report, together)),
        report.listed("recourse", _recourse(report, together)),
        report.citations(together.citations),
        report.assumptions([*together.assumptions, *_shared(together)]),
        report.say("note"),
    ])  # fmt: skip


def _shared(together: Together) -> list[Assumption]:
    """List the assumptions of the victims' own outcomes, each once."""
    own = [e for o in together.outcomes.values() for e in o.assumptions]
    return [e for n, e in enumerate(own) if e not in own[:n] and e not in together.assumptions]


def _returns(report: Report, together: Together, rule: str) -> str:
    """Report what was frozen, the rule it is returned by, and what stays frozen."""
    if not any(a.frozen_fen for a in report.case.accounts):
        return report.say("nothing_frozen")
    if together.returns is None:
        return report.say("rule.none")
    basis = report.named(f"bases.{together.returns.basis}", "terms")
    return bullets([
        report.say("by", rule=report.say(f"rule.{rule}"), basis=basis),
        *(
            report.say(
                "pot",
                account=pot.account,
                who=report.name(pot.holder),
                amount=report.amount(pot.frozen_fen),
                way=report.say(f"way.{pot.way}"),
                given=report.amount(sum(pot.to.values())),
                left=report.amount(pot.left_fen),
            )
            for pot in together.returns.accounts
        ),
    ])  # fmt: skip


def _victims(report: Report, together: Together) -> str:
    head = report.head("victim", *AMOUNTS)
    rows = [
        [report.name(victim), *map(report.amount, _amounts(ledger))]
        for victim, ledger in together.ledgers.items()
    ]
    return table([head, *rows], right=range(1, len(head)))


def _amounts(ledger: Ledger) -> list[FenRange]:
    """Return the columns of `AMOUNTS`."""
    before = [ledger.loss_fen, ledger.earlier_fen, ledger.returned_fen]
    sums = [added(ledger.restituted.values()), ledger.judgment_fen]
    return [*before, *sums, ledger.open_fen, ledger.owed_fen]


def _collection(report: Report, together: Together) -> str:
    """Report one row a debtor: what his assets go to, in order."""
    head = report.head("debtor", *ASSETS)
    unlimited = report.named("value.unlimited", "trace")
    rows = []
    for party, own in together.collection.items():
        sums: list[FenRange | None] = [own.assets_fen, added(own.restitution.values())]
        sums += [own.others_fen, own.civil_fen, own.fine_fen, own.left_fen]
        amounts = (unlimited if fen is None else report.amount(fen) for fen in sums)
        rows.append([report.sued_name(party), *amounts])
    return table([head, *rows], right=range(1, len(head)))


def _alone(report: Report, together: Together) -> Iterator[str]:
    """Compare what each victim would get suing alone with what he gets now."""
    for victim in together.victims if len(together.victims) > 1 else ():
        both = (together.ledgers, together.alone_ledgers)
        now, alone = (ledgers[victim].received_fen for ledgers in both)
        who = report.name(victim)
        if isinstance(now, Interval) or isinstance(alone, Interval):
            values = {"now": report.amount(now), "alone": report.amount(alone)}
            yield report.say("alone_open", who=who, **values)
        elif now == alone:
            yield report.say("alone_same", who=who)
        else:
            key = "alone_more" if low_end(alone) > high_end(now) else "alone_less"
            yield report.say(key, who=who, amount=report.amount(abs(alone - now)))


def _recourse(report: Report, together: Together) -> Iterator[str]:
    for claim in together.recourse:
        values = {
            "who": report.name(claim.creditor),
            "against": report.name(claim.debtor),
            "amount": report.amount(claim.fen),
        }
        if claim.subordinate:
            values["victims"] = report.say("comma").join(map(report.name, claim.behind))
        yield report.say("recourse_behind" if claim.subordinate else "recourse", **values)
