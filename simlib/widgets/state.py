"""A lab's whole state: what is set up now, what is kept beside it. Text restores it."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import os
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import traitlets

from simlib.case import load_case, shipped_cases
from simlib.errors import SimlibError, UnknownName
from simlib.lessons.knob import turned
from simlib.widgets.page_messages import record
from simlib.widgets.prepared_case import read_own

if TYPE_CHECKING:
    from simlib.case.model import Case

VERSION = 2  # 1 until rules were read otherwise (`simlib.law.rule.earlier_defaults`)
OWN = "own"  # the name of the reader's own case, whatever it calls itself
MOST_TEXT = 30_000  # characters of a link; more is no link of ours
MOST_LINK = 20_000  # up to here a link carries the reader's own case, in the fragment: no server
# reads it, but each movement of a knob writes it anew
MOST_BYTES = 500_000  # that a link unpacks to
INSTANTS = (".at", "_at")  # how a fact is called that is a point in time
LACKS = "lacks"  # a link that does not carry it tells its digest
SPEAKS_OF_OWN = re.compile(rf'"(?:{OWN}|{LACKS})": *"'.encode())  # in a link that is unpacked


@dataclass(frozen=True, slots=True)
class Scene:
    """What a reader has set up, without what he answered or asked.

    Attributes
    ----------
    case_id
        a shipped case's name, or `own`
    position
        one of the case's positions, or empty
    changes
        path → value, set after the position; None: unknown
    party
        the helper whose facts the knobs move, or empty
    chosen
        what else a lab lets the reader choose: id → plain value
    """

    case_id: str = ""
    position: str = ""
    changes: dict[str, object] = field(default_factory=dict)
    party: str = ""
    chosen: dict[str, object] = field(default_factory=dict)


SCENE = tuple(Scene.__dataclass_fields__)
REFUSED = (  # what a text that is no state of ours may raise
    ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error,
    traitlets.TraitError, SimlibError,
)  # fmt: skip


def fields_of(scene: Scene | LabState) -> dict[str, object]:
    """A scene's values by name, themselves rather than copies."""
    return {name: getattr(scene, name) for name in SCENE}


def scene_of(fields: Mapping[str, object]) -> Scene:
    """Return the scene of some values by name; `LabState` checks those of a link."""
    found: dict[str, Any] = {name: fields[name] for name in SCENE}
    return Scene(**found)


class LabState(traitlets.HasTraits):
    """What a reader chose. Plain values only, so that it fits into a link.

    Attributes
    ----------
    case_id, position, changes, party, chosen
        the scene that is shown, see `Scene`
    committed
        the reader's own answer, empty until given
    selected
        the number asked about: `[row, key, party]`, or empty
    kept
        the scene kept as A, which the present one (B) is compared with; None: none
    own
        the TOML text of the reader's own case, empty until he has opened one
    stage, tasks
        the lesson's scene on the stage, empty: the first; how far its tasks have come
    written
        the format of the link this state came from; no part of a link
    """

    case_id = traitlets.Unicode()
    position = traitlets.Unicode()
    changes = traitlets.Dict()
    party = traitlets.Unicode()
    chosen = traitlets.Dict()
    committed = traitlets.Dict()
    selected: traitlets.List[str] = traitlets.List()
    kept = traitlets.Instance(Scene, allow_none=True)
    own = traitlets.Unicode()
    stage = traitlets.Unicode()
    tasks = traitlets.Dict()
    written = VERSION

    UNDONE = (*SCENE, "committed", "kept", OWN, "stage")
    FIELDS = (*UNDONE, "selected", "tasks")  # what is looked at or learnt is not undone
    EMPTIED = tuple(name for name in FIELDS if name not in ("case_id", "kept"))

    @cached_property
    def _loaded(self) -> dict[tuple[str, ...], Case]:
        return {}

    def scene(self) -> Scene:
        """What is set up now."""
        return scene_of(fields_of(self))

    @property
    def opened(self) -> str:
        """Which case is open, for whoever remembers what he reckoned: no two share this name."""
        return f"{OWN}:{digest(self.own)}" if self.case_id == OWN else self.case_id

    def load(self, case_id: str) -> Case:
        """A case by the name it has in a lab: never a file, whatever a page or link may say.

        Raises
        ------
        CaseError
            if the reader's own is none
        UnknownName
            for any other name than that and those of the shipped cases
        """
        if case_id != OWN:
            if case_id not in shipped_cases():
                raise UnknownName.among("case", case_id, shipped_cases())
            return load_case(case_id)
        at = (OWN, self.own)
        if at not in self._loaded:
            self._loaded[at] = read_own(self.own)
        return self._loaded[at]

    def base(self, scene: Scene | None = None) -> Case:
        """The case at its position, before the reader's changes."""
        asked = scene or self
        at = (asked.case_id, asked.position, self.own if asked.case_id == OWN else "")
        if at not in self._loaded:
            case = self.load(asked.case_id)
            self._loaded[at] = case.at(asked.position) if asked.position else case
        return self._loaded[at]

    def case(self, scene: Scene | None = None) -> Case:
        """The case as the reader has it now (or in `scene`); what he changed counts as assumed."""
        changes = (scene or self).changes
        if not changes:
            return self.base(scene)
        base, changes = self.base(scene), _with_instants(changes)
        return base.set(changes | _assumed(turned(base, changes)))

    def snapshot(self) -> dict[str, object]:
        """All that undo brings back."""
        return {name: getattr(self, name) for name in self.UNDONE}

    def put(self, values: Mapping[str, object]) -> None:
        """Take over values by name, at once."""
        with self.hold_trait_notifications():
            for name, value in values.items():
                setattr(self, name, value)

    def to_text(self) -> str:
        """The state as text for a link; only what differs from an untouched lab is said.

        The reader's own case is in it if a scene shows it and the link stays short; else the
        link tells which case it lacks.
        """
        held = {name: getattr(self, name) for name in self.FIELDS if getattr(self, name)}
        if self.kept:  # of A only what differs from B
            kept = asdict(self.kept)
            held["kept"] = {k: v for k, v in kept.items() if v != getattr(self, k)}
        own = held.pop(OWN, "")
        if OWN not in (self.case_id, self.kept and self.kept.case_id):
            return _pack(held)
        whole = _pack(held | {OWN: own}) if _packed_size(own) <= MOST_LINK else None
        if whole is not None and len(whole) <= MOST_LINK:
            return whole
        return _pack(held | {LACKS: digest(own)})

    def from_text(self, text: str, accept: Callable[[], None], own: str = "") -> bool:
        """Take over a state; False, and nothing changed, if the text is no state of ours.

        Parameters
        ----------
        accept
            the lab's own check of the state taken over; it raises what it refuses
        own
            the case of a link that does not carry it, see `lacking`
        """
        before = {name: getattr(self, name) for name in self.FIELDS}
        try:
            with self.hold_trait_notifications():
                written, held = _read(text)
                if LACKS in held:
                    held = _complete(held, own)
                kept = held.pop("kept", None)
                if "case_id" in held:  # what such a link leaves out is empty
                    held = {name: type(before[name])() for name in LabState.EMPTIED} | held
                    self.kept = None
                self.put(held)
                if kept is not None:
                    self.kept = scene_of(fields_of(self) | record(kept))
                self._check()
                accept()
        except Exception:  # of whatever kind: a text may hold anything
            self.put(before)
            return False
        self.written = written
        return True

    def _check(self) -> None:
        if self.own:  # whether or not a scene shows it: the reader can open it
            self.load(OWN)
        for scene in filter(None, (self.scene(), self.kept)):
            for name in SCENE:  # A is no set of traits: its types are looked at here
                if type(getattr(scene, name)) is not type(getattr(Scene(), name)):
                    raise ValueError("a scene of other types than ours")
            if scene.case_id not in (OWN, *shipped_cases()):
                raise ValueError("a link opens shipped cases and its own, never a file")
            case = self.case(scene)
            if scene.party:
                case.party(scene.party)


def _with_instants(changes: Mapping[str, object]) -> dict[str, object]:
    """Read the points in time among the changes: JSON has them as text."""
    return {
        path: datetime.datetime.fromisoformat(value)
        if isinstance(value, str) and path.endswith(INSTANTS)
        else value
        for path, value in changes.items()
    }


def _assumed(changes: dict[str, object]) -> dict[str, object]:
    """Notes that the facts changed are assumptions now: `zhang.fault` → `zhang.kinds.fault`."""
    notes: dict[str, object] = {}
    for path, value in changes.items():
        owner, dot, field = path.partition(".")
        if dot and value is not None and owner != "rules":  # a choice of ours, no fact
            notes[f"{owner}.kinds.{field.split('.')[0]}"] = "assumed"
    return notes


def _pack(held: dict[str, object]) -> str:
    packed = zlib.compress(json.dumps([VERSION, held], separators=(",", ":")).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


@lru_cache(8)
def _packed_size(own: str) -> int:
    """What a case alone takes in a link; asked at every step of a knob."""
    return len(_pack({OWN: own}))


@lru_cache(8)
def digest(own: str) -> str:
    """A short name for the text of a case, by which a link knows it again."""
    return hashlib.sha256(own.encode()).hexdigest()[:16]


def lacking(text: str | None) -> str | None:
    """The digest of the case that a link speaks of and does not carry, if it is such a link."""
    return _part(text, LACKS)


def speaks_of_own(text: str) -> bool:
    """Whether a link carries a reader's own case, or settings of one: no request may show it.

    The server asks this of each visit: what anybody may send it is unpacked and not read.
    """
    try:
        return SPEAKS_OF_OWN.search(_unpacked(text)) is not None
    except REFUSED:
        return False


def case_link(own: str) -> str:
    """A link's text that carries a case and nothing else; empty if it would be too long."""
    text = _pack({OWN: own})
    return text if len(text) <= MOST_LINK else ""


def case_in(text: str | None) -> str:
    """The text of the case that a link carries, right or wrong; empty if it carries none."""
    return _part(text, OWN) or ""


def shown_in(text: str | None) -> str:
    """The name of the case that a link shows; empty if it names none."""
    return _part(text, "case_id") or ""


def format_of(text: str | None) -> int:
    """The format of a link; the one of now if it is none."""
    try:
        return _read(text or "")[0]
    except REFUSED:
        return VERSION


def _part(text: str | None, name: str) -> str | None:
    try:
        found = _read(text or "")[1].get(name)
    except REFUSED:
        return None
    return found if isinstance(found, str) else None


def _complete(held: dict[str, object], own: str) -> dict[str, object]:
    """What a link holds, with the case it lacks."""
    lacks = held.pop(LACKS)
    if OWN in held or digest(own) != lacks:
        raise ValueError("not the case the link speaks of")
    return held | {OWN: own}


def _unpacked(text: str) -> bytes:
    if len(text) > MOST_TEXT:
        raise ValueError("longer than any link of ours")
    unpacker = zlib.decompressobj()
    packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    said = unpacker.decompress(packed, MOST_BYTES)
    if not unpacker.eof:
        raise ValueError("cut short")
    return said


def _read(text: str) -> tuple[int, dict[str, object]]:
    """Return the format of a link, and what it holds."""
    version: int
    held: dict[str, object]
    version, held = json.loads(_unpacked(text))
    if version not in range(1, VERSION + 1) or not set(held) <= {*LabState.FIELDS, LACKS}:
        raise ValueError("a version we do not know")
    json.dumps(held, ensure_ascii=False).encode()  # half a surrogate pair cannot be shown or sent
    return version, held


def asked_state() -> str | None:
    """The `?s=` of the page that started this kernel, if any; a fragment the page hands over."""
    return parse_qs(os.environ.get("QUERY_STRING", "")).get("s", [None])[0]
