"""What became of bank statements, as text or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from simlib.cli.report import table
from simlib.explain.import_report import note_words, signs_words
from simlib.statement import Imported, Line, Note, Reading, layouts
from simlib.statement.case import Draft
from simlib.statement.case.add_to_case import Added
from simlib.statement.case.case_matching import Loss
from simlib.statement.case.roles_and_questions import OpenQuestion
from simlib.statement.model import yuan
from simlib.text import amount, date, words

SCHEMA = "simlib.import/1"
MOST_ACCOUNTS = 60  # a longer table is for a program: --json
MOST_IDS = 6  # of transfers in one line
MOST_UNREAD = 12  # columns that are named
PLAIN = ("blank", "title", "header", "total", "note")  # skipped rows that are counted, not listed


def of_import(
    imported: Imported, readings: Sequence[Reading], unread: Sequence[Note], lang: str
) -> str:
    """Report each statement's counts, every refused row, and the accounts."""
    read = zip(readings, imported.signs, strict=True)
    parts = ["\n".join(_statement(reading, signs, lang)) for reading, signs in read]
    parts += [note_words(note, lang) for note in unread]
    if len(readings) > 1:
        parts.append("\n".join(_counts(imported, imported.skipped, lang)))
    parts.append(_listed("refused", [line_words(line, lang) for line in imported.refused], lang))
    looked_at = [line for line in imported.skipped if line.code not in PLAIN]
    parts.append(_listed("skipped", [line_words(line, lang) for line in looked_at], lang))
    parts.append(_listed("warnings", [note_words(note, lang) for note in imported.warnings], lang))
    parts.append(_listed("assumptions", [note_words(n, lang) for n in imported.assumptions], lang))
    if imported.taken:
        parts += [_accounts(imported, lang), _by_name(imported, lang)]
    else:
        parts.append(_say("report.nothing", lang))
    return "\n\n".join(part for part in parts if part)


def of_draft(draft: Draft, folder: str, lang: str) -> str:
    """Report what was written, and what is still to be filled in."""
    lines = [_say("report.written", lang, folder=folder, transfers=draft.transfers,
                  accounts=draft.accounts)]  # fmt: skip
    if draft.left_out:
        lines.append(_say("report.left_out", lang, count=len(draft.left_out)))
    lines += [_say("report.fill", lang, said=note_words(note, lang)) for note in draft.notes]
    return "\n".join(lines)


def of_asks(open_: Sequence[OpenQuestion], folder: str, lang: str) -> str:
    """OpenQuestion what the case still needs, each question with the option that answers it."""
    if not open_:
        return ""
    lines = [_say("asks.head", lang, folder=folder)]
    for number, ask in enumerate(open_, 1):
        likely = [_say(f"asks.{ask.what}_one", lang, id=id, amount=amount(fen, lang))
                  for id, fen in ask.likely]  # fmt: skip
        said = _say("asks.likely", lang, likely=_say("signs.between", lang).join(likely))
        example = ask.likely[0][0] if ask.likely else "c1"
        asked = _say(f"asks.{ask.what}", lang, id=example)
        lines.append(f"{number}. {asked}" + (said if likely else ""))
    return "\n".join(lines)


def of_added(added: Added, folder: str, lang: str) -> str:
    """Report what was added to a case, what was not and why, the loss if it is another now, and
    each row that was already there."""
    lines = [_say("report.added", lang, folder=folder, transfers=added.transfers,
                  accounts=added.accounts, already=len(added.already))]  # fmt: skip
    for key, ids in (("left_out", added.left_out), ("apart", added.apart)):
        lines += [_say(f"report.{key}", lang, count=len(ids))] if ids else []
    lines += [_loss(loss, added.names, lang) for loss in added.losses]
    if added.earlier:
        lines.append(_say("report.earlier", lang, day=date(added.earlier, lang)))
    if added.maybe:
        shown = ", ".join(added.maybe[:MOST_IDS]) + ("…" if len(added.maybe) > MOST_IDS else "")
        lines.append(_say("report.maybe", lang, count=len(added.maybe), ids=shown))
    lines += [line_words(line, lang) for line in added.already]
    if added.returned_fen:
        back = Note("fill-returned", {"amount": yuan(added.returned_fen)})
        lines.append(_say("report.fill", lang, said=note_words(back, lang)))
    if added.unnamed:
        accounts = _say("signs.between", lang).join(added.unnamed)
        lines.append(_say("asks.holder", lang, accounts=accounts, folder=folder))
    return "\n".join(lines)


def _loss(loss: Loss, names: Mapping[str, object], lang: str) -> str:
    """Say how a loss changes, and by whose payments to whom."""
    paid = [_say("report.loss_paid", lang, who=_called(id, names, lang), amount=amount(fen, lang))
            for id, fen in loss.paid.items()]  # fmt: skip
    return _say(
        "report.loss", lang, who=_called(loss.victim, names, lang),
        before=amount(loss.before, lang), after=amount(loss.after, lang),
        paid=_say("signs.between", lang).join(paid),
    )  # fmt: skip


def _called(id: str, names: Mapping[str, object], lang: str) -> str:
    """Return what the case calls a party; its id where it has no name."""
    name = names.get(id)
    return str(name.get(lang, id)) if isinstance(name, Mapping) else str(name or id)


def as_json(imported: Imported, readings: Sequence[Reading], unread: Sequence[Note]) -> str:
    """Return the report as JSON, under pseudonyms: keys and numbers."""
    data = {
        "schema": SCHEMA,
        "statements": [
            _of_reading(*each) for each in zip(readings, imported.signs, strict=True)
        ],
        "unread": [note.values["label"] for note in unread],
        "read": imported.read,
        "taken": imported.taken,
        "refused": [_line(line) for line in imported.refused],
        "skipped": [_line(line) for line in imported.skipped],
        "warnings": [_note(note) for note in imported.warnings],
        "assumptions": [_note(note) for note in imported.assumptions],
        "accounts": [
            {"id": a.id, "holder": a.holder, "own": a.own, "opening_fen": a.opening_fen,
             "in_fen": a.in_fen, "out_fen": a.out_fen, "rows": a.rows}
            for a in imported.accounts
        ],
        "by_name": [
            {"holder": a.holder, "in_fen": a.in_fen, "out_fen": a.out_fen, "rows": a.rows}
            for a in imported.by_name
        ],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=1)


def _of_reading(reading: Reading, signs: Note) -> dict[str, object]:
    counts = {"read": reading.read, "taken": reading.taken,
              "refused": len(reading.refused), "skipped": len(reading.skipped)}  # fmt: skip
    return {"label": reading.label, "encoding": reading.encoding, "shape": reading.mapping.shape,
            **counts, "signs": _note(signs)}  # fmt: skip


def line_words(line: Line, lang: str) -> str:
    """Describe a row that was not taken: where, its code, and why."""
    reason = _say(f"reasons.{line.code}", lang, **line.values)
    for said in {"balance_in", "balance_out"} & {*line.values}:
        reason += _say(f"report.{said}", lang, amount=line.values[said])
    return _say("report.line", lang, label=line.label, row=line.row, code=line.code, reason=reason)


def _statement(reading: Reading, signs: Note, lang: str) -> Iterator[str]:
    shape = _say(f"shapes.{reading.mapping.shape}", lang)
    yield _say("report.file", lang, label=reading.label, encoding=reading.encoding, shape=shape)
    if known := layouts().get(reading.mapping.layout or ""):
        yield _say("report.layout", lang, layout=known.name(lang))
    yield signs_words(signs, lang)
    if reading.unread:
        named = _say("signs.between", lang).join(reading.unread[:MOST_UNREAD])
        more = "…" if len(reading.unread) > MOST_UNREAD else ""
        yield _say("report.unread", lang, columns=named + more)
    for note in reading.mapping.uncertain:
        yield _say("report.uncertain", lang, said=note_words(note, lang))
    yield from _counts(reading, reading.skipped, lang)


def _counts(imported: Reading | Imported, skipped: Sequence[Line], lang: str) -> Iterator[str]:
    yield _say("report.counts", lang, read=imported.read, taken=imported.taken,
               refused=len(imported.refused), skipped=len(skipped))  # fmt: skip
    kinds = Counter(line.code for line in skipped if line.code in PLAIN)
    if kinds:
        counts = [_say("report.kind", lang, reason=_say(f"reasons.{code}", lang), count=count)
                for code, count in kinds.items()]  # fmt: skip
        between = words("exercise", "sheet.between", lang)
        yield _say("report.kinds", lang, kinds=between.join(counts))


def _listed(heading: str, lines: Sequence[str], lang: str) -> str:
    if not lines:
        return ""
    return "\n".join([_say(f"report.{heading}", lang), *(f"- {line}" for line in lines)])


def _accounts(imported: Imported, lang: str) -> str:
    keys = ("account", "holder", "opening", "came", "went", "rows")
    names = {holder.id: holder.zh if lang == "zh" else holder.en for holder in imported.holders}
    rows = [[_say(f"report.{key}", lang) for key in keys]]
    most = {
        a.id
        for a in sorted(imported.accounts, key=lambda a: -(a.in_fen + a.out_fen))[:MOST_ACCOUNTS]
    }
    for account in [a for a in imported.accounts if a.own or a.id in most]:
        id = _say("report.own", lang, id=account.id) if account.own else account.id
        opening = "" if account.opening_fen is None else amount(account.opening_fen, lang)
        rows.append([
            id, f"{account.holder} {names.get(account.holder, '')}".strip(), opening,
            amount(account.in_fen, lang), amount(account.out_fen, lang), str(account.rows),
        ])  # fmt: skip
    lines = [_say("report.accounts", lang), table(rows, right={2, 3, 4, 5})]
    if more := len(imported.accounts) + 1 - len(rows):
        lines.append(_say("report.more", lang, count=more))
    return "\n".join(lines)


def _by_name(imported: Imported, lang: str) -> str:
    """List who is known by a name only; they have no account and can be given a role."""
    if not imported.by_name:
        return ""
    rows = [[_say(f"report.{key}", lang) for key in ("holder", "came", "went", "rows")]]
    names = {holder.id: holder.zh if lang == "zh" else holder.en for holder in imported.holders}
    busiest = sorted(imported.by_name, key=lambda a: -(a.in_fen + a.out_fen))[:MOST_ACCOUNTS]
    rows += [
        [f"{a.id} {names[a.id]}", amount(a.in_fen, lang), amount(a.out_fen, lang), str(a.rows)]
        for a in busiest
    ]
    example = f"{busiest[0].id}=helper:payment:knowing"
    lines = [_say("report.by_name", lang, example=example), table(rows, right={1, 2, 3})]
    if more := len(imported.by_name) - len(busiest):
        lines.append(_say("report.more_names", lang, count=more))
    return "\n".join(lines)


def _line(line: Line) -> dict[str, object]:
    return {"statement": line.label, "row": line.row, "code": line.code, **_unquoted(line.values)}


def _note(note: Note) -> dict[str, object]:
    return {"code": note.code, **_unquoted(note.values)}


def _unquoted(values: Mapping[str, object]) -> dict[str, object]:
    """Drop the words of a row's cell, which may name somebody."""
    return {key: value for key, value in values.items() if key != "cell"}


def _say(key: str, lang: str, **values: object) -> str:
    return words("statement", key, lang, **values)
