"""Several victims as tables of text: everybody's account, the assets, alone and together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simlib.cli.report import table
from simlib.explain import assumption_words, face
from simlib.interval import FenRange, Interval, added, high_end, low_end
from simlib.text import amount, cite_for, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability.assumption import Assumption
    from simlib.restitution import Ledger, Together

AMOUNTS = ("loss", "earlier", "returned", "restituted", "paid", "open", "owed")
ASSETS = ("assets", "restitution", "others", "civil", "fine", "left")


def of_together(together: Together, case: Case, rule: str, lang: str) -> str:
    """Report all victims' claims: by title, from whom, and what changes alone."""
    assumed = (*together.assumptions, *_shared(together))
    parts = [
        _heading(together, case, lang),
        _part("returns", _returns(together, case, rule, lang), lang),
        _part("victims", _victims(together, case, lang), lang),
        _part("collection", _collection(together, case, lang), lang),
        _part("alone", _alone(together, case, lang), lang),
        _part("recourse", _recourse(together, case, lang), lang),
        _part(
            "citations",
            _lines(cite_for(c, case, lang) for c in together.citations),
            lang,
        ),
        _part("assumptions", _lines(assumption_words(e, case, lang) for e in assumed), lang),
        say("note", lang),
    ]
    return "\n\n".join(part for part in parts if part)


def _shared(together: Together) -> list[Assumption]:
    """List the assumptions of the victims' own outcomes, each once."""
    own = [e for o in together.outcomes.values() for e in o.assumptions]
    return [e for n, e in enumerate(own) if e not in own[:n] and e not in together.assumptions]


def say(key: str, lang: str, **values: object) -> str:
    """Return words of this table."""
    return words("restitution", key, lang, **values)


def _part(key: str, body: str, lang: str) -> str:
    return f"{say(f'heading.{key}', lang)}\n{body}" if body else ""


def _heading(together: Together, case: Case, lang: str) -> str:
    mode = words("terms", f"forms.{together.mode}", lang)
    basis = words("terms", f"bases.{together.basis}", lang)
    decided = words("cli", "decided", lang, mode=mode, basis=basis)
    faces = dict.fromkeys(face(own, case, lang) for own in together.outcomes.values())
    noted = [words("cli", "face", lang, face=said) for said in faces if said]
    return "\n".join([getattr(case.title, lang), decided, *noted, "", say("about", lang)])


def _returns(together: Together, case: Case, rule: str, lang: str) -> str:
    """Report what was frozen, the rule it is returned by, and what stays frozen."""
    if not any(a.frozen_fen for a in case.accounts):
        return say("nothing_frozen", lang)
    if together.returns is None:
        return say("rule.none", lang)
    basis = words("terms", f"bases.{together.returns.basis}", lang)
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
        for pot in together.returns.accounts
    ]
    return _lines(lines)


def _victims(together: Together, case: Case, lang: str) -> str:
    head = [say(f"column.{key}", lang) for key in ("victim", *AMOUNTS)]
    rows = [
        [_name(case, v, lang), *(amount(fen, lang) for fen in _amounts(ledger))]
        for v, ledger in together.ledgers.items()
    ]
    return table([head, *rows], right=set(range(1, len(head))))


def _amounts(ledger: Ledger) -> list[FenRange]:
    """Return the columns of `AMOUNTS`."""
    sums = [added(ledger.restituted.values()), ledger.judgment_fen]
    before = [ledger.loss_fen, ledger.earlier_fen, ledger.returned_fen]
    return [*before, *sums, ledger.open_fen, ledger.owed_fen]


def _collection(together: Together, case: Case, lang: str) -> str:
    """Report one row a debtor: what his assets go to, in order."""
    head = [say(f"column.{key}", lang) for key in ("debtor", *ASSETS)]
    unlimited = words("trace", "value.unlimited", lang)
    rows = []
    for party, own in together.collection.items():
        sums: list[FenRange | None] = [own.assets_fen, added(own.restitution.values())]
        sums += [own.others_fen, own.civil_fen, own.fine_fen, own.left_fen]
        name = _name(case, party, lang)
        if not case.party(party).sued:
            name = words("cli", "not_sued", lang, who=name)
        rows.append([name, *(unlimited if s is None else amount(s, lang) for s in sums)])
    return table([head, *rows], right=set(range(1, len(head))))


def _alone(together: Together, case: Case, lang: str) -> str:
    """Compare what each victim would get suing alone with what he gets now."""
    if len(together.victims) == 1:
        return ""
    lines = []
    for v in together.victims:
        now, alone = (own[v].received_fen for own in (together.ledgers, together.alone_ledgers))
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


def _recourse(together: Together, case: Case, lang: str) -> str:
    lines = []
    for claim in together.recourse:
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
    name: str = getattr(case.party(id).name, lang)
    return name
