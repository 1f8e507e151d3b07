"""The knobs of lesson 02: what is in the file, in what form, and what the criminal case came to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from simlib.case import load_case
from simlib.fault.criminal import document, elements_of
from simlib.law.checklist import STRENGTHS, kinds
from simlib.lessons.fault.names import called
from simlib.lessons.knob import RowFact
from simlib.lessons.outcome import Say
from simlib.lessons.reader import lesson_of

if TYPE_CHECKING:
    from simlib.case.model import Case, Criminal, Evidence

FORMS = ("original", "copy", "absent")
OUT = ".against"  # the field that says a piece is in the file, at the end of its path
ABSENT: dict[str, object] = {"against": None, "shows": [], "rebuts": [], "strength": None}
ELEMENTS = {"act", "damage", "fraud", "causation"}
# choice → status and what the document finds; `general` finds knowledge, not this victim
VERDICTS: dict[str, tuple[str, list[str] | None]] = {
    "none": ("none", None),
    "pending": ("pending", None),
    "not-effective": ("pending", ["knowing", "act", "victim", "amount"]),
    "general": ("effective", ["knowing", "act"]),
    "victim": ("effective", ["knowing", "act", "victim"]),
    "amount": ("effective", ["knowing", "act", "victim", "amount"]),
    "not-prosecuted": ("not-prosecuted", ["act"]),  # 存疑: for want of evidence
    "waived": ("not-prosecuted", ["knowing", "act"]),  # 酌定: a minor crime, knowledge recorded
    "cleared": ("not-prosecuted", []),  # 法定: no facts of a crime
}
# status → the days it cannot have
GONE: dict[str, tuple[str, ...]] = {
    "none": ("opened_on", "arrested_on", "charged_on", "on", "effective_on"),
    "pending": ("effective_on",),
    "not-prosecuted": ("charged_on", "effective_on"),
    "effective": (),
}


def concerned(case: Case) -> list[str]:
    """Helpers about whose knowledge the file says anything: by evidence or a criminal case."""
    about = {e.against for e in case.evidence} | {c.party for c in case.criminal}
    people = [p for p in case.parties if p.role not in ("victim", "principal")]
    return [p.id for p in people if p.id in about]


def lacks(case: Case) -> str:
    """Say that the file says nothing about anybody's knowledge, if so."""
    return "" if concerned(case) else "no_evidence"


def in_file(case: Case, changes: Mapping[str, object]) -> Case:
    """The case without the evidence a reader took out of its file, nor what only that could show.

    An event of which no evidence is left is not known to anybody.
    """
    out = {
        path.removesuffix(OUT) for path, v in changes.items() if path.endswith(OUT) and v is None
    }
    if not out:
        return case
    kept = tuple(
        p.model_copy(update={"corroborated_by": _less(p.corroborated_by, out)})
        for p in case.evidence
        if p.id not in out
    )
    events = tuple(
        e.model_copy(update={"evidence": _less(e.evidence, out)})
        for e in case.events
        if not e.evidence or _less(e.evidence, out)
    )
    return case.model_copy(update={"evidence": kept, "events": events})


def _less(names: tuple[str, ...], out: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in out)


def speaking(file: Case, party: str) -> list[Evidence]:
    """The pieces about a party of which a file says what they prove; no criminal documents."""
    logged = {id for event in file.events for id in event.evidence}
    return [
        piece
        for piece in file.evidence
        if piece.against == party
        and piece.kind not in kinds("criminal_case")
        and (piece.shows or piece.rebuts or piece.id in logged)
    ]


def of_fault(file: Case, party: str) -> list[Evidence]:
    """Those of them that speak of his fault, by themselves or through events."""
    logged = {id for event in file.events for id in event.evidence}
    return [
        piece
        for piece in speaking(file, party)
        if piece.rebuts or set(piece.shows) - ELEMENTS or piece.id in logged
    ]


def knobs(case: Case, base: Callable[[], Case], party: str, lang: str) -> list[RowFact]:
    """Each piece of evidence about a helper, then what the criminal case against him came to.

    What a piece was before the reader took it out says the case before his changes: the one that
    is open, else the lesson's own, of which the words of its scenes speak.
    """
    say, file = Say("fault", lang), base()
    if [piece.id for piece in file.evidence] != [piece.id for piece in case.evidence]:
        file = load_case(lesson_of("fault").cases[0])
    listed = []
    for piece in speaking(file, party):
        listed.append(_form(piece, say))
        if piece.rebuts:
            listed.append(_strength(piece, say))
    for row, entry in enumerate(file.criminal):
        if entry.party == party:
            listed += [_verdict(row, entry, say), _plea(row, entry, say)]
    return listed


def _form(piece: Evidence, say: Say) -> RowFact:
    """Original, copy, or not in the file; `piece` as the file has it."""

    def read(now: Case) -> str:
        found = _row(now, piece.id)
        if found.against is None:
            return "absent"
        return "original" if found.original else "copy"

    def write(value: object, now: Case) -> dict[str, Any]:
        if value == "absent":
            changed = ABSENT
        else:
            back = {} if _row(now, piece.id).against else _plain(piece)
            changed = back | {"original": value == "original"}
        return {f"{piece.id}.{name}": wish for name, wish in changed.items()}

    return RowFact(
        f"file:{piece.id}",
        "choice",
        say(f"knob.{'for_him' if piece.rebuts else 'piece'}", name=called(piece, say)),
        "elements" if piece.shows and set(piece.shows) <= ELEMENTS else "evidence",
        read,
        write,
        piece.against,
        ("original", *ABSENT),
        extra={"options": _options(FORMS, "knob.file_is", say)},
        stem=piece.id,
    )


def _plain(piece: Evidence) -> dict[str, Any]:
    """What `ABSENT` took away, as plain values that fit into a link."""
    held = {name: getattr(piece, name) for name in ABSENT}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in held.items()}


def _strength(piece: Evidence, say: Say) -> RowFact:
    """How strongly a piece speaks against what it rebuts, if it stands."""

    def write(value: object, now: Case) -> dict[str, Any]:
        out = _row(now, piece.id).against is None
        return {} if out else {f"{piece.id}.strength": value}

    return RowFact(
        f"strength:{piece.id}",
        "choice",
        say("knob.strength", name=called(piece, say)),
        "evidence",
        lambda now: _row(now, piece.id).strength,
        write,
        piece.against,
        ("strength",),
        extra={"options": _options(STRENGTHS, "fault:strength", say)},
        stem=piece.id,
    )


def _verdict(row: int, entry: Criminal, say: Say) -> RowFact:
    """What the criminal case came to, and whether it finds this victim and this amount."""
    stem = f"criminal[{row}]"

    def write(value: object, _: Case) -> dict[str, Any]:
        status, finds = VERDICTS[str(value)]
        changed: dict[str, Any] = {"status": status, "finds": finds, "finds_fen": None}
        # no document that this outcome does not have: a day that contradicts it is an error
        changed |= dict.fromkeys(GONE[status])
        if value in ("none", "pending"):
            changed |= {"on": None, "sentence": None}
        return {f"{stem}.{name}": wish for name, wish in changed.items()}

    return RowFact(
        f"verdict:{row}",
        "select",
        say("knob.verdict"),
        "criminal",
        lambda now: verdict(now.criminal[row]),
        write,
        entry.party,
        ("status", "finds", "finds_fen", "sentence", *GONE["none"]),
        extra={"options": _options(VERDICTS, "knob.verdict_is", say)},
        stem=stem,
    )


def verdict(entry: Criminal) -> str:
    """Which choice an entry of the case's criminal table is."""
    kind, finds = document(entry), elements_of(entry)
    if kind == "judgment":
        if "victim" not in finds:
            return "general"
        return "amount" if "amount" in finds else "victim"
    if kind == "not-prosecuted" and "knowing" in finds:
        return "waived"
    return "cleared" if kind == "not-prosecuted" and entry.finds == () else kind or "none"


def _plea(row: int, entry: Criminal, say: Say) -> RowFact:
    return RowFact(
        f"plea:{row}",
        "check",
        say("knob.plea"),
        "criminal",
        lambda now: now.criminal[row].plea,
        lambda value, _: {f"criminal[{row}].plea": bool(value)},
        entry.party,
        ("plea",),
        stem=f"criminal[{row}]",
    )


def _row(case: Case, id: str) -> Evidence:
    return next(piece for piece in case.evidence if piece.id == id)


def _options(values: Iterable[str], stem: str, say: Say) -> list[dict[str, str]]:
    return [{"value": each, "label": say(f"{stem}.{each}")} for each in values]
