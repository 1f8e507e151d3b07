"""Several victims as tables of text: everybody's account, the assets, alone and together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simlib.cli.report import table
from simlib.explain import assumption_words
from simlib.interval import Interval, high_end, low_end
from simlib.law.citation import article_day
from simlib.restitution.ledger import added
from simlib.text import amount, cite, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.restitution import Ledger, Together

AMOUNTS = ("loss", "earlier", "returned", "restituted", "paid", "open", "owed")
ASSETS = ("assets", "restitution", "others", "civil", "fine", "left")


def of_together(found: Together, case: Case, rule: str, lang: str) -> str:
    """All victims' claims: what each gets by which title, from whom, and what changes alone."""
    assumed = (*found.assumptions, *_shared(found))
    parts = [
        _heading(found, case, lang),
        _part("returns", _returns(found, case, rule, lang), lang),
        _part("victims", _victims(found, case, lang), lang),
        _part("collection", _collection(found, case, lang), lang),
        _part("alone", _alone(found, case, lang), lang),
        _part("recourse", _recourse(found, case, lang), lang),
        _part(
            "citations", _lines(cite(c, lang, article_day(c, case)) for c in found.citations), lang
        ),
        _part("assumptions", _lines(assumption_words(e, case, lang) for e in assumed), lang),
        say("note", lang),
    ]
    return "\n\n".join(part for part in parts if part)


def _shared(found: Together) -> list[dict]:
    """What all the victims' own outcomes assume too, each once."""
    own = [e for o in found.outcomes.values() for e in o.assumptions]
    return [e for n, e in enumerate(own) if e not in own[:n] and e not in found.assumptions]


def say(key: str, lang: str, **values: object) -> str:
    """Words of this table."""
    return words("restitution", key, lang, **values)


def _part(key: str, body: str, lang: str) -> str:
    return f"{say(f'heading.{key}', lang)}\n{body}" if body else ""


def _heading(found: Together, case: Case, lang: str) -> str:
    mode = words("terms", f"forms.{found.mode}", lang)
    basis = words("terms", f"bases.{found.basis}", lang)
    said = words("cli", "decided", lang, mode=mode, basis=basis)
    return f"{getattr(case.title, lang)}\n{said}\n\n{say('about', lang)}"


def _returns(found: Together, case: Case, rule: str, lang: str) -> str:
    """What was frozen, by which rule it goes back, and what stays frozen."""
    if not any(a.frozen_fen for a in case.accounts):
        return say("nothing_frozen", lang)
    if found.returns is None:
        return say("rule.none", lang)
    basis = words("terms", f"bases.{found.returns.basis}", lang)
    lines = [say("by", lang, rule=say(f"rule.{rule}", lang), basis=basis)]
    lines += [
        say(
            "pot",
            lang,
            account=pot.account,
            who=_name(case, pot.holder, lang),
            amount=amount(pot.frozen_fen, lang),
            way=say(f"way.{pot.way}", lang),
            given=amount(sum(pot.to.values()), lang),
            left=amount(pot.left_fen, lang),
        )
        for pot in found.returns.accounts
    ]
    return _lines(lines)


def _victims(found: Together, case: Case, lang: str) -> str:
    head = [say(f"column.{key}", lang) for key in ("victim", *AMOUNTS)]
    rows = [
        [_name(case, v, lang), *(amount(fen, lang) for fen in _amounts(ledger))]
        for v, ledger in found.ledgers.items()
    ]
    return table([head, *rows], right=set(range(1, len(head))))


def _amounts(ledger: Ledger) -> list[object]:
    """The columns of `AMOUNTS`."""
    sums = [added(ledger.restituted.values()), ledger.judgment_fen]
    before = [ledger.loss_fen, ledger.earlier_fen, ledger.returned_fen]
    return [*before, *sums, ledger.open_fen, ledger.owed_fen]


def _collection(found: Together, case: Case, lang: str) -> str:
    """One row a debtor: what his assets go to, in order."""
    head = [say(f"column.{key}", lang) for key in ("debtor", *ASSETS)]
    unlimited = words("trace", "value.unlimited", lang)
    rows = []
    for party, own in found.collection.items():
        sums = [own.assets_fen, sum(own.restitution.values()), own.others_fen]
        sums += [own.civil_fen, own.fine_fen, own.left_fen]
        name = _name(case, party, lang)
        if not case.party(party).sued:
            name = words("cli", "not_sued", lang, who=name)
        rows.append([name, *(unlimited if s is None else amount(s, lang) for s in sums)])
    return table([head, *rows], right=set(range(1, len(head))))


def _alone(found: Together, case: Case, lang: str) -> str:
    """What each victim would get if only he sued, against what he gets now."""
    if len(found.victims) == 1:
        return ""
    lines = []
    for v in found.victims:
        now, alone = (own[v].received_fen for own in (found.ledgers, found.alone_ledgers))
        who = _name(case, v, lang)
        if isinstance(now, Interval) or isinstance(alone, Interval):
            values = {"now": amount(now, lang), "alone": amount(alone, lang)}
            lines.append(say("alone_open", lang, who=who, **values))
        elif now == alone:
            lines.append(say("alone_same", lang, who=who))
        else:
            key = "alone_more" if low_end(alone) > high_end(now) else "alone_less"
            lines.append(say(key, lang, who=who, amount=amount(abs(alone - now), lang)))
    return _lines(lines)


def _recourse(found: Together, case: Case, lang: str) -> str:
    lines = []
    for claim in found.recourse:
        values = {
            "who": _name(case, claim.creditor, lang),
            "against": _name(case, claim.debtor, lang),
            "amount": amount(claim.fen, lang),
        }
        if claim.subordinate:
            values["victims"] = say("comma", lang).join(_name(case, v, lang) for v in claim.behind)
        lines.append(say("recourse_behind" if claim.subordinate else "recourse", lang, **values))
    return _lines(lines)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _name(case: Case, id: str, lang: str) -> str:
    return getattr(case.party(id).name, lang)
