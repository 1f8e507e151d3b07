"""A knob: which fact it moves, how the fact is shown on it, and of what kind the fact is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.case.changed_case import locate
from simlib.law.regime import regime_for
from simlib.lessons.declaration import CHOSEN
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case

STEP = 0.05


@dataclass(frozen=True, slots=True)
class Knob:
    """One control: how to show a case's fact on it, and how to write the reader's wish.

    Attributes
    ----------
    id, kind, label
        its name, the control's kind (`choice`, `range`, `check`), what the reader calls it
    group
        what it moves, for the words that say why a row stands still;
    read, write
        case → value shown; value wished, case → changes for `case.set`
    owner, fields
        the party and the fields it speaks for; no owner for fields of the case
    discretionary
        whether a judge fixes it, rather than finding it
    extra
        what the control needs besides: bounds, unit, options
    absent
        the tag of a fact that the case does not state
    """

    id: str
    kind: str
    label: str
    group: str
    read: Callable[[Case], object]
    write: Callable[[object, Case], dict[str, Any]]
    owner: str | None
    fields: tuple[str, ...]
    discretionary: bool = False
    extra: dict[str, Any] = field(default_factory=dict)
    absent: str = "absent"

    @property
    def paths(self) -> set[str]:
        """The paths in a case that this knob writes."""
        return {f"{self.owner}.{name}" if self.owner else name for name in self.fields}

    def at(self, case: Case, chosen: Mapping[str, object]) -> object:
        """What it shows of a case and of what else is chosen."""
        return self.read(case)

    def spec(self, lang: str) -> dict[str, Any]:
        """The control as the form wants it."""
        return {
            "kind": self.kind,
            "id": self.id,
            "label": self.label,
            "tagged": True,
            "reset": words("lab", "tool.reset_one", lang),
            **self.extra,
        }

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Of what kind the fact is now: key and words."""
        if changed & self.paths:
            return "assumed", words("lab", "tag.yours", lang)
        held = case.party(self.owner) if self.owner else case
        fields = {name.split(".")[0] for name in self.fields}
        stated = [n for n in fields if getattr(held, n) != type(held).model_fields[n].default]
        kind = next((held.kinds[n] for n in stated if n in held.kinds), None)
        if kind:
            return kind, words("terms", f"kinds.{kind}", lang)
        if self.discretionary:
            return "discretionary", words("terms", "kinds.discretionary", lang)
        if stated:
            return "stated", _told_by(case, lang)
        return "absent", words("lab", f"tag.{self.absent}", lang)


@dataclass(frozen=True, slots=True)
class RowFact(Knob):
    """A fact of a row that is no party, as the file has it: evidence, a criminal case.

    `stem` is the row in a path, `owner` whom it is about.
    """

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


@dataclass(frozen=True, slots=True)
class Setting(Knob):
    """A choice beside the facts: a rule, a reading, a value of a model.

    `read` and `write` are given what is chosen instead of a case, `fields` names what is written
    of it, and `basis` says of what kind the choice is: a key of `terms.bases`; `keeps` if it is of
    that kind whatever is chosen, as two readings are doctrine both.
    """

    basis: str = "teaching assumption"
    keeps: bool = False

    @property
    def paths(self) -> set[str]:
        """What it writes, as scenes and tasks name it."""
        return {CHOSEN + name for name in self.fields}

    def at(self, case: Case, chosen: Mapping[str, object]) -> object:
        """What it shows of what is chosen."""
        return self.read(chosen)  # type: ignore[arg-type]  # a setting reads no case

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """Of what kind the choice is: the reader's own, or the lesson's."""
        if changed & self.paths and not self.keeps:
            return "assumed", words("lab", "tag.yours", lang)
        return self.basis, words("terms", f"bases.{self.basis}", lang)


def _told_by(case: Case, lang: str) -> str:
    """Whose words a stated fact is in: the title of the position that adds nothing to the file."""
    plain = (p for p in case.positions if case.basis == "reported" and not p.set)
    told = next((getattr(p.title, lang) for p in plain), "")
    return told or words("lab", "tag.stated", lang)


def turned(base: Case, changes: Mapping[str, object]) -> dict[str, Any]:
    """The changes that change something: what a reader sets back is the file's own again."""
    return {path: value for path, value in changes.items() if not _holds(base, path, value)}


def _holds(case: Case, path: str, value: object) -> bool:
    """Whether a case has this value at a path already: `zhang.grade`, `undeterminable`."""
    held: Any = case
    for part in locate(case, path):
        held = held[part] if isinstance(part, int) else getattr(held, part, None)
    return bool(held == value)


def fraction(lang: str, open_key: str | None = None, most: float = 1) -> dict[str, Any]:
    """Bounds of a knob from 0 to `most`; `open_key` names the word for an open fact."""
    extra = {"min": 0, "max": most, "step": STEP, "unit": ""}
    return extra | ({"open": words("lab", f"open.{open_key}", lang)} if open_key else {})


def yuan(case: Case, lang: str, open_key: str | None = None) -> dict[str, Any]:
    """Bounds of a knob for money: a little over the loss of the case, in handy steps.

    An open one is not known, or, if `open_key` says so, without an end.
    """
    most = case.loss_fen * 1.2 / 100
    step = max(1, 10 ** (len(str(int(most))) - 3))
    extra = {"min": 0, "max": int(most // step * step), "step": step}
    extra["unit"] = words("lab", "unit.yuan", lang)
    if open_key:
        extra |= {
            "open": words("lab", f"open.{open_key}", lang),
            "endless": open_key == "unlimited",
        }
    return extra


def to_fen(amount_yuan: Any) -> int | None:
    """What a reader set in yuan, in fen; None stays None (not known)."""
    return None if amount_yuan is None else round(float(amount_yuan) * 100)


def to_yuan(amount_fen: int | None) -> float | None:
    """An amount in fen as a knob shows it; None stays None (not known)."""
    return None if amount_fen is None else amount_fen / 100


def _same(value: Any) -> Any:
    return value


def fact(
    id: str,
    kind: str,
    party: str,
    label: str,
    group: str,
    field: str,
    shown: Callable[[Any], Any] = _same,
    taken: Callable[[Any], Any] = _same,
    **more: Any,
) -> Knob:
    """Make the knob of one field of a party; `shown` and `taken` convert it to the page and back.

    `more` are further fields of `Knob`.
    """
    return Knob(
        id,
        kind,
        label,
        group,
        lambda now: shown(getattr(now.party(party), field)),
        lambda value, _: {f"{party}.{field}": taken(value)},
        party,
        (field,),
        **more,
    )


def means(
    case: Case,
    party: str,
    label: str,
    lang: str,
    id: str = "assets",
    group: str = "assets",
    open_key: str = "unknown",
) -> Knob:
    """Make the knob for what a party has; None is not known, or `unlimited` if `open_key` says."""
    absent = "unlimited" if open_key == "unlimited" else "absent"
    return fact(id, "range", party, label, group, "assets_fen", to_yuan, to_fen,
                extra=yuan(case, lang, open_key), absent=absent)  # fmt: skip


def grade(
    party: str, label: str, lang: str, id: str = "grade", kind: str = "choice", group: str = "fault"
) -> Knob:
    """Make the knob for a party's grade of fault; a number that the file gives for it goes."""
    options = [{"value": g, "label": words("terms", f"grades.{g}", lang)} for g in fault.GRADES]
    return Knob(
        id,
        kind,
        label,
        group,
        lambda case: fault.grade(case.party(party), regime_for(case)).value,
        lambda value, _: {f"{party}.grade": value, f"{party}.fault": None},
        party,
        ("grade", "fault"),
        extra={"options": options},
    )


def is_whole(value: object, most: int, is_open: bool = False) -> bool:
    """Whether a knob of whole numbers from 0 gives this; an open one gives None too."""
    if value is None:
        return is_open
    return type(value) in (int, float) and value in range(most + 1)  # a page sends 6 or 6.0
