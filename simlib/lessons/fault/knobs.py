"""The knobs of lesson 02: what is in the file, in what form, and what the criminal case came to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simlib.fault.criminal import document, elements_of
from simlib.figures.fault.names import engine, phrase
from simlib.law.checklist import STRENGTHS, kinds
from simlib.lessons.knob import Knob
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case, Criminal, Evidence

FORMS = ("original", "copy", "absent")
OUT = ".against"  # the field that says a piece is in the file, at the end of its path
ABSENT: dict[str, object] = {"against": None, "shows": [], "rebuts": [], "strength": None}
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


@dataclass(frozen=True, slots=True)
class Fact(Knob):
    """A fact of a row that is no party; `stem` is the row, in a path."""

    stem: str = ""

    @property
    def paths(self) -> set[str]:
        """The fields of the row."""
        return {f"{self.stem}.{name}" for name in self.fields}

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Assumed by the reader, or as the case has it."""
        if changed & self.paths:
            return "assumed", words("lab", "tag.yours", lang)
        return "stated", words("lab", "tag.stated", lang)


def concerned(case: Case) -> list[str]:
    """Helpers about whose knowledge the file says anything: by evidence or a criminal case."""
    about = {e.against for e in case.evidence} | {c.party for c in case.criminal}
    people = [p for p in case.parties if p.role not in ("victim", "principal")]
    return [p.id for p in people if p.id in about]


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


def knobs(base: Callable[[], Case], party: str, lang: str) -> list[Knob]:
    """Each piece of evidence about a helper, then what the criminal case against him came to.

    Parameters
    ----------
    base
        gives the case before the reader's changes
    """
    case, listed = base(), []
    for piece in case.evidence:
        if piece.against != party or piece.kind in kinds("criminal_case"):
            continue
        listed.append(_form(base, piece, lang))
        if piece.rebuts:
            listed.append(_strength(piece, lang))
    for row, entry in enumerate(case.criminal):
        if entry.party == party:
            listed += [_verdict(row, entry, lang), _plea(row, entry, lang)]
    return listed


def grouped(found: Mapping[str, Knob], group: str) -> tuple[str, ...]:
    """The knobs of a group, in the order of the page."""
    return tuple(id for id, knob in found.items() if knob.group == group)


def _group(piece: Evidence) -> str:
    elements = {"act", "damage", "fraud", "causation"}
    return "elements" if piece.shows and set(piece.shows) <= elements else "pieces"


def _form(base: Callable[[], Case], piece: Evidence, lang: str) -> Knob:
    """Original, copy, or not in the file."""

    def read(now: Case) -> str:
        found = _row(now, piece.id)
        if found.against is None:
            return "absent"
        return "original" if found.original else "copy"

    def write(value: object, now: Case) -> dict[str, Any]:
        if value == "absent":
            changed = ABSENT
        else:
            before = _row(base(), piece.id)
            back = {} if _row(now, piece.id).against else _plain(before)
            changed = back | {"original": value == "original"}
        return {f"{piece.id}.{name}": wish for name, wish in changed.items()}

    name = getattr(piece.name, lang) if piece.name else piece.id
    return Fact(
        f"file:{piece.id}",
        "choice",
        phrase(f"knob.{'for_him' if piece.rebuts else 'piece'}", lang, name=name),
        _group(piece),
        read,
        write,
        piece.against,
        ("original", *ABSENT),
        extra={"options": _options(FORMS, "knob.form", lang)},
        stem=piece.id,
    )


def _plain(piece: Evidence) -> dict[str, Any]:
    """What `ABSENT` took away, as plain values that fit into a link."""
    held = {name: getattr(piece, name) for name in ABSENT}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in held.items()}


def _strength(piece: Evidence, lang: str) -> Knob:
    """How strongly a piece speaks against what it rebuts, if it stands."""

    def write(value: object, now: Case) -> dict[str, Any]:
        out = _row(now, piece.id).against is None
        return {} if out else {f"{piece.id}.strength": value}

    options = [{"value": s, "label": engine(f"strength.{s}", lang)} for s in STRENGTHS]
    name = getattr(piece.name, lang) if piece.name else piece.id
    return Fact(
        f"strength:{piece.id}",
        "choice",
        phrase("knob.strength", lang, name=name),
        "pieces",
        lambda now: _row(now, piece.id).strength,
        write,
        piece.against,
        ("strength",),
        extra={"options": options},
        stem=piece.id,
    )


def _verdict(row: int, entry: Criminal, lang: str) -> Knob:
    """What the criminal case came to, and whether it finds this victim and this amount."""
    stem = f"criminal[{row}]"

    def write(value: object, _: Case) -> dict[str, Any]:
        status, finds = VERDICTS[str(value)]
        changed = {"status": status, "finds": finds, "finds_fen": None}
        if value in ("none", "pending"):  # no document yet: nothing dated, no sentence
            changed |= {"on": None, "sentence": None}
        return {f"{stem}.{name}": wish for name, wish in changed.items()}

    return Fact(
        f"verdict:{row}",
        "select",
        phrase("knob.verdict", lang),
        "criminal",
        lambda now: verdict(now.criminal[row]),
        write,
        entry.party,
        ("status", "finds", "finds_fen", "on", "sentence"),
        extra={"options": _options(VERDICTS, "knob.verdicts", lang)},
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


def _plea(row: int, entry: Criminal, lang: str) -> Knob:
    return Fact(
        f"plea:{row}",
        "check",
        phrase("knob.plea", lang),
        "criminal",
        lambda now: now.criminal[row].plea,
        lambda value, _: {f"criminal[{row}].plea": bool(value)},
        entry.party,
        ("plea",),
        stem=f"criminal[{row}]",
    )


def _row(case: Case, id: str) -> Evidence:
    return next(piece for piece in case.evidence if piece.id == id)


def _options(values: Iterable[str], stem: str, lang: str) -> list[dict[str, str]]:
    return [{"value": v, "label": phrase(f"{stem}.{v}", lang)} for v in values]
